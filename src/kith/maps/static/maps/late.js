// @ts-check
/** What a device had kept from before can come in after the page was made: then it is made anew. */
import { waits } from "./settled.js";

const AGAIN = 1_500; // milliseconds until the next look; each time as much longer, up to a minute
const LONGEST = 60_000;

/**
 * Once nothing waits on this device any more, if something did: the page anew, with all of it,
 * unless something was begun on it meanwhile.
 * @param {() => boolean} idle @param {AbortSignal} signal
 */
export async function cameLate(idle, signal) {
  if (!(await waits().catch(() => false))) return;
  let pause = 0;
  do await new Promise((again) => setTimeout(again, (pause = Math.min(LONGEST, pause + AGAIN))));
  while (!signal.aborted && (await waits().catch(() => true)));
  if (!signal.aborted && idle()) location.reload();
}
