// Without a connection an address opens its shell; leaving is at once, and counts only when it is ours.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { answer, fill, leave, open, shellFor, tidy } from "../../src/kith/web/static/web/worker.js";

const PLAN = {
  name: "kith-1",
  files: ["/static/a.js"],
  shells: /** @type {[string, string][]} */ ([["^/notes/(write/)?$", "/shell/notes/"], ["^/map/", "/shell/map/"]]),
  otherwise: "/shell/none/",
  left: /** @type {[string, string]} */ (["/today/", "/shell/today/"]),
  closed: "/closed/",
};

/** Just enough of Cache Storage for Node, which has none. */
class Caches {
  all = /** @type {Map<string, Map<string, Response>>} */ (new Map());
  /** @param {string} name */
  async open(name) {
    const held = this.all.get(name) ?? new Map();
    this.all.set(name, held);
    const path = (/** @type {any} */ asked) => new URL(asked.url ?? asked, "http://kith").pathname;
    return {
      put: async (/** @type {any} */ asked, /** @type {Response} */ reply) => held.set(path(asked), reply),
      match: async (/** @type {any} */ asked) => held.get(path(asked))?.clone(),
      addAll: async (/** @type {Request[]} */ asked) => {
        for (const one of asked) held.set(path(one), new Response(path(one)));
      },
    };
  }
  async has(/** @type {string} */ name) { return this.all.has(name); }
  async keys() { return [...this.all.keys()]; }
  async delete(/** @type {string} */ name) { return this.all.delete(name); }
}

const world = /** @type {any} */ (globalThis);
/** @type {string[]} */
let asked = [];
/** @type {(url: string) => Response | Promise<Response>} */
let network = () => new Response("from the server");
const off = () => Promise.reject(new TypeError("failed"));
const left = () => new Response("", { headers: { "X-Left": "yes" } });

class Asked extends Request {
  /** @param {string} url @param {any} [how] */
  constructor(url, how) { super(new URL(url, "http://kith"), how); }
}

beforeEach(async () => {
  asked = [];
  network = () => new Response("from the server");
  world.caches = new Caches();
  world.Request = Asked;
  world.indexedDB = new IDBFactory();
  world.fetch = async (/** @type {any} */ request) => {
    const path = new URL(request.url ?? request, "http://kith").pathname;
    asked.push(path);
    return network(path);
  };
  await fill(PLAN);
});

/** @param {string} path @param {string} mode */
async function opened(path, mode = "navigate") {
  /** @type {Promise<Response>|undefined} */
  let reply;
  /** @type {Promise<unknown>[]} */
  const work = [];
  const request = /** @type {any} */ ({ url: `http://kith${path}`, method: "GET", mode });
  answer(PLAN, { request, respondWith: (given) => (reply = given), waitUntil: (one) => work.push(one) }, "http://kith");
  const text = await (await reply)?.text();
  await Promise.all(work);
  return text;
}

test("an address has the shell of the first pattern that fits", () => {
  assert.equal(shellFor(PLAN, "/notes/"), "/shell/notes/");
  assert.equal(shellFor(PLAN, "/notes/write/"), "/shell/notes/");
  assert.equal(shellFor(PLAN, "/notes/1/"), "/shell/none/");
  assert.equal(shellFor(PLAN, "/map/1/"), "/shell/map/");
});

test("with a connection every page comes from the server, and none is kept", async () => {
  assert.equal(await opened("/notes/"), "from the server");
  network = off;
  assert.equal(await opened("/notes/"), "/shell/notes/");
  assert.equal(await opened("/asks/"), "/shell/none/");
});

test("files of the product come from here; anything else is left alone", async () => {
  assert.equal(await opened("/static/a.js", "cors"), "/static/a.js");
  assert.deepEqual(asked, []);
  assert.equal(await opened("/keep/", "cors"), undefined);
});

test("leaving needs no connection", async () => {
  network = off;
  assert.equal(await opened("/today/"), "/shell/today/");
});

test("after leaving without a connection the notebook is closed before any other page opens", async () => {
  network = off;
  await opened("/today/");
  assert.equal(await opened("/notes/"), "/shell/notes/");
  network = (path) => (path === "/today/" ? left() : new Response("from the server"));
  asked = [];
  assert.equal(await opened("/notes/"), "from the server");
  assert.deepEqual(asked, ["/today/", "/notes/"]);
  asked = [];
  await opened("/notes/");
  assert.deepEqual(asked, ["/notes/"]);
});

test("a shared device that closes without a connection has left, too", async () => {
  network = off;
  assert.equal(await opened("/closed/"), "/shell/today/");
  network = () => new Response("from the server");
  assert.equal(await opened("/notes/"), "/shell/notes/");
});

test("another network's page in place of ours closes nothing", async () => {
  network = () => new Response("<h1>Welcome to the hotel</h1>");
  await leave(PLAN);
  assert.equal(await opened("/notes/"), "/shell/notes/");
});

test("a new version lets go of what the old one kept, and of nothing else", async () => {
  await world.caches.open("kith-0");
  await world.caches.open("someone else's");
  await tidy("kith-1");
  assert.deepEqual(await world.caches.keys(), ["kith-1", "someone else's"]);
  await open(PLAN, /** @type {any} */ ({ url: "http://kith/notes/" }));
});
