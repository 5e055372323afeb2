// @ts-check
/** What is kept, shown and said about one map: every act becomes one gesture, sent and drawn. */
import { Card } from "./card.js";
import { Paper, SIDE, end, strokePath } from "./draw.js";
import { outline, thin } from "./ink.js";
import { onPaper } from "./nudge.js";
import { again, back, drawn, opened, ties, together } from "./picture.js";
import { newId } from "../web/ids.js";
import { inShell, show as showState, warn } from "../web/kept.js";
import { isKnown, recall, remember } from "./remember.js";
import { Gestures, post } from "./send.js";
import { Twin } from "./twin.js";
import { keep, mapOf } from "./way.js";

/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./picture.js").Kind} Kind */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./ink.js").Point} Point */

const FINE = 0.0008;
const A_MOMENT = 400; // milliseconds: what passes by sooner is not worth a word

/** @param {string} id */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}

/** @param {string} text @param {Record<string, string>} facts */
function say(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

/** @param {number} value */
function short(value) {
  return Math.round(value * 10000) / 10000;
}

/** The time now, and always after the gesture before, whatever the clock says. @param {string} latest */
function after(latest) {
  const last = latest ? Date.parse(latest) : 0;
  return new Date(Math.max(Date.now(), last + 1)).toISOString();
}

export class Desk {
  /** @param {HTMLElement} host the `<relation-map>` @param {{tieFrom: (thing: string) => void}} hand */
  constructor(host, hand) {
    this.host = host;
    this.hand = hand;
    this.words = json("map-words");
    this.picture = opened(json("map-state"));
    this.chosen = "";
    this.recalled = false;
    this.soon = 0;
    /** @type {import("./picture.js").Gesture[]} */
    this.drawn = [];
    this.svg = /** @type {SVGSVGElement} */ (host.querySelector("svg.paper"));
    this.paper = new Paper(this.svg, (figure, mine) => this.fullName(figure, mine));
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

  /** The colour in hand. */
  get pen() {
    return /** @type {HTMLInputElement} */ (this.find("input[name=map-pen]:checked")).value;
  }

  /* Acts: each keeps one gesture */

  /** @param {Point[]} points */
  addStroke(points) {
    const fine = thin(points, FINE).map((point) => point.map(short));
    this.keep("stroke.add", "stroke", newId(), { points: fine, pen: this.pen });
    this.tell("stroke", "");
  }

  /** @param {number} x @param {number} y */
  addFigure(x, y) {
    const thing = newId();
    this.keep("figure.add", "figure", thing, { label: "", kind: "", x: onPaper(x), y: onPaper(y), size: "middle", colour: this.pen });
    this.tell("added", thing);
    this.choose(thing, true);
  }

  /** @param {string} a @param {string} b */
  addTie(a, b) {
    const there = ties(this.picture).find((tie) => (tie.a === a && tie.b === b) || (tie.a === b && tie.b === a));
    const thing = there?.thing ?? newId();
    if (!there) this.keep("tie.add", "tie", thing, { a, b, words: "", qualities: [], line: "plain", direction: "", colour: this.pen });
    this.tell("tied", thing);
    this.choose(thing, true);
  }

  /** @param {string} thing @param {{x: number, y: number}} place */
  move(thing, place) {
    this.change("figure.move", thing, place);
  }

  /** @param {string} act @param {string} thing @param {Body} changes */
  change(act, thing, changes) {
    const item = this.picture.things.get(thing);
    const body = { ...item?.body, ...changes };
    if (!item || JSON.stringify(body) === JSON.stringify(item.body)) return this.still();
    this.keep(act, item.kind, thing, body);
    this.tell(act === "figure.move" ? "moved" : "changed", thing);
  }

  /** @param {string} thing */
  takeOff(thing) {
    const item = this.picture.things.get(thing);
    if (!item) return;
    this.tell("removed", thing);
    this.choose("", false);
    this.keep(`${item.kind}.take-off`, item.kind, thing, item.body, { away: true });
  }

  /** One step: all that was said at one instant. @param {string} act undo or redo */
  walk(act) {
    const ways = together(act === "undo" ? this.picture.done : this.picture.undone);
    if (!ways.length) return this.tell(`nothing-to-${act}`, "");
    this.choose("", false);
    const at = after(this.picture.latest);
    for (const way of ways) {
      const body = way.body ?? this.picture.things.get(way.thing)?.body ?? {};
      this.keep(`map.${act}`, way.kind, way.thing, body, { away: way.body === null, undoes: way.id, at });
    }
    this.tell(act, "");
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
    const item = this.picture.things.get(thing);
    this.chosen = item ? thing : "";
    this.mark("chosen", this.chosen);
    this.twin.mark(this.chosen);
    if (!item || item.kind === "stroke") return;
    const { a, b } = item.body;
    const names = { a: this.nameOf(a), b: this.nameOf(b), name: this.nameOf(thing) };
    this.card.open(this.host, { kind: item.kind, body: item.body, names }, focus);
  }

  /** @param {string} act @param {Body} changes */
  onCard(act, changes) {
    const thing = this.chosen;
    if (act === "change") return this.change(`${this.picture.things.get(thing)?.kind}.change`, thing, changes);
    if (act === "remove") return this.takeOff(thing);
    this.choose("", false);
    if (act === "tie") this.hand.tieFrom(thing);
    if (!this.paper.focus(thing)) this.svg.focus({ preventScroll: true });
  }

  /* What is shown */

  /** @param {Picture} picture */
  show(picture) {
    this.paper.show(picture);
    const ways = { undo: back(this.picture), redo: again(this.picture) };
    for (const [act, way] of Object.entries(ways)) this.find(`[data-act=${act}]`).setAttribute("aria-disabled", String(!way));
    this.mark("chosen", this.chosen);
  }

  /** Nothing came of it: show what is kept. */
  still() {
    this.paper.sketch("", this.pen);
    this.show(this.picture);
    this.onState(this.gestures.state);
  }

  /** @param {Point[]} points */
  sketch(points) {
    this.state("draft");
    this.paper.sketch(strokePath(points), this.pen);
  }

  /** @param {string} thing @param {number} x @param {number} y */
  stretch(thing, x, y) {
    const from = this.picture.things.get(thing)?.body;
    if (!from) return;
    const { x: fx, y: fy } = end(from);
    this.paper.sketch(outline([[fx, fy, 0.5], [x * SIDE, y * SIDE, 0.7]], 4), this.pen);
  }

  /** Show a figure elsewhere; nothing is kept yet. @param {string} thing @param {{x: number, y: number}} place */
  showAt(thing, place) {
    const item = this.picture.things.get(thing);
    if (!item) return;
    const things = new Map(this.picture.things).set(thing, { ...item, body: { ...item.body, ...place } });
    this.state("draft");
    this.paper.showOne({ ...this.picture, things }, thing);
  }

  /** Where a figure would be, moved by a part of the paper. @param {string} thing @param {number} dx @param {number} dy */
  placeOf(thing, dx = 0, dy = 0) {
    const { x, y } = this.picture.things.get(thing)?.body ?? { x: 0.5, y: 0.5 };
    return { x: onPaper(x + dx), y: onPaper(y + dy) };
  }

  /** @param {string} name @param {string} thing */
  mark(name, thing) {
    for (const node of this.svg.querySelectorAll(`.${name}`)) node.classList.remove(name);
    this.paper.node(thing)?.classList.add(name);
  }

  /* What is said */

  /** @param {string} thing @returns {string} */
  nameOf(thing) {
    const item = this.picture.things.get(thing);
    if (item?.kind === "tie") return say(this.words.between, { a: this.nameOf(item.body.a), b: this.nameOf(item.body.b) });
    return item?.body.label || this.words.unnamed;
  }

  /** A figure in words: its name, what it is, and its ties. @param {Body} figure @param {Body[]} mine */
  fullName(figure, mine) {
    const tied = mine.map((tie) => {
      const name = this.nameOf(tie.a === figure.thing ? tie.b : tie.a);
      const how = tie.qualities.map((/** @type {string} */ quality) => this.words.qualities[quality] ?? quality);
      return say(this.words["tied-to"], { name }) + (how.length ? ` (${how.join(", ")})` : "");
    });
    return [this.nameOf(figure.thing), this.words.kinds[figure.kind], ...tied].filter(Boolean).join(". ");
  }

  /** @param {string} what @param {string} thing */
  tell(what, thing) {
    this.say(what, { name: this.nameOf(thing) });
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
