import assert from "node:assert/strict";
import { test } from "node:test";
import { Gestures } from "../../src/kith/maps/static/maps/send.js";
import { Held } from "../../src/kith/maps/static/maps/way.js";

/** A device that keeps what it is told to. @param {(act: string) => boolean} [able] */
function device(able = () => true) {
  /** @type {any[]} */
  const kept = [];
  /** @type {import("../../src/kith/maps/static/maps/way.js").Keep} */
  const keep = async (act, body, how) => (able(act) ? (kept.push([act, body, how?.id, how?.at]), how?.id ?? "") : null);
  return { kept, keep };
}

test("what is held is called held, and never stored", async () => {
  const [held, told] = [new Held("m"), /** @type {string[]} */ ([])];
  const gestures = new Gestures((act, body, how) => held.keep(act, body, how), async () => assert.fail("it was sent"), (state) => told.push(state));
  await gestures.add(/** @type {any} */ ({ id: "a", act: "stroke.add", kind: "stroke", made_at: "then", body: {} }), "m");
  assert.equal(told.at(-1), "held");
  assert.equal(gestures.unsafe, false);
});

test("kept after all, it is kept in its order, with its own ids and times, on a map of its own", async () => {
  const [held, { kept, keep }] = [new Held("m"), device()];
  await held.keep("map.draw", { map: "m" }, { id: "a", at: "then" });
  await held.keep("talk.say", { map: "m" }, { id: "b", at: "later" });
  assert.equal(await held.keepAfterAll(keep), true);
  assert.deepEqual(kept, [["map.begin", {}, "m", undefined], ["map.draw", { map: "m" }, "a", "then"], ["talk.say", { map: "m" }, "b", "later"]]);
});

test("where it cannot be kept, it is said so and still held", async () => {
  const held = new Held("m");
  await held.keep("map.draw", {}, { id: "a", at: "then" });
  assert.equal(await held.keepAfterAll(device(() => false).keep), false);
  assert.equal(await held.keepAfterAll(device((act) => act === "map.begin").keep), false);
  const { kept, keep } = device();
  assert.equal(await held.keepAfterAll(keep), true);
  assert.equal(kept.length, 2);
});

test("what was let go of is not kept any more", async () => {
  const [held, { kept, keep }] = [new Held("m"), device()];
  await held.keep("map.draw", {}, { id: "a", at: "then" });
  held.drop();
  await held.keepAfterAll(keep);
  assert.deepEqual(kept.map(([act]) => act), ["map.begin"]);
});
