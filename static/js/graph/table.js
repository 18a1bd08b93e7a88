// Table of all nodes: value, gradient, and the value after a descent step.

import { equation, parenthesized } from "../lib/arithmetic.js";
import { formatNumber } from "../lib/format.js";

const FIGURES = 5;
const SHORT = 3; // figures of a number in an equation

/** @typedef {{node: GraphNode, value: string, gradient: string, after: string, truth?: string, promise?: string}} TableRow */

/** What a step of descent would make of an input, in numbers: 3 − 0.1 · 3 = 2.7. @param {Graph} graph @param {string} name */
function stepOf({ value, grad, params, update: { after } }, name) {
  if (grad[name] === null || after[name] === null) return "–";
  const num = (/** @type {Num | undefined} */ it) => formatNumber(it, SHORT);
  return equation(
    `${num(value[name])} − ${num(Number(params.lr))} · ${parenthesized(num(grad[name]))}`,
    num(after[name]),
  );
}

/**
 * Inputs first, then operations; "?" is not yet known, "·" does not apply.
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @returns {TableRow[]}
 */
export function rows(graph, progress) {
  const { nodes, output, update } = graph, { veil, moment } = progress;
  const num = (/** @type {Num | undefined} */ value) => formatNumber(value, FIGURES);
  const listed = [
    ...nodes.filter(({ kind }) => kind === "input"),
    ...nodes.filter(({ kind }) => kind === "op"),
  ];
  const stepped = moment?.phase === "u";
  return listed.map((node) => {
    const { name, kind, moves } = node, out = name === output && stepped;
    const value = progress.value[name] === "future" || veil.value(name) ? "?" : num(graph.value[name]);
    const known = name in graph.grad;
    const gradient = !known
      ? "·"
      : !(name in progress.grad) || veil.grad(name)
      ? "?"
      : num(progress.grad[name]) + (progress.whole.has(name) ? "" : " …");
    const hidden = veil.after(out ? "*" : name) || (out && veil.value(name));
    const after = kind === "input" && stepped
      ? hidden ? "?" : moves ? num(update.after[name]) : num(graph.value[name])
      : moves && progress.whole.has(name) && !hidden && !veil.value(name)
      ? stepOf(graph, name)
      : "·";
    return {
      node,
      value,
      gradient,
      after,
      ...(out
        ? { truth: hidden ? "?" : num(update.truth), promise: hidden ? "?" : num(update.promise) }
        : {}),
    };
  });
}
