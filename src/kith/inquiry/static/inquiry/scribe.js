// @ts-check
// Lines of a gathering: sent without leaving the page, and the list kept fresh.
//
// Without this script the page works too. With it, a line is kept on this device as soon as it is
// written, and is "Stored" only when the server said so. Where a device can keep nothing, the words
// stay in the field until they are stored, and sending again sends the same line, not a second.
import { newId } from "../web/ids.js";
import { keep } from "../web/keep.js";
import { bodyOf, inShell, warn } from "../web/kept.js";

const EVERY = 5_000; // milliseconds between two looks for new lines

/** @typedef {{ stored: boolean, lines?: string, stamp?: string, at?: string, why?: string[] }} Answer */

/**
 * What is left in the field once `sent` is stored: whatever was typed after it.
 * @param {string} now
 * @param {string} sent
 */
export function leftOver(now, sent) {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now;
}

/**
 * Send a form and read the answer. Anything but our own answer counts as not stored.
 * @param {typeof fetch} send
 * @param {string} url
 * @param {FormData} body
 * @returns {Promise<{ status: number, answer: Answer }>}
 */
export async function post(send, url, body) {
  try {
    const reply = await send(url, {
      method: "POST",
      body,
      headers: { "X-Asked-By": "script" },
      redirect: "error",
    });
    const ours = (reply.headers.get("Content-Type") ?? "").startsWith("application/json");
    const answer = ours ? /** @type {Answer} */ (await reply.json()) : { stored: false };
    return { status: reply.status, answer: { ...answer, stored: reply.ok && answer.stored } };
  } catch {
    return { status: 0, answer: { stored: false } };
  }
}

/**
 * Which control a key with Alt means: a number toggles who speaks, letters say how it was meant.
 * @param {{ altKey: boolean, ctrlKey: boolean, metaKey: boolean, code: string }} event
 * @returns {{ group: "digits", at: number } | { group: "stance", value: string } | { group: "t" } | undefined}
 */
export function keyMeans(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) return { group: "digits", at: Number(digit[1]) - 1 };
  if (event.code === "KeyT") return { group: "t" };
  const stances = new Map([
    ["Minus", "another-view"],
    ["Slash", "another-view"], // where the minus key lies on many European keyboards
    ["NumpadSubtract", "another-view"],
    ["KeyS", "silence"],
    ["KeyU", "question"],
    ["KeyM", "story"],
  ]);
  const value = stances.get(event.code);
  return value ? { group: "stance", value } : undefined;
}

/** The list of lines: put in place what the server sent, and ask for more now and then. */
export class Lines {
  /**
   * @param {HTMLElement} place
   * @param {typeof fetch} send
   */
  constructor(place, send) {
    this.place = place;
    this.send = send;
    this.paused = false;
  }

  get stamp() {
    const shown = this.place.querySelector("[data-stamp]");
    return shown instanceof HTMLElement ? (shown.dataset.stamp ?? "") : "";
  }

  /** @param {Answer} answer */
  show(answer) {
    if (answer.lines === undefined || answer.stamp === undefined) return;
    const held = document.activeElement;
    if (held instanceof HTMLElement && this.place.contains(held) && held.matches("a, button")) {
      held.blur();
    }
    this.place.innerHTML = answer.lines;
  }

  /** Ask once whether there are other lines than those shown; always, if one's own was `stored`. */
  async refresh(stored = false) {
    const inside = this.place.contains(document.activeElement);
    if (!this.place.dataset.lines) return;
    if (!stored && (this.paused || inside || document.visibilityState === "hidden")) return;
    const url = new URL(this.place.dataset.lines ?? "", location.href);
    url.searchParams.set("seen", this.stamp);
    try {
      const reply = await this.send(url, { headers: { "X-Asked-By": "script" }, redirect: "error" });
      if (reply.status === 200) this.show(await reply.json());
    } catch {
      // No network for now: what is shown stays, and the next look may find more.
    }
  }
}

/** The form that a line is written in. */
export class LineForm {
  /**
   * @param {HTMLFormElement} form
   * @param {Lines} lines
   * @param {HTMLElement} state
   * @param {typeof fetch} send
   */
  constructor(form, lines, state, send) {
    this.form = form;
    this.lines = lines;
    this.state = state;
    this.send = send;
    this.busy = false;
    const words = form.querySelector("textarea");
    if (!words) throw new Error("a line needs a field");
    this.words = words;
  }

  /** @param {string} word @param {string} [at] */
  say(word, at = "") {
    this.state.textContent = (this.state.dataset[word] ?? "").replace("%s", at);
  }

  /** Keep the line on this device; one without words is for the server to say something about. */
  async keep() {
    if (this.busy) return;
    this.busy = true;
    const [id, sent, body] = [this.id.value || newId(), this.words.value, bodyOf(new FormData(this.form))];
    const tell = (/** @type {{state: string}} */ { state }) => this.onNews(state, sent);
    const able = sent.trim() || body.stance === "silence";
    const kept = able && (await keep(this.act, { ...body, ...where(location.pathname) }, { id, tell }).catch(() => null));
    this.busy = false;
    if (!kept) return inShell() ? this.say("unsaved") : this.sendPlainly();
    this.words.value = leftOver(this.words.value, sent);
    this.freshLine();
    this.words.focus();
  }

