// @ts-check
/** `<relation-map>`: what a hand or a key does on the paper of one map. */
import { Desk } from "./desk.js";
import { drop, resting, step } from "./gestures.js";
import { Nudge, nudged } from "./nudge.js";

/** @typedef {import("./gestures.js").Act} Act */
/** @typedef {import("./gestures.js").Touch} Touch */

const POINTERS = /** @type {const} */ (["pointerdown", "pointermove", "pointerup", "pointercancel"]);

class Hand {
  /** @param {HTMLElement} host @param {AbortSignal} signal */
  constructor(host, signal) {
    this.host = host;
    this.hand = resting("draw");
    this.frame = 0;
    this.desk = new Desk(host, this);
    this.nudge = new Nudge((thing, place) => this.desk.move(thing, place));
    this.onTool();
    this.listen(signal);
    this.guard(signal);
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const { svg } = this.desk;
    for (const type of POINTERS) svg.addEventListener(type, (event) => this.onPointer(event), { signal });
    svg.addEventListener("touchstart", holdStill, { signal, passive: false });
    svg.addEventListener("click", (event) => event.detail === 0 && this.press(thingAt(event.target, "figure")), { signal });
    svg.addEventListener("keydown", (event) => this.onKey(event), { signal });
    svg.addEventListener("focusout", () => this.nudge.finish(), { signal });
    this.desk.find("[data-place=tools]").addEventListener("change", () => this.onTool(), { signal });
    for (const act of ["undo", "redo"]) {
      this.desk.find(`[data-act=${act}]`).addEventListener("click", () => this.walk(act), { signal });
    }
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
    if (event.type === "pointermove" && !this.hand.held) return;
    if (event.type === "pointerdown") this.desk.svg.setPointerCapture(event.pointerId);
    for (const part of event.type === "pointermove" ? parts(event) : [event]) this.touch(this.read(event.type, part));
  }

  /** @param {Touch} touch */
  touch(touch) {
    const [hand, acts] = step(this.hand, touch);
    this.hand = hand;
    for (const act of acts) this.do(act);
  }

  /** @param {string} type @param {PointerEvent} event @returns {Touch} */
  read(type, event) {
    const box = this.desk.svg.getBoundingClientRect();
    const under = type === "pointermove" ? null : document.elementFromPoint(event.clientX, event.clientY);
    return {
      type: /** @type {Touch["type"]} */ (type.slice("pointer".length)),
      id: event.pointerId,
      by: /** @type {Touch["by"]} */ (event.pointerType),
      x: inside((event.clientX - box.left) / box.width),
      y: inside((event.clientY - box.top) / box.height),
      px: event.clientX,
      py: event.clientY,
      at: event.timeStamp,
      pressure: event.pointerType === "pen" ? event.pressure : null,
      figure: thingAt(under, "figure"),
      tie: thingAt(under, "tie"),
    };
  }

  /** @param {Act} act */
  do(act) {
    const { desk } = this;
    const { thing = "", other = "", x = 0, y = 0, points = [] } = act;
    if (act.do === "sketch") return this.soon(() => desk.sketch(points));
    if (act.do === "shift") return this.soon(() => desk.showAt(thing, desk.placeOf(thing, x, y)));
    if (act.do === "stretch") return this.soon(() => desk.stretch(thing, x, y));
    this.settle(act.do === "from" ? thing : "");
    if (act.do === "stroke") desk.addStroke(points);
    if (act.do === "add") desk.addFigure(x, y);
    if (act.do === "choose") desk.choose(thing, false);
    if (act.do === "tie") desk.addTie(thing, other);
    if (act.do === "move") desk.move(thing, desk.placeOf(thing, x, y));
    if (act.do === "from") desk.tell("from", thing);
    if (act.do === "drop") desk.still();
  }

  /** Draw at the next frame; only the last of several. @param {() => void} draw */
  soon(draw) {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(draw);
  }

  /** Forget what was only shown. @param {string} from the figure a tie starts from, if any */
  settle(from) {
    cancelAnimationFrame(this.frame);
    this.desk.paper.sketch("", this.desk.pen);
    this.desk.mark("from", from);
  }

  /* Keys */

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key === "Escape") return this.escape();
    const thing = thingAt(event.target, "figure");
    if (!thing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.onFigureKey(event, thing)) return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {string} thing @returns {boolean} whether the key meant something */
  onFigureKey(event, thing) {
    const place = nudged(event.key, event.shiftKey, this.nudge.open?.place ?? this.desk.placeOf(thing));
    if (place) {
      this.nudge.to(thing, place);
      this.desk.showAt(thing, place);
      return true;
    }
    if (event.key === "Enter" || event.key === " ") this.press(thing);
    else if (event.key === "Delete" || event.key === "Backspace") this.takeOff(thing);
    else return false;
    return true;
  }

  /** @param {string} thing */
  takeOff(thing) {
    this.nudge.finish();
    this.desk.takeOff(thing);
    this.desk.svg.focus({ preventScroll: true });
  }

  /** A press without a pointer: ties with the tie tool, else opens the card. @param {string} figure */
  press(figure) {
    if (!figure) return;
    this.nudge.finish();
    if (this.hand.tool !== "tie") return this.desk.choose(figure, true);
    const still = { id: -1, x: 0, y: 0, px: 0, py: 0, at: 0, pressure: null, figure };
    this.touch({ ...still, by: "mouse", type: "down" });
    this.touch({ ...still, by: "mouse", type: "up" });
  }

  /** @param {KeyboardEvent} event */
  onAnyKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (closest(event.target, "input, textarea")) return;
    event.preventDefault();
    this.walk(event.shiftKey ? "redo" : "undo");
  }

  /** @param {string} act undo or redo */
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
    /** @type {HTMLInputElement} */ (this.desk.find("input[name=map-tool][value=tie]")).checked = true;
    this.onTool();
    this.press(thing);
  }

  onTool() {
    const tool = /** @type {HTMLInputElement} */ (this.desk.find("input[name=map-tool]:checked")).value;
    this.host.dataset.tool = tool;
    this.hand = { ...resting(tool), fingers: this.hand.fingers };
    this.settle("");
  }
}

/** A finger on a figure moves it; the page must not move instead. @param {TouchEvent} event */
function holdStill(event) {
  if (event.touches.length === 1 && thingAt(event.target, "figure")) event.preventDefault();
}

/** @param {number} value */
function inside(value) {
  return Math.min(1, Math.max(0, value));
}

/** @param {PointerEvent} event @returns {PointerEvent[]} */
function parts(event) {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length ? all : [event];
}

/** @param {EventTarget|null} node @param {string} selector */
function closest(node, selector) {
  return node instanceof Element ? node.closest(selector) : null;
}

/** @param {EventTarget|null} node @param {"figure"|"tie"} kind */
function thingAt(node, kind) {
  return closest(node, `[data-${kind}]`)?.getAttribute(`data-${kind}`) ?? "";
}

class RelationMap extends HTMLElement {
  connectedCallback() {
    this.ending = new AbortController();
    new Hand(this, this.ending.signal);
  }

  disconnectedCallback() {
    this.ending?.abort();
  }
}

customElements.define("relation-map", RelationMap);
