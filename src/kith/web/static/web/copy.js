// @ts-check
// On one's own device, if wished: a second sealed copy of what waits here, which a passphrase opens.
//
// Copies are sealed to a point whose private half lies here under the passphrase (PBKDF2-SHA-256,
// then AES-GCM). So keeping needs no passphrase, and reading does, each time. A few wrong tries and
// the copies are gone; what waits for the server is sealed apart and stays.
import { join, textOf, utf8 } from "./bytes.js";
import { P256, about, seal, unseal } from "./seal.js";

/**
 * @typedef {import("./bytes.js").Bytes} Bytes
 * @typedef {import("./store.js").Store} Store
 * @typedef {{point: Bytes, salt: Bytes, rounds: number, wrapped: Bytes, tries: number}} Lock
 * @typedef {{point: Bytes, mine: CryptoKey}} Holder
 * @typedef {{act: string, made_at: string, body: Record<string, any>}} Said
 */

export const ROUNDS = 600_000;
export const TRIES = 5;
export const USE = "kith/copy/1";
const NONCE = 12;
const name = (/** @type {string} */ who) => `lock:${who}`;

/** @param {string} passphrase @param {Bytes} salt @param {number} rounds */
async function keyOf(passphrase, salt, rounds) {
  const from = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Whether copies are kept for this person. @param {Store} store @param {string} who */
export const isKept = async (store, who) => Boolean(await store.meta(name(who)));

/** Begin to keep copies. @param {Store} store @param {string} who @param {string} passphrase @param {number} [rounds] */
export async function begin(store, who, passphrase, rounds = ROUNDS) {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(P256, true, ["deriveBits"]));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const key = await keyOf(passphrase, salt, rounds);
  const mine = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(who) }, key, mine);
  /** @type {Lock} */
  const lock = { point, salt, rounds, wrapped: join(iv, new Uint8Array(wrapped)), tries: 0 };
  await store.note(name(who), lock);
}

/** Keep no copies any more, and let go of those there are. @param {Store} store @param {string} who */
export const end = (store, who) => store.wipe(who, name(who));

/**
 * A copy of one entry, beside it; nothing where none is wished.
 * @param {Store} store @param {string} who @param {string} id @param {string} text
 * @returns {Promise<{id: string, who: string, sealed: Bytes}|null>}
 */
export async function copyOf(store, who, id, text) {
  const lock = /** @type {Lock|undefined} */ (await store.meta(name(who)));
  return lock ? { id, who, sealed: await seal(utf8(text), about(id, who), lock.point, USE) } : null;
}

/**
 * Open the copies with a passphrase. The try is counted before it is made, so that pulling the plug
 * gives none back.
 * @param {Store} store @param {string} who @param {string} passphrase
 * @returns {Promise<Holder|number>} what opens them, or how many tries are left
 */
export async function open(store, who, passphrase) {
  const lock = /** @type {Lock|undefined} */ (await store.meta(name(who)));
  if (!lock) return 0;
  const tries = lock.tries + 1;
  await store.note(name(who), { ...lock, tries });
  try {
    const key = await keyOf(passphrase, lock.salt, lock.rounds);
    const how = { name: "AES-GCM", iv: lock.wrapped.slice(0, NONCE), additionalData: utf8(who) };
    const bytes = await crypto.subtle.decrypt(how, key, lock.wrapped.slice(NONCE));
    const mine = await crypto.subtle.importKey("pkcs8", bytes, P256, false, ["deriveBits"]);
    await store.note(name(who), { ...lock, tries: 0 });
    return { point: lock.point, mine };
  } catch {
    if (tries >= TRIES) await end(store, who);
    return Math.max(0, TRIES - tries);
  }
}

/** What a copy says; null where there is none. @param {Store} store @param {string} who @param {string} id @param {Holder} holder @returns {Promise<Said|null>} */
export async function read(store, who, id, holder) {
  const copy = await store.read("copies", id);
  if (copy?.who !== who) return null;
  return JSON.parse(textOf(await unseal(copy.sealed, about(id, who), holder, USE)));
}
