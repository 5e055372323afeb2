// @ts-check
// A passphrase can be looked at while it is typed: a switch beside each field, hidden words first.

/**
 * Put a switch after a field. Its words come from the field itself, so that they can be translated.
 * @param {HTMLInputElement} field
 */
export function lookable(field) {
  const { show = "", hide = "" } = field.dataset;
  const button = field.ownerDocument.createElement("button");
  button.type = "button";
  button.className = "btn quiet";
  button.textContent = show;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? hide : show;
  });
  // A browser may keep what stood in a field of text; never what stood in one of this kind.
  field.form?.addEventListener("submit", () => (field.type = "password"));
  field.after(button);
}

if (typeof document !== "undefined") {
  for (const field of document.querySelectorAll("input[data-show]")) {
    if (field instanceof HTMLInputElement) lookable(field);
  }
}
