// @ts-check
/** The small form for the one figure or tie that is chosen; the page brings it as a template. */

/** @typedef {import("./picture.js").Body} Body */

/**
 * @typedef {object} Chosen
 * @property {import("./picture.js").Kind} kind
 * @property {Body} body
 * @property {Record<string, string>} names what to write where the form speaks of a and b
 */

export class Card {
  /**
   * @param {Element} place where the form goes
   * @param {(act: string, changes: Body) => void} tell change, tie, remove, larger, smaller or close
   */
  constructor(place, tell) {
    this.place = place;
    this.tell = tell;
    place.addEventListener("change", () => this.changed());
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.tell("close", {});
    });
    place.addEventListener("click", (event) => this.pressed(event));
  }

  /** @param {Element} owner holds the templates @param {Chosen} chosen @param {boolean} focus */
  open(owner, { kind, body, names }, focus) {
    const template = /** @type {HTMLTemplateElement} */ (owner.querySelector(`template[data-card="${kind}"]`));
    this.place.replaceChildren(template.content.cloneNode(true));
    for (const node of this.place.querySelectorAll("[data-name]")) {
      node.textContent = names[/** @type {HTMLElement} */ (node).dataset.name ?? ""] ?? "";
    }
    fill(this.form, body);
    if (focus) /** @type {HTMLElement|null} */ (this.place.querySelector("input, textarea"))?.focus();
  }

  get form() {
    return /** @type {HTMLFormElement} */ (this.place.querySelector("form"));
  }

  /** Close; whatever was typed and not yet kept is kept first. */
  close() {
    const typing = this.place.contains(document.activeElement) ? document.activeElement : null;
    /** @type {HTMLElement|null} */ (typing)?.blur();
    this.place.replaceChildren();
  }

  changed() {
    if (this.form) this.tell("change", read(this.form));
  }

  /** @param {Event} event */
  pressed(event) {
    const button = /** @type {Element} */ (event.target).closest("[data-act]");
    if (button) this.tell(/** @type {HTMLElement} */ (button).dataset.act ?? "", {});
  }
}

/** @param {HTMLFormElement} form @param {Body} body */
function fill(form, body) {
  for (const text of form.querySelectorAll("textarea")) text.value = body[text.name] ?? "";
  for (const input of form.querySelectorAll("input")) {
    const value = body[input.name];
    if (input.type === "text") input.value = value ?? "";
    else input.checked = Array.isArray(value) ? value.includes(input.value) : value === input.value;
  }
}

/** What the form says now; checkboxes of one name become a list. @param {HTMLFormElement} form @returns {Body} */
function read(form) {
  /** @type {Body} */
  const body = {};
  for (const text of form.querySelectorAll("textarea")) body[text.name] = text.value.trim();
  for (const input of form.querySelectorAll("input")) {
    if (input.type === "checkbox") body[input.name] ??= [];
    if (input.type === "text") body[input.name] = input.value.trim();
    else if (input.checked && input.type === "checkbox") body[input.name].push(input.value);
    else if (input.checked) body[input.name] = input.value;
  }
  return body;
}
