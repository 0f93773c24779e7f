// Saves a block's form in the background. The text and the cursor are never touched: only marks and words around them are.
const PAUSE = 1200;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
//: The browser takes no more than this along when a page is left.
const MOST_KEPT_ALIVE = 60000;

export class Autosave {
  // desk: the page around, with `earlier`, `token()`, `renew()`, `saved(said)`.
  constructor(form, desk) {
    this.form = form;
    this.desk = desk;
    // What is said, and whether there is anything on the server yet, may stand beside the form's fields.
    this.words = (form.querySelector("[data-desk]") ?? form).dataset;
    this.block = this.words.name ?? this.words.autosave;
    this.status = form.querySelector("[data-status]");
    this.known = this.said();
    this.state = "saved";
    this.wait = FIRST_WAIT;
    form.addEventListener("input", ({ target }) => target.closest("[data-trial]") || this.typed());
    form.addEventListener("focusout", () => this.isDirty && this.state === "changed" && this.save());
    this.online = () => this.state === "local" && this.save();
    window.addEventListener("online", this.online);
    form.addEventListener("click", (event) => this.choose(event));
    this.showEarlier();
  }

  leave() {
    clearTimeout(this.timer);
    window.removeEventListener("online", this.online);
    this.form = null;
  }

  // What the form says, without the marks.
  said() {
    return JSON.stringify([...new FormData(this.form)].filter(([name]) => !/^(seen(\.|$)|try\.|reviewed$|csrf_token|_)/.test(name)));
  }

  get isDirty() {
    return Boolean(this.form) && this.said() !== this.known;
  }

  get texts() {
    return [...this.form.querySelectorAll("textarea, input[type=text]")].filter((field) => !field.closest("[data-trial]"));
  }

