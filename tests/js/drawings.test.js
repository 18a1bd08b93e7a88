// Every drawing is as it was recorded, up to the last digits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawings } from "./drawings.js";
import { moved, plain } from "./moved.js";
import { recorded } from "./recorded.js";

/** @type {Record<string, unknown>} */
const BEFORE = recorded("drawings");
const ANEW = "Look at the picture; if it is right, record it with python -m tests.record.";

for (const [name, draw] of drawings) {
  test(`${name} is drawn as it was`, () => {
    const lines = moved(BEFORE[name], draw());
    assert.ok(!lines.length, `${name} has changed.\n${lines.join("\n")}\n${ANEW}`);
  });
}

test("nothing is recorded that is not drawn any more", () => {
  assert.deepEqual(Object.keys(BEFORE).filter((name) => !drawings.has(name)), [], ANEW);
});

test("what has moved is told with its place and by how much; a last digit is none", () => {
  const before = { shapes: [{ path: "M10.1,20L30,40", opacity: 0.5 }], text: "L₁ = 0.25", x: [1, 2] };
  assert.deepEqual(moved(before, before), []);
  assert.deepEqual(moved(before, { ...before, shapes: [{ path: "M10.2,20L30,40", opacity: 0.504 }] }), []);
  assert.deepEqual(moved([1e-16], [2e-16]), []);
  assert.deepEqual(
    moved(before, { shapes: [{ path: "M10.1,20L32.5,40", opacity: 0.6 }], text: "L₂ = 0.25", x: [1] }),
    [
      ".shapes[0].path, number 3: 30 became 32.5 (+2.5)",
      ".shapes[0].opacity: 0.5 became 0.6 (+0.1)",
      '.text: "L₁ = 0.25" became "L₂ = 0.25"',
      ".x[1]: 2 became nothing",
    ],
  );
  assert.deepEqual(moved(Array(20).fill(0), Array(20).fill(1)).slice(-1), ["and 8 more"]);
});

test("drawings are written with few digits, boxes by two corners, nodes as lists", () => {
  const node = { tag: "path", attributes: {}, children: ["a"] };
  assert.deepEqual(plain([1 / 3, 12.345, 1e-5 / 3, NaN, undefined, "0.33333 of 12", node]), [
    ...[0.333, 12.3, 0.00000333, "NaN", null, "0.333 of 12", ["path", "a"]],
  ]);
  assert.equal(plain("M1,2.04L3,2.04L3,4L1,4Z"), "▭1,2.04,3,4");
});
