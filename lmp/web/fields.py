"""Form fields that take days and whole numbers as people write them, needed or not."""

import re
from datetime import date, time
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextInput

from lmp.core import clock, written
from lmp.core.messages import N_, Message
from lmp.web.forms import Form, said
from lmp.web.language import current_language

_DAY = re.compile(r"(?P<a>[0-9]{1,4})\s*[./\- ]\s*(?P<b>[0-9]{1,2})\s*[./\- ]\s*(?P<c>[0-9]{1,4})", re.ASCII)


def parse_day(text: str) -> date | None:
    """The day somebody typed as 2.12.2026, 02/12/2026 or 2026-12-02, or None."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    first, month, last = found["a"], int(found["b"]), found["c"]
    year, day = (first, last) if len(first) == 4 else (last, first)
    try:
        return date(int(year), month, int(day)) if len(year) == 4 else None
    except ValueError:
        return None


class DayField(Field):
    """A day; what was typed stays when it is none."""

    widget = TextInput()
    typed: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Unless the form says something else about it, today shows how days are written."""
        super().__init__(*args, **kwargs)
        if not self.description:
            example = written.day(clock.today(), current_language(), "numeric")
            self.description = said(Message(N_("For example %(day)s"), day=example))

    def _value(self) -> str:
        """The day as people write it, or what was typed."""
        if self.typed is not None:
            return self.typed
        return written.day(self.data, current_language(), "numeric") if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        if valuelist:
            self.typed = valuelist[0]
            self.data = parse_day(self.typed)

    def pre_validate(self, form: Any) -> None:
        """Every day of our forms is needed."""
        if self.data is None:
            raise StopValidation(said(Message(N_("Write the day as day, month and year: 02.12.2026."))))


class ClockField(Field):
    """A time of day typed as 8.30, 08:30, 0830 or 8; what was typed stays when it is none."""

    widget = TextInput()
    data: time | None
    typed: str | None = None

    def _value(self) -> str:
        """The time as people write it, or what was typed."""
        if self.typed is not None:
            return self.typed
        return written.time_of_day(self.data, current_language()) if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        if valuelist:
            self.typed = valuelist[0]
            self.data = written.parse_time(self.typed)

    def pre_validate(self, form: Any) -> None:
        """Something that is no time is said so; whether a time is needed is for the rules."""
        if self.data is None and (self.typed or "").strip():
            raise StopValidation(said(Message(N_("Write the time as hours and minutes, for example 8.30."))))


class WholeField(Field):
    """A whole number; thousands may be grouped."""

    widget = TextInput()
    typed: str | None = None

    def _value(self) -> str:
        """The number as people write it, or what was typed."""
        if self.typed is not None:
            return self.typed
        return written.number(self.data, current_language()) if isinstance(self.data, int) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        if valuelist:
            self.typed = valuelist[0]
            number = written.parse_number(self.typed, current_language())
            self.data = int(number) if number is not None and number == int(number) else None


class Between:
    """A whole number within limits, with the sentence that says which."""

    def __init__(self, least: int, most: int) -> None:
        """Both limits are included."""
        self.least, self.most = least, most

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse what is no number or lies outside."""
        if not isinstance(field.data, int) or not self.least <= field.data <= self.most:
            raise ValidationError(
                said(Message(N_("Write a number between %(least)s and %(most)s."), least=self.least, most=self.most))
            )


class OptionalBetween(Between):
    """A whole number within limits, or nothing."""

    def __call__(self, form: Form, field: Field) -> None:
        """Only what is typed has to be a number."""
        if (getattr(field, "typed", "") or "").strip():
            super().__call__(form, field)


class OptionalDayField(DayField):
    """A day that may be left empty."""

    def pre_validate(self, form: Any) -> None:
        """Only what is typed has to be a day."""
        if (self.typed or "").strip():
            super().pre_validate(form)
