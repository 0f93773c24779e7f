"""What a person wants to hear: one choice a kind, the daily mail, the quiet hours."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs do not know it yet

from lmp.core import written
from lmp.core.messages import N_, Message
from lmp.notice.rules import KINDS, Delivery, Kind, Settings
from lmp.web.forms import Form, said
from lmp.web.language import current_language

_l = lazy_gettext

DELIVERIES = {
    Delivery.AT_ONCE: Message(N_("By mail at once")),
    Delivery.DIGEST: Message(N_("In the daily mail")),
    Delivery.HERE: Message(N_("Only here")),
}
_HOURS = [time(hour) for hour in range(24)]


def field_of(key: str) -> str:
    """The form field that holds the choice of a kind."""
    return "kind_" + key.replace(".", "_")


class ChoicesForm(Form):
    """The choices; `offer` leaves the kinds that this person can get."""

    digest = BooleanField(_l("Send me the daily mail"))
    quiet_from = SelectField(_l("Quiet from"))
    quiet_until = SelectField(_l("Quiet until"))
    quiet_weekend = BooleanField(_l("Quiet on Saturdays and Sundays too"))

    def offer(self, kinds: Iterable[Kind]) -> None:
        """Give each kind its words and its ways, and take away the kinds of other roles."""
        lang = current_language()
        hours = [SelectChoice(f"{hour:%H:%M}", written.time_of_day(hour, lang)) for hour in _HOURS]
        self.quiet_from.choices, self.quiet_until.choices = hours, hours
        wanted = {kind.key: kind for kind in kinds if kind.is_optional}
        for key, kind in KINDS.items():
            name = field_of(key)
            if key not in wanted:
                if name in self._fields:
                    del self._fields[name]
                continue
            field = self._fields[name]
            field.label.text, field.description = said(kind.words), said(kind.hint)
            field.choices = [SelectChoice(way.value, said(words)) for way, words in DELIVERIES.items()]

    def settings(self, now: Settings) -> Settings:
        """What was chosen; kinds that were not offered stay as they are."""
        chosen = {key: Delivery(self._fields[field_of(key)].data) for key in KINDS if field_of(key) in self._fields}
        return Settings(
            digest=self.digest.data,
            quiet_from=time.fromisoformat(self.quiet_from.data),
            quiet_until=time.fromisoformat(self.quiet_until.data),
            quiet_weekend=self.quiet_weekend.data,
            choices={**now.choices, **chosen},
        )


for _kind in KINDS.values():
    if _kind.is_optional:
        setattr(ChoicesForm, field_of(_kind.key), SelectField())


def first_values(now: Settings) -> dict[str, Any]:
    """The settings as the form's first values."""
    kinds = {field_of(key): now.choices.get(key, kind.usual).value for key, kind in KINDS.items() if kind.is_optional}
    return {
        **kinds,
        "digest": now.digest,
        "quiet_from": f"{now.quiet_from:%H:%M}",
        "quiet_until": f"{now.quiet_until:%H:%M}",
        "quiet_weekend": now.quiet_weekend,
    }
