// Quiz rules of lesson 5: one column of the language model, and the gradient that its error starts.

import { farthest, largest, norm, step, steps } from "./vectors.js";

const MOST = 8; // choices

/** @param {number} value */
const signed = (value) => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(3);

/** The likeliest symbol of every step. @param {Result} result */
const guesses = ({ forward, vocabulary }) => forward.o.map((scores) => vocabulary[largest(scores)[0]]);

/** The probability that a step gave its target. @param {Result} result @param {number} t */
const given = ({ forward, vocabulary, targets }, t) => Number(forward.p?.[t][vocabulary.indexOf(targets[t])]);

/** The first column in numbers. @type {Rule} */
export function firstColumn({ bptt }) {
  const { forward, tokens, targets } = bptt;
  const all = (forward.p?.[0] ?? []).reduce((/** @type {number} */ sum, p) => sum + Number(p), 0);
  const values = { read: tokens[0], wanted: targets[0], p: given(bptt, 0), loss: forward.loss[0] };
  return { values: { ...values, all: Number(all.toFixed(3)) } };
}

/** Whose entry of p − onehot is negative, at the first step. @type {Rule} */
export function negativeEntry({ bptt }) {
  const { forward, vocabulary, targets } = bptt;
  const error = vocabulary.map((symbol, i) => Number(forward.p?.[0][i]) - (symbol === targets[0] ? 1 : 0));
  const right = vocabulary.filter((_, i) => error[i] < 0), p = given(bptt, 0);
  const others = vocabulary.filter((symbol) => !right.includes(symbol)).slice(0, MOST - right.length);
  const choices = vocabulary.filter((symbol) => right.includes(symbol) || others.includes(symbol));
  const entries = error.slice(0, MOST).map((entry, i) => `${vocabulary[i]} ${signed(entry)}`).join(", ");
  return { choices, right, values: { p, entry: p - 1, entries } };
}

/** By what factor the gradients of the sum are those of the mean; and exp of the mean loss beside the mean of exp. @type {Rule} */
export function sumOrMean({ bptt }, b) {
  const T = bptt.tokens.length;
  const factor = b ? Math.round(norm(b.bptt.full.dh[0]) / norm(bptt.full.dh[0])) : 1;
  const choices = [...new Set([1, 2, T, T * T, factor])].sort((one, other) => one - other);
  return { choices: choices.map(String), right: [String(factor)], values: { factor, ...exps(bptt) } };
}

/** @param {Result} result */
function exps({ forward }) {
  const losses = forward.loss.filter((loss) => loss !== null).map(Number);
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return { perplexity: Math.exp(mean(losses)), each: mean(losses.map(Math.exp)) };
}

/** The step with the largest loss after training. @type {Rule} */
export function worstNow({ bptt }) {
  const { forward, training, params, targets } = bptt, losses = forward.loss, { loss } = training;
  const worst = largest(losses), [, second] = losses.map(Number).toSorted((one, other) => other - one);
  const right = guesses(bptt).filter((guess, t) => guess === targets[t]).length;
  return {
    ...steps(losses.length, worst),
    values: {
      ...{
        T: targets.length,
        right,
        updates: Number(params.updates),
        before: loss[0],
        after: loss[loss.length - 1],
      },
      ...{ where: worst.map(step).join(", "), worst: losses[worst[0]], second },
    },
  };
}

/** At how many steps a gradient starts. @type {Rule} */
export function starts({ bptt: { full, weights } }) {
  const T = full.dh_output.length, V = weights.by.length;
  const starting = full.dh_output.filter((row) => row.some((value) => value !== 0)).length;
  const choices = [...new Set([1, 2, T - 1, T, starting])].sort((one, other) => one - other).filter((n) =>
    n > 0
  );
  const shapes = { lastN: `(N,${V})`, everyN: `(N,${T},${V})` };
  return {
    choices: choices.map(String),
    right: [String(starting)],
    values: { starts: starting, silent: T - starting, ...shapes },
  };
}

/** Two steps that read the same word and should answer differently. @param {Result} result @returns {[number, number]} */
function pairOf({ tokens, targets }) {
  for (const [t, word] of tokens.entries()) {
    const before = tokens.findIndex((other, s) => s < t && other === word && targets[s] !== targets[t]);
    if (before >= 0) return [before, t];
  }
  return [0, 0];
}

/** The most that answers can be right which depend on the word that was just read alone. @type {Rule} */
export function sameWord({ bptt }, b) {
  const { tokens, targets, forward } = bptt, T = tokens.length, [s, t] = pairOf(bptt);
  const best = [...new Set(tokens)].reduce((sum, word) => {
    const wanted = targets.filter((_, i) => tokens[i] === word);
    return sum + Math.max(...wanted.map((one) => wanted.filter((other) => other === one).length));
  }, 0);
  const other = b?.bptt.forward.h[t] ? b.bptt.forward.h : forward.h,
    difference = forward.h[s].map((h, i) => Number(h) - Number(forward.h[t][i]));
  const choices = [...new Set([best, T - 2, T - 1, T])].filter((n) => n > 0).sort((one, two) => one - two);
  return {
    choices: choices.map(String),
    right: [String(best)],
    values: {
      ...{ T, best, right: guesses(bptt).filter((guess, i) => guess === targets[i]).length },
      ...{ apart: norm(difference), same: farthest(other[s], other[t]) },
    },
  };
}
