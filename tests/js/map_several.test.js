// @ts-check
/** Several names at once, as the page without a script reads them (tests/maps/test_twin_laws.py). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { together } from "../../src/kith/maps/static/maps/picture.js";
import { namesIn, room } from "../../src/kith/maps/static/maps/several.js";

test("names stand on lines of their own, or between commas", () => {
  assert.deepEqual(namesIn("Gran"), ["Gran"]);
  assert.deepEqual(namesIn("Gran, T.; the dog"), ["Gran", "T.", "the dog"]);
  assert.deepEqual(namesIn("M., my mum\nB., the dog\n\n"), ["M., my mum", "B., the dog"]);
  assert.deepEqual(namesIn(" , ,\n"), []);
  assert.deepEqual(namesIn("x".repeat(900)), ["x".repeat(200)]);
});

test("each finds room, until there is none", () => {
  /** @type {{x: number, y: number}[]} */
  const there = [];
  for (let at = 0; at < 12; at += 1) {
    const place = room(there, 0.5, 0.3);
    for (const one of there) assert.ok(Math.hypot(one.x - place.x, one.y - place.y) >= 0.149);
    there.push(place);
  }
  const full = Array.from({ length: 400 }, (_, at) => ({ x: (at % 20) / 20, y: Math.floor(at / 20) / 20 }));
  assert.deepEqual(room(full, 0.5, 0.3), { x: 0.5, y: 0.3 });
});

test("what was said at one instant is one step", () => {
  const way = (/** @type {string} */ id, /** @type {string|undefined} */ at) => ({ id, kind: /** @type {const} */ ("figure"), thing: id, body: null, at });
  const ids = (/** @type {(string|undefined)[]} */ ...times) => together(times.map((at, n) => way(`${n}`, at))).map(({ id }) => id);
  assert.deepEqual(ids(), []);
  assert.deepEqual(ids("1", "2"), ["1"]);
  assert.deepEqual(ids("1", "2", "2"), ["1", "2"]);
  assert.deepEqual(ids(undefined, undefined), ["1"], "what does not say when stands alone");
});
