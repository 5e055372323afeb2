// @ts-check
// The page "On this device": what waits, what could not be stored, and what can be done with it.
import { base64, canonical, fromBase64, sha256, utf8 } from "./bytes.js";
import * as copies from "./copy.js";
import { newId } from "./ids.js";
import { here, keep, whoIsHere } from "./keep.js";
import { show } from "./kept.js";
import { isHeld, isLong, isWaiting } from "./store.js";

/** @typedef {import("./keep.js").Device} Device */
/** @typedef {import("./store.js").Row} Row */


/** An entry as it goes out. @param {Device} device @param {Row} row */
async function item({ store }, { id, seq }) {
  const entry = await store.entry(id);
  if (!entry) throw new Error("an entry without its bytes");
  const { sealed, digest } = entry;
  return { id, seq: seq || 1, digest: base64(digest), length: sealed.length, sealed: base64(sealed) };
}

/**
 * What entries of one's own say: only the server can open them. Null without a connection.
 * @param {Device} device @param {Row} row @returns {Promise<{act: string, made_at: string, body: Record<string, any>}|null>}
 */
export async function wordsOf(device, row) {
  const server = await device.sender.learn();
  const body = JSON.stringify({ device: newId(), items: [await item(device, row)] });
  const reply = await device.sender.ask("/keep/words/", {
    method: "PUT",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": server?.token ?? "",
      "Content-Digest": `sha-256=:${base64(await sha256(utf8(body)))}:`,
    },
    body,
  });
  return reply?.ok ? (await reply.json()).entries[row.id] : null;
}

/** The free words in a body, one below the other. @param {Record<string, unknown>} body */
export function freeWords(body) {
  const said = ["words", "and_whom", "in_the_way"].map((name) => body[name]).filter(Boolean);
  return said.length ? said.join("\n") : canonical(body);
}

class Waiting {
  /** @param {Document} page @param {Device} device @param {string} who */
  constructor(page, device, who) {
    this.page = page;
    this.device = device;
    this.who = who;
    this.holder = /** @type {copies.Holder|null} */ (null);
  }

  /* Reading here, on one's own device */

  async refreshCopies() {
    const kept = await copies.isKept(this.device.store, this.who);
    show(this.find("[data-copies]"), !kept ? "off" : this.holder ? "open" : "shut");
    if (!this.holder) return this.find("[data-place=copies]").replaceChildren();
    const rows = await this.device.store.rows(this.who);
    const shown = await Promise.all(rows.map((row) => this.copy(row)));
    this.find("[data-place=copies]").replaceChildren(...shown.flat());
  }

  /** One entry in its author's words, to say anew where that can be. @param {Row} row @returns {Promise<HTMLElement[]>} */
  async copy(row) {
    const said = this.holder && (await copies.read(this.device.store, this.who, row.id, this.holder));
    if (!said || said.act === "map.draw") return [];
    const template = /** @type {HTMLTemplateElement} */ (this.find("[data-copies] template"));
    const article = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const words = /** @type {HTMLTextAreaElement} */ (this.find("textarea", article));
    words.value = freeWords(said.body);
    const again = this.find("[data-act=anew]", article);
    words.readOnly = again.hidden = said.act !== "moment.note";
    if (!again.hidden) words.value = String(said.body.words);
    this.on(article, "anew", () => this.sayAnew(row, said, words.value));
    return [article];
  }

  /** A correction goes out after what it corrects, like any other. @param {Row} row @param {copies.Said} said @param {string} words */
  async sayAnew(row, said, words) {
    if (words.trim() && (await keep("moment.correct", { ...said.body, words, thing: row.id, seen: row.id }))) await this.refresh();
  }

