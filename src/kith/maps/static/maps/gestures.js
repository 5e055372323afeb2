// @ts-check
/**
 * What a hand does on the paper, as a pure state machine: pointer events in, acts out.
 * The first finger draws or moves; with a second one both move the paper and nothing is drawn; a pen
 * wins over a palm; a pointer that is taken away commits nothing; an act happens on release.
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
 * @property {string} [thing] what is under the pointer
 * @property {string} [kind] and which kind of thing that is
 */
/** @typedef {{id: number, px: number, py: number}} Finger */
/** @typedef {{start: Touch, last: Touch, far: boolean, points: Point[]}} Held */
/** @typedef {{tool: string, held: Held|null, fingers: Finger[], crowded: boolean, from: string, pen: number}} Hand */
/**
 * @typedef {object} Act shown for now: sketch, span, shift, stretch, from, rub, pinch, pan, drop;
 * kept: stroke, around, shape, write, add, move, tie, erase; `choose` opens what is there
 * @property {"sketch"|"span"|"shift"|"stretch"|"from"|"rub"|"pinch"|"pan"|"drop"|"choose"|"stroke"|"around"|"shape"|"write"|"add"|"move"|"tie"|"erase"} do
 * @property {Point[]} [points]
 * @property {string} [thing] @property {string} [other]
 * @property {number} [x] @property {number} [y] @property {number} [x2] @property {number} [y2]
 * @property {number} [times] how much nearer two fingers bring the paper
 */

/** A hand that moves less than this many pixels has tapped. */
export const TAP = 5;
/** So many milliseconds after a pen was there, a touch is the palm beside it. */
export const PALM = 500;

const INKS = new Set(["draw", "around"]);
/** What a drag with each tool takes hold of; a tie moves with its figures alone. */
const GRIPS = /** @type {Record<string, (kind: string) => boolean>} */ ({
  move: (kind) => kind !== "tie",
  figure: (kind) => kind === "figure",
  write: (kind) => kind === "writing",
});
/** What a tap with each tool opens rather than adding something new. */
const OPENS = /** @type {Record<string, (kind: string) => boolean>} */ ({
  move: () => true,
  around: () => true,
  figure: (kind) => kind === "figure" || kind === "tie",
  write: (kind) => kind === "writing",
});
const ADDS = /** @type {Record<string, Act["do"]>} */ ({ figure: "add", write: "write", shape: "shape" });

/** @param {string} tool draw, figure, tie, move, around, write, shape or erase @returns {Hand} */
export function resting(tool) {
  return { tool, held: null, fingers: [], crowded: false, from: "", pen: -Infinity };
}

/**
 * The hand after one pointer event, and what it did.
 * @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]}
 */
export function step(hand, touch) {
  const now = touch.by === "pen" ? { ...hand, pen: touch.at } : hand;
  if (touch.type === "down") return down(now, touch);
  if (touch.type === "move") return move(now, touch);
  return lift(now, touch);
}

/** Let go of everything. @param {Hand} hand @returns {[Hand, Act[]]} */
export function drop(hand) {
  return [{ ...hand, held: null, from: "" }, [{ do: "drop" }]];
}

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function down(hand, touch) {
  const before = /** @type {Act[]} */ (hand.held ? [{ do: "drop" }] : []);
  if (touch.by === "pen") return grasp({ ...hand, fingers: [], crowded: false }, touch, before);
  if (hand.held?.start.by === "pen") return [hand, []];
  if (touch.by === "mouse") return grasp(hand, touch, before);
  if (touch.at - hand.pen < PALM) return [hand, []];
  const fingers = [...hand.fingers, finger(touch)];
  if (fingers.length === 1) return grasp({ ...hand, fingers, crowded: false }, touch, before);
  return [{ ...hand, fingers, crowded: true, held: null }, before];
}

/** @param {Hand} hand @param {Touch} touch @param {Act[]} before @returns {[Hand, Act[]]} */
function grasp(hand, touch, before) {
  const points = /** @type {Point[]} */ ([[touch.x, touch.y, 0.6]]);
  const held = { start: touch, last: touch, far: false, points };
  const shown = hand.tool === "erase" ? rubbed(held) : INKS.has(hand.tool) ? sketched(held) : [];
  return [{ ...hand, held, crowded: false }, [...before, ...shown]];
}

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function move(hand, touch) {
  if (hand.crowded) return spread(hand, touch);
  if (hand.held?.start.id !== touch.id) return [hand, []];
  const held = moved(hand.held, touch, INKS.has(hand.tool));
  return [{ ...hand, held }, shown(hand.tool, held, touch)];
}

