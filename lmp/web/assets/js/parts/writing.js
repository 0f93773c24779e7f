// Writing Markdown in a plain textarea: a toolbar over the field one is in, and the keys for it. Every change goes through
// the browser's own editing, so that undo and autosave see it. Our own because it is smaller than any we found, makes
// tables, has real buttons and offers only what our renderer shows.
import { placed, typed } from "./field.js";
import { togglePreview } from "./preview.js";

export const FIELD = "textarea[data-markdown]";
const KEYS = { b: "bold", i: "italic", k: "link" };
let asked;
let bar;

export function helpWriting() {
  // With a pointer only after it is lifted: a field that moves under a held button would select text.
  let held = false;
  document.addEventListener("pointerdown", () => { held = true; }, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => {
    held = false;
    if (document.activeElement?.matches(FIELD)) show(document.activeElement);
  }, true);
  document.addEventListener("focusin", ({ target }) => { if (!held && target.matches?.(FIELD)) show(target); });
  document.addEventListener("keydown", onKey);
  if (document.activeElement?.matches(FIELD)) show(document.activeElement);
}

// The words come from the server once, in the language of the page.
export function tools() {
  asked ??= fetch(`/${document.documentElement.lang}/draft-writing`).then(async (answer) => {
    if (!answer.ok) throw new Error(answer.status);
    const made = document.createElement("template");
    made.innerHTML = (await answer.json()).tools;
    return made.content;
  });
  asked.catch(() => { asked = undefined; });
  return asked;
}

export async function say(which, text = "") {
  const place = (await tools().catch(() => null)) && bar?.querySelector("[role=status]");
  if (place) place.textContent = which ? place.dataset[which] : text;
}

export const word = (which) => bar.querySelector("[role=status]").dataset[which];

async function show(field) {
  const made = await tools().catch(() => null);
  if (!made || document.activeElement !== field || bar?.nextElementSibling === field) return;
  const before = field.getBoundingClientRect().top;
  bar ??= makeBar(made);
  field.before(bar);
  if (!field.id) field.id = `writing-${Math.random().toString(36).slice(2)}`;
  bar.firstElementChild.setAttribute("aria-controls", field.id);
  say("");
  press(bar.querySelector("[data-does=preview]"), field.nextElementSibling?.matches("[data-preview]"));
  window.scrollBy(0, field.getBoundingClientRect().top - before);
}

function makeBar(made) {
  const copy = made.querySelector("[data-tools]").cloneNode(true);
  const buttons = [...copy.querySelectorAll("button")];
  buttons[0].tabIndex = 0;
  // A press keeps the field's selection; its focus returns there by itself.
  copy.addEventListener("mousedown", (event) => event.preventDefault());
  copy.addEventListener("click", ({ target }) => act(target.closest("button"), copy.nextElementSibling));
  copy.addEventListener("keydown", (event) => {
    const place = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined || place < 0) return;
    event.preventDefault();
    focusOn(buttons, buttons.at(next % buttons.length));
  });
  copy.addEventListener("focusin", ({ target }) => focusOn(buttons, target, false));
  return copy;
}

function focusOn(buttons, one, moves = true) {
  buttons.forEach((button) => { button.tabIndex = button === one ? 0 : -1; });
  if (moves) one.focus();
}

const press = (button, is) => button.setAttribute("aria-pressed", is ? "true" : "false");

function act(button, field) {
  if (!button || !field) return;
  if (button.dataset.does === "preview") {
    tools().then((made) => press(button, togglePreview(field, made, say)));
  } else ACTS[button.dataset.does](field);
}

function onKey(event) {
  const act = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
  if (!act || !event.target.matches?.(FIELD) || event.target.readOnly) return;
  event.preventDefault();
  tools().then(() => show(event.target)).then(() => ACTS[act](event.target));
}

const ACTS = {
  bold: (field) => around(field, "**"),
  italic: (field) => around(field, "*"),
  code: (field) => (chosen(field).includes("\n") ? fence(field) : around(field, "`")),
  heading: (field) => lines(field, (all) => all.map((line) => {
    const [, marks, rest] = /^(#{0,6})\s*(.*)$/.exec(line);
    return marks.length >= 4 ? rest : `${"#".repeat(Math.max(2, marks.length + 1))} ${rest}`;
  })),
  list: (field) => lines(field, (all) => marked(all, /^- /, () => "- ")),
  numbers: (field) => lines(field, (all) => marked(all, /^\d+[.)] /, (place) => `${place + 1}. `)),
  quote: (field) => lines(field, (all) => marked(all, /^> ?/, () => "> ")),
  link,
  table: (field) => {
    const row = word("cells");
    const empty = row.replace(/[^|]+/g, "   ");
    const text = `${row}\n${row.replace(/[^|]+/g, " --- ")}\n${empty}\n${empty}`;
    placed(field, text, true, row.split("|")[1].trim());
  },
};

const chosen = (field) => field.value.slice(field.selectionStart, field.selectionEnd);

// Marks around the selection, or away with them where they are; blanks at its ends stay outside.
function around(field, mark) {
  const text = chosen(field);
  const lead = text.length - text.trimStart().length;
  const start = field.selectionStart + (text.trim() ? lead : 0);
  const core = text.trim();
  const end = start + core.length;
  const outside = (from, to) => field.value.slice(from, to) === mark;
  const has = (sign) => field.value[sign] === mark[0];
  const alone = mark.length === 2 || !has(start - 2) || has(start - 3);
  if (outside(start - mark.length, start) && outside(end, end + mark.length) && alone) {
    typed(field, start - mark.length, end + mark.length, core, 0, core.length);
  } else typed(field, start, end, mark + core + mark, mark.length, mark.length + core.length);
}

function fence(field) {
  placed(field, `\`\`\`\n${chosen(field)}\n\`\`\``, true);
}

// The lines that the selection touches, each changed.
function lines(field, change) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const stop = value.indexOf("\n", Math.max(field.selectionStart, field.selectionEnd - 1));
  const end = stop < 0 ? value.length : stop;
  const text = change(value.slice(start, end).split("\n")).join("\n");
  const several = text.includes("\n");
  typed(field, start, end, text, several ? 0 : text.length, text.length);
}

// Every line gets the mark, or loses it when all have it; another kind of mark gives way.
function marked(all, mark, make) {
  const bare = all.map((line) => line.replace(/^(- |\d+[.)] |> ?)/, ""));
  return all.every((line) => mark.test(line)) ? bare : bare.map((line, place) => make(place) + line);
}

function link(field) {
  const text = chosen(field).trim();
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(text);
  const words = isAddress || !text ? word("words") : text;
  const address = isAddress ? text : `https://${word("link")}`;
  const from = isAddress || !text ? 1 : words.length + 3;
  const length = isAddress || !text ? words.length : address.length;
  typed(field, field.selectionStart, field.selectionEnd, `[${words}](${address})`, from, from + length);
}
