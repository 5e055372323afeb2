// @ts-check
/**
 * The line of a tie between two figures: smooth where it helps, jagged where it hurts, both
 * where it does both. Pure functions.
 */
import { across, nth, outline } from "./ink.js";

/** @typedef {import("./ink.js").Point} Point */
/** @typedef {{x: number, y: number, r: number, under?: {half: number, down: number}}} End centre and reach of a figure, and the name under it: half its width and how far down it goes, in drawing units */

const GAP = 7;
const WIDTHS = /** @type {Record<string, number>} */ ({ plain: 4.2, thick: 8, dashed: 4.6 });

/**
 * The strands of a tie.
 * @param {string[]} qualities @param {string} line plain, thick or dashed
 * @returns {string[]} any of plain, thick, dashed, jagged
 */
export function strands(qualities, line) {
  const hurts = qualities.includes("hurts");
  const smooth = hurts && !qualities.includes("helps") ? [] : [line in WIDTHS ? line : "plain"];
  return hurts ? [...smooth, "jagged"] : smooth;
}

/**
 * Outlines of a tie, one SVG path a strand; and where words run along it, how steeply, and how far.
 * @param {End} a @param {End} b @param {{thing: string, qualities: string[], line: string, direction: string}} tie
 * @returns {{paths: {strand: string, d: string}[], reach: string, along: {x: number, y: number, turn: number, length: number}}}
 */
export function tieLine(a, b, tie) {
  const path = bow(a, b, lean(tie.thing));
  const names = strands(tie.qualities, tie.line);
  const paths = names.map((strand, at) => {
    const off = names.length > 1 ? (at ? 5 : -5) : 0;
    return { strand, d: drawn(strand, shifted(path, off)) };
  });
  for (const d of arrows(path, tie.direction)) paths.push({ strand: "arrow", d });
  return { paths, reach: `M${path.map((p) => `${p[0].toFixed(0)} ${p[1].toFixed(0)}`).join("L")}`, along: along(path, [a, b]) };
}

/** Words run from left to right, about the middle of what of the line no name lies over. @param {Point[]} path @param {End[]} ends */
function along(path, ends) {
  const free = path.filter((point) => !ends.some((one) => overName(point, one)));
  const bare = free.length > 2 ? free : path;
  const [a, b, [x, y]] = [nth(bare, 0), nth(bare, -1), nth(bare, Math.floor(bare.length / 2))];
  const [from, to] = a[0] <= b[0] ? [a, b] : [b, a];
  const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
  return { x, y, turn, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
}

/** @param {Point} point @param {End} figure */
function overName([x, y], { x: middle, y: from, r, under }) {
  return under !== undefined && Math.abs(x - middle) < under.half && y > from && y < from + r + under.down;
}

/** A small, steady lean to either side, from the tie's own id. @param {string} thing */
export function lean(thing) {
  return (parseInt(thing.slice(0, 2), 16) / 255 - 0.5) * 0.2;
}

/** @param {End} a @param {End} b @param {number} leaning @returns {Point[]} */
function bow(a, b, leaning) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const start = Math.min(a.r + GAP, length / 2);
  const stretch = Math.max(length - start - Math.min(b.r + GAP, length / 2), 1);
  const steps = Math.max(8, Math.round(stretch / 8));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const [along, off] = [start + stretch * t, 4 * t * (1 - t) * leaning * stretch];
    return [a.x + ux * along - uy * off, a.y + uy * along + ux * off, 0.62 + 0.3 * Math.sin(6 * t + 20 * leaning)];
  });
}

/** @param {Point[]} path @param {number} off @returns {Point[]} */
function shifted(path, off) {
  return path.map((point, at) => {
    const [nx, ny] = across(path, at);
    return [point[0] + nx * off, point[1] + ny * off, point[2]];
  });
}

/** @param {string} strand @param {Point[]} path */
function drawn(strand, path) {
  if (strand === "jagged") return outline(jagged(path), 3.6);
  if (strand === "dashed") return dashes(path).map((dash) => outline(dash, 4.6)).join("");
  return outline(path, WIDTHS[strand] ?? 4.2);
}

/** @param {Point[]} path @returns {Point[]} */
function jagged(path) {
  return path.map((point, at) => {
    const [nx, ny] = across(path, at);
    const off = at === 0 || at === path.length - 1 ? 0 : at % 2 ? 6 : -6;
    return [point[0] + nx * off, point[1] + ny * off, 0.5 + 0.4 * (at % 2)];
  });
}

/** @param {Point[]} path */
function dashes(path) {
  /** @type {Point[][]} */
  const out = [];
  for (let at = 0; at + 1 < path.length; at += 4) out.push(path.slice(at, at + 3));
  return out;
}

/** @param {Point[]} path @param {string} direction "", to, from or both */
function arrows(path, direction) {
  const heads = [];
  if (direction === "to" || direction === "both") heads.push(head(path));
  if (direction === "from" || direction === "both") heads.push(head([...path].reverse()));
  return heads;
}

/** @param {Point[]} path */
export function head(path) {
  const tip = nth(path, -1);
  const [nx, ny] = across(path, path.length - 1);
  const [bx, by] = [tip[0] - ny * 15, tip[1] + nx * 15];
  const wing = (/** @type {number} */ side) =>
    outline([[bx + nx * side, by + ny * side, 0.5], [(bx + tip[0] + nx * side * 0.6) / 2, (by + tip[1] + ny * side * 0.6) / 2, 0.8], [tip[0], tip[1], 0.9]], 4.4);
  return wing(8) + wing(-8);
}
