// @ts-check
/**
 * Which part of the paper is seen: a square, by its upper left corner and its side, in shares of the
 * paper. Pure functions; nothing of this is kept, and no place on the paper changes by it.
 *
 * @typedef {{x: number, y: number, side: number}} View
 */

/** @type {View} */
export const WHOLE = { x: 0, y: 0, side: 1 };
/** The smallest part that is shown alone: a twelfth of the paper's side. */
export const NEAREST = 1 / 12;
/** What one press of a button or a key does. */
export const STEP = 1.5;

/**
 * Nearer or farther, so that one place stays under the hand.
 * @param {View} view @param {number} times over 1 is nearer @param {number} [x] @param {number} [y] the place, else the middle
 * @returns {View}
 */
export function zoomed(view, times, x = view.x + view.side / 2, y = view.y + view.side / 2) {
  const side = within(view.side / (times > 0 ? times : 1), NEAREST, 1);
  const share = side / view.side;
  return onPaper({ x: x - (x - view.x) * share, y: y - (y - view.y) * share, side });
}

/** Another part of the same size, but never beyond the paper. @param {View} view @param {number} dx @param {number} dy @returns {View} */
export function panned(view, dx, dy) {
  return onPaper({ ...view, x: view.x + dx, y: view.y + dy });
}

/** @param {View} view */
export function isWhole(view) {
  return view.side > 0.999;
}

/** The part as an SVG view box. @param {View} view @param {number} unit the side of the paper in drawing units */
export function box({ x, y, side }, unit) {
  return [x, y, side, side].map((value) => Math.round(value * unit * 100) / 100).join(" ");
}

/** @param {View} view @returns {View} */
function onPaper({ x, y, side }) {
  return { x: within(x, 0, 1 - side), y: within(y, 0, 1 - side), side };
}

/** @param {number} value @param {number} least @param {number} most */
function within(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
