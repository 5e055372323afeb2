// @ts-check
// Leaving quickly: blank the screen first, then go to the neutral page, and leave no way back to
// this one. Without this script the link still goes there.

const WITHIN = 1500; // milliseconds for three presses of Escape
const LEFT = "left";

/**
 * Whether the newest three presses came quickly enough to mean "out of here".
 * @param {number[]} times when Escape was pressed, in milliseconds, oldest first
 * @returns {boolean}
 */
export function meantIt(times) {
  const [first, , third] = times.slice(-3);
  return first !== undefined && third !== undefined && third - first <= WITHIN;
}

/**
 * Empty the page and go. A later way back to a stored copy of the page finds it empty too.
 * @param {Window} view
 * @param {string} to address of the neutral page
 */
export function leave(view, to) {
  const page = view.document;
  page.title = " ";
  page.documentElement.replaceChildren();
  remember(view);
  view.location.replace(to);
}

/**
 * @param {Window} view
 */
function remember(view) {
  try {
    view.sessionStorage.setItem(LEFT, "1");
  } catch {
    // Storage may be switched off. The page is empty all the same.
  }
}

/**
 * @param {Window} view
 * @returns {boolean} whether someone left quickly from this tab
 */
function hasLeft(view) {
  try {
    return view.sessionStorage.getItem(LEFT) === "1";
  } catch {
    return false;
  }
}

/**
 * @param {Window} view
 */
function forget(view) {
  try {
    view.sessionStorage.removeItem(LEFT);
  } catch {
    // Nothing was stored.
  }
}

/**
 * @param {Window} view
 * @returns {boolean} whether the page was opened by going back or forward
 */
function cameBack(view) {
  const [entry] = view.performance.getEntriesByType("navigation");
  return entry !== undefined && "type" in entry && entry.type === "back_forward";
}

/**
 * What is typed is not put by with the history of the tab, in a file that others could read.
 * @param {Event} event a field that gets the focus, or is typed in
 */
export function keepNothing({ target }) {
  const holder = target && "form" in target && target.form ? target.form : target;
  if (!(holder && typeof holder === "object" && "setAttribute" in holder && "hasAttribute" in holder)) return;
  const element = /** @type {Element} */ (holder);
  if (!element.hasAttribute("autocomplete")) element.setAttribute("autocomplete", "off");
}

/**
 * Watch for the press of the link, three quick presses of Escape, and a way back after leaving.
 * @param {Window} view
 */
export function watch(view) {
  // A field that had the focus before this script was there tells of itself when it is typed in.
  for (const kind of ["focusin", "input"]) view.addEventListener(kind, keepNothing);
  const link = view.document.querySelector("[data-quick-exit]");
  const to = link?.getAttribute("href");
  if (!link || !to) return;
  if (hasLeft(view) && cameBack(view)) return leave(view, to);
  forget(view); // opened anew, on purpose
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(view, to);
  });
  /** @type {number[]} */
  let presses = [];
  view.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    presses = event.key === "Escape" ? [...presses, event.timeStamp].slice(-3) : [];
    if (meantIt(presses)) leave(view, to);
  });
  view.addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft(view)) leave(view, to);
  });
}

if (typeof window !== "undefined") watch(window);
