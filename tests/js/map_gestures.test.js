import assert from "node:assert/strict";
import { test } from "node:test";
import { PALM, TAP, drop, resting, step } from "../../src/kith/maps/static/maps/gestures.js";
import { chance } from "./chance.js";

const paper = { id: 1, by: "touch", x: 0.5, y: 0.5, px: 100, py: 100, at: 0, pressure: null };

/** @typedef {import("../../src/kith/maps/static/maps/gestures.js").Act} Act */
/** @typedef {Partial<import("../../src/kith/maps/static/maps/gestures.js").Touch>} Some */

const KEPT = new Set(["stroke", "around", "shape", "write", "add", "move", "tie", "erase", "choose"]);
const TOOLS = ["draw", "figure", "tie", "move", "around", "write", "shape", "erase"];
const figure = (/** @type {string} */ thing) => ({ thing, kind: "figure" });

/** The hand after some events, and all it did. @param {string} tool @param {Some[]} events */
function play(tool, ...events) {
  return playBy(step, tool, ...events);
}

/** The same with any rule. @param {typeof step} rule @param {string} tool @param {Some[]} events */
function playBy(rule, tool, ...events) {
  let hand = resting(tool);
  /** @type {Act[]} */
  const done = [];
  for (const event of events) {
    const [next, acts] = rule(hand, /** @type {any} */ ({ ...paper, ...event }));
    hand = next;
    done.push(...acts);
  }
  return { hand, done, kept: done.filter((act) => KEPT.has(act.do)) };
}

/** @param {Some} [more] @returns {Some} */
const down = (more) => ({ type: "down", ...more });
/** @param {Some} [more] @returns {Some} */
const move = (more) => ({ type: "move", px: 160, x: 0.6, at: 16, ...more });
/** @param {Some} [more] @returns {Some} */
const up = (more) => ({ type: "up", px: 160, x: 0.6, at: 32, ...more });

test("drawing keeps one stroke, on release", () => {
  const before = play("draw", down(), move());
  assert.deepEqual(before.kept, []);
  const { kept } = play("draw", down(), move(), up());
  assert.equal(kept.length, 1);
  assert.deepEqual(kept[0]?.points?.map(([x]) => x), [0.5, 0.6]);
});

test("a tap moves less than five pixels", () => {
  assert.equal(TAP, 5);
  const near = play("figure", down(), up({ px: 104.9, x: 0.51 }));
  assert.deepEqual(near.kept, [{ do: "add", x: 0.5, y: 0.5 }]);
  assert.deepEqual(play("figure", down(), up({ px: 105 })).kept, []);
  const there = play("figure", down(), move({ px: 130 }), move({ px: 100, x: 0.5 }), up({ px: 100, x: 0.5 }));
  assert.deepEqual(there.kept, [], "out and back again is no tap");
});

test("a second finger lets go of what the first began, until all are lifted", () => {
  const two = play("draw", down(), move(), down({ id: 2 }), move(), up(), up({ id: 2 }));
  assert.deepEqual(two.kept, []);
  assert.equal(two.done.filter((act) => act.do === "drop").length, 1);
  const third = play("draw", down(), down({ id: 2 }), up(), down({ id: 3 }), move({ id: 3 }), up({ id: 3 }), up({ id: 2 }));
  assert.deepEqual(third.kept, []);
  const after = play("draw", down(), down({ id: 2 }), up(), up({ id: 2 }), down({ id: 4 }), move({ id: 4 }), up({ id: 4 }));
  assert.equal(after.kept.length, 1);
});

test("a pen wins over a palm, whichever comes first", () => {
  const pen = { id: 9, by: /** @type {"pen"} */ ("pen"), pressure: 0.5 };
  const first = play("draw", down(pen), down({ id: 1 }), move({ id: 1 }), move(pen), up({ id: 1 }), up(pen));
  assert.equal(first.kept.length, 1);
  const beside = play("draw", down(pen), up({ ...pen, at: 40 }), down({ id: 1, at: 40 + PALM - 1 }), up({ id: 1, at: 700 }));
  assert.equal(beside.kept.length, 1, "a palm that stays when the pen is lifted draws nothing");
  const finger = play("draw", down(pen), up({ ...pen, at: 40 }), down({ id: 1, at: 40 + PALM }), up({ id: 1, at: 700 }));
  assert.equal(finger.kept.length, 2, "after a while a finger draws again");
  const later = play("draw", down({ id: 1 }), move({ id: 1 }), down(pen), move(pen), up(pen), up({ id: 1 }));
  assert.equal(later.kept.length, 1);
  assert.equal(later.done.filter((act) => act.do === "drop").length, 1);
});

