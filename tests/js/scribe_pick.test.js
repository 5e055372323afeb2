// Narrowing a list: every choice that is made has to fit, and none shows all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fits } from "../../src/kith/inquiry/static/inquiry/pick.js";

const LINE = { themes: "a1 b2 ", table: "Trust", roles: "nurse|close", stance: "question", words: "Åsa’s Tea" };

test("no choice shows every line", () => {
  assert.ok(fits(LINE, {}));
  assert.ok(fits(LINE, { themes: "", table: "", roles: "", stance: "", words: "  " }));
});

test("each choice narrows on its own, and all together", () => {
  const right = { themes: "b2", table: "Trust", roles: "close", stance: "question", words: "åsa" };
  assert.ok(fits(LINE, right));
  const wrong = { themes: "a", table: "Care", roles: "nurs", stance: "said", words: "coffee" };
  for (const [name, value] of Object.entries(wrong)) {
    assert.ok(!fits(LINE, { ...right, [name]: value }), name);
  }
});
