// Only an answer that names an entry and its bytes counts; nothing is forgotten before it is proven.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sender, outcome, pause } from "../../src/kith/web/static/web/send.js";
import { Server, WHO, fresh, save } from "./device.js";

/** @typedef {import("../../src/kith/web/static/web/store.js").Store} Store */

/** A device of someone who is signed in, and its server. @param {number} [entries] */
async function device(entries = 0) {
  const store = await fresh();
  const server = new Server();
  /** @type {[string, string][]} */
  const told = [];
  /** @type {(() => void)[]} */
  const later = [];
  const sender = new Sender(store, {
    fetch: server.fetch,
    tell: ({ id, state }) => told.push([id, state]),
    later: (what) => later.push(what),
  });
  await sender.learn();
  const saved = [];
  for (let at = 0; at < entries; at += 1) saved.push(await save(store, String(at)));
  return { store, server, sender, told, later, saved };
}

/** @param {Store} store */
const states = async (store) => (await store.rows(WHO)).map(({ state }) => state);

test("all is sent in batches, in order, and forgotten once it is proven", async () => {
  const { store, server, sender, told, saved } = await device(60);
  await sender.flush();
  assert.equal(server.stored.size, 60);
  assert.equal(server.puts, 3);
  assert.deepEqual(await store.rows(WHO), []);
  for (const { id } of saved) {
    assert.equal(await store.entry(id), undefined);
    assert.deepEqual(told.filter(([of]) => of === id).map(([, state]) => state), ["sent", "stored"]);
  }
});

const NO_ANSWERS = /** @type {[string, (reply: Response, how: RequestInit) => Response | Promise<Response>][]} */ ([
  ["a captive portal's page", () => new Response("<h1>Welcome</h1>", { headers: { "Content-Type": "text/html" } })],
  ["a portal that claims to be JSON", () => new Response("<h1>", { headers: { "Content-Type": "application/json" } })],
  ["someone else's JSON", () => Response.json({ ok: true })],
  ["an answer without the entries", () => Response.json({ items: [] })],
  ["a torn answer", () => new Response('{"items":[{"id":', { headers: { "Content-Type": "application/json" } })],
  ["a lost connection", () => Promise.reject(new TypeError("failed"))],
  ["a broken server", () => new Response("", { status: 500 })],
  ["a grown-old form", () => new Response("", { status: 403 })],
]);
for (const [name, bent] of NO_ANSWERS) {
  test(`${name} is no acknowledgement, and nothing is lost by it`, async () => {
    const { store, server, sender, later, told } = await device(2);
    server.bend = (reply, _, how) => (how.method === "PUT" ? bent(reply, how) : reply);
    await sender.flush();
    assert.deepEqual(await states(store), ["saved", "saved"]);
    assert.ok(!told.some(([, state]) => state === "stored"));
    assert.equal(later.length, 1);
    server.bend = (reply) => reply;
    later[0]?.();
    await sender.running;
    assert.deepEqual(await states(store), []);
  });
}

test("an answer for other bytes or another entry counts for nothing", async () => {
  const { store, server, sender } = await device(1);
  server.bend = async (reply, _, how) => {
    if (how.method !== "PUT") return reply;
    const { items } = await reply.json();
    return Response.json({ items: items.map((/** @type {object} */ one) => ({ ...one, digest: "b3RoZXI=" })) });
  };
  await sender.flush();
  assert.deepEqual(await states(store), ["saved"]);
  assert.equal(outcome({ id: "x", status: 200, digest: "d", why: "" }, "e"), "");
  assert.equal(outcome(undefined, "e"), "");
});

test("what the server does not prove is sent again, under a count of its own", async () => {
  const { store, server, sender, saved } = await device(3);
  let lost = 1;
  server.bend = async (reply, _, how) => {
    if (how.method === "PUT" && lost-- > 0) server.stored.delete(saved[1]?.id ?? "");
    return reply;
  };
  await sender.flush();
  assert.equal(server.stored.size, 3);
  assert.deepEqual(await store.rows(WHO), []);
});

test("a server that came back from an old copy gets what is still here, and later ones too", async () => {
  const { store, server, sender } = await device(3);
  await sender.flush();
  const before = await store.run(WHO);
  server.stored.clear();
  await save(store);
  await sender.flush();
  assert.deepEqual([server.stored.size, (await store.rows(WHO)).length], [1, 0]);
  assert.notEqual((await store.run(WHO))?.device, before?.device);
});

test("a server that never proves anything keeps the device from forgetting", async () => {
  const { store, server, sender, saved } = await device(2);
  server.bend = (reply, url) => (url === "/keep/" ? reply : Response.json({ upto: 2, hash: "" }));
  await sender.flush();
  assert.equal((await store.rows(WHO)).length, 2);
  for (const { id } of saved) assert.ok(await store.entry(id));
});

test("a clash and what cannot be taken stay here; what was erased goes; the rest is proven", async () => {
  const { store, server, sender, saved } = await device(4);
  const [clash, refused, gone] = saved.map(({ id }) => id);
  server.statuses.set(clash ?? "", 409).set(refused ?? "", 422).set(gone ?? "", 410);
  await sender.flush();
  assert.deepEqual((await states(store)).sort(), ["clash", "refused"]);
  assert.ok(await store.entry(clash ?? ""));
  assert.equal(await store.entry(gone ?? ""), undefined);
  assert.equal(server.stored.size, 1);
});

test("what only its author can open waits, and holds up nothing", async () => {
  const { store, server, sender, saved, later } = await device(30);
  for (const { id } of saved.slice(0, 26)) server.statuses.set(id, 423);
  await sender.flush();
  later.at(-1)?.();
  await sender.running;
  assert.equal(server.stored.size, 4);
  server.statuses.clear();
  await sender.flush();
  assert.deepEqual(await states(store), []);
});

test("beside one that must go again, no other is refused for good", async () => {
  const { store, server, sender, saved } = await device(2);
  server.statuses.set(saved[0]?.id ?? "", 503).set(saved[1]?.id ?? "", 422);
  await sender.flush();
  assert.deepEqual(await states(store), ["saved", "saved"]);
});

test("another person's entries wait, and go out when they are back", async () => {
  const { store, server, sender } = await device();
  await save(store, "theirs", "someone else");
  await save(store, "mine");
  await sender.flush();
  assert.equal(server.stored.size, 1);
  assert.equal((await store.rows("someone else")).length, 1);
  server.who = "someone else";
  await sender.learn();
  await sender.flush();
  assert.equal(server.stored.size, 2);
});

test("a session that ended drops nothing", async () => {
  const { store, server, sender } = await device(1);
  sender.server = null;
  server.bend = () => Response.json({ why: "signed-out" }, { status: 401 });
  await sender.flush();
  assert.deepEqual(await states(store), ["saved"]);
  server.bend = (reply) => reply;
  await sender.learn();
  await sender.flush();
  assert.equal(server.stored.size, 1);
});

test("pauses grow from a second to a quarter of an hour, never quite the same", () => {
  assert.deepEqual([1, 2, 3, 30].map((n) => pause(n, 1)), [1000, 2000, 4000, 900_000]);
  assert.equal(pause(1, 0), 500);
});

test("saved while sending, it goes out too", async () => {
  const { store, server, sender } = await device(1);
  server.bend = async (reply, url) => {
    if (server.stored.size === 1 && url !== "/keep/") await save(store, "late").then(() => (server.bend = (same) => same));
    return reply;
  };
  await sender.flush();
  await sender.running;
  assert.equal(server.stored.size, 2);
});
