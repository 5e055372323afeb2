// @ts-check
// A form that must not lose a word: `<form data-keep="moment.note" data-then="/notes/*/">`. What it
// says is kept on this device first; stored, the page goes on as it would have. Where a device
// cannot keep anything, and for whatever the server has to say about a field, it is sent plainly.
import { newId } from "./ids.js";
import { here, keep } from "./keep.js";
import { bodyOf, filesOf, inShell, show, warn } from "./kept.js";

/** @typedef {import("./send.js").News} News */

const A_WHILE = 4_000; // milliseconds until we stop waiting for "stored" and offer to go on

const MOST = 1_700_000; // letters of files that go in one entry, beside words; more go as a form does

/** Whether these files are more than a device sends at once. @param {Record<string, string>} files */
export const tooMuch = (files) => Object.values(files).reduce((sum, { length }) => sum + length, 0) > MOST;

export class KeptForm {
  /** @param {HTMLFormElement} form @param {HTMLElement} place where its state stands */
  constructor(form, place) {
    this.form = form;
    this.place = place;
    this.shell = inShell();
    this.kept = "";
    this.timer = 0;
    form.addEventListener("submit", (event) => this.onSubmit(event));
    this.more?.addEventListener("click", () => this.another());
  }

  get id() {
    return /** @type {HTMLInputElement} */ (this.form.elements.namedItem("id"));
  }

  get more() {
    return /** @type {HTMLElement|null} */ (this.place.querySelector("[data-act=another]"));
  }

  /** Say before anyone types what this browser cannot do. What was refused stands in the form again. */
  async begin() {
    this.id.value ||= newId();
    const device = await here();
    const known = device && (await device.store.read("outbox", this.id.value));
    if (known?.state === "refused") await device?.store.settle([{ id: known.id, state: "gone" }]);
    await warn();
  }

  /** @param {SubmitEvent} event */
  onSubmit(event) {
    if (!this.form.checkValidity() && !this.shell) return;
    event.preventDefault();
    if (!this.form.reportValidity() || this.kept) return;
    void this.send();
  }

  async send() {
    const id = (this.kept = this.id.value);
    const tell = (/** @type {News} */ news) => this.onNews(news);
    const data = new FormData(this.form);
    const files = await filesOf(data);
    if (tooMuch(files)) return this.plainly();
    const body = { ...bodyOf(data), ...files };
    const saved = await keep(this.form.dataset.keep ?? "", body, { id, tell }).catch(() => null);
    if (saved) this.timer = window.setTimeout(() => this.waiting(), this.shell ? 0 : A_WHILE);
    else this.plainly();
  }

  /** Without our help, as a form goes; in a shell there is nobody to send it to. */
  plainly() {
    this.kept = "";
    if (this.shell) show(this.place, "unsaved");
    else this.form.submit();
  }

  /** @param {News} news */
  onNews({ id, state }) {
    if (id !== this.kept) return;
    if (state === "refused") return this.plainly();
    show(this.place, state);
    if (state === "stored") this.goOn();
    if (state === "clash") this.id.value = newId();
  }

  goOn() {
    clearTimeout(this.timer);
    const then = this.form.dataset.then;
    if (then && !this.shell) location.assign(then.replace("*", this.kept));
    else this.waiting();
  }

  /** It is safe here: one may go on writing. */
  waiting(on = true) {
    if (this.more) this.more.hidden = !on;
    for (const button of this.form.querySelectorAll("button[type=submit]")) /** @type {HTMLElement} */ (button).hidden = on;
  }

  another() {
    this.form.reset();
    this.kept = "";
    this.id.value = newId();
    show(this.place, "draft");
    this.waiting(false);
    this.form.querySelector("textarea")?.focus();
  }
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const place = form.querySelector("[data-kept]");
    if (form instanceof HTMLFormElement && place instanceof HTMLElement) void new KeptForm(form, place).begin();
  }
}
