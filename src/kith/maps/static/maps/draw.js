// @ts-check
/** Builds the picture in SVG, node by node, and draws again only what changed. */
import { LiveInk } from "./live.js";
import { FILL, PENS, SIDE, frame, svg } from "./nodes.js";
import { KINDS, all, ties } from "./picture.js";
import { closedCurve, shapePath } from "./shapes.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./picture.js").Kind} Kind */
/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./ink.js").Point} Point */
/** @typedef {{node: Element, kind: Kind, made: unknown[]}} Shown a node, and what it was made from */

export class Paper {
  /**
   * What the page already brought on to the paper (a photo, rings, a layer behind) stays underneath.
   * @param {SVGSVGElement} root @param {(thing: string, kind: Kind, ties: Body[]) => string} name
   */
  constructor(root, name) {
    this.name = name;
    this.layers = /** @type {Record<Kind, Element>} */ (/** @type {unknown} */ (Object.fromEntries(KINDS.map(([kind]) => [kind, svg("g")]))));
    this.sketched = svg("g", { class: "sketch", "aria-hidden": "true" });
    this.live = new LiveInk(this.sketched, () => svg("path"), SIDE);
    root.append(...Object.values(this.layers), this.sketched);
    /** @type {Map<string, Shown>} */
    this.shown = new Map();
    /** The one stroke that the Tab key leads to. */
    this.stop = "";
  }

  /** Draw what changed; a body that is the same object has not. @param {Picture} picture */
  show(picture) {
    const open = ties(picture);
    const still = new Set(open.map(({ thing }) => thing));
    for (const [thing, { kind }] of picture.things) if (kind !== "tie") still.add(thing);
    for (const thing of this.shown.keys()) if (!still.has(thing)) this.wipe(thing);
    for (const [thing, { kind, body }] of picture.things) if (kind !== "tie") this.put(kind, thing, [body]);
    for (const tie of open) this.showTie(picture, tie);
    this.nameAll(picture, open);
    this.rove(this.stop);
  }

  /**
   * Show a thing elsewhere for now, and the ties of a figure with it. It is only pushed along, which
   * costs little; it is filled anew as soon as what is kept is shown.
   * @param {Picture} picture as it would be @param {string} thing @param {number} dx @param {number} dy shares of the paper
   */
  push(picture, thing, dx, dy) {
    const shown = this.shown.get(thing);
    const item = picture.things.get(thing);
    if (!shown || !item) return;
    shown.made = [null];
    const [x, y] = item.kind === "figure" ? [item.body.x, item.body.y] : [dx, dy];
    shown.node.setAttribute("transform", `translate(${(x * SIDE).toFixed(1)} ${(y * SIDE).toFixed(1)})`);
    if (item.kind !== "figure") return;
    for (const tie of ties(picture)) if (tie.a === thing || tie.b === thing) this.showTie(picture, tie);
  }

  /** @param {Picture} picture @param {Body} tie */
  showTie(picture, tie) {
    this.put("tie", tie.thing, [tie.thing, tie.a, tie.b].map((thing) => picture.things.get(thing)?.body));
  }

  /** Every figure says its ties, every tie its figures. @param {Picture} picture @param {Body[]} open */
  nameAll(picture, open) {
    /** @type {Map<string, Body[]>} */
    const mine = new Map();
    for (const tie of open) {
      for (const end of [tie.a, tie.b]) mine.set(end, [...(mine.get(end) ?? []), tie]);
      this.call(tie.thing, "tie", [tie]);
    }
    for (const { thing } of all(picture, "figure")) this.call(thing, "figure", mine.get(thing) ?? []);
  }

  /** @param {string} thing @param {Kind} kind @param {Body[]} mine */
  call(thing, kind, mine) {
    const grip = this.grip(thing);
    const name = this.name(thing, kind, mine);
    if (grip?.getAttribute("aria-label") !== name) grip?.setAttribute("aria-label", name);
  }

