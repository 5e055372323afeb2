// What the tests of the library share: a fresh store, an entry, and a server that can be told how to answer.
import { IDBFactory } from "fake-indexeddb";
import { base64, fromBase64, idBytes, join, sha256, utf8 } from "../../src/kith/web/static/web/bytes.js";
import { newId } from "../../src/kith/web/static/web/ids.js";
import { Store } from "../../src/kith/web/static/web/store.js";

/** @typedef {import("../../src/kith/web/static/web/store.js").Entry} Entry */
/** @typedef {{id: string, seq: number, digest: string, length: number, sealed: string}} Item */

export const WHO = "a-tag";

export const fresh = () => Store.open(/** @type {any} */ (new IDBFactory()));

/** @param {Store} store @param {string} [words] @param {string} [who] @returns {Promise<Entry>} */
export async function save(store, words = "tea", who = WHO) {
  const sealed = utf8(`${words} ${newId()}`);
  const entry = { id: newId(), who, sealed, digest: await sha256(sealed) };
  await store.save(entry, Date.now());
  return entry;
}

/** A right server in a few lines, and what to do wrong: `bend` may change any reply. */
export class Server {
  constructor() {
    /** @type {Map<string, {seq: number, device: string, digest: string}>} */
    this.stored = new Map();
    /** @type {Map<string, number>} */
    this.statuses = new Map();
    this.who = WHO;
    this.puts = 0;
    /** @type {(reply: Response, url: string, how: RequestInit) => Response | Promise<Response>} */
    this.bend = (reply) => reply;
    this.fetch = /** @type {typeof fetch} */ (async (url, how = {}) =>
      this.bend(await this.reply(String(url), how), String(url), how));
  }

  /** @param {string} url @param {RequestInit} how */
  async reply(url, how) {
    if (how.method === "PUT") return Response.json({ items: this.put(JSON.parse(String(how.body))) });
    if (url !== "/keep/") return Response.json(await this.manifest(url.split("/")[2] ?? ""));
    return Response.json({ who: this.who, intake: "", token: "t", now: new Date().toISOString() });
  }

  /** @param {{device: string, items: Item[]}} batch */
  put({ device, items }) {
    this.puts += 1;
    return items.map(({ id, seq, digest }) => {
      const status = this.statuses.get(id) ?? 200;
      if (status === 200) this.stored.set(id, { seq, device, digest });
      return { id, status, digest, why: status === 200 ? "" : "why" };
    });
  }

  /** @param {string} device */
  async manifest(device) {
    const rows = [...this.stored].filter(([, one]) => one.device === device).sort(([, a], [, b]) => a.seq - b.seq);
    /** @type {Uint8Array<ArrayBuffer>} */
    let hash = new Uint8Array();
    let upto = 0;
    for (const [id, { seq, digest }] of rows) {
      if (seq !== upto + 1) break;
      upto = seq;
      hash = await sha256(join(hash, idBytes(id), fromBase64(digest)));
    }
    return { upto, hash: base64(hash) };
  }
}
