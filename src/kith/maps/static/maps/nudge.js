// @ts-check
/** Arrow keys on a thing: it moves at once, and one record is kept when the nudging settles. */

const WAYS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});
const SMALL = 0.01;
const LARGE = 0.05;

/**
 * How far a key moves a thing, or null when the key is no arrow.
 * @param {string} key @param {boolean} far @returns {[number, number]|null}
 */
export function nudged(key, far) {
  const way = WAYS[key];
  const step = far ? LARGE : SMALL;
  return way ? [way[0] * step, way[1] * step] : null;
}

/** @typedef {{thing: string, dx: number, dy: number, timer: ReturnType<typeof setTimeout>}} Open */

export class Nudge {
  /** @param {(thing: string, dx: number, dy: number) => void} keep @param {number} [settle] milliseconds */
  constructor(keep, settle = 700) {
    this.keep = keep;
    this.settle = settle;
    /** @type {Open|null} */
    this.open = null;
  }

  /** A little further. @param {string} thing @param {[number, number]} way @returns {Open} how far it has come */
  by(thing, [dx, dy]) {
    if (this.open && this.open.thing !== thing) this.finish();
    const before = this.drop() ?? { dx: 0, dy: 0 };
    const timer = setTimeout(() => this.finish(), this.settle);
    this.open = { thing, dx: before.dx + dx, dy: before.dy + dy, timer };
    return this.open;
  }

  /** Keep what was nudged, now. */
  finish() {
    const open = this.drop();
    if (open) this.keep(open.thing, open.dx, open.dy);
  }

  /** Forget what was nudged. @returns {Open|null} */
  drop() {
    const open = this.open;
    if (open) clearTimeout(open.timer);
    this.open = null;
    return open;
  }
}
