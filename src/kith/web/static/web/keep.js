// @ts-check
// The face that pages use: `keep(act, body)` seals what was written and has it on the disk of this
// device before it says "saved"; the rest (sent, stored) follows by itself, now or days later.
import { copyOf } from "./copy.js";
import { canonical, fromBase64, sha256, utf8 } from "./bytes.js";
import { newId } from "./ids.js";
import { about, seal } from "./seal.js";
import { Sender } from "./send.js";
import { Store } from "./store.js";

/** @typedef {import("./send.js").News} News */
/** @typedef {{store: Store, sender: Sender}} Device */

const SLOW_CLOCK = 2 * 60_000;
const LITTLE = 50_000_000;

/** @type {Promise<Device|null>|undefined} */
let opened;
/** @type {BroadcastChannel|undefined} */
let channel;
/** @type {Map<string, (news: News) => void>} */
const listening = new Map();

/** Whether this browser can keep anything sealed: it needs a safe connection, keys and storage. */
export const able = () => Boolean(globalThis.isSecureContext && crypto.subtle && globalThis.indexedDB && globalThis.BroadcastChannel);

/** This device's store and sender, or null where there can be none. */
export const here = () => (opened ??= able() ? open().catch(() => null) : Promise.resolve(null));

/** @returns {Promise<Device>} */
async function open() {
  const store = await Store.open();
  channel = new BroadcastChannel("kith");
  channel.onmessage = ({ data }) => hear(data);
  const sender = new Sender(store, { tell, alone });
  return { store, sender };
}

/** One sender among all tabs. @param {() => Promise<void>} what */
async function alone(what) {
  await (navigator.locks ? navigator.locks.request("kith-send", what) : what());
}

/** @param {News} news */
function hear(news) {
  listening.get(news.id)?.(news);
  if (news.state === "stored" || news.state === "gone") listening.delete(news.id);
}

/** @param {News} news */
function tell(news) {
  hear(news);
  channel?.postMessage(news);
}

/** The time, put right by the server's as last heard. @param {number} ahead of this clock, in ms */
export const now = (ahead) => new Date(Date.now() + (Math.abs(ahead) > SLOW_CLOCK ? ahead : 0)).toISOString();

/**
 * Whose words these are: those of the person this page was made for, whoever signed in since in
 * another tab; on a shell, of who was last here. Asked for if the device does not know yet.
 * @param {Device} device @returns {Promise<{who: string, intake: string, ahead: number}|null>}
 */
export async function whoIsHere({ store, sender }) {
  const page = document.documentElement.dataset.who;
  const known = await store.meta("current");
  const fits = known && (!page || known.who === page);
  const current = fits ? known : ((await sender.learn()) && (await store.meta("current"))) || known;
  return current ? { ...current, who: page || current.who } : null;
}

/**
 * Keep one act of the person who is signed in. Resolves to its id once it is on the disk of this
 * device; to null where that cannot be, and then nothing was kept.
 * @param {string} act @param {Record<string, unknown>} body
 * @param {{id?: string, at?: string, tell?: (news: News) => void}} [how] `tell` hears how far it gets
 */
export async function keep(act, body, { id = newId(), at, tell: listener } = {}) {
  const device = await here();
  const current = device && (await whoIsHere(device));
  if (!current) return null;
  const { who, intake, ahead } = current;
  const text = canonical({ v: 1, act, made_at: at ?? now(ahead), who, body });
  const sealed = await seal(utf8(text), about(id, who), fromBase64(intake));
  const entry = { id, who, sealed, digest: await sha256(sealed) };
  if (listener) listening.set(id, listener);
  if (!(await device.store.save(entry, Date.now(), await copyOf(device.store, who, id, text)))) return null;
  tell({ id, state: "saved", why: "" });
  void device.sender.flush();
  void lasting(device.store);
  return id;
}

/** Ask once that the browser does not clear what waits here. @param {Store} store */
async function lasting(store) {
  if (!navigator.storage?.persist || (await store.meta("asked"))) return;
  await store.note("asked", (await navigator.storage.persist()) ? "granted" : "refused");
}

/**
 * What to say before somebody types: "unable" where nothing can be kept without a connection,
 * "nobody" where the device does not know whose it would be, "unsure" where the browser may clear
 * what waits here, or "".
 * @returns {Promise<"unable"|"nobody"|"unsure"|"">}
 */
export async function warning() {
  const device = await here();
  if (!device) return "unable";
  if (!(await whoIsHere(device))) return "nobody";
  const { quota = LITTLE, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const refused = (await device.store.meta("asked")) === "refused" && !(await navigator.storage.persisted());
  return refused || quota - usage < LITTLE ? "unsure" : "";
}
