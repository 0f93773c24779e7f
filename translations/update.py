"""Bring the catalogues up to the code: one file a feature and language, no fuzzy guesses, nothing obsolete.

`python translations/update.py` rewrites translations/<lang>/<feature>.po; English entries are filled with their msgid,
Turkish ones stay empty until somebody writes them (the guard test then names them). `--check` only says what is missing.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "lmp"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "_l": None, "N_": None, "P_": (1, 2), "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.jinja", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}, "**/templates/**.jinja": {"silent": "false"}}


def features() -> list[str]:
    """The folders of the package that speak to people."""
    return ["app", *sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())]


def extract(feature: str) -> Catalog:
    """The msgids of a feature, sorted, without places (they change with every line)."""
    found = Catalog(fuzzy=False)
    if feature == "app":
        return _top_level(found)
    for _file, _line, msgid, _comments, context in extract_from_dir(
        PACKAGE / feature,
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        directory_filter=lambda path: "/assets" not in path and "/static" not in path,
    ):
        found.add(msgid, context=context)
    return found


def _top_level(found: Catalog) -> Catalog:
    """The msgids of the modules that belong to no feature."""
    for path in sorted(PACKAGE.glob("*.py")):
        for _line, msgid, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
            found.add(msgid, context=context)
    return found


def load(path: Path, lang: str) -> Catalog:
    """The catalogue as it stands."""
    if not path.exists():
        return Catalog(locale=lang)
    with path.open("rb") as handle:
        return read_po(handle, locale=lang)


def renew(feature: str, lang: str) -> tuple[bytes, list[str]]:
    """The catalogue as it should stand, and the msgids without a translation."""
    old, new, missing = load(HERE / lang / f"{feature}.po", lang), Catalog(locale=lang, fuzzy=False), []
    for message in sorted(extract(feature), key=lambda one: str(one.id)):
        if not message.id:
            continue
        kept = old.get(message.id)
        said = kept.string if kept is not None else ""
        if lang == "en":
            said = message.id if isinstance(message.id, str) else tuple(message.id)
        if isinstance(said, tuple):
            said = said[: new.num_plurals]  # a Turkish noun stays singular after a number: one form
        new.add(message.id, said)
        if not said or (isinstance(said, tuple) and not all(said)):
            missing.append(str(message.id))
    return _written(new), missing


def _written(catalogue: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=True, sort_output=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return header.encode() + out.getvalue().strip() + b"\n"


def quarrels(lang: str) -> list[str]:
    """Msgids that two features translate differently."""
    first: dict[object, tuple[str, object]] = {}
    found = []
    for path in sorted((HERE / lang).glob("*.po")):
        for message in load(path, lang):
            if message.id and message.string:
                earlier = first.setdefault(message.id, (path.name, message.string))
                if earlier[1] != message.string:
                    found.append(f"{lang}: {message.id!r} in {earlier[0]} and {path.name}")
    return found


def main(arguments: list[str]) -> int:
    """Write (or check) every catalogue; 1 when a Turkish sentence is missing or a file is not up to date."""
    check, wanted, bad = "--check" in arguments, [one for one in arguments if not one.startswith("-")], 0
    for feature in wanted or features():
        for lang in ("tr", "en"):
            path = HERE / lang / f"{feature}.po"
            content, missing = renew(feature, lang)
            if not list(extract(feature)):
                continue
            for msgid in missing:
                print(f"{lang}/{feature}: no translation of {msgid!r}")
            bad += len(missing)
            if check and (not path.exists() or path.read_bytes() != content):
                print(f"{lang}/{feature}.po is not up to date: python translations/update.py")
                bad += 1
            elif not check:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
    for quarrel in [] if wanted else [*quarrels("tr"), *quarrels("en")]:
        print(f"translated differently: {quarrel}")
        bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
