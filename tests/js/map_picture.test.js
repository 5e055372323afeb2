import assert from "node:assert/strict";
import { test } from "node:test";
import { again, all, back, drawn, opened, plain, reaching, ties } from "../../src/kith/maps/static/maps/picture.js";

/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Kind} Kind */
/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Body} Body */
/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Picture} Picture */
/** @typedef {import("../../src/kith/maps/static/maps/picture.js").Way} Way */

let count = 0;
/** @param {Kind} kind @param {string} thing @param {Body} body */
function gesture(kind, thing, body, more = {}) {
  count += 1;
  return { id: `g${count}`, act: "x", kind, thing, made_at: "", undoes: null, away: false, body, ...more };
}

const figure = (/** @type {string} */ thing, /** @type {string} */ label) => gesture("figure", thing, { label, x: 0.5, y: 0.5 });

/** One step back or on again, as the drawer takes it. @param {Picture} picture @param {Way | undefined} way */
function walk(picture, way) {
  assert.ok(way);
  const { kind, thing, body, id } = way;
  return drawn(picture, gesture(kind, thing, body ?? {}, { undoes: id, away: body === null }));
}

const shown = (/** @type {Picture} */ picture) => JSON.stringify([...picture.things].sort());

test("undo all the way gives the picture at the start, redo all the way the one at the end", () => {
  let picture = opened({ figures: [{ thing: "a", label: "A" }] });
  const states = [shown(picture)];
  const acts = [figure("b", "B"), figure("b", "Bea"), gesture("tie", "t", { a: "a", b: "b" }), figure("a", "Al"),
    gesture("figure", "b", {}, { away: true })];
  for (const act of acts) states.push(shown((picture = drawn(picture, act))));
  for (let at = acts.length - 1; at >= 0; at -= 1) assert.equal(shown((picture = walk(picture, back(picture)))), states[at]);
  assert.equal(back(picture), undefined);
  for (let at = 1; at <= acts.length; at += 1) assert.equal(shown((picture = walk(picture, again(picture)))), states[at]);
  assert.equal(again(picture), undefined);
  for (let at = acts.length - 1; at >= 0; at -= 1) assert.equal(shown((picture = walk(picture, back(picture)))), states[at]);
});

test("a new act after an undo leaves nothing to bring back again", () => {
  let picture = drawn(opened({}), figure("a", "A"));
  picture = walk(picture, back(picture));
  assert.ok(again(picture));
  picture = drawn(picture, figure("b", "B"));
  assert.equal(again(picture), undefined);
});

test("the way back goes on after a reload", () => {
  const picture = opened({
    figures: [{ thing: "a", label: "Al" }],
    done: [{ id: "g", kind: "figure", thing: "a", body: { label: "A" } }],
  });
  assert.equal(all(walk(picture, back(picture)), "figure")[0]?.label, "A");
});

test("a tie waits, unseen, while one of its figures is off the paper", () => {
  let picture = opened({ figures: [{ thing: "a" }, { thing: "b" }], ties: [{ thing: "t", a: "a", b: "b" }] });
  assert.equal(ties(picture).length, 1);
  picture = drawn(picture, gesture("figure", "b", {}, { away: true }));
  assert.equal(ties(picture).length, 0);
  assert.equal(ties(walk(picture, back(picture))).length, 1);
});

test("every kind of thing is opened, put by as plain values, and opened again", () => {
  const state = {
    figures: [{ thing: "a", label: "A" }], strokes: [{ thing: "s", points: [[0, 0, 1]] }], shapes: [{ thing: "h", what: "heart" }],
    regions: [{ thing: "r", points: [] }], writings: [{ thing: "w", words: "tea" }], ties: [], done: [], undone: [], earlier: "e", further: "", latest: "",
  };
  const picture = opened(state);
  assert.deepEqual([...picture.things.values()].map(({ kind }) => kind), ["region", "stroke", "shape", "figure", "writing"]);
  assert.deepEqual(plain(picture), state);
});

test("steps from before those that were brought are put before them, once and only where they belong", () => {
  const step = (/** @type {string} */ id) => /** @type {Way} */ ({ id, kind: "figure", thing: "a", body: null });
  let picture = opened({ done: [step("c")], earlier: "c" });
  picture = reaching(picture, "undo", "c", { steps: [step("a"), step("b")], more: "a" });
  assert.deepEqual(picture.done.map(({ id }) => id), ["a", "b", "c"]);
  assert.equal(picture.earlier, "a");
  assert.equal(reaching(picture, "undo", "c", { steps: [step("x")], more: "" }), picture, "an answer that came twice");
  const ahead = opened({ undone: [step("u")], further: "u" });
  const fresh = drawn(ahead, figure("b", "B"));
  assert.equal(fresh.further, "", "what was drawn anew leaves nothing to bring back");
  assert.equal(reaching(fresh, "redo", "u", { steps: [step("x")], more: "" }), fresh);
});
