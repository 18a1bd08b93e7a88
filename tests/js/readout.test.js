// Sentences of the status line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeTarget } from "../../static/js/explorer/describe-target.js";
import { describeLoss, describeRun, describeStep } from "../../static/js/explorer/readout.js";
import { highlightText } from "../../static/js/explorer/unrolled/highlight-text.js";
import { statusLine } from "../../static/js/explorer/status-line.js";
import { answer, viewWith } from "./recorded.js";

const { words } = viewWith();

/** @param {Part[]} parts */
const text = (parts) => parts.map((part) => part.text).join("").replace(/[\u2068\u2069]/g, "");

/** @param {Result} result @param {Target} target */
const textOf = (result, target) => text(describeTarget(result, target, words));

test("the status line of a step states the target, its probability, and both gradients", () => {
  const parts = describeStep(answer("bptt"), 1, words);
  assert.match(
    text(parts),
    /^t = 1 · input “e”, target “l”: p = 0\.\d\d, L = [\d.]+ · ‖∂L\/∂h₁‖ = [\d.]+ \(full [\d.]+\)$/,
  );
  assert.deepEqual(parts.filter(({ strong }) => strong).map(({ tone }) => tone), ["gradient"]);
  assert.doesNotMatch(text(describeStep(answer("full"), 1, words)), /full/);
});

test("squared error tells an output instead of a probability, and a step without a loss no loss", () => {
  assert.match(text(describeStep(answer("squared"), 0, words)), /o = [+−]\d/);
  assert.doesNotMatch(text(describeStep(answer("last"), 0, words)), / L = /);
  assert.match(textOf(answer("last"), { kind: "L", t: 0 }), /no loss here/);
});

test("a cut edge tells what was thrown away, a partly cut one both, a whole one the exact only where it differs", () => {
  assert.match(textOf(answer("bptt"), { kind: "backward", t: 2 }), /^cut: .*discarded ‖r₁‖ = 0\.\d/);
  assert.match(
    textOf(answer("window"), { kind: "backward", t: 2 }),
    /^partly cut: of ‖r₁‖ = [\d.]+ .* passes on [\d.]+$/,
  );
  assert.doesNotMatch(textOf(answer("full"), { kind: "backward", t: 2 }), /full/);
  const last = answer("last");
  assert.match(textOf(last, { kind: "backward", t: 1 }), /‖r₀‖ = 0 to h₀ \(full [\d.]+/);
});

test("custom targets belong to their own input, not to the next one", () => {
  assert.match(
    text(describeStep(answer("number"), 1, words)),
    /^t = 1 · input “2”, custom target “2”: o = \+1\.56/,
  );
  assert.match(text(describeStep(answer("word"), 0, words)), /^t = 0 · input “you”, target “say”/);
});

test("a unit tells its activation and its gradient, with the exact one beside it where it differs", () => {
  assert.match(textOf(answer("bptt"), { kind: "h", t: 0, unit: 3 }), /unit 3: .* \(full /);
  assert.doesNotMatch(textOf(answer("bptt"), { kind: "h", t: 3, unit: 3 }), /full/);
});

test("without a unit the first one is told", () => {
  assert.equal(
    textOf(answer("bptt"), { kind: "h", t: 0 }),
    textOf(answer("bptt"), { kind: "h", t: 0, unit: 0 }),
  );
});

test("where nothing is selected the step is told whose gradient the truncation changes most", () => {
  const result = answer("bptt"), run = text(describeRun(result, words));
  const changes = result.full.dh_norm.map((exact, t) =>
    Math.abs(Number(exact) - Number(result.truncated.dh_norm[t]))
  );
  assert.equal(changes.indexOf(Math.max(...changes)), 1);
  assert.equal(run, "largest change at t = 1: ‖∂L/∂h₁‖ = 0.15 (full 0.19)");
});

test("where nothing is cut, or only rounding differs, what reaches the start is told", () => {
  const result = answer("full"), uncut = "reaches t = 0: ‖∂L/∂h₀‖ = 0.26";
  assert.equal(text(describeRun(result, words)), uncut);
  result.truncated.dh_norm = result.full.dh_norm.map((size) => Number(size) * (1 + 1e-14));
  assert.equal(text(describeRun(result, words)), uncut);
  result.full.dh_norm = result.truncated.dh_norm = result.full.dh_norm.map(() => 0);
  assert.equal(text(describeRun(result, words)), "no gradient reaches t = 0");
  result.full.dh_norm = result.truncated.dh_norm = result.full.dh_norm.map(() => null);
  assert.equal(text(describeRun(result, words)), "no gradient reaches t = 0");
});

test("of a loss that is followed the steps are counted that it reaches", () => {
  const told = (/** @type {string} */ name, /** @type {number} */ s) =>
    text(describeLoss(answer(name), s, words));
  assert.equal(told("bptt", 3), "following loss L₃ = 1.72 · reaches 2 of 4 steps");
  assert.equal(told("window", 17), "following loss L₁₇ = 2.03 · reaches 3 of 18 steps", "k = 3");
  assert.equal(told("single", 0), "following loss L₀ = 0.65 · reaches 1 of 1 step");
  assert.match(told("last", 0), /no loss here/);
});

test("the status line tells the pointed mark, else the moment, the loss, the step, the run", () => {
  const result = answer("bptt"), reader = { pointed: null, moved: false };
  const line = (/** @type {Partial<View>} */ changes, pointed = reader.pointed) =>
    text(statusLine(result, viewWith(changes), { ...reader, pointed }, { describeTarget, highlightText }));
  assert.match(line({ isSelected: false }), /^largest change/);
  assert.match(line({ t: 2, isSelected: true }), /^t = 2 · input/);
  assert.match(line({ isSelected: false, s: 3, pair: { s: 3, t: 1 } }), /^following loss L₃/);
  assert.match(line({ t: 3, isSelected: true, s: 3, pair: { s: 3, t: 3 } }), /^following loss L₃/);
  assert.match(line({ t: 1, isSelected: true, s: 3, pair: { s: 3, t: 1 } }), /^t = 1 · input/);
  assert.match(line({ isSelected: false }, /** @type {any} */ ({ kind: "x", t: 0 })), /^x₀ = “h”/);
});

test("while marks are covered the run and the reach of a loss are not told", () => {
  const line = (/** @type {Partial<View>} */ changes) =>
    text(
      statusLine(answer("bptt"), viewWith(changes), { pointed: null, moved: true }, {
        describeTarget,
        highlightText,
      }),
    );
  assert.equal(line({ isSelected: false, veil: "back.2" }), words("veil.covered"));
  assert.equal(line({ isSelected: false, s: 3, veil: "back.2" }), words("veil.covered"));
  assert.match(line({ isSelected: false, veil: "legend" }), /^largest change/);
});
