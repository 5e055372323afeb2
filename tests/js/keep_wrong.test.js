// Wrong devices: each breaks one promise, and what the other tests look at shows it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sender } from "../../src/kith/web/static/web/send.js";
import { Server, WHO, fresh, save } from "./device.js";

/** @typedef {import("../../src/kith/web/static/web/store.js").Store} Store */

/**
 * What became of two entries when the first answer was bent: how many are still here, how many there.
 * @param {typeof Sender} Kind @param {(server: Server, reply: Response) => Response | Promise<Response>} bend
 */
async function after(Kind, bend) {
  const store = await fresh();
  const server = new Server();
  const sender = new Kind(store, { fetch: server.fetch, later: () => 0 });
  await sender.learn();
  await save(store, "one");
  await save(store, "two");
  server.bend = (reply, _, how) => (how.method === "PUT" ? bend(server, reply) : reply);
  await sender.flush();
  const said = (await store.rows(WHO)).filter(({ state }) => state === "stored").length;
  return { here: (await store.rows(WHO)).length, there: server.stored.size, said };
}

/** @param {Server} server */
const portal = (server) => {
  server.stored.clear(); // it never reached the server
  return Response.json({});
};
/** @param {Server} server @param {Response} reply */
const forgetful = (server, reply) => {
  server.stored.clear(); // it answered before it committed, and then it was killed
  return reply;
};

class Trusting extends Sender {
  /** @override @param {any} _ @param {{id: string}[]} items */
  async settle(_, items) {
    await this.store.settle(items.map(({ id }) => ({ id, state: "stored" })));
    return true;
  }
}

class Hasty extends Sender {
  /** @override @param {string} who */
  async proof(who) {
    const rows = await this.store.rows(who);
    await this.store.settle(rows.map(({ id }) => ({ id, state: "gone" })));
    return false;
  }
}

test("the right device says nothing is stored, and keeps all, after a portal's answer", async () => {
  assert.deepEqual(await after(Sender, portal), { here: 2, there: 0, said: 0 });
});

test("one that believes any answer would have said so", async () => {
  assert.notEqual((await after(Trusting, portal)).said, 0);
});

test("the right device sends again what a forgetful server acknowledged", async () => {
  let once = true;
  const bend = (/** @type {Server} */ server, /** @type {Response} */ reply) => (once ? ((once = false), forgetful(server, reply)) : reply);
  assert.deepEqual(await after(Sender, bend), { here: 0, there: 2, said: 0 });
});

test("one that forgets before the proof would have lost both", async () => {
  assert.deepEqual(await after(Hasty, forgetful), { here: 0, there: 0, said: 0 });
});