  /** @param {HTMLFormElement} form @returns {string} */
  passphrase(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("passphrase"));
    const said = field.value;
    field.value = "";
    return said;
  }

  /** @param {HTMLFormElement} form */
  async beginCopies(form) {
    const said = this.passphrase(form);
    if ([...said].length < 8) return show(this.find("[data-told]"), "short");
    await copies.begin(this.device.store, this.who, said);
    show(this.find("[data-told]"), "");
    await this.refreshCopies();
  }

  /** @param {HTMLFormElement} form */
  async openCopies(form) {
    const opened = await copies.open(this.device.store, this.who, this.passphrase(form));
    this.holder = typeof opened === "number" ? null : opened;
    show(this.find("[data-told]"), this.holder ? "" : opened ? "wrong" : "gone");
    await this.refreshCopies();
  }

  async endCopies() {
    await copies.end(this.device.store, this.who);
    this.holder = null;
    await this.refreshCopies();
  }

  /** @param {string} state @param {(form: HTMLFormElement) => Promise<void>} what */
  onForm(state, what) {
    const form = /** @type {HTMLFormElement} */ (this.find(`[data-copies] form[data-state=${state}]`));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void what(form);
    });
  }

  /* What waits, and what could not be stored */

  /** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement} */
  find(selector, within = this.page) {
    return /** @type {HTMLElement} */ (within.querySelector(selector));
  }

  async refresh() {
    const rows = await this.device.store.rows(this.who);
    const waits = rows.filter(isWaiting);
    show(this.find("[data-waiting]"), waits.length ? "some" : "nothing");
    this.find("[data-count]").textContent = String(waits.length);
    this.find("[data-long]").hidden = !waits.some(isLong);
    const held = rows.filter(isHeld);
    this.find("[data-held]").hidden = held.length === 0;
    this.find("[data-place=held]").replaceChildren(...held.map((row) => this.article(row)));
    await this.refreshCopies();
  }

  /** @param {Row} row */
  article(row) {
    const template = /** @type {HTMLTemplateElement} */ (this.find("[data-held] template"));
    const article = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    for (const why of ["clash", "refused"]) this.find(`[data-why=${why}]`, article).hidden = why !== row.state;
    this.on(article, "words", () => this.showWords(article, row));
    this.on(article, "again", () => this.device.store.again(row.id).then(() => this.send()));
    this.on(article, "new", () => this.keepAsNew(row));
    this.on(article, "drop", () => this.drop(row));
    return article;
  }

  /** @param {ParentNode} within @param {string} act @param {() => unknown} what */
  on(within, act, what) {
    this.find(`[data-act=${act}]`, within).addEventListener("click", () => void what());
  }

  /** One lets go only of what one has read. @param {HTMLElement} article @param {Row} row */
  async showWords(article, row) {
    const told = await wordsOf(this.device, row).catch(() => null);
    this.find("[data-notice]").hidden = Boolean(told);
    if (!told) return;
    const place = this.find("[data-words]", article);
    place.textContent = freeWords(told.body);
    place.hidden = false;
    for (const act of ["new", "drop"]) this.find(`[data-act=${act}]`, article).hidden = false;
  }

  /** @param {Row} row */
  async keepAsNew(row) {
    const told = await wordsOf(this.device, row).catch(() => null);
    if (told && (await keep(told.act, told.body, { at: told.made_at }))) await this.drop(row);
  }

  /** @param {Row} row */
  async drop(row) {
    await this.device.store.settle([{ id: row.id, state: "gone" }]);
    await this.refresh();
  }

  async send() {
    await this.device.sender.flush();
    await this.refresh();
  }

  /** What was taken out as a sealed file, perhaps on another device, goes on from here. @param {File|undefined} file */
  async bringIn(file) {
    const told = file && (await file.text().then(JSON.parse).catch(() => null));
    const ours = told?.kith === 1 && told.who === this.who && Array.isArray(told.items);
    show(this.find("[data-file]"), ours ? "" : "strange");
    for (const { id, digest, sealed } of ours ? told.items : []) {
      const entry = { id, who: this.who, digest: fromBase64(digest), sealed: fromBase64(sealed) };
      await this.device.store.save(entry, Date.now());
    }
    await this.send();
  }

  /** The last resort: all that waits, sealed as it is, as a file. */
  async file() {
    const rows = await this.device.store.rows(this.who);
    const items = await Promise.all(rows.map((row) => item(this.device, row)));
    const run = await this.device.store.run(this.who);
    const file = new Blob([canonical({ kith: 1, who: this.who, device: run?.device, items })], { type: "application/json" });
    const link = this.page.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "notes.json";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** @param {Document} page */
export async function begin(page) {
  const place = /** @type {HTMLElement} */ (page.querySelector("[data-waiting]"));
  const device = await here();
  if (!device) return show(place, "unable");
  const current = await whoIsHere(device);
  if (!current) return show(place, "nobody");
  const waiting = new Waiting(page, device, current.who);
  waiting.on(page, "send", () => waiting.send());
  waiting.on(page, "file", () => waiting.file());
  const field = /** @type {HTMLInputElement} */ (page.querySelector("[data-file] input"));
  field.addEventListener("change", () => void waiting.bringIn(field.files?.[0]));
  waiting.onForm("off", (form) => waiting.beginCopies(form));
  waiting.onForm("shut", (form) => waiting.openCopies(form));
  for (const button of page.querySelectorAll("[data-act=end]")) button.addEventListener("click", () => void waiting.endCopies());
  await waiting.refresh();
  new BroadcastChannel("kith").addEventListener("message", () => void waiting.refresh());
}

if (typeof document !== "undefined") void begin(document);