test("a pointer that is taken away commits nothing", () => {
  for (const tool of TOOLS) {
    const { kept, hand } = play(tool, down({ ...figure("a") }), move(), { type: "cancel" });
    assert.deepEqual(kept, []);
    assert.equal(hand.held, null);
  }
});

test("dragging a figure moves it by as much as the hand went", () => {
  for (const tool of ["figure", "move"]) {
    const { kept } = play(tool, down({ ...figure("a") }), move(), up());
    assert.equal(kept.length, 1);
    assert.equal(kept[0]?.thing, "a");
    assert.ok(Math.abs((kept[0]?.x ?? 0) - 0.1) < 1e-9 && kept[0]?.y === 0);
  }
  assert.deepEqual(play("move", down(), move(), up()).kept, [], "bare paper does not move");
});

test("a tap chooses a figure or a tie; on bare paper it chooses nothing", () => {
  assert.deepEqual(play("figure", down({ ...figure("a") }), up({ px: 100 })).kept, [{ do: "choose", thing: "a" }]);
  assert.deepEqual(play("move", down({ thing: "t", kind: "tie" }), up({ px: 100 })).kept, [{ do: "choose", thing: "t" }]);
  assert.deepEqual(play("move", down(), up({ px: 100 })).kept, [{ do: "choose", thing: "" }]);
});

test("two figures are tied by a tap on each, or by a line drawn from one to the other", () => {
  const still = { px: 100, x: 0.5 };
  const taps = play("tie", down({ ...figure("a") }), up(still), down({ ...figure("b") }), up({ ...still, ...figure("b") }));
  assert.deepEqual(taps.kept, [{ do: "tie", thing: "a", other: "b" }]);
  assert.deepEqual(taps.done[0], { do: "from", thing: "a" });
  const line = play("tie", down({ ...figure("a") }), move(), up({ ...figure("b") }));
  assert.deepEqual(line.kept, [{ do: "tie", thing: "a", other: "b" }]);
});

test("a tie needs two different figures", () => {
  const still = { px: 100, x: 0.5 };
  for (const events of [
    [down({ ...figure("a") }), up(still), down({ ...figure("a") }), up(still)],
    [down({ ...figure("a") }), move(), up()],
    [down({ ...figure("a") }), move(), up({ ...figure("a") })],
    [down({ ...figure("a") }), up(still), down(), up(still)],
  ]) {
    const { kept, hand } = play("tie", ...events);
    assert.deepEqual(kept, []);
    assert.equal(hand.from, "");
  }
});

test("letting go forgets the hand and commits nothing", () => {
  const { hand } = play("tie", down({ ...figure("a") }), up({ px: 100 }));
  const [after, acts] = drop(hand);
  assert.deepEqual([after.held, after.from, acts], [null, "", [{ do: "drop" }]]);
});

test("what is put by a tap opens instead where something of its kind is", () => {
  const still = up({ px: 100, x: 0.5 });
  assert.deepEqual(play("write", down(), still).kept, [{ do: "write", x: 0.5, y: 0.5 }]);
  assert.deepEqual(play("write", down({ thing: "w", kind: "writing" }), still).kept, [{ do: "choose", thing: "w" }]);
  assert.deepEqual(play("write", down(figure("a")), still).kept, [{ do: "write", x: 0.5, y: 0.5 }]);
  assert.deepEqual(play("shape", down(figure("a")), still).kept, [{ do: "shape", x: 0.5, y: 0.5 }]);
  assert.deepEqual(play("figure", down({ thing: "s", kind: "stroke" }), still).kept, [{ do: "add", x: 0.5, y: 0.5 }]);
});

