// @ts-check
// The button that prints. Without this script the browser's own way to print does the same.

/**
 * Show the button and let it print.
 * @param {{querySelector(selectors: string): any}} page where the button is
 * @param {() => void} print what a press does
 */
export function offer(page, print) {
  const button = page.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", print);
}

if (typeof document !== "undefined") offer(document, () => window.print());
