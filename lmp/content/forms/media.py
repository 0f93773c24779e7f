"""The forms of a picture, a film and a file of a unit."""

from collections.abc import Mapping

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from lmp.content.editing.media import Kind
from lmp.content.texts import LONGEST_LINE
from lmp.core.text import MAX_MARKDOWN
from lmp.web.forms import AtMost, Filled, OnceForm, _l

_TR, _EN = {"lang": "tr"}, {"lang": "en"}


class MediumForm(OnceForm):
    """What all have: `seen` marks what the page showed; a second file for English."""

    seen = HiddenField()
    without_file_en = BooleanField(_l("English uses the same file"))


class ImageForm(MediumForm):
    """A picture with what it shows in words."""

    file = FileField(
        _l("Picture"),
        description=_l("JPEG, PNG, WebP or SVG, at most 12 MB. Place and camera are taken out of photos."),
    )
    alt_tr = TextAreaField(
        _l("What the picture shows, in Turkish"),
        description=_l("For people who do not see it: say what matters in one or two sentences."),
        validators=[Filled(_l("Write in Turkish what the picture shows.")), AtMost(1000)],
        render_kw=_TR,
    )
    alt_en = TextAreaField(
        _l("What the picture shows, in English"),
        validators=[Filled(_l("Write in English what the picture shows.")), AtMost(1000)],
        render_kw=_EN,
    )
    caption_tr = StringField(_l("Caption in Turkish"), validators=[AtMost(LONGEST_LINE)], render_kw=_TR)
    caption_en = StringField(_l("Caption in English"), validators=[AtMost(LONGEST_LINE)], render_kw=_EN)
    file_en = FileField(_l("Another picture for English"), description=_l("Only if there are words in the picture."))


class TitledForm(MediumForm):
    """What is known by its title."""

    title_tr = StringField(
        _l("Title in Turkish"), validators=[Filled(_l("Write the Turkish title.")), AtMost(LONGEST_LINE)], render_kw=_TR
    )
    title_en = StringField(
        _l("Title in English"), validators=[Filled(_l("Write the English title.")), AtMost(LONGEST_LINE)], render_kw=_EN
    )


class VideoForm(TitledForm):
    """A film with captions and transcript."""

    file = FileField(_l("Film"), description=_l("MP4, at most 50 MB."))
    captions_tr = FileField(_l("Captions in Turkish"), description=_l("A WebVTT file (.vtt)."))
    captions_en = FileField(_l("Captions in English"), description=_l("A WebVTT file (.vtt)."))
    transcript_tr = TextAreaField(
        _l("Transcript in Turkish"),
        description=_l("Everything that is said and shown, for people who do not hear or see the film."),
        validators=[AtMost(MAX_MARKDOWN)],
        render_kw={**_TR, "data-markdown": ""},
    )
    transcript_en = TextAreaField(
        _l("Transcript in English"),
        description=_l("The same in English."),
        validators=[AtMost(MAX_MARKDOWN)],
        render_kw={**_EN, "data-markdown": ""},
    )
    file_en = FileField(_l("Another film for English"))


class PaperForm(TitledForm):
    """A file to take along."""

    file = FileField(_l("File"), description=_l("PDF, at most 20 MB."))
    file_en = FileField(_l("Another file for English"))


FORMS: Mapping[Kind, type[MediumForm]] = {"image": ImageForm, "video": VideoForm, "file": PaperForm}
