"""The form fields of days and numbers, which all features share."""

from lmp.web.fields import Between, DayField, WholeField, parse_day

__all__ = ["Between", "DayField", "WholeField", "parse_day"]
