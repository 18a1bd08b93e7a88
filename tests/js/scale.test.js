// The scale of gradients: positions, widths and decades.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bucketOf,
  BUCKETS,
  decades,
  gradientRange,
  length,
  opacityOf,
  position,
} from "../../static/js/plot/scale.js";
import { answer } from "./recorded.js";

/** @param {number[]} sizes @returns {Result} a run whose only gradients have these sizes */
function runOf(sizes) {
  const result = answer("bptt"), nothing = sizes.map(() => [0]);
  Object.assign(result.full, { dh_norm: sizes, dh_output: nothing, dh_future: nothing, da: nothing });
  return result;
}

test("what is below a billionth of the largest is noise, and eight decades are the most", () => {
  assert.deepEqual(gradientRange(runOf([1, 1e-17])), { low: -2, high: 0 });
  assert.deepEqual(gradientRange(runOf([1, 1e-5])), { low: -5, high: 0 });
  assert.deepEqual(gradientRange(runOf([100, 1.1e-7])), { low: -6, high: 2 });
});

test("a run without any gradient, or one that overflowed everywhere, still has a scale", () => {
  assert.deepEqual(gradientRange(runOf([0, 0])), { low: -2, high: 0 });
  const lost = answer("bptt");
  for (const key of /** @type {const} */ (["dh_output", "dh_future", "da"])) {
    lost.full[key] = lost.full[key].map((row) => row.map(() => null));
  }
  lost.full.dh_norm = lost.full.dh_norm.map(() => null);
  assert.deepEqual(gradientRange(lost), { low: -2, high: 0 });
});

test("lengths are exact for sizes whose squares are not numbers any more", () => {
  assert.equal(length([3, 4]), 5);
  assert.ok(Math.abs((length([3e200, 4e200]) ?? 0) / 5e200 - 1) < 1e-12);
  assert.ok(Math.abs((length([3e-200, 4e-200]) ?? 0) / 5e-200 - 1) < 1e-12);
  assert.equal(length([1, null]), null);
});

test("every position has an opacity, the faintest still visible", () => {
  assert.deepEqual([0, 1].map(bucketOf), [0, BUCKETS - 1]);
  assert.ok(Math.abs(opacityOf(0) - 0.34) < 1e-9);
  assert.equal(opacityOf(BUCKETS - 1), 1);
  assert.equal(position(1e-30, { low: -3, high: 0 }), 0);
});

test("the legend names one to three whole decades of the range", () => {
  for (const [low, high] of [[-2, 0], [-2.4, -0.4], [-8, 0], [-3.9, -1.9], [3.2, 9.7]]) {
    const named = decades({ low, high });
    assert.ok(named.length >= 1 && named.length <= 3);
    assert.ok(named.every((exponent) => Number.isInteger(exponent) && exponent <= high));
  }
});
