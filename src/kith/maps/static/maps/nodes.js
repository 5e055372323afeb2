// @ts-check
/** How each kind of thing looks on the paper: fills one SVG node, which stays so that it keeps the focus. */
import { faces } from "./faces.js";
import { outline } from "./ink.js";
import { tieLine } from "./lines.js";
import { STAMPS, closedCurve, shapePath } from "./shapes.js";

/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./ink.js").Point} Point */

/** The side of the paper in drawing units; coordinates in records run from 0 to 1. */
export const SIDE = 600;
/** How far a figure reaches from its centre, in drawing units. */
export const REACH = new Map([["small", 27], ["middle", 38], ["large", 54]]);
/** How broad a stroke is where it is heaviest, in drawing units. */
export const PENS = new Map([["fine", 3], ["middle", 5.5], ["broad", 11]]);

const SVG = "http://www.w3.org/2000/svg";
const HIT = 37;
const LETTER = 6.4;
/** The room that a letter takes on a line, in drawing units. */
const TIGHT = 9.5;
/** Figures that are drawn as pictures; all others are a ring with initials. */
const PICTURES = new Set(["animal", "place", "service", "group", "gone", "thing"]);
/** Height of a line of writing, in drawing units. */
const LINE = new Map([["small", 22], ["middle", 30], ["large", 44]]);
const MARKS = ["chosen", "from", "rubbed"];

/** @param {string} name @param {Record<string, string|number>} [attributes] @param {(Element|string)[]} [inside] */
export function svg(name, attributes = {}, inside = []) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...inside);
  return node;
}

/** An empty node for a thing, before it is filled. @param {import("./picture.js").Kind} kind @param {string} thing */
export function frame(kind, thing) {
  const node = svg(kind === "stroke" ? "path" : "g", { "data-thing": thing, "data-kind": kind });
  if (kind === "figure") return node;
  node.setAttribute("tabindex", kind === "stroke" ? "-1" : "0");
  node.setAttribute("role", "button");
  return node;
}

/** How each kind fills its node; `body` also names its `thing`, a tie brings its two figures. */
export const FILL = /** @type {Record<import("./picture.js").Kind, (node: Element, body: Body, a?: Body, b?: Body) => void>} */ ({
  region: fillRegion, stroke: fillStroke, shape: fillShape, tie: fillTie, figure: fillFigure, writing: fillWriting,
});

/** What kind of thing it is and in which colour, as classes; marks that it bears stay. @param {Element} node @param {string[]} names */
function dress(node, ...names) {
  if (names[0] !== "figure") node.removeAttribute("transform");
  const marks = MARKS.filter((name) => node.classList.contains(name));
  node.setAttribute("class", [...names, ...marks].join(" "));
}

/** @param {Element} node @param {Body} stroke */
function fillStroke(node, stroke) {
  dress(node, "stroke", `pen-${stroke.pen}`);
  node.setAttribute("d", outline(stroke.points.map(inUnits), PENS.get(stroke.width) ?? 5.5));
}

/** @param {number[]} point @returns {Point} */
function inUnits([x = 0, y = 0, w = 0]) {
  return [x * SIDE, y * SIDE, w];
}

/** @param {Element} node @param {Body} shape */
function fillShape(node, shape) {
  dress(node, "shape", `pen-${shape.colour}`);
  const [x, y, x2, y2] = [shape.x, shape.y, shape.x2, shape.y2].map((at) => at * SIDE);
  if (STAMPS.has(shape.what)) return node.replaceChildren(...stamp(shape.what, x ?? 0, y ?? 0, x2 ?? 0, y2 ?? 0));
  node.replaceChildren(svg("path", { d: shapePath({ what: shape.what, x: x ?? 0, y: y ?? 0, x2: x2 ?? 0, y2: y2 ?? 0 }) }));
}

