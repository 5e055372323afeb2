import assert from "node:assert/strict";
import { test } from "node:test";
import { extent, free, middle, scaled, shifted } from "../../src/kith/maps/static/maps/places.js";
import { NEAREST, WHOLE, box, isWhole, panned, zoomed } from "../../src/kith/maps/static/maps/view.js";
import { shapePath, usual } from "../../src/kith/maps/static/maps/shapes.js";
import { chance } from "./chance.js";

test("what is seen never leaves the paper and never is larger than it", () => {
  const next = chance(3);
  let view = WHOLE;
  for (let time = 0; time < 3000; time += 1) {
    view = next() < 0.5 ? zoomed(view, 0.2 + 3 * next(), next() * 2 - 0.5, next() * 2 - 0.5) : panned(view, next() * 2 - 1, next() * 2 - 1);
    assert.ok(view.side >= NEAREST && view.side <= 1);
    assert.ok(view.x >= 0 && view.y >= 0 && view.x + view.side <= 1 + 1e-9 && view.y + view.side <= 1 + 1e-9);
  }
  assert.deepEqual(zoomed(view, 1 / 100), WHOLE);
  assert.ok(isWhole(zoomed(view, 1 / 100)));
});

test("the place under the hand stays there", () => {
  const near = zoomed(WHOLE, 2, 0.3, 0.6);
  assert.ok(Math.abs((0.3 - near.x) / near.side - 0.3) < 1e-9 && Math.abs((0.6 - near.y) / near.side - 0.6) < 1e-9);
  assert.equal(box({ x: 0.25, y: 0, side: 0.5 }, 600), "150 0 300 300");
});

/** @type {import("../../src/kith/maps/static/maps/picture.js").Body[]} */
const bodies = [
  { x: 0.5, y: 0.5, label: "A" },
  { what: "box", x: 0.6, y: 0.2, x2: 0.3, y2: 0.4 },
  { points: [[0.1, 0.1, 0.5], [0.4, 0.2, 0.7], [0.2, 0.9, 1]] },
  { points: [[0, 0], [1, 0], [0.5, 1]] },
];

test("what is moved or grows stays on the paper and keeps its form", () => {
  const next = chance(5);
  for (const body of bodies) {
    let now = body;
    for (let time = 0; time < 400; time += 1) {
      const before = extent(now);
      const moves = next() < 0.5;
      now = { ...now, ...(moves ? shifted(now, next() * 2 - 1, next() * 2 - 1) : scaled(now, 0.5 + next())) };
      const { left, top, right, bottom } = extent(now);
      assert.ok(left >= 0 && top >= 0 && right <= 1 && bottom <= 1, JSON.stringify(now));
      if (!moves) continue;
      assert.ok(Math.abs(right - left - (before.right - before.left)) < 4e-4 && Math.abs(bottom - top - (before.bottom - before.top)) < 4e-4);
    }
  }
  assert.deepEqual(shifted(bodies[0] ?? {}, 0.1, -0.2), { x: 0.6, y: 0.3 });
  assert.deepEqual(shifted(bodies[2] ?? {}, 0.1, 0).points[0], [0.2, 0.1, 0.5], "the weight of the ink stays");
});

test("what grows keeps its middle", () => {
  for (const body of bodies.slice(1, 3)) {
    const [x, y] = middle(body);
    const [nx, ny] = middle({ ...body, ...scaled(body, 0.7) });
    assert.ok(Math.abs(x - nx) < 1e-3 && Math.abs(y - ny) < 1e-3);
  }
});

test("what a button puts on the paper does not hide what stands there", () => {
  /** @type {{x: number, y: number}[]} */
  const put = [];
  for (let time = 0; time < 12; time += 1) put.push(free(put, 0.5, 0.5, 0.14));
  for (const [at, one] of put.entries()) {
    for (const other of put.slice(at + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 0.12);
  }
});

test("a shape put with a tap lies on the paper, and its ink is finite", () => {
  for (const what of ["ring", "box", "line", "arrow", "heart", "star", "sun", "cloud", "drop"]) {
    for (const [x, y] of /** @type {[number, number][]} */ ([[0, 0], [1, 1], [0.5, 0.5]])) {
      const { left, top, right, bottom } = extent({ ...usual(what, x, y) });
      assert.ok(left >= 0 && top >= 0 && right <= 1 && bottom <= 1);
    }
    for (const [x2, y2] of /** @type {[number, number][]} */ ([[300, 200], [100, 100], [100, 101], [0, 600]])) {
      assert.doesNotMatch(shapePath({ what, x: 100, y: 100, x2, y2 }), /NaN|Infinity/);
    }
  }
});
