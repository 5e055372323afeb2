// @ts-check
/** Arrow keys on a figure: it moves at once, and one record is kept when the nudging settles. */

const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});
const SMALL = 0.01;
const LARGE = 0.05;

/** Keep a figure on the paper. @param {number} value */
export function onPaper(value) {
  return Math.round(Math.min(0.96, Math.max(0.04, value)) * 10000) / 10000;
}

/**
 * Where a key moves a figure, or null when the key is no arrow.
 * @param {string} key @param {boolean} far @param {{x: number, y: number}} from
 */
export function nudged(key, far, from) {
  const way = WAYS[key];
  if (!way) return null;
  const step = far ? LARGE : SMALL;
  return { x: onPaper(from.x + way[0] * step), y: onPaper(from.y + way[1] * step) };
}

export class Nudge {
  /** @param {(thing: string, place: {x: number, y: number}) => void} keep @param {number} [settle] milliseconds */
  constructor(keep, settle = 700) {
    this.keep = keep;
    this.settle = settle;
    /** @type {{thing: string, place: {x: number, y: number}, timer: ReturnType<typeof setTimeout>}|null} */
    this.open = null;
  }

  /** @param {string} thing @param {{x: number, y: number}} place */
  to(thing, place) {
    if (this.open && this.open.thing !== thing) this.finish();
    if (this.open) clearTimeout(this.open.timer);
    this.open = { thing, place, timer: setTimeout(() => this.finish(), this.settle) };
  }

  /** Keep what was nudged, now. */
  finish() {
    const open = this.drop();
    if (open) this.keep(open.thing, open.place);
  }

  /** Forget what was nudged. @returns {{thing: string, place: {x: number, y: number}}|null} */
  drop() {
    const open = this.open;
    if (open) clearTimeout(open.timer);
    this.open = null;
    return open;
  }
}
