"""Network records for tests, made through the real services."""

from datetime import date
from typing import Any

from lmp.network import service
from lmp.network.models import Company, Protocol
from tests.builders.accounts import a_centre_administrator, a_network_administrator, acting
from tests.builders.workplace import a_company


def a_protocol(company: Company | None = None, **values: Any) -> Protocol:
    """A protocol that runs without an end."""
    company = company or a_company()
    keeper = acting(a_centre_administrator(next(one for one in service.centres() if one.id == company.centre_id)))
    told: dict[str, Any] = {
        "title": "İş başı eğitimi iş birliği",
        "duties": "Öğretmenlere pano atölyesinde yer ayrılır.",
        "signed_on": date(2026, 1, 5),
        "starts_on": date(2026, 1, 12),
        "ends_on": None,
        "fields": [service.field("elektrik-elektronik")],
        "by": keeper,
    }
    return service.add_protocol(company, **{**told, **values})


def the_network() -> Any:
    """A ministry official, acting."""
    return acting(a_network_administrator())
