"""Pictures, films and files of a unit: plain forms that work without scripts, which a script opens in place."""

from contextlib import closing
from typing import cast

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from lmp.access import Action
from lmp.content import service
from lmp.content.editing import Raw, TextsSuperseded, block_in, mark_of, unit_in
from lmp.content.editing.media import FILES, TEXTS, Kind, values_of
from lmp.content.forms.media import FORMS, MediumForm
from lmp.content.models import Draft
from lmp.content.naming import title_of
from lmp.content.service import Checked, Upload, uploads
from lmp.content.texts import LANGS
from lmp.content.views.blueprint import bp
from lmp.core.errors import LmpError, NotFound
from lmp.core.messages import N_, Message
from lmp.web import pages
from lmp.web.forms import said

_ACCEPTED = {
    "image": "image/*,.svg",
    "video": "video/mp4,.mp4",
    "captions": ".vtt,text/vtt",
    "file": "application/pdf,.pdf",
}


@bp.route("/draft/<slug>/unit/<key>/media/new", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def new_medium(slug: str, key: str) -> ResponseReturnValue:
    """A new picture, film or file (`kind`) behind a block (`after`; empty: at the beginning, absent: at the end)."""
    found, document = _writable(slug)
    unit_in(document, key)
    kind = _kind(request.args.get("kind", "image"))
    form = FORMS[kind]()
    if form.sent():
        files = _files(form, kind, needs_one=True)
        if not form.has_errors:
            try:
                texts = _texts(form, kind)
                after = request.args.get("after")
                block = service.add_medium(slug, key, kind, texts, files, after=after, by=pages.actor())
            except LmpError as broken:
                form.show(broken)
            else:
                return _done(slug, key, block)
    return _page(found, document, key, kind, form, {})


@bp.route("/draft/<slug>/unit/<key>/block/<block>/media", methods=["GET", "POST"])
@pages.needs(Action.WRITE_DRAFT)
def edit_medium(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Other files for a block, and its words."""
    found, document = _writable(slug)
    raw = block_in(document, key, block)
    kind, values = _kind(raw["kind"]), values_of(raw)
    form = FORMS[kind](data=_shown(values))
    if form.sent():
        files = _files(form, kind, needs_one=False)
        if not form.has_errors:
            try:
                service.change_medium(
                    slug,
                    key,
                    block,
                    _changed(_texts(form, kind), values),
                    files,
                    without=("file_en",) if form.without_file_en.data and "file_en" not in files else (),
                    seen=_seen(form),
                    by=pages.actor(),
                )
            except TextsSuperseded as clash:
                _show_clash(form, clash, values)
            except LmpError as broken:
                form.show(broken)
            else:
                return _done(slug, key, block)
    return _page(found, document, key, kind, form, values)


def _writable(slug: str) -> tuple[Draft, Raw]:
    """The draft and what it says, for those who may write it. Raises NotFound."""
    found = service.see_draft(slug, viewer=pages.actor())
    if not pages.may(Action.WRITE_DRAFT, found):
        raise NotFound
    return found, service.raw_document(found)


def _kind(written: str) -> Kind:
    """The kind of block that is meant. Raises NotFound for one that has no file."""
    if written not in FORMS:
        raise NotFound
    return cast(Kind, written)


def _files(form: MediumForm, kind: Kind, *, needs_one: bool) -> dict[str, Checked]:
    """The files that were chosen, made safe; what is wrong with them stands at their inputs."""
    files: dict[str, Checked] = {}
    for name in FILES[kind]:
        sent = request.files.get(name)
        if sent is None or not sent.filename:
            continue
        with closing(sent):
            upload = Upload(sent.filename, sent.read(uploads.LARGEST[uploads.sort_of(kind, name)] + 1))
        try:
            files[name] = service.check_upload(uploads.sort_of(kind, name), upload, name)
        except LmpError as broken:
            form.status = broken.status
            form[name].errors = [*form[name].errors, said(broken.message)]
    if needs_one and "file" not in files and not form["file"].errors:
        form.status = 422
        form["file"].errors = [said(Message(N_("Choose a file.")))]
    return files


def _texts(form: MediumForm, kind: Kind) -> dict[str, str]:
    """What was written, by the names that the document has."""
    return {f"{text}.{lang}": (form[f"{text}_{lang}"].data or "").strip() for text in TEXTS[kind] for lang in LANGS}


def _changed(texts: dict[str, str], values: Raw) -> dict[str, str]:
    """What was written, without an empty caption where none stood."""
    return {name: text for name, text in texts.items() if text or values.get(name)}


def _shown(values: Raw) -> dict[str, str]:
    """The words of a block by the names of the inputs, and the marks of all that the page shows."""
    texts = {name.replace(".", "_"): text for name, text in values.items()}
    return {**texts, "seen": " ".join(f"{name}={mark_of(value)}" for name, value in values.items() if value)}


def _seen(form: MediumForm) -> dict[str, str]:
    """The marks of what the page showed, by name."""
    pairs = (pair.partition("=") for pair in (form.seen.data or "").split())
    return {name: mark for name, _, mark in pairs}


def _show_clash(form: MediumForm, clash: TextsSuperseded, values: Raw) -> None:
    """At each input what somebody else wrote; sent again, one's own words win."""
    form.status = clash.status
    form.general.append(said(Message(N_("Somebody else changed this meanwhile. Compare, then save again."))))
    for name, (theirs, _mine) in clash.texts.items():
        field = form._fields.get(name.replace(".", "_")) or form.file
        field.errors = [*field.errors, said(Message(N_("Written meanwhile: %(text)s"), text=theirs or "–"))]
    form.seen.data = _shown(values)["seen"]


def _done(slug: str, key: str, block: str) -> ResponseReturnValue:
    """Back to the block; a script is told where that is."""
    address = _editor(slug, key, f"block-{block}")
    if request.accept_mimetypes.best == "application/json":
        return {"to": address}
    return redirect(address, 303)


def _editor(slug: str, key: str, anchor: str | None = None) -> str:
    """The page on which the unit is written."""
    return url_for("content.edit_unit", slug=slug, key=key, _anchor=anchor)


def _page(found: Draft, document: Raw, key: str, kind: Kind, form: MediumForm, values: Raw) -> ResponseReturnValue:
    """The form with what the block holds now."""
    unit = unit_in(document, key)
    return pages.render(
        "content/writing/medium.html",
        draft=found,
        unit_title=title_of(unit),
        number=document["units"].index(unit) + 1,
        kind=kind,
        editor_url=_editor(found.course.slug, key),
        form=form,
        values=values,
        accepted={name: _ACCEPTED[uploads.sort_of(kind, name)] for name in FILES[kind]},
        largest={name: uploads.LARGEST[uploads.sort_of(kind, name)] for name in FILES[kind]},
        media_url=lambda name: url_for("content.draft_media", slug=found.course.slug, name=name),
    ), form.status
