// A live preview below the field, made by the server's own renderer a moment after the last key.
const WAIT = 350;

// Opens or closes the preview of a field; answers whether it is open.
export function togglePreview(field, made, say) {
  const there = field.nextElementSibling;
  if (there?.matches("[data-preview]")) {
    there.remove();
    return false;
  }
  const panel = made.querySelector("[data-preview]").cloneNode(true);
  panel.lang = field.lang;
  field.after(panel);
  const live = follow(field, panel, say);
  live();
  return true;
}

function follow(field, panel, say) {
  let timer;
  let running;
  const draw = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const html = await ask(field, running.signal);
      const { scrollTop } = panel;
      panel.firstElementChild.innerHTML = html;
      panel.scrollTop = scrollTop;
      if (panel.dataset.away) say("");
      delete panel.dataset.away;
    } catch (failed) {
      if (failed.name === "AbortError") return;
      panel.dataset.away = "yes";
      if (failed.said) say("", failed.said);
      else say("away");
    }
  };
  const soon = () => {
    if (!panel.isConnected) field.removeEventListener("input", soon);
    else {
      clearTimeout(timer);
      timer = setTimeout(draw, WAIT);
    }
  };
  field.addEventListener("input", soon);
  return draw;
}

async function ask(field, signal) {
  const body = new FormData();
  body.append("csrf_token", token(field));
  body.append("text", field.value);
  return (await answered("preview", body, signal)).html;
}

export const token = (field) =>
  (field.form ?? document).querySelector("[name=csrf_token]")?.value ?? document.querySelector("[name=csrf_token]").value;

// What the server answers; a sentence it refuses with comes along as `said`.
export async function answered(what, body, signal) {
  const answer = await fetch(`/${document.documentElement.lang}/draft/${what}`, {
    method: "POST", body, signal, headers: { Accept: "application/json" },
  });
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(answer.status), { said: found.error });
  return found;
}
