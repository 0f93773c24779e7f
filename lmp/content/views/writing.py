"""What helps while writing Markdown: the words of the toolbar, clean paste, and the preview by the real renderer."""

from contextlib import closing

from flask import request
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.content.editing.paste import from_html
from lmp.content.views.blueprint import bp
from lmp.core.errors import TooLarge
from lmp.core.messages import N_, P_, Message
from lmp.core.text import MAX_MARKDOWN, TextTooLong, to_html
from lmp.web import pages

#: Bytes of HTML: what programs put around a text is many times the text.
LARGEST_PASTE = 4 * 1024 * 1024


@bp.get("/draft-writing")
@pages.needs(Action.WRITE_DRAFT)
def writing_tools() -> ResponseReturnValue:
    """The toolbar over the field one writes in, and the sentences its script says, in the language of the page."""
    answer = pages.render("content/writing/tools.html")
    return {"tools": answer}, {"Cache-Control": "private, max-age=600"}


@bp.post("/draft/paste")
@pages.needs(Action.WRITE_DRAFT)
def paste() -> ResponseReturnValue:
    """The Markdown of what somebody pasted, and what did not come along; nothing is written."""
    pasted = from_html(_sent_html())
    notes = []
    if pasted.pictures:
        left_out = P_(
            "%(n)s picture was left out. Add it with “Picture” below the blocks.",
            "%(n)s pictures were left out. Add them with “Picture” below the blocks.",
        )
        notes.append(pages.said(Message(*left_out, n=pasted.pictures)))
    return {"text": pasted.text, "block": pasted.is_block, "notes": notes}


def _sent_html() -> str:
    """The HTML as a file of the form, because a text of a form may not be as large. Raises TooLarge."""
    sent = request.files.get("html")
    if sent is None:
        return ""
    with closing(sent):
        data: bytes = sent.read(LARGEST_PASTE + 1)
    if len(data) > LARGEST_PASTE:
        raise TooLarge(Message(N_("This is too much at once. Paste it in smaller parts.")))
    return data.decode("utf-8", "replace")


@bp.post("/draft/preview")
@pages.needs(Action.WRITE_DRAFT)
def preview() -> ResponseReturnValue:
    """A text as readers will see it, by the function that publishing uses; nothing is written."""
    text = request.form.get("text", "")
    if len(text) > MAX_MARKDOWN:
        raise TextTooLong(MAX_MARKDOWN)
    return {"html": to_html(text)}
