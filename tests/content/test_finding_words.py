"""Findings as the pages say them: what is wrong and what to do there, where it stands, and the way to its field."""

import copy
import re
from collections.abc import Iterator

import pytest

from lmp.content import gate
from lmp.content.document import CourseDocument, Finding, findings
from lmp.content.document.tree import Path
from lmp.content.editing import Raw
from lmp.content.finding_words import MOST_TOLD, folded, place_said, said
from lmp.core import messages
from lmp.core.messages import Message
from tests.content.samples import course, unit

#: Words of files, which nobody on a page has ever seen.
OF_FILES = re.compile(
    r"yaml|\.md\b|lmp |:::|from=|use:|captions=|#block|#blok|[a-z]+-[a-z]+\.|anahtar \(|\bkey\b|satır \d"
)


def _document() -> Raw:
    return copy.deepcopy(course(units=[unit(), unit("iki")])).model_dump(mode="json", exclude_none=True)


def _found(document: Raw) -> list[Finding]:
    whole = CourseDocument.model_validate(document)
    return [*findings(whole), *gate.examine(whole, {})]


def _video() -> Raw:
    return {
        "id": "film",
        "kind": "video",
        "file": {"tr": "film.mp4"},
        "title": {"tr": "Film", "en": "Film"},
        "transcript": {"tr": "Bak <b>buraya</b>.", "en": "Look ![here](x.png)"},
    }


def _broken() -> Raw:
    """The sample with something wrong of nearly every kind."""
    document = _document()
    one, two = document["units"]
    one["blocks"][0]["body"] = {"tr": "Bak <b>buraya</b>: [kaynak](yok)", "en": "Look ![here](x.png): [source](none)"}
    one["blocks"][0].pop("translation", None)
    one["blocks"] += [_video(), {"id": "soru-yok", "kind": "question", "ask": "yok"}]
    asked = next(block["ask"] for block in one["blocks"] if block["kind"] == "question")
    one["blocks"].append({"id": "soru-iki", "kind": "question", "ask": asked})
    one["questions"][0]["outcome"] = "o99"
    one["questions"][0]["use"] = "quiz"
    two["quiz"] = None
    two["blocks"] = [block for block in two["blocks"] if block["kind"] != "question"]
    one["title"]["tr"] += " "
    document["minutes"] = dict.fromkeys(document["minutes"], 7)
    document["policy"]["strands"] = dict.fromkeys(document["policy"]["strands"], 900)
    document["policy"]["practical"] = True
    document["outcomes"].append({"id": "o8", "text": {"tr": "Ölçer.", "en": ""}, "you": {"tr": "", "en": ""}})
    document["test"] = {"per_outcome": 10}
    document.pop("practical", None)
    document.pop("workplace", None)
    return document


def _every() -> Iterator[Finding]:
    yield from _found(_broken())
    with_days = _document()
    with_days["workplace"]["days"][0]["day"] = 9
    with_days["glossary"].append(copy.deepcopy(with_days["glossary"][0]))
    with_days["outcomes"].append(copy.deepcopy(with_days["outcomes"][0]))
    with_days["fields"] = ["todo"]
    with_days["minutes"]["meeting"] = 60
    yield from _found(with_days)


def test_no_page_speaks_of_files_to_a_trainer() -> None:
    rules = set()
    for finding in _every():
        rules.add(finding.rule)
        for lang in ("tr", "en"):
            words = messages.text(said(finding), lang)
            assert not OF_FILES.search(words), (finding.rule, words)
            assert "%(" not in words
    known = {"translation-unmarked", "unknown-question", "unknown-outcome", "asked-twice", "quiz-question", "captions"}
    assert known | {"links", "shape", "practical", "policy", "minutes", "days", "duplicate", "unwritten"} <= rules


@pytest.mark.parametrize("rule", ["translation-unmarked", "shape", "captions"])
def test_the_command_line_keeps_its_words_for_files(rule: str) -> None:
    found = next(one for one in _every() if one.rule == rule)
    assert said(found) != found.message


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("units", 0, "blocks", 0, "body", "en"), "1. ünite: Panonun yapısı · 1. blok: Metin · İngilizce"),
        (("units", 0, "minutes"), "1. ünite: Panonun yapısı · Başlık"),
        (("outcomes", 1, "text", "tr"), "Kazanımlar · 2. kazanım · Türkçe"),
        (("workplace", "days", 2, "tasks"), "İş başı planı · 3. gün"),
        (("minutes", "online"), "Kurs bilgileri"),
        (("policy", "strands", "online"), "Tamamlama"),
    ],
)
def test_a_place_is_said_in_words(path: Path, words: str) -> None:
    found = " · ".join(messages.text(each, "tr") for each in place_said(_document(), path))
    assert found == words


def test_many_findings_of_one_rule_in_one_unit_are_told_by_the_first() -> None:
    def found(rule: str, unit: int, place: int) -> Finding:
        return Finding(("units", unit, "blocks", place, "body", "en"), rule, Message("x"))

    many = [found("unwritten", 0, place) for place in range(MOST_TOLD + 1)]
    few = [found("unwritten", 1, place) for place in range(MOST_TOLD)]
    other = found("numbers", 0, 2)
    assert folded([*many, other, *few]) == [(many[0], MOST_TOLD), (other, 0), *((one, 0) for one in few)]


def test_what_is_to_be_written_is_asked_for_in_the_language_of_the_page() -> None:
    document = _document()
    document["summary"] = {"tr": "TODO bir cümle", "en": "TODO one sentence"}
    document["audience"] = {"tr": "Öğretmenler.", "en": "TODO for whom"}
    asked = {tuple(one.path): said(one) for one in _found(document) if one.rule == "unwritten"}
    assert messages.text(asked["summary", "en"], "tr") == "Henüz yazılmadı: bir cümle"
    assert messages.text(asked["summary", "tr"], "en") == "Still to be written: one sentence"
    assert messages.text(asked["audience", "en"], "tr") == "Henüz yazılmadı: for whom"
