// The overview strip of a long sequence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HEIGHT, isShown, lines, pixels } from "../../static/js/explorer/overview.js";
import { longAnswer } from "./long.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

test("the strip is there above sixty steps", () => {
  assert.equal(isShown(answer("long")), false, "sixty");
  assert.equal(isShown(longAnswer(61)), true);
});

test("the strip spans the whole sequence, also where the answer holds a window of it", () => {
  const { losses, truncated, cuts } = lines(longAnswer(1000, { start: 200, stop: 400 }), 1000);
  assert.equal(losses.match(/Z/g)?.length, 1000);
  assert.equal(truncated.match(/Z/g)?.length, 1000);
  assert.equal(cuts.match(/M/g)?.length, Math.ceil(1000 / 7) - 1, "a line at every cut");
  assert.match(cuts, new RegExp(`^M7\\.0,0V${HEIGHT}`));
});

test("cuts closer than three pixels are a veil and are left out", () => {
  assert.equal(lines(longAnswer(1000), 344).cuts, "");
});

for (const name of ANSWERS) {
  test(`${name} has a strip without a missing number`, () => {
    const result = answer(name);
    for (const path of Object.values(lines(result, 1164))) {
      assert.doesNotMatch(path, /NaN|undefined|Infinity/);
    }
  });
}

test("a larger loss and a larger gradient stand higher", () => {
  const result = answer("bptt");
  result.forward.loss = [1, 2, 4, null];
  const tops = (lines(result, 400).losses.match(/M[\d.]+,([\d.]+)/g) ?? []).map((at) =>
    Number(at.split(",")[1])
  );
  assert.equal(tops.length, 3, "no bar where there is no loss");
  assert.ok(tops[0] > tops[1] && tops[1] > tops[2]);
});

test("states are pixels on the colour scale of the picture, and what is missing is transparent", () => {
  const { colors } = viewWith(), result = answer("bptt");
  colors.activation0 = "#6a2c86";
  colors.activation4 = "#17733a";
  result.forward.h[0] = [-1, 1, null, 0, 0, 0, 0, 0];
  const { data, width, height } = pixels(result, colors);
  assert.deepEqual([width, height], [4, 8]);
  const at = (/** @type {number} */ unit) => [...data.slice(4 * unit * width, 4 * unit * width + 4)];
  assert.deepEqual(at(0), [0x6a, 0x2c, 0x86, 255]);
  assert.deepEqual(at(1), [0x17, 0x73, 0x3a, 255]);
  assert.equal(at(2)[3], 0);
});

test("losses stand on their row by size, gradients on theirs by decade, and cuts cross the strip", () => {
  const result = answer("bptt");
  result.forward.loss = [1, 2, 4, null];
  result.full.dh_norm = [1e-3, 0.01, 0.1, 1];
  result.truncated.dh_norm = [null, 1e-9, 10, 0];
  assert.deepEqual(lines(result, 400), {
    losses: "M0.0,10.0L100.0,10.0L100.0,13.0L0.0,13.0ZM100.0,7.0L200.0,7.0L200.0,13.0L100.0,13.0Z" +
      "M200.0,1.0L300.0,1.0L300.0,13.0L200.0,13.0Z",
    exact: "M0.0,55.2L100.0,55.2L100.0,57.0L0.0,57.0ZM100.0,49.8L200.0,49.8L200.0,57.0L100.0,57.0Z" +
      "M200.0,44.4L300.0,44.4L300.0,57.0L200.0,57.0ZM300.0,39.0L400.0,39.0L400.0,57.0L300.0,57.0Z",
    truncated: "M100.0,55.2L200.0,55.2L200.0,57.0L100.0,57.0ZM200.0,39.0L300.0,39.0L300.0,57.0L200.0,57.0Z",
    cuts: "M200.0,0V58",
  });
  assert.equal(lines(result, 6).cuts, "", "two blocks on 6 px");
});

test("the gradients' row spans one decade at least and eight at most", () => {
  const result = answer("full");
  /** @param {Row} sizes the heights of their bars */
  const heights = (sizes) => {
    result.full.dh_norm = sizes;
    return (lines(result, 400).exact.match(/M[\d.]+,([\d.]+)/g) ?? []).map((at) =>
      57 - Number(at.split(",")[1])
    );
  };
  const tenths = (/** @type {number[]} */ numbers) => numbers.map((number) => Number(number.toFixed(1)));
  assert.deepEqual(tenths(heights([1, 1, 1, Math.sqrt(0.1)])), [18, 18, 18, 9.9]);
  assert.deepEqual(tenths(heights([1, 1e-4, 1e-8, 1e-12])), [18, 9.9, 1.8, 1.8]);
  assert.deepEqual(tenths(heights([1, null, 0, null])), [18]);
});
