// @ts-check
// A week typed in from paper: which day a row is of, and how far all rows got.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asText, dayAfter, lastWholeWeek, together } from "../../src/kith/moments/static/moments/week.js";

/** @param {string} first @param {number} at */
const day = (first, at) => asText(/** @type {Date} */ (dayAfter(first, at)));

test("a row is of the day so many days after the first, over months, years and changes of the clock", () => {
  assert.equal(day("2026-11-03", 0), "2026-11-03");
  assert.equal(day("2026-12-29", 6), "2027-01-04");
  assert.equal(day("2026-10-24", 2), "2026-10-26");
  assert.equal(day("2028-02-27", 2), "2028-02-29");
  assert.equal(dayAfter("", 1), null);
});

test("the week that is shown first begins on a Monday and is over, or ends today", () => {
  for (const today of ["2026-11-23", "2026-11-26", "2026-11-28"]) assert.equal(lastWholeWeek(today), "2026-11-16");
  assert.equal(lastWholeWeek("2026-11-29"), "2026-11-23");
});

test("all rows are as far as the one that is farthest behind", () => {
  assert.equal(together(["stored", "stored"]), "stored");
  assert.equal(together(["stored", "saved", "sent"]), "saved");
  assert.equal(together(["stored", "draft"]), "draft");
  assert.equal(together(["stored", "clash"]), "clash");
  assert.equal(together([]), "draft");
});
