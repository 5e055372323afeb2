// @ts-check
/**
 * On one's own device, if wished: the map as it last stood, sealed to a passphrase (web/copy.js), so
 * that it can be opened and drawn on again without a connection.
 *
 * @typedef {import("./picture.js").Picture} Picture
 */
import { canonical, textOf } from "../web/bytes.js";
import * as copies from "../web/copy.js";
import { here, whoIsHere } from "../web/keep.js";
import { about, unseal } from "../web/seal.js";
import { plain } from "./picture.js";

const QUIET = 600; // milliseconds without a gesture until the map is put by

async function mine() {
  const device = await here();
  const current = device && (await whoIsHere(device));
  return current ? { store: device.store, who: /** @type {string} */ (current.who) } : null;
}

let timer = 0;

/** Put the map by once the hand rests. @param {Promise<string>} map @param {() => Picture} picture */
export function remember(map, picture) {
  clearTimeout(timer);
  timer = window.setTimeout(async () => {
    const [id, device] = [await map, await mine()];
    const wanted = id && device && (await copies.isKept(device.store, device.who));
    const copy = wanted && (await copies.copyOf(device.store, device.who, id, canonical(plain(picture()))));
    if (copy) await device.store.change(async (from) => void from("copies").put(copy), ["copies"]);
  }, QUIET);
}

/** Whether this map was put by here. @param {string} map */
export async function isKnown(map) {
  const device = await mine();
  return Boolean(device && (await copies.isKept(device.store, device.who)) && (await device.store.read("copies", map))?.who === device.who);
}

/** The map as it was put by, or how many tries are left. @param {string} map @param {string} passphrase */
export async function recall(map, passphrase) {
  const device = await mine();
  if (!device) return 0;
  const holder = await copies.open(device.store, device.who, passphrase);
  if (typeof holder === "number") return holder;
  const { sealed } = await device.store.read("copies", map);
  return JSON.parse(textOf(await unseal(sealed, about(map, device.who), holder, copies.USE)));
}
