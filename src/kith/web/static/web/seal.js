// @ts-check
// Sealing on the device: only the holder of the other key opens it, so not this device either.
//
// A sealed text is a fresh P-256 point (65 bytes), a nonce (12) and AES-256-GCM; its key is
// HKDF-SHA-256 over the shared secret of that point and the receiver's.
import { idBytes, join, utf8 } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

export const P256 = { name: "ECDH", namedCurve: "P-256" };
const POINT = 65;
const NONCE = 12;

/** What an entry is bound to: its id and whose it is. @param {string} id @param {string} who */
export const about = (id, who) => join(idBytes(id), utf8(who));

/** @param {CryptoKey} mine @param {CryptoKey} theirs @param {Bytes} info @param {KeyUsage} use */
async function shared(mine, theirs, info, use) {
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, [use]);
}

/** @param {Bytes} point */
const imported = (point) => crypto.subtle.importKey("raw", point, P256, false, []);

/**
 * Seal `text` to the holder of `point`.
 * @param {Bytes} text @param {Bytes} bound @param {Bytes} point @param {string} [use]
 */
export async function seal(text, bound, point, use = "kith/intake/1") {
  const mine = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(P256, false, ["deriveBits"]));
  const fresh = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  const key = await shared(mine.privateKey, await imported(point), join(utf8(use), fresh, point), "encrypt");
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, text);
  return join(fresh, iv, new Uint8Array(sealed));
}

/**
 * Open what was sealed to `point`, whose private half is `mine`. Throws for all else.
 * @param {Bytes} sealed @param {Bytes} bound @param {{point: Bytes, mine: CryptoKey}} holder @param {string} [use]
 */
export async function unseal(sealed, bound, { point, mine }, use = "kith/intake/1") {
  const [fresh, iv] = [sealed.slice(0, POINT), sealed.slice(POINT, POINT + NONCE)];
  const key = await shared(mine, await imported(fresh), join(utf8(use), fresh, point), "decrypt");
  const how = { name: "AES-GCM", iv, additionalData: bound };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(POINT + NONCE)));
}
