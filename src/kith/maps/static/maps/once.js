// @ts-check
/** A page that keeps nothing: one touch keeps it after all; however one leaves, it is empty behind one. */
import { keep } from "../web/keep.js";
import { show } from "../web/kept.js";
import { held } from "./way.js";

const ON_THE_WAY = new Set(["saved", "sent", "shut"]);

const place = /** @type {HTMLElement|null} */ (document.querySelector("[data-once]"));

/** Let go of all of it; whoever comes back to a stored copy of the page finds it empty. */
function leave() {
  held?.drop();
  document.documentElement.replaceChildren();
}

/** @param {HTMLElement} place */
async function keepAfterAll(place) {
  const go = () => location.replace(place.dataset.then?.replace("*", held?.map ?? "") ?? "/");
  show(place, "keeping");
  const kept = await held?.keepAfterAll(keep, ({ state }) => ON_THE_WAY.has(state) || go()).catch(() => false);
  if (!kept) return show(place, "cannot");
  if (!navigator.onLine) go();
  else if (place.isConnected) show(place, "kept");
}

if (place && held) {
  place.querySelector("button")?.addEventListener("click", () => void keepAfterAll(place));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