/** What a hand in the middle of a gesture shows. @param {string} tool @param {Held} held @param {Touch} touch @returns {Act[]} */
function shown(tool, held, { x, y, px, py }) {
  if (INKS.has(tool)) return sketched(held);
  if (tool === "erase") return rubbed(held);
  if (!held.far) return [];
  const { start } = held;
  const thing = start.thing ?? "";
  if (tool === "shape") return [{ do: "span", x: start.x, y: start.y, x2: x, y2: y }];
  if (tool === "tie") return start.kind === "figure" ? [{ do: "stretch", thing, x, y }] : [];
  if (grips(tool, start)) return [{ do: "shift", thing, ...shift(held) }];
  return tool === "move" && !thing ? [{ do: "pan", x: px - held.start.px, y: py - held.start.py }] : [];
}

/** @param {Held} held @returns {Act[]} */
function sketched(held) {
  return [{ do: "sketch", points: held.points }];
}

/** @param {Held} held @returns {Act[]} */
function rubbed(held) {
  return [{ do: "rub", thing: held.last.thing ?? "" }];
}

/** @param {string} tool @param {Touch} start */
function grips(tool, { thing, kind = "" }) {
  return Boolean(thing && GRIPS[tool]?.(kind));
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

/* Two fingers */

/** @param {Touch} touch @returns {Finger} */
function finger({ id, px, py }) {
  return { id, px, py };
}

/** The paper follows the first two fingers. @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function spread(hand, touch) {
  const fingers = hand.fingers.map((one) => (one.id === touch.id ? finger(touch) : one));
  const [before, after] = [pair(hand.fingers), pair(fingers)];
  if (!before || !after || !hand.fingers.slice(0, 2).some(({ id }) => id === touch.id)) return [{ ...hand, fingers }, []];
  const times = before.apart > TAP ? after.apart / before.apart : 1;
  const act = /** @type {Act} */ ({ do: "pinch", x: before.px, y: before.py, x2: after.px, y2: after.py, times });
  return [{ ...hand, fingers }, [act]];
}

/** Where two fingers are together, and how far apart. @param {Finger[]} fingers */
function pair([a, b]) {
  if (!a || !b) return null;
  return { px: (a.px + b.px) / 2, py: (a.py + b.py) / 2, apart: Math.hypot(a.px - b.px, a.py - b.py) };
}

/* Letting go */

/** @param {Hand} hand @param {Touch} touch @returns {[Hand, Act[]]} */
function lift(hand, touch) {
  const fingers = hand.fingers.filter(({ id }) => id !== touch.id);
  const rest = { ...hand, fingers, crowded: hand.crowded && fingers.length > 0 };
  if (hand.held?.start.id !== touch.id) return [rest, []];
  const free = { ...rest, held: null };
  if (touch.type === "cancel") return [{ ...free, from: "" }, [{ do: "drop" }]];
  return released(free, moved(hand.held, touch, false));
}

/** @param {Hand} hand @param {Held} held @returns {[Hand, Act[]]} */
function released(hand, held) {
  const { start, last, far } = held;
  if (hand.tool === "draw") return [hand, [{ do: "stroke", points: held.points }]];
  if (hand.tool === "tie") return tied(hand, held);
  if (hand.tool === "erase") return [hand, [last.thing ? { do: "erase", thing: last.thing } : { do: "drop" }]];
  if (!far) return [hand, [tapped(hand.tool, start)]];
  if (hand.tool === "around") return [hand, [{ do: "around", points: held.points }]];
  if (hand.tool === "shape") return [hand, [{ do: "shape", x: start.x, y: start.y, x2: last.x, y2: last.y }]];
  if (grips(hand.tool, start)) return [hand, [{ do: "move", thing: start.thing ?? "", ...shift(held) }]];
  return [hand, []];
}

/** @param {string} tool @param {Touch} start @returns {Act} */
function tapped(tool, { thing = "", kind = "", x, y }) {
  const adds = ADDS[tool];
  if (adds && !(thing && OPENS[tool]?.(kind))) return { do: adds, x, y };
  return { do: "choose", thing };
}

/** Drag from one figure to another, or tap one and then the other. @param {Hand} hand @param {Held} held @returns {[Hand, Act[]]} */
function tied(hand, { far, start, last }) {
  const figure = (/** @type {Touch} */ touch) => (touch.kind === "figure" ? touch.thing ?? "" : "");
  const [first, second] = far ? [figure(start), figure(last)] : [hand.from, figure(start)];
  const rest = { ...hand, from: "" };
  if (first && second && first !== second) return [rest, [{ do: "tie", thing: first, other: second }]];
  if (!far && second && !first) return [{ ...hand, from: second }, [{ do: "from", thing: second }]];
  if (!far && start.kind === "tie" && !second) return [rest, [{ do: "choose", thing: start.thing ?? "" }]];
  return [rest, [{ do: "drop" }]];
}
