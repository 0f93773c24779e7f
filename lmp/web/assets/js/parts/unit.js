// The editor of a unit: forms come and go in place, blocks move under the hand, and what is said around them is kept true.
import { Autosave } from "./autosave.js";
import { Earlier } from "./earlier.js";

const HERE_EVERY = 30000;
const PANEL_AFTER = 700;
const LEAVING_WAIT = 4000;
const LANGUAGES = "lmp-languages";

export function editUnit() {
  const root = document.querySelector("[data-editor]");
  if (root) new Desk(root);
}

class Desk {
  constructor(root) {
    this.root = root;
    this.earlier = new Earlier(root.dataset);
    this.lastSaid = document.querySelector("[data-saved]")?.textContent;
    this.keepLanguages();
    this.begin();
    this.enter();
    root.addEventListener("click", (event) => this.pressed(event));
    root.addEventListener("keydown", (event) => this.keyed(event));
    document.addEventListener("keydown", (event) => this.saveKey(event));
    document.addEventListener("submit", (event) => this.sent(event), true);
    document.addEventListener("click", (event) => this.leaving(event), true);
    window.addEventListener("beforeunload", (event) => this.unloading(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.autosave?.save());
    window.addEventListener("pagehide", () => this.lastWord());
    this.be();
    setInterval(() => document.hidden || this.be(), HERE_EVERY);
    this.tellWaiting();
  }

  // On a phone one may look at one language only; that stays as one goes from page to page, until a finding leads into the other.
  keepLanguages() {
    this.languages = this.root.querySelector("[data-languages]");
    this.languages.addEventListener("change", (event) => remember(event.target.value));
    this.showLanguages(remembered());
  }

  showLanguages(value) {
    const wanted = this.languages.querySelector(`[value="${value === "tr" || value === "en" ? value : "both"}"]`);
    wanted.checked = true;
    remember(wanted.value);
  }

  // ---- the form

  begin() {
    const form = this.root.querySelector("form[data-autosave]");
    this.autosave = form ? new Autosave(form, this) : null;
    if (form?.querySelector(".field-bad")) this.showLanguages("both");
    if (form) document.dispatchEvent(new CustomEvent("lmp:form", { detail: form }));
  }

  // An address that ends with a block gives it the focus, after a reload too; where its form is open, one wants to write in it.
  enter() {
    const pair = location.hash.startsWith("#block-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!pair) return;
    const go = () => {
      if ([document.body, pair].includes(document.activeElement)) (this.firstField(pair) ?? pair).focus();
    };
    pair.addEventListener("focus", go, { once: true });
    window.addEventListener("load", go);
  }

  end() {
    this.autosave?.leave();
    this.autosave = null;
  }

  async pressed(event) {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const edit = event.target.closest("[data-edit]");
    const close = event.target.closest("[data-close]");
    const step = event.target.closest("button[name=step]");
    const cell = event.target.closest(".pair:not(.pair-open) > [lang]");
    const go = event.target.closest("[data-go]");
    if (edit) this.open(event, edit.closest(".pair"), edit.href);
    else if (go) this.goTo(event, go);
    else if (close) this.close(event);
    else if (step) this.move(event, step.closest(".pair"), Number(step.value));
    else if (cell && !event.target.closest("a, button, summary, video") && !String(getSelection())) {
      const link = cell.closest(".pair").querySelector("[data-edit]");
      if (link) this.open(event, cell.closest(".pair"), link.href, cell.lang);
    }
  }

  async open(event, pair, address, lang) {
    event.preventDefault();
    const block = pair.dataset.block;
    if (!(await this.finish())) return this.autosave.status.scrollIntoView({ block: "nearest" });
    const html = await this.ask(address.split("#")[0]);
    if (!html) return location.assign(address);
    const fresh = this.replace(this.pair(block), html);
    history.replaceState(null, "", address.split("#")[0]);
    this.begin();
    (this.firstField(fresh, lang) ?? fresh).focus();
  }

  // Where one begins to write in an open block: in the language one pressed, else in the first that is shown.
  firstField(pair, lang) {
    const fields = [...pair.querySelectorAll(`.pair-form [name][lang${lang ? `=${lang}` : ""}]`)];
    return fields.find(isShown) ?? pair.querySelector("[autofocus]");
  }

  // From a finding to its field: the form opens in its place, unless another page is meant.
  async goTo(event, link) {
    const pair = this.pair(link.dataset.go);
    if (!pair || !this.isHere(link)) return;
    event.preventDefault();
    const opens = /[?&](edit|heading)=/.test(link.href) && !pair.matches(".pair-open");
    if (opens) await this.open(event, pair, link.href);
    const place = document.getElementById(link.hash.slice(1)) ?? this.pair(link.dataset.go);
    if (!isShown(place)) this.showLanguages("both");
    place.scrollIntoView({ block: "center" });
    place.focus();
  }

  isHere(link) {
    return new URL(link.href).pathname === new URL(this.root.dataset.page, location.href).pathname;
  }

  async close(event) {
    event.preventDefault();
    const block = this.autosave.block;
    if (await this.finish()) this.pair(block).querySelector("[data-edit]")?.focus();
  }

  // Save and put the written block in the form's place; false where something still waits in it.
  async finish() {
    if (!this.autosave) return true;
    const { block } = this.autosave;
    if (!(await this.autosave.saveByHand()) && this.autosave.isDirty) return false;
    const html = await this.ask(`${this.root.dataset.page}?show=${block === "heading" ? "" : encodeURIComponent(block)}`);
    if (!html) return false;
    this.end();
    this.replace(this.pair(block), html);
    history.replaceState(null, "", this.root.dataset.page);
    return true;
  }

  pair(block) {
    return document.getElementById(`block-${block}`);
  }

  replace(pair, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const fresh = holder.content.firstElementChild;
    // What is said about the block stays, with whatever is being answered there.
    const talk = pair.querySelector(":scope > [data-talk]");
    if (talk) fresh.append(talk);
    pair.replaceWith(fresh);
    return fresh;
  }

  async ask(address) {
    return (await this.json(address))?.html;
  }

  async json(address, options = {}) {
    try {
      const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
      const isJson = answer.headers.get("Content-Type")?.includes("json");
      return answer.ok && isJson ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  post(address, values) {
    return this.json(address, { method: "POST", body: new URLSearchParams({ csrf_token: this.root.dataset.token, ...values }) });
  }

  // A session that ended and began again has another token; nobody saves in somebody else's name.
  async renew() {
    const found = await this.json(`${this.root.dataset.page}?token=1`);
    if (!found || found.person !== this.root.dataset.person || found.token === this.root.dataset.token) return false;
    this.root.dataset.token = found.token;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = found.token;
    return true;
  }

  saved(said, changed) {
    this.lastSaid = said;
    const shown = document.querySelector("[data-saved]");
    if (shown) shown.textContent = said;
    if (changed) this.lookAgain();
  }

  // ---- what is said around the blocks

  lookAgain() {
    clearTimeout(this.looking);
    this.looking = setTimeout(async () => {
      const found = await this.json(`${this.root.dataset.page}?panel=1`);
      if (!found) return;
      const panel = this.root.querySelector("[data-panel]");
      if (panel && !panel.contains(document.activeElement)) this.replace(panel, found.html);
      const holder = document.createElement("template");
      holder.innerHTML = found.states;
      for (const fresh of holder.content.querySelectorAll("[data-states]")) {
        const shown = this.root.querySelector(`.pair-states[data-states="${fresh.dataset.states}"]`);
        if (shown && !shown.contains(document.activeElement) && shown.innerHTML !== fresh.innerHTML) {
          shown.innerHTML = fresh.innerHTML;
        }
      }
    }, PANEL_AFTER);
  }

  async be() {
    const found = await this.post(this.root.dataset.here, {});
    const shown = document.querySelector("[data-others]");
    const words = found?.others ? ` · ${found.others}` : "";
    if (found && shown && shown.textContent !== words) shown.textContent = words;
  }

  tellWaiting() {
    for (const block of this.earlier.waiting()) {
      const cell = this.pair(block)?.querySelector(":scope > [lang]");
      if (!cell) continue;
      const word = document.createElement("p");
      word.className = "state tone-info";
      word.textContent = this.root.dataset.unsaved;
      cell.append(word);
    }
  }

  // ---- moving

  keyed(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const pair = event.target.closest(".pair");
    if (pair && pair.dataset.block !== "heading") this.move(event, pair, event.key === "ArrowUp" ? -1 : 1);
  }

  move(event, pair, step) {
    event.preventDefault();
    const form = pair.querySelector("button[name=step]");
    this.moving = (this.moving ?? Promise.resolve()).then(async () => {
      const found = await this.post(form.formAction, { step });
      if (!found) return this.announce(this.root.dataset.failed);
      this.arrange(found.order, pair);
      this.saved(found.said, true);
      return this.announce(found.announced);
    });
  }

  // The others change places around the moved block, which is never taken out: it keeps the cursor.
  arrange(order, still) {
    const rows = order.map((block) => this.pair(block)).filter(Boolean);
    const place = rows.indexOf(still);
    for (const row of rows.slice(0, place)) still.before(row);
    for (const row of rows.slice(place + 1).reverse()) still.after(row);
    rows.forEach((row, index) => {
      for (const said of row.querySelectorAll("[data-number]")) said.textContent = said.textContent.replace(/\d+/, index + 1);
    });
    still.scrollIntoView({ block: "nearest" });
  }

  announce(words) {
    const place = this.root.querySelector("[data-announce]");
    place.textContent = "";
    setTimeout(() => { place.textContent = words; }, 50);
  }

  // ---- saving by hand, and leaving

  saveKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s" || !this.autosave) return;
    event.preventDefault();
    this.autosave.saveByHand();
  }

  async sent(event) {
    const form = event.target;
    if (!this.autosave || event.submitter?.name === "_lang" || form.closest("[data-talk]")) return;
    if (form === this.autosave.form) {
      event.preventDefault();
      if (event.submitter?.name === "keep") return;
      const { block } = this.autosave;
      if (await this.finish()) this.pair(block).querySelector("[data-edit]")?.focus();
    } else if (this.autosave.isDirty) {
      event.preventDefault();
      await this.settled();
      form.requestSubmit(event.submitter);
    }
  }

  // A link to another page waits for what is being saved.
  async leaving(event) {
    const link = event.target.closest("a[href]");
    if (!link || !this.autosave?.isDirty || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches("[data-edit], [data-close], [data-take-theirs], [href^='#'], [target]")) return;
    if (link.matches("[data-go]") && this.isHere(link)) return;
    event.preventDefault();
    await this.settled();
    location.assign(link.href);
  }

  settled() {
    return Promise.race([this.autosave.saveByHand(), new Promise((go) => setTimeout(go, LEAVING_WAIT))]);
  }

  unloading(event) {
    if (!this.autosave?.isDirty) return;
    this.autosave.save();
    event.preventDefault();
  }

  lastWord() {
    if (!this.autosave?.isDirty || this.autosave.running || this.autosave.found) return;
    this.autosave.keep();
    navigator.sendBeacon(this.autosave.form.action, new URLSearchParams(new FormData(this.autosave.form)));
  }
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

// A browser may refuse to keep anything; then every page begins with both languages.
function remember(languages) {
  try {
    sessionStorage.setItem(LANGUAGES, languages);
  } catch {
    return;
  }
}

function remembered() {
  try {
    return sessionStorage.getItem(LANGUAGES);
  } catch {
    return null;
  }
}
