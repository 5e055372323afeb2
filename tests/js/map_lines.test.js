import assert from "node:assert/strict";
import { test } from "node:test";
import { nth } from "../../src/kith/maps/static/maps/ink.js";
import { strands, tieLine } from "../../src/kith/maps/static/maps/lines.js";

const a = { x: 100, y: 100, r: 38 };
const b = { x: 400, y: 300, r: 38 };
const tie = { thing: "7f00", qualities: /** @type {string[]} */ ([]), line: "plain", direction: "" };

/** @param {string} d */
function points(d) {
  const all = [...d.matchAll(/-?\d+(\.\d+)?/g)].map(([number]) => Number(number));
  return Array.from({ length: all.length / 2 }, (_, at) => /** @type {[number, number]} */ ([nth(all, 2 * at), nth(all, 2 * at + 1)]));
}

test("help is smooth, hurt is jagged, and both stand together", () => {
  assert.deepEqual(strands([], "plain"), ["plain"]);
  assert.deepEqual(strands(["helps"], "thick"), ["thick"]);
  assert.deepEqual(strands(["hurts"], "thick"), ["jagged"]);
  assert.deepEqual(strands(["hurts", "helps"], "dashed"), ["dashed", "jagged"]);
  assert.deepEqual(strands(["unsure"], "unheard-of"), ["plain"]);
});

test("a tie keeps clear of both figures", () => {
  for (const qualities of [[], ["helps", "hurts"]]) {
    for (const { d } of tieLine(a, b, { ...tie, qualities, direction: "both" }).paths) {
      for (const [x, y] of points(d)) {
        assert.ok(Math.hypot(x - a.x, y - a.y) > a.r && Math.hypot(x - b.x, y - b.y) > b.r);
      }
    }
  }
});

test("arrows point the ways that were chosen", () => {
  const heads = (/** @type {string} */ direction) => tieLine(a, b, { ...tie, direction }).paths.filter(({ strand }) => strand === "arrow").length;
  assert.deepEqual(["", "to", "from", "both"].map(heads), [0, 1, 1, 2]);
});

test("figures on top of each other break nothing", () => {
  for (const other of [a, { ...a, x: 101 }]) {
    for (const { d } of tieLine(a, other, { ...tie, qualities: ["helps", "hurts"], direction: "both" }).paths) {
      assert.doesNotMatch(d, /NaN|Infinity/);
    }
  }
});

test("words on a tie keep clear of the name under a figure", () => {
  const [gran, me] = [{ x: 300, y: 100, r: 38 }, { x: 305, y: 300, r: 38 }];
  const plain = tieLine(gran, me, tie).along;
  const named = tieLine({ ...gran, under: { half: 30, down: 56 } }, me, tie).along;
  assert.ok(plain.y - plain.length / 2 < gran.y + gran.r + 56, "else there is nothing to keep clear of");
  assert.ok(named.y - named.length / 2 >= gran.y + gran.r + 56);
  assert.deepEqual(tieLine({ ...gran, under: { half: 400, down: 400 } }, me, tie).along, plain, "a name over all of it changes nothing");
});
