// @ts-check
/** Builds the picture in SVG, node by node, and draws again only what changed. */
import { outline } from "./ink.js";
import { tieLine } from "./lines.js";
import { all, ties } from "./picture.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./ink.js").Point} Point */

/** The side of the paper in drawing units; coordinates in records run from 0 to 1. */
export const SIDE = 600;
/** How far a figure reaches from its centre, in drawing units. */
export const REACH = new Map([["small", 27], ["middle", 38], ["large", 54]]);
export const PEN = 5.5;

const SVG = "http://www.w3.org/2000/svg";
const HIT = 37;
const LETTER = 6.4;

/** @param {string} name @param {Record<string, string|number>} [attributes] @param {(Element|string)[]} [inside] */
export function svg(name, attributes = {}, inside = []) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...inside);
  return node;
}

/** @param {Point[]} points @param {number} [width] */
export function strokePath(points, width = PEN) {
  return outline(points.map(([x, y, w]) => [x * SIDE, y * SIDE, w]), width);
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

/** @param {string} text */
function cut(text) {
  const letters = [...text];
  return letters.length > 22 ? `${letters.slice(0, 21).join("")}…` : text;
}

/** @param {Body} figure */
export function end(figure) {
  return { x: figure.x * SIDE, y: figure.y * SIDE, r: REACH.get(figure.size) ?? 38 };
}

/** Figures that are drawn as pictures; all others are a ring with initials. */
const PICTURES = new Set(["animal", "place", "service", "group", "gone", "thing"]);

/** A figure; an old node is kept and filled anew, so that it keeps the focus. @param {Body} figure @param {Element} [old] */
function figureNode(figure, old) {
  const { x, y, r } = end(figure);
  const ring = !PICTURES.has(figure.kind);
  const shape = ring ? `ring-${parseInt(figure.thing.slice(2, 4), 16) % 3}` : figure.kind;
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  const node = old ?? svg("g", { "data-figure": figure.thing });
  const grip = node.querySelector(".grip") ?? svg("g", { class: "grip", tabindex: 0, role: "button" });
  const marks = ["chosen", "from"].filter((name) => node.classList.contains(name));
  node.setAttribute("class", ["figure", `pen-${figure.colour}`, ...marks].join(" "));
  node.setAttribute("transform", place);
  if (!old) node.append(grip);
  while (grip.nextSibling) grip.nextSibling.remove();
  grip.replaceChildren(svg("circle", { class: "hit", r: Math.max(HIT, r) }), svg("circle", { class: "halo", r: r + 7 }));
  grip.append(svg("use", { href: `#picture-${shape}`, x: -60, y: -60, width: 120, height: 120, transform: `scale(${(r / 50).toFixed(3)})` }));
  if (ring) node.append(svg("text", { class: `initials ${figure.size}`, "aria-hidden": "true", y: (r * 0.22).toFixed(1) }, [initials(figure.label)]));
  if (!ring || initials(figure.label) !== figure.label) node.append(...nameNodes(figure.label, x, y, r));
  return node;
}

/** A name stands below its figure, or beside it at the lower edge. @param {string} label @param {number} x @param {number} y @param {number} r */
function nameNodes(label, x, y, r) {
  const rows = lines(label);
  const below = y + r + 8 + rows.length * 24 < SIDE;
  const widest = Math.max(0, ...rows.map((row) => [...row].length * LETTER + 6));
  const side = x + r + 4 + 2 * widest < SIDE ? 1 : -1;
  return rows.map((row, at) => {
    const half = [...row].length * LETTER + 6;
    const inside = Math.max(half - x, 0) - Math.max(x + half - SIDE, 0);
    const dx = below ? inside : side * (r + 10);
    const anchor = below ? "" : side > 0 ? "start" : "end";
    const dy = below ? r + 26 + at * 24 : 8 + (at - (rows.length - 1) / 2) * 24;
    return svg("text", { class: `name ${at ? "rest" : ""} ${anchor}`, "aria-hidden": "true", x: dx.toFixed(1), y: dy.toFixed(1) }, [row]);
  });
}

/** @param {Body} tie @param {Body} a @param {Body} b */
function tieNode(tie, a, b) {
  const line = tieLine(end(a), end(b), /** @type {any} */ (tie));
  const node = svg("g", { class: `tie pen-${tie.colour}`, "data-tie": tie.thing, "aria-hidden": "true" });
  node.append(svg("path", { class: "hit", d: line.reach }));
  for (const { strand, d } of line.paths) node.append(svg("path", { class: strand, d }));
  if (tie.words) {
    const [x, y] = line.beside([...cut(tie.words)].length * LETTER);
    node.append(svg("text", { class: "name rest", x: x.toFixed(1), y: y.toFixed(1) }, [cut(tie.words)]));
  }
  return node;
}

/** @typedef {{node: Element, made: unknown[]}} Shown a node, and what it was made from */

export class Paper {
  /** @param {SVGSVGElement} root @param {(figure: Body, ties: Body[]) => string} name */
  constructor(root, name) {
    this.name = name;
    this.layers = { stroke: svg("g"), tie: svg("g"), figure: svg("g"), sketch: svg("g", { class: "sketch", "aria-hidden": "true" }) };
    root.append(this.layers.stroke, this.layers.tie, this.layers.figure, this.layers.sketch);
    /** @type {Map<string, Shown>} */
    this.shown = new Map();
  }

  /** Draw what changed; a body that is the same object has not. @param {Picture} picture */
  show(picture) {
    const open = ties(picture);
    const still = new Set(open.map(({ thing }) => thing));
    for (const [thing, { kind }] of picture.things) if (kind !== "tie") still.add(thing);
    for (const thing of this.shown.keys()) if (!still.has(thing)) this.wipe(thing);
    for (const [thing, { kind, body }] of picture.things) {
      if (kind === "stroke") this.put(kind, thing, [body], () => strokeNode(thing, body));
      if (kind === "figure") this.put(kind, thing, [body], (old) => figureNode({ thing, ...body }, old));
    }
    for (const tie of open) this.showTie(picture, tie);
    this.nameAll(picture, open);
  }

  /** Draw one figure and its ties, wherever it is just now. @param {Picture} picture @param {string} thing */
  showOne(picture, thing) {
    const body = picture.things.get(thing)?.body;
    if (!body) return;
    this.put("figure", thing, [body], (old) => figureNode({ thing, ...body }, old));
    const mine = ties(picture).filter(({ a, b }) => a === thing || b === thing);
    for (const tie of mine) this.showTie(picture, tie);
    this.nameOne({ thing, ...body }, mine);
  }

  /** @param {Picture} picture @param {Body} tie */
  showTie(picture, tie) {
    const parts = [tie.thing, tie.a, tie.b].map((thing) => picture.things.get(thing)?.body);
    this.put("tie", tie.thing, parts, () => tieNode(tie, parts[1] ?? {}, parts[2] ?? {}));
  }

  /** Every figure says its ties. @param {Picture} picture @param {Body[]} open */
  nameAll(picture, open) {
    /** @type {Map<string, Body[]>} */
    const mine = new Map();
    for (const tie of open) for (const end of [tie.a, tie.b]) mine.set(end, [...(mine.get(end) ?? []), tie]);
    for (const figure of all(picture, "figure")) this.nameOne(figure, mine.get(figure.thing) ?? []);
  }

  /** @param {Body} figure @param {Body[]} mine */
  nameOne(figure, mine) {
    const grip = this.node(figure.thing)?.querySelector(".grip");
    const name = this.name(figure, mine);
    if (grip?.getAttribute("aria-label") !== name) grip?.setAttribute("aria-label", name);
  }

  /** A stroke or a stretched line that is not kept yet. @param {string} d @param {string} colour */
  sketch(d, colour) {
    this.layers.sketch.setAttribute("class", `sketch pen-${colour}`);
    if (!this.layers.sketch.firstChild) this.layers.sketch.append(svg("path"));
    this.layers.sketch.firstElementChild?.setAttribute("d", d);
  }

  /** @param {string} thing */
  node(thing) {
    return this.shown.get(thing)?.node;
  }

  /** @param {"stroke"|"tie"|"figure"} kind @param {string} thing @param {unknown[]} made @param {(old?: Element) => Element} make */
  put(kind, thing, made, make) {
    const old = this.shown.get(thing);
    if (old?.made.every((part, at) => part === made[at])) return;
    const node = make(old?.node);
    this.shown.set(thing, { made, node });
    if (!old) return void this.layers[kind].append(node);
    if (node === old.node) return;
    node.classList.toggle("chosen", old.node.classList.contains("chosen"));
    old.node.replaceWith(node);
  }

  /** Give a figure the focus; false when there is none. @param {string} thing */
  focus(thing) {
    const grip = this.node(thing)?.querySelector(".grip");
    /** @type {SVGElement|null|undefined} */ (grip)?.focus({ preventScroll: true });
    return Boolean(grip);
  }

  /** @param {string} thing */
  wipe(thing) {
    this.shown.get(thing)?.node.remove();
    this.shown.delete(thing);
  }
}

/** @param {string} thing @param {Body} stroke */
function strokeNode(thing, stroke) {
  return svg("path", { class: `stroke pen-${stroke.pen}`, "data-stroke": thing, d: strokePath(stroke.points) });
}
