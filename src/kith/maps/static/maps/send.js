// @ts-check
/**
 * Keeps gestures on this device and says how far they all got. Where a device can keep nothing,
 * each goes to the server by itself, and one that does not get there is said to be so.
 *
 * @typedef {import("./picture.js").Gesture} Gesture
 * @typedef {"stored"|"sent"|"saved"|"held"|"draft"|"unsaved"|"refused"} State
 * @typedef {{id: string, state: string}} News
 * @typedef {(act: string, body: Record<string, unknown>, how: {id: string, at: string, tell: (news: News) => void}) => Promise<string|null>} Keep
 */

/** From what is said first to what is said only when nothing else is to say. */
const LOUDEST = /** @type {State[]} */ (["refused", "unsaved", "draft", "saved", "sent", "held"]);
const HELD = new Set(["clash", "refused"]);
const DONE = new Set(["stored", "gone"]);

export class Gestures {
  /**
   * @param {Keep} keep
   * @param {(gesture: Gesture) => Promise<boolean>} post the way without this device's help
   * @param {(state: State) => void} tell
   */
  constructor(keep, post, tell) {
    this.keep = keep;
    this.post = post;
    this.tell = tell;
    /** @type {Map<string, State>} */
    this.open = new Map();
    this.last = Promise.resolve();
    this.sent = false;
  }

  /** What the drawer may be told now: of all that is not stored, the worst. @returns {State} */
  get state() {
    const open = new Set(this.open.values());
    return LOUDEST.find((state) => open.has(state)) ?? "stored";
  }

  /** Whether leaving the page would lose anything. */
  get unsafe() {
    return [...this.open.values()].some((state) => state === "unsaved" || state === "draft");
  }

  /**
   * One after the other, so that they are counted in the order they were drawn. From this very
   * moment nothing is called stored until this is, too.
   * @param {Gesture} gesture @param {string | Promise<string>} map
   */
  add(gesture, map) {
    this.open.set(gesture.id, "draft");
    this.tell(this.state);
    this.last = this.last.then(() => this.keepOne(gesture, map));
    return this.last;
  }

  /** @param {Gesture} gesture @param {string | Promise<string>} map */
  async keepOne(gesture, map) {
    const { id, act, made_at: at, kind, thing, undoes, away, body } = gesture;
    const says = { map: await map, do: act, kind, thing, undoes, away, body };
    const kept = await this.keep("map.draw", says, { id, at, tell: (news) => this.onNews(news) }).catch(() => null);
    if (!kept) this.onNews({ id, state: (await this.post(gesture)) ? "stored" : "unsaved" });
  }

  /** @param {News} news */
  onNews({ id, state }) {
    if (DONE.has(state)) this.open.delete(id);
    else this.open.set(id, HELD.has(state) ? "refused" : state === "shut" ? "saved" : /** @type {State} */ (state));
    this.sent ||= state === "stored";
    this.tell(this.state);
  }
}

/**
 * One gesture straight to the server. Never throws. Only an answer that names its id counts.
 * @param {string} url @param {string} token @param {Gesture} gesture @returns {Promise<boolean>}
 */
export async function post(url, token, gesture) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(gesture),
      redirect: "error",
    });
    return answer.ok && (await answer.json()).stored === gesture.id;
  } catch {
    return false;
  }
}
