// @ts-check
/** `<relation-map>`: what a hand or a key does on the paper of one map. */
import { inShell } from "../web/kept.js";
import { Desk } from "./desk.js";
import { drop, resting, step } from "./gestures.js";
import { cameLate } from "./late.js";
import { Nudge, nudged } from "./nudge.js";
import { Sight } from "./sight.js";
import { Tools } from "./tools.js";

/** @typedef {import("./gestures.js").Act} Act */
/** @typedef {import("./gestures.js").Touch} Touch */

const POINTERS = /** @type {const} */ (["pointerdown", "pointermove", "pointerup", "pointercancel"]);
/** Of several things under a hand, which is meant. */
const FIRST = ["figure", "writing", "shape", "tie", "stroke", "region"];
const BESIDE = /** @type {Record<string, "before"|"after"|"first"|"last">} */ ({ PageUp: "before", PageDown: "after", Home: "first", End: "last" });

class Hand {
  /** @param {HTMLElement} host @param {AbortSignal} signal */
  constructor(host, signal) {
    this.host = host;
    this.hand = resting("draw");
    this.frame = 0;
    this.rubbed = "";
    this.tools = new Tools(host, () => this.onTool(), signal);
    this.desk = new Desk(host, this);
    this.sight = new Sight(host, this.desk.svg, (what) => this.desk.tell(what, ""));
    this.nudge = new Nudge((thing, dx, dy) => this.desk.move(thing, dx, dy));
    this.onTool();
    this.listen(signal);
    this.guard(signal);
  }

  /** Whether nothing was begun on this page, so that it can be made anew. */
  get idle() {
    const { held, crowded } = this.hand;
    return !held && !crowded && this.desk.untouched && !document.activeElement?.matches("input:not([type=radio]), textarea, select");
  }

  /** What is in hand beside the tool. */
  get inHand() {
    return { pen: this.tools.value("map-pen"), width: this.tools.value("map-width"), what: this.tools.value("map-shape") };
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const { svg } = this.desk;
    for (const type of POINTERS) svg.addEventListener(type, (event) => this.onPointer(event), { signal });
    svg.addEventListener("touchstart", (event) => this.holdStill(event), { signal, passive: false });
    svg.addEventListener("wheel", (event) => this.sight.wheel(event), { signal, passive: false });
    svg.addEventListener("click", (event) => event.detail === 0 && this.press(thingOf(event.target)), { signal });
    svg.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.desk.card.place.addEventListener("keydown", (event) => this.onCardKey(/** @type {KeyboardEvent} */ (event)), { signal });
    svg.addEventListener("focusin", (event) => this.onFocus(event), { signal });
    svg.addEventListener("focusout", () => this.nudge.finish(), { signal });
    this.host.addEventListener("click", (event) => this.onButton(event), { signal });
    document.addEventListener("keydown", (event) => this.onAnyKey(event), { signal });
  }

  /**
   * What is not even on this device holds the page; the quick exit takes the element away first,
   * and so is free.
   * @param {AbortSignal} signal
   */
  guard(signal) {
    const { gestures } = this.desk;
    addEventListener("beforeunload", (event) => gestures.unsafe && event.preventDefault(), { signal });
  }

  /* Pointers */

  /** @param {PointerEvent} event */
  onPointer(event) {
    if (event.type === "pointerdown" && event.button !== 0) return;
    if (event.type === "pointermove" && !this.hand.held && !this.hand.crowded) return;
    if (event.type === "pointerdown") this.desk.svg.setPointerCapture(event.pointerId);
    if (event.type === "pointerdown") this.sight.measure();
    for (const part of event.type === "pointermove" && this.hand.tool !== "erase" ? parts(event) : [event]) this.touch(this.read(event.type, part));
  }

  /** @param {Touch} touch */
  touch(touch) {
    const [hand, acts] = step(this.hand, touch);
    this.hand = hand;
    for (const act of acts) this.do(act);
  }

  /** @param {string} type @param {PointerEvent} event @returns {Touch} */
  read(type, event) {
    const looks = type !== "pointermove" || this.hand.tool === "erase";
    const [x, y] = this.sight.at(event.clientX, event.clientY);
    return {
      type: /** @type {Touch["type"]} */ (type.slice("pointer".length)),
      id: event.pointerId,
      by: /** @type {Touch["by"]} */ (event.pointerType),
      x,
      y,
      px: event.clientX,
      py: event.clientY,
      at: event.timeStamp,
      pressure: event.pointerType === "pen" ? event.pressure : null,
      ...(looks && this.hand.tool !== "draw" ? under(event.clientX, event.clientY) : {}),
    };
  }

