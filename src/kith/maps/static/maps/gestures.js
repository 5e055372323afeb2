// @ts-check
/**
 * What a hand does on the paper, as a pure state machine: pointer events in, acts out.
 * The first finger draws or moves; a second one lets go of it; a pen wins over a palm;
 * a pointer that is taken away commits nothing; an act happens on release.
 */
import { nth, weight } from "./ink.js";

/** @typedef {import("./ink.js").Point} Point */
/**
 * @typedef {object} Touch one pointer event
 * @property {"down"|"move"|"up"|"cancel"} type
 * @property {number} id which pointer
 * @property {"mouse"|"pen"|"touch"} by
 * @property {number} x on the paper, 0 to 1
 * @property {number} y on the paper, 0 to 1
 * @property {number} px on the screen, in pixels
 * @property {number} py on the screen, in pixels
 * @property {number} at milliseconds
 * @property {number|null} pressure 0 to 1, null where unknown
 * @property {string} [figure] the figure under the pointer
 * @property {string} [tie] the tie under the pointer
 */
/** @typedef {{start: Touch, last: Touch, far: boolean, points: Point[]}} Held */
/** @typedef {{tool: string, held: Held|null, fingers: number[], crowded: boolean, from: string}} Hand */
/**
 * @typedef {object} Act
 * @property {"sketch"|"stroke"|"add"|"choose"|"shift"|"move"|"stretch"|"from"|"tie"|"drop"} do
 * @property {Point[]} [points]
 * @property {string} [thing] @property {string} [other]
 * @property {number} [x] @property {number} [y]
 */

/** A hand that moves less than this many pixels has tapped. */
export const TAP = 5;

/** @param {string} tool draw, figure, tie or move @returns {Hand} */
export function resting(tool) {
  return { tool, held: null, fingers: [], crowded: false, from: "" };
}

/**
 * The hand after one pointer event, and what it did.
 * @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]}
 */
export function step(hand, touch) {
  if (touch.type === "down") return down(hand, touch);
  if (touch.type === "move") return move(hand, touch);
  return lift(hand, touch);
}

/** Let go of everything. @param {Hand} hand @returns {[Hand, Act[]]} */
export function drop(hand) {
  return [{ ...hand, held: null, from: "" }, [{ do: "drop" }]];
}

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function down(hand, touch) {
  if (touch.by === "pen") return grasp({ ...hand, fingers: [] }, touch, hand.held ? [{ do: "drop" }] : []);
  const penned = hand.held?.start.by === "pen";
  if (penned) return [hand, []];
  if (touch.by === "mouse") return grasp(hand, touch, []);
  const fingers = [...hand.fingers, touch.id];
  if (fingers.length === 1) return grasp({ ...hand, fingers, crowded: false }, touch, []);
  return [{ ...hand, fingers, crowded: true, held: null }, hand.held ? [{ do: "drop" }] : []];
}

/** @param {Hand} hand @param {Touch} touch @param {Act[]} before @returns {[Hand, Act[]]} */
function grasp(hand, touch, before) {
  const points = /** @type {Point[]} */ ([[touch.x, touch.y, 0.6]]);
  const held = { start: touch, last: touch, far: false, points };
  const sketch = /** @type {Act[]} */ (hand.tool === "draw" ? [{ do: "sketch", points }] : []);
  return [{ ...hand, held, crowded: false }, [...before, ...sketch]];
}

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function move(hand, touch) {
  if (hand.held?.start.id !== touch.id) return [hand, []];
  const held = moved(hand.held, touch, hand.tool === "draw");
  const next = { ...hand, held };
  if (hand.tool === "draw") return [next, [{ do: "sketch", points: held.points }]];
  const thing = held.start.figure;
  if (!held.far || !thing) return [next, []];
  if (hand.tool === "tie") return [next, [{ do: "stretch", thing, x: touch.x, y: touch.y }]];
  return [next, [{ do: "shift", thing, ...shift(held) }]];
}

/** @param {Held} held @param {Touch} touch @param {boolean} inks @returns {Held} */
function moved(held, touch, inks) {
  const far = held.far || Math.hypot(touch.px - held.start.px, touch.py - held.start.py) >= TAP;
  if (!inks) return { ...held, last: touch, far };
  const last = nth(held.points, -1);
  const ink = weight(last, touch.x, touch.y, touch.at - held.last.at, touch.pressure);
  held.points.push([touch.x, touch.y, ink]);
  return { ...held, last: touch, far };
}

/** @param {Held} held */
function shift(held) {
  return { x: held.last.x - held.start.x, y: held.last.y - held.start.y };
}

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function lift(hand, touch) {
  const fingers = hand.fingers.filter((id) => id !== touch.id);
  const rest = { ...hand, fingers, crowded: hand.crowded && fingers.length > 0 };
  if (hand.held?.start.id !== touch.id) return [rest, []];
  const free = { ...rest, held: null };
  if (touch.type === "cancel") return [free, [{ do: "drop" }]];
  return released(free, moved(hand.held, touch, false));
}

/** @param {Hand} hand @param {Held} held @returns {[Hand, Act[]]} */
function released(hand, held) {
  if (hand.tool === "draw") return [hand, [{ do: "stroke", points: held.points }]];
  if (hand.tool === "tie") return tied(hand, held);
  const thing = held.start.figure;
  if (held.far) return [hand, thing ? [{ do: "move", thing, ...shift(held) }] : []];
  const chosen = thing || held.start.tie;
  if (chosen) return [hand, [{ do: "choose", thing: chosen }]];
  return [hand, hand.tool === "figure" ? [{ do: "add", x: held.start.x, y: held.start.y }] : [{ do: "choose", thing: "" }]];
}

/** Drag from one figure to another, or tap one and then the other. @param {Hand} hand @param {Held} held @returns {[Hand, Act[]]} */
function tied(hand, held) {
  const first = held.far ? held.start.figure : hand.from;
  const second = held.far ? held.last.figure : held.start.figure;
  const rest = { ...hand, from: "" };
  if (first && second && first !== second) return [rest, [{ do: "tie", thing: first, other: second }]];
  if (!held.far && second && !first) return [{ ...hand, from: second }, [{ do: "from", thing: second }]];
  if (!held.far && held.start.tie && !second) return [rest, [{ do: "choose", thing: held.start.tie }]];
  return [rest, [{ do: "drop" }]];
}
