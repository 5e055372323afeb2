// @ts-check
/**
 * Which way what is drawn and said goes: to this device and the server, or, on a page that keeps
 * nothing, no further than this page. There all of it is in memory; closing the page ends it.
 *
 * @typedef {import("../web/send.js").News} News
 * @typedef {{id?: string, at?: string, tell?: (news: News) => void}} How
 * @typedef {{act: string, body: Record<string, unknown>, id: string, at: string}} Entry
 * @typedef {(act: string, body: any, how?: How) => Promise<string|null>} Keep
 */
import { newId } from "../web/ids.js";
import { keep as keepHere } from "../web/keep.js";
import { mapHere } from "./where.js";

/** What was drawn and said on a page that keeps nothing. */
export class Held {
  /** @param {string} map */
  constructor(map) {
    this.map = map;
    /** @type {Entry[]} */
    this.entries = [];
  }

  /** @type {Keep} */
  async keep(act, body, { id = newId(), at = new Date().toISOString(), tell } = {}) {
    this.entries.push({ act, body, id, at });
    tell?.({ id, state: "held", why: "" });
    return id;
  }

  /**
   * Keep it after all, in the order in which it came; false where that cannot be.
   * @param {Keep} keep @param {(news: News) => void} [tell] hears how far the last of it gets
   */
  async keepAfterAll(keep, tell) {
    const all = [{ act: "map.begin", body: {}, id: this.map, at: undefined }, ...this.entries];
    for (const [place, { act, body, id, at }] of all.entries()) {
      const last = place === all.length - 1 && tell ? { tell } : {};
      if (!(await keep(act, body, { id, ...(at && { at }), ...last }))) return false;
    }
    return true;
  }

  /** Let go of all of it. */
  drop() {
    this.entries.length = 0;
  }
}

const page = globalThis.document?.querySelector("relation-map[data-keeps=nothing]");

/** What this page holds, where it keeps nothing; null everywhere else. */
export const held = page ? new Held(newId()) : null;

/** Keep one act, or hold it. @type {Keep} */
export const keep = held ? (act, body, how) => held.keep(act, body, how) : keepHere;

/** The map that this page is about. @param {string} path @param {string|undefined} told */
export const mapOf = (path, told) => (held ? Promise.resolve(held.map) : mapHere(path, told));
