// Context of the ledger's cards: the step, its backward pass, and its rows of the result.

import { indexOf, momentAt, schedule } from "../timeline.js";
import { numbers } from "./numbers.js";

/**
 * A pass back through time: its steps, the losses that feed it, and its gradients by name and step.
 * @typedef {object} Pass
 * @property {number} start
 * @property {number} stop exclusive
 * @property {number} newest_from losses from here to stop − 1 feed it
 * @property {boolean} separate one of several passes
 * @property {(name: string, t: number) => number[]} of empty where the answer does not hold it
 */

/**
 * @typedef {object} Context
 * @property {Result} result
 * @property {View} view
 * @property {Words} words
 * @property {Moment} moment
 * @property {number} t
 * @property {number} T
 * @property {number} H
 * @property {number} unit the followed one
 * @property {Pass | null} pass null until it has come
 */

/** @param {Result} result @param {View} view @param {Moment} at @returns {Context} */
export function contextOf(result, view, at) {
  const plan = schedule(result), moment = { ...momentAt(plan, indexOf(plan, at)), line: at.line };
  const { t } = moment, T = result.tokens.length, H = result.forward.h[0].length;
  const unit = Math.min(view.lit ?? mostActiveUnit(result), H - 1);
  const pass = passOf(result, view, moment, plan.separate);
  return { result, view, words: view.words, moment, t, T, H, unit, pass };
}

/** Where a single walk is to be had. @param {View} view @param {Moment} moment */
export const walkPath = ({ query }, { walk }) => `/api/walk${query}&walk=${walk}`;

/** @param {Result} result @param {View} view @param {Moment} moment @param {boolean} separate @returns {Pass | null} */
function passOf(result, view, moment, separate) {
  const T = result.tokens.length;
  if (!separate) {
    const table = /** @type {Record<string, Table>} */ (/** @type {unknown} */ (result.truncated));
    return {
      start: 0,
      stop: T,
      newest_from: 0,
      separate,
      of: (name, t) => rowAt(result, table[name], t),
    };
  }
  const answer = /** @type {(Record<string, Table> & {walk: Result["walks"][0]}) | null | undefined} */ (
    view.answers[walkPath(view, moment)]
  );
  if (!answer) return null;
  const { start, stop, newest_from } = answer.walk;
  return {
    start,
    stop,
    newest_from,
    separate,
    of: (name, t) => numbers(answer[name]?.[t - start] ?? []),
  };
}

/** Row t of a table that a long sequence's answer may hold in part; empty outside. @param {Result} result @param {Table | null | undefined} table @param {number} t */
export function rowAt({ window }, table, t) {
  return numbers(table?.[t - (table.length < 1 ? 0 : window?.start ?? 0)] ?? []);
}

/** The unit with the largest gradient of the untruncated run. @param {Result} result */
function mostActiveUnit({ full }) {
  let max = -1, unit = 0;
  for (const row of full.dh) {
    row.forEach((value, j) => {
      if (Math.abs(value ?? 0) > max) [max, unit] = [Math.abs(value ?? 0), j];
    });
  }
  return unit;
}

/** The state that enters a step. @param {Result} result @param {number} t */
export function stateBefore({ forward }, t) {
  return numbers(t ? forward.h[t - 1] : forward.h0);
}

/** The input of a step as a vector: one-hot, or the number itself. @param {Result} result @param {number} t @returns {number[]} */
export function inputOf({ tokens, vocabulary }, t) {
  if (!vocabulary.length) return [Number(tokens[t])];
  return vocabulary.map((symbol) => (symbol === tokens[t] ? 1 : 0));
}

/** What stands before each row of W_x: the symbol and its 0 or 1, or the number. @param {Result} result @param {number} t @param {(symbol: string) => string} visible */
export function inputNames(result, t, visible) {
  const { vocabulary } = result, x = inputOf(result, t);
  return vocabulary.length ? vocabulary.map((symbol, i) => `${visible(symbol)} ${x[i]}`) : x.map(String);
}

/** Of W_x's rows the ones that are shown: all where there is room, else the input's own. @param {Context} context @returns {number[]} */
export function shownRows({ result, t, H }) {
  const x = inputOf(result, t), all = x.map((_, i) => i);
  return x.length <= 4 && H <= 4 || x.length === 1 ? all : all.filter((i) => x[i]);
}

/**
 * What a gate does to its product with W_h: it multiplies the product and a bias that is inside.
 * @typedef {object} Reset
 * @property {Formula} name
 * @property {number[]} values
 * @property {number[]} bias
 */

/**
 * The pre-activations of a gate, from what its W_h multiplies; NaN where the answer does not hold that.
 * @param {Context} context @param {number[]} left @param {number} block @param {Reset | null} [reset]
 */
export function preactivationsOf({ result, t, H }, left, block, reset = null) {
  const part = (/** @type {number[]} */ row) => row.slice(block * H, (block + 1) * H), x = inputOf(result, t);
  const [Wh, Wx, [b]] = ["Wh", "Wx", "b"].map((name) => matrix(result.weights[name]).map(part));
  return b.map((bias, j) =>
    Wh.reduce((sum, row, i) => sum + row[j] * (left[i] ?? NaN), reset?.bias[j] ?? 0) *
      (reset?.values[j] ?? 1) +
    Wx.reduce((sum, row, i) => sum + row[j] * x[i], bias)
  );
}

/** A weight as a matrix; a vector as one row. @param {Row | Table} weight @returns {number[][]} */
export function matrix(weight) {
  return (Array.isArray(weight[0]) ? /** @type {Table} */ (weight) : [/** @type {Row} */ (weight)]).map(
    numbers,
  );
}
