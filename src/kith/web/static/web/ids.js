// @ts-check
/** A random id (UUID version 4), also where the page has no secure context. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)).map((byte, at) =>
    at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
