// Quiz rules of lesson 3: one step of a recurrent network, forward and backward.

import { largest } from "./vectors.js";

/** @type {Record<string, (a: number) => number>} f of a state that is one number */
const SQUASH = {
  tanh: Math.tanh,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  relu: (a) => Math.max(0, a),
  identity: (a) => a,
};
const BOUNDS = [["1/10", 0.1], ["1/4", 0.25], ["1/2", 0.5], ["1", 1]];

/** @param {Row | Table} matrix a matrix of one number */
const only = (matrix) => Number(matrix.flat()[0]);

/** The first state, where a state is one number. @type {Rule} */
export function squashed({ bptt: { forward, weights, tokens } }) {
  const memory = only(forward.h0) * only(weights.Wh), input = Number(tokens[0]) * only(weights.Wx);
  return { choices: [], right: [], values: { memory, input, h: only(forward.h[0]) } };
}

/** What the second state would have been without the first. @type {Rule} */
export function forgetting({ bptt: { forward, weights, params } }) {
  const [[before], [remembered]] = /** @type {number[][]} */ (forward.h), weight = only(weights.Wh);
  const memory = before * weight, input = only(forward.a?.[1] ?? []) - memory;
  const without = SQUASH[params.activation](input), difference = without - remembered;
  const right = difference > 0 ? "larger" : difference < 0 ? "smaller" : "same";
  return {
    choices: ["larger", "same", "smaller"],
    right: [right],
    values: { before, weight, memory, input, with: remembered, without },
  };
}

/** The lines of the second step's backward pass, where a state is one number. @type {Rule} */
export function sixLines({ bptt: { full, forward, weights, tokens } }) {
  const da = only(full.da[1]), x = Number(tokens[1]);
  const values = {
    ...{ dh: only(full.dh[1]), slope: only(forward.slope?.[1] ?? []), da },
    ...{ dWh: only(forward.h[0]) * da, dWx: x * da, dx: da * only(weights.Wx), back: da * only(weights.Wh) },
  };
  return { choices: [], right: [], values };
}

/** dWx has the shape of Wx. @type {Rule} */
export function shapeOfInputGradient({ bptt: { weights, full } }) {
  const sizes = (/** @type {unknown} */ matrix) => {
    const rows = /** @type {Table} */ (matrix);
    return `(${rows.length},${rows[0].length})`;
  };
  const D = weights.Wx.length, H = weights.Wh.length;
  const right = sizes(full.gradients.Wx), x = `(1,${D})`, h = `(1,${H})`;
  const choices = [...new Set([`(${D},${H})`, `(${H},${D})`, x, h, right])];
  return { choices, right: [right], values: { D, H, x, h, Wx: sizes(weights.Wx), xT: `(${D},1)` } };
}

/** The rows of dWx that no input ever picks. @type {Rule} */
export function neverRead({ bptt: { vocabulary, full } }) {
  const rows = /** @type {Table} */ (full.gradients.Wx);
  const idle = vocabulary.filter((_, row) => rows[row].every((value) => value === 0)).slice(0, 7);
  const others = vocabulary.filter((symbol) => !idle.includes(symbol)).slice(0, 7 - idle.length);
  return {
    choices: [...vocabulary.filter((symbol) => [...idle, ...others].includes(symbol)), "nowhere"],
    right: idle.length ? idle : ["nowhere"],
    values: { read: rows.filter((row) => row.some((value) => value !== 0)).length },
  };
}

/** The least bound that no slope of the first network passes. @type {Rule} */
export function steepest({ bptt }, b) {
  const most = (/** @type {Result} */ { forward }) => {
    const slopes = (forward.slope ?? []).flat();
    return Number(slopes[largest(slopes)[0]]);
  };
  const sigmoid = most(bptt), bound = BOUNDS.find(([, value]) => sigmoid <= Number(value)) ?? BOUNDS[3];
  return {
    choices: BOUNDS.map(([name]) => String(name)),
    right: [String(bound[0])],
    values: { sigmoid, tanh: b ? most(b.bptt) : sigmoid },
  };
}
