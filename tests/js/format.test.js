// The format of numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { power, sci, short, signed } from "../../static/js/lib/format.js";

test("a short number has at most five characters up to 10⁹, and four below a thousand", () => {
  assert.deepEqual([0, 0.704, 9.994, 12.86, 1284.4].map((size) => short(size)), [
    ...["0.00", "0.70", "9.99", "12.9", "1284"],
  ]);
  for (const size of [0.004, 1, 9.996, 12, 99.96, 123, 999.9, 9999.6, 4.2e8]) {
    for (const decimals of [1, 2]) assert.ok([...short(size, decimals)].length <= (size < 1000 ? 4 : 5));
  }
});

test("rounding never adds a figure", () => {
  assert.deepEqual([9.996, 99.97, 999.97, 0.00997, 0.09996].map((size) => sci(size)), [
    ...["10.0", "100.0", "1.0·10³", "0.010", "0.10"],
  ]);
  assert.deepEqual([power(0.000046), power(31000, 1)], ["5·10⁻⁵", "3.1·10⁴"]);
});

test("a number with its sign stays as narrow when it is large", () => {
  assert.deepEqual([0.25, -0.804, 0.001, 12.86, -4.9366e14].map(signed), [
    ...["+0.25", "−0.80", "0.00", "+12.9", "−5·10¹⁴"],
  ]);
});
