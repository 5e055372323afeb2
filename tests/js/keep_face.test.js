// The face of the library: whose words they are, and a clock put right only when it is far off.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { now, whoIsHere } from "../../src/kith/web/static/web/keep.js";
import { bodyOf, filesOf } from "../../src/kith/web/static/web/kept.js";
import { tooMuch } from "../../src/kith/web/static/web/kept-form.js";
import { Sender } from "../../src/kith/web/static/web/send.js";
import { Server, fresh } from "./device.js";

const page = { dataset: /** @type {Record<string, string>} */ ({}) };
/** @type {any} */ (globalThis).document = { documentElement: page };
beforeEach(() => (page.dataset = {}));

async function device() {
  const store = await fresh();
  const server = new Server();
  return { store, server, sender: new Sender(store, { fetch: server.fetch, later: () => 0 }) };
}

test("a device that knows nobody asks", async () => {
  const { store, sender } = await device();
  assert.equal((await whoIsHere({ store, sender }))?.who, "a-tag");
});

test("words belong to the person the page was made for, whoever was here before or came since", async () => {
  const { store, sender, server } = await device();
  await store.note("current", { who: "before", intake: "point", ahead: 0 });
  page.dataset.who = "a-tag";
  assert.equal((await whoIsHere({ store, sender }))?.who, "a-tag");
  server.who = "since";
  await sender.learn();
  assert.equal((await whoIsHere({ store, sender }))?.who, "a-tag");
  assert.equal((await store.meta("current")).who, "since");
});

test("without a connection a page still knows whose it is; a shell goes by who was last here", async () => {
  const { store, sender, server } = await device();
  server.bend = () => Promise.reject(new TypeError("failed"));
  assert.equal(await whoIsHere({ store, sender }), null);
  await store.note("current", { who: "before", intake: "point", ahead: 0 });
  assert.equal((await whoIsHere({ store, sender }))?.who, "before");
  page.dataset.who = "mine";
  assert.deepEqual(await whoIsHere({ store, sender }), { who: "mine", intake: "point", ahead: 0 });
});

test("a clock ten years off is put right, one that is nearly right is left alone", () => {
  const near = (/** @type {string} */ text) => Math.abs(Date.parse(text) - Date.now());
  assert.ok(near(now(0)) < 1000);
  assert.ok(near(now(60_000)) < 1000);
  assert.ok(Math.abs(near(now(-10 * 365 * 86_400_000)) - 10 * 365 * 86_400_000) < 1000);
});

test("a form becomes one body: a text, or several where several were chosen", () => {
  const data = new FormData();
  for (const [name, text] of [["id", "1"], ["csrfmiddlewaretoken", "t"], ["words", "tea"], ["kinds", "own"], ["kinds", "routine"]]) data.append(name ?? "", text ?? "");
  assert.deepEqual(bodyOf(data), { words: "tea", kinds: ["own", "routine"] });
});

test("a file of a form becomes the text of its bytes; where none was chosen, nothing", async () => {
  const data = new FormData();
  data.append("words", "tea");
  data.append("picture", new File([new Uint8Array([255, 216, 0])], "a.jpg"));
  data.append("sound", new File([], ""));
  assert.deepEqual(bodyOf(data), { words: "tea" });
  assert.deepEqual(await filesOf(data), { picture: "/9gA" });
});

test("what is more than a device sends at once goes as a form does", () => {
  assert.equal(tooMuch({}), false);
  assert.equal(tooMuch({ picture: "a".repeat(1_340_000), sound: "a".repeat(150_000) }), false);
  assert.equal(tooMuch({ picture: "a".repeat(1_340_000), sound: "a".repeat(1_270_000) }), true);
});
