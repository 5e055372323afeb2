// @ts-check
// Passkeys: a form that asks the server for a question, lets the device answer it, and sends the
// answer like any other form. Where a browser has no passkeys the form stays hidden.

class Refused extends Error {}
const TOKEN = "csrfmiddlewaretoken";

/**
 * @param {string} text base64url, without padding
 * @returns {ArrayBuffer}
 */
export function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

/**
 * @param {ArrayBuffer | null} given
 * @returns {string | null} base64url, without padding
 */
export function text(given) {
  if (given === null) return null;
  const plain = String.fromCharCode(...new Uint8Array(given));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The server's question as the browser wants it: what stands for bytes becomes bytes.
 * @param {any} told
 */
export function question(told) {
  const asked = { ...told, challenge: bytes(told.challenge) };
  if (told.user) asked.user = { ...told.user, id: bytes(told.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    const keys = told[list]?.map((/** @type {{id: string}} */ key) => ({ ...key, id: bytes(key.id) }));
    if (keys) asked[list] = keys;
  }
  const held = told.extensions?.prf?.eval?.first;
  if (held) asked.extensions = { ...told.extensions, prf: { eval: { first: bytes(held) } } };
  return asked;
}

/**
 * The secret that the passkey worked out, where it can. It goes to its own field: the answer itself
 * holds nothing that opens anything.
 * @param {any} credential a PublicKeyCredential
 */
export function secret(credential) {
  const worked = credential.getClientExtensionResults?.().prf?.results?.first;
  return worked ? text(worked) ?? "" : "";
}

/**
 * The browser's answer as the server wants it.
 * @param {any} credential a PublicKeyCredential
 */
export function answer(credential) {
  /** @type {Record<string, string | null>} */
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (part in credential.response) response[part] = text(credential.response[part]);
  }
  const rawId = text(credential.rawId);
  return JSON.stringify({ id: rawId, rawId, type: credential.type, response, clientExtensionResults: {} });
}

/**
 * @param {HTMLFormElement} form
 */
async function run(form) {
  const whole = new FormData(form);
  const body = new FormData();
  for (const name of [TOKEN, "handle", "made"]) if (whole.has(name)) body.set(name, String(whole.get(name)));
  const told = await fetch(form.dataset.ask ?? "", { method: "POST", body });
  if (told.status === 422) throw new Refused((await told.json()).why);
  if (!told.ok) throw new Error("not asked");
  const { publicKey } = await told.json();
  const asked = { publicKey: question(publicKey) };
  const made = form.dataset.passkey === "make"
    ? await navigator.credentials.create(asked)
    : await navigator.credentials.get(asked);
  const field = form.querySelector("[data-answer]");
  if (field instanceof HTMLInputElement) field.value = answer(made);
  const held = form.querySelector("[data-prf]");
  if (held instanceof HTMLInputElement) held.value = secret(made);
  form.submit();
}

/**
 * @param {HTMLFormElement} form
 */
function watch(form) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = form.querySelector("[role=status]");
    if (says) says.textContent = "";
    run(form).catch((/** @type {unknown} */ error) => {
      const why = error instanceof Refused ? error.message : form.dataset.failed;
      if (says) says.textContent = why ?? "";
    });
  });
}

if (typeof window !== "undefined" && "PublicKeyCredential" in window) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (form instanceof HTMLFormElement) watch(form);
  }
}
