"""The partners of the demo besides the two companies: one of every kind, with protocols at every stage."""

from datetime import date, timedelta

from lmp.access import Actor
from lmp.core import clock
from lmp.network import service as network
from lmp.network.models import Centre, Company, PartnerKind

#: Kind, name, website.
_OTHERS = (
    (PartnerKind.CHAMBER, "Demo Sanayi Odası", "oda.demo.example"),
    (PartnerKind.UNION, "Demo Elektrik İşverenleri Sendikası", ""),
    (PartnerKind.AGENCY, "Demo Başkent Kalkınma Ajansı", "ajans.demo.example"),
    (PartnerKind.UNIVERSITY, "Demo Teknik Üniversitesi", "universite.demo.example"),
    (PartnerKind.NGO, "Demo Mesleki Eğitim Derneği", ""),
)
_YEAR = timedelta(days=365)


def make_partners(centre: Centre, host: Company, *, by: Actor, official: Actor) -> None:
    """Partners of the centre, some protocols, a company nobody works with any more, and one of another centre.

    `host` is a company that takes teachers in already; `by` keeps the centre's records, `official` everybody's.
    """
    made = {
        kind: network.add_company(name=name, centre=centre, kind=kind, website=website, is_demo=True, by=by)
        for kind, name, website in _OTHERS
    }
    former = network.add_company(name="Demo Kablo Sanayi", centre=centre, is_demo=True, by=by)
    today = clock.today()
    _protocol(host, "Pano atölyesinde iş başı eğitimi", today - _YEAR, today + 2 * _YEAR, by)
    _protocol(made[PartnerKind.CHAMBER], "Yıllık ihtiyaç toplantıları", today - _YEAR, None, by)
    _protocol(
        made[PartnerKind.UNIVERSITY], "Ölçme laboratuvarının ortak kullanımı", today + _YEAR, None, by, signed=False
    )
    _protocol(former, "Kablo montajı iş başı eğitimi", today - 3 * _YEAR, today - 2 * _YEAR, by)
    network.close_partner(former, by=by)
    elsewhere = network.centre("smm-bur-oib")
    network.add_company(name="Demo Otomotiv Yan Sanayi", centre=elsewhere, is_demo=True, by=official)
    network.change_contact(
        centre,
        seen=centre.version,
        website=centre.website,
        office_email="merkez@demo.example",
        office_phone="0 000 000 00 10",
        by=by,
    )


def _protocol(
    company: Company, title: str, starts_on: date, ends_on: date | None, by: Actor, *, signed: bool = True
) -> None:
    """An agreement about the centre's first field."""
    network.add_protocol(
        company,
        title=title,
        duties="Merkez eğitimi planlar. Paydaş yer, donanım ve bir sorumlu ayırır.",
        signed_on=starts_on if signed else None,
        starts_on=starts_on,
        ends_on=ends_on,
        fields=[network.field("elektrik-elektronik")],
        by=by,
    )
