// @ts-check
// On every page, once it is in use: let pages open without a connection, and send what waits.
import { here } from "./keep.js";

/** @param {Window} view */
export async function begin(view) {
  const { worker, here: who } = view.document.documentElement.dataset;
  if (worker) void view.navigator.serviceWorker?.register(worker, { type: "module", scope: "/" }).catch(() => {});
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
}

if (typeof document !== "undefined") {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ what) => setTimeout(what, 200));
  addEventListener("load", () => idle(() => void begin(window)));
}
