// Selection in the credit matrix: the chosen loss and step, and bars for the terms of its gradient.

import { label, LETTERS, path } from "../../plot/figure.js";
import { compact, sci } from "../../lib/format.js";
import { line, rect } from "../../plot/paths.js";
import { creditTable } from "./table.js";

const TALL = 44; // px of the highest bar

/** @typedef {import("./table.js").CreditTable} CreditTable */
/** @typedef {import("./places.js").Places} Places */

/**
 * The path of the request about the chosen pair.
 * @param {View} view
 */
export function pairPath({ query, pair }) {
  return pair && `/api/pair${query}&s=${pair.s}&t=${pair.t}`;
}

/**
 * The paths that must be asked for to tell of the chosen pair: none where the step has no loss.
 * @param {Result} result @param {View} view
 * @returns {string[]}
 */
export function pairAsks(result, view) {
  const path = pairPath(view), { pool, has } = creditTable(result);
  return path && has(Math.floor((view.pair?.s ?? 0) / pool)) ? [path] : [];
}

/**
 * The response about the chosen pair, once it has arrived.
 * @param {View} view
 * @returns {Pair | null}
 */
export function pairOf(view) {
  const path = pairPath(view);
  return /** @type {Pair | null | undefined} */ (path && view.answers[path]) ?? null;
}

/**
 * The term of each step up to the loss in the chosen parameter's gradient; W_y has a term only at the loss's own step.
 * Of x, the norm of the gradient of each step's input, of which each has its own.
 * @param {Pair} pair
 * @param {View} view
 * @returns {Row}
 */
export function termsOf({ s, terms, credit_x: inputs }, { of }) {
  if (of === "x") return inputs;
  if (of !== "Wy") return terms[of];
  return Array.from({ length: s + 1 }, (_, t) => (t === s ? terms.Wy : null));
}

/**
 * @param {CreditTable} table @param {Places} at @param {View} view
 * @returns {object[]}
 */
export function selectionShapes(table, at, view) {
  const { colors, pair } = view;
  if (!pair) return [];
  const s = Math.floor(pair.s / table.pool), t = Math.floor(pair.t / table.pool);
  const row = rect(at.left(t), at.y(s), at.left(s + 1) - at.left(t), at.rh);
  const cell = rect(at.left(t), at.y(s), at.left(t + 1) - at.left(t), at.rh);
  const down = at.x(s), base = at.terms - 6;
  /** @type {object[]} */
  const shapes = [
    path(line(down, at.y(s + 1) + 3, down, base - TALL - 2), {
      ...{ stroke: colors.select, width: 2.4, dash: "2px,3px", layer: "above" },
    }),
    path(row, { stroke: colors.select, width: 4, layer: "above" }),
    path(cell, { stroke: colors.ink, width: 3, layer: "above" }),
    path(line(at.edge(0), base, at.right, base), { stroke: colors.line, width: 1 }),
  ];
  const answer = pairOf(view);
  if (!answer) return shapes;
  const terms = termsOf(answer, view);
  const max = Math.max(...terms.map((term) => term ?? 0)), step = (at.right - at.edge(0)) / at.T;
  const wide = Math.max(1, Math.min(40, 0.56 * step)),
    high = (/** @type {Num} */ size) => TALL * Math.min(1, (size ?? 0) / max);
  const isKept = (/** @type {number} */ q) => table.kept(s, Math.floor(q / table.pool)) > 0;
  let kept = "", thrown = "";
  terms.forEach((term, q) => {
    if (!term) return;
    const x = at.edge(q + 0.5) - wide / 2, height = Math.max(0.8, high(term));
    const bar = rect(x, base - height, wide, height);
    if (isKept(q)) kept += bar;
    else thrown += bar;
  });
  shapes.push(path(thrown, { fill: colors.ghost }), path(kept, { fill: colors.backward }));
  if (step > 90) {
    terms.forEach((term, q) => {
      if (!term) return;
      const color = isKept(q) ? colors.backward : colors.muted;
      const font = { size: 14, color, family: LETTERS, weight: 600 };
      shapes.push(label(at.edge(q + 0.5) + wide / 2 + 34, base - 9, compact(sci(term)), font));
    });
  }
  return shapes;
}
