// Table of all nodes: value, gradient, and the value after a descent step.

import { formatNumber } from "../lib/format.js";

const FIGURES = 5;

/** @typedef {{node: GraphNode, value: string, gradient: string, after: string, truth?: string, promise?: string}} TableRow */

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
