"""One Jinja environment per language: literal `_()` calls are translated when a template is compiled, not on every page."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, nodes, pass_eval_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from lmp.core import messages
from lmp.core.messages import Message
from lmp.web import bars, filters


class _Fold(NodeTransformer):
    """Replaces `_("literal", name=value)` by the translated literal, formatted with its (escaped) values."""

    def __init__(self, lang: str) -> None:
        self._catalogue = messages.catalogue(lang)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's visitor protocol
        """Fold one call; calls with anything but a literal first argument stay."""
        self.generic_visit(node)
        literal = node.args[0] if node.args else None
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_" and isinstance(literal, nodes.Const)):
            return node
        sentence = self._catalogue.gettext(literal.value)
        if not node.kwargs:
            return nodes.MarkSafeIfAutoescape(
                nodes.Const(sentence.replace("%%", "%"), lineno=node.lineno), lineno=node.lineno
            )
        pairs = [
            nodes.Pair(nodes.Const(keyword.key, lineno=node.lineno), keyword.value, lineno=node.lineno)
            for keyword in node.kwargs
        ]
        values = nodes.Dict(pairs, lineno=node.lineno)
        return nodes.Mod(
            nodes.MarkSafeIfAutoescape(nodes.Const(sentence, lineno=node.lineno), lineno=node.lineno),
            values,
            lineno=node.lineno,
        )


class LanguageEnvironment(Environment):
    """A Jinja environment that speaks one language."""

    lang = "tr"

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse, then fold the literals."""
        parsed = super()._parse(source, name, filename)
        folded = _Fold(self.lang).visit(parsed)
        folded.set_environment(self)
        return parsed


def _marked(context: nodes.EvalContext, sentence: str) -> str:
    """Sentences of ours are safe in HTML, and plain in the text of a mail."""
    return Markup(sentence) if context.autoescape else sentence  # noqa: S704 - from our own catalogues


def _gettext(lang: str) -> Callable[..., str]:
    """For calls whose msgid is not a literal; messages of rules come through `say`."""

    @pass_eval_context
    def translate(context: nodes.EvalContext, msgid: str, **values: object) -> str:
        sentence = _marked(context, messages.catalogue(lang).gettext(msgid))
        return sentence % values if values else sentence

    return translate


def _ngettext(lang: str) -> Callable[..., str]:
    """Sentences that differ by number; `n` is written as the language writes numbers."""

    @pass_eval_context
    def translate(context: nodes.EvalContext, one: str, many: str, n: int, **values: object) -> str:
        sentence = _marked(context, messages.catalogue(lang).ngettext(one, many, n))
        return sentence % {"n": messages.spoken(n, lang), **values}

    return translate


def _escapes(name: str | None) -> bool:
    """Everything is HTML but the text and the subject of a mail."""
    return name is None or not name.endswith((".txt.jinja", ".subject.jinja"))


def _say(lang: str) -> Callable[[object], str]:
    """A message, a bilingual text or a plain value in this environment's language."""

    def say(thing: object) -> str:
        return str(messages.spoken(thing, lang))

    return say


def environment(lang: str, loader: BaseLoader, assets: Callable[[str], str]) -> Environment:
    """The environment of a language, without Flask: pages and mails use the same."""
    made = LanguageEnvironment(
        loader=loader,
        autoescape=_escapes,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.lang = lang
    made.globals.update(
        lang=lang, _=_gettext(lang), ngettext=_ngettext(lang), say=_say(lang), asset=assets, Message=Message
    )
    made.globals.update(strand_shorts=bars.SHORT, drawn_strand_bar=bars.in_language(lang))
    made.filters["say"] = _say(lang)
    filters.register(made, lang)
    return made


@cache
def _manifest(folder: Path) -> Mapping[str, str]:
    """Logical name → hashed file, as the asset build wrote it."""
    path = folder / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def asset_addresses(folder: Path) -> Callable[[str], str]:
    """A function from an asset's logical name to its address. A name the build did not make is a mistake."""

    def address(name: str) -> str:
        return f"/static/build/{_manifest(folder)[name]}"

    return address
