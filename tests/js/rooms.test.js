import assert from "node:assert/strict";
import test from "node:test";

import { inAnyRoom } from "./rooms.js";

const aRoom = new URL("../../src/kith/maps/static/maps/x.js", import.meta.url).href;

test("a package of Node's own is left to Node", () => {
  assert.equal(inAnyRoom("node:fs", aRoom), undefined);
});

test("what no room has is left to Node, which says so", () => {
  assert.equal(inAnyRoom("../web/there-is-no-such-file.js", aRoom), undefined);
});

test("a file outside the rooms is never looked for inside them", () => {
  assert.equal(inAnyRoom("../web/x.js", import.meta.url), undefined);
});
