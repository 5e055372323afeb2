// @ts-check
/** The tool in hand: a few are always there, the rest behind one button; what a tool needs lies by the paper. */

export class Tools {
  /** @param {HTMLElement} host @param {() => void} changed @param {AbortSignal} signal */
  constructor(host, changed, signal) {
    this.host = host;
    this.more = /** @type {HTMLButtonElement} */ (host.querySelector("[data-act=more]"));
    this.called = this.more.textContent ?? "";
    this.more.addEventListener("click", () => this.unfold(this.more.getAttribute("aria-expanded") !== "true"), { signal });
    host.addEventListener("change", (event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.name !== "map-tool") return;
      this.show();
      changed();
    }, { signal });
    this.show();
  }

  /** What is chosen among radios of one name. @param {string} name @returns {string} */
  value(name) {
    return /** @type {HTMLInputElement|null} */ (this.host.querySelector(`input[name=${name}]:checked`))?.value ?? "";
  }

  get tool() {
    return this.value("map-tool");
  }

  /** @param {string} tool */
  take(tool) {
    const radio = /** @type {HTMLInputElement} */ (this.host.querySelector(`input[name=map-tool][value=${tool}]`));
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {boolean} open */
  unfold(open) {
    this.more.setAttribute("aria-expanded", String(open));
    this.host.toggleAttribute("data-more", open);
  }

  /** Show which tool is in hand, and only what it needs. */
  show() {
    const { tool } = this;
    this.host.dataset.tool = tool;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.host.querySelectorAll("[data-for]"))) {
      part.hidden = !(part.dataset.for ?? "").split(" ").includes(tool);
    }
    const behind = this.host.querySelector(".more-tools input:checked");
    this.more.dataset.tool = behind ? tool : "";
    const name = behind?.parentElement?.textContent?.trim() || this.called;
    const label = this.more.querySelector("span");
    if (label) label.textContent = name;
    this.unfold(false);
  }
}
