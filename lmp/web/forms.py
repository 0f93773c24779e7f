"""What every form shares: CSRF, the once key, errors that repair, the language switch that loses nothing."""

from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.i18n import messages_path
from wtforms.validators import ValidationError

from lmp.core import messages
from lmp.core.errors import LmpError, RuleBroken
from lmp.core.ids import new_id, parse_id
from lmp.core.messages import N_, Message
from lmp.core.text import one_line
from lmp.web.language import current_language

_l = lazy_gettext

SWITCH = "_lang"


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form that answers only: is this well formed? Errors of rules are shown beside the fields they name."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """WTForms' own sentences come from a catalogue read once; Flask-WTF reads the file for every form."""

        def get_translations(self, _form: Any) -> NullTranslations:
            """The catalogue in the language of the request."""
            return _library_sentences(current_language())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bind to the request; `status` is what the page answers with."""
        super().__init__(*args, **kwargs)
        self.status = 200
        #: Sentences that belong to no field, shown in the summary.
        self.general: list[str] = []

    def sent(self) -> bool:
        """Whether the form was sent and is well formed. A language switch is not a sending: the values stay, nothing is judged."""
        if not self.is_submitted() or SWITCH in request.form:
            return False
        if self.validate():
            return True
        self.status = 422
        return False

    def show(self, broken: LmpError) -> None:
        """Show what a rule or a limit said, at its field or on top."""
        self.status = broken.status
        sentence = messages.text(broken.message, current_language())
        named = broken.field if isinstance(broken, RuleBroken) else None
        field = self._fields.get(named) if named else None
        if field is None:
            self.general.append(sentence)
        else:
            field.errors = [*field.errors, sentence]

    @property
    def has_errors(self) -> bool:
        """Whether the page shows an error summary."""
        return bool(self.general) or any(field.errors for field in self)


@cache
def _library_sentences(lang: str) -> NullTranslations:
    """What WTForms itself says."""
    found = Translations.load(messages_path(), [lang], domain="wtforms")
    found.add_fallback(NullTranslations())
    return found


class OnceForm(Form):
    """A form that creates something: sent twice, it creates once."""

    once = HiddenField(name="_once", default=lambda: str(new_id()))

    def validate_once(self, field: Field) -> None:
        """A key that is no UUID did not come from our page."""
        if parse_id(field.data) is None:
            raise ValidationError(said(Message(N_("Open the page again and send the form once more."))))


def said(message: Message) -> str:
    """A message in the language of the request."""
    return messages.text(message, current_language())


class Filled:
    """Required, with the sentence that says what to write."""

    def __init__(self, message: object) -> None:
        """Take the sentence, marked lazily."""
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse an empty answer."""
        data = field.data
        if data is None or data == [] or (isinstance(data, str) and not data.strip()):
            raise ValidationError(str(self.message))


class AtMost:
    """A length limit that tells how much is too much."""

    def __init__(self, limit: int) -> None:
        """Take the number of characters."""
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse a longer text."""
        if field.data and len(field.data) > self.limit:
            raise ValidationError(
                said(
                    Message(
                        N_("Shorten this to %(limit)s characters; it has %(length)s now."),
                        limit=self.limit,
                        length=len(field.data),
                    )
                )
            )


def tidy(value: str | None) -> str | None:
    """A field filter for one-line texts: NFC, no control or bidi characters, single spaces."""
    return one_line(value, 10_000) if value else value
