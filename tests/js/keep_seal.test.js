// What is sealed opens for its receiver alone, bound to its id and its person; one way to write a value.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { base64, canonical, fromBase64, idBytes, textOf, utf8 } from "../../src/kith/web/static/web/bytes.js";
import { newId } from "../../src/kith/web/static/web/ids.js";
import { P256, about, seal, unseal } from "../../src/kith/web/static/web/seal.js";

const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(P256, true, ["deriveBits"]));
const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
const holder = { point, mine: pair.privateKey };

test("what is sealed opens, whatever it says", async () => {
  const bound = about(newId(), "who");
  for (const words of ["", "tea at eight, å 🫖", "x".repeat(200_000)]) {
    assert.equal(textOf(await unseal(await seal(utf8(words), bound, point), bound, holder)), words);
  }
});

test("it opens for no other id, person or purpose, and not with a byte changed", async () => {
  const id = newId();
  const sealed = await seal(utf8("tea"), about(id, "who"), point);
  await assert.rejects(unseal(sealed, about(newId(), "who"), holder));
  await assert.rejects(unseal(sealed, about(id, "other"), holder));
  await assert.rejects(unseal(sealed, about(id, "who"), holder, "kith/copy/1"));
  for (const at of [0, 30, 66, 80, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(unseal(changed, about(id, "who"), holder));
  }
});

test("twice the same words never look the same, and show nothing of themselves", async () => {
  const bound = about(newId(), "who");
  const [one, two] = await Promise.all([seal(utf8("canary"), bound, point), seal(utf8("canary"), bound, point)]);
  assert.notDeepEqual(one, two);
  assert.ok(!Buffer.from(one).includes("canary"));
});

test("one value is written in one way", () => {
  assert.equal(canonical({ b: [{ d: 1, c: null }], a: "ä" }), '{"a":"ä","b":[{"c":null,"d":1}]}');
  assert.equal(canonical({ z: 1, a: { y: 2, b: 3 } }), canonical({ a: { b: 3, y: 2 }, z: 1 }));
});

test("bytes are written as they are on the server", () => {
  assert.equal(Buffer.from(idBytes("00112233-4455-4677-8899-aabbccddeeff")).toString("hex"), "00112233445546778899aabbccddeeff");
  const all = Uint8Array.from({ length: 256 }, (_, at) => at);
  assert.equal(base64(all), Buffer.from(all).toString("base64"));
  assert.deepEqual(fromBase64(base64(all)), all);
});

test("ids are random and of version 4", () => {
  const ids = new Set(Array.from({ length: 500 }, newId));
  assert.equal(ids.size, 500);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("what the first version sealed is still read", async () => {
  const old = JSON.parse(readFileSync(new URL("fixtures/entry-1.json", import.meta.url), "utf8"));
  const mine = await crypto.subtle.importKey("jwk", old.key, P256, false, ["deriveBits"]);
  const opened = await unseal(fromBase64(old.sealed), about(old.id, old.who), { point: fromBase64(old.point), mine });
  assert.deepEqual(JSON.parse(textOf(opened)), old.says);
});
