// @ts-check
/** Where it matters what came in before: the way on opens once nothing of the person waits here. */
import { here, whoIsHere } from "../web/keep.js";
import { show } from "../web/kept.js";
import { isWaiting } from "../web/store.js";

const AGAIN = 700; // milliseconds between two looks

/** Whether something is still on its way from this device. */
export async function waits() {
  const device = await here();
  const current = device && (await whoIsHere(device));
  if (!current) return false;
  const rows = await device.store.rows(current.who);
  if (rows.some(isWaiting)) void device.sender.flush();
  return rows.some(isWaiting);
}

/** @param {HTMLElement} place */
async function look(place) {
  const waiting = await waits().catch(() => false);
  for (const way of place.querySelectorAll("button, a.wide")) /** @type {HTMLElement} */ (way).hidden = waiting;
  show(place, waiting ? "waiting" : "");
  if (waiting) setTimeout(() => void look(place), AGAIN);
}

for (const place of document.querySelectorAll("[data-settled]")) void look(/** @type {HTMLElement} */ (place));
