import assert from "node:assert/strict";
import { test } from "node:test";
import { nth, outline, thin, thinned, weight } from "../../src/kith/maps/static/maps/ink.js";
import { CHUNK, LiveInk, OVERLAP, stretches } from "../../src/kith/maps/static/maps/live.js";
import { chance } from "./chance.js";

/** @typedef {import("../../src/kith/maps/static/maps/ink.js").Point} Point */

/** The bends and joints of an outline, as numbers. @param {string} path */
function numbers(path) {
  return [...path.matchAll(/-?\d+(\.\d+)?/g)].map(([number]) => Number(number));
}

/** @param {string} path @returns {[number, number][]} */
function pairs(path) {
  const all = numbers(path);
  return Array.from({ length: all.length / 2 }, (_, at) => [nth(all, 2 * at), nth(all, 2 * at + 1)]);
}

/** A closed curve made of quadratic bends: sampled finely. @param {string} path */
function sampled(path) {
  const points = pairs(path);
  /** @type {[number, number][]} */
  const out = [];
  for (let at = 0; at + 2 < points.length; at += 2) {
    const [a, b, c] = [nth(points, at), nth(points, at + 1), nth(points, at + 2)];
    const on = (/** @type {0 | 1} */ i, /** @type {number} */ t) => (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t * t * c[i];
    for (let t = 0; t < 1; t += 0.25) out.push([on(0, t), on(1, t)]);
  }
  return out;
}

/** @returns {Point[]} */
function circle(count = 40) {
  return Array.from({ length: count + 1 }, (_, at) => {
    const turn = (at / count) * 2 * Math.PI * 0.9;
    return [100 + 50 * Math.cos(turn), 100 + 50 * Math.sin(turn), 0.7];
  });
}

test("an outline is closed and holds only finite numbers", () => {
  /** @type {Point[][]} */
  const lines = [circle(), [[1, 1, 0.5]], [[1, 1, 0.5], [1, 1, 0.5]], [[0, 0, 1], [9, 9, 0]]];
  for (const points of lines) {
    const path = outline(points, 6);
    assert.match(path, /^M.*Z$/);
    assert.ok(numbers(path).every(Number.isFinite), path);
  }
  assert.equal(outline([], 6), "");
});

test("the outline stays within half a width of the line", () => {
  for (const [x, y] of sampled(outline(circle(), 8))) {
    assert.ok(Math.abs(Math.hypot(x - 100, y - 100) - 50) < 4.8, `${x} ${y}`);
  }
});

test("a heavy hand leaves a broader line than a light one", () => {
  const breadth = (/** @type {number} */ w) => Math.max(...pairs(outline([[0, 0, w], [50, 0, w], [100, 0, w]], 10)).map(([, y]) => y));
  assert.ok(breadth(1) > breadth(0.5) + 1);
  assert.ok(breadth(0.5) > breadth(0) + 1);
  assert.ok(breadth(0) > 0.5);
});

test("the width is uneven along one stroke, and the ends run thin", () => {
  const path = pairs(outline([[0, 0, 0.2], [100, 0, 0.2], [200, 0, 1], [300, 0, 1]], 10));
  const at = (/** @type {number} */ x) => Math.max(...path.filter((p) => Math.abs(p[0] - x) < 8).map((p) => p[1]));
  assert.ok(at(230) > 1.5 * at(60));
  assert.ok(at(2) < at(60));
});

test("the curve is smooth: no bend is sharp where the hand went round", () => {
  const curve = sampled(outline(circle(60), 6)).filter((_, at) => at > 12);
  const outer = curve.filter(([x, y]) => Math.hypot(x - 100, y - 100) > 51);
  for (let at = 2; at < outer.length; at += 1) {
    const [a, b, c] = [nth(outer, at - 2), nth(outer, at - 1), nth(outer, at)];
    if (Math.hypot(c[0] - a[0], c[1] - a[1]) > 8) continue;
    const turn = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
    assert.ok(Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) < 0.6, `${a} ${b} ${c}`);
  }
});

