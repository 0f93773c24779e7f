// Rows of a question without a way to the server: added, taken away, moved by buttons and by Alt with the arrows.
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const STEPS = { up: -1, down: 1, ArrowUp: -1, ArrowDown: 1 };

export function editQuestions() {
  const form = document.querySelector(".question-form");
  if (!form) return;
  form.querySelectorAll("[data-part]").forEach((rows) => number(rows));
  form.addEventListener("click", (event) => pressed(event, form));
  form.addEventListener("keydown", (event) => typed(event, form));
}

function pressed(event, form) {
  const button = event.target.closest("button[data-add], button[data-act]");
  if (!button) return;
  const rows = button.closest("[data-part]");
  const row = button.closest("[data-part-row]");
  if (!row && !rowsOf(rows).length) return;
  event.preventDefault();
  if (!row) add(rows, form);
  else if (button.dataset.act === "remove") remove(rows, row, form);
  else move(rows, row, STEPS[button.dataset.act], form);
}

function typed(event, form) {
  const step = event.altKey && STEPS[event.key];
  const row = event.target.closest("[data-part-row]");
  if (step && row) {
    event.preventDefault();
    move(row.closest("[data-part]"), row, step, form);
  }
  // Enter would save the question; here it means: check my answer.
  if (event.key === "Enter" && event.target.matches("[data-trial] input[type=text]")) {
    event.preventDefault();
    event.target.closest("[data-trial]").querySelector("button[name=act]").click();
  }
}

const rowsOf = (rows) => [...rows.querySelectorAll("[data-part-row]")];

function add(rows, form) {
  const last = rowsOf(rows).at(-1);
  const made = last.cloneNode(true);
  const id = nextId(form);
  const part = rows.dataset.part;
  rename(made, part, last.dataset.partRow, id);
  made.querySelectorAll(".hint, .error, .remark, .stands-now").forEach((note) => note.remove());
  made.querySelectorAll(".field-bad").forEach((field) => field.classList.remove("field-bad"));
  made.querySelectorAll("textarea").forEach((area) => { area.value = ""; area.textContent = ""; });
  made.querySelectorAll("[name=right]").forEach((box) => { box.checked = false; });
  made.querySelectorAll("[aria-describedby], [aria-invalid], [autofocus]").forEach((one) => {
    ["aria-describedby", "aria-invalid", "autofocus"].forEach((name) => one.removeAttribute(name));
  });
  last.after(made);
  number(rows);
  changed(form);
  made.querySelector("textarea").focus();
}

// Answers of people name rows, so an id that was ever used is never given again.
function nextId(form) {
  const all = [...form.querySelectorAll("[data-part]")];
  const taken = new Set(all.flatMap((rows) => [...rows.dataset.taken.split(" "), ...rowsOf(rows).map((row) => row.dataset.partRow)]));
  const place = Math.max(-1, ...[...taken].map((id) => (id.length === 1 ? LETTERS.indexOf(id) : -1))) + 1;
  let id = LETTERS[place];
  for (let count = 1; !id || taken.has(id); count += 1) id = `z${count}`;
  all.forEach((rows) => { rows.dataset.taken += ` ${id}`; });
  return id;
}

function rename(row, part, from, to) {
  row.dataset.partRow = to;
  [row, ...row.querySelectorAll("*")].forEach((one) => {
    for (const name of ["id", "for"]) {
      const value = one.getAttribute(name);
      if (value) one.setAttribute(name, value.replace(`${part}-${from}`, `${part}-${to}`));
    }
    if (one.name?.startsWith(`${part}.${from}.`)) one.name = one.name.replace(`${part}.${from}.`, `${part}.${to}.`);
    if (one.matches("input") && one.value === from) one.value = to;
    if (one.matches("button")) one.value = one.value.replace(`:${part}:${from}`, `:${part}:${to}`);
  });
}

function remove(rows, row, form) {
  const thing = nameOf(row);
  const next = row.nextElementSibling?.matches("[data-part-row]") ? row.nextElementSibling : row.previousElementSibling;
  row.remove();
  number(rows);
  changed(form);
  (next?.querySelector("[data-act=remove]") ?? rows.querySelector("[data-add]")).focus();
  say(form, rows.dataset.gone.replace("{thing}", thing));
}

function move(rows, row, step, form) {
  const all = rowsOf(rows);
  const place = all.indexOf(row) + step;
  if (place < 0 || place >= all.length) return;
  const thing = nameOf(row);
  const active = document.activeElement;
  const caret = active?.matches("textarea") ? [active.selectionStart, active.selectionEnd] : null;
  if (step < 0) all[place].before(row); else all[place].after(row);
  number(rows);
  changed(form);
  active?.focus();
  if (caret) active.setSelectionRange(...caret);
  row.scrollIntoView({ block: "nearest" });
  say(form, rows.dataset.moved.replace("{thing}", thing).replace("{place}", place + 1).replace("{count}", all.length));
}

const nameOf = (row) => row.getAttribute("aria-label");

// The number of a row stands in its margin and in the names of everything in it.
function number(rows) {
  rowsOf(rows).forEach((row, place) => {
    const shown = row.querySelector("[data-number]");
    const [before, now] = [shown.textContent, String(place + 1)];
    if (before === now) return;
    shown.textContent = now;
    row.setAttribute("aria-label", nameOf(row).replace(before, now));
    row.querySelectorAll(".unseen").forEach((words) => { words.textContent = words.textContent.replace(before, now); });
  });
}

function say(form, sentence) {
  form.querySelector("[data-says]").textContent = sentence;
}

function changed(form) {
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
