// Clean paste: what programs put on the clipboard becomes Markdown on the server. Text without form is left to the browser,
// and so is everything pasted with Ctrl+Shift+V.
import { placed } from "./field.js";
import { answered, token } from "./preview.js";
import { FIELD, say, tools } from "./writing.js";

const PATIENCE = 8000;
let wantsPlain = false;

export function pasteClean() {
  document.addEventListener("keydown", (event) => {
    wantsPlain = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "v";
  }, true);
  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.(FIELD);
    const html = event.clipboardData.getData("text/html");
    if (!field || field.readOnly || wantsPlain || !html.trim()) return;
    event.preventDefault();
    take(field, html, event.clipboardData.getData("text/plain"));
  });
}

// The place stays where it was while somebody goes on typing; the field is never locked.
async function take(field, html, plain) {
  const { value, selectionStart, selectionEnd } = field;
  const place = [value.slice(0, selectionStart), value.slice(selectionStart, selectionEnd), value.slice(selectionEnd)];
  const body = new FormData();
  body.append("csrf_token", token(field));
  // Pictures written into the HTML itself would only be thrown away.
  body.append("html", new Blob([html.replace(/"data:[^"]*"/g, '""')]), "paste.html");
  tools().catch(() => {});
  say("pasting");
  try {
    const found = await answered("paste", body, AbortSignal.timeout(PATIENCE));
    put(field, place, found.text, found.block);
    say("", found.notes.join(" "));
  } catch (failed) {
    if (failed.said) say("", failed.said);
    else {
      put(field, place, plain, plain.includes("\n"));
      say("plain");
    }
  }
}

// What was typed meanwhile stands behind what was pasted, and the cursor stays behind it; what was selected is replaced.
function put(field, [before, chosen, after], text, isBlock) {
  const { value, selectionEnd } = field;
  const active = document.activeElement;
  const isThere = value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after);
  const between = isThere ? value.slice(before.length, value.length - after.length) : "";
  const wasTyped = isThere && between !== chosen;
  if (isThere) field.setSelectionRange(before.length, before.length + (wasTyped ? 0 : chosen.length));
  placed(field, text, isBlock);
  if (wasTyped) {
    const place = selectionEnd + field.value.length - value.length;
    field.setSelectionRange(place, place);
  }
  if (active !== field && active !== document.body) active?.focus({ preventScroll: true });
}
