// The format of numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { viewWith } from "./recorded.js";
import {
  apart,
  compact,
  decade,
  fixed,
  formatNumber,
  grouped,
  inPercent,
  percent,
  power,
  round,
  sci,
  short,
  shortNumber,
  signed,
  subscript,
  superscript,
  visible,
  wholePercent,
} from "../../static/js/lib/format.js";

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
    ...["10.0", "100.0", "1.0\u00a0×\u00a010³", "0.010", "0.10"],
  ]);
  assert.deepEqual([power(0.000046), power(31000, 1)], ["5\u00a0×\u00a010⁻⁵", "3.1\u00a0×\u00a010⁴"]);
});

test("a number with its sign stays as narrow when it is large", () => {
  assert.deepEqual([0.25, -0.804, 0.001, 12.86, -4.9366e14].map(signed), [
    ...["+0.25", "−0.80", "0.00", "+12.9", "−5×10¹⁴"],
  ]);
});

test("what is not 0, 1 or 100 % is not written so", () => {
  assert.deepEqual([0, 0.9434, 1, -1, -0.5, null].map((value) => round(value)), [
    ...["0.000", "0.943", "1.000", "−1.000", "−0.500", "–"],
  ]);
  assert.deepEqual([0.9996, 0.99999, 1.0004, -0.9996, 0.0004, -1e-7].map((value) => round(value)), [
    ...["0.9996", "0.99999", "1.0004", "−0.9996", "4.0\u00a0×\u00a010⁻⁴", "−1.0\u00a0×\u00a010⁻⁷"],
  ]);
  assert.equal(round(1, 3, false), "≈ 1", "a cosine that was rounded to 1");
  assert.equal(round(0.9999999), "≈ 1");
  assert.equal(round(0.996, 2), "0.996");
  assert.deepEqual([0, 0.0004, 0.045, 0.33, 0.996, 0.99996, 1, 1.004, 1.31].map(percent), [
    ...["0%", "< 0.1%", "4.5%", "33%", "99.6%", "99.996%", "100%", "100.4%", "131%"],
  ]);
  assert.deepEqual([0.996, 0.5, 0].map(inPercent), ["99.6", "50", "0"]);
  assert.deepEqual([0, 0.003, 0.5, 0.996, 1, null].map(wholePercent), [
    "0%",
    "<1%",
    "50%",
    ">99%",
    "100%",
    "–",
  ]);
});

test("nothing is written as −0", () => {
  assert.deepEqual([-0, -0.001, -0.05, 0.94].map((value) => fixed(value)), ["0.00", "0.00", "−0.05", "0.94"]);
  assert.deepEqual([signed(-0.001), signed(-0), sci(-0), round(-0), percent(-0)], [
    ...["0.00", "0.00", "0", "0.000", "0%"],
  ]);
  assert.deepEqual([-0, -0.04, -0.06, -12.94].map((value) => shortNumber(value, 1)), [
    ...["0.0", "0.0", "−0.1", "−13"],
  ]);
});

test("a power of ten is kept on one line, and in a figure written without spaces", () => {
  assert.equal(power(4.9e-11, 1), "4.9\u00a0×\u00a010⁻¹¹");
  assert.equal(compact(power(4.9e-11, 1)), "4.9×10⁻¹¹");
  assert.equal(formatNumber(1e-7), "1\u00a0×\u00a010⁻⁷", "never 1e-7");
});

test("whole numbers are grouped by commas, whatever the browser's language", () => {
  assert.deepEqual([0, 999, 1001, 12528, 2000000].map(grouped), ["0", "999", "1,001", "12,528", "2,000,000"]);
  const { words } = viewWith();
  assert.match(words("notices.crop", { n: 1001 }), /1,001 symbols/);
  assert.match(words("notices.crop", { n: 1 }), /1 symbol$/);
});

test("the format changes exactly where one figure more or less is written", () => {
  assert.deepEqual([999.95, 999.9, 9.995, 9.994, 0.0995, 0.0994, 0.00995, 0.0099].map((size) => sci(size)), [
    ...["1.0\u00a0×\u00a010³", "999.9", "10.0", "9.99", "0.10", "0.099", "0.010", "9.9\u00a0×\u00a010⁻³"],
  ]);
  assert.deepEqual([9.99, 10, 99.9, 99.95, 9999.4].map((size) => short(size)), [
    ...["9.99", "10.0", "99.9", "100", "9999"],
  ]);
  assert.equal(short(9999.5), "1×10⁴");
  assert.deepEqual([9.9, 10].map((size) => short(size, 1)), ["9.9", "10"]);
  assert.deepEqual([1e5, 99999, 1e-4, 9.9e-5, 123456, -2e9].map((value) => formatNumber(value)), [
    ...["1\u00a0×\u00a010⁵", "100000", "0.0001", "9.9\u00a0×\u00a010⁻⁵", "1.23\u00a0×\u00a010⁵"],
    "−2\u00a0×\u00a010⁹",
  ]);
  assert.deepEqual([123456, 3.14159].map((value) => formatNumber(value, 2)), ["1.2\u00a0×\u00a010⁵", "3.1"]);
  assert.deepEqual([123456, 3.14159].map((value) => formatNumber(value, 1)), ["1\u00a0×\u00a010⁵", "3"]);
  assert.deepEqual([0.0009, 0.001, 0.0999, 0.1].map(percent), ["< 0.1%", "0.1%", "10.0%", "10%"]);
  assert.deepEqual([0.0005, 0.00049, 0.9995, 0.99949].map((value) => round(value)), [
    ...["0.001", "4.9\u00a0×\u00a010⁻⁴", "0.9995", "0.999"],
  ]);
  assert.deepEqual([0.004, 0.005, 0.994, 0.995].map(wholePercent), ["<1%", "1%", "99%", ">99%"]);
});

test("what is no number is a dash", () => {
  for (const none of [null, undefined, NaN, Infinity]) {
    assert.deepEqual([sci(none), formatNumber(none), round(none), percent(none), wholePercent(none)], [
      ...["–", "–", "–", "–", "–"],
    ]);
  }
});

test("raised and lowered numbers keep their sign, and the decade of 1 is written so", () => {
  assert.deepEqual([-10, 0, 25].map(superscript), ["⁻¹⁰", "⁰", "²⁵"]);
  assert.deepEqual([-10, 0, 25].map(subscript), ["₋₁₀", "₀", "₂₅"]);
  assert.deepEqual([0, 1, -2].map(decade), ["1", "10¹", "10⁻²"]);
});

test("white space and control characters are seen, letters stay as they are", () => {
  assert.deepEqual(["", "a", " ", "\n", "\x1f", "\x7f", "\r\n", "\u00a0", "\u200b", "\u0301"].map(visible), [
    ...["", "a", "␣", "␊", "␟", "␡", "␍␊", "A0", "200B", "◌\u0301"],
  ]);
});

test("two sizes that differ are written with as many figures as show it", () => {
  assert.deepEqual(apart(0.342, 0.338), ["0.342", "0.338"]);
  assert.deepEqual(apart(0.342, 0.25), ["0.34", "0.25"]);
  assert.deepEqual(apart(1.2345e-7, 1.2346e-7), ["1.2345\u00a0×\u00a010⁻⁷", "1.2346\u00a0×\u00a010⁻⁷"]);
  assert.deepEqual([apart(0.5, 0.5), apart(null, 0.5)], [["0.50", "0.50"], ["–", "0.50"]]);
  assert.deepEqual(apart(0.500001, 0.500002), ["0.50", "0.50"], "not even five figures tell");
});
