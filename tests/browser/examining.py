"""Walking over every page and asking axe what would shut somebody out."""

import json
from collections.abc import Callable

from lmp.config import ROOT
from lmp.content.document import Lang
from lmp.demo.people import address_of
from tests.browser.stops import NOBODY, Stop
from tests.browser.walker import Walker
from tests.demo.conftest import PASSWORD

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Each scheme with another language, so that both are walked.
LOOKS: tuple[tuple[str, Lang], ...] = (("light", "tr"), ("dark", "en"))


def sign_in(walker: Walker, who: str) -> None:
    """Be somebody of the demo, or nobody."""
    if who != NOBODY:
        walker.sign_in(address_of(who), PASSWORD)


def found(walker: Walker, every_stop: list[Stop], who: str, look: Callable[[Walker], list[str]]) -> list[str]:
    """Open one page after the other as this person; what is found at each, with its address."""
    sign_in(walker, who)
    wrongs = []
    for stop in every_stop:
        if stop.who == who:
            status = walker.visit(stop.path)
            wrong = [] if status == stop.status else [f"answers {status}"]
            wrongs += [f"{walker.path} ({stop.endpoint}): {one}" for one in (*wrong, *look(walker))]
    return wrongs


def violations(walker: Walker) -> list[str]:
    """What axe finds: rule, element, and why."""
    walker.page.evaluate(AXE.read_text(encoding="utf-8"))
    result = walker.page.evaluate("async () => JSON.stringify((await axe.run()).violations)")
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in json.loads(result)
        for node in violation["nodes"]
    ]
