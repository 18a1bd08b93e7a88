// Sentences of the status line.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeStep, describeTarget } from "../../static/js/explorer/readout.js";
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