/** A picture from corner to corner, and all of its box to take hold of. @param {string} what @param {number} x @param {number} y @param {number} x2 @param {number} y2 */
function stamp(what, x, y, x2, y2) {
  const [across, down] = [Math.max(Math.abs(x2 - x), 6), Math.max(Math.abs(y2 - y), 6)];
  const place = `translate(${((x + x2) / 2).toFixed(1)} ${((y + y2) / 2).toFixed(1)}) scale(${(across / 100).toFixed(3)} ${(down / 100).toFixed(3)})`;
  const box = { class: "hit", x: -50, y: -50, width: 100, height: 100 };
  return [svg("g", { transform: place }, [svg("rect", box), svg("use", { href: `#picture-${what}`, x: -60, y: -60, width: 120, height: 120 })])];
}

/** @param {Element} node @param {Body} region */
function fillRegion(node, region) {
  dress(node, "region", `pen-${region.colour}`);
  const spots = region.points.map((/** @type {number[]} */ [x = 0, y = 0]) => [x * SIDE, y * SIDE]);
  const edge = closedCurve(spots);
  node.replaceChildren(svg("path", { class: "wash", d: edge }), svg("path", { class: "edge", d: edge }));
  if (!region.label) return;
  const [top] = [...spots].sort((a, b) => a[1] - b[1]);
  const half = [...cut(region.label)].length * LETTER;
  const x = Math.min(SIDE - half - 6, Math.max(half + 6, top[0]));
  node.append(svg("text", { class: "name", "aria-hidden": "true", x: x.toFixed(1), y: Math.max(22, top[1] - 8).toFixed(1) }, [cut(region.label)]));
}

/** @param {Element} node @param {Body} writing */
function fillWriting(node, writing) {
  dress(node, "writing", `pen-${writing.colour}`, writing.size);
  const height = LINE.get(writing.size) ?? 30;
  const rows = wrapped(writing.words, Math.max(8, Math.floor(SIDE * 0.9 / (height * 0.5))));
  const width = Math.max(...rows.map((row) => [...row].length)) * height * 0.5;
  const x = Math.min(writing.x * SIDE, Math.max(6, SIDE - width - 6));
  const y = Math.min(writing.y * SIDE, SIDE - rows.length * height);
  const spans = rows.map((row, at) => svg("tspan", { x: x.toFixed(1), dy: at ? height : 0 }, [`${row} `]));
  node.replaceChildren(
    svg("rect", { class: "hit", x: x - 6, y: y - height * 0.8, width: width + 12, height: rows.length * height + 6 }),
    svg("text", { class: "written", "aria-hidden": "true", x: x.toFixed(1), y: y.toFixed(1) }, spans),
  );
}

/** Words in rows of some letters at most; a row that was ended by hand ends there. @param {string} words @param {number} letters */
export function wrapped(words, letters) {
  /** @type {string[]} */
  const rows = [];
  for (const line of words.split("\n")) {
    let row = "";
    for (const word of line.split(/\s+/).flatMap((one) => pieces(one, letters))) {
      if (row && [...row, ...word].length + 1 > letters) {
        rows.push(row);
        row = word;
      } else row = row ? `${row} ${word}` : word;
    }
    rows.push(row);
  }
  return rows;
}

/** A word too long for a row, in parts. @param {string} word @param {number} letters */
function pieces(word, letters) {
  const all = [...word];
  const count = Math.max(1, Math.ceil(all.length / letters));
  return Array.from({ length: count }, (_, at) => all.slice(at * letters, (at + 1) * letters).join(""));
}

/** The letters inside a plain ring: up to two initials. @param {string} label */
export function initials(label) {
  const words = label.replace(/,.*/s, "").split(/\s+/).filter(Boolean);
  const whole = words.join(" ");
  if (whole.length <= 3) return whole.replace(/\.$/, "");
  return words.slice(0, 2).map((word) => [...word].slice(0, 1).join("")).join("");
}

/** A name in two lines: what comes before the first comma, and the rest. @param {string} label */
export function lines(label) {
  const at = label.indexOf(",");
  const [first, rest] = at < 0 ? [label, ""] : [label.slice(0, at), label.slice(at + 1).trim()];
  return [cut(first), cut(rest)].filter(Boolean);
}

/** @param {string} text @param {number} [most] letters */
function cut(text, most = 22) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** @param {Body} figure */
export function end(figure) {
  const [y, r, rows] = [figure.y * SIDE, REACH.get(figure.size) ?? 38, lines(figure.label ?? "")];
  const under = bears(figure) && hangs(y, r, rows) ? { half: breadth(rows), down: 8 + rows.length * 24 } : undefined;
  return { x: figure.x * SIDE, y, r, under };
}

