// @ts-check
/** Where things lie on the paper, and the same things moved, larger or smaller. Pure functions. */

/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./picture.js").Kind} Kind */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Extent */

const EDGE = 0.04;
const LEAST = 0.02;

/** A place with its four digits, on the paper. @param {number} value */
export function share(value) {
  return Math.round(Math.min(1, Math.max(0, value)) * 10000) / 10000;
}

/** Keep a figure on the paper. @param {number} value */
export function onPaper(value) {
  return share(Math.min(1 - EDGE, Math.max(EDGE, value)));
}

/** The least box round a thing. @param {Body} body @returns {Extent} */
export function extent(body) {
  const spots = body.points ?? [[body.x, body.y], [body.x2 ?? body.x, body.y2 ?? body.y]];
  const found = { left: 1, top: 1, right: 0, bottom: 0 };
  for (const [x, y] of spots) {
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
  }
  return found;
}

/** The middle of a thing. @param {Body} body @returns {[number, number]} */
export function middle(body) {
  const { left, top, right, bottom } = extent(body);
  return [(left + right) / 2, (top + bottom) / 2];
}

/**
 * What a thing says of its place once it is moved; it never leaves the paper.
 * @param {Body} body @param {number} dx @param {number} dy @returns {Body}
 */
export function shifted(body, dx, dy) {
  const [x, y] = within(body, dx, dy);
  return placed(body, (at) => at + x, (at) => at + y);
}

/** How far a thing can go of a way, so that it stays on the paper. @param {Body} body @param {number} dx @param {number} dy @returns {[number, number]} */
export function within(body, dx, dy) {
  const { left, top, right, bottom } = extent(body);
  const edge = body.points || "x2" in body ? 0 : EDGE;
  return [held(dx, edge - left, 1 - edge - right), held(dy, edge - top, 1 - edge - bottom)];
}

/** The same thing, larger or smaller about its middle. @param {Body} body @param {number} times @returns {Body} */
export function scaled(body, times) {
  const [x, y] = middle(body);
  const { left, top, right, bottom } = extent(body);
  const half = Math.max(right - left, bottom - top, LEAST) / 2;
  const room = Math.min(x, y, 1 - x, 1 - y) / half;
  const by = Math.max(Math.min(times, Math.max(room, 1)), LEAST / (2 * half));
  return placed(body, (at) => x + (at - x) * by, (at) => y + (at - y) * by);
}

/** @param {Body} body @param {(at: number) => number} across @param {(at: number) => number} down @returns {Body} */
function placed(body, across, down) {
  if (body.points) {
    return { points: body.points.map((/** @type {number[]} */ [x = 0, y = 0, ...rest]) => [share(across(x)), share(down(y)), ...rest]) };
  }
  const place = { x: share(across(body.x)), y: share(down(body.y)) };
  return "x2" in body ? { ...place, x2: share(across(body.x2)), y2: share(down(body.y2)) } : place;
}

/** As near to a wish as the room allows. @param {number} wish @param {number} least @param {number} most */
function held(wish, least, most) {
  return least > most ? 0 : Math.min(most, Math.max(least, wish));
}

/**
 * A free place near a wished one: no other thing's middle is close by.
 * @param {Iterable<Body>} bodies @param {number} x @param {number} y @param {number} reach how near is too near
 * @returns {{x: number, y: number}}
 */
export function free(bodies, x, y, reach) {
  const taken = [...bodies].map(middle);
  for (let ring = 0; ring < 6; ring += 1) {
    for (let turn = 0; turn < (ring ? 8 : 1); turn += 1) {
      const angle = (turn / 8) * 2 * Math.PI;
      const at = { x: onPaper(x + ring * reach * Math.cos(angle)), y: onPaper(y + ring * reach * Math.sin(angle)) };
      if (taken.every(([tx, ty]) => Math.hypot(tx - at.x, ty - at.y) >= reach * 0.9)) return at;
    }
  }
  return { x: onPaper(x), y: onPaper(y) };
}
