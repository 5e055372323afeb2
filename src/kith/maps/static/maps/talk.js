// @ts-check
/** Beside the paper: one prompt at a time, words and sounds about what is chosen, a photo underneath. */
import { newId } from "../web/ids.js";
import { bodyOf, filesOf, inShell, show } from "../web/kept.js";
import { keep, mapOf } from "./way.js";

/** @typedef {{asks: string[], pause: string}} Part one touchpoint, and the words of its pause, if any */

const SVG = "http://www.w3.org/2000/svg";

/** Prompts of the touchpoints, one after the other; before some of them a pause. */
export class Arc {
  /** @param {Part[]} parts */
  constructor(parts) {
    this.parts = parts;
    this.part = -1;
    this.at = 0;
    this.paused = false;
  }

  /** Come to a touchpoint. @param {number} part */
  to(part) {
    this.part = part;
    this.at = 0;
    this.paused = Boolean(this.parts[part]?.pause);
  }

  /** After the pause. */
  goOn() {
    this.paused = false;
  }

  /** The one after it; after the last comes the first again. */
  next() {
    this.at = (this.at + 1) % (this.parts[this.part]?.asks.length || 1);
  }

  get said() {
    const part = this.parts[this.part];
    return (this.paused ? part?.pause : part?.asks[this.at]) ?? "";
  }

  get more() {
    return !this.paused && (this.parts[this.part]?.asks.length ?? 0) > 1;
  }
}

class Talk {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.form = /** @type {HTMLFormElement} */ (this.place("say"));
    this.arc = new Arc(JSON.parse(document.getElementById("talk-prompts-said")?.textContent || "[]"));
    this.now = "";
    this.map = "";
    host.addEventListener("click", (event) => this.pressed(/** @type {Element} */ (event.target)));
    host.addEventListener("change", (event) => this.came(/** @type {HTMLInputElement} */ (event.target)));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.say();
    });
    for (const opener of host.querySelectorAll("[data-open]")) /** @type {HTMLElement} */ (opener).hidden = false;
    void this.layUnder();
  }

  /** @param {string} name */
  place(name) {
    return /** @type {HTMLElement} */ (this.host.querySelector(`[data-place=${name}]`));
  }

  /** @param {Element} target */
  pressed(target) {
    const { open, close, act } = /** @type {HTMLElement|null} */ (target.closest("button"))?.dataset ?? {};
    if (open) this.show(open, Boolean(this.place(open).hidden));
    if (close) this.show(close, false);
    if (act === "on") this.arc.goOn();
    if (act === "next") this.arc.next();
    if (act === "on" || act === "next") this.prompt();
  }

  /** @param {string} name @param {boolean} on */
  show(name, on) {
    const opener = /** @type {HTMLElement} */ (this.host.querySelector(`[data-open=${name}]`));
    this.place(name).hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    if (!on) return opener.focus();
    if (name === "say") this.aboutChosen();
    /** @type {HTMLElement|null} */ (this.place(name).querySelector("input[type=radio]"))?.focus();
  }

  /* Prompts */

  /** @param {HTMLInputElement} input */
  came(input) {
    if (input.name !== "touchpoint") return;
    this.arc.to(Number(input.value));
    this.prompt();
  }

  prompt() {
    this.place("prompt").textContent = this.arc.said;
    /** @type {HTMLElement} */ (this.host.querySelector("[data-act=on]")).hidden = !this.arc.paused;
    /** @type {HTMLElement} */ (this.host.querySelector("[data-act=next]")).hidden = !this.arc.more;
  }

  /* Words and sounds */

  /** Offer what is chosen on the paper just now. */
  aboutChosen() {
    const chosen = /** @type {HTMLElement|SVGElement|null} */ (document.querySelector("svg.paper .chosen"))?.dataset;
    const thing = chosen?.thing ?? chosen?.figure ?? chosen?.tie ?? "";
    const way = /** @type {HTMLInputElement} */ (this.form.querySelector("[data-chosen]"));
    way.value = thing;
    /** @type {HTMLElement} */ (way.closest("label")).hidden = !thing;
    if (thing || way.checked) /** @type {HTMLInputElement} */ (thing ? way : this.form.querySelector("[name=about]")).checked = true;
  }

  async say() {
    const data = new FormData(this.form);
    const body = { ...bodyOf(data), ...(await filesOf(data)) };
    const empty = !String(body.words ?? "").trim() && !body.sound;
    this.place("empty").hidden = !empty;
    if (empty) return;
    const id = (this.now = newId());
    this.map ||= await mapOf(location.pathname, document.querySelector("relation-map")?.getAttribute("data-map") ?? undefined);
    const kept = await keep("talk.say", { map: this.map, ...body }, { id, tell: (news) => this.onNews(news) }).catch(() => null);
    if (kept) return this.form.reset();
    if (inShell()) return show(this.place("kept"), "unsaved");
    /** @type {HTMLInputElement} */ (this.form.elements.namedItem("id")).value = id;
    this.form.submit();
  }

  /** @param {import("../web/send.js").News} news */
  onNews({ id, state }) {
    if (id === this.now) show(this.place("kept"), state);
  }

  /* A photo */

  /** The photo of a paper map, under all that is drawn. */
  async layUnder() {
    const { photo, strength = "" } = this.host.dataset;
    if (!photo) return;
    const image = document.createElementNS(SVG, "image");
    for (const [name, value] of Object.entries({ href: photo, width: 600, height: 600, class: `photo ${strength}`, "aria-hidden": "true" })) {
      image.setAttribute(name, String(value));
    }
    await customElements.whenDefined("relation-map");
    document.querySelector("svg.paper")?.prepend(image);
  }
}

const host = /** @type {HTMLElement|null|undefined} */ (globalThis.document?.querySelector("[data-talk]"));
if (host) new Talk(host);
