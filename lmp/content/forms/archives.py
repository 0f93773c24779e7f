"""The forms with which a course comes in as a ZIP file, and with which a copy takes what its origin offers."""

from flask_wtf.file import FileField
from wtforms import HiddenField
from wtforms.validators import ValidationError

from lmp.content.forms.creating import CentreForm
from lmp.core.messages import N_, Message
from lmp.web.forms import Form, OnceForm, _l, said


class ArchiveForm(OnceForm):
    """One ZIP file."""

    file = FileField(
        _l("ZIP file of a course"), description=_l("As it was downloaded here or elsewhere, at most 50 MB.")
    )

    def validate_file(self, field: FileField) -> None:
        """A file has to be chosen."""
        if not field.data:
            raise ValidationError(said(Message(N_("Choose the ZIP file of a course."))))


class TakeInForm(CentreForm):
    """The decision about an archive that waits, and the centre it comes to; `seen` is the revision it was compared with."""

    act = HiddenField(default="take")
    seen = HiddenField()


class DecideForm(Form):
    """A decision about one thing that the origin changed; `seen` marks what the page showed of it."""

    thing = HiddenField()
    seen = HiddenField()
