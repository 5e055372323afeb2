// @ts-check
/** What things on the paper are called, for those who hear it and for what is said aloud. */
import { middle } from "./places.js";

/** @typedef {import("./picture.js").Body} Body */
/** @typedef {import("./picture.js").Kind} Kind */
/** @typedef {import("./picture.js").Picture} Picture */

const LONGEST = 60;

/** @param {string} text @param {Record<string, string>} facts */
export function say(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

export class Names {
  /** @param {any} words what the page brought @param {() => Picture} picture */
  constructor(words, picture) {
    this.words = words;
    this.picture = picture;
  }

  /** A short name. @param {string} thing @returns {string} */
  of(thing) {
    const { kind, body } = this.picture().things.get(thing) ?? { kind: "figure", body: /** @type {Body} */ ({}) };
    if (kind === "tie") return say(this.words.between, { a: this.of(body.a), b: this.of(body.b) });
    if (kind === "shape") return this.words.shapes[body.what] ?? "";
    if (kind === "stroke") return this.words.stroke;
    if (kind === "region") return body.label || this.words.region;
    if (kind === "writing") return say(this.words.writing, { words: short(body.words) });
    return body.label || this.words.unnamed;
  }

  /** All that is to know of a thing, in words. @param {string} thing @param {Kind} kind @param {Body[]} mine its ties */
  full(thing, kind, mine) {
    const body = this.picture().things.get(thing)?.body ?? {};
    if (kind === "figure") return sentences(this.of(thing), this.words.kinds[body.kind], ...mine.map((tie) => this.end(tie, thing)));
    if (kind === "tie") return sentences(this.of(thing), this.qualities(body), body.words && `“${body.words}”`);
    const colour = this.words.colours[body.pen ?? body.colour];
    return sentences(this.of(thing), colour, this.place(body));
  }

  /** Where a tie leads to, and what it is like. @param {Body} tie @param {string} from */
  end(tie, from) {
    const name = this.of(tie.a === from ? tie.b : tie.a);
    const how = this.qualities(tie);
    return say(this.words["tied-to"], { name }) + (how && ` (${how})`);
  }

  /** @param {Body} tie */
  qualities({ qualities = [] }) {
    return qualities.map((/** @type {string} */ one) => this.words.qualities[one] ?? one).join(", ");
  }

  /** Where on the paper. @param {Body} body @returns {string} */
  place(body) {
    const [x, y] = middle(body);
    const third = (/** @type {number} */ at) => Math.min(2, Math.floor(at * 3));
    return this.words.places[third(y)][third(x)];
  }
}

/** @param {(string|undefined)[]} parts */
function sentences(...parts) {
  return parts.filter(Boolean).join(". ");
}

/** @param {string} text */
function short(text) {
  const letters = [...text.replace(/\s+/g, " ")];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : letters.join("");
}
