"""The printed certificate says exactly what the record says, is accessible and archivable, and always looks whole."""

import io
import itertools
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pypdf
import pytest
import segno
from pypdf.generic import DictionaryObject

from lmp.certificate import pdf
from lmp.certificate.record import CertificateRecord, canonical, record_hash
from tests.certificate.specimens import CODE, EVIDENCE, LONGEST, ORDINARY, OUTCOMES, specimen

FONTS = Path(pdf.__file__).parents[1] / "web/static/build/fonts-print"
CREATED = datetime(2026, 11, 13, 9, 30, tzinfo=UTC)
QR_TEXT = f"https://smm.example/v/{CODE}#" + "s" * 140
SIGNING_LINE = 210 / 25.4 * 72 - 39.75 * 12
ROOM_FOR_A_SIGNATURE = 12 / 25.4 * 72


@pytest.fixture(scope="session")
def print_fonts() -> Path:
    """The folder of printing faces, which the asset build makes."""
    assert any(FONTS.glob("*.ttf")), "no printing faces: run the asset build (make assets) first"
    return FONTS


def printed(fonts: Path, record: CertificateRecord | None = None) -> bytes:
    """The specimen, or another record, as PDF."""
    return pdf.render_pdf(record or specimen(), QR_TEXT, fonts, CREATED)


def opened(content: bytes) -> pypdf.PdfReader:
    """The file as a reader of PDF sees it; every warning is an error."""
    return pypdf.PdfReader(io.BytesIO(content), strict=True)


def text_of(content: bytes, page: int = 0) -> str:
    """The words of a page with single spaces."""
    return " ".join(opened(content).pages[page].extract_text().split())


def elements(content: bytes) -> Iterator[DictionaryObject]:
    """All elements of the structure tree in reading order."""
    root: Any = opened(content).trailer["/Root"]
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            waiting.append(node.get("/K", []))


def heights(content: bytes) -> list[tuple[float, str]]:
    """Each piece of text of page 1 with the height of its baseline above the foot of the page, in points."""
    found: list[tuple[float, str]] = []

    def note(text: str, matrix: list[float], *_: Any) -> None:
        if text.strip():
            found.append((matrix[5], text))

    opened(content).pages[0].extract_text(visitor_text=note)
    return found


def test_the_frozen_record_is_inside_byte_for_byte(print_fonts: Path) -> None:
    assert opened(printed(print_fonts)).attachments["record.json"] == [canonical(specimen())]


def test_the_file_claims_pdf_a_3a_and_pdf_ua_1(print_fonts: Path) -> None:
    root: Any = opened(printed(print_fonts)).trailer["/Root"]
    claims = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in claims
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in claims
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert root["/MarkInfo"]["/Marked"]


def test_the_document_is_turkish_and_each_english_line_says_so(print_fonts: Path) -> None:
    content = printed(print_fonts)
    root: Any = opened(content).trailer["/Root"]
    assert root["/Lang"] == "tr-TR"
    languages = [node.get("/Lang") for node in elements(content) if str(node["/S"]) == "/P"]
    assert languages.count("en-GB") >= 15
    page = opened(content).pages[0].get_contents()
    assert page is not None
    assert b"en-GB" in page.get_data(), "English beside a Turkish label carries its language too"


def test_a_reader_that_follows_the_tags_meets_one_title_headings_in_order_and_a_described_picture(
    print_fonts: Path,
) -> None:
    nodes = list(elements(printed(print_fonts, specimen(evidence=EVIDENCE))))
    kinds = [str(node["/S"]) for node in nodes]
    headings = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(headings))
    assert [node.get("/Alt") for node in nodes if str(node["/S"]) == "/Figure"] == ["Belgeyi doğrulama karekodu"]
    assert kinds.count("/TH") > kinds.count("/Table") >= 5


@pytest.mark.parametrize(
    "name",
    ["Şükrûfe Gülâfer Iğdırlıoğlu", "İlkim Çağıl Ünüvar", "Hâlit Îkrâm Fıfı Sıffın", "Ğğ Şş Iı İi Çç Öö Üü Ââ Îî Ûû"],
)
def test_turkish_letters_come_out_as_they_went_in(name: str, print_fonts: Path) -> None:
    assert f"Demo {name} " in text_of(printed(print_fonts, specimen(person=f"Demo {name}")))


