import assert from "node:assert/strict";
import { test } from "node:test";
import { Nudge, nudged } from "../../src/kith/maps/static/maps/nudge.js";
import { Gestures, post } from "../../src/kith/maps/static/maps/send.js";

/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Gesture} Gesture */
/** @typedef {import("../../src/kith/maps/static/maps/send.js").News} News */

/** @param {string} id */
const some = (id) => /** @type {Gesture} */ ({ id, act: "stroke.add", kind: "stroke", thing: id, made_at: "now", undoes: null, away: false, body: {} });

/** Gestures on a device that can keep them or not. @param {boolean} able @param {boolean} [online] */
function drawer(able, online = true) {
  /** @type {string[]} */
  const told = [];
  /** @type {string[]} */
  const kept = [];
  /** @type {Map<string, (news: News) => void>} */
  const tell = new Map();
  const keep = async (/** @type {string} */ act, /** @type {any} */ body, /** @type {any} */ how) => {
    if (!able) return null;
    kept.push(`${act} ${body.map} ${body.do} ${how.id}`);
    tell.set(how.id, how.tell);
    how.tell({ id: how.id, state: "saved" });
    return how.id;
  };
  const gestures = new Gestures(keep, async () => online, (state) => told.push(state));
  const news = (/** @type {string} */ id, /** @type {string} */ state) => tell.get(id)?.({ id, state });
  return { gestures, told, kept, news };
}

test("gestures are kept one by one, in the order they were drawn", async () => {
  const { gestures, kept } = drawer(true);
  await Promise.all(["a", "b", "c"].map((id) => gestures.add(some(id), "m")));
  assert.deepEqual(kept, ["a", "b", "c"].map((id) => `map.draw m stroke.add ${id}`));
});

test("all is called stored only when each is", async () => {
  const { gestures, told, news } = drawer(true);
  await gestures.add(some("a"), "m");
  await gestures.add(some("b"), "m");
  news("a", "stored");
  assert.equal(told.at(-1), "saved");
  news("b", "sent");
  assert.equal(told.at(-1), "sent");
  news("b", "saved");
  assert.equal(told.at(-1), "saved");
  news("b", "stored");
  assert.equal(told.at(-1), "stored");
  assert.ok(gestures.sent);
});

test("nothing is called stored from the moment that something new is drawn", async () => {
  const { gestures, told, news } = drawer(true);
  await gestures.add(some("a"), "m");
  news("a", "stored");
  const under = gestures.add(some("b"), Promise.resolve("m"));
  assert.equal(told.at(-1), "draft");
  assert.equal(gestures.unsafe, true);
  await under;
  assert.equal(told.at(-1), "saved");
});

test("what is kept here does not hold the page; what is not does", async () => {
  const { gestures } = drawer(true);
  await gestures.add(some("a"), "m");
  assert.equal(gestures.unsafe, false);
  const lost = drawer(false, false);
  await lost.gestures.add(some("a"), "m");
  assert.equal(lost.gestures.unsafe, true);
  assert.equal(lost.told.at(-1), "unsaved");
});

test("where a device can keep nothing, the server takes it at once", async () => {
  const { gestures, told } = drawer(false);
  await gestures.add(some("a"), "m");
  assert.equal(told.at(-1), "stored");
});

test("what cannot be stored is said, whatever else is under way", async () => {
  for (const state of ["refused", "clash"]) {
    const { gestures, told, news } = drawer(true);
    await gestures.add(some("a"), "m");
    await gestures.add(some("b"), "m");
    news("a", state);
    news("b", "stored");
    assert.equal(told.at(-1), "refused");
  }
});

test("only an answer that names the gesture counts", async () => {
  const answers = [Response.json({ stored: "a" }), Response.json({ stored: "b" }), new Response("<h1>"), new Response("", { status: 500 })];
  const real = globalThis.fetch;
  globalThis.fetch = async () => answers.shift() ?? Promise.reject(new TypeError("failed"));
  const got = [];
  for (let at = 0; at < 5; at += 1) got.push(await post("/", "t", some("a")));
  globalThis.fetch = real;
  assert.deepEqual(got, [true, false, false, false, false]);
});

test("arrows nudge; other keys mean nothing here", () => {
  assert.deepEqual(nudged("ArrowLeft", false), [-0.01, 0]);
  assert.deepEqual(nudged("ArrowDown", true), [0, 0.05]);
  assert.equal(nudged("a", false), null);
});

test("nudging keeps one record, when it settles; Escape keeps none", async () => {
  /** @type {[string, number][]} */
  const kept = [];
  const nudge = new Nudge((thing, dx) => kept.push([thing, Math.round(dx * 10) / 10]), 5);
  nudge.by("a", [0.1, 0]);
  nudge.by("a", [0.2, 0]);
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual(kept, [["a", 0.3]]);
  nudge.by("a", [0.3, 0]);
  nudge.drop();
  nudge.by("b", [0.4, 0]);
  nudge.by("c", [0.5, 0]);
  nudge.finish();
  await new Promise((done) => setTimeout(done, 30));
  assert.deepEqual(kept, [["a", 0.3], ["b", 0.4], ["c", 0.5]]);
});
