import assert from "node:assert/strict";
import { test } from "node:test";
import { guard, watchman } from "../../src/kith/web/static/web/lock.js";

test("it closes after a minute without a touch, and not before", () => {
  const watching = watchman(0);
  assert.equal(watching.over(59_999), false);
  watching.touch(59_999);
  assert.equal(watching.over(60_000), false);
  assert.equal(watching.over(119_999), true);
});

test("a clock that jumps closes, whichever way it jumps", () => {
  const watching = watchman(1_000_000);
  assert.equal(watching.over(1_000_000 + 3_600_000), true);
  assert.equal(watching.over(0), true);
});

test("the server hears of touches now and then, of the last one too, and of nothing else", () => {
  const watching = watchman(0);
  assert.equal(watching.tell(30_000), false);
  watching.touch(30_000);
  assert.equal(watching.tell(30_000), true);
  watching.touch(31_000);
  assert.equal(watching.tell(31_000), false);
  assert.equal(watching.tell(40_000), true);
  assert.equal(watching.tell(50_000), false);
});

/** @param {number} status what the server says */
function shared(status) {
  /** @type {string[]} */
  const story = [];
  /** @type {() => void} */
  let tick = () => {};
  const page = Object.assign(new EventTarget(), {
    title: "Kith · Page",
    documentElement: { replaceChildren: () => story.push("blank") },
  });
  const view = Object.assign(new EventTarget(), {
    document: page,
    sessionStorage: { setItem: () => {} },
    location: { replace: (/** @type {string} */ to) => story.push(`go ${to}`) },
    setInterval: (/** @type {() => void} */ look) => void (tick = look),
    fetch: async (/** @type {string} */ address) => (story.push(`ask ${address}`), { status }),
  });
  guard(/** @type {Window} */ (/** @type {unknown} */ (view)), { closed: "/closed/", here: "/here/" });
  return { view, page, story, tick: () => tick() };
}

test("the screen is blank before it goes anywhere", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  const { story, tick } = shared(204);
  t.mock.timers.setTime(59_000);
  tick();
  assert.deepEqual(story, []);
  t.mock.timers.setTime(60_000);
  tick();
  assert.deepEqual(story, ["blank", "go /closed/"]);
});

test("a page that was asleep closes as soon as it wakes", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  for (const wake of ["pageshow", "focus", "visibilitychange"]) {
    t.mock.timers.setTime(0);
    const { view, page, story } = shared(204);
    t.mock.timers.setTime(90_000);
    (wake === "visibilitychange" ? page : view).dispatchEvent(new Event(wake));
    assert.deepEqual(story, ["blank", "go /closed/"]);
  }
});

test("while it is touched it stays, unless the server says that it is over", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  for (const [status, after] of /** @type {[number, string[]][]} */ ([[204, []], [401, ["blank", "go /closed/"]]])) {
    t.mock.timers.setTime(0);
    const { page, story, tick } = shared(status);
    t.mock.timers.setTime(50_000);
    page.dispatchEvent(new Event("keydown"));
    tick();
    await new Promise(setImmediate);
    assert.deepEqual(story, ["ask /here/", ...after]);
  }
});
