"""Walking over every page and asking axe what would shut somebody out."""

import json
from collections.abc import Callable

from lmp.config import ROOT
from lmp.content.document import Lang
from lmp.demo.people import address_of
from tests.browser.stops import NOBODY, Stop
from tests.browser.walker import Walker
from tests.demo.shared import PASSWORD

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Each scheme with another language, so that both are walked.
LOOKS: tuple[tuple[str, Lang], ...] = (("light", "tr"), ("dark", "en"))

#: What a low and narrow window loses: text beyond its edge or cut by a frame, cut words on a button, bars that eat the page.
_CUT = """() => {
  const lost = new Set(), width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const beyond = [...document.body.querySelectorAll("*")].find((one) => one.getBoundingClientRect().right > width + 1);
    lost.add(`sideways: ${beyond?.outerHTML.slice(0, 120)}`);
  }
  const all = [...document.body.querySelectorAll("*")];
  const bars = all.filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position));
  const eaten = bars.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
  if (eaten > innerHeight / 5) lost.add(`bars take ${eaten} of ${innerHeight}`);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, holder = text.parentElement, range = document.createRange();
    if (!text.data.trim() || holder.closest(".unseen, option, script, style, symbol")) continue;
    if (!holder.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      for (let each = holder; each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each), frame = each.getBoundingClientRect();
        // Words for screen readers only, and what scrolls within itself.
        if (frame.width <= 1 || /auto|scroll/.test(style.overflowX)) break;
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        if (box.right > frame.right + 1 || box.bottom > frame.bottom + 2) lost.add(`cut: ${text.data.trim().slice(0, 60)}`);
      }
    }
  }
  for (const one of document.querySelectorAll("button, .button, .chip")) {
    if (one.checkVisibility() && one.scrollWidth > one.clientWidth + 2 && !one.classList.contains("unseen")) {
      lost.add(`words cut: ${one.textContent.trim().slice(0, 60)}`);
    }
  }
  return [...lost].slice(0, 5);
}"""


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


def cut_off(walker: Walker) -> list[str]:
    """What is lost in this window: sideways scroll, cut text, bars that leave too little of the page."""
    return list(walker.page.evaluate(_CUT))
