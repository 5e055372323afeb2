// Seals as a browser would, with WebCrypto alone: an independent way to the same bytes.
// Reads {"intake", "about", "text"} (base64) from stdin, writes the sealed text as base64.
import { readFileSync } from "node:fs";

const { subtle } = globalThis.crypto;
const P256 = { name: "ECDH", namedCurve: "P-256" };
const { intake, about, text } = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(0, "utf8"))).map(([name, value]) => [
    name,
    Buffer.from(String(value), "base64"),
  ]),
);
const mine = await subtle.generateKey(P256, false, ["deriveBits"]);
const point = Buffer.from(await subtle.exportKey("raw", mine.publicKey));
const theirs = await subtle.importKey("raw", intake, P256, false, []);
const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
const key = await subtle.deriveKey(
  {
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(),
    info: Buffer.concat([Buffer.from("kith/intake/1"), point, intake]),
  },
  await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]),
  { name: "AES-GCM", length: 256 },
  false,
  ["encrypt"],
);
const nonce = globalThis.crypto.getRandomValues(new Uint8Array(12));
const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: about }, key, text);
process.stdout.write(Buffer.concat([point, nonce, Buffer.from(sealed)]).toString("base64"));
