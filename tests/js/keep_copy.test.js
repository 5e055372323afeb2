// A copy opens with its passphrase alone; a few wrong tries take the copies, never what waits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TRIES, begin, copyOf, end, isKept, open, read } from "../../src/kith/web/static/web/copy.js";
import { newId } from "../../src/kith/web/static/web/ids.js";
import { drawn, opened, plain } from "../../src/kith/maps/static/maps/picture.js";
import { WHO, fresh, save } from "./device.js";

/** @typedef {import("../../src/kith/web/static/web/store.js").Store} Store */

const ROUNDS = 1000; // the real number is asked for in its own test; here it would only take time
const PHRASE = "tea at eight, å";
const SAYS = '{"act":"moment.note","body":{"words":"canary-41f0"},"made_at":"now"}';

/** A device that keeps copies, with one entry and its copy. */
async function kept() {
  const store = await fresh();
  await begin(store, WHO, PHRASE, ROUNDS);
  const { id, digest, sealed } = await save(store, "first");
  const copy = await copyOf(store, WHO, id, SAYS);
  await store.settle([{ id, state: "gone" }]);
  await store.save({ id, who: WHO, digest, sealed }, 0, copy);
  return { store, id };
}

test("nothing is kept to read unless it is wished", async () => {
  const store = await fresh();
  assert.equal(await isKept(store, WHO), false);
  assert.equal(await copyOf(store, WHO, newId(), SAYS), null);
});

test("the passphrase opens it, however it is typed", async () => {
  const { store, id } = await kept();
  const holder = await open(store, WHO, PHRASE.normalize("NFD"));
  assert.ok(typeof holder !== "number");
  assert.equal((await read(store, WHO, id, holder))?.body.words, "canary-41f0");
  assert.equal(await read(store, "other", id, holder), null);
});

test("without it nothing here can be read", async () => {
  const { store, id } = await kept();
  const held = JSON.stringify([await store.read("copies", id), await store.meta(`lock:${WHO}`)], (_, part) =>
    part instanceof Uint8Array ? Buffer.from(part).toString("latin1") : part);
  assert.ok(!held.includes("canary"));
});

test("wrong tries count down; at the last the copies go, and what waits stays", async () => {
  const { store, id } = await kept();
  for (let left = TRIES - 1; left > 0; left -= 1) assert.equal(await open(store, WHO, "guess"), left);
  assert.equal(await open(store, WHO, "guess"), 0);
  assert.equal(await store.read("copies", id), undefined);
  assert.equal(await isKept(store, WHO), false);
  assert.ok(await store.entry(id));
  assert.equal(await open(store, WHO, PHRASE), 0);
});

test("a right one lets the count begin anew", async () => {
  const { store } = await kept();
  await open(store, WHO, "guess");
  await open(store, WHO, PHRASE);
  assert.equal(await open(store, WHO, "guess"), TRIES - 1);
});

test("what is stored takes its copy along; ending takes them all", async () => {
  const { store, id } = await kept();
  await store.settle([{ id, state: "gone" }]);
  assert.equal(await store.read("copies", id), undefined);
  const again = await kept();
  await end(again.store, WHO);
  assert.equal(await again.store.read("copies", again.id), undefined);
  assert.ok(await again.store.entry(again.id));
});

test("a lock is as hard as we say", async () => {
  const store = await fresh();
  await begin(store, WHO, PHRASE);
  assert.equal((await store.meta(`lock:${WHO}`)).rounds, 600_000);
});

test("a map comes back as it was put by, steps and all", () => {
  const gesture = { id: "a", act: "stroke.add", kind: /** @type {const} */ ("stroke"), thing: "a", made_at: "now", undoes: null, away: false, body: { points: [], pen: "ink" } };
  const picture = drawn(opened({ figures: [{ thing: "f", label: "A." }] }), gesture);
  assert.deepEqual(opened(JSON.parse(JSON.stringify(plain(picture)))), picture);
});
