// @ts-check
/** Which part of the paper is seen, by two fingers, wheel, buttons and keys. Nothing of it is kept. */
import { SIDE } from "./nodes.js";
import { STEP, WHOLE, box, isWhole, panned, zoomed } from "./view.js";

const KEYS = /** @type {Record<string, string>} */ ({ "+": "nearer", "=": "nearer", "-": "farther", "0": "whole" });
const ARROWS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });
const FAR = 0.2;
const WHEEL = 300; // pixels of a wheel turned that bring the paper about 2.7 times nearer

export class Sight {
  /** @param {HTMLElement} host @param {SVGSVGElement} svg @param {(what: string) => void} tell */
  constructor(host, svg, tell) {
    this.host = host;
    this.svg = svg;
    this.tell = tell;
    this.view = WHOLE;
    this.frame = 0;
    this.measure();
  }

  /** Where the paper lies on the screen, measured once a gesture. */
  measure() {
    this.place = this.svg.getBoundingClientRect();
    return this.place;
  }

  /** A place on the screen as a place on the paper. @param {number} px @param {number} py @returns {[number, number]} */
  at(px, py) {
    const { left, top, width, height } = this.place ?? this.measure();
    const { x, y, side } = this.view;
    return [inside(x + ((px - left) / width) * side), inside(y + ((py - top) / height) * side)];
  }

  /** @param {import("./view.js").View} view */
  show(view) {
    this.view = view;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.svg.setAttribute("viewBox", box(this.view, SIDE));
      this.host.toggleAttribute("data-near", !isWhole(this.view));
    });
  }

  /** Two fingers went from one place to another and so much apart. @param {{x?: number, y?: number, x2?: number, y2?: number, times?: number}} act */
  pinch({ x = 0, y = 0, x2 = 0, y2 = 0, times = 1 }) {
    const [from, to] = [this.at(x, y), this.at(x2, y2)];
    this.show(zoomed(panned(this.view, from[0] - to[0], from[1] - to[1]), times, ...from));
  }

  /** The hand took the paper along by so many pixels. @param {number} dx @param {number} dy */
  drag(dx, dy) {
    const share = this.view.side / (this.place?.width || 1);
    this.show(panned(this.view, -dx * share, -dy * share));
  }

  /**
   * With Ctrl (or as two fingers on a pad) a wheel brings the paper nearer; without, it moves paper
   * that does not fit, and at its edge the page goes on.
   * @param {WheelEvent} event
   */
  wheel(event) {
    this.measure();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return this.show(zoomed(this.view, Math.exp(-event.deltaY / WHEEL), ...this.at(event.clientX, event.clientY)));
    }
    const before = this.view;
    const share = before.side / (this.place?.width || 1);
    const next = panned(before, event.deltaX * share, event.deltaY * share);
    if (next.x === before.x && next.y === before.y) return;
    event.preventDefault();
    this.show(next);
  }

  /** A key on the paper itself. @param {string} key @param {boolean} ownArrows whether arrows move the paper @returns {boolean} whether it meant something */
  key(key, ownArrows) {
    const act = KEYS[key];
    const way = ownArrows && !isWhole(this.view) ? ARROWS[key] : undefined;
    if (act) this.press(act);
    if (way) this.show(panned(this.view, way[0] * this.view.side * FAR, way[1] * this.view.side * FAR));
    return Boolean(act || way);
  }

  /** A button. @param {string} act nearer, farther or whole */
  press(act) {
    this.show(act === "whole" ? WHOLE : zoomed(this.view, act === "nearer" ? STEP : 1 / STEP));
    this.tell(isWhole(this.view) ? "whole" : act);
  }

  /** Bring a thing that took the focus into sight. @param {[number, number]} middle of the thing */
  seek([x, y]) {
    const { x: left, y: top, side } = this.view;
    if (x >= left && x <= left + side && y >= top && y <= top + side) return;
    this.show(panned(this.view, x - left - side / 2, y - top - side / 2));
  }

  /** The middle of what is seen. @returns {[number, number]} */
  middle() {
    const { x, y, side } = this.view;
    return [x + side / 2, y + side / 2];
  }
}

/** @param {number} value */
function inside(value) {
  return Math.min(1, Math.max(0, value));
}
