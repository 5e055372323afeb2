// @ts-check
// A prompt says once that it was in sight, so that silence can be told from not having been there.

/**
 * What is sent: the form, with "shown" in place of an answer.
 * @param {HTMLFormElement} form
 */
function shown(form) {
  const told = new FormData(form);
  told.set("state", "shown");
  return told;
}

/** @param {HTMLFormElement} form */
function tell(form) {
  const sending = { method: "POST", body: shown(form), credentials: /** @type {const} */ ("same-origin") };
  fetch(form.action, sending).catch(() => {}); // without a connection it counts as not shown
}

/** @type {NodeListOf<HTMLFormElement>} */
const prompts = document.querySelectorAll("form[data-prompt]");
const seen = new IntersectionObserver((sights) => {
  for (const sight of sights) {
    if (!sight.isIntersecting) continue;
    seen.unobserve(sight.target);
    tell(/** @type {HTMLFormElement} */ (sight.target));
  }
});
for (const form of prompts) seen.observe(form);
