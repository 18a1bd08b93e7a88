// Outputs of a step: one score for each symbol of the vocabulary, or one predicted number.

import { shortNumber, visible } from "../lib/format.js";
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
 * The symbols of the outputs; empty with numbers.
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
  const best = predictedOutput(result, t), score = row(result, result.forward.o, t)?.[best] ?? null;
  if (score === null) return "";
  return result.vocabulary.length ? result.vocabulary[best] : readableNumber(score);
}

/**
 * The index of the largest output; −1 if there is none.
 * @param {Result} result
 * @param {number} t
 */
export function predictedOutput(result, t) {
  let best = -1, max = -Infinity;
  row(result, result.forward.o, t)?.forEach((score, i) => {
    if (score !== null && score > max) [best, max] = [i, score];
  });
  return best;
}

/** @param {number} value */
export function readableNumber(value) {
  return shortNumber(value, 1);
}
