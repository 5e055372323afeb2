import assert from "node:assert/strict";
import { test } from "node:test";
import { TAP, drop, resting, step } from "../../src/kith/maps/static/maps/gestures.js";

const paper = { id: 1, by: "touch", x: 0.5, y: 0.5, px: 100, py: 100, at: 0, pressure: null };

/** @typedef {import("../../src/kith/maps/static/maps/gestures.js").Act} Act */
/** @typedef {Partial<import("../../src/kith/maps/static/maps/gestures.js").Touch>} Some */

/** The hand after some events, and all it did. @param {string} tool @param {Some[]} events */
function play(tool, ...events) {
  let hand = resting(tool);
  /** @type {Act[]} */
  const done = [];
  for (const event of events) {
    const [next, acts] = step(hand, /** @type {any} */ ({ ...paper, ...event }));
    hand = next;
    done.push(...acts);
  }
  return { hand, done, kept: done.filter(({ do: name }) => ["stroke", "add", "move", "tie", "choose"].includes(name)) };
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
  const later = play("draw", down({ id: 1 }), move({ id: 1 }), down(pen), move(pen), up(pen), up({ id: 1 }));
  assert.equal(later.kept.length, 1);
  assert.equal(later.done.filter((act) => act.do === "drop").length, 1);
});

test("a pointer that is taken away commits nothing", () => {
  for (const tool of ["draw", "figure", "tie", "move"]) {
    const { kept, hand } = play(tool, down({ figure: "a" }), move(), { type: "cancel" });
    assert.deepEqual(kept, []);
    assert.equal(hand.held, null);
  }
});

test("dragging a figure moves it by as much as the hand went", () => {
  for (const tool of ["figure", "move"]) {
    const { kept } = play(tool, down({ figure: "a" }), move(), up());
    assert.equal(kept.length, 1);
    assert.equal(kept[0]?.thing, "a");
    assert.ok(Math.abs((kept[0]?.x ?? 0) - 0.1) < 1e-9 && kept[0]?.y === 0);
  }
  assert.deepEqual(play("move", down(), move(), up()).kept, [], "bare paper does not move");
});

test("a tap chooses a figure or a tie; on bare paper it chooses nothing", () => {
  assert.deepEqual(play("figure", down({ figure: "a" }), up({ px: 100 })).kept, [{ do: "choose", thing: "a" }]);
  assert.deepEqual(play("move", down({ tie: "t" }), up({ px: 100 })).kept, [{ do: "choose", thing: "t" }]);
  assert.deepEqual(play("move", down(), up({ px: 100 })).kept, [{ do: "choose", thing: "" }]);
});

test("two figures are tied by a tap on each, or by a line drawn from one to the other", () => {
  const still = { px: 100, x: 0.5 };
  const taps = play("tie", down({ figure: "a" }), up(still), down({ figure: "b" }), up({ ...still, figure: "b" }));
  assert.deepEqual(taps.kept, [{ do: "tie", thing: "a", other: "b" }]);
  assert.deepEqual(taps.done[0], { do: "from", thing: "a" });
  const line = play("tie", down({ figure: "a" }), move(), up({ figure: "b" }));
  assert.deepEqual(line.kept, [{ do: "tie", thing: "a", other: "b" }]);
});

test("a tie needs two different figures", () => {
  const still = { px: 100, x: 0.5 };
  for (const events of [
    [down({ figure: "a" }), up(still), down({ figure: "a" }), up(still)],
    [down({ figure: "a" }), move(), up()],
    [down({ figure: "a" }), move(), up({ figure: "a" })],
    [down({ figure: "a" }), up(still), down(), up(still)],
  ]) {
    const { kept, hand } = play("tie", ...events);
    assert.deepEqual(kept, []);
    assert.equal(hand.from, "");
  }
});

test("letting go forgets the hand and commits nothing", () => {
  const { hand } = play("tie", down({ figure: "a" }), up({ px: 100 }));
  const [after, acts] = drop(hand);
  assert.deepEqual([after.held, after.from, acts], [null, "", [{ do: "drop" }]]);
});
