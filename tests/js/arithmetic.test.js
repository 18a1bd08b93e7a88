// Printed arithmetic: read as a reader does, and = only where the printed numbers give the printed result.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agrees, equation, evaluate, parenthesized, wrongSigns } from "../../static/js/lib/arithmetic.js";

test("a printed line is read as a reader reads it", () => {
  const lines = /** @type {[string, number][]} */ ([
    ["0.556 + 0.300", 0.856],
    ["1.96 + (−0.39)", 1.57],
    ["4 − 1", 3],
    ["0.5 × (−0.3) × 2", -0.3],
    ["−ln 0.293", -Math.log(0.293)],
    ["-ln 0.293", -Math.log(0.293)],
    ["tanh(0 + 0.5)", Math.tanh(0.5)],
    ["relu(−2)", 0],
    ["relu(2)", 2],
    ["exp(1)", Math.E],
    ["[0.5 > 0.5]", 0],
    ["6/2/3", 1],
    ["2 ** 3", 8],
    ["1 − 2 − 3", -4],
    ["0.74 × tanh(+0.25)", 0.74 * Math.tanh(0.25)],
    ["1 · (1 − 0.9²)", 1 - 0.81],
    ["2 · (0.5(1 − 0.5))", 0.5],
    ["3.9\u00a0×\u00a010⁻⁸ × 2", 7.8e-8],
    ["1/(−2)", -0.5],
    ["(−2) ** 2", 4],
    ["[0.5 > 0]", 1],
    ["σ(0)", 0.5],
    ["−0.5²", -0.25],
    ["1,284 + 1", 1285],
    ["1,284,000 × .5", 642_000],
    ["σ(1)", 1 / (1 + Math.exp(-1))],
    ["log(2) + ln 3", Math.log(2) + Math.log(3)],
    ["2 × 10¹⁰", 2e10],
    ["1.5 × 10⁺³ + 1", 1501],
    ["6.7 × 10⁻⁸⁹ × 1 × 10⁹⁰", 67],
    ["3 ÷ 2 * 4", 6],
    ["1 − −2", 3],
    ["2 × (3 + 4) × 5", 70],
    ["2[3 > 1](4)", 8],
    ["3² / 2", 4.5],
    ["2 ** −1", 0.5],
    [" 7 ", 7],
  ]);
  for (const [line, value] of lines) {
    assert.ok(Math.abs((evaluate(line) ?? NaN) - value) < 1e-12, `${line}: ${evaluate(line)}`);
  }
  for (
    const line of [
      "",
      "?",
      "–",
      "x + 1",
      "1 +",
      "(1",
      "1)",
      "two",
      "tanh",
      "[1]",
      "[2 > 1",
      "[2 > )",
      "1 2 ]",
      "2 **",
      "−",
      "log(−1)",
    ]
  ) {
    assert.equal(evaluate(line), null, line);
  }
});

test("= stands only where the printed numbers give the printed result", () => {
  assert.equal(equation("0.556 + 0.300", "0.857"), "0.556 + 0.300 ≈ 0.857");
  assert.equal(equation("0.556 + 0.301", "0.857"), "0.556 + 0.301 = 0.857");
  assert.equal(equation("0.56 × 0.30", "0.17"), "0.56 × 0.30 = 0.17");
  assert.equal(equation("1 · (1 − 1²)", "3.9\u00a0×\u00a010⁻⁸"), "1 · (1 − 1²) ≈ 3.9\u00a0×\u00a010⁻⁸");
  assert.equal(
    equation("1.3\u00a0×\u00a010⁻⁵ × 3", "3.9\u00a0×\u00a010⁻⁵"),
    "1.3\u00a0×\u00a010⁻⁵ × 3 = 3.9\u00a0×\u00a010⁻⁵",
  );
  assert.equal(equation("−ln 0.293", "1.226"), "−ln 0.293 ≈ 1.226");
  assert.equal(equation("x + 1", "2"), "x + 1 = 2", "what cannot be read is left alone");
  assert.equal(agrees("–", "2"), null);
});

test("in a sentence only the sign of a line that does not add up is found", () => {
  const said = (/** @type {string} */ sentence) => {
    const letters = [...sentence];
    for (const at of wrongSigns(sentence)) letters[at] = "≈";
    return letters.join("");
  };
  assert.equal(said("0.556 + 0.300 = 0.857"), "0.556 + 0.300 ≈ 0.857");
  assert.equal(said("Their sum: 0.556 + 0.300 = 0.857, for"), "Their sum: 0.556 + 0.300 ≈ 0.857, for");
  assert.equal(said("합입니다: 0.556 + 0.300 = 0.857. 다음"), "합입니다: 0.556 + 0.300 ≈ 0.857. 다음");
  assert.equal(said("so the loss is L₀ = -ln 0.293 = 1.226; a"), "so the loss is L₀ = -ln 0.293 ≈ 1.226; a");
  assert.equal(said("add to 2.31, and exp(-2.31) = 0.5."), "add to 2.31, and exp(-2.31) ≈ 0.5.");
  for (
    const right of [
      "tanh(0 + 0.5) = 0.462.",
      "W_h = 0.5 gives 0.3",
      "f = 9, ∂ = 3",
      "p = 4 - 1 = 3",
      "T = 4, k = 2",
      "∂f/∂x = ∂f/∂p · 1 = 3 · 1 = 3",
      "f · 2 = 3",
    ]
  ) assert.equal(said(right), right);
});

test("a factor with a sign or a power of ten is put in brackets", () => {
  assert.deepEqual(["2", "−2", "2\u00a0×\u00a010⁻⁵"].map(parenthesized), [
    "2",
    "(−2)",
    "(2\u00a0×\u00a010⁻⁵)",
  ]);
  assert.equal(evaluate("0.5 × (2\u00a0×\u00a010⁻⁵)²"), 0.5 * 2e-5 ** 2);
});
