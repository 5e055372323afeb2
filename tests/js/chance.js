// @ts-check
/** Numbers from 0 to 1 that look like chance, and are the same each time. @param {number} seed */
export function chance(seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}
