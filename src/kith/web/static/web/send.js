// @ts-check
// Sends what waits: in batches, until the server proves that it holds it. Only an answer that names
// an entry and the very bytes it was sent with counts; everything else means "again, later".
import { base64, fromBase64, sha256, utf8 } from "./bytes.js";
import { isWaiting } from "./store.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").Row} Row
 * @typedef {{who: string, intake: string, token: string, now: string}} Server what it says of itself
 * @typedef {{id: string, status: number, digest: string, why: string}} Answer
 * @typedef {{id: string, state: string, why: string}} News
 */

const MOST = 25;
const BYTES = 1_000_000;
const FIRST = 1_000;
const LONGEST = 15 * 60_000;
const PATIENCE = 30_000;
const SLOWEST = 10; // bytes a millisecond: a photo needs more patience than a word
const OUTCOMES = new Map([[200, "stored"], [409, "clash"], [410, "gone"], [422, "refused"], [423, "shut"]]);
const HERE = "/keep/";

/** How long to rest after so many failures. @param {number} failures @param {number} [chance] */
export function pause(failures, chance = Math.random()) {
  return Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1)) * (0.5 + chance / 2);
}

/** What an answer means for the entry it was asked about. @param {Answer|undefined} told @param {string} digest */
export function outcome(told, digest) {
  return told?.digest === digest ? OUTCOMES.get(told.status) ?? "" : "";
}

/** Our own JSON, or null: a page of someone else's network is no answer. @param {Response} reply */
async function json(reply) {
  if (!(reply.headers.get("Content-Type") ?? "").startsWith("application/json")) return null;
  return reply.json().catch(() => null);
}

export class Sender {
  /**
   * @param {Store} store
   * @param {{fetch?: typeof globalThis.fetch, tell?: (news: News) => void, alone?: (what: () => Promise<void>) => Promise<void>, later?: (what: () => void, ms: number) => unknown}} [by]
   */
  constructor(store, { fetch = (url, how) => globalThis.fetch(url, how), tell = () => {}, alone = (what) => what(), later = (what, ms) => setTimeout(what, ms) } = {}) {
    this.store = store;
    this.fetch = fetch;
    this.tell = tell;
    this.alone = alone;
    this.later = later;
    this.failures = 0;
    this.timer = /** @type {unknown} */ (null);
    this.server = /** @type {Server|null} */ (null);
    this.running = /** @type {Promise<void>|null} */ (null);
    this.wanted = false;
  }

  /** Ask the server who is signed in, what to seal to, and the time. @returns {Promise<Server|null>} */
  async learn() {
    const reply = await this.ask(HERE, {});
    const told = reply?.ok ? await json(reply) : null;
    if (typeof told?.who !== "string" || typeof told.intake !== "string") return null;
    const { who, intake, now } = told;
    await this.store.note("current", { who, intake, ahead: Date.parse(now) - Date.now() });
    return (this.server = told);
  }

  /** Send all that waits, one sender at a time; asked while sending, it looks once more. */
  flush() {
    this.wanted = true;
    this.running ??= this.alone(() => this.drain()).finally(() => {
      this.running = null;
      if (this.wanted) void this.flush();
    });
    return this.running;
  }

  async drain() {
    this.wanted = false;
    while (await this.batch());
  }

  /** One batch, and the proof after the last one. @returns {Promise<boolean>} whether to go on */
  async batch() {
    const current = await this.store.meta("current");
    if (!current) return false;
    const rows = await this.store.rows(current.who);
    if (!rows.some(({ seq }) => seq > 0)) return false;
    this.server ??= await this.learn();
    if (!this.server) return this.rest();
    if (this.server.who !== current.who) {
      this.server = null;
      return true;
    }
    const waiting = rows.filter(isWaiting).sort((a, b) => Number(a.state === "shut") - Number(b.state === "shut"));
    const went = !waiting.length || (await this.put(current.who, waiting));
    if (!went) return this.rest();
    if (waiting.length > MOST) return true;
    return this.proof(current.who);
  }

