// @ts-check
// Where more about a relationship is said, and what an address alone says it is about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "../../src/kith/maps/static/maps/bonds.js";
import { moreAbout } from "../../src/kith/maps/static/maps/more.js";

const MAP = "0b7e6a52-9f0c-4c43-8a53-1b2c3d4e5f60";
const TIE = "1c7e6a52-9f0c-4c43-8a53-1b2c3d4e5f61";

test("a card leads to more from a map that has an address, and from no other paper", () => {
  assert.equal(moreAbout(`/map/${MAP}/`, TIE), `/map/${MAP}/about/${TIE}/`);
  for (const path of ["/map/", "/map/once/", `/map/${MAP}/list/`]) assert.equal(moreAbout(path, TIE), "");
});

test("without a connection the address says what the words are about", () => {
  for (const step of ["", "felt/", "all/"]) assert.deepEqual(told(`/map/${MAP}/about/${TIE}/${step}`), { map: MAP, about: TIE });
  assert.deepEqual(told(`/map/${MAP}/`), { map: "", about: "" });
});
