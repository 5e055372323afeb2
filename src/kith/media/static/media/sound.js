// @ts-check
// A field for a sound becomes a recorder: record, stop, listen again, throw away. What was recorded is
// what the field then holds; until its form is kept, it is in the memory of this page alone.
import { show } from "../web/kept.js";
import { hold } from "./picture.js";

const LONGEST = 5 * 60_000; // milliseconds
const LARGEST = 950_000; // bytes
const BITS = 24_000; // a second
const LOOKS = 400; // milliseconds between two looks at how loud it is
const HEARS = 32_768; // samples that each looks back on: more than there are between two looks, so that no word is missed
const TYPES = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4", "audio/ogg;codecs=opus"];

/** How loud it is, in a word. @param {Float32Array} wave from -1 to 1 */
export function level(wave) {
  const loudest = wave.reduce((most, at) => Math.max(most, Math.abs(at)), 0);
  return loudest < 0.01 ? "silent" : loudest < 0.08 ? "low" : loudest < 0.95 ? "well" : "loud";
}

/** Why there is no sound: refused, or none there. @param {unknown} problem */
export const whyNot = (problem) =>
  problem instanceof DOMException && /NotAllowed|Security/.test(problem.name) ? "refused" : "none";

export class Recorder {
  /** @param {HTMLInputElement} input @param {HTMLElement} place */
  constructor(input, place) {
    this.input = input;
    this.place = place;
    this.audio = /** @type {HTMLAudioElement} */ (place.querySelector("audio"));
    /** @type {Blob[]} */
    this.parts = [];
    this.timers = /** @type {number[]} */ ([]);
    this.stream = /** @type {MediaStream|undefined} */ (undefined);
    this.recorder = /** @type {MediaRecorder|undefined} */ (undefined);
    this.hearing = /** @type {AudioContext|undefined} */ (undefined);
    this.longest = Number(input.dataset.seconds) * 1000 || LONGEST;
    this.said = "";
    this.began = 0;
    place.addEventListener("click", (event) => {
      const act = /** @type {HTMLElement} */ (event.target).closest("[data-act]")?.getAttribute("data-act");
      if (act === "record") void this.record();
      if (act === "stop") this.stop();
      if (act === "throw") this.throwAway("thrown");
    });
    input.form?.addEventListener("reset", () => this.throwAway(""));
    addEventListener("pagehide", () => this.letGo());
  }

  async record() {
    this.throwAway("asking");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
      this.recorder = new MediaRecorder(this.stream, { ...(type && { mimeType: type }), audioBitsPerSecond: BITS });
    } catch (problem) {
      this.letGo();
      return show(this.place, whyNot(problem));
    }
    const { recorder } = this;
    recorder.addEventListener("dataavailable", ({ data }) => this.recorder === recorder && this.heard(data));
    recorder.addEventListener("stop", () => this.recorder === recorder && this.done());
    recorder.start(1000);
    this.buttons("stop");
    this.listen(this.stream);
  }

  /** @param {Blob} part */
  heard(part) {
    this.parts.push(part);
    if (this.size > LARGEST) this.stop();
  }

  get size() {
    return this.parts.reduce((sum, { size }) => sum + size, 0);
  }

  /** Say in a word how loud it is, and stop when it is as much as goes in one go. @param {MediaStream} stream */
  listen(stream) {
    this.hearing = new AudioContext();
    const [ear, wave] = [new AnalyserNode(this.hearing, { fftSize: HEARS }), new Float32Array(HEARS)];
    this.hearing.createMediaStreamSource(stream).connect(ear);
    this.timers.push(window.setTimeout(() => this.stop(), this.longest));
    this.timers.push(window.setInterval(() => {
      ear.getFloatTimeDomainData(wave);
      this.say(level(wave));
    }, LOOKS));
    this.say("silent");
    this.began = Date.now();
  }

  /** @param {string} state */
  say(state) {
    if (this.said !== state) show(this.place, state);
    this.said = state;
  }

  stop() {
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  done() {
    const full = this.size > LARGEST || Date.now() - this.began >= this.longest;
    const type = this.recorder?.mimeType.split(";")[0] || "audio/webm";
    this.letGo();
    const made = new Blob(this.parts, { type });
    hold(this.input, new File([made], "sound", { type }));
    this.audio.src = URL.createObjectURL(made);
    this.audio.hidden = false;
    this.buttons("record", "throw");
    this.say(full ? "full" : "done");
  }

  /** @param {string} state what to say then */
  throwAway(state) {
    this.letGo();
    this.parts = [];
    hold(this.input, null);
    URL.revokeObjectURL(this.audio.src);
    this.audio.removeAttribute("src");
    this.audio.hidden = true;
    this.buttons("record");
    this.say(state);
  }

  /** The microphone is not used a moment longer than it is needed. */
  letGo() {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    void this.hearing?.close().catch(() => {});
    this.hearing = this.stream = this.recorder = undefined;
  }

  /** @param {...string} shown */
  buttons(...shown) {
    for (const button of this.place.querySelectorAll("button")) button.hidden = !shown.includes(button.dataset.act ?? "");
  }
}

/** @param {ParentNode} page */
export function begin(page) {
  const template = /** @type {HTMLTemplateElement|null} */ (page.querySelector("template[data-recorder]"));
  for (const input of page.querySelectorAll("input[data-sound]")) {
    if (!(input instanceof HTMLInputElement) || !template || !globalThis.MediaRecorder || !navigator.mediaDevices) continue;
    const place = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    input.after(place);
    input.hidden = true;
    new Recorder(input, place);
  }
}

if (typeof document !== "undefined") begin(document);
