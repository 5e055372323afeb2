// @ts-check
/**
 * Ink while the hand still moves. Only the newest part of a stroke is drawn again at each step; what
 * lies further back stays as it is, so that a long stroke costs no more than a short one.
 */
import { outline } from "./ink.js";

/** @typedef {import("./ink.js").Point} Point */

/** So many points are settled at once; so many of the ones before are drawn again, to overlap. */
export const CHUNK = 48;
export const OVERLAP = 4;

/**
 * The stretches of a stroke as they are laid: those that are settled and, last, the one that is not.
 * @param {number} count points so far @param {number} settled points already settled @returns {[number, number][]}
 */
export function stretches(count, settled) {
  /** @type {[number, number][]} */
  const out = [];
  let from = settled;
  for (; from + 2 * CHUNK <= count; from += CHUNK) out.push([Math.max(0, from - OVERLAP), from + CHUNK]);
  out.push([Math.max(0, from - OVERLAP), count]);
  return out;
}

export class LiveInk {
  /** @param {Element} place a group of the drawing @param {() => Element} newPath @param {number} side of the paper in drawing units */
  constructor(place, newPath, side) {
    this.place = place;
    this.newPath = newPath;
    this.side = side;
    this.settled = 0;
    /** @type {Element|null} */
    this.last = null;
  }

  /** @param {Point[]} points all of the stroke so far @param {number} width */
  show(points, width) {
    if (points.length < this.settled) this.clear();
    const todo = stretches(points.length, this.settled);
    todo.forEach(([from, to], at) => {
      const last = at === todo.length - 1;
      const path = this.last ?? this.place.appendChild(this.newPath());
      path.setAttribute("d", this.laid(points.slice(from, to), width, { start: from === 0, end: last }));
      this.last = last ? path : null;
      if (!last) this.settled = to;
    });
  }

  /** @param {Point[]} points @param {number} width @param {{start: boolean, end: boolean}} thin */
  laid(points, width, thin) {
    return outline(points.map(([x, y, w]) => [x * this.side, y * this.side, w]), width, thin);
  }

  clear() {
    this.place.replaceChildren();
    this.settled = 0;
    this.last = null;
  }
}
