// Outputs of a step: one score for each symbol of the vocabulary, or one predicted number.

import { short, visible } from "../lib/format.js";
import { row } from "../plot/windowed.js";

/**
 * The index of the target's output; with numbers there is only one output.
 * @param {Result} result
 * @param {number} t
 */
export function targetOutput({ vocabulary, targets }, t) {
  return vocabulary.length ? vocabulary.indexOf(targets[t]) : 0;
}

/**
 * The target value of an output under squared error: 1 for the target symbol, or the number itself.
 * @param {Result} result
 * @param {number} t
 */
export function targetValue({ vocabulary, targets }, t) {
  return vocabulary.length ? 1 : Number(targets[t]);
}

/**
 * The symbols under the outputs; empty with numbers.
 * @param {Result} result
 */
export function outputNames({ vocabulary }) {
  return vocabulary.length ? vocabulary.map(visible) : [""];
}

/**
 * The most probable symbol, or the predicted number; empty if there is none.
 * @param {Result} result
 * @param {number} t
 */
export function predictedSymbol(result, t) {
  const scores = row(result, result.forward.o, t);
  if (!scores) return "";
  const best = scores.indexOf(
    scores.reduce((a, b) => ((b ?? -Infinity) > (a ?? -Infinity) ? b : a), scores[0]),
  );
  const score = scores[best];
  if (score === null) return "";
  return result.vocabulary.length ? result.vocabulary[best] : readableNumber(score);
}

/** @param {number} value */
export function readableNumber(value) {
  return `${value < 0 ? "−" : ""}${short(Math.abs(value), 1)}`;
}