test("a stroke elsewhere on the paper has the same outline there", () => {
  /** @type {Point[]} */
  const moved = circle().map(([x, y, w]) => [x + 300, y + 100, w]);
  const shifted = pairs(outline(circle(), 6)).map(([x, y]) => [x + 300, y + 100]);
  pairs(outline(moved, 6)).forEach(([x, y], at) => {
    assert.ok(Math.abs(x - (shifted[at]?.[0] ?? NaN)) < 0.11 && Math.abs(y - (shifted[at]?.[1] ?? NaN)) < 0.11);
  });
});

test("thinning keeps the ends and stays near the line", () => {
  /** @type {Point[]} */
  const line = Array.from({ length: 300 }, (_, at) => [at, 40 * Math.sin(at / 30), 0.5]);
  const fewer = thin(line, 0.5);
  assert.ok(fewer.length < 60);
  assert.deepEqual([fewer[0], fewer.at(-1)], [line[0], line.at(-1)]);
  for (const [x, y] of line) {
    const next = fewer.findIndex((p) => p[0] >= x);
    const [a, b] = [nth(fewer, Math.max(0, next - 1)), nth(fewer, next)];
    const on = a === b ? a[1] : a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
    assert.ok(Math.abs(on - y) < 0.75, `at ${x}`);
  }
  assert.equal(thin([[0, 0, 1], [5, 0, 1], [10, 0, 1]], 0.5).length, 2);
});

test("ink follows pressure, else speed, and never leaps", () => {
  /** @type {Point} */
  const last = [0.5, 0.5, 0.6];
  assert.ok(weight(last, 0.5, 0.5, 16, 1) > weight(last, 0.5, 0.5, 16, 0.1));
  assert.ok(weight(last, 0.501, 0.5, 16, null) > weight(last, 0.6, 0.5, 16, null));
  /** @type {[number, number, number | null][]} */
  const odd = [[0.5, 0, null], [9, 1, null], [0.5, 16, 7], [0.5, 16, -1]];
  for (const [x, pause, pressure] of odd) {
    const next = weight(last, x, 0.5, pause, pressure);
    assert.ok(next >= 0 && next <= 1 && Math.abs(next - 0.6) <= 0.25);
  }
});

/* Laws, for many hands that look like chance */

/** A line as a hand draws it: it turns by little from one point to the next. @param {() => number} next @returns {Point[]} */
function byHand(next, most = 0.5) {
  let [x, y, turn, pull] = [300, 300, next() * 6.3, 0];
  return Array.from({ length: 3 + Math.floor(next() * 200) }, () => {
    pull = pull * 0.8 + (next() - 0.5) * most;
    turn += Math.max(-most, Math.min(most, pull));
    const far = 1 + next() * 9;
    [x, y] = [x + far * Math.cos(turn), y + far * Math.sin(turn)];
    return [x, y, next()];
  });
}

/** Any points at all: leaps, halts, the same place again. @param {() => number} next @returns {Point[]} */
function wild(next) {
  /** @type {Point[]} */
  const points = [];
  for (let left = Math.floor(next() * 30); left >= 0; left -= 1) {
    const last = points[points.length - 1];
    points.push(last && next() < 0.2 ? [...last] : [next() * 600, next() * 600, next() * 1.4 - 0.2]);
  }
  return points;
}

/** How far a point lies from a line. @param {[number, number]} p @param {Point[]} line */
function off([x, y], line) {
  let least = Infinity;
  for (let at = 0; at < line.length; at += 1) {
    const [a, b] = [nth(line, at), nth(line, Math.min(at + 1, line.length - 1))];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - a[0] - t * dx, y - a[1] - t * dy));
  }
  return least;
}

