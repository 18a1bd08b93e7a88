// The overview strip of a long sequence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isShown } from "../../static/js/explorer/overview-room.js";
import { lines, numbered } from "../../static/js/explorer/overview.js";
import { longAnswer } from "./long.js";
import { answer, ANSWERS } from "./recorded.js";

test("the strip is there above sixty steps", () => {
  assert.equal(isShown(answer("long")), false, "sixty");
  assert.equal(isShown(longAnswer(61)), true);
});

test("the strip spans the whole sequence, also where the answer holds a window of it", () => {
  const { losses, truncated, cuts } = lines(longAnswer(1000, { start: 200, stop: 400 }), 1000);
  assert.equal(losses.match(/Z/g)?.length, 1000);
  assert.equal(truncated.match(/[ML]/g)?.length, 1000);
  assert.equal(cuts.match(/M/g)?.length, Math.ceil(1000 / 7) - 1, "a notch at every cut");
  assert.match(cuts, /^M7\.0,65V70/, "lines this close would hide the bars");
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

test("losses stand on their row by size, gradients on theirs by decade, and cuts cross the strip", () => {
  const result = answer("bptt");
  result.forward.loss = [1, 2, 4, null];
  result.full.dh_norm = [1e-3, 0.01, 0.1, 1];
  result.truncated.dh_norm = [null, 1e-9, 10, 0];
  assert.deepEqual(lines(result, 400), {
    losses: "M0.5,29.0L99.5,29.0L99.5,36.0L0.5,36.0ZM100.5,22.0L199.5,22.0L199.5,36.0L100.5,36.0Z" +
      "M200.5,8.0L299.5,8.0L299.5,36.0L200.5,36.0Z",
    exact: "M50.0,67.0h0.01L150.0,58.7L250.0,50.3L350.0,42.0",
    truncated: "M150.0,67.0h0.01M250.0,42.0h0.01",
    cuts: "M200.0,0V70",
  });
  assert.equal(lines(result, 6).cuts, "", "two blocks on 6 px");
});

test("the line of the truncated gradient breaks at the cuts, that of the full one does not", () => {
  const { exact, truncated } = lines(answer("bptt"), 400);
  assert.deepEqual([exact, truncated].map((path) => path.match(/M/g)?.length), [1, 2]);
});

test("the gradients' row spans one decade at least and eight at most", () => {
  const result = answer("full");
  /** @param {Row} sizes how far above the foot of their row they are */
  const heights = (sizes) => {
    result.full.dh_norm = sizes;
    return (lines(result, 400).exact.match(/[ML][\d.]+,([\d.]+)/g) ?? []).map((at) =>
      67 - Number(at.split(",")[1])
    );
  };
  const tenths = (/** @type {number[]} */ numbers) => numbers.map((number) => Number(number.toFixed(1)));
  assert.deepEqual(tenths(heights([1, 1, 1, Math.sqrt(0.1)])), [25, 25, 25, 12.5]);
  assert.deepEqual(tenths(heights([1, 1e-4, 1e-8, 1e-12])), [25, 12.5, 0, 0]);
  assert.deepEqual(tenths(heights([1, null, 0, null])), [25]);
});

test("round steps are numbered under the strip, and the last one, none so close that they meet", () => {
  assert.deepEqual(numbered(200, 1160), [0, 40, 80, 120, 160, 199]);
  assert.deepEqual(numbered(61, 1160), [0, 20, 40, 60]);
  assert.deepEqual(numbered(1000, 1160), [0, 200, 400, 600, 800, 999]);
  for (let T = 61; T <= 1000; T += 1) {
    for (const width of [344, 1160, 1800]) {
      const at = numbered(T, width);
      assert.ok(at.length >= 3 && at.length <= 6, `${T}, ${width}`);
      at.forEach((t, i) => assert.ok(!i || (t - at[i - 1]) * width / T >= 40, `${T}, ${width}`));
    }
  }
});
