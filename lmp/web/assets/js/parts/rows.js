// Rows that come and go without leaving the page: the server reshapes the form as it does without scripts, and the answer
// takes the form's place. What was typed travels along, and nothing is saved.
export function reshapeRows() {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (!("rows" in target.dataset) || submitter?.name !== "act") return;
    event.preventDefault();
    reshape(target, submitter);
  }, true);
  document.addEventListener("keydown", moveByKeys);
}

// Alt and an arrow move the row one is in, if it may move.
function moveByKeys(event) {
  const verb = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!verb || !event.altKey || event.ctrlKey || event.metaKey || !event.target.closest) return;
  const row = event.target.closest("[data-row]");
  if (!row) return;
  event.preventDefault();
  row.querySelector(`button[value="${verb}:${CSS.escape(row.dataset.row)}"]`)?.click();
}

async function reshape(form, button) {
  if (form.getAttribute("aria-busy") === "true") return;
  const from = document.activeElement?.id;
  const folds = [...form.querySelectorAll("details[id]")].filter((one) => one.open).map((one) => one.id);
  const [verb, row] = button.value.split(":");
  form.setAttribute("aria-busy", "true");
  const fresh = await ask(form, button);
  form.removeAttribute("aria-busy");
  if (!fresh) {
    // No answer that can be read: the page is sent as it is without scripts.
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "act", value: button.value });
    form.append(kept);
    form.submit();
    return;
  }
  form.replaceChildren(...fresh.childNodes);
  folds.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  show(form, verb, row, from, fresh.dataset.focus);
  form.dispatchEvent(new CustomEvent("reshaped", { bubbles: true }));
}

async function ask(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.append("act", button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById(form.id);
  } catch {
    return null;
  }
}

// The hand stays where it was: on the same button or field of a moved row, in the first field of a new one.
function show(form, verb, row, from, focus) {
  const moved = verb === "up" || verb === "down";
  const wanted = moved && document.getElementById(from)
    || form.querySelector(`button[value="${verb}:${CSS.escape(row)}"]`)
    || moved && document.getElementById(`row-${row}`)?.querySelector('button[value^="up:"], button[value^="down:"]')
    || firstField(document.getElementById(`row-${focus}`))
    || document.getElementById(`row-${focus}`);
  if (verb === "add" || verb === "copy") firstField(document.getElementById(`row-${focus}`))?.focus();
  else wanted?.focus();
  (document.getElementById(`row-${focus}`) ?? wanted)?.scrollIntoView({ block: "nearest" });
}

const firstField = (place) => place?.querySelector("input:not([type=hidden]), textarea, select") ?? place?.querySelector("button");
