// @ts-check
// A week typed in from paper. Each row that is not blank is kept on this device first, as the moment
// of its day that it is; when all of them are stored the page goes on. Where a device cannot keep
// anything, and for whatever the server has to say about a row, the form is sent plainly.
import { newId } from "../web/ids.js";
import { keep } from "../web/keep.js";
import { inShell, show, warn } from "../web/kept.js";

/** @typedef {import("../web/send.js").News} News */

const A_WHILE = 4_000; // milliseconds until we stop waiting for "stored" and offer to go on
const WEEK = 7;
const FREE = ["words", "and_whom", "in_the_way", "felt_words"];
const FAR = ["saved", "shut", "sent", "stored"]; // how far a row got: the whole is as far as its last

/** A day as a form says it: "2026-11-03". @param {Date} day */
export const asText = (day) =>
  `${String(day.getFullYear()).padStart(4, "0")}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;

/** The day that is `at` days after the one that a field says, or null where it says none. @param {string} first @param {number} at */
export function dayAfter(first, at) {
  const [year = NaN, month = NaN, day = NaN] = first.split("-").map(Number);
  const found = new Date(year, month - 1, day + at);
  return Number.isNaN(found.getTime()) ? null : found;
}

/** The Monday of the last week that is over, or ends today: the sheet begins on a Monday. @param {string} today */
export function lastWholeWeek(today) {
  const then = dayAfter(today, 1 - WEEK);
  return then ? asText(/** @type {Date} */ (dayAfter(asText(then), -((then.getDay() + 6) % 7)))) : "";
}

/** How far all rows got: as far as the one that is farthest behind. @param {Iterable<string>} states */
export function together(states) {
  const told = [...states];
  const odd = told.find((state) => !FAR.includes(state));
  return odd ?? FAR.find((state) => told.includes(state)) ?? "draft";
}

class WeekForm {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.place = /** @type {HTMLElement} */ (form.querySelector("[data-kept]"));
    this.first = /** @type {HTMLInputElement} */ (form.elements.namedItem("first"));
    this.shell = inShell();
    this.today = new Date();
    /** @type {Map<string, string>} */
    this.states = new Map();
    this.timer = 0;
    this.next = WEEK;
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("click", (event) => this.onClick(event));
    form.addEventListener("input", (event) => /** @type {HTMLInputElement} */ (event.target).setCustomValidity?.(""));
    this.first.addEventListener("change", () => this.label());
  }

  async begin() {
    this.first.value ||= lastWholeWeek(asText(this.today));
    this.first.max = asText(this.today);
    this.next = this.rows().length;
    for (const part of this.form.querySelectorAll("[data-more]")) /** @type {HTMLElement} */ (part).hidden = false;
    /** @type {HTMLElement} */ (this.form.querySelector("[data-plainly]")).hidden = true;
    for (const row of this.rows()) this.field(row, "id").value ||= newId();
    this.label();
    this.rows()[0]?.querySelector("textarea")?.focus();
    await warn();
  }

  rows() {
    return /** @type {HTMLElement[]} */ ([...this.form.querySelectorAll(".week-row")]);
  }

  /** @param {HTMLElement} row @param {string} name */
  field(row, name) {
    return /** @type {HTMLInputElement} */ (row.querySelector(`[name$="-${name}"]`));
  }

  /** Say over each day which it is; a day to come has no row. */
  label() {
    const said = document.documentElement.lang;
    const part = (/** @type {Date} */ day, /** @type {Intl.DateTimeFormatOptions} */ of) => day.toLocaleDateString(said, of);
    for (const section of this.form.querySelectorAll("[data-day]")) {
      const day = dayAfter(this.first.value, Number(/** @type {HTMLElement} */ (section).dataset.day));
      const name = section.querySelector("h2");
      if (!day || !name) continue;
      name.textContent = `${part(day, { weekday: "long" })} ${day.getDate()} ${part(day, { month: "long" })}`;
      /** @type {HTMLElement} */ (section).hidden = asText(day) > asText(this.today);
    }
  }

  /** @param {Event} event */
  onClick(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-act=another]")) return this.another();
    const more = target.closest("[data-more]");
    if (more) this.add(/** @type {HTMLElement} */ (more));
  }

  /** One more row for a day. @param {HTMLElement} before */
  add(before) {
    const bare = /** @type {HTMLTemplateElement} */ (this.form.querySelector("template[data-row]"));
    const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (bare.content.cloneNode(true)).firstElementChild);
    const number = `r${this.next++}`;
    for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const { name, value } of [...part.attributes]) if (value.includes("r__")) part.setAttribute(name, value.replaceAll("r__", number));
    }
    this.field(row, "id").value = newId();
    this.field(row, "at").value = before.closest("section")?.dataset.day ?? "0";
    before.before(row);
    row.querySelector("textarea")?.focus();
  }

  /** What a row says, as a moment that is noted; null where it is blank. @param {HTMLElement} row */
  said(row) {
    const [words = "", ...others] = FREE.map((name) => this.field(row, name).value.trim());
    const ticked = /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll("input:checked")]);
    const kinds = ticked.filter((one) => one.name.endsWith("-kinds")).map((one) => one.value);
    if (![words, ...others, ...kinds].some(Boolean)) return null;
    const happened = ticked.find((one) => one.name.endsWith("-happened"))?.value ?? "yes";
    const day = dayAfter(this.first.value, Number(this.field(row, "at").value));
    const free = Object.fromEntries(FREE.slice(1).map((name, at) => [name, others[at]]));
    return { words, ...free, kinds, happened, when: "day", day: day ? asText(day) : "" };
  }

  /** @param {SubmitEvent} event */
  onSubmit(event) {
    event.preventDefault();
    if (this.states.size) return;
    const rows = this.rows().flatMap((row) => {
      const body = this.said(row);
      return body ? [{ row, body }] : [];
    });
    for (const { row, body } of rows) this.field(row, "words").setCustomValidity(body.words ? "" : (this.form.dataset.say ?? ""));
    if (this.form.reportValidity()) void this.send(rows);
  }

  /** @param {{row: HTMLElement, body: {day: string} & Record<string, unknown>}[]} rows */
  async send(rows) {
    if (!rows.length) return this.goOn();
    if (!this.shell && rows.some(({ body }) => !body.day || body.day > asText(this.today))) return this.plainly();
    for (const { row } of rows) this.states.set(this.field(row, "id").value, "draft");
    for (const { row, body } of rows) {
      const id = this.field(row, "id").value;
      const saved = await keep("moment.note", body, { id, tell: (news) => this.onNews(news) }).catch(() => null);
      if (!saved) return this.plainly();
    }
    this.timer = window.setTimeout(() => this.waiting(), this.shell ? 0 : A_WHILE);
    if (together(this.states.values()) === "stored") this.goOn();
  }

  /** @param {News} news */
  onNews({ id, state }) {
    if (!this.states.has(id)) return;
    if (state === "refused") return this.plainly();
    this.states.set(id, state);
    const all = together(this.states.values());
    show(this.place, all);
    if (all === "stored") this.goOn();
  }

  /** Without our help, as a form goes; what was kept already is not kept twice. */
  plainly() {
    this.states.clear();
    if (this.shell) show(this.place, "unsaved");
    else this.form.submit();
  }

  goOn() {
    clearTimeout(this.timer);
    if (!this.shell) location.assign(this.form.dataset.then ?? "");
    else this.waiting();
  }

  /** It is safe here: one may go on with another week. */
  waiting(on = true) {
    /** @type {HTMLElement} */ (this.place.querySelector("[data-act=another]")).hidden = !on;
    for (const button of this.form.querySelectorAll("button[type=submit]:not([data-plainly])")) /** @type {HTMLElement} */ (button).hidden = on;
  }

  another() {
    const first = dayAfter(this.first.value, -WEEK);
    this.form.reset();
    this.states.clear();
    if (first) this.first.value = asText(first);
    for (const row of this.rows()) this.field(row, "id").value = newId();
    this.label();
    show(this.place, "draft");
    this.waiting(false);
    this.rows()[0]?.querySelector("textarea")?.focus();
  }
}

if (typeof document !== "undefined") {
  for (const form of document.querySelectorAll("form[data-week]")) {
    if (form instanceof HTMLFormElement) void new WeekForm(form).begin();
  }
}
