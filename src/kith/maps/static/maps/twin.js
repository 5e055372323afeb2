// @ts-check
/**
 * The list beside the paper: fetched anew when something is stored, never under your hands. What is
 * chosen here is chosen on the paper, and what is chosen there is marked here.
 */
import { namesIn, room } from "./several.js";
import { newId } from "../web/ids.js";

/**
 * What the list asks of the desk. (Named here: files that name each other could not be served.)
 * @typedef {object} Desk
 * @property {import("./picture.js").Picture} picture
 * @property {string} pen
 * @property {(thing: string, focus: boolean) => void} choose
 * @property {(act: string, kind: import("./picture.js").Kind, thing: string, body: Record<string, any>) => void} keep
 * @property {(what: string, facts: Record<string, string>) => void} say
 */

export class Twin {
  /** @param {HTMLElement} place @param {string} url @param {Desk} desk */
  constructor(place, url, desk) {
    this.place = place;
    this.url = url;
    this.desk = desk;
    this.stale = false;
    this.chosen = "";
    place.addEventListener("focusout", () => setTimeout(() => this.stale && this.refresh(), 50));
    place.addEventListener("click", (event) => this.pressed(event));
    place.addEventListener("keydown", (event) => this.onKey(event));
    place.addEventListener("submit", (event) => this.onSubmit(event));
  }

  /** Put each part of the list as it is now in place; where somebody is, wait until they leave. */
  async refresh() {
    this.stale = Boolean(this.url);
    const html = this.url && !this.busy() ? await fetch(this.url).then((answer) => (answer.ok ? answer.text() : ""), () => "") : "";
    if (!html || this.busy()) return;
    this.stale = false;
    const open = [...this.place.querySelectorAll("details[open]")].map(({ id }) => id);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of this.place.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector(`[data-part=${/** @type {HTMLElement} */ (part).dataset.part}]`);
      if (next) part.replaceWith(next);
    }
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    this.mark(this.chosen);
  }

  /** Whether somebody is in a part that would be put in place anew. */
  busy() {
    return Boolean(document.activeElement?.closest("[data-part]") && this.place.contains(document.activeElement));
  }

  /** Show which one is chosen. @param {string} thing */
  mark(thing) {
    this.chosen = thing;
    for (const row of this.place.querySelectorAll("[data-row]")) {
      const here = /** @type {HTMLElement} */ (row).dataset.row === thing;
      if (here) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** @param {Event} event */
  pressed(event) {
    const button = event.target instanceof Element && event.target.closest("[data-choose]");
    if (button instanceof HTMLElement) this.desk.choose(button.dataset.choose ?? "", true);
  }

  /** Enter puts the next name on the paper; with Shift it begins a new line. @param {KeyboardEvent} event */
  onKey(event) {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    field.form?.requestSubmit();
  }

  /** @param {Event} event */
  onSubmit(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== "several") return;
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("names"));
    this.add(namesIn(field.value));
    field.value = "";
    field.focus();
  }

  /** Each is a step of its own, so that each can be taken back. @param {string[]} names */
  add(names) {
    const { desk } = this;
    for (const label of names) {
      const there = [...desk.picture.things.values()].filter(({ kind }) => kind === "figure");
      const place = room(there.map(({ body }) => body), 0.5, 0.3);
      desk.keep("figure.add", "figure", newId(), { ...place, label, kind: "", size: "middle", colour: desk.pen });
    }
    if (names.length) desk.say("several", { name: names.join(", ") });
  }
}