  /** @param {string} who @param {Row[]} waiting @returns {Promise<boolean>} whether anything came of it */
  async put(who, waiting) {
    const items = await this.items(waiting);
    const run = await this.store.run(who);
    const body = JSON.stringify({ device: run?.device, items });
    for (const { id } of items) this.tell({ id, state: "sent", why: "" });
    const reply = await this.ask(HERE, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": this.server?.token ?? "",
        "Content-Digest": `sha-256=:${base64(await sha256(utf8(body)))}:`,
      },
      body,
    });
    const told = reply?.ok ? await json(reply) : null;
    return this.settle(waiting, items, Array.isArray(told?.items) ? told.items : []);
  }

  /** @param {Row[]} waiting */
  async items(waiting) {
    const items = [];
    let bytes = 0;
    // After a failure the next ones get their turn first: a few that fail never hold up the others.
    const from = (this.failures % Math.ceil(waiting.length / MOST)) * MOST;
    for (const { id, seq } of waiting.slice(from, from + MOST)) {
      const entry = await this.store.entry(id);
      if (!entry) continue;
      bytes += entry.sealed.length;
      if (items.length && bytes > BYTES) break;
      items.push({ id, seq, digest: base64(entry.digest), length: entry.sealed.length, sealed: base64(entry.sealed) });
    }
    return items;
  }

  /**
   * Where one of a batch is to go again, "cannot be taken" is not yet the last word on the others:
   * it may be about the one that is missing.
   * @param {Row[]} waiting @param {{id: string, digest: string}[]} items @param {Answer[]} answers
   * @returns {Promise<boolean>} whether anything got further
   */
  async settle(waiting, items, answers) {
    const by = new Map(answers.map((told) => [told?.id, told]));
    let told = items.map(({ id, digest }) => ({ id, state: outcome(by.get(id), digest), why: by.get(id)?.why ?? "" }));
    const again = told.some(({ state }) => !state || state === "shut");
    if (again) told = told.filter(({ state }) => state !== "refused");
    const news = told.filter(({ state }) => state);
    for (const { id } of told.filter(({ state }) => !state)) this.tell({ id, state: "saved", why: "" });
    await this.store.settle(/** @type {any} */ (news));
    for (const one of news) this.tell(one);
    const before = new Map(waiting.map(({ id, state }) => [id, state]));
    return news.some(({ id, state }) => before.get(id) !== state);
  }

  /** Let the device forget what the server proves to hold. @param {string} who @returns {Promise<boolean>} */
  async proof(who) {
    const run = await this.store.run(who);
    const reply = await this.ask(`${HERE}${run?.device}/`, {});
    const told = reply?.ok ? await json(reply) : null;
    if (typeof told?.hash !== "string") return this.rest();
    const proven = await this.store.prove(who, { upto: told.upto, hash: fromBase64(told.hash) });
    const left = (await this.store.rows(who)).filter(({ seq }) => seq > 0);
    const stuck = left.length > 0 && left.every(({ state }) => state === "stored");
    if (proven && !stuck) return this.rested(left.some(({ state }) => state === "saved"));
    if (this.failures > 3) return this.rest();
    this.failures += 1;
    await this.store.anew(who);
    return true;
  }

  /** @param {boolean} more */
  rested(more) {
    this.failures = 0;
    return more;
  }

  /** Try again later: sooner after one failure than after many. */
  rest() {
    this.failures += 1;
    this.server = null;
    clearTimeout(/** @type {any} */ (this.timer));
    this.timer = this.later(() => void this.flush(), pause(this.failures));
    return false;
  }

  /** @param {string} url @param {RequestInit} how @returns {Promise<Response|null>} */
  async ask(url, how) {
    try {
      const patience = PATIENCE + String(how.body ?? "").length / SLOWEST;
      return await this.fetch(url, { ...how, redirect: "error", cache: "no-store", signal: AbortSignal.timeout(Math.ceil(patience)) });
    } catch {
      return null;
    }
  }
}
