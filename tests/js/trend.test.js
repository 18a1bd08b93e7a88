// The words for what became of a gradient: where one ends and the next begins.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isLarger, isSmaller, trend } from "../../static/js/lib/trend.js";
import { compared, percent } from "../../static/js/lessons/rules/numbers.js";

test("up to a quarter more or a fifth less is steady, up to a hundred times is growing or shrinking", () => {
  assert.deepEqual([0.8, 1, 1.25].map(trend), ["steady", "steady", "steady"]);
  assert.deepEqual([1.26, 100].map(trend), ["grows", "grows"]);
  assert.deepEqual([101, Infinity].map(trend), ["explodes", "explodes"]);
  assert.deepEqual([0.79, 0.01].map(trend), ["shrinks", "shrinks"]);
  assert.deepEqual([0.0099, 0].map(trend), ["vanishes", "vanishes"]);
});

test("what is called steady is neither larger nor smaller", () => {
  assert.deepEqual([0.79, 0.8, 1.25, 1.26].map(isSmaller), [true, false, false, false]);
  assert.deepEqual([0.79, 0.8, 1.25, 1.26].map(isLarger), [false, false, false, true]);
});

test("numbers that differ by a rounding are equal, of either sign, and no others", () => {
  /** @param {number} one @param {number} other */
  const said = (one, other) => compared(one, other, ["less", "equal", "more"]);
  assert.deepEqual([said(0, 0), said(3, 3 + 1e-12), said(-3, -3 - 1e-12)], ["equal", "equal", "equal"]);
  assert.deepEqual([said(1, 2), said(2, 1), said(-1, 1), said(1e-20, 0)], ["less", "more", "less", "more"]);
  assert.deepEqual([said(3, 3 + 1e-11), said(-3, -3 - 1e-11)], ["less", "more"]);
});

test("a share in per cent has two digits, and more where it would read 100", () => {
  assert.deepEqual([0.1234, 0.999, 0.9996, 1, 1.234, 0.99999].map(percent), [
    ...[12, 99.9, 99.96, 100, 120, 99.999],
  ]);
});
