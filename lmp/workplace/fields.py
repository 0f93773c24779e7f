"""Form fields that take times of day as people write them."""

from datetime import time
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from lmp.core import written
from lmp.core.messages import N_, Message
from lmp.web.forms import said
from lmp.web.language import current_language


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
