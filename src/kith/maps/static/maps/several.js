// @ts-check
/** Several names at once: which they are, and where each finds room. */

const MOST = 200; // letters of a name
const APART = 0.15; // from middle to middle of two figures, in parts of the paper
const TURNS = 16;

/**
 * One on each line, or with commas between where it is one line: "M., my mum" on a line of its own
 * among others is one name.
 * @param {string} text
 */
export function namesIn(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const told = lines.length === 1 ? (lines[0] ?? "").split(/[,;]/) : lines;
  return told.map((name) => [...name.trim()].slice(0, MOST).join("")).filter(Boolean);
}

/**
 * The place nearest to where something should go that is clear of everything there; that very place
 * where the paper is full.
 * @param {Record<string, any>[]} there @param {number} x @param {number} y
 */
export function room(there, x, y) {
  const clear = (/** @type {number} */ px, /** @type {number} */ py) =>
    px > 0.06 && px < 0.94 && py > 0.06 && py < 0.94 && there.every((one) => Math.hypot(one.x - px, one.y - py) >= APART);
  for (let far = 0; far < 1; far += APART / 2) {
    for (let turn = 0; turn < (far ? TURNS : 1); turn += 1) {
      const angle = (turn / TURNS) * 2 * Math.PI;
      const [px, py] = [x + far * Math.cos(angle), y + far * Math.sin(angle)];
      if (clear(px, py)) return { x: Math.round(px * 10000) / 10000, y: Math.round(py * 10000) / 10000 };
    }
  }
  return { x, y };
}
