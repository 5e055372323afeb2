import assert from "node:assert/strict";
import { test } from "node:test";
import { keepNothing, leave, meantIt, watch } from "../../src/kith/web/static/web/exit.js";
import { once } from "../../src/kith/web/static/web/once.js";

/**
 * A window with only what leaving touches; it writes down what happened, in order.
 * @param {{ left?: boolean, noStorage?: boolean, opened?: "navigate" | "back_forward" }} [how]
 */
function window(how = {}) {
  /** @type {string[]} */
  const story = [];
  const store = new Map(how.left ? [["left", "1"]] : []);
  const link = new EventTarget();
  const storage = {
    getItem: (/** @type {string} */ key) => store.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void store.set(key, value),
    removeItem: (/** @type {string} */ key) => void store.delete(key),
  };
  const page = {
    title: "Kith · Map",
    documentElement: { replaceChildren: () => story.push("blank") },
    querySelector: () => Object.assign(link, { getAttribute: () => "/today/" }),
  };
  const view = Object.assign(new EventTarget(), {
    document: page,
    performance: { getEntriesByType: () => [{ type: how.opened ?? "navigate" }] },
    location: { replace: (/** @type {string} */ to) => story.push(`go ${to}`) },
  });
  Object.defineProperty(view, "sessionStorage", {
    get() {
      if (how.noStorage) throw new Error("storage is switched off");
      return storage;
    },
  });
  return { view: /** @type {Window} */ (/** @type {unknown} */ (view)), link, page, story, store };
}

/**
 * @param {Window} view
 * @param {string} key
 * @param {number} at milliseconds
 * @param {boolean} [repeat]
 */
function press(view, key, at, repeat = false) {
  const event = new Event("keydown");
  Object.defineProperties(event, { key: { value: key }, timeStamp: { value: at }, repeat: { value: repeat } });
  view.dispatchEvent(event);
}

test("three quick presses mean it, two or three slow ones do not", () => {
  assert.equal(meantIt([0, 400, 800]), true);
  assert.equal(meantIt([0, 400]), false);
  assert.equal(meantIt([0, 1000, 2000]), false);
  assert.equal(meantIt([0, 5000, 5200, 5400]), true);
});

test("the screen is blank before anything else happens", () => {
  const { view, page, story } = window();
  leave(view, "/today/");
  assert.deepEqual(story, ["blank", "go /today/"]);
  assert.equal(page.title.trim(), "");
});

test("leaving works where storage is switched off", () => {
  const { view, story } = window({ noStorage: true });
  watch(view);
  leave(view, "/today/");
  assert.deepEqual(story, ["blank", "go /today/"]);
});

test("a press of the link leaves by replacing, not by following", () => {
  const { view, link, story } = window();
  watch(view);
  const press = new Event("click", { cancelable: true });
  link.dispatchEvent(press);
  assert.equal(press.defaultPrevented, true);
  assert.deepEqual(story, ["blank", "go /today/"]);
});

test("Escape three times leaves; another key between, or holding it down, does not", () => {
  const { view, story } = window();
  watch(view);
  for (const [key, at] of /** @type {[string, number][]} */ ([["Escape", 0], ["Escape", 200], ["a", 300], ["Escape", 400]])) press(view, key, at);
  for (let at = 5000; at < 5900; at += 100) press(view, "Escape", at, at > 5000);
  assert.deepEqual(story, []);
  for (const at of [9000, 9200, 9400]) press(view, "Escape", at);
  assert.deepEqual(story, ["blank", "go /today/"]);
});

test("a way back to a stored copy finds it empty, but only after leaving", () => {
  const { view, story } = window();
  watch(view);
  const back = Object.assign(new Event("pageshow"), { persisted: true });
  view.dispatchEvent(back);
  assert.deepEqual(story, []);
  leave(view, "/today/");
  view.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.deepEqual(story, ["blank", "go /today/", "blank", "go /today/"]);
});

test("going back after leaving finds nothing, even when the server would show it", () => {
  const { view, story } = window({ left: true, opened: "back_forward" });
  watch(view);
  assert.deepEqual(story, ["blank", "go /today/"]);
  const calm = window({ opened: "back_forward" });
  watch(calm.view);
  assert.deepEqual(calm.story, []);
});

test("a page opened anew begins anew", () => {
  const { view, store } = window({ left: true });
  watch(view);
  assert.equal(store.has("left"), false);
});

test("a form is sent once, and again when it is meant anew", () => {
  const sent = new WeakMap();
  const form = new EventTarget();
  /** @type {boolean[]} */
  const stopped = [];
  let at = 0;
  form.addEventListener("submit", (event) => {
    Object.defineProperty(event, "timeStamp", { value: at });
    once(sent, event);
    stopped.push(event.defaultPrevented);
  });
  for (at of [100, 300, 4000, 10_200]) form.dispatchEvent(new Event("submit", { cancelable: true }));
  assert.deepEqual(stopped, [false, true, true, false]);
});

test("a form that something else stopped is not counted as sent", () => {
  const sent = new WeakMap();
  const form = new EventTarget();
  form.addEventListener("submit", (event) => once(sent, event));
  const stopped = new Event("submit", { cancelable: true });
  stopped.preventDefault();
  form.dispatchEvent(stopped);
  const next = new Event("submit", { cancelable: true });
  form.dispatchEvent(next);
  assert.equal(next.defaultPrevented, false);
});

test("what is typed is not kept with the tab, but a field may say what it is for", () => {
  /** @param {string} [told] */
  const element = (told) => {
    /** @type {Map<string, string>} */
    const held = new Map(told ? [["autocomplete", told]] : []);
    return {
      hasAttribute: (/** @type {string} */ name) => held.has(name),
      setAttribute: (/** @type {string} */ name, /** @type {string} */ text) => held.set(name, text),
      held,
    };
  };
  /** @param {object} target */
  const focus = (target) => keepNothing(/** @type {Event} */ (/** @type {unknown} */ ({ target })));
  const form = element();
  focus({ ...element(), form });
  assert.equal(form.held.get("autocomplete"), "off");
  const alone = element();
  focus(alone);
  assert.equal(alone.held.get("autocomplete"), "off");
  const name = element("username");
  focus(name);
  assert.equal(name.held.get("autocomplete"), "username");
  focus({});
});
