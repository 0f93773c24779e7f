"""Somebody without a mouse: Tab, Shift and Tab, arrows, Space and Enter, and at every stop the ring must be seen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import ElementHandle, Locator, expect

from tests.browser.walker import Walker

#: More stops than any page has; whoever passes them all is caught in a loop.
PATIENCE = 250
#: Frames the browser may take to scroll, to lay out and to paint before a stop is judged; half a second at 60 Hz.
FRAMES = 30
_NEXT_FRAME = "() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
#: Where the focus is and whether somebody sees it: the ring is drawn, stands in the window, and nothing lies over it.
_STOP = """(target) => {
  const one = document.activeElement;
  const gone = !!target && !target.isConnected;
  if (!one || one.matches("html, body, main")) return {name: "", wrong: [], there: false, beside: false, gone};
  const clear = (colour) => colour === "transparent" || /^rgba\\(.*, 0\\)$/.test(colour);
  const rings = (two) => {
    const style = getComputedStyle(two), box = two.getBoundingClientRect();
    const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);
    let solid = 1;
    for (let each = two; each; each = each.parentElement) solid *= parseFloat(getComputedStyle(each).opacity);
    return drawn && solid > 0.5 && box.width > 3 && box.height > 3;
  };
  let ring = one;
  while (ring && !rings(ring)) ring = ring.parentElement;
  const name = `${one.tagName} ${one.className} ${(one.getAttribute("name") || one.textContent).trim().slice(0, 40)}`;
  const seen = {name, wrong: [], gone, there: one === target, beside: one.type === "radio" && one.name === target?.name};
  if (!ring) return {...seen, wrong: ["no ring"]};
  const box = ring.getBoundingClientRect(), wrong = seen.wrong, high = innerHeight, wide = innerWidth;
  const over = (two) => {
    const bar = two.getBoundingClientRect();
    return bar.height && box.height < high - bar.height - 8 && box.right > bar.left && box.left < bar.right && box.bottom > bar.top && box.top < bar.bottom;
  };
  const all = document.querySelectorAll("body *");
  if (window.walked?.count !== all.length) {
    const stays = [...all].filter((two) => ["fixed", "sticky"].includes(getComputedStyle(two).position));
    window.walked = {count: all.length, stays};
  }
  for (const two of window.walked.stays) {
    if (two.contains(ring)) continue;
    if (over(two) && one.tagName !== "TEXTAREA") wrong.push(`under ${two.className}`);
  }
  if (box.height < high - 120 && (box.top < -1 || box.bottom > high + 1)) wrong.push(`not in the window: ${Math.round(box.top)} to ${Math.round(box.bottom)} of ${high}, scrolled by ${Math.round(scrollY)} ${location.hash}`);
  if (box.left < -1 || box.right > wide + 1) wrong.push("beside the window");
  const line = ring.getClientRects()[0];
  const within = (at, most) => Math.min(Math.max(at, 1), most - 1);
  const top = document.elementFromPoint(within(line.left + line.width / 2, wide), within(line.top + line.height / 2, high));
  if (!top || !(ring.contains(top) || top.contains(ring))) wrong.push(`covered by ${top?.tagName} ${top?.className}`);
  const style = getComputedStyle(ring), room = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
  for (let each = ring.parentElement; each && each !== document.body; each = each.parentElement) {
    const {overflowX, overflowY} = getComputedStyle(each);
    if (!/hidden|clip|auto|scroll/.test(overflowX + overflowY)) continue;
    const frame = each.getBoundingClientRect();
    if (box.top - room < frame.top - 1 || box.bottom + room > frame.bottom + 1) wrong.push(`cut by ${each.className}`);
    break;
  }
  return seen;
}"""
_BEFORE = """(one) => document.activeElement !== document.body
  && !!(one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""
#: Whether pressing something leads to another page.
LEADS_ON = """(one) => one.matches("a[href]:not([download]):not([href^='#'])") || one.matches("button") && one.type === "submit"
  && !one.form?.matches("[data-passkey]")"""


class Keys(Walker):
    """Finds things as everybody does, but reaches them with the Tab key, and looks at the ring at every stop."""

    def activate(self, what: Locator) -> None:
        """Press what is focused; wait until its page is there when it leads to one."""
        self.presses += 1
        leads_on = self.tab_to(what).evaluate(LEADS_ON)
        if leads_on:
            self.page.evaluate("() => { document.documentElement.dataset.left = ''; }")
        self.page.keyboard.press("Enter")
        if leads_on:
            expect(self.page.locator("html[data-left]")).to_have_count(0)

    def tick(self, what: Locator) -> None:
        """Space ticks a box; arrows walk through the options of one question."""
        self.presses += 1
        self.tab_to(what)
        for _ in range(PATIENCE):
            if self._stop(what.element_handle())["there"]:
                break
            self.page.keyboard.press("ArrowDown")
        if not what.is_checked():
            self.page.keyboard.press("Space")
        expect(what).to_be_checked()

    def write(self, what: Locator, text: str) -> None:
        """Type into the field instead of what stands there."""
        self.lines += 1
        self.tab_to(what)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)
        expect(what).to_have_value(text)

    def select(self, what: Locator, label: str) -> None:
        """Arrows walk through the list."""
        self.presses += 2
        self.tab_to(what)
        for _ in range(PATIENCE):
            if what.evaluate("(one) => one.selectedOptions[0].label") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the list does not hold {label}")

    def attach(self, what: Locator, *files: Path) -> None:
        """Enter opens the browser's own window for files."""
        self.presses += 2
        # Asked for before the way there, because what the browser is told takes effect a moment later.
        with self.page.expect_file_chooser() as asked:
            self.tab_to(what)
            self.page.keyboard.press("Enter")
        asked.value.set_files(files)

    def tab_to(self, what: Locator) -> Locator:
        """Move the focus there, backwards when it lies behind; every stop on the way shows its ring."""
        expect(what).to_be_visible()
        back = what.evaluate(_BEFORE)
        # Looked up once: finding something by its role costs more than a stop.
        target = what.element_handle()
        for _ in range(PATIENCE):
            stop = self._stop(target)
            if stop["gone"]:
                target = what.element_handle()
            elif stop["there"] or stop["beside"]:
                return what
            else:
                self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"{self.path}: no Tab leads to {what}")

    def stops_of_page(self) -> Iterator[str]:
        """Tab through the whole page; answers what is wrong on the way."""
        for _ in range(PATIENCE):
            self.page.keyboard.press("Tab")
            stop = self._settled(lambda: self.page.evaluate(_STOP))
            if not stop["name"]:
                return
            yield from (f"{stop['name']}: {wrong}" for wrong in stop["wrong"])
        yield "Tab never leaves the page"

    def _stop(self, what: ElementHandle) -> dict[str, Any]:
        stop = self._settled(lambda: what.evaluate(_STOP))
        if stop["wrong"]:
            raise AssertionError(f"{self.path}: {stop['name']}: {stop['wrong']}")
        return stop

    def _settled(self, look: Callable[[], Any]) -> dict[str, Any]:
        """What is seen at a stop, once a busy machine has painted it: a fault that passes by itself is none."""
        stop: dict[str, Any] = look()
        for _ in range(FRAMES):
            if not stop["wrong"]:
                break
            self.page.evaluate(_NEXT_FRAME)
            stop = look()
        return stop
