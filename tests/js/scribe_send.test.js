// A line is stored only when the server said so; its words are never lost; twice is once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyMeans, leftOver, post, where } from "../../src/kith/inquiry/static/inquiry/scribe.js";

const HERE = "/meet/write/";

/** @param {unknown} body @param {number} [status] @param {string} [type] @returns {typeof fetch} */
function answers(body, status = 200, type = "application/json") {
  return async () => new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
}

test("a line knows its circle and gathering from the address alone", () => {
  const [circle, gathering] = ["1f0c1d52-7a54-4d0e-9a4d-3c1a4b1f6e01", "2f0c1d52-7a54-4d0e-9a4d-3c1a4b1f6e02"];
  assert.deepEqual(where(`/meet/${circle}/${gathering}/say/`), { circle, gathering });
  assert.deepEqual(where(`/meet/${circle}/`), {});
});

test("what the server stored counts as stored", async () => {
  const { answer } = await post(answers({ stored: true, at: "14.22" }), HERE, new FormData());
  assert.deepEqual(answer, { stored: true, at: "14.22" });
});

test("nothing else counts as stored", async () => {
  const refusals = [
    answers({ stored: true }, 500),
    answers({ stored: true }, 200, "text/html"), // a page one was led to instead
    answers({ stored: false, why: ["Write a few words first."] }, 422),
    answers({ stored: true }, 409, "text/html"),
    /** @type {typeof fetch} */ (async () => Promise.reject(new TypeError("no network"))),
    /** @type {typeof fetch} */ (
      async () => new Response("cut", { headers: { "Content-Type": "application/json" } })
    ),
  ];
  for (const send of refusals) {
    const { answer } = await post(send, HERE, new FormData());
    assert.equal(answer.stored, false);
  }
});

test("a line goes out as a script asks, and is not led elsewhere", async () => {
  /** @type {RequestInit | undefined} */
  let asked;
  const send = /** @type {typeof fetch} */ (
    async (_url, init) => {
      asked = init;
      return Response.json({ stored: true });
    }
  );
  await post(send, HERE, new FormData());
  assert.equal(asked?.redirect, "error");
  assert.equal(new Headers(asked?.headers).get("X-Asked-By"), "script");
});

test("what was typed while a line was on its way stays", () => {
  assert.equal(leftOver("Tea at six", "Tea at six"), "");
  assert.equal(leftOver("Tea at six\nand then", "Tea at six"), "and then");
  assert.equal(leftOver("Something else", "Tea at six"), "Something else");
});

/** @param {string} code @param {Partial<KeyboardEvent>} [more] */
const alt = (code, more = {}) =>
  keyMeans({ altKey: true, ctrlKey: false, metaKey: false, code, ...more });

test("keys with Alt choose; other keys write", () => {
  assert.deepEqual(alt("Digit1"), { group: "digits", at: 0 });
  assert.deepEqual(alt("Numpad9"), { group: "digits", at: 8 });
  assert.deepEqual(alt("KeyT"), { group: "t" });
  assert.deepEqual(alt("Minus"), { group: "stance", value: "another-view" });
  assert.deepEqual(alt("KeyS"), { group: "stance", value: "silence" });
  assert.deepEqual(alt("KeyU"), { group: "stance", value: "question" });
  assert.deepEqual(alt("KeyM"), { group: "stance", value: "story" });
});

test("quick exit's own key and letters made with AltGr are left alone", () => {
  assert.equal(alt("KeyQ"), undefined);
  assert.equal(alt("Digit0"), undefined);
  assert.equal(alt("Digit2", { ctrlKey: true }), undefined);
  assert.equal(alt("KeyS", { altKey: false }), undefined);
});