test("whatever a hand does, its outline is closed and finite", () => {
  const next = chance(11);
  for (let time = 0; time < 90; time += 1) {
    const points = time % 3 ? byHand(next) : wild(next);
    for (const width of [3, 11]) {
      const path = outline(points, width);
      assert.ok(path.startsWith("M") && path.endsWith("Z") && !/[a-zA-LN-PR-Y]/.test(path), "only M, Q and Z, and numbers");
    }
  }
});

test("ink lies where the hand went: never farther off than half its width and a little", () => {
  const next = chance(12);
  for (let time = 0; time < 60; time += 1) {
    const points = byHand(next);
    for (const width of [3, 5.5, 11]) {
      for (const place of sampled(outline(points, width)).filter((_, at) => at % 5 === 0)) {
        assert.ok(off(place, points) <= width / 2 + 1.5, `${place} of ${width}`);
      }
    }
  }
});

/** The sharpest turn of a curve, between samples that are not on top of each other. @param {[number, number][]} curve */
function sharpest(curve) {
  const far = curve.filter((p, at) => at === 0 || Math.hypot(p[0] - nth(curve, at - 1)[0], p[1] - nth(curve, at - 1)[1]) > 0.02);
  let most = 0;
  for (let at = 2; at < far.length; at += 1) {
    const [a, b, c] = [nth(far, at - 2), nth(far, at - 1), nth(far, at)];
    const turn = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
    most = Math.max(most, Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))));
  }
  return most;
}

test("the outline of a calm hand has no angle sharper than a right one, its ends included", () => {
  const next = chance(13);
  for (let time = 0; time < 150; time += 1) {
    const points = byHand(next, 0.25);
    for (const width of [3, 5.5]) assert.ok(sharpest(sampled(outline(points, width))) < Math.PI / 2, `${time} ${width}`);
  }
});

test("a stroke without end is kept with as many points as a record takes, near where it went", () => {
  const next = chance(14);
  /** @type {Point[]} */
  const scribble = Array.from({ length: 9000 }, () => [next(), next(), next()]);
  const fewer = thinned(scribble, 0.0008, 5000);
  assert.ok(fewer.length <= 5000 && fewer.length > 100);
  assert.deepEqual([fewer[0], fewer.at(-1)], [scribble[0], scribble.at(-1)]);
});

test("while a stroke is drawn only its newest part is drawn again, and every point is covered", () => {
  let settled = 0;
  /** @type {Set<number>} */
  const covered = new Set();
  for (let count = 1; count <= 2000; count += 1 + (count % 7)) {
    const parts = stretches(count, settled);
    for (const [from, to] of parts) {
      assert.ok(to - from <= 2 * CHUNK + OVERLAP);
      if (to !== count || parts.length > 1) for (let at = from; at < to; at += 1) covered.add(at);
    }
    if (parts.length > 1) settled = nth(parts, -2)[1];
    assert.equal(nth(parts, -1)[1], count);
    assert.ok(count - settled < 2 * CHUNK);
    for (let at = 0; at < settled; at += 1) assert.ok(covered.has(at));
  }
});

test("what was laid of a stroke is not laid again", () => {
  /** @type {{d: string, set: number}[]} */
  const paths = [];
  const place = { appendChild: (/** @type {any} */ path) => (paths.push(path), path), replaceChildren: () => paths.splice(0) };
  const newPath = () => ({ d: "", set: 0, setAttribute(/** @type {string} */ _name, /** @type {string} */ d) { this.d = d; this.set += 1; } });
  const ink = new LiveInk(/** @type {any} */ (place), /** @type {any} */ (newPath), 1);
  const points = byHand(chance(15)).concat(byHand(chance(16)), byHand(chance(17)), byHand(chance(18)));
  for (let count = 1; count <= points.length; count += 1) ink.show(points.slice(0, count), 5);
  assert.ok(paths.length > 3);
  const first = paths[0]?.d;
  ink.show([...points, [1, 1, 1]], 5);
  assert.ok(paths[0]?.d === first);
  assert.ok(paths.every(({ set }) => set <= 2 * CHUNK));
  ink.clear();
  assert.equal(paths.length, 0);
});
