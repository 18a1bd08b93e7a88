// How the gradients of a comparison differ, in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { similarity } from "../../static/js/explorer/compare-text.js";

test("the angle, the relative error and the ratio of norms are those of the exact gradient to the truncated one", () => {
  const apart = similarity([3, 3], [3, 0]);
  assert.equal(Math.round(apart?.angle ?? 0), 45);
  assert.equal(apart?.error, 1);
  assert.ok(Math.abs((apart?.ratio ?? 0) - Math.SQRT2) < 1e-12);
  assert.deepEqual(similarity([1, 2], [1, 2]), {
    angle: similarity([1, 2], [1, 2])?.angle,
    error: 0,
    ratio: 1,
  });
});

test("vectors of other weights, of nothing or beyond numbers are not compared", () => {
  assert.equal(similarity([1, 2], [1]), null);
  assert.equal(similarity([0, 0], [1, 2]), null);
  assert.equal(similarity([1, 2], [0, 0]), null);
  assert.equal(similarity([1, null], [1, 2]), null);
  assert.equal(Math.round(similarity([1e200, 1e200], [1e308, 1e308])?.error ?? 0), 1);
});