def test_every_fact_of_the_record_stands_on_page_one(print_fonts: Path) -> None:
    text = text_of(printed(print_fonts))
    facts = [
        "2026 1610 0147",
        "Eğitim tamamlama belgesi",
        "Certificate of completed training",
        "Makine ve Tasarım Teknolojisi alanı · 28 Eylül – 6 Kasım 2026 · Osmangazi/Bursa",
        "Machine and Design Technology · 28 September – 6 November 2026",
        "105 4.200",
        "143 5.720",
        "1 ders saati = 40 dakika",
        "86 / 100",
        "pass mark 70",
        "13.11.2026",
        "smm.example/v",
        "K7QX 4MHD 9WRT 2PLC 8VND",
        "Demo Koordinatör",
        "MEBBİS hizmet içi eğitim kaydının yerine geçmez",
        "Örnek belge, geçerli değildir",
        *(words for outcome in OUTCOMES for words in outcome.values()),
    ]
    assert [fact for fact in facts if fact not in text] == []
    assert record_hash(specimen())[:4] in text


def test_the_same_record_gives_the_same_bytes(print_fonts: Path) -> None:
    first = printed(print_fonts)
    elsewhere = CREATED.astimezone(timezone(timedelta(hours=3)))
    assert pdf.render_pdf(specimen(), QR_TEXT, print_fonts, elsewhere) == first
    pdf._press.cache_clear()
    assert printed(print_fonts) == first