  /** @param {Act} act */
  do(act) {
    const { desk } = this;
    const { thing = "", other = "", x = 0, y = 0, points = [] } = act;
    if (this.doForNow(act)) return;
    this.settle(act.do === "from" ? thing : "");
    if (act.do === "stroke") desk.addStroke(points);
    if (act.do === "around") desk.addRegion(points);
    if (act.do === "shape") desk.addShape(x, y, act.x2, act.y2);
    if (act.do === "write") desk.write(x, y);
    if (act.do === "add") desk.addFigure(x, y);
    if (act.do === "choose") desk.choose(thing, false);
    if (act.do === "tie") desk.addTie(thing, other);
    if (act.do === "move") desk.move(thing, x, y);
    if (act.do === "erase") desk.takeOff(thing);
    if (act.do === "from") desk.tell("from", thing);
    if (act.do === "drop") desk.still();
  }

  /** What is only shown while the hand moves. @param {Act} act @returns {boolean} whether it was that */
  doForNow(act) {
    const { desk, sight } = this;
    const { thing = "", x = 0, y = 0, x2 = 0, y2 = 0, points = [] } = act;
    const { pen, width, what } = act.do === "sketch" || act.do === "span" ? this.inHand : { pen: "", width: "", what: "" };
    if (act.do === "sketch") this.soon(() => this.sketch(points, pen, width));
    else if (act.do === "span") this.soon(() => desk.paper.span({ what, x, y, x2, y2 }, pen));
    else if (act.do === "shift") this.soon(() => desk.showAt(thing, x, y));
    else if (act.do === "stretch") this.soon(() => desk.stretch(thing, x, y));
    else if (act.do === "rub") this.rub(thing);
    else if (act.do === "pinch") sight.pinch(act);
    else if (act.do === "pan") this.pan(x, y);
    else return false;
    return true;
  }

  /** @param {import("./ink.js").Point[]} points @param {string} pen @param {string} width */
  sketch(points, pen, width) {
    this.desk.state("draft");
    if (this.hand.tool === "around") this.desk.paper.lasso(points, pen);
    else this.desk.paper.sketch(points, pen, width);
  }

  /** Show what the eraser would take off. @param {string} thing */
  rub(thing) {
    if (thing !== this.rubbed) this.desk.mark("rubbed", thing);
    this.rubbed = thing;
  }

  /** The hand takes the paper along. @param {number} x @param {number} y pixels since it took hold */
  pan(x, y) {
    const before = this.panned ?? { x: 0, y: 0 };
    this.panned = { x, y };
    this.sight.drag(x - before.x, y - before.y);
  }

  /** Draw at the next frame; only the last of several. @param {() => void} draw */
  soon(draw) {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(draw);
  }

  /** Forget what was only shown. @param {string} from the figure a tie starts from, if any */
  settle(from) {
    cancelAnimationFrame(this.frame);
    this.panned = undefined;
    this.desk.paper.clear();
    this.desk.mark("from", from);
    this.rub("");
  }

  /** Two fingers, or one on what can be moved, are for the paper; the page must not move instead. @param {TouchEvent} event */
  holdStill(event) {
    const { thing = "", kind = "" } = under(event.touches[0]?.clientX ?? 0, event.touches[0]?.clientY ?? 0);
    const grips = thing && (this.hand.tool === "move" ? kind !== "tie" : kind === "figure" || kind === "writing");
    if (event.touches.length > 1 || grips) event.preventDefault();
  }

