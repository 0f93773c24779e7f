"""Pictures, films and files that authors upload: named, looked at, kept, shown in their block."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lmp.access import Actor
from lmp.accounts.models import Person
from lmp.content import service
from lmp.content.editing import TextsSuperseded, block_in, mark_of
from lmp.content.editing.media import media_name
from lmp.content.rules import NotPublishable
from lmp.content.service import Upload, check_upload
from lmp.core import db
from lmp.core.errors import NotFound, RuleBroken, TooLarge
from tests.builders.accounts import a_centre, a_trainer, acting
from tests.builders.content import FIRST_NOTE, a_draft
from tests.content.samples import SVG
from tests.visitor import Page, Visitor

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(64)
UNIT = "/tr/draft/demo-kurs/unit/hazirlik"
NEW = f"{UNIT}/media/new?kind="
ALT: dict[str, Any] = {"alt_tr": "Bir pano", "alt_en": "A panel"}


def picture(form: str = "PNG", size: tuple[int, int] = (8, 6), colour: str = "teal", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Telefon"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif.tobytes())


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Tek Hat Şeması.PNG", "tek-hat-semasi.png"),
        ("İÇ ölçü (2).jpeg", "ic-olcu-2.png"),
        ("C:\\Resimler\\..\\pano.png", "pano.png"),
        ("../../etc/passwd", "passwd.png"),
        ("图.png", "x.png"),
        ("pano.png.exe", "pano-png.png"),
        ("a" * 300 + ".png", "a" * 55 + ".png"),
    ],
)
def test_a_file_is_named_in_small_plain_letters(wanted: str, name: str) -> None:
    assert media_name(wanted, "png", "1", {}) == name


def test_the_same_bytes_keep_their_name_and_others_get_a_number() -> None:
    taken = {"pano.png": "1", "pano-2.png": "2", "pano.pdf": "3"}
    assert media_name("Pano.png", "png", "1", taken) == "pano.png"
    assert media_name("başka.png", "png", "2", taken) == "pano-2.png"
    assert media_name("pano.png", "png", "9", taken) == "pano-3.png"
    assert media_name("pano.svg", "svg", "1", taken) == "pano.svg"


@pytest.mark.parametrize(
    ("sort", "data", "ending"),
    [
        ("image", picture("PNG"), "png"),
        ("image", picture("JPEG"), "jpg"),
        ("image", picture("WEBP"), "png"),
        ("image", picture("GIF"), "png"),
        ("image", SVG, "svg"),
        ("image", picture("JPEG", (5000, 4000)), "jpg"),
        ("video", FILM, "mp4"),
        ("captions", b"\xef\xbb\xbfWEBVTT\n", "vtt"),
        ("file", b"%PDF-1.7\n", "pdf"),
    ],
)
def test_what_can_be_shown_is_taken_whatever_its_name_says(sort: Any, data: bytes, ending: str) -> None:
    checked = check_upload(sort, Upload("Dosya.exe", data), "file")
    assert checked.name == f"dosya.{ending}"


def test_a_picture_of_too_many_pixels_is_made_smaller_and_keeps_no_place() -> None:
    large = check_upload("image", Upload("x.jpg", picture("JPEG", (5000, 4000))), "file")
    with Image.open(io.BytesIO(large.safe)) as opened:
        assert max(opened.size) == 2560
    small = check_upload("image", Upload("x.jpg", photo_with_place()), "file")
    with Image.open(io.BytesIO(small.safe)) as opened:
        assert dict(opened.getexif()) == {}


@pytest.mark.parametrize(
    ("sort", "data", "words"),
    [
        ("image", b"", "empty"),
        ("image", b"MZ\x90\x00", "no picture"),
        ("image", b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
        ("image", picture("PNG")[:40], "no picture"),
        ("image", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "not allowed"),
        ("image", b"<svg", "not well-formed"),
        ("image", b"%PDF-1.7", "no picture"),
        ("video", b"\x00\x00\x00\x18ftypheic" + bytes(40), "no film"),
        ("video", b"\x1aE\xdf\xa3webm", "no film"),
        ("captions", b"1\n00:00:01,000 --> 00:00:02,000\n", "no caption file"),
        ("file", b"PK\x03\x04docx", "no PDF"),
    ],
)
def test_what_is_not_what_it_should_be_is_refused_with_what_to_do(sort: Any, data: bytes, words: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_upload(sort, Upload("x", data), "captions_tr")
    assert words in str(refused.value.message.msgid)
    assert refused.value.field == "captions_tr"


def test_too_many_bytes_are_refused_by_how_many_are_taken() -> None:
    with pytest.raises(TooLarge) as refused:
        check_upload("image", Upload("x.png", b"x" * (12 * 1024 * 1024 + 1)), "file")
    assert refused.value.message.values == {"limit": 12}


@pytest.mark.usefixtures("database")
def test_a_picture_gets_a_block_and_the_same_film_lies_in_the_draft_once() -> None:
    with db.transaction():
        author = acting(a_trainer())
        a_draft(a_trainer(name="Yazar Demo"))
    texts = {"alt.tr": "Bir pano", "alt.en": "A panel", "caption.tr": "", "caption.en": ""}
    with db.transaction():
        checked = {"file": check_upload("image", Upload("Pano 1.png", picture()), "file")}
        block = service.add_medium("demo-kurs", "hazirlik", "image", texts, checked, after="", by=author)
        document = service.raw_document(service.draft("demo-kurs"))
        assert document["units"][0]["blocks"][0]["id"] == block == "pano-1"
        assert block_in(document, "hazirlik", block)["file"] == {"tr": "pano-1.png"}
        assert "caption" not in block_in(document, "hazirlik", block)
        assert block_in(document, "hazirlik", block)["translation"]["state"] == "draft"
    titles = {"title.tr": "Film", "title.en": "Film", "transcript.tr": "", "transcript.en": ""}
    with db.transaction():
        for name in ("a.mp4", "b.mp4"):
            film = {"file": check_upload("video", Upload(name, FILM), "file")}
            service.add_medium("demo-kurs", "hazirlik", "video", titles, film, after=None, by=author)
        draft = service.draft("demo-kurs")
        assert [name for name in draft.media if name.endswith("mp4")] == ["a.mp4"]
        assert [one["id"] for one in draft.document["units"][0]["blocks"][-2:]] == ["film", "film-2"]


@pytest.mark.usefixtures("database")
def test_a_picture_of_another_name_never_takes_the_place_of_one_that_is_there() -> None:
    with db.transaction():
        author = acting(a_trainer())
        a_draft(a_trainer(name="Yazar Demo"))
    texts = {"alt.tr": "Bir", "alt.en": "One"}
    with db.transaction():
        for colour in ("red", "blue"):
            checked = {"file": check_upload("image", Upload("pano.png", picture(colour=colour)), "file")}
            service.add_medium("demo-kurs", "hazirlik", "image", texts, checked, after=None, by=author)
        blocks = service.draft("demo-kurs").document["units"][0]["blocks"][-2:]
    assert [one["file"]["tr"] for one in blocks] == ["pano.png", "pano-2.png"]


@pytest.mark.usefixtures("database")
def test_two_who_describe_one_picture_both_keep_their_words() -> None:
    with db.transaction():
        author = acting(a_trainer())
        a_draft(a_trainer(name="Yazar Demo"))
        checked = {"file": check_upload("image", Upload("pano.png", picture()), "file")}
        texts = {"alt.tr": "Bir", "alt.en": "One"}
        block = service.add_medium("demo-kurs", "hazirlik", "image", texts, checked, after=None, by=author)
    seen = {"alt.tr": mark_of("Bir")}
    with db.transaction():
        service.change_medium("demo-kurs", "hazirlik", block, {"alt.tr": "İlk"}, {}, seen=seen, by=author)
    with db.transaction(), pytest.raises(TextsSuperseded) as clash:
        service.change_medium("demo-kurs", "hazirlik", block, {"alt.tr": "Son"}, {}, seen=seen, by=author)
    assert clash.value.texts == {"alt.tr": ("İlk", "Son")}


@pytest.fixture
def author(visitor: Visitor) -> Person:
    with db.transaction():
        found = a_trainer()
        a_draft(a_trainer(name="Yazar Demo"))
    visitor.sign_in(found)
    return found


def _blocks() -> list[Any]:
    with db.transaction():
        found: list[Any] = service.raw_document(service.draft("demo-kurs"))["units"][0]["blocks"]
        return found


def _send(visitor: Visitor, path: str, *, expect: int = 303, **values: Any) -> Page:
    form = visitor.open(path).form()
    return visitor.send(path, form, expect=expect, **values)


@pytest.mark.usefixtures("author")
def test_a_picture_is_added_where_it_was_asked_for_and_can_be_changed(visitor: Visitor) -> None:
    first = _blocks()[0]["id"]
    page = _send(visitor, f"{NEW}image&after={first}", file=(picture(), "Ölçüm.png"), **ALT)
    assert page.location.replace("/edit", "").endswith(f"{UNIT}#block-olcum")
    added = _blocks()[1]
    assert (added["id"], added["file"], added["alt"]) == (
        "olcum",
        {"tr": "olcum.png"},
        {"tr": "Bir pano", "en": "A panel"},
    )
    path = f"{UNIT}/block/olcum/media"
    assert "olcum.png" in visitor.open(path).text
    _send(visitor, path, file_en=(picture(colour="red"), "english.png"), caption_tr="Pano", caption_en="Panel")
    changed = _blocks()[1]
    assert (changed["file"], changed["caption"]["en"]) == ({"tr": "olcum.png", "en": "english.png"}, "Panel")
    _send(visitor, path, without_file_en="y")
    assert _blocks()[1]["file"] == {"tr": "olcum.png"}
    assert visitor.client.get("/tr/draft/demo-kurs/media/olcum.png").mimetype == "image/png"


@pytest.mark.usefixtures("author")
def test_a_film_without_captions_and_transcript_is_kept_in_the_draft_and_never_published(visitor: Visitor) -> None:
    with db.transaction():
        reader = acting(a_trainer(name="İnceleyen Demo"))
    assert "iki dilde altyazı ve metin dökümü" in visitor.open(f"{NEW}video").text
    _send(visitor, f"{NEW}video", file=(FILM, "tur.mp4"), title_tr="Tur", title_en="Tour")
    panel = visitor.open(f"{UNIT}/edit")
    assert panel.text.count("Videonun bu dilde altyazısı yok.") >= 2
    assert _stopping(reader) == ["captions", "captions", "text-missing", "translation-missing"]
    assert f"{UNIT}/block/tur/media#captions_en" in visitor.open(f"{UNIT}/edit").links().values()
    texts: dict[str, Any] = {
        "title_tr": "Tur",
        "title_en": "Tour",
        "transcript_tr": "Merhaba",
        "transcript_en": "Hello",
    }
    assert "Dosyaları ve altyazıları seç" in visitor.open(f"{UNIT}/edit?edit=tur").links()
    _send(visitor, f"{UNIT}/block/tur/media", captions_tr=(b"WEBVTT\n\n", "a.vtt"), **texts)
    assert _stopping(reader) == ["captions"]
    _send(visitor, f"{UNIT}/block/tur/media", captions_en=(b"WEBVTT\n\nx", "b.vtt"), **texts)
    assert _stopping(reader) == []


def _stopping(by: Actor) -> list[str]:
    """The rules that stop somebody who wants to publish; none when it is published."""
    with db.transaction():
        try:
            service.publish(service.draft("demo-kurs"), by=by, note=FIRST_NOTE)
        except NotPublishable as refused:
            return sorted(one.rule for one in refused.findings)
        return []


@pytest.mark.usefixtures("author")
def test_a_film_comes_with_captions_and_transcript_and_a_file_with_its_title(visitor: Visitor) -> None:
    _send(
        visitor,
        f"{NEW}video",
        file=(FILM, "tur.mp4"),
        title_tr="Tur",
        title_en="Tour",
        captions_tr=(b"WEBVTT\n\n", "a.vtt"),
        captions_en=(b"WEBVTT\n\nx", "b.vtt"),
        transcript_tr="**Merhaba**",
        transcript_en="Hello",
    )
    film = _blocks()[-1]
    assert (film["id"], film["captions"], film["transcript"]["tr"]) == (
        "tur",
        {"tr": "a.vtt", "en": "b.vtt"},
        "**Merhaba**",
    )
    _send(visitor, f"{NEW}file", file=(b"%PDF-1.7\n", "Form.pdf"), title_tr="Ölçüm formu", title_en="Form")
    assert (_blocks()[-1]["id"], _blocks()[-1]["file"]) == ("olcum-formu", {"tr": "form.pdf"})


@pytest.mark.usefixtures("author")
def test_what_is_wrong_is_said_at_its_input_and_what_was_typed_stays(visitor: Visitor) -> None:
    before = _blocks()
    page = _send(visitor, f"{NEW}image", expect=422, file=(b"MZ", "pano.png"), alt_tr="Bir pano", alt_en="A panel")
    assert "Bu dosya gösterebileceğimiz bir görsel değil." in page.text
    assert page.form()["alt_tr"].strip() == "Bir pano"
    assert "Bir dosya seçin." in _send(visitor, f"{NEW}file", expect=422, title_tr="x", title_en="y").text
    assert (
        "Görselin ne gösterdiğini İngilizce yazın."
        in _send(visitor, f"{NEW}image", expect=422, file=(picture(), "a.png"), alt_tr="Bir").text
    )
    assert _blocks() == before


@pytest.mark.usefixtures("author")
def test_somebody_elses_words_are_shown_before_they_are_overwritten(visitor: Visitor) -> None:
    _send(visitor, f"{NEW}image", file=(picture(), "pano.png"), **ALT)
    path = f"{UNIT}/block/pano/media"
    form = visitor.open(path).form()
    visitor.send(path, visitor.open(path).form(), alt_tr="Başkasının sözü")
    page = visitor.send(path, form, expect=409, alt_tr="Benim sözüm")
    assert "Başkasının sözü" in page.text
    assert page.form()["alt_tr"].strip() == "Benim sözüm"
    visitor.send(path, page.form())
    assert _blocks()[-1]["alt"]["tr"] == "Benim sözüm"


@pytest.mark.usefixtures("author")
def test_a_script_is_told_where_the_block_stands(visitor: Visitor) -> None:
    values = {**visitor.open(f"{NEW}image").form(), **ALT}
    data = {**{name: value for name, value in values.items() if value}, "file": (io.BytesIO(picture()), "a.png")}
    answer = visitor.client.post(f"{NEW}image", data=data, headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["to"].replace("/edit", "") == f"{UNIT}#block-a"


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize("path", [f"{NEW}exe", f"{UNIT}/block/none/media", f"{NEW}image&after=none"])
def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    if "after" in path:
        checked = {"file": check_upload("image", Upload("a.png", picture()), "file")}
        with db.transaction():
            by = acting(a_trainer(name="Üçüncü Demo"))
        with db.transaction(), pytest.raises(NotFound):
            service.add_medium("demo-kurs", "hazirlik", "image", {}, checked, after="none", by=by)
    else:
        visitor.open(path, expect=404)


def test_strangers_see_no_form(visitor: Visitor) -> None:
    with db.transaction():
        a_draft(a_trainer(name="Yazar Demo"))
        stranger = a_trainer(a_centre("smm-bur-tophane"))
    visitor.sign_in(stranger)
    visitor.open(f"{NEW}image", expect=404)
    assert Path(UNIT).name == "hazirlik"
