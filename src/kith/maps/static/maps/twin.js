// @ts-check
/** The list beside the paper: fetched anew when something is stored, never under your hands. */

export class Twin {
  /** @param {HTMLElement} place @param {string} url */
  constructor(place, url) {
    this.place = place;
    this.url = url;
    this.stale = false;
    place.addEventListener("focusout", () => setTimeout(() => this.stale && this.refresh(), 50));
  }

  /** Put the list as it is now in place; while somebody is in it, wait until they leave. */
  async refresh() {
    this.stale = Boolean(this.url);
    if (!this.url || this.place.contains(document.activeElement)) return;
    const html = await fetch(this.url).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    if (!html || this.place.contains(document.activeElement)) return;
    this.stale = false;
    const open = [...this.place.querySelectorAll("details[open]")].map(({ id }) => id);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    this.place.replaceChildren(...fresh.body.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }
}