def test_several_threads_print_at_once_and_each_gets_its_own_record(print_fonts: Path) -> None:
    records = [specimen(person=f"Demo Öğretmen {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda record: printed(print_fonts, record), records))
    assert [opened(file).attachments["record.json"][0] for file in files] == [canonical(record) for record in records]


def test_the_file_ends_with_a_newline_so_that_it_can_be_signed(print_fonts: Path) -> None:
    assert printed(print_fonts).endswith(b"%%EOF\n")


def test_the_longest_texts_fit_one_page_and_leave_room_to_sign(print_fonts: Path) -> None:
    content = printed(print_fonts, specimen(**LONGEST))
    assert len(opened(content).pages) == 1
    text = text_of(content)
    assert "Iğdırlıoğlu- Çağlayangil" in text
    assert "yüzey kalitesi denetimi" in text
    assert text.count(OUTCOMES[0]["en"]) == 2
    lowest = min(height for height, words in heights(content) if "Measures the part" in words or "simulation" in words)
    assert lowest >= SIGNING_LINE + ROOM_FOR_A_SIGNATURE - 1


@pytest.mark.parametrize("count", [7, 12, 30])
def test_outcomes_that_do_not_fit_continue_on_page_two(count: int, print_fonts: Path) -> None:
    outcomes = [
        {"tr": f"Sonuç {number} yazılır.", "en": f"Result {number} is written."} for number in range(1, count + 1)
    ]
    content = printed(print_fonts, specimen(outcomes=outcomes))
    assert f"{count - 6} kazanım daha 2. sayfada" in text_of(content)
    assert f"Sonuç {count} yazılır" not in text_of(content)
    rest = " ".join(text_of(content, page) for page in range(1, len(opened(content).pages)))
    assert [words["tr"] for words in outcomes if words["tr"] not in rest] == []


@pytest.mark.parametrize(
    "changes",
    [
        {
            "outcomes": [{"tr": "Uzun bir kazanım cümlesi yazar. " * 9, "en": "Writes a long outcome sentence. " * 9}]
            * 4
        },
        {"regulated": {"tr": "Yasal belgenin yerine geçmez. " * 19, "en": "Does not replace the permit. " * 19}},
    ],
)
def test_what_is_too_long_for_page_one_moves_to_page_two_and_never_over_the_signatures(
    changes: dict[str, object], print_fonts: Path
) -> None:
    content = printed(print_fonts, specimen(**LONGEST | changes))
    assert len(opened(content).pages) == 2
    shown = [height for height, words in heights(content) if "sayfada" in words]
    assert shown[0] >= SIGNING_LINE + ROOM_FOR_A_SIGNATURE - 1


def test_the_evidence_summary_is_printed_only_when_the_record_holds_it(print_fonts: Path) -> None:
    assert len(opened(printed(print_fonts)).pages) == 1
    content = printed(print_fonts, specimen(evidence=EVIDENCE))
    assert len(opened(content).pages) == 2
    text = text_of(content, 1)
    facts = [
        "Kanıt özeti",
        "Ünite 1–2, gün 1–2, 5, uygulamalı sınav",
        "12.10.2026 Pt 08.30–16.30 60 420 İşletme onayladı · 14.10.2026",
        "öğleden önce 160",
        "6 / 6",
        "31 / 36",
        "İş başı eğitimi On-the-job training 12 1 4.200 105",
        "Toplam 20 1 4.800 120",
        "Sayfa 2 / 2",
    ]
    assert [fact for fact in facts if fact not in text] == []
    assert "Demo Koordinatör" not in text


def test_an_evidence_summary_without_proofs_still_holds_the_outcomes_page_one_could_not(print_fonts: Path) -> None:
    outcomes = [{"tr": f"Sonuç {number} yazılır.", "en": f"Result {number} is written."} for number in range(1, 9)]
    page = EVIDENCE["page"] | {"outcomes": []}
    content = printed(print_fonts, specimen(outcomes=outcomes, evidence=EVIDENCE | {"page": page}))
    assert "Sonuç 8 yazılır" in text_of(content, 1)


def test_an_official_document_has_its_own_title_and_names_its_activity(print_fonts: Path) -> None:
    text = text_of(printed(print_fonts, specimen(kind="course", activity_no="2026000123")))
    assert "Kurs belgesi Course certificate" in text
    assert "aşağıdaki kursu" in text
    assert "MEBBİS faaliyet no: 2026000123" in text
    assert "yerine geçmez" not in text


def test_what_a_record_lacks_is_left_out(print_fonts: Path) -> None:
    bare = specimen(
        score=None, pass_mark=None, outcomes=[], specimen=False, strands=[ORDINARY["strands"][0]], school=""
    )
    text = text_of(printed(print_fonts, bare))
    assert not any(words in text for words in ("puanı", "Kazanımlar", "Örnek belge", "Yüz yüze", "2. sayfada"))
    assert "Toplam Total 15 600" in text


def test_what_a_record_adds_is_printed(print_fonts: Path) -> None:
    added = specimen(
        regulated={"tr": "EKAT belgesinin yerine geçmez.", "en": "Does not replace the EKAT permit."},
        funding={"tr": "Demo fonuyla desteklenmiştir.", "en": "Supported by the demo fund."},
        replaces=CODE,
        expires_on="2029-11-13",
        lesson_minutes=45,
    )
    text = text_of(printed(print_fonts, added))
    facts = [
        "EKAT belgesinin",
        "Demo fonuyla",
        "Yerine geçtiği belgenin kodu: K7QX",
        "Geçerlilik sonu 13.11.2029",
        "13,3",
    ]
    assert [fact for fact in facts if fact not in text] == []
    assert "aşağı yuvarlanır" in text


def test_the_symbol_on_the_paper_is_the_symbol_of_the_text(print_fonts: Path) -> None:
    page = opened(printed(print_fonts)).pages[0].get_contents()
    assert page is not None
    square = rb"(\d+) (\d+) m \d+ \d+ l \d+ \d+ l \d+ \d+ l\s+h"
    drawn = {(int(x), int(y)) for x, y in re.findall(square, page.get_data())}
    matrix = segno.make_qr(QR_TEXT, error="l").matrix
    assert drawn == {(x, y) for y, line in enumerate(matrix) for x, dark in enumerate(line) if dark}


def test_letters_that_the_faces_lack_are_named_before_anything_is_printed(print_fonts: Path) -> None:
    assert pdf.missing_letters("Demo Öğretmen ŞşĞğIıİiÂâÎîÛû – ’ · ° ± µ μ Ω ≤ → ²", print_fonts) == set()
    assert pdf.missing_letters("O\u0308", print_fonts) == set(), "decomposed letters count as composed ones"
    assert pdf.missing_letters("漢 字 a", print_fonts) == {"漢", "字"}
    with pytest.raises(pdf.UnprintableLetters, match="漢") as refusal:
        printed(print_fonts, specimen(person="Demo 漢"))
    assert refusal.value.letters == {"漢"}


def test_a_folder_without_the_faces_is_refused_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(pdf.FontsMissing, match="Source Serif 4: run the asset build"):
        pdf.missing_letters("a", tmp_path)


def test_a_moment_without_zone_is_refused(print_fonts: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        pdf.render_pdf(specimen(), QR_TEXT, print_fonts, CREATED.replace(tzinfo=None))


def test_all_letters_are_embedded_with_their_meaning(print_fonts: Path) -> None:
    page: Any = opened(printed(print_fonts)).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert len(fonts) >= 8
    assert all("/ToUnicode" in font for font in fonts)
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in descriptors)


def test_signs_of_technical_courses_are_printed_where_atkinson_lacks_them(print_fonts: Path) -> None:
    outcome = {
        "tr": "Yüzeyi Ra ≤ 1,6 µm işler, 3 → 5 eksene geçer.",
        "en": "Machines to Ra ≤ 1.6 µm, moves 3 → 5 axes.",
    }
    text = text_of(printed(print_fonts, specimen(outcomes=[outcome])))
    assert outcome["tr"] in text
    assert outcome["en"] in text


@pytest.mark.parametrize("name", ["Ö", "I" * 120, "Ğıİ" * 40, ("Abdülkadir Gülşah " * 7)[:120].strip()])
def test_names_of_one_letter_and_of_120_stay_inside_the_paper(print_fonts: Path, name: str) -> None:
    pages = pypdf.PdfReader(
        io.BytesIO(pdf.render_pdf(specimen(person=name), "http://lmp.test/v/X", print_fonts, CREATED))
    ).pages
    assert name.replace(" ", "")[:20] in "".join(pages[0].extract_text().split()).replace("\u200b", "")
