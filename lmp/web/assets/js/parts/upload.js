// Pictures, films and files: dropped or pasted into a unit they open the same form that its link opens, already chosen; while a
// file goes up one sees how far it is and can stop it. The form works without all this.
const KINDS = { "video/mp4": "video", "application/pdf": "file" };
const MEGABYTE = 1024 * 1024;

export function takeFiles() {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("change", ({ target }) => { if (target.type === "file") chosen(target); });
  document.addEventListener("dragover", (event) => {
    if (unitAddress() && event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || event.target.type === "file" || !unitAddress()) return;
    event.preventDefault();
    open(file, event.target);
  });
  document.addEventListener("paste", (event) => {
    const { files } = event.clipboardData;
    const hasText = event.clipboardData.getData("text/plain").trim();
    if (!files.length || hasText || !unitAddress()) return;
    event.preventDefault();
    open(files[0], event.target);
  });
}

// The address of the unit whose editor this is.
const unitAddress = () => /^\/\w\w\/draft\/[^/]+\/unit\/[^/]+(?=\/edit$)/.exec(location.pathname)?.[0];

async function open(file, target) {
  const kind = KINDS[file.type] ?? "image";
  const after = target.closest?.('[id^="block-"]')?.id.slice("block-".length);
  const address = `${unitAddress()}/media/new?kind=${kind}${after ? `&after=${encodeURIComponent(after)}` : ""}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = document.createElement("dialog");
  dialog.className = "upload-dialog";
  const title = Object.assign(document.createElement("h2"), { id: "upload-title", textContent: page.querySelector("h1").textContent });
  dialog.setAttribute("aria-labelledby", title.id);
  const form = document.adoptNode(page.querySelector("form:has([data-upload])"));
  form.action = address;
  form.id = "upload-form";
  dialog.append(title, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.querySelector("[data-back]").addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  document.body.append(dialog);
  choose(form.elements.file, file);
  dialog.showModal();
  form.querySelector("textarea, input[type=text]")?.focus();
}

function choose(input, file) {
  const box = new DataTransfer();
  // A picture of the clipboard has no name of its own.
  box.items.add(file);
  input.files = box.files;
  chosen(input);
}

// Says at once what is too large, and shows the picture that was chosen.
function chosen(input) {
  const form = input.form;
  const words = form?.querySelector("[data-upload]")?.dataset;
  if (!words) return;
  const file = input.files[0];
  const most = Number(input.dataset.most);
  tell(form, file && file.size > most ? words.large.replace("{most}", Math.floor(most / MEGABYTE)) : "");
  const shown = form.querySelector("[data-shown]");
  if (input.name !== "file" || !shown) return;
  const isPicture = file?.type.startsWith("image/");
  if (isPicture) {
    const reader = new FileReader();
    reader.onload = () => {
      const picture = Object.assign(document.createElement("img"), { src: reader.result, alt: "" });
      shown.replaceChildren(picture);
      shown.hidden = false;
    };
    reader.readAsDataURL(file);
  } else shown.hidden = true;
}

function onSubmit(event) {
  const form = event.target;
  const words = form.querySelector("[data-upload]")?.dataset;
  if (!words || event.submitter?.name === "_lang") return;
  event.preventDefault();
  event.stopPropagation();
  if (!form.hasAttribute("aria-busy")) send(form, words);
}

function send(form, words) {
  const request = new XMLHttpRequest();
  const stop = bar(form);
  form.setAttribute("aria-busy", "true");
  const ends = (sentence) => {
    form.removeAttribute("aria-busy");
    // The button that stops goes away under whoever pressed it.
    if (stop === document.activeElement) form.querySelector("[type=submit]").focus();
    stop.parentElement.remove();
    if (sentence) tell(form, sentence);
  };
  stop.addEventListener("click", () => request.abort());
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    form.querySelector(".upload-bar progress").value = loaded / total;
    const size = (bytes) => (bytes / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    tell(form, loaded < total ? words.sending.replace("{done}", size(loaded)).replace("{all}", size(total)) : words.checking);
  });
  request.addEventListener("abort", () => ends(words.stopped));
  request.addEventListener("error", () => ends(words.away));
  request.addEventListener("load", () => {
    ends("");
    answered(form, request, words);
  });
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json, text/html;q=0.9");
  request.send(new FormData(form));
}

function answered(form, request, words) {
  const isJson = request.getResponseHeader("Content-Type")?.startsWith("application/json");
  const found = isJson ? JSON.parse(request.responseText) : {};
  if (found.to) {
    const there = new URL(found.to, location.href);
    // Only what differs by nothing but its end is not loaded by going there.
    const stays = there.pathname + there.search === location.pathname + location.search;
    location.assign(there);
    if (stays) location.reload();
    return;
  }
  if (isJson) return tell(form, found.error ?? words.away);
  // Refused: the form comes back with its sentences and everything that was typed, and keeps the files that were chosen.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("form:has([data-upload])");
  if (!fresh) return tell(form, words.away);
  const files = [...form.querySelectorAll("input[type=file]")].map((input) => [input.name, input.files]);
  form.replaceChildren(...document.adoptNode(fresh).childNodes);
  files.forEach(([name, list]) => { if (list.length && form.elements[name]) form.elements[name].files = list; });
  const wrong = form.querySelector(".field-bad input, .field-bad textarea");
  if (wrong) wrong.focus();
  else tell(form, page.querySelector("#error-summary")?.textContent ?? words.away);
}

function bar(form) {
  const made = document.createElement("div");
  made.className = "upload-bar";
  const progress = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "chip" });
  stop.textContent = form.querySelector("[data-upload]").dataset.stop;
  progress.setAttribute("aria-label", form.querySelector("h1, h2")?.textContent ?? document.title);
  made.append(progress, stop);
  form.append(made);
  return stop;
}

// What happens is said once, where screen readers hear it.
function tell(form, sentence) {
  let place = form.querySelector(".upload-said");
  if (!place) {
    place = Object.assign(document.createElement("p"), { className: "upload-said hint" });
    place.setAttribute("role", "status");
    form.append(place);
  }
  place.textContent = sentence;
}
