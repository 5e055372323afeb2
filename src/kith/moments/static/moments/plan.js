// @ts-check
// A tap on the plan chooses a place there, as the list of places does. Nothing has to be dragged.

/** A place on the plan as a form says it: "0.25 0.5". @param {number} x @param {number} y from 0 to 1 */
export function asPlace(x, y) {
  const share = (/** @type {number} */ part) => String(Number(Math.min(1, Math.max(0, part)).toFixed(4)));
  return `${share(x)} ${share(y)}`;
}

class Plan {
  /** @param {HTMLElement} plan @param {HTMLFormElement} form */
  constructor(plan, form) {
    this.plan = plan;
    this.here = /** @type {SVGElement} */ (plan.querySelector("[data-here]"));
    this.place = /** @type {HTMLSelectElement} */ (form.elements.namedItem("place"));
    this.tapped = new Option(form.dataset.tapped ?? "", "");
    /** @type {HTMLElement} */ (form.querySelector("[data-tap]")).hidden = false;
    plan.classList.add("taps");
    plan.addEventListener("click", (event) => this.onTap(event));
    this.place.addEventListener("change", () => this.show());
  }

  /** @param {MouseEvent} event */
  onTap(event) {
    const box = this.plan.getBoundingClientRect();
    const side = Math.min(box.width, box.height) || 1;
    this.tapped.value = asPlace((event.clientX - box.left) / side, (event.clientY - box.top) / side);
    if (!this.tapped.parentNode) this.place.prepend(this.tapped);
    this.tapped.selected = true;
    this.show();
  }

  /** Mark the chosen place on the plan. */
  show() {
    this.here.setAttribute("transform", `translate(${this.place.value})`);
    this.here.removeAttribute("hidden");
  }
}

if (typeof document !== "undefined") {
  const plan = document.querySelector("[data-plan]");
  const form = document.querySelector("form[data-put]");
  if (plan instanceof HTMLElement && form instanceof HTMLFormElement) new Plan(plan, form);
}
