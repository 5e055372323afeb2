// @ts-check
// What is kept on the device until it is proven stored: sealed entries, and a row each that says
// how far they got. Every change is one transaction that waits for the disk.
//
// Rows are never rewritten by a new version: whatever is read here must be readable for ever.
import { idBytes, join, sha256 } from "./bytes.js";
import { newId } from "./ids.js";

/**
 * @typedef {import("./bytes.js").Bytes} Bytes
 * @typedef {"saved"|"stored"|"shut"|"clash"|"refused"} State
 * @typedef {{id: string, who: string, digest: Bytes, sealed: Bytes}} Entry
 * @typedef {{id: string, who: string, seq: number, state: State, at: number, why: string}} Row
 * @typedef {{device: string, next: number, upto: number, hash: Bytes}} Run how far one person's entries got
 */

const A_DAY = 24 * 60 * 60_000;

/** Still on its way. @param {Row} row */
export const isWaiting = ({ state }) => state === "saved" || state === "shut";
/** Not to be stored as it is: its author is to choose. @param {Row} row */
export const isHeld = ({ state }) => state === "clash" || state === "refused";
/** On its way for more than a day. @param {Row} row */
export const isLong = (row) => isWaiting(row) && Date.now() - row.at > A_DAY;

const STORES = ["entries", "outbox", "meta"];

