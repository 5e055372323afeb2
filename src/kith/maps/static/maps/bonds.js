// @ts-check
/** Words about a relationship without a connection: the address alone says what they are about. */
import { inShell } from "../web/kept.js";

const IN_ADDRESS = /\/map\/([0-9a-f-]{36})\/about\/([0-9a-f-]{36})\//;

/** What an address says it is about. @param {string} path @returns {Record<string, string>} */
export function told(path) {
  const [, map = "", about = ""] = IN_ADDRESS.exec(path) ?? [];
  return { map, about };
}

if (typeof document !== "undefined" && inShell()) {
  for (const [name, id] of Object.entries(told(location.pathname))) {
    const field = document.querySelector(`input[name=${name}]`);
    if (field instanceof HTMLInputElement) field.value = id;
  }
}