test("a shape is drawn out from corner to corner, a region by a line round it", () => {
  const shape = play("shape", down(), move(), up());
  assert.deepEqual(shape.kept, [{ do: "shape", x: 0.5, y: 0.5, x2: 0.6, y2: 0.5 }]);
  assert.deepEqual(shape.done[0], { do: "span", x: 0.5, y: 0.5, x2: 0.6, y2: 0.5 });
  const round = play("around", down(), move(), move({ y: 0.6, py: 160 }), up());
  assert.equal(round.kept[0]?.do, "around");
  assert.equal(round.kept[0]?.points?.length, 3);
});

test("everything but a tie can be moved with the hand; bare paper is taken along", () => {
  for (const kind of ["figure", "writing", "shape", "stroke", "region"]) {
    assert.deepEqual(play("move", down({ thing: "a", kind }), move(), up()).kept.map((act) => act.do), ["move"]);
  }
  assert.deepEqual(play("move", down({ thing: "t", kind: "tie" }), move(), up()).kept, []);
  assert.deepEqual(play("move", down(), move()).done, [{ do: "pan", x: 60, y: 0 }]);
});

test("the eraser takes off the one thing that is under it when it is lifted", () => {
  const stroke = { thing: "s", kind: "stroke" };
  assert.deepEqual(play("erase", down(stroke), up({ px: 100, ...stroke })).kept, [{ do: "erase", thing: "s" }]);
  const away = play("erase", down(stroke), move({ thing: "", kind: "" }), up({ thing: "", kind: "" }));
  assert.deepEqual(away.kept, [], "one can think again");
  const over = play("erase", down(), move(figure("a")), up(figure("a")));
  assert.deepEqual(over.kept, [{ do: "erase", thing: "a" }]);
  assert.deepEqual(over.done.map((act) => act.do), ["rub", "rub", "erase"]);
});

test("two fingers bring the paper nearer and take it along, with every tool, and keep nothing", () => {
  for (const tool of TOOLS) {
    const { done, kept } = play(tool, down(), down({ id: 2, px: 200 }), move({ id: 2, px: 300 }), up({ id: 2, px: 300 }), up());
    assert.deepEqual(kept, []);
    const pinch = done.find((act) => act.do === "pinch");
    assert.deepEqual(pinch, { do: "pinch", x: 150, y: 100, x2: 200, y2: 100, times: 2 });
  }
  const third = play("draw", down(), down({ id: 2, px: 200 }), down({ id: 3 }), move({ id: 3, px: 400 }));
  assert.ok(third.done.every((act) => act.do !== "pinch"), "a third finger changes nothing");
});

/* A law: whatever came before, a pointer that is taken away commits nothing of what it began. */

/** How many of many cancelled gestures a rule kept something of. @param {typeof step} rule */
function kept(rule) {
  const next = chance(7);
  let found = 0;
  for (let time = 0; time < 2000; time += 1) {
    const tool = TOOLS[Math.floor(next() * TOOLS.length)] ?? "draw";
    const by = /** @type {const} */ (["mouse", "pen", "touch"])[Math.floor(next() * 3)] ?? "touch";
    const on = () => (next() < 0.5 ? {} : { thing: `t${Math.floor(next() * 3)}`, kind: ["figure", "tie", "stroke", "writing"][Math.floor(next() * 4)] ?? "" });
    const where = () => ({ x: next(), y: next(), px: 100 + next() * 9, py: 100 + next() * 200 });
    const events = [down({ by, at: time * 1e4, ...where(), ...on() })];
    for (let moves = Math.floor(next() * 6); moves > 0; moves -= 1) events.push({ type: "move", by, at: time * 1e4 + 9, ...where(), ...on() });
    events.push({ type: "cancel", by, at: time * 1e4 + 20, ...where(), ...on() });
    found += playBy(rule, tool, ...events).kept.length ? 1 : 0;
  }
  return found;
}

test("whatever a hand did before, a cancelled gesture commits nothing", () => {
  assert.equal(kept(step), 0);
});

test("a rule that takes a cancelled pointer for a lifted one is caught", () => {
  const wrong = /** @type {typeof step} */ ((hand, touch) => step(hand, touch.type === "cancel" ? { ...touch, type: "up" } : touch));
  assert.ok(kept(wrong) > 500);
});
