// @ts-check
// A form is sent once, however often the button is pressed while the network is slow.

const AGAIN = 10_000; // milliseconds after which a press may mean it anew (a saved file, say)

/**
 * Let the first sending of a form pass and stop those that follow at once. Nothing is greyed out.
 * @param {WeakMap<EventTarget, number>} sent when each form was last sent
 * @param {Event} event the sending of a form
 */
export function once(sent, event) {
  const form = event.target;
  if (!form || event.defaultPrevented) return;
  const before = sent.get(form);
  if (before !== undefined && event.timeStamp - before < AGAIN) event.preventDefault();
  else sent.set(form, event.timeStamp);
}

if (typeof window !== "undefined") {
  /** @type {WeakMap<EventTarget, number>} */
  const sent = new WeakMap();
  window.addEventListener("submit", (event) => once(sent, event));
}
