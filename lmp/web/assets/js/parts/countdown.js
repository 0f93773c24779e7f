// The time left in a quiz, counted down; five minutes and one minute before the end it is also said. The server decides.
export function countDown() {
  for (const frame of document.querySelectorAll("[data-seconds]")) {
    const shown = frame.querySelector("[data-left]");
    const says = frame.querySelector("[data-says]");
    if (!shown) continue;
    const end = Date.now() + Number(frame.dataset.seconds) * 1000;
    let before = Infinity;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      shown.textContent = left ? shown.dataset.left.replace("{time}", clock(left)) : shown.dataset.over;
      // Said once each, and the larger mark only by those who pass it while the page is open.
      for (const [mark, text] of [[300, says.dataset.five], [60, says.dataset.one], [0, says.dataset.over]]) {
        if (before > mark && before !== Infinity && left <= mark) says.textContent = text;
      }
      before = left;
      if (!left) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
    tick();
  }
}

const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
