// @ts-check
/** The row of layers under the paper: another layer, faint, under the one that is drawn on. */

const IN_ADDRESS = /\/map\/[0-9a-f-]{36}\/$/;

/** The picture of another layer, for looking at only. @param {string} html @param {Document} page */
export function ghostOf(html, page) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("svg");
  if (!found) return null;
  const ghost = page.importNode(found, true);
  ghost.classList.add("ghost");
  return ghost;
}

/** Let the ghost stay under the paper when that is moved or made larger. @param {Element} ghost @param {Element} paper */
export function follow(ghost, paper) {
  const copy = () => {
    for (const name of ["viewBox", "preserveAspectRatio"]) {
      const value = paper.getAttribute(name);
      if (value) ghost.setAttribute(name, value);
    }
  };
  copy();
  const watch = new MutationObserver(copy);
  watch.observe(paper, { attributes: true, attributeFilter: ["viewBox", "preserveAspectRatio"] });
  return watch;
}

class Ghosts {
  /** @param {HTMLElement} chooser */
  constructor(chooser) {
    this.chooser = chooser;
    /** @type {MutationObserver|null} */
    this.watch = null;
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
    this.lift();
    const paper = document.querySelector(".map-canvas>svg.paper");
    const ghost = html && ghostOf(html, document);
    this.out.hidden = !url || Boolean(ghost);
    if (!paper || !ghost) return;
    paper.before(ghost);
    this.watch = follow(ghost, paper);
  }

  /** Take the ghost away. */
  lift() {
    this.watch?.disconnect();
    document.querySelector(".map-canvas>.ghost")?.remove();
  }
}

if (typeof document !== "undefined") {
  const chooser = document.querySelector("[data-ghosts]");
  if (chooser instanceof HTMLElement) new Ghosts(chooser);
  const begin = document.querySelector("[data-layers] [data-begin]");
  if (begin instanceof HTMLElement) begin.hidden = !IN_ADDRESS.test(location.pathname);
}
