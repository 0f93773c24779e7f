"""The file of an invitation of many."""

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from lmp.core.messages import N_, Message
from lmp.web.forms import OnceForm, _l, said


class BulkForm(OnceForm):
    """One CSV file."""

    file = FileField(
        _l("CSV file"),
        description=_l("UTF-8 or Windows-1254; semicolons, commas or tabs; at most 10,000 people."),
    )

    def validate_file(self, field: FileField) -> None:
        """A file has to be chosen."""
        if not field.data:
            raise ValidationError(said(Message(N_("Choose the CSV file."))))
