// @ts-check
/** Pictures that stand for figures, where their drawer gave them one: the figure's id, and an address. */

/** @type {Map<string, string>} */
export const faces = new Map(Object.entries(JSON.parse(globalThis.document?.getElementById("map-faces")?.textContent || "{}")));
