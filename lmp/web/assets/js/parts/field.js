// Changes in a textarea that the browser can take back, and that say so to whoever listens.

// Puts text in place of what stands from start to end; then selects part of it, counted from its beginning.
export function typed(field, start, end, text, from = text.length, to = from) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  }
  field.setSelectionRange(start + from, start + to);
}

// Puts text at the selection, with empty lines around it when it is a block; `select` is a part to be selected.
export function placed(field, text, isBlock, select = "") {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const [before, after] = isBlock ? [gap(value.slice(0, start), true), gap(value.slice(end), false)] : ["", ""];
  const whole = before + text + after;
  const at = select ? before.length + text.indexOf(select) : before.length + text.length;
  typed(field, start, end, whole, at, at + select.length);
}

// The newlines that are missing for an empty line between the text on one side and a block.
function gap(text, isBefore) {
  if (!text.trim()) return "";
  const [there] = (isBefore ? /\n*$/ : /^\n*/).exec(text);
  return "\n".repeat(Math.max(0, 2 - there.length));
}
