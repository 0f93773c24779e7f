"""The network's pages: lists to look at and take away, records to see and edit."""

from lmp.network.views import (
    branches,
    calendar,
    centres,
    contacts,
    fields,
    partners,
    protocols,
    provinces,
    schools,
    workplaces,
)
from lmp.network.views.blueprint import bp

__all__ = [
    "bp",
    "branches",
    "calendar",
    "centres",
    "contacts",
    "fields",
    "partners",
    "protocols",
    "provinces",
    "schools",
    "workplaces",
]
