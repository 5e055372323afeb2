// @ts-check
/** Which map a page without a connection draws on: the one in its address, the last one, or a new one. */
import { newId } from "../web/ids.js";
import { here, keep, whoIsHere } from "../web/keep.js";

const IN_ADDRESS = /\/map\/([0-9a-f-]{36})\//;

/** @param {string} path @param {string|undefined} told the map that the page itself names */
export async function mapHere(path, told) {
  const known = told || IN_ADDRESS.exec(path)?.[1];
  const device = await here();
  const current = device && (await whoIsHere(device));
  if (!current) return known ?? "";
  const name = `map:${current.who}`;
  const map = known ?? (await device.store.meta(name)) ?? (await keep("map.begin", {}, { id: newId() }));
  if (map) await device.store.note(name, map);
  return map ?? "";
}
