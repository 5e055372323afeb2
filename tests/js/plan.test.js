// @ts-check
// A tap on a plan, as a form says it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asPlace } from "../../src/kith/moments/static/moments/plan.js";

test("a place is said in shares of the plan, and never lies outside it", () => {
  assert.equal(asPlace(0.25, 0.5), "0.25 0.5");
  assert.equal(asPlace(1 / 3, 0), "0.3333 0");
  assert.equal(asPlace(-2, 1.5), "0 1");
  assert.equal(asPlace(0.00001, 0.99999), "0 1");
});
