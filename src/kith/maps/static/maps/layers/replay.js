// @ts-check
/** How a drawing came about: play, pause, a step back, a step on. With less motion: steps only. */

/**
 * Which pieces of the picture are there at a step.
 * @param {{first: number, last: number}} piece @param {number} at
 */
export const isThere = ({ first, last }, at) => first <= at && at <= last;

/** The step after a press, never beyond either end. @param {number} at @param {number} by @param {number} last */
export const moved = (at, by, last) => Math.min(Math.max(at + by, 0), last);

class Replay {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.at = Number(place.dataset.at);
    this.last = Number(place.dataset.last);
    this.timer = 0;
    this.pieces = [...place.querySelectorAll("[data-first]")].map((node) => {
      const { first, last } = /** @type {SVGElement} */ (node).dataset;
      return { node, first: Number(first), last: Number(last) };
    });
    this.steps = /** @type {HTMLElement[]} */ ([...place.querySelectorAll("[data-step]")]);
    this.play = /** @type {HTMLElement} */ (this.find("[data-act=play]"));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.play.hidden = this.find("[data-pace]").hidden = calm || !this.last;
    place.addEventListener("click", (event) => this.onClick(event));
    place.addEventListener("change", () => this.timer && this.start());
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.place.querySelector(selector));
  }

  get pace() {
    return Number(/** @type {HTMLInputElement} */ (this.find("input[name=pace]:checked")).value);
  }

  /** @param {Event} event */
  onClick(event) {
    const pressed = /** @type {Element} */ (event.target).closest("[data-act],[data-step]");
    if (!(pressed instanceof HTMLElement)) return;
    event.preventDefault();
    const { act, step } = pressed.dataset;
    if (act === "play") return this.timer ? this.stop() : this.begin();
    this.stop();
    this.show(step ? Number(step) : moved(this.at, act === "back" ? -1 : 1, this.last));
  }

  /** From the start again, when it is at its end. */
  begin() {
    if (this.at === this.last) this.show(0);
    this.start();
  }

  start() {
    clearInterval(this.timer);
    this.timer = window.setInterval(() => this.next(), this.pace);
    this.play.textContent = this.play.dataset.pause ?? "";
  }

  next() {
    this.show(moved(this.at, 1, this.last));
    if (this.at === this.last) this.stop();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = this.play.dataset.play ?? "";
  }

  /** @param {number} at */
  show(at) {
    this.at = at;
    for (const piece of this.pieces) piece.node.classList.toggle("not-yet", !isThere(piece, at));
    for (const step of this.steps) {
      if (Number(step.dataset.step) === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    this.find("[data-now]").textContent = this.steps[at]?.textContent ?? "";
  }
}

if (typeof document !== "undefined") {
  const place = document.querySelector("[data-replay]");
  if (place instanceof HTMLElement) new Replay(place);
}
