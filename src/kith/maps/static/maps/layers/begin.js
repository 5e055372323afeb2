// @ts-check
/** A new layer, kept on this device first; without a connection one goes on to its bare paper. */
import { KeptForm } from "../../web/kept-form.js";
import { inShell } from "../../web/kept.js";

const IN_ADDRESS = /\/map\/([0-9a-f-]{36})\/layers\/new\/$/;

class BeginForm extends KeptForm {
  /** Stored, or safe here without a connection: on to the paper. @override @param {boolean} [on] */
  waiting(on = true) {
    if (on && this.shell) location.assign(paperOf(this.kept));
    else super.waiting(on);
  }
}

/** @param {string} layer */
const paperOf = (layer) => new URL(`../../../${layer}/`, location.href).href;

const form = document.querySelector("form[data-layer]");
const place = form?.querySelector("[data-kept]");
if (form instanceof HTMLFormElement && place instanceof HTMLElement) {
  const map = /** @type {HTMLInputElement} */ (form.elements.namedItem("map"));
  if (inShell()) map.value = IN_ADDRESS.exec(location.pathname)?.[1] ?? "";
  form.dataset.keep = "layer.begin";
  form.dataset.then = paperOf("*");
  void new BeginForm(form, place).begin();
}
