"""Handing one's step over for a time."""

from collections.abc import Iterable

from wtforms import SelectField, StringField

from lmp.accounts.service.directory import Held
from lmp.core.messages import Message
from lmp.web.fields import DayField
from lmp.web.forms import Filled, OnceForm, _l, said, tidy


class DelegationForm(OnceForm):
    """To whom, for which office, from when until when."""

    email = StringField(
        _l("E-mail address of the person"),
        description=_l("They accept from their own account; until then you decide alone."),
        filters=[tidy],
        validators=[Filled(_l("Write the e-mail address."))],
    )
    grant = SelectField(_l("Decisions for"), validate_choice=False)
    from_on = DayField(_l("First day"))
    until_on = DayField(_l("Last day"))

    def offer(self, steps: Iterable[Held]) -> None:
        """The offices this person decides for."""
        self.grant.choices = [(str(one.id), _words(one.reach)) for one in steps]
        if not self.grant.data and self.grant.choices:
            self.grant.data = self.grant.choices[0][0]


def _words(reach: Message | str) -> str:
    return reach if isinstance(reach, str) else said(reach)
