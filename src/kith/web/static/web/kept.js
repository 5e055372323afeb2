// @ts-check
// What pages that keep words share: a form as one body, states in words, what to say beforehand.
import { base64 } from "./bytes.js";
import { warning } from "./keep.js";

const NOT_SAID = new Set(["csrfmiddlewaretoken", "id"]);

/** The fields of a form as one body: a text, or several where several were chosen. @param {FormData} data */
export function bodyOf(data) {
  /** @type {Record<string, string|string[]>} */
  const body = {};
  for (const name of new Set(data.keys())) {
    const said = data.getAll(name).filter((one) => typeof one === "string");
    if (!NOT_SAID.has(name) && said.length) body[name] = said.length === 1 ? String(said[0]) : said.map(String);
  }
  return body;
}

/** The files of a form, each as text of its bytes; none where none was chosen. @param {FormData} data */
export async function filesOf(data) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const [name, file] of data) {
    if (typeof file !== "string" && file.size) files[name] = base64(new Uint8Array(await file.arrayBuffer()));
  }
  return files;
}

/** Show one of the states that a place has words for, and hide the others. @param {ParentNode} place @param {string} state */
export function show(place, state) {
  for (const one of place.querySelectorAll("[data-state]")) {
    if (one instanceof HTMLElement) one.hidden = one.dataset.state !== state;
  }
}

/** Whether this page is an empty shell: there is no server behind it to send a form to. */
export const inShell = () => document.documentElement.dataset.here === "shell";

/** Say before anyone types what this browser cannot do. */
export async function warn() {
  const place = document.querySelector("[data-warnings]");
  const warned = await warning();
  if (place && warned && (warned !== "nobody" || inShell())) show(place, warned);
}
