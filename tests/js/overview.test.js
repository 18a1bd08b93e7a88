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
