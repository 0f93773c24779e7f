"""Choosing who gets a certificate, sending a batch back, revoking."""

from wtforms import RadioField, SelectMultipleField, TextAreaField

from lmp.certificate.models import RevocationKind
from lmp.core.messages import N_, Message
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l

KIND_WORDS: dict[RevocationKind, Message] = {
    RevocationKind.CORRECTION: Message(N_("Correction: a new certificate takes its place")),
    RevocationKind.ERROR: Message(N_("Issued by mistake")),
    RevocationKind.EVIDENCE: Message(N_("The evidence did not hold")),
}


class BatchForm(OnceForm):
    """The people of a run who are ready; all are ticked to begin with."""

    people = SelectMultipleField(
        _l("People who are ready"), validators=[Filled(_l("Choose at least one person who is ready."))]
    )


class DecisionForm(OnceForm):
    """Confirming a reviewed batch; nothing to fill in."""


class ReturnForm(OnceForm):
    """Why the signatory sends a batch back."""

    reason = TextAreaField(_l("Reason"), validators=[Filled(_l("Write why the batch goes back.")), AtMost(600)])


class RevokeForm(Form):
    """The public kind of the reason, and the full one."""

    kind = RadioField(
        _l("What the public reads"), validate_choice=False, validators=[Filled(_l("Choose a kind of reason."))]
    )
    note = TextAreaField(
        _l("Full reason"),
        description=_l("The holder and the centre read it; the public does not."),
        validators=[Filled(_l("Write the reason; the holder and the centre will read it.")), AtMost(600)],
    )