  /* Keys */

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key === "Escape") return this.escape();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const thing = thingOf(event.target);
    const meant = thing ? this.onThingKey(event, thing) || this.sight.key(event.key, false) : this.onPaperKey(event);
    if (meant) event.preventDefault();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key meant something */
  onPaperKey(event) {
    if (event.key !== "Enter") return this.sight.key(event.key, true);
    this.desk.put(this.hand.tool, this.sight.middle());
    return true;
  }

  /** @param {KeyboardEvent} event @param {string} thing @returns {boolean} whether the key meant something */
  onThingKey(event, thing) {
    const way = this.desk.picture.things.get(thing)?.kind === "tie" ? null : nudged(event.key, event.shiftKey);
    const beside = BESIDE[event.key];
    if (way) this.nudgeBy(thing, way);
    else if (beside) this.desk.paper.focus(this.desk.paper.beside(thing, beside));
    else if (event.key === "Enter" || event.key === " ") this.press(thing);
    else if (event.key === "Delete" || event.key === "Backspace") this.takeOff(thing);
    else return false;
    return true;
  }

  /** Escape closes a card; words that were only begun are let go. @param {KeyboardEvent} event */
  onCardKey(event) {
    if (event.key !== "Escape") return;
    this.desk.onCard(this.desk.begun ? "remove" : "close", {});
    if (this.desk.svg.contains(document.activeElement)) return;
    this.desk.svg.focus({ preventScroll: true });
  }

  /** @param {string} thing @param {[number, number]} way */
  nudgeBy(thing, way) {
    const { dx, dy } = this.nudge.by(thing, way);
    this.desk.showAt(thing, dx, dy);
  }

  /** @param {FocusEvent} event */
  onFocus(event) {
    const thing = thingOf(event.target);
    const middle = thing && this.desk.middleOf(thing);
    if (middle && /** @type {Element} */ (event.target).matches(":focus-visible")) this.sight.seek(middle);
    if (thing) this.desk.paper.rove(thing);
  }

  /** @param {string} thing */
  takeOff(thing) {
    this.nudge.finish();
    this.desk.takeOff(thing);
    this.desk.svg.focus({ preventScroll: true });
  }

  /** A press without a pointer: ties with the tie tool, takes off with the eraser, else opens the card. @param {string} thing */
  press(thing) {
    const kind = this.desk.picture.things.get(thing)?.kind;
    if (!kind) return;
    this.nudge.finish();
    if (this.hand.tool === "erase") return this.takeOff(thing);
    if (this.hand.tool !== "tie" || kind !== "figure") return this.desk.choose(thing, true);
    const still = { id: -1, x: 0, y: 0, px: 0, py: 0, at: 0, pressure: null, thing, kind };
    this.touch({ ...still, by: "mouse", type: "down" });
    this.touch({ ...still, by: "mouse", type: "up" });
  }

  /** @param {KeyboardEvent} event */
  onAnyKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (event.target instanceof Element && event.target.closest("input[type=text], textarea")) return;
    event.preventDefault();
    this.walk(event.shiftKey ? "redo" : "undo");
  }

  /* Buttons */

  /** @param {Event} event */
  onButton(event) {
    const act = /** @type {Element} */ (event.target).closest("[data-act]")?.getAttribute("data-act") ?? "";
    if (act === "undo" || act === "redo") this.walk(act);
    if (act === "nearer" || act === "farther" || act === "whole") this.sight.press(act);
    if (act === "put") this.desk.put(this.hand.tool, this.sight.middle());
  }

  /** @param {"undo"|"redo"} act */
  walk(act) {
    this.nudge.finish();
    this.desk.walk(act);
  }

  escape() {
    this.nudge.drop();
    [this.hand] = drop(this.hand);
    this.settle("");
    this.desk.choose("", false);
    this.desk.still();
    this.desk.tell("cancelled", "");
  }

  /* Tools */

  /** @param {string} thing */
  tieFrom(thing) {
    this.tools.take("tie");
    this.press(thing);
  }

  onTool() {
    this.hand = { ...resting(this.tools.tool), fingers: this.hand.fingers, pen: this.hand.pen };
    this.settle("");
  }
}

/** @param {PointerEvent} event @returns {PointerEvent[]} */
function parts(event) {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
}

/** The thing that a place on the screen means, if any. @param {number} px @param {number} py */
function under(px, py) {
  const found = document.elementsFromPoint(px, py).map(node).filter((one) => one !== null);
  const [best] = found.sort((a, b) => FIRST.indexOf(kindOf(a)) - FIRST.indexOf(kindOf(b)));
  return best ? { thing: best.getAttribute("data-thing") ?? "", kind: kindOf(best) } : {};
}

/** @param {Element} part */
function node(part) {
  return part.closest("[data-thing]");
}

/** @param {Element} thing */
function kindOf(thing) {
  return thing.getAttribute("data-kind") ?? "";
}

/** @param {EventTarget|null} part */
function thingOf(part) {
  return (part instanceof Element && node(part)?.getAttribute("data-thing")) || "";
}

class RelationMap extends HTMLElement {
  connectedCallback() {
    this.ending = new AbortController();
    const hand = new Hand(this, this.ending.signal);
    if (!inShell() && this.dataset.keeps !== "nothing") void cameLate(() => hand.idle, this.ending.signal);
  }

  disconnectedCallback() {
    this.ending?.abort();
  }
}

customElements.define("relation-map", RelationMap);
