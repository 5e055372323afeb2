import assert from "node:assert/strict";
import { test } from "node:test";
import { Nudge, nudged, onPaper } from "../../src/kith/maps/static/maps/nudge.js";
import { Outbox, newId } from "../../src/kith/maps/static/maps/send.js";

/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Gesture} Gesture */

/** @param {string} id */
const some = (id) => /** @type {Gesture} */ (/** @type {unknown} */ ({ id }));

/** An outbox whose server answers as told, one answer a post. @param {number[]} answers */
function outbox(answers) {
  /** @type {string[]} */
  const posted = [];
  /** @type {string[]} */
  const told = [];
  const post = async (/** @type {Gesture} */ gesture) => {
    posted.push(gesture.id);
    return answers.shift() ?? 200;
  };
  return { posted, told, box: new Outbox(post, (state) => told.push(state), async () => {}) };
}

test("gestures go out one by one, in order", async () => {
  const { box, posted, told } = outbox([]);
  await Promise.all([box.add(some("a")), box.add(some("b")), box.add(some("c"))]);
  assert.deepEqual(posted, ["a", "b", "c"]);
  assert.equal(told.at(-1), "stored");
  assert.equal(box.open, false);
});

test("a failure loses nothing: the same id goes out again, and nothing is called stored before", async () => {
  const { box, posted, told } = outbox([0, 500, 403, 200]);
  await box.add(some("a"));
  await box.add(some("b"));
  assert.deepEqual(posted, ["a", "a", "a", "a", "b"]);
  assert.deepEqual(told.filter((state) => state === "stored").length, 2);
  assert.ok(told.indexOf("waiting") < told.indexOf("stored"));
});

test("what the server cannot take is said, kept, and does not hold up the rest", async () => {
  const { box, posted, told } = outbox([422]);
  await box.add(some("a"));
  await box.add(some("b"));
  assert.deepEqual(posted, ["a", "b"]);
  assert.equal(told.at(-1), "refused");
  assert.equal(box.open, true);
});

test("a connection that comes back ends the pause", async () => {
  /** @type {string[]} */
  const states = [];
  const answers = [0, 200];
  const box = new Outbox(async () => answers.shift() ?? 200, (state) => states.push(state), () => new Promise(() => {}));
  const sent = box.add(some("a"));
  while (!states.includes("waiting")) await new Promise((next) => setImmediate(next));
  await new Promise((next) => setImmediate(next));
  void box.flush(true);
  await sent;
  assert.equal(states.at(-1), "stored");
});

test("ids are random and of version 4", () => {
  const ids = new Set(Array.from({ length: 500 }, newId));
  assert.equal(ids.size, 500);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("arrows nudge and stay on the paper; other keys mean nothing here", () => {
  assert.deepEqual(nudged("ArrowLeft", false, { x: 0.5, y: 0.5 }), { x: 0.49, y: 0.5 });
  assert.deepEqual(nudged("ArrowDown", true, { x: 0.5, y: 0.95 }), { x: 0.5, y: 0.96 });
  assert.equal(nudged("a", false, { x: 0.5, y: 0.5 }), null);
  assert.equal(onPaper(-3), 0.04);
});

test("nudging keeps one place, when it settles; Escape keeps none", async () => {
  /** @type {[string, number][]} */
  const kept = [];
  const nudge = new Nudge((thing, place) => kept.push([thing, place.x]), 5);
  nudge.to("a", { x: 0.1, y: 0 });
  nudge.to("a", { x: 0.2, y: 0 });
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual(kept, [["a", 0.2]]);
  nudge.to("a", { x: 0.3, y: 0 });
  nudge.drop();
  nudge.to("b", { x: 0.4, y: 0 });
  nudge.to("c", { x: 0.5, y: 0 });
  nudge.finish();
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual(kept, [["a", 0.2], ["b", 0.4], ["c", 0.5]]);
});
