// @ts-check
/** The row of layers under the paper: another layer, faint, under the one that is drawn on. */

const IN_ADDRESS = /\/map\/[0-9a-f-]{36}\/$/;

/** The picture of another layer, to lie within the paper, under all else, and to move with it. @param {string} html @param {Document} page */
export function ghostOf(html, page) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("svg");
  if (!found) return null;
  const ghost = page.importNode(found, true);
  ghost.setAttribute("class", "still ghost");
  for (const side of ["width", "height"]) ghost.setAttribute(side, "600");
  return ghost;
}

class Ghosts {
  /** @param {HTMLElement} chooser */
  constructor(chooser) {
    this.chooser = chooser;
    this.asked = "";
    chooser.hidden = false;
    chooser.addEventListener("change", (event) => void this.choose(/** @type {HTMLInputElement} */ (event.target).dataset.picture ?? ""));
  }

  get out() {
    return /** @type {HTMLElement} */ (this.chooser.querySelector("[data-out]"));
  }

  /** @param {string} url where its picture is; "" for none */
  async choose(url) {
    this.asked = url;
    const html = url && (await fetch(url).then((answer) => (answer.ok ? answer.text() : ""), () => ""));
    if (this.asked !== url) return;
    document.querySelector(".paper>.ghost")?.remove();
    const paper = document.querySelector(".map-canvas>svg.paper");
    const ghost = html && ghostOf(html, document);
    this.out.hidden = !url || Boolean(ghost);
    if (ghost) paper?.prepend(ghost);
  }
}

if (typeof document !== "undefined") {
  const chooser = document.querySelector("[data-ghosts]");
  if (chooser instanceof HTMLElement) new Ghosts(chooser);
  const begin = document.querySelector("[data-layers] [data-begin]");
  if (begin instanceof HTMLElement) begin.hidden = !IN_ADDRESS.test(location.pathname);
}
