// The table of all nodes: value, gradient, and what a step makes of them.

import { written } from "./numbers.js";

const FIGURES = 5;

/** @typedef {{node: GraphNode, value: string, gradient: string, after: string, truth?: string, promise?: string}} TableRow */

/**
 * Inputs first, then operations; "?" is not yet known, "·" does not apply.
 * @param {Graph} graph
 * @param {GraphShown} shown
 * @returns {TableRow[]}
 */
export function rows(graph, shown) {
  const { nodes, output, update } = graph, { veil, moment } = shown;
  const num = (/** @type {Num | undefined} */ value) => written(value, FIGURES);
  const listed = [
    ...nodes.filter(({ kind }) => kind === "input"),
    ...nodes.filter(({ kind }) => kind === "op"),
  ];
  const stepped = moment?.phase === "u";
  return listed.map((node) => {
    const { name, kind, moves } = node, out = name === output && stepped;
    const value = shown.value[name] === "future" || veil.value(name) ? "?" : num(graph.value[name]);
    const known = name in graph.grad;
    const gradient = !known
      ? "·"
      : !(name in shown.grad) || veil.grad(name)
      ? "?"
      : num(shown.grad[name]) + (shown.whole.has(name) ? "" : " …");
    const hidden = veil.after(out ? "*" : name) || (out && veil.value(name));
    const after = kind === "input" && stepped
      ? hidden ? "?" : moves ? num(update.after[name]) : num(graph.value[name])
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