/** @template T @param {IDBRequest<T>} asked @returns {Promise<T>} */
const answer = (asked) => new Promise((done, fail) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

/** @param {IDBDatabase} db */
function made(db) {
  db.createObjectStore("entries", { keyPath: "id" });
  db.createObjectStore("outbox", { keyPath: "id" }).createIndex("who", "who");
  db.createObjectStore("meta");
  db.createObjectStore("copies", { keyPath: "id" }).createIndex("who", "who");
}

/** @returns {Run} */
const begun = () => ({ device: newId(), next: 1, upto: 0, hash: new Uint8Array() });

export class Store {
  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
    db.onversionchange = () => db.close();
  }

  /** @param {IDBFactory} [factory] */
  static async open(factory = indexedDB) {
    const asked = factory.open("kith", 1);
    asked.onupgradeneeded = () => made(asked.result);
    return new Store(await answer(asked));
  }

  /**
   * Do something in one transaction; resolves once it is on the disk.
   * @template T @param {(from: (name: string) => IDBObjectStore) => Promise<T>} what
   * @param {string[]} [names] @returns {Promise<T>}
   */
  async change(what, names = STORES) {
    const doing = this.db.transaction(names, "readwrite", { durability: "strict" });
    const ended = new Promise((done, fail) => {
      doing.oncomplete = () => done(undefined);
      doing.onabort = () => fail(doing.error ?? new Error("nothing was kept"));
    });
    try {
      const made = await what((name) => doing.objectStore(name));
      await ended;
      return made;
    } catch (problem) {
      ended.catch(() => {});
      try {
        doing.abort();
      } catch {
        // It has ended by itself.
      }
      throw problem;
    }
  }

  /** @param {string} name @param {IDBValidKey} key @returns {Promise<any>} */
  async read(name, key) {
    return answer(this.db.transaction(name).objectStore(name).get(key));
  }

  /** @param {string} key @returns {Promise<any>} */
  meta(key) {
    return this.read("meta", key);
  }

  /** @param {string} key @param {unknown} value undefined: forget it */
  note(key, value) {
    return this.change(async (from) => {
      if (value === undefined) await answer(from("meta").delete(key));
      else await answer(from("meta").put(value, key));
    }, ["meta"]);
  }

  /** @param {string} who @returns {Promise<Run|undefined>} */
  run(who) {
    return this.meta(`run:${who}`);
  }

  /**
   * The entry and its row, in one transaction. An id that is here already stays as it is, unless
   * the server could not take it.
   * @param {Entry} entry @param {number} at
   * @param {{id: string, who: string, sealed: Bytes}|null} [copy] for its author to read here
   * @returns {Promise<boolean>} whether this entry is kept now
   */
  save(entry, at, copy = null) {
    return this.change(async (from) => {
      const known = /** @type {Row|undefined} */ (await answer(from("outbox").get(entry.id)));
      if (known && known.state !== "refused") return false;
      const run = /** @type {Run} */ ((await answer(from("meta").get(`run:${entry.who}`))) ?? begun());
      const row = { id: entry.id, who: entry.who, seq: run.next, state: "saved", at, why: "" };
      from("meta").put({ ...run, next: run.next + 1 }, `run:${entry.who}`);
      from("outbox").put(row);
      if (copy) from("copies").put(copy);
      await answer(from("entries").put(entry));
      return true;
    }, [...STORES, "copies"]);
  }

  /** One person's rows, in order. @param {string} who @returns {Promise<Row[]>} */
  async rows(who) {
    const asked = this.db.transaction("outbox").objectStore("outbox").index("who").getAll(who);
    return (await answer(asked)).sort((a, b) => a.seq - b.seq || a.at - b.at);
  }

  /** @param {string} id @returns {Promise<Entry|undefined>} */
  entry(id) {
    return this.read("entries", id);
  }

  /**
   * Say how far some entries got. What was erased or proven goes; what cannot be stored leaves the
   * count, so that it does not hold up the proof of the others.
   * @param {{id: string, state: State|"gone", why?: string}[]} told
   */
  settle(told) {
    return this.change(async (from) => {
      for (const { id, state, why = "" } of told) {
        const row = /** @type {Row|undefined} */ (await answer(from("outbox").get(id)));
        if (!row) continue;
        if (state === "gone") forget(from, id);
        else from("outbox").put({ ...row, state, why, seq: state === "clash" || state === "refused" ? 0 : row.seq });
      }
    }, [...STORES, "copies"]);
  }

  /**
   * Forget what the server proves to hold: its hash up to a number must be the one worked out here.
   * @param {string} who @param {{upto: number, hash: Bytes}} manifest
   * @returns {Promise<string[]|null>} what was forgotten; null if the two do not agree
   */
  async prove(who, { upto, hash }) {
    const run = await this.run(who);
    if (!run) return [];
    const rows = (await this.rows(who)).filter(({ seq }) => seq > run.upto && seq <= upto);
    if (upto < run.upto || rows.length !== upto - run.upto) return null;
    const rolled = await this.rolled(run.hash, rows);
    if (String(rolled) !== String(hash)) return null;
    await this.change(async (from) => {
      from("meta").put({ ...(await answer(from("meta").get(`run:${who}`))), upto, hash: rolled }, `run:${who}`);
      for (const { id } of rows) forget(from, id);
    }, [...STORES, "copies"]);
    return rows.map(({ id }) => id);
  }

  /** @param {Bytes} hash @param {Row[]} rows */
  async rolled(hash, rows) {
    for (const { id } of rows) {
      const entry = await this.entry(id);
      hash = await sha256(join(hash, idBytes(id), entry?.digest ?? new Uint8Array()));
    }
    return hash;
  }

  /** Count anew from 1, and let all that is left go out again. @param {string} who */
  anew(who) {
    return this.change(async (from) => {
      const rows = /** @type {Row[]} */ (await answer(from("outbox").index("who").getAll(who)));
      const left = rows.filter(({ seq }) => seq > 0).sort((a, b) => a.seq - b.seq);
      left.forEach((row, at) => from("outbox").put({ ...row, seq: at + 1, state: "saved" }));
      await answer(from("meta").put({ ...begun(), next: left.length + 1 }, `run:${who}`));
    });
  }

  /** Let go of one person's copies and of what opens them; what waits stays. @param {string} who @param {string} lock */
  wipe(who, lock) {
    return this.change(async (from) => {
      for (const id of await answer(from("copies").index("who").getAllKeys(who))) from("copies").delete(id);
      await answer(from("meta").delete(lock));
    }, ["meta", "copies"]);
  }

  /** Let go of all that waits for whoever was last here, and of who that was. */
  async erase() {
    const { who = "" } = (await this.meta("current")) ?? {};
    const rows = await this.rows(who);
    await this.change(async (from) => {
      for (const { id } of rows) forget(from, id);
      for (const key of ["current", `run:${who}`, `map:${who}`, `lock:${who}`]) from("meta").delete(key);
    }, [...STORES, "copies"]);
  }

  /** Let an entry that could not be stored go out again. @param {string} id */
  again(id) {
    return this.change(async (from) => {
      const row = /** @type {Row} */ (await answer(from("outbox").get(id)));
      const run = /** @type {Run} */ (await answer(from("meta").get(`run:${row.who}`)));
      from("meta").put({ ...run, next: run.next + 1 }, `run:${row.who}`);
      await answer(from("outbox").put({ ...row, seq: run.next, state: "saved", why: "" }));
    });
  }
}

/** @param {(name: string) => IDBObjectStore} from @param {string} id */
function forget(from, id) {
  for (const name of ["outbox", "entries", "copies"]) from(name).delete(id);
}
