// @ts-check
// On every page, once it is in use: let pages open without a connection, and send what waits.
import { here } from "./keep.js";
import { show } from "./kept.js";
import { isHeld, isLong } from "./store.js";

/** Say calmly, on whatever page, what has waited long or needs a choice. @param {Document} page @param {import("./store.js").Store} store */
async function remind(page, store) {
  const place = page.querySelector("[data-waits]");
  const current = await store.meta("current");
  if (!place || !current) return;
  const rows = await store.rows(current.who);
  show(place, rows.some(isHeld) ? "held" : rows.some(isLong) ? "long" : "");
}

/** A page that came while its worker was still getting ready asks for it; else it would go without. @param {ServiceWorkerContainer} all @param {string} worker */
export async function served(all, worker) {
  await all.register(worker, { type: "module", scope: "/" });
  const { active } = await all.ready;
  if (!all.controller) active?.postMessage("claim");
}

/** @param {Window} view */
export async function begin(view) {
  const { worker, here: who } = view.document.documentElement.dataset;
  const all = view.navigator.serviceWorker;
  if (worker && all) void served(all, worker).catch(() => {});
  const device = await here();
  if (!device) return;
  if (who === "erased") await device.store.erase();
  if (who === "out") await device.store.note("current", undefined);
  if (who === "in") await device.sender.learn();
  const again = () => {
    device.sender.failures = 0;
    void device.sender.flush();
  };
  view.addEventListener("online", again);
  view.document.addEventListener("visibilitychange", () => view.document.visibilityState === "visible" && again());
  again();
  await remind(view.document, device.store);
}

if (typeof document !== "undefined") {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ what) => setTimeout(what, 200));
  addEventListener("load", () => idle(() => void begin(window)));
}
