// @ts-check
/** What is kept, shown and said about one map: every act becomes one gesture, sent and drawn. */
import { Card } from "./card.js";
import { Paper } from "./draw.js";
import { outline, thinned } from "./ink.js";
import { leadOn } from "./more.js";
import { Names, say } from "./names.js";
import { SIDE, end } from "./nodes.js";
import { free, middle, onPaper, scaled, share, shifted, within } from "./places.js";
import { again, back, drawn, opened, reaching, ties, together } from "./picture.js";
import { newId } from "../web/ids.js";
import { inShell, show as showState, warn } from "../web/kept.js";
import { isKnown, recall, remember } from "./remember.js";
import { Gestures, post } from "./send.js";
import { usual } from "./shapes.js";
import { earlierSteps } from "./steps.js";
import { Twin } from "./twin.js";
import { keep, mapOf } from "./way.js";

/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./picture.js").Kind} Kind */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./ink.js").Point} Point */
/** @typedef {{pen: string, width: string, what: string}} InHand */

const FINE = 0.0008;
const ROUGH = 0.002;
const MOST = { stroke: 5000, region: 2000 };
const NEAR = 0.14; // how near two figures put by a button may stand
const FEW = 6; // so many steps before the end of those brought, more are fetched
const A_MOMENT = 400; // milliseconds: what passes by sooner is not worth a word

/** @param {string} id */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}

/** The time now, and always after the gesture before, whatever the clock says. @param {string} latest */
function after(latest) {
  const last = latest ? Date.parse(latest) : 0;
  return new Date(Math.max(Date.now(), last + 1)).toISOString();
}

