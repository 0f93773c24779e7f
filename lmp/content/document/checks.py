"""What must fit together in a course document: every finding at once, each with its place and a sentence."""

from collections.abc import Callable, Iterable, Iterator

from lmp.content.document import practice_checks, question_checks, translation_checks, unwritten
from lmp.content.document.course import CourseDocument
from lmp.content.document.findings import Finding, error, unique
from lmp.content.document.translation import tree
from lmp.content.document.tree import Node
from lmp.core.messages import N_, Message
from lmp.core.text import forbidden_markup

Check = Callable[[Node], Iterator[Finding]]


def findings(document: CourseDocument) -> list[Finding]:
    """Everything that does not fit together in a document; no error among them means it may be published."""
    return findings_in(tree(document))


def findings_in(root: Node) -> list[Finding]:
    """The findings in a document's JSON form, even when parts of it are broken or missing."""
    return [finding for check in CHECKS for finding in check(root)]


def names_are_unique(root: Node) -> Iterator[Finding]:
    """Ids and keys name one thing each."""
    units = root["units"].items
    yield from unique(outcome["id"] for outcome in root["outcomes"].items)
    yield from unique(unit["key"] for unit in units)
    for unit in units:
        yield from unique(block["id"] for block in unit["blocks"].items)
    yield from unique(question["key"] for unit in units for question in unit["questions"].items)
    yield from unique(question["id"] for unit in units for question in unit["questions"].items)
    for lang in ("tr", "en"):
        yield from unique(term["term"][lang] for term in root["glossary"].items)


def outcomes_exist(root: Node) -> Iterator[Finding]:
    """Whatever refers to an outcome refers to one of the course's."""
    known = {outcome["id"].text for outcome in root["outcomes"].items}
    if not known:
        return
    for unit in root["units"].items:
        yield from _unknown_outcomes(unit["outcomes"].items, known)
        yield from _unknown_outcomes((question["outcome"] for question in unit["questions"].items), known)
    for day in root["workplace"]["days"].items:
        for task in day["tasks"].items:
            yield from _unknown_outcomes(task["outcomes"].items, known)
    for criterion in root["practical"]["criteria"].items:
        yield from _unknown_outcomes(criterion["outcomes"].items, known)


def _unknown_outcomes(nodes: Iterable[Node], known: set[str | None]) -> Iterator[Finding]:
    """References to outcomes that the course does not have."""
    for node in nodes:
        if node.text and node.text not in known:
            yield error(
                node, "unknown-outcome", Message(N_("There is no outcome “%(name)s” in this course."), name=node.text)
            )


def minutes_add_up(root: Node) -> Iterator[Finding]:
    """The course's minutes of a strand are those of its parts."""
    minutes = root["minutes"]
    if root["units"].items:
        yield from _same_sum(minutes["online"], [unit["minutes"].whole for unit in root["units"].items])
    if root["workplace"]["days"].items:
        yield from _same_sum(minutes["workplace"], [day["minutes"].whole for day in root["workplace"]["days"].items])
    if root["practical"]["minutes"].present:
        yield from _same_sum(minutes["practical"], [root["practical"]["minutes"].whole])
    if root["meeting"]["days"].items:
        yield from _same_sum(minutes["meeting"], practice_checks.meeting_minutes(root["meeting"]))


def _same_sum(total: Node, parts: list[int | None]) -> Iterator[Finding]:
    """A finding unless the parts add up; none while any of them is unknown."""
    known = [part for part in parts if part is not None]
    if total.whole is None or len(known) < len(parts) or total.whole == sum(known):
        return
    message = Message(
        N_("%(total)s minutes stand here, but the parts add up to %(sum)s."), total=total.whole, sum=sum(known)
    )
    yield error(total, "minutes", message)


def markdown_is_plain(root: Node) -> Iterator[Finding]:
    """Markdown holds neither HTML nor pictures."""
    sentences = {
        "html": Message(N_("HTML is shown as plain letters; write Markdown.")),
        "image": Message(N_("A picture stands in a block of its own (::: image).")),
    }
    for unit in root["units"].items:
        for block in unit["blocks"].items:
            for text in (block["body"], block["text"]):
                for node in text.keys.values():
                    markup = forbidden_markup(node.text or "")
                    if markup:
                        yield error(node, f"markdown-{markup}", sentences[markup])


#: The endings that suit each place where a block names a file.
_ENDINGS = {
    ("image", "file"): ("svg", "png", "jpg"),
    ("video", "file"): ("mp4",),
    ("video", "captions"): ("vtt",),
}


def files_suit_their_blocks(root: Node) -> Iterator[Finding]:
    """Pictures stand in image blocks, films in video blocks, captions in their place."""
    for unit in root["units"].items:
        for block in unit["blocks"].items:
            for (kind, key), endings in _ENDINGS.items():
                names = block[key].keys.values() if block["kind"].text == kind else ()
                for name in names:
                    if name.text and not name.text.endswith(endings):
                        message = Message(
                            N_("A file of this kind is expected here: %(kinds)s."), kinds=", ".join(endings)
                        )
                        yield error(name, "wrong-media", message)


CHECKS: tuple[Check, ...] = (
    names_are_unique,
    outcomes_exist,
    minutes_add_up,
    question_checks.questions_can_be_answered,
    question_checks.questions_are_asked,
    question_checks.quizzes_can_be_drawn,
    question_checks.the_test_can_be_drawn,
    markdown_is_plain,
    files_suit_their_blocks,
    practice_checks.shape_has_its_plan,
    practice_checks.days_are_in_order,
    practice_checks.tasks_fit_their_chips,
    practice_checks.meeting_times_are_ordered,
    practice_checks.practical_can_be_scored,
    practice_checks.policy_is_reachable,
    unwritten.texts_are_written,
    translation_checks.texts_are_complete,
    translation_checks.translations_are_fresh,
)
