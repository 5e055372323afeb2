// @ts-check
/**
 * Plain shapes as lines of ink, and the line round a region. Pure functions, in drawing units.
 * Stamps are pictures that the page brings as symbols; they have no lines here.
 */
import { head } from "./lines.js";
import { nth, outline } from "./ink.js";

/** @typedef {import("./ink.js").Point} Point */
/** @typedef {{what: string, x: number, y: number, x2: number, y2: number}} Box */

const PEN = 4.6;
export const STAMPS = new Set(["heart", "star", "sun", "cloud", "drop"]);
/** How large a shape is that was put with a tap, across and down, as shares of the paper. */
const USUAL = /** @type {Record<string, [number, number]>} */ ({ ring: [0.2, 0.2], box: [0.24, 0.18], line: [0.24, 0], arrow: [0.24, 0] });

/** A shape of the usual size about a place, all of it on the paper. @param {string} what @param {number} x @param {number} y @returns {Box} */
export function usual(what, x, y) {
  const [across, down] = USUAL[what] ?? [0.12, 0.12];
  const from = (/** @type {number} */ at, /** @type {number} */ size) => Math.min(1 - size, Math.max(0, at - size / 2));
  const [left, top] = [from(x, across), from(y, down)];
  return { what, x: left, y: top, x2: left + across, y2: top + down };
}

/** The ink of a plain shape as an SVG path; a stamp has none. @param {Box} box @returns {string} */
export function shapePath({ what, x, y, x2, y2 }) {
  const a = /** @type {Point} */ ([x, y, 0.7]);
  const b = /** @type {Point} */ ([x2, y2, 0.8]);
  if (what === "ring") return outline(ring(a, b), PEN);
  if (what === "box") return outline(corners(a, b), PEN);
  if (what === "line") return outline(run(a, b), PEN);
  return what === "arrow" ? outline(run(a, b), PEN) + head(run(a, b)) : "";
}

/** Once round and a little more, as one closes a ring by hand. @param {Point} a @param {Point} b @returns {Point[]} */
function ring(a, b) {
  const [cx, cy, rx, ry] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, Math.abs(a[0] - b[0]) / 2, Math.abs(a[1] - b[1]) / 2];
  return Array.from({ length: 49 }, (_, at) => {
    const turn = -1.9 + (at / 48) * 6.6;
    const near = 1 - 0.03 * (at / 48);
    return [cx + rx * near * Math.cos(turn), cy + ry * near * Math.sin(turn), 0.6 + 0.3 * Math.sin(turn + 1)];
  });
}

/** @param {Point} a @param {Point} b @returns {Point[]} */
function corners(a, b) {
  const round = /** @type {Point[]} */ ([a, [b[0], a[1], 0.8], b, [a[0], b[1], 0.7], [a[0], a[1], 0.6]]);
  return round.slice(1).flatMap((to, at) => run(nth(round, at), to).slice(at ? 1 : 0));
}

/** A straight line with enough points to keep its corners. @param {Point} a @param {Point} b @returns {Point[]} */
function run(a, b) {
  const steps = Math.max(2, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 8));
  return Array.from({ length: steps + 1 }, (_, at) => {
    const t = at / steps;
    return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
  });
}

/** A closed curve through the places of a region: the edge of its wash. @param {[number, number][]} spots @returns {string} */
export function closedCurve(spots) {
  const half = (/** @type {number} */ at) => {
    const [a, b] = [nth(spots, at % spots.length), nth(spots, (at + 1) % spots.length)];
    return `${((a[0] + b[0]) / 2).toFixed(1)} ${((a[1] + b[1]) / 2).toFixed(1)}`;
  };
  const bends = spots.map((_, at) => {
    const [x, y] = nth(spots, (at + 1) % spots.length);
    return `Q${x.toFixed(1)} ${y.toFixed(1)} ${half(at + 1)}`;
  });
  return `M${half(0)}${bends.join("")}Z`;
}
