// The hours of a day, counted while one types. The server counts again; this is only a mirror.
export function sumTimes() {
  for (const group of document.querySelectorAll("[data-times]")) {
    const fields = Object.fromEntries([...group.querySelectorAll("[data-part]")].map((field) => [field.dataset.part, field]));
    const sum = group.querySelector("[data-sum]");
    group.addEventListener("input", () => show(sum, count(fields)));
  }
}

function count({ start, end, pause }) {
  const from = minutesOfDay(start.value);
  const to = minutesOfDay(end.value);
  const rest = pause.value.trim() === "" ? 0 : Number(pause.value);
  if (from === null || to === null || !Number.isInteger(rest) || rest < 0) return null;
  // A shift may pass midnight and belongs to the day on which it began.
  const present = to > from ? to - from : to - from + 1440;
  return present > rest ? present - rest : null;
}

function minutesOfDay(text) {
  const found = /^\s*(\d{1,2})(?:\s*[.:,]\s*(\d{2})|\s*(\d{2}))?\s*$/.exec(text);
  if (!found) return null;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? found[3] ?? 0);
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

function show(sum, minutes) {
  sum.hidden = minutes === null;
  if (minutes === null) return;
  const hours = String(Math.round(minutes / 6) / 10).replace(".", sum.dataset.comma);
  sum.firstElementChild.textContent = (hours === "1" ? sum.dataset.hour : sum.dataset.hours).replace("{number}", hours);
  sum.lastElementChild.textContent = sum.dataset.minutes.replace("{number}", minutes);
}