export class Desk {
  /** @param {HTMLElement} host the `<relation-map>` @param {{tieFrom: (thing: string) => void, inHand: InHand}} hand */
  constructor(host, hand) {
    this.host = host;
    this.hand = hand;
    this.words = json("map-words");
    this.picture = opened(json("map-state"));
    this.names = new Names(this.words, () => this.picture);
    this.chosen = "";
    /** Writing that has a place and no words yet. @type {{thing: string, kind: Kind, body: Body}|null} */
    this.begun = null;
    this.recalled = false;
    this.soon = 0;
    this.walking = Promise.resolve();
    /** @type {import("./picture.js").Gesture[]} */
    this.drawn = [];
    this.svg = /** @type {SVGSVGElement} */ (host.querySelector("svg.paper"));
    this.paper = new Paper(this.svg, (thing, kind, mine) => this.names.full(thing, kind, mine));
    this.card = new Card(this.find("[data-place=card]"), (act, body) => this.onCard(act, body));
    this.twin = new Twin(/** @type {HTMLElement} */ (document.getElementById("map-list")), host.dataset.list ?? "", this);
    const token = /** @type {HTMLInputElement|null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
    this.gestures = new Gestures(keep, (gesture) => post(host.dataset.save ?? "", token, gesture), (state) => this.onState(state));
    this.map = mapOf(location.pathname, host.dataset.map);
    this.show(this.picture);
    void warn();
    if (inShell()) void this.offerCopy();
    else remember(this.map, () => this.picture);
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.host.querySelector(selector));
  }

  /** Whether nothing was drawn on this page, and no card is open. */
  get untouched() {
    return !this.gestures.sent && !this.gestures.open.size && !this.begun && !this.card.place.childElementCount;
  }

  /** The colour in hand. */
  get pen() {
    return this.hand.inHand.pen;
  }

  /* Acts: each keeps one gesture */

  /** @param {Point[]} points */
  addStroke(points) {
    const fine = thinned(points, FINE, MOST.stroke).map((point) => point.map(share));
    this.keep("stroke.add", "stroke", newId(), { points: fine, pen: this.pen, width: this.hand.inHand.width });
    this.tell("stroke", "");
  }

  /** A line drawn round anything. @param {Point[]} points */
  addRegion(points) {
    const few = thinned(points, ROUGH, MOST.region).map(([x, y]) => [share(x), share(y)]);
    if (few.length < 3) return this.still();
    this.add("region", { points: few, label: "", colour: this.pen }, "around");
  }

  /** @param {number} x @param {number} y */
  addFigure(x, y) {
    this.add("figure", { label: "", kind: "", x: onPaper(x), y: onPaper(y), size: "middle", colour: this.pen }, "added");
  }

  /** With a second corner it was drawn out; without, it gets the usual size. @param {number} x @param {number} y @param {number} [x2] @param {number} [y2] */
  addShape(x, y, x2, y2) {
    const { what } = this.hand.inHand;
    const box = x2 === undefined || y2 === undefined ? usual(what, x, y) : { what, x, y, x2, y2 };
    const [left, top, right, bottom] = [box.x, box.y, box.x2, box.y2].map(share);
    this.add("shape", { what, x: left, y: top, x2: right, y2: bottom, colour: this.pen }, "shape");
  }

  /** Words are kept once there are any. @param {number} x @param {number} y */
  write(x, y) {
    this.choose("", false);
    const body = { x: onPaper(x), y: onPaper(y), words: "", size: "middle", colour: this.pen };
    this.begun = { thing: newId(), kind: "writing", body };
    this.chosen = this.begun.thing;
    this.card.open(this.host, { kind: "writing", body, names: {} }, true);
    this.paper.line(outline([[x * SIDE, y * SIDE - 22, 0.7], [x * SIDE, y * SIDE + 4, 0.7]], 4), this.pen);
    this.tell("write", "");
  }

  /** @param {string} a @param {string} b */
  addTie(a, b) {
    const there = ties(this.picture).find((tie) => (tie.a === a && tie.b === b) || (tie.a === b && tie.b === a));
    const thing = there?.thing ?? newId();
    if (!there) this.keep("tie.add", "tie", thing, { a, b, words: "", qualities: [], line: "plain", direction: "", colour: this.pen });
    this.tell("tied", thing);
    this.choose(thing, true);
  }

  /** Something new, and its card. @param {Kind} kind @param {Body} body @param {string} said */
  add(kind, body, said) {
    const thing = newId();
    this.keep(`${kind}.add`, kind, thing, body);
    this.tell(said, thing);
    this.choose(thing, kind !== "shape");
  }

  /** What a tool puts on the paper without a pointer: in the middle of what is seen. @param {string} tool @param {[number, number]} at */
  put(tool, [x, y]) {
    const figures = [...this.picture.things.values()].filter(({ kind }) => kind !== "region" && kind !== "tie" && kind !== "stroke");
    const at = free(figures.map(({ body }) => body), x, y, NEAR);
    if (tool === "figure") this.addFigure(at.x, at.y);
    if (tool === "write") this.write(at.x, at.y);
    if (tool === "shape") this.addShape(at.x, at.y);
    if (tool === "around") this.addRegion(roundAbout(x, y));
  }

  /** @param {string} thing @param {number} dx @param {number} dy */
  move(thing, dx, dy) {
    const item = this.picture.things.get(thing);
    if (item) this.change(`${item.kind}.move`, thing, shifted(item.body, dx, dy));
  }

  /** @param {string} act @param {string} thing @param {Body} changes */
  change(act, thing, changes) {
    const item = this.picture.things.get(thing);
    const body = { ...item?.body, ...changes };
    if (!item || JSON.stringify(body) === JSON.stringify(item.body)) return this.still();
    this.keep(act, item.kind, thing, body);
    this.tell(act.endsWith(".move") ? "moved" : "changed", thing);
  }

  /** @param {string} thing */
  takeOff(thing) {
    const item = this.picture.things.get(thing);
    if (item) this.tell("removed", thing);
    this.choose("", false);
    if (!item) return this.still();
    const last = this.picture.things.get(thing) ?? item; // closing its card may have said something new
    this.keep(`${item.kind}.take-off`, item.kind, thing, last.body, { away: true });
  }

  /**
   * Keep one gesture. Each says all of its thing anew; what is new has its gesture's own id.
   * @param {string} act @param {Kind} kind @param {string} thing @param {Body} body
   * @param {{away?: boolean, undoes?: string|null, at?: string}} [how]
   */
  keep(act, kind, thing, body, { away = false, undoes = null, at = after(this.picture.latest) } = {}) {
    const id = act.endsWith(".add") ? thing : newId();
    const gesture = { id, act, kind, thing, made_at: at, undoes, away, body };
    this.picture = drawn(this.picture, gesture);
    this.drawn.push(gesture);
    this.show(this.picture);
    void this.gestures.add(gesture, this.map);
    if (this.whole) remember(this.map, () => this.picture);
  }

  /* The way back, as far as it goes */

  /** @param {"undo"|"redo"} act */
  walk(act) {
    this.choose("", false);
    if (this.step(act)) this.walking = this.walking.then(() => this.walkOne(act));
    else this.tell(`nothing-to-${act}`, "");
  }

  /** The next step, or the name of the one before which more can be fetched. @param {"undo"|"redo"} act */
  step(act) {
    return act === "undo" ? back(this.picture) || this.picture.earlier : again(this.picture) || this.picture.further;
  }

  /** @param {"undo"|"redo"} act */
  async walkOne(act) {
    const ways = () => (act === "undo" ? this.picture.done : this.picture.undone);
    if (ways().length === 0) await this.reach(act);
    if (ways().length === 0) return this.tell(this.step(act) ? "steps-away" : `nothing-to-${act}`, "");
    const at = after(this.picture.latest);
    for (const way of together(ways())) {
      const body = way.body ?? this.picture.things.get(way.thing)?.body ?? {};
      this.keep(`map.${act}`, way.kind, way.thing, body, { away: way.body === null, undoes: way.id, at });
    }
    this.tell(act, "");
    if (ways().length < FEW) void this.reach(act);
  }

  /** Fetch steps from before those that were brought. @param {"undo"|"redo"} act */
  async reach(act) {
    const before = act === "undo" ? this.picture.earlier : this.picture.further;
    const found = before && (await earlierSteps(this.host.dataset.steps ?? "", act, before));
    if (!found) return;
    this.picture = reaching(this.picture, act, before, found);
    this.showSteps();
  }

  /* Without a connection */

  /** Whether the paper shows all of the map, and not only what was drawn since it was opened bare. */
  get whole() {
    return !inShell() || this.recalled;
  }

  /** Where the map was put by on this device, let its passphrase bring it back on to the paper. */
  async offerCopy() {
    const [map, form] = [await this.map, document.querySelector("form[data-copy]")];
    if (!(form instanceof HTMLFormElement) || !(await isKnown(map))) return;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("passphrase"));
      const found = await recall(map, field.value);
      field.value = "";
      if (typeof found === "number") return showState(form, found ? "wrong" : "gone");
      this.recalled = form.hidden = true;
      this.picture = [...this.drawn].reduce(drawn, opened(found));
      this.show(this.picture);
    });
  }

  /* The one that is chosen */

  /** @param {string} thing @param {boolean} focus whether its card takes the focus */
  choose(thing, focus) {
    if (this.chosen) this.card.close();
    this.begun = null;
    const item = this.picture.things.get(thing);
    this.chosen = item ? thing : "";
    this.mark("chosen", this.chosen);
    this.twin.mark(this.chosen);
    if (!item) return;
    const { a, b } = item.body;
    const names = { a: a && this.names.of(a), b: b && this.names.of(b), name: this.names.of(thing) };
    this.card.open(this.host, { kind: item.kind, body: item.body, names }, focus);
    leadOn(this.card.place, thing, item.body.kind === "self");
  }

  /** @param {string} act @param {Body} changes */
  onCard(act, changes) {
    const thing = this.chosen;
    if (act === "change") return this.begun ? this.keepBegun(changes) : this.change(`${this.picture.things.get(thing)?.kind}.change`, thing, changes);
    if (act === "larger" || act === "smaller") return this.grow(thing, act === "larger" ? 1.25 : 0.8);
    if (act === "remove") this.begun = null;
    if (act === "remove") return this.takeOff(thing);
    this.choose("", false);
    this.still();
    if (act === "tie") this.hand.tieFrom(thing);
    if (!this.paper.focus(thing)) this.svg.focus({ preventScroll: true });
  }

  /** @param {string} thing @param {number} times */
  grow(thing, times) {
    const item = this.picture.things.get(thing);
    if (item) this.change(`${item.kind}.change`, thing, scaled(item.body, times));
  }

  /** The first words make a begun writing a thing on the paper. @param {Body} changes */
  keepBegun(changes) {
    const begun = this.begun;
    if (!begun) return;
    begun.body = { ...begun.body, ...changes };
    if (!begun.body.words) return;
    this.begun = null;
    this.paper.clear();
    this.keep(`${begun.kind}.add`, begun.kind, begun.thing, begun.body);
    this.tell("written", begun.thing);
  }

  /* What is shown */

  /** @param {Picture} picture */
  show(picture) {
    this.paper.show(picture);
    this.showSteps();
    this.mark("chosen", this.chosen);
  }

  showSteps() {
    for (const act of /** @type {const} */ (["undo", "redo"])) {
      this.find(`[data-act=${act}]`).setAttribute("aria-disabled", String(!this.step(act)));
    }
  }

  /** Nothing came of it: show what is kept. */
  still() {
    this.paper.clear();
    this.show(this.picture);
    this.onState(this.gestures.state);
  }

  /** @param {string} thing @param {number} x @param {number} y */
  stretch(thing, x, y) {
    const from = this.picture.things.get(thing)?.body;
    if (!from) return;
    const { x: fx, y: fy } = end(from);
    this.paper.line(outline([[fx, fy, 0.5], [x * SIDE, y * SIDE, 0.7]], 4), this.pen);
  }

  /** Show a thing elsewhere; nothing is kept yet. @param {string} thing @param {number} dx @param {number} dy */
  showAt(thing, dx, dy) {
    const item = this.picture.things.get(thing);
    if (!item) return;
    const [x, y] = within(item.body, dx, dy);
    const body = item.kind === "figure" ? { ...item.body, x: item.body.x + x, y: item.body.y + y } : item.body;
    const things = new Map(this.picture.things).set(thing, { ...item, body });
    this.state("draft");
    this.paper.push({ ...this.picture, things }, thing, x, y);
  }

  /** The middle of a thing on the paper. @param {string} thing */
  middleOf(thing) {
    const item = this.picture.things.get(thing);
    if (item?.kind !== "tie") return item ? middle(item.body) : null;
    const [a, b] = [item.body.a, item.body.b].map((one) => this.picture.things.get(one)?.body ?? { x: 0.5, y: 0.5 });
    return middle({ x: a?.x, y: a?.y, x2: b?.x, y2: b?.y });
  }

  /** @param {string} name @param {string} thing */
  mark(name, thing) {
    const node = this.paper.node(thing);
    for (const old of this.svg.querySelectorAll(`.${name}`)) if (old !== node) old.classList.remove(name);
    node?.classList.add(name);
  }

  /* What is said */

  /** @param {string} what @param {string} thing */
  tell(what, thing) {
    this.say(what, { name: this.names.of(thing) });
  }

  /** @param {string} what @param {Record<string, string>} facts */
  say(what, facts) {
    this.find("[data-place=says]").textContent = say(this.words.says[what] ?? "", facts);
  }

  /** @param {import("./send.js").State} state */
  onState(state) {
    clearTimeout(this.soon);
    if (state === "saved" || state === "sent") this.soon = window.setTimeout(() => this.state(state), A_MOMENT);
    else this.state(state);
    if (state === "stored" && this.gestures.sent) void this.twin.refresh();
  }

  /** @param {string} state */
  state(state) {
    const place = this.find("[data-place=state]");
    if (place.dataset.state === state) return;
    place.dataset.state = state;
    place.textContent = this.words.states[state] ?? "";
  }
}

/** A loose round, as one draws about something. @param {number} x @param {number} y @returns {Point[]} */
function roundAbout(x, y) {
  return Array.from({ length: 24 }, (_, at) => {
    const turn = (at / 24) * 2 * Math.PI;
    return [x + 0.17 * Math.cos(turn), y + 0.13 * Math.sin(turn), 0.6];
  });
}
