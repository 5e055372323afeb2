// @ts-check
// Opens pages without a connection. It keeps files of the product and empty shells, never a page
// with anything of anyone's; and it lets one leave at once, connection or not.

/**
 * @typedef {{name: string, files: string[], shells: [string, string][], otherwise: string, left: [string, string], closed: string}} Plan
 * @typedef {{request: Request, respondWith: (answer: Promise<Response>) => void, waitUntil: (work: Promise<unknown>) => void}} Fetching
 */

const LEAVING = "kith-leaving"; // a mark that a notebook is still to be closed at the server
const MARK = "/leaving";
const OURS = "kith-";

/** The shell for an address: the first whose pattern fits. @param {Plan} plan @param {string} path */
export function shellFor({ shells, otherwise }, path) {
  return shells.find(([pattern]) => new RegExp(pattern).test(path))?.[1] ?? otherwise;
}

/** @param {Plan} plan */
export async function fill({ name, files, shells, otherwise, left }) {
  const cache = await caches.open(name);
  const all = new Set([...files, ...shells.map(([, shell]) => shell), otherwise, left[1]]);
  await cache.addAll([...all].map((url) => new Request(url, { credentials: "omit", cache: "no-cache" })));
}

/** Let go of what earlier versions kept. @param {string} name */
export async function tidy(name) {
  const old = (await caches.keys()).filter((key) => key.startsWith(OURS) && key !== name && key !== LEAVING);
  await Promise.all(old.map((key) => caches.delete(key)));
}

/** @param {Plan} plan @param {string} url @returns {Promise<Response|undefined>} */
async function kept({ name }, url) {
  return (await caches.open(name)).match(url);
}

/** Close the notebook at the server: at once, or before the next page. @param {Plan} plan */
export async function leave({ left }) {
  const marks = await caches.open(LEAVING);
  await marks.put(MARK, new Response(""));
  const [gone] = await Promise.allSettled([fetch(left[0], { credentials: "same-origin", cache: "no-store", redirect: "error" }), forgetWho()]);
  // Only our own page says so; one that another network puts in its place does not count.
  if (gone?.status === "fulfilled" && gone.value.headers.has("X-Left")) await caches.delete(LEAVING);
}

/** This device no longer knows who is here; what waits stays sealed. @returns {Promise<void>} */
function forgetWho() {
  return new Promise((done) => {
    const asked = indexedDB.open("kith");
    asked.onupgradeneeded = () => asked.transaction?.abort();
    asked.onerror = () => done();
    asked.onsuccess = () => {
      const change = asked.result.transaction("meta", "readwrite", { durability: "strict" });
      change.objectStore("meta").delete("current");
      change.oncomplete = change.onabort = () => {
        asked.result.close();
        done();
      };
    };
  });
}

/** A page: from the server if it can be reached, else an empty shell to write in. @param {Plan} plan @param {Request} request */
export async function open(plan, request) {
  if (await caches.has(LEAVING)) await leave(plan);
  try {
    if (await caches.has(LEAVING)) throw new Error("not left yet");
    return await fetch(request);
  } catch {
    const path = new URL(request.url).pathname;
    if (path === plan.closed) await leave(plan);
    const shell = path === plan.closed ? plan.left[1] : shellFor(plan, path);
    return (await kept(plan, shell)) ?? Response.error();
  }
}

/** @param {Plan} plan @param {Fetching} event @param {string} origin */
export function answer(plan, event, origin) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin) return;
  if (request.mode === "navigate" && url.pathname === plan.left[0]) {
    event.waitUntil(leave(plan));
    event.respondWith(kept(plan, plan.left[1]).then((page) => page ?? fetch(request)));
  } else if (request.mode === "navigate") event.respondWith(open(plan, request));
  else if (plan.files.includes(url.pathname)) event.respondWith(kept(plan, url.pathname).then((file) => file ?? fetch(request)));
}

/** @param {any} self the worker @param {Plan} plan */
export function start(self, plan) {
  self.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(fill(plan).then(() => self.skipWaiting())));
  self.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(tidy(plan.name).then(() => self.clients.claim())));
  self.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("fetch", (/** @type {any} */ event) => answer(plan, event, self.location.origin));
}
