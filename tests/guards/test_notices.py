"""Every kind of notice is told by something, and every mail that leaves has a kind, or a reason to have none."""

import ast
from collections.abc import Iterator
from pathlib import Path

from lmp.app import reminders
from lmp.config import ROOT
from lmp.notice.rules import KINDS, Delivery, Urgency

SOURCES = ROOT / "lmp"
#: The places that hand a mail of a kind to the outbox: one for notices, one for the daily mail.
CARRIERS = {"notice/service/telling.py", "notice/service/digesting.py"}
#: Mails without a kind → why nobody can choose how they come.
WITHOUT_KIND = {
    "accounts/": "they let people in, or say that somebody changed how they get in",
    "workplace/receipt": "the mentor has no account",
    "workplace/week_sent": "the mentor has no account",
    "enrolment/asked_office": "the office has no account",
    "enrolment/remind_office": "the office has no account",
    "enrolment/interest_asked": "whoever asked has no account",
    "enrolment/run_opens": "whoever asked without an account ends such mails with one press",
    "privacy/": "the last mail of an account that was erased",
}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file with the name it is called by: mail.queue, notice.tell, Reminder."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def words(node: ast.AST) -> set[str]:
    """The texts written anywhere in an expression."""
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def told(folder: Path) -> set[str]:
    """The kinds that the code of a folder tells, by notices, reminders, or a helper called `_tell`."""
    return {
        word
        for path in folder.rglob("*.py")
        for name, call in calls(path)
        if name.rsplit(".", 1)[-1] in ("tell", "_tell", "Reminder")
        for word in words(call)
    } | {
        word
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "_tell"
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        for word in words(default)
    }


def mailed(folder: Path) -> set[tuple[str, str]]:
    """(file, template) of every mail that goes past the notices; a template in a name is looked up in its function."""
    found = set()
    for path in folder.rglob("*.py"):
        where = path.relative_to(folder).as_posix()
        for name, call in calls(path):
            if name == "mail.queue" and where not in CARRIERS:
                templates = {word for word in words(call.args[0]) if "/" in word} or {f"{where.split('/')[0]}/"}
                found |= {(where, template) for template in templates}
    return found


def test_every_kind_that_people_choose_about_is_told_by_something() -> None:
    assert not sorted(set(KINDS) - told(SOURCES)), "nothing tells these: take them off the list or tell them"


def test_every_reminder_has_a_kind() -> None:
    assert {one.kind for one in reminders()} <= set(KINDS)


def test_every_mail_has_a_kind_or_a_reason_to_have_none() -> None:
    past = {(where, template) for where, template in mailed(SOURCES) if not template.startswith(tuple(WITHOUT_KIND))}
    assert not sorted(past), "tell these through lmp.notice, or say in WITHOUT_KIND why they have no kind"


def test_only_what_asks_for_an_act_goes_at_once() -> None:
    for kind in KINDS.values():
        assert (kind.usual is Delivery.AT_ONCE) is (kind.urgency is Urgency.ACT_BY), kind.key
        assert kind.is_optional or kind.urgency is Urgency.ACT_BY, kind.key


def test_these_guards_see_a_mail_past_the_notices_and_a_kind_that_nothing_tells(tmp_path: Path) -> None:
    feature = tmp_path / "meeting"
    feature.mkdir()
    (feature / "letters.py").write_text('def tell_changed():\n    mail.queue("meeting/changed", to=somebody)\n')
    assert mailed(tmp_path) == {("meeting/letters.py", "meeting/changed")}
    assert "meeting.changed" not in told(tmp_path)
    (feature / "letters.py").write_text('def tell_changed():\n    notice.tell("meeting.changed", somebody)\n')
    assert mailed(tmp_path) == set()
    assert told(tmp_path) == {"meeting.changed"}