/** Whether its name stands beside its picture: initials that say all of it need none. @param {Body} figure */
function bears(figure) {
  const label = figure.label ?? "";
  return PICTURES.has(figure.kind) || faces.has(figure.thing) || initials(label) !== label;
}

/** Whether there is room for a name below. @param {number} y @param {number} r @param {string[]} rows */
function hangs(y, r, rows) {
  return y + r + 8 + rows.length * 24 < SIDE;
}

/** Half of how broad the rows of a name are. @param {string[]} rows */
function breadth(rows) {
  return Math.max(0, ...rows.map((row) => [...row].length * LETTER + 6));
}

/** @param {Element} node @param {Body} figure */
function fillFigure(node, figure) {
  const { x, y, r } = end(figure);
  const ring = !PICTURES.has(figure.kind);
  const shape = ring ? `ring-${parseInt(figure.thing.slice(2, 4), 16) % 3}` : figure.kind;
  const grip = node.querySelector(".grip") ?? node.appendChild(svg("g", { class: "grip", tabindex: 0, role: "button" }));
  dress(node, "figure", `pen-${figure.colour}`);
  node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  while (grip.nextSibling) grip.nextSibling.remove();
  grip.replaceChildren(svg("circle", { class: "hit", r: Math.max(HIT, r) }), svg("circle", { class: "halo", r: r + 7 }));
  grip.append(svg("use", { href: `#picture-${shape}`, x: -60, y: -60, width: 120, height: 120, transform: `scale(${(r / 50).toFixed(3)})` }));
  const face = faces.get(figure.thing);
  if (face) grip.append(svg("image", { class: "face", href: face, x: -r, y: -r, width: 2 * r, height: 2 * r, preserveAspectRatio: "xMidYMid slice" }));
  if (ring && !face) node.append(svg("text", { class: `initials ${figure.size}`, "aria-hidden": "true", y: (r * 0.22).toFixed(1) }, [initials(figure.label)]));
  if (bears(figure)) node.append(...nameNodes(figure.label, x, y, r));
}

/** A name stands below its figure, or beside it at the lower edge. @param {string} label @param {number} x @param {number} y @param {number} r */
function nameNodes(label, x, y, r) {
  const rows = lines(label);
  const below = hangs(y, r, rows);
  const side = x + r + 4 + 2 * breadth(rows) < SIDE ? 1 : -1;
  return rows.map((row, at) => {
    const half = [...row].length * LETTER + 6;
    const inside = Math.max(half - x, 0) - Math.max(x + half - SIDE, 0);
    const dx = below ? inside : side * (r + 10);
    const anchor = below ? "" : side > 0 ? "start" : "end";
    const dy = below ? r + 26 + at * 24 : 8 + (at - (rows.length - 1) / 2) * 24;
    return svg("text", { class: `name ${at ? "rest" : ""} ${anchor}`, "aria-hidden": "true", x: dx.toFixed(1), y: dy.toFixed(1) }, [row]);
  });
}

/** @param {Element} node @param {Body} tie @param {Body} [a] @param {Body} [b] */
function fillTie(node, tie, a = {}, b = {}) {
  const line = tieLine(end(a), end(b), /** @type {any} */ (tie));
  dress(node, "tie", `pen-${tie.colour}`);
  node.replaceChildren(svg("path", { class: "hit", d: line.reach }));
  for (const { strand, d } of line.paths) node.append(svg("path", { class: strand, d }));
  if (!tie.words) return;
  const { x, y, turn, length } = line.along;
  const rows = wrapped(tie.words, Math.max(6, Math.floor(length / TIGHT)));
  const [first = "", second = ""] = rows;
  const shown = [first, second].filter(Boolean);
  // What there is room for, as it stands in the name of the tie: that says all of it.
  const spans = shown.map((row, at) => svg("tspan", { x: 0, y: -13 - 22 * (shown.length - 1 - at) }, [`${row} `]));
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`;
  node.append(svg("text", { class: "tie-words", "aria-hidden": "true", transform: place }, spans));
}
