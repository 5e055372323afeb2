// @ts-check
/**
 * Sends gestures one by one, in order, each under its own id until the server says "stored".
 * A failure loses nothing: the same gesture is sent again, and the server takes it once.
 *
 * @typedef {import("./picture.js").Gesture} Gesture
 * @typedef {"stored"|"saving"|"waiting"|"refused"} State
 */

const REFUSED = new Set([400, 409, 410, 413, 422]);
const PAUSES = [1000, 3000, 8000, 20000];

/** A random id (UUID version 4), also where the page has no secure context. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)).map((byte, at) =>
    at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Outbox {
  /**
   * @param {(gesture: Gesture) => Promise<number>} post resolves to an HTTP status, 0 without a connection
   * @param {(state: State) => void} tell
   * @param {(ms: number) => Promise<void>} [rest]
   */
  constructor(post, tell, rest = (ms) => new Promise((done) => setTimeout(done, ms))) {
    this.post = post;
    this.tell = tell;
    this.rest = rest;
    /** @type {Gesture[]} */
    this.waiting = [];
    /** @type {Gesture[]} */
    this.refused = [];
    this.busy = false;
    this.failures = 0;
    this.sent = false;
    this.wake = () => {};
  }

  /** @param {Gesture} gesture */
  add(gesture) {
    this.waiting.push(gesture);
    return this.flush();
  }

  /** Whether anything is not yet proven stored. */
  get open() {
    return this.waiting.length + this.refused.length > 0;
  }

  /** What the drawer may be told now. @returns {State} */
  get state() {
    if (this.waiting.length) return this.failures ? "waiting" : "saving";
    return this.refused.length ? "refused" : "stored";
  }

  /** Send what waits; with `now`, without waiting out a pause. */
  async flush(now = false) {
    if (now) this.wake();
    if (this.busy) return;
    this.busy = true;
    for (let first = this.waiting[0]; first; first = this.waiting[0]) await this.send(first);
    this.busy = false;
    this.tell(this.state);
  }

  /** @param {Gesture} gesture the first that waits */
  async send(gesture) {
    this.tell(this.state);
    const status = await this.post(gesture);
    if (status >= 200 && status < 300) {
      this.sent = true;
      return this.settle([]);
    }
    if (REFUSED.has(status)) return this.settle([gesture]);
    this.failures += 1;
    this.tell(this.state);
    const pause = PAUSES[this.failures - 1] ?? 20000;
    await Promise.race([this.rest(pause), new Promise((wake) => (this.wake = () => wake(undefined)))]);
  }

  /** @param {Gesture[]} refused */
  settle(refused) {
    this.waiting.shift();
    this.refused.push(...refused);
    this.failures = 0;
  }
}

/**
 * One gesture to the server. Never throws. Only an answer that names this gesture's id counts.
 * @param {string} url @param {string} token @param {Gesture} gesture @returns {Promise<number>}
 */
export async function post(url, token, gesture) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(gesture),
      redirect: "error",
    });
    if (!answer.ok) return answer.status;
    return (await answer.json()).stored === gesture.id ? answer.status : 0;
  } catch {
    return 0;
  }
}
