// @ts-check
/** Steps of the way back that the page did not bring, because hardly anyone goes so far. */

/**
 * The steps before one; null where they cannot be had just now. Never throws.
 * @param {string} url @param {"undo"|"redo"} act @param {string} before the step they come before
 * @returns {Promise<{steps: import("./picture.js").Way[], more: string}|null>}
 */
export async function earlierSteps(url, act, before) {
  if (!url) return null;
  try {
    const answer = await fetch(`${url}?${new URLSearchParams({ way: act, before })}`, { redirect: "error" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
