// What is there at each step of a replay, and that a step never leads beyond its ends.
import assert from "node:assert/strict";
import test from "node:test";
import { isThere, moved } from "../../src/kith/maps/static/maps/layers/replay.js";

test("a piece is there from its first step to its last", () => {
  const there = [0, 1, 2, 3, 4].filter((at) => isThere({ first: 1, last: 3 }, at));
  assert.deepEqual(there, [1, 2, 3]);
});

test("a step leads one on or one back, and never beyond either end", () => {
  assert.equal(moved(0, -1, 3), 0);
  assert.equal(moved(3, 1, 3), 3);
  assert.equal(moved(1, 1, 3), 2);
  assert.equal(moved(0, 1, 0), 0);
});
