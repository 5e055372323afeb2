// @ts-check
// Narrows a long list of lines to pick from. Nothing one types here leaves the page.

/** @typedef {{ themes: string, table: string, roles: string, stance: string, words: string }} Wanted */

/**
 * Whether a line is shown: every choice that is made has to fit.
 * @param {{ themes: string, table: string, roles: string, stance: string, words: string }} line
 * @param {Partial<Wanted>} wanted
 */
export function fits(line, wanted) {
  return (
    (!wanted.themes || line.themes.split(" ").includes(wanted.themes)) &&
    (!wanted.table || line.table === wanted.table) &&
    (!wanted.roles || line.roles.split("|").includes(wanted.roles)) &&
    (!wanted.stance || line.stance === wanted.stance) &&
    line.words.toLocaleLowerCase().includes((wanted.words ?? "").trim().toLocaleLowerCase())
  );
}

/** @param {Element} place */
function narrow(place) {
  /** @type {Record<string, string>} */
  const wanted = {};
  for (const field of place.querySelectorAll("[data-by]")) {
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
      wanted[field.dataset.by ?? ""] = field.value;
    }
  }
  for (const row of place.querySelectorAll("[data-row]")) {
    if (!(row instanceof HTMLElement)) continue;
    const { themes = "", table = "", roles = "", stance = "" } = row.dataset;
    const picked = row.querySelector("input:checked") !== null;
    const words = row.textContent ?? "";
    row.hidden = !picked && !fits({ themes, table, roles, stance, words }, wanted);
  }
}

if (typeof document !== "undefined") {
  for (const place of document.querySelectorAll("[data-pick]")) {
    const tools = place.querySelector("[data-narrow]");
    if (tools instanceof HTMLElement) tools.hidden = false;
    place.addEventListener("input", () => narrow(place));
  }
}