  get act() {
    return this.form.dataset.line === "scribe" ? "contribution.write" : "contribution.say";
  }

  /** How far a line got. One that cannot be taken stands in the field again. @param {string} state @param {string} sent */
  onNews(state, sent) {
    if (state === "saved") this.say("saved");
    if (state === "stored") {
      this.say("stored", clockNow());
      void this.lines.refresh(true);
    }
    if (state !== "refused" && state !== "clash") return;
    this.words.value = [sent, this.words.value].filter(Boolean).join("\n");
    this.say("held");
  }

  /** Send the line as it stands. The same id goes out until it is stored. */
  async sendPlainly() {
    this.busy = true;
    this.say("sending");
    const sent = this.words.value;
    const { status, answer } = await post(this.send, this.form.action, new FormData(this.form));
    this.busy = false;
    if (answer.stored) this.stored(sent, answer);
    else this.notStored(status, answer);
  }

  /** @param {string} sent @param {Answer} answer */
  stored(sent, answer) {
    this.words.value = leftOver(this.words.value, sent);
    this.freshLine();
    this.lines.show(answer);
    this.say("stored", answer.at ?? "");
    this.words.focus();
  }

  /** @param {number} status @param {Answer} answer */
  notStored(status, answer) {
    if (status === 409) this.id.value = newId();
    if (answer.why?.length) this.state.textContent = answer.why.join(" ");
    else this.say(status === 409 ? "again" : "failed");
  }

  get id() {
    const field = this.form.elements.namedItem("id");
    if (!(field instanceof HTMLInputElement)) throw new Error("a line needs an id");
    return field;
  }

  /** Who spoke, how it was meant and whether it may be quoted are asked anew for every line. */
  freshLine() {
    this.id.value = newId();
    for (const box of this.form.querySelectorAll("input")) {
      if (["roles", "quote", "kept_out"].includes(box.name)) box.checked = false;
      if (box.name === "stance") box.checked = box.value === "said";
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "Enter" && event.target === this.words && !event.isComposing) {
      if (event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.form.requestSubmit();
      return;
    }
    const meant = keyMeans(event);
    if (!meant) return;
    event.preventDefault();
    this.choose(meant);
  }

  /** @param {NonNullable<ReturnType<typeof keyMeans>>} meant */
  choose(meant) {
    const boxes = [...this.form.querySelectorAll("input")];
    if (meant.group === "t") {
      boxes.find((box) => box.name === "themes")?.focus();
      return;
    }
    const box =
      meant.group === "digits"
        ? boxes.filter((one) => one.name === "roles")[meant.at]
        : boxes.find((one) => one.name === "stance" && one.value === meant.value);
    box?.click();
  }
}

/** The circle and gathering that an address names. @param {string} path @returns {Record<string, string>} */
export function where(path) {
  const [circle, gathering] = path.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  return circle && gathering ? { circle, gathering } : {};
}

/** The time of day here, as 14.22. */
function clockNow() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(".");
}

/** @param {Document} page @param {typeof fetch} send */
export function begin(page, send) {
  const place = page.getElementById("lines");
  const form = page.querySelector("form[data-line]");
  const state = page.getElementById("state");
  if (!place || !state || !(form instanceof HTMLFormElement)) return;
  const lines = new Lines(place, send);
  const line = new LineForm(form, lines, state, send);
  line.id.value ||= newId();
  void warn();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void line.keep();
  });
  form.addEventListener("keydown", (event) => line.press(event));
  place.addEventListener("submit", (event) => void inPlace(event, lines, line));
  letPause(page, lines);
  const typing = typeof matchMedia === "function" && matchMedia("(pointer: fine)").matches;
  if (typing && form.dataset.line === "scribe") line.words.focus();
  if (place.dataset.lines) setInterval(() => void lines.refresh(), EVERY);
}

/**
 * Take back and bring back without leaving the page; if that fails, the words say so.
 * @param {Event} event @param {Lines} lines @param {LineForm} line
 */
async function inPlace(event, lines, line) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("inPlace" in form.dataset)) return;
  event.preventDefault();
  const { answer } = await post(lines.send, form.action, new FormData(form));
  if (answer.stored) {
    lines.show(answer);
    line.say("stored", answer.at ?? "");
    line.words.focus();
  } else line.say("failed");
}

/** @param {Document} page @param {Lines} lines */
function letPause(page, lines) {
  const button = page.querySelector("[data-pause]");
  if (!(button instanceof HTMLButtonElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    lines.paused = !lines.paused;
    const word = lines.paused ? button.dataset.goWord : button.dataset.pauseWord;
    const text = button.querySelector("span");
    if (text) text.textContent = word ?? "";
  });
}

if (typeof document !== "undefined") begin(document, (...asked) => fetch(...asked));
