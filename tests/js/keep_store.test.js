// What is saved stays until it is proven stored; nobody's entries touch another's; order is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/kith/web/static/web/ids.js";
import { WHO, fresh, save } from "./device.js";

test("an entry and its row are there together, numbered in order", async () => {
  const store = await fresh();
  const saved = [await save(store), await save(store), await save(store)];
  const rows = await store.rows(WHO);
  assert.deepEqual(rows.map(({ id, seq, state }) => [id, seq, state]), saved.map(({ id }, at) => [id, at + 1, "saved"]));
  for (const { id, sealed } of saved) assert.deepEqual((await store.entry(id))?.sealed, sealed);
});

test("numbers of two people are two counts, of two devices", async () => {
  const store = await fresh();
  await save(store, "a", "one");
  await save(store, "b", "two");
  assert.deepEqual((await store.rows("two")).map(({ seq }) => seq), [1]);
  assert.notEqual((await store.run("one"))?.device, (await store.run("two"))?.device);
});

test("an id that is here stays as it is, unless the server could not take it", async () => {
  const store = await fresh();
  const first = await save(store);
  const other = { ...first, sealed: new Uint8Array([1]) };
  assert.equal(await store.save(other, 0), false);
  assert.deepEqual((await store.entry(first.id))?.sealed, first.sealed);
  await store.settle([{ id: first.id, state: "refused", why: "x" }]);
  assert.equal(await store.save(other, 0), true);
  assert.deepEqual((await store.rows(WHO)).map(({ state, seq }) => [state, seq]), [["saved", 2]]);
});

test("when one half cannot be written, neither is", async () => {
  const store = await fresh();
  await assert.rejects(store.change(async (from) => {
    from("entries").put({ id: "x" });
    throw new Error("full");
  }));
  assert.equal(await store.entry("x"), undefined);
});

test("several tabs that save at once get a number each", async () => {
  const store = await fresh();
  await Promise.all(Array.from({ length: 40 }, () => save(store)));
  assert.deepEqual((await store.rows(WHO)).map(({ seq }) => seq), Array.from({ length: 40 }, (_, at) => at + 1));
});

test("a proof that does not fit forgets nothing", async () => {
  const store = await fresh();
  const entry = await save(store);
  await store.settle([{ id: entry.id, state: "stored" }]);
  for (const manifest of [{ upto: 1, hash: new Uint8Array(32) }, { upto: 2, hash: new Uint8Array() }]) {
    assert.equal(await store.prove(WHO, manifest), null);
  }
  assert.ok(await store.entry(entry.id));
});

test("counting anew keeps all that is left, in order, under another device", async () => {
  const store = await fresh();
  const all = [await save(store), await save(store), await save(store)];
  const before = (await store.run(WHO))?.device;
  await store.settle([{ id: all[0]?.id ?? "", state: "gone" }, { id: all[1]?.id ?? "", state: "stored" }]);
  await store.anew(WHO);
  assert.deepEqual((await store.rows(WHO)).map(({ id, seq, state }) => [id, seq, state]), [
    [all[1]?.id, 1, "saved"],
    [all[2]?.id, 2, "saved"],
  ]);
  assert.notEqual((await store.run(WHO))?.device, before);
  await save(store);
  assert.equal((await store.rows(WHO)).at(-1)?.seq, 3);
});

test("what was refused can go out again", async () => {
  const store = await fresh();
  const { id } = await save(store);
  await store.settle([{ id, state: "refused", why: "act-unknown" }]);
  await store.again(id);
  assert.deepEqual((await store.rows(WHO)).map(({ state, why, seq }) => [state, why, seq]), [["saved", "", 2]]);
  assert.equal(await store.entry(newId()), undefined);
});

test("who erased themselves leaves nothing here; another's entries stay", async () => {
  const store = await fresh();
  await save(store, "mine");
  await save(store, "theirs", "other");
  await store.note("current", { who: WHO });
  await store.erase();
  assert.deepEqual([await store.rows(WHO), await store.meta("current"), await store.run(WHO)], [[], undefined, undefined]);
  assert.equal((await store.rows("other")).length, 1);
});