  typed() {
    if (this.state === "clash" || this.state === "gone") return this.keep();
    this.show("changed", this.words.changed);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  keep() {
    for (const field of this.texts) {
      if (field.value !== field.defaultValue) this.desk.earlier.keep(this.block, field.name, field.value);
    }
  }

  // Answers whether everything that was typed is saved.
  async save() {
    clearTimeout(this.timer);
    if (!this.form) return true;
    this.keep();
    if ("deviceOnly" in this.words) return this.isDirty ? this.show("local", this.words.local, "info") : true;
    if (this.running) {
      await this.running;
      return this.save();
    }
    if (this.state === "clash" || this.state === "gone") return false;
    if (!this.isDirty) return this.done();
    this.running = this.send();
    const good = await this.running;
    this.running = null;
    return good;
  }

  done(said) {
    this.show("saved", said ?? this.desk.lastSaid, "ok");
    return true;
  }

  async send() {
    const sent = this.said();
    const body = new URLSearchParams(new FormData(this.form));
    // That both languages agree is said by hand only.
    body.delete("reviewed");
    this.show("saving", this.words.saving);
    let answer;
    let found;
    try {
      const keepalive = body.toString().length < MOST_KEPT_ALIVE;
      answer = await fetch(this.form.action, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
      found = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    } catch {
      return this.later(this.words.local);
    }
    if (!this.form) return answer.ok;
    if (answer.ok && found) return this.kept(sent, found);
    if (answer.status === 409 && found?.clashes) return this.clash(found);
    if (answer.status === 422 && found) return this.refused(found);
    if (answer.status === 404) return this.show("gone", this.words.gone, "bad");
    if (answer.status >= 500 || answer.status === 429) return this.later(this.words.local);
    if (answer.status === 403) return this.show("local", found?.error ?? this.words.local, "bad");
    return (await this.desk.renew()) ? this.later(this.words.local, 0) : this.later(this.words.shut);
  }

  kept(sent, found) {
    this.wait = FIRST_WAIT;
    this.known = sent;
    for (const [name, mark] of Object.entries(found.seen)) this.mark(name, mark);
    this.problems({});
    this.desk.saved(found.said, found.changed, found);
    if (this.isDirty) {
      this.typed();
      return false;
    }
    for (const field of this.texts) this.desk.earlier.settle(this.block, field.name);
    return this.done(found.said);
  }

  mark(name, mark) {
    const seen = this.form.elements[name ? `seen.${name}` : "seen"];
    if (seen) seen.value = mark;
  }

  // The network is away: the text stays on the device, and saving is tried again, ever less often.
  later(words, wait = this.wait) {
    if (!this.form) return false;
    this.show("local", words, "info");
    this.timer = setTimeout(() => this.save(), wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return false;
  }

  refused(found) {
    const problems = found.problems ?? {};
    this.problems(problems);
    const words = [this.words.missing ?? "", ...Object.values(problems), ...(found.general ?? [found.error])].filter(Boolean);
    return this.show("refused", words.join(" "), "bad");
  }

  problems(said) {
    for (const field of this.form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const name of Object.keys(said)) this.form.elements[name]?.setAttribute?.("aria-invalid", "true");
  }

  // Somebody else wrote the same: both texts are shown beside the field, whose own text stays. The person chooses.
  clash(found) {
    this.found = found;
    const place = this.form.querySelector("[data-clashes]");
    place.innerHTML = found.clashes;
    place.scrollIntoView({ block: "nearest" });
    return this.show("clash", place.querySelector(".title")?.textContent ?? "", "warn");
  }

  choose(event) {
    const keep = event.target.closest("[name=keep]");
    const take = event.target.closest("[data-take-theirs]");
    if (!this.found || !(keep || take)) return;
    event.preventDefault();
    this.keep();
    // What is given up by choice stands in the list as a state of its own.
    if (take) for (const field of this.texts) this.desk.earlier.settle(this.block, field.name);
    for (const [name, mark] of Object.entries(this.found.seen)) this.mark(name, mark);
    if (take) for (const [name, text] of Object.entries(this.found.theirs)) this.put(name, text);
    this.found = null;
    this.state = "changed";
    this.form.querySelector("[data-clashes]").replaceChildren();
    if (take) this.known = "";
    this.save();
    this.showEarlier();
    this.texts[0]?.focus();
  }

  put(name, text) {
    const field = this.form.elements[name];
    if (field) field.value = text;
  }

  // Writing on after a clash and then saving by hand is a choice too: the marks of what was shown are taken along.
  async saveByHand() {
    if (this.state === "clash" && this.found) {
      for (const [name, mark] of Object.entries(this.found.seen)) this.mark(name, mark);
      this.found = null;
      this.state = "changed";
      this.form.querySelector("[data-clashes]").replaceChildren();
    }
    return this.save();
  }

  show(state, words, tone = "quiet") {
    this.state = state;
    this.status.className = `state tone-${tone}`;
    this.status.dataset.state = state;
    if (this.status.textContent !== (words ?? "")) this.status.textContent = words ?? "";
    return false;
  }

  // The list of what this device remembers, newest first; what never reached the server is offered at once.
  showEarlier() {
    const frame = this.form.querySelector("[data-earlier]");
    const list = frame?.querySelector("ul");
    if (!list) return;
    const states = this.texts.flatMap((field) =>
      this.desk.earlier.of(this.block, field.name).filter((one) => one.text !== field.value).map((one) => ({ field, one })));
    states.sort((a, b) => b.one.at - a.one.at);
    frame.hidden = !states.length;
    frame.open = states.some(({ one }) => !one.saved);
    list.replaceChildren(...states.slice(0, 20).map(({ field, one }) => this.line(list.dataset.takeBack, field, one)));
  }

  line(words, field, one) {
    const line = document.createElement("li");
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    const text = document.createElement("span");
    text.textContent = `${when.format(one.at)}: ${one.text.slice(0, 90)}`;
    text.lang = field.lang;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-link";
    button.textContent = words;
    button.addEventListener("click", () => {
      this.desk.earlier.keep(this.block, field.name, field.value);
      this.desk.earlier.settle(this.block, field.name);
      field.value = one.text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      this.showEarlier();
    });
    line.append(text, button);
    return line;
  }
}
