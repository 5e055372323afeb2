// @ts-check
/** From a card to more about its relationship, where the map has an address of its own. */

const MAP = /^.*\/map\/[0-9a-f-]{36}\/$/;

/** Where more about a thing is said; "" for paper that is kept nowhere yet. @param {string} path @param {string} thing */
export function moreAbout(path, thing) {
  return MAP.test(path) ? `${path}about/${thing}/` : "";
}

/**
 * Show the way there, and whether the list knows of words about it.
 * @param {Element} card @param {string} thing @param {boolean} self whether it stands for oneself
 */
export function leadOn(card, thing, self) {
  const way = /** @type {HTMLAnchorElement|null} */ (card.querySelector("a[data-more]"));
  if (!way) return;
  way.href = moreAbout(location.pathname, thing);
  way.hidden = self || !way.getAttribute("href");
  const there = /** @type {HTMLElement|null} */ (way.querySelector("[data-there]"));
  if (there) there.hidden = !document.querySelector(`[data-told="${thing}"]`);
}
