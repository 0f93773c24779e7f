// The form of a question is saved in the background like a block, by the same hand: what is typed is never touched.
import { Autosave } from "./autosave.js";
import { Earlier } from "./earlier.js";

const LEAVING_WAIT = 4000;

export function saveQuestion() {
  const form = document.querySelector(".question-form");
  if (form?.querySelector("[data-desk]")) new QuestionDesk(form);
}

class QuestionDesk {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-desk]").dataset;
    this.earlier = new Earlier(this.words);
    this.lastSaid = document.querySelector("[data-saved]")?.textContent;
    this.autosave = new Autosave(form, this);
    document.addEventListener("keydown", (event) => this.saveKey(event));
    form.addEventListener("submit", (event) => this.sent(event), true);
    document.addEventListener("click", (event) => this.leaving(event), true);
    window.addEventListener("beforeunload", (event) => this.unloading(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.autosave.save());
  }

  saved(said, changed, found) {
    this.lastSaid = said;
    document.querySelector("[data-saved]").textContent = said;
    const shown = document.querySelector("[data-checks]");
    if (!changed || !found.checks || shown.contains(document.activeElement)) return;
    const holder = document.createElement("template");
    holder.innerHTML = found.checks.trim();
    const fresh = holder.content.firstElementChild;
    const still = [...fresh.querySelectorAll("li")];
    // What a field said and no check says of it any more is taken away; what one writes in stays where it is in the window.
    const field = document.activeElement;
    const before = field.getBoundingClientRect().top;
    shown.replaceWith(fresh);
    for (const remark of this.form.querySelectorAll(".remark")) {
      const said = remark.textContent.trim();
      remark.hidden = !still.some((one) => one.querySelector("a").hash === remark.dataset.at && one.textContent.includes(said));
    }
    window.scrollBy(0, field.getBoundingClientRect().top - before);
  }

  async renew() {
    try {
      const answer = await fetch(this.words.tokenAt, { headers: { Accept: "application/json" } });
      const found = await answer.json();
      const own = this.form.elements.csrf_token;
      if (found.person !== this.words.person || found.token === own.value) return false;
      for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = found.token;
      return true;
    } catch {
      return false;
    }
  }

  saveKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if ("deviceOnly" in this.words) this.form.requestSubmit();
    else this.autosave.saveByHand();
  }

  // The form goes as a whole page when somebody presses Save; what is on its way in the background arrives first.
  async sent(event) {
    clearTimeout(this.autosave.timer);
    if (this.autosave.running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await this.autosave.running;
      clearTimeout(this.autosave.timer);
      this.form.requestSubmit(event.submitter);
      return;
    }
    this.isGoing = true;
    this.autosave.keep();
    if ("deviceOnly" in this.words && !event.submitter?.name) {
      for (const field of this.autosave.texts) this.earlier.settle(this.words.name, field.name);
    }
  }

  async leaving(event) {
    const link = event.target.closest("a[href]");
    if (!link || "deviceOnly" in this.words || !this.autosave.isDirty || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches("[href^='#'], [target]")) return;
    event.preventDefault();
    await Promise.race([this.autosave.saveByHand(), new Promise((go) => setTimeout(go, LEAVING_WAIT))]);
    location.assign(link.href);
  }

  unloading(event) {
    if (this.isGoing || !this.autosave.isDirty) return;
    this.autosave.save();
    event.preventDefault();
  }
}
