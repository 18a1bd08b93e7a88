// The scale of gradients: positions, widths and round values.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bucketOf,
  BUCKETS,
  gradientRange,
  length,
  opacityOf,
  position,
  roundValues,
  widthOf,
} from "../../static/js/plot/scale.js";
import { answer } from "./recorded.js";

/** @param {number[]} sizes @returns {Result} a run whose only gradients have these sizes */
function runOf(sizes) {
  const result = answer("bptt"), nothing = sizes.map(() => [0]);
  Object.assign(result.full, { dh_norm: sizes, dh_output: nothing, dh_future: nothing, da: nothing });
  return result;
}

test("what is below a billionth of the largest is noise, and eight decades are the most", () => {
  assert.deepEqual(gradientRange(runOf([1, 1e-17])), { low: -1, high: 0 });
  assert.deepEqual(gradientRange(runOf([1, 0.5])), { low: -1, high: 0 }, "one decade at least");
  assert.deepEqual(gradientRange(runOf([1, 1e-5])), { low: -5, high: 0 });
  assert.deepEqual(gradientRange(runOf([100, 1.1e-7])), { low: -6, high: 2 });
});

test("a run without any gradient, or one that overflowed everywhere, still has a scale", () => {
  assert.deepEqual(gradientRange(runOf([0, 0])), { low: -1, high: 0 });
  const lost = answer("bptt");
  lost.full.dh_future = lost.full.dh_future.map((row) => row.map(() => null));
  lost.full.dh_norm = lost.full.dh_norm.map(() => null);
  assert.deepEqual(gradientRange(lost), { low: -1, high: 0 });
});

test("lengths are exact for sizes whose squares are not numbers any more", () => {
  assert.equal(length([3, 4]), 5);
  assert.ok(Math.abs((length([3e200, 4e200]) ?? 0) / 5e200 - 1) < 1e-12);
  assert.ok(Math.abs((length([3e-200, 4e-200]) ?? 0) / 5e-200 - 1) < 1e-12);
  assert.equal(length([1, null]), null);
});

test("what comes back counts, what losses send straight down does not", () => {
  const result = runOf([1, 0.1]), huge = [[1000], [1000]];
  Object.assign(result.full, { dh_output: huge, da: huge });
  assert.deepEqual(gradientRange(result), { low: -1, high: 0 });
  result.full.dh_future = [[0.01], [0]];
  assert.deepEqual(gradientRange(result), { low: -2, high: 0 });
  result.window = { start: 0, stop: 2 };
  assert.deepEqual(
    gradientRange(result),
    { low: -1, high: 0 },
    "of a long sequence only what all windows know",
  );
});

test("every position has an opacity, the faintest of enough contrast, and a width", () => {
  assert.deepEqual([0, 1].map(bucketOf), [0, BUCKETS - 1]);
  assert.ok(Math.abs(opacityOf(0) - 0.78) < 1e-9);
  assert.equal(opacityOf(BUCKETS - 1), 1);
  assert.equal(position(1e-30, { low: -3, high: 0 }), 0);
  assert.deepEqual([0, 0.5, 1].map((at) => widthOf(at, 15)), [2.5, 8.75, 15]);
});

test("the legend names the largest and the smallest round value inside the range", () => {
  const named = (/** @type {number} */ low, /** @type {number} */ high) =>
    roundValues({ low: Math.log10(low), high: Math.log10(high) });
  assert.deepEqual(named(0.03, 0.3), [0.2, 0.05]);
  assert.deepEqual(named(0.0098, 0.096), [0.05, 0.01]);
  assert.deepEqual(named(0.9e-5, 7), [5, 1e-5]);
  assert.deepEqual(named(1100, 61000), [50000, 2000]);
  assert.deepEqual(named(1, 2), [2, 1], "both ends are inside");
  assert.deepEqual(named(1.5, 2), [2]);
  assert.deepEqual(named(2.1, 4.9), []);
  for (let high = -12; high < 12; high += 0.37) {
    const [most, least] = roundValues({ low: high - 1, high });
    assert.ok(Math.log10(most) <= high && Math.log10(least) >= high - 1 && most > least, String(high));
  }
});
