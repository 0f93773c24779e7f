"""Puts the two language files of a unit together into one part of the document."""

from dataclasses import dataclass

from lmp.content.document import BLOCK_KINDS
from lmp.content.document.tree import Path
from lmp.content.files.fences import Fence, UnitFile
from lmp.content.files.problems import Places, Problem
from lmp.content.files.yamltext import YamlText, read_yaml
from lmp.content.texts import UNMARKED, Lang, other
from lmp.core.messages import N_, Message

Raw = dict[str, object]

#: Attributes that say how a block is built; they stand in tr.md only, files excepted.
_BUILT_BY = {
    "image": {"file"},
    "video": {"file", "captions"},
    "file": {"file"},
    "question": {"ask"},
    "task": {"minutes"},
    "note": {"tone"},
}
_PER_LANGUAGE = {"file", "captions"}
_MARK = {"from", "state"}
_FRONT_IN_BOTH = ("title", "summary", "translation")


@dataclass(slots=True)
class UnitReader:
    """Everything needed to read one unit: its files, the source language, and where to note places and problems."""

    path: Path
    files: dict[Lang, UnitFile]
    source: Lang
    places: Places
    problems: list[Problem]
    broken: set[Path]

    def read(self, key: str) -> Raw:
        """The unit in the document's JSON form, as far as it can be read."""
        raw: Raw = {"key": key, **self._front()}
        pairs = self._pairs()
        raw["blocks"] = [self._block((*self.path, "blocks", place), pair) for place, pair in enumerate(pairs)]
        return raw

    def _front(self) -> Raw:
        """Title, summary and what only tr.md says."""
        raw: Raw = {}
        for lang, file in self.files.items():
            front = file.front
            values = front.value if isinstance(front.value, dict) else {}
            for key, value in values.items():
                line = front.lines.get((key,), 1)
                if key in _FRONT_IN_BOTH[:2]:
                    self._bilingual(raw, self.path, key, lang, value, line)
                elif lang == "tr" or key == "translation":
                    raw[key] = value
                    self._add_lines((*self.path, key), file.name, key, front)
                else:
                    self._only_in_turkish(file.name, line, key)
        self._default_mark(raw)
        return raw

    def _default_mark(self, raw: Raw) -> None:
        """A translated heading without a mark gets one that says so."""
        heading = [raw.get(key) for key in _FRONT_IN_BOTH[:2]]
        if any(isinstance(text, dict) and text.get(other(self.source)) for text in heading):
            raw["translation"] = completed_mark(raw.get("translation"))
        else:
            raw.pop("translation", None)

    def _add_lines(self, prefix: Path, file: str, key: str, front: YamlText) -> None:
        """Remember the lines below one key of the front matter."""
        below = {path[1:]: line for path, line in front.lines.items() if path[:1] == (key,)}
        self.places.add_all(prefix, file, below)

    def _only_in_turkish(self, file: str, line: int, key: str) -> None:
        """Note a structural key in en.md."""
        message = Message(N_("“%(key)s” stands in tr.md only."), key=key)
        self.problems.append(Problem(file, line, key, message, "only-in-tr"))

    def _bilingual(self, raw: Raw, path: Path, key: str, lang: Lang, value: object, line: int) -> None:
        """Put one language of a text into its bilingual form."""
        texts = raw.setdefault(key, {})
        if isinstance(texts, dict):
            texts[lang] = value
        self.places.add((*path, key), self.files[lang].name, line)
        self.places.add((*path, key, lang), self.files[lang].name, line)

    def _pairs(self) -> list[dict[Lang, Fence]]:
        """The blocks of tr.md in order, each with its counterpart in en.md."""
        english: dict[str, Fence] = {}
        for fence in self._known_fences("en"):
            if fence.id in english:
                message = Message(N_("“%(name)s” is used twice; it must be unique."), name=fence.id)
                self._note("en", fence, message, "duplicate")
            english.setdefault(fence.id, fence)
        pairs: list[dict[Lang, Fence]] = []
        for fence in self._known_fences("tr"):
            partner = english.pop(fence.id, None)
            pairs.append({"tr": fence, "en": partner} if partner else {"tr": fence})
            self._check_pair(fence, partner)
        for fence in english.values():
            message = Message(N_("The block “%(id)s” is missing in this file: %(file)s."), id=fence.id, file="tr.md")
            self._note("en", fence, message, "one-language")
        return pairs

    def _check_pair(self, fence: Fence, partner: Fence | None) -> None:
        """Two counterparts are of one kind; a question is asked in both languages."""
        if partner and partner.kind != fence.kind:
            message = Message(N_("In tr.md this block is of the kind “%(kind)s”."), kind=fence.kind)
            self._note("en", partner, message, "kind-differs")
        if partner is None and fence.kind == "question" and "en" in self.files:
            message = Message(N_("The block “%(id)s” is missing in this file: %(file)s."), id=fence.id, file="en.md")
            self._note("tr", fence, message, "one-language")

    def _known_fences(self, lang: Lang) -> list[Fence]:
        """The fences of a language's file whose kind is known."""
        if lang not in self.files:
            return []
        known = []
        for fence in self.files[lang].fences:
            if fence.kind in BLOCK_KINDS:
                known.append(fence)
                self._check_attributes(lang, fence)
            else:
                kinds = ", ".join(BLOCK_KINDS)
                message = Message(
                    N_("“%(kind)s” is no kind of block; there are %(kinds)s."), kind=fence.kind, kinds=kinds
                )
                self._note(lang, fence, message, "unknown-kind")
        return known

    def _check_attributes(self, lang: Lang, fence: Fence) -> None:
        """Attributes belong to the kind of the block and to the file they stand in."""
        built_by = _BUILT_BY.get(fence.kind, set())
        allowed = built_by if lang == "tr" else built_by & _PER_LANGUAGE
        if lang != self.source:
            allowed = allowed | _MARK
        for key in fence.attributes.keys() - allowed:
            if key in built_by:
                self._only_in_turkish(self.files[lang].name, fence.line, key)
            else:
                self._note(lang, fence, Message(N_("“%(key)s” is not known here."), key=key), "unknown-key")

    def _note(self, lang: Lang, fence: Fence, message: Message, rule: str) -> None:
        """Note a problem on a fence line."""
        self.problems.append(Problem(self.files[lang].name, fence.line, fence.id, message, rule))

    def _block(self, path: Path, pair: dict[Lang, Fence]) -> Raw:
        """One block with its texts in both languages."""
        turkish = pair["tr"]
        raw: Raw = {"kind": turkish.kind, "id": turkish.id}
        self.places.add(path, self.files["tr"].name, turkish.line)
        for lang, fence in pair.items():
            self.places.add((*path, "@" + lang), self.files[lang].name, fence.line)
            self._built_by(raw, path, lang, fence)
            if fence.kind == turkish.kind:
                self._texts(raw, path, lang, fence)
        self._missing_texts(raw, path, pair)
        self._mark(raw, path, pair.get(other(self.source)))
        return raw

    def _built_by(self, raw: Raw, path: Path, lang: Lang, fence: Fence) -> None:
        """What the fence line says about the block."""
        for key, value in fence.attributes.items():
            self.places.add((*path, key), self.files[lang].name, fence.line)
            if key in _PER_LANGUAGE:
                self._bilingual(raw, path, key, lang, value, fence.line)
            elif key == "minutes":
                raw[key] = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else value
            elif lang == "tr" and key not in _MARK:
                raw.setdefault(key, value)

    def _texts(self, raw: Raw, path: Path, lang: Lang, fence: Fence) -> None:
        """What the body says in one language: Markdown, or a YAML map of texts."""
        if fence.kind == "text":
            self._bilingual(raw, path, "body", lang, fence.body, fence.line + 1)
            return
        if not fence.body.strip():
            return
        body = read_yaml(fence.body, fence.line + 1)
        file = self.files[lang].name
        self.problems += [Problem(file, bad.line, fence.id, bad.message, bad.rule) for bad in body.mistakes]
        if body.is_broken:
            self.broken.add(path)
        elif not isinstance(body.value, dict) or fence.kind == "question":
            message = Message(N_("The body of this block holds keys with texts.")) if fence.kind != "question" else None
            self._note(lang, fence, message or Message(N_("A question block is empty.")), "body")
        else:
            for key, value in body.value.items():
                self._bilingual(raw, path, key, lang, value, body.lines.get((key,), fence.line))

    def _missing_texts(self, raw: Raw, path: Path, pair: dict[Lang, Fence]) -> None:
        """A text that only one language has is missed on the other one's fence line."""
        for key, value in raw.items():
            if isinstance(value, dict) and key not in _PER_LANGUAGE:
                for lang, fence in pair.items():
                    self.places.add((*path, key, lang), self.files[lang].name, fence.line)

    def _mark(self, raw: Raw, path: Path, fence: Fence | None) -> None:
        """What the translated fence line says about the translation."""
        if fence is None or fence.kind == "question" or not fence.body.strip():
            return
        mark = {key: fence.attributes[key] for key in _MARK & fence.attributes.keys()}
        raw["translation"] = completed_mark(mark)
        self.places.add((*path, "translation"), self.files[other(self.source)].name, fence.line)


def completed_mark(mark: object) -> object:
    """A translation mark in which what is still open stands as such: from=? as noughts, no state as draft."""
    if mark is not None and not isinstance(mark, dict):
        return mark
    given = mark or {}
    made_from = given.get("from")
    return {"state": "draft", **given, "from": UNMARKED if made_from in (None, "?") else made_from}
