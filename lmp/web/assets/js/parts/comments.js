// Comments are answered and settled where they stand; the page, and whatever is being written on it, stays as it is.
export function sendComments() {
  document.addEventListener("submit", (event) => {
    const place = event.target.closest("[data-talk]");
    if (place && event.submitter?.name !== "_lang") send(event, place);
  }, true);
}

async function send(event, place) {
  event.preventDefault();
  const { target: form, submitter } = event;
  if (place.dataset.sending) return;
  place.dataset.sending = "yes";
  const found = await answer(form, submitter);
  delete place.dataset.sending;
  if (!found) return fail(place);
  const fresh = put(place, found.html);
  if (!fresh) return;
  keepTyped(place, fresh, form);
  const list = document.querySelector("[data-talk-list]");
  if (list) put(list, found.list);
  (fresh.querySelector("[aria-invalid]") ?? fresh).focus();
  const status = document.querySelector("[data-announce], [data-says]");
  if (status) status.textContent = found.said;
}

async function answer(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  try {
    const said = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const isOurs = said.headers.get("Content-Type")?.includes("json") && (said.ok || said.status === 422);
    return isOurs ? await said.json() : null;
  } catch {
    return null;
  }
}

function put(old, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const fresh = holder.content.firstElementChild;
  if (fresh) old.replaceWith(fresh);
  return fresh;
}

// What was begun at other comments of the same place is not sent and not lost.
function keepTyped(old, fresh, sent) {
  for (const field of old.querySelectorAll("textarea")) {
    const now = fresh.querySelector(`#${CSS.escape(field.id)}`);
    if (!now || !field.value || sent.contains(field)) continue;
    now.value = field.value;
    now.closest("details").open = true;
  }
}

function fail(place) {
  let word = place.querySelector(":scope > .error");
  if (!word) {
    word = document.createElement("p");
    word.className = "error";
    word.setAttribute("role", "alert");
    place.append(word);
  }
  word.textContent = place.dataset.failed;
}
