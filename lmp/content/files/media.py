"""Media files: every one that is named is there, and holds what its name says."""

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError
from pydantic import TypeAdapter, ValidationError

from lmp.content import svg
from lmp.content.document.tree import Node
from lmp.content.document.tree import Path as DocumentPath
from lmp.content.files.folder import printable
from lmp.content.files.problems import Places, Problem, spoken_path
from lmp.content.texts import MediaName
from lmp.core.messages import N_, Message

_NAME: TypeAdapter[str] = TypeAdapter(MediaName)
_HEAD_BYTES = 16
#: 16 megapixels: a picture is decoded and drawn afresh, which takes 12 bytes for each.
MOST_PIXELS = 16_000_000


def named_media(root: Node) -> Iterator[tuple[DocumentPath, str]]:
    """Every file that a block names, with its place."""
    for unit in root["units"].items:
        for block in unit["blocks"].items:
            for node in (*block["file"].keys.values(), *block["captions"].keys.values()):
                if node.text:
                    yield node.path, node.text


def missing_media(root: Node, media: dict[str, Path], places: Places) -> list[Problem]:
    """Names for which there is no file, each on the line that names it."""
    return [
        Problem(
            *places.locate(path),
            spoken_path(root.value, path),
            Message(N_("There is no file “%(name)s” in media/."), name=name),
            "missing-media",
        )
        for path, name in named_media(root)
        if name not in media and _is_name(name)
    ]


def unsound_media(root: Node, media: dict[str, Path]) -> list[Problem]:
    """Files with a wrong name or content, and files that nothing names."""
    named = {name for _, name in named_media(root)}
    problems: list[Problem] = []
    for name, path in media.items():
        shown = f"media/{printable(name)}"
        problems += [Problem(shown, 1, "", message, rule) for rule, message in _mistakes(name, path)]
        if name not in named:
            message = Message(N_("No block uses this file."))
            problems.append(Problem(shown, 1, "", message, "unused-media", "warning"))
    return problems


def _mistakes(name: str, path: Path) -> Iterator[tuple[str, Message]]:
    """What is wrong with one file, as rule and sentence."""
    if not _is_name(name):
        yield (
            "file-name",
            Message(
                N_(
                    "A file in media/ is named in small letters, digits, dots and dashes, "
                    "and ends in svg, png, jpg, mp4, vtt or pdf."
                )
            ),
        )
        return
    try:
        yield from mistakes_inside(name.rpartition(".")[2], path)
    except OSError:
        yield "unreadable", Message(N_("This cannot be opened. See that it is there and may be read."))


def mistakes_inside(kind: str, path: Path) -> Iterator[tuple[str, Message]]:
    """What is wrong with the content of a file that should be of a kind. Raises OSError."""
    if kind == "svg":
        yield from (("svg", refusal) for refusal in svg.refusals(path.read_bytes()))
    elif not _begins_as(kind, path):
        yield "magic", Message(N_("The content of this file is not what its name says (%(kind)s)."), kind=kind)
    elif kind in _PICTURES:
        yield from _mistakes_in_picture(_PICTURES[kind], path.read_bytes())


_PICTURES = {"png": "PNG", "jpg": "JPEG"}


def _mistakes_in_picture(form: str, content: bytes) -> Iterator[tuple[str, Message]]:
    """Why a picture cannot be shown; one with too many pixels is never decoded."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=(form,)) as picture:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if picture.width * picture.height > MOST_PIXELS:
                yield (
                    "picture",
                    Message(N_("The picture has too many pixels; at most %(limit)s are shown."), limit=MOST_PIXELS),
                )
                return
            picture.load()
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, ValueError, SyntaxError):
        yield "picture", Message(N_("The picture is damaged; it cannot be shown."))


def _is_name(name: str) -> bool:
    """Whether a file may have this name."""
    try:
        return bool(_NAME.validate_python(name))
    except ValidationError:
        return False


def _begins_as(kind: str, path: Path) -> bool:
    """Whether the first bytes are those of a kind of file."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return {
        "png": head.startswith(b"\x89PNG\r\n\x1a\n"),
        "jpg": head.startswith(b"\xff\xd8\xff"),
        "mp4": head[4:8] == b"ftyp",
        "vtt": head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
        "pdf": head.startswith(b"%PDF-"),
    }[kind]
