// @ts-check
// A field for a picture: what is chosen is drawn anew, at most 1600 dots long, and that is what the
// field then holds. So no place, time or device leaves this page, and a slow line carries it.
import { show } from "../web/kept.js";

export const SIDE = 1600;
const QUALITIES = [0.82, 0.64, 0.46];
const LARGEST = 1_000_000;

/** How large it is to be: the longer side at most `most`. @param {number} wide @param {number} high @param {number} [most] */
export function fitted(wide, high, most = SIDE) {
  const share = Math.min(1, most / Math.max(wide, high, 1));
  return { wide: Math.max(1, Math.round(wide * share)), high: Math.max(1, Math.round(high * share)) };
}

/** The dots of a picture alone, as JPEG. Throws for what is no picture. @param {Blob} file @returns {Promise<Blob>} */
export async function drawnAnew(file) {
  const seen = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { wide, high } = fitted(seen.width, seen.height);
  const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  paper.fillStyle = "white";
  paper.fillRect(0, 0, wide, high);
  paper.drawImage(seen, 0, 0, wide, high);
  seen.close();
  return lightest(canvas);
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
async function lightest(canvas) {
  for (const quality of QUALITIES) {
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (made && made.size <= LARGEST) return made;
  }
  throw new Error("too many dots to keep");
}

/** Let a field hold this file, or none. @param {HTMLInputElement} input @param {File|null} file */
export function hold(input, file) {
  const files = new DataTransfer();
  if (file) files.items.add(file);
  input.files = files.files;
}

/** @param {HTMLInputElement} input @param {HTMLElement} place */
async function taken(input, place) {
  const [chosen, image] = [input.files?.[0], /** @type {HTMLImageElement} */ (place.querySelector("img"))];
  URL.revokeObjectURL(image.src);
  image.hidden = true;
  show(place, "");
  if (!chosen) return;
  try {
    const made = await drawnAnew(chosen);
    hold(input, new File([made], "picture.jpg", { type: "image/jpeg" }));
    image.src = URL.createObjectURL(made);
    image.hidden = false;
    show(place, "ready");
  } catch {
    hold(input, null);
    show(place, "unreadable");
  }
}

/** @param {Document} page */
function begin(page) {
  const template = /** @type {HTMLTemplateElement|null} */ (page.querySelector("template[data-chosen]"));
  for (const input of page.querySelectorAll("input[data-picture]")) {
    if (!(input instanceof HTMLInputElement) || !template) continue;
    const place = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    input.after(place);
    input.addEventListener("change", () => void taken(input, place));
    if (input.files?.length) void taken(input, place); // chosen before this script was there
  }
}

if (typeof document !== "undefined") begin(document);
