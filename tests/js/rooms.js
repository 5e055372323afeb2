/**
 * Lets Node find the scripts of pages as a browser does, where the static folders of all rooms
 * are one: `import "../web/ink.js"` works from any room. Used as `node --import ./tests/js/rooms.js`.
 */
import { existsSync, readdirSync } from "node:fs";
import { register } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const rooms = fileURLToPath(new URL("../../src/kith/", import.meta.url));

/**
 * The file that `specifier` means inside some room's static folder, if `importer` is in one.
 * @param {string} specifier
 * @param {string | undefined} importer
 * @returns {string | undefined}
 */
export function inAnyRoom(specifier, importer) {
  if (!specifier.startsWith(".") || !importer?.startsWith("file:")) return undefined;
  const wanted = join(dirname(fileURLToPath(importer)), specifier);
  const [before, after] = wanted.split(`${sep}static${sep}`);
  if (!before?.startsWith(rooms) || !after || existsSync(wanted)) return undefined;
  const places = readdirSync(rooms).map((room) => join(rooms, room, "static", after));
  return places.find((place) => existsSync(place));
}

/**
 * @param {string} specifier
 * @param {{ parentURL?: string }} context
 * @param {(specifier: string, context: object) => Promise<unknown>} next
 */
export async function resolve(specifier, context, next) {
  const found = inAnyRoom(specifier, context.parentURL);
  return next(found ? pathToFileURL(found).href : specifier, context);
}

// Node loads this file twice: once to register it, once as the hook itself, with nothing to add.
const loadedAsHook = new URL(import.meta.url).searchParams.has("hook");
if (!loadedAsHook) register(`${import.meta.url}?hook`);