  /** @param {Kind} kind @param {string} thing @param {(Body|undefined)[]} made */
  put(kind, thing, made) {
    const old = this.shown.get(thing);
    if (old?.made.every((part, at) => part === made[at])) return;
    const node = old?.node ?? this.layers[kind].appendChild(frame(kind, thing));
    FILL[kind](node, { thing, ...made[0] }, made[1], made[2]);
    this.shown.set(thing, { kind, made, node });
    if (kind !== "figure" && kind !== "tie") this.call(thing, kind, []);
    if (kind === "stroke" && !old) this.rove(thing);
  }

  /* What is not kept yet */

  /** @param {Point[]} points @param {string} colour @param {string} width */
  sketch(points, colour, width) {
    this.inHand("ink", colour);
    this.live.show(points, PENS.get(width) ?? 5.5);
  }

  /** The line round a region, as it closes. @param {Point[]} points @param {string} colour */
  lasso(points, colour) {
    this.inHand("region", colour);
    this.only({ class: "edge", d: closedCurve(points.map(([x, y]) => [x * SIDE, y * SIDE])) });
  }

  /** A shape as it is drawn out. @param {Body} shape @param {string} colour */
  span({ what, x, y, x2, y2 }, colour) {
    this.inHand("ink", colour);
    const [left, top, right, bottom] = [x * SIDE, y * SIDE, x2 * SIDE, y2 * SIDE];
    this.only({ d: shapePath({ what, x: left, y: top, x2: right, y2: bottom }) || shapePath({ what: "box", x: left, y: top, x2: right, y2: bottom }) });
  }

  /** @param {string} d @param {string} colour */
  line(d, colour) {
    this.inHand("ink", colour);
    this.only({ d });
  }

  /** @param {Record<string, string>} attributes */
  only(attributes) {
    this.sketched.replaceChildren(svg("path", attributes));
  }

  /** @param {string} what @param {string} colour */
  inHand(what, colour) {
    const css = `sketch ${what} pen-${colour}`;
    if (this.sketched.getAttribute("class") !== css) this.sketched.setAttribute("class", css);
  }

  /** Nothing is in hand any more. */
  clear() {
    this.live.clear();
  }

  /* Finding things */

  /** @param {string} thing */
  node(thing) {
    return this.shown.get(thing)?.node;
  }

  /** The part of a thing that takes the focus. @param {string} thing */
  grip(thing) {
    const shown = this.shown.get(thing);
    return /** @type {SVGElement|null|undefined} */ (shown?.kind === "figure" ? shown.node.querySelector(".grip") : shown?.node);
  }

  /** Give a thing the focus; false when there is none. @param {string} thing */
  focus(thing) {
    this.rove(thing);
    const grip = this.grip(thing);
    grip?.focus({ preventScroll: true });
    return Boolean(grip);
  }

  /** Of strokes, which may be many, the Tab key leads to one. @param {string} thing */
  rove(thing) {
    const is = (/** @type {string} */ one) => this.shown.get(one)?.kind === "stroke";
    const last = this.layers.stroke.lastElementChild?.getAttribute("data-thing") ?? "";
    const next = is(thing) ? thing : is(this.stop) ? this.stop : last;
    if (next !== this.stop) this.node(this.stop)?.setAttribute("tabindex", "-1");
    if (next) this.node(next)?.setAttribute("tabindex", "0");
    this.stop = next;
  }

  /**
   * The thing before or after one of the same kind; "first" and "last" of them all.
   * @param {string} thing @param {"before"|"after"|"first"|"last"} way @returns {string}
   */
  beside(thing, way) {
    const node = this.node(thing);
    const next = { before: node?.previousElementSibling, after: node?.nextElementSibling,
      first: node?.parentNode?.firstElementChild, last: node?.parentNode?.lastElementChild }[way];
    return next?.getAttribute("data-thing") ?? "";
  }

  /** @param {string} thing */
  wipe(thing) {
    this.node(thing)?.remove();
    this.shown.delete(thing);
    if (thing === this.stop) this.stop = "";
  }
}
