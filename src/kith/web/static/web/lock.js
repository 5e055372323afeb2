// @ts-check
// On a shared device: after a minute without a touch the page is blank at once, and then it is the
// page that says it closed. While someone does touch it, the server hears of that now and then.

import { leave } from "./exit.js";

const QUIET = 60_000; // milliseconds without a touch until it closes
const APART = 10_000; // milliseconds between two words to the server
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove", "input"];

/**
 * What is known of touches, and what follows from it at a given moment.
 * @param {number} began milliseconds
 */
export function watchman(began) {
  let touched = began;
  let told = began;
  return {
    /** @param {number} now */
    touch: (now) => void (touched = now),
    /** Whether it is time to close. A clock set back closes too. @param {number} now */
    over: (now) => Math.abs(now - touched) >= QUIET,
    /** Whether the server has not heard of the latest touch, and it is time. @param {number} now */
    tell: (now) => {
      const due = touched > told && now - told >= APART;
      if (due) told = now;
      return due;
    },
  };
}

/**
 * @param {Window} view
 * @param {{closed: string, here: string}} addresses
 */
export function guard(view, { closed, here }) {
  const page = view.document;
  const watching = watchman(Date.now());
  const close = () => leave(view, closed);
  const look = () => {
    if (watching.over(Date.now())) return close();
    if (!watching.tell(Date.now())) return;
    view.fetch(here, { cache: "no-store" }).then((answer) => answer.status === 401 && close(), () => {});
  };
  for (const kind of TOUCHES) {
    page.addEventListener(kind, () => watching.touch(Date.now()), { capture: true, passive: true });
  }
  for (const kind of ["pageshow", "focus"]) view.addEventListener(kind, look);
  page.addEventListener("visibilitychange", look);
  view.setInterval(look, 1000);
}

if (typeof document !== "undefined") {
  const { closed, here } = document.body.dataset;
  if (closed && here) guard(window, { closed, here });
}
