// Bars at the feet of the inputs, once a step or a loss is selected: the norm of ∂L/∂x_t, where each gradient ends, of all losses or of the
// chosen one; beside a dashed outline of the exact norm where the cuts change it.

import { label, LETTERS, path } from "../../plot/figure.js";
import { compact, sci } from "../../lib/format.js";
import { rect } from "../../plot/paths.js";
import { pairAsks, pairOf } from "../credit/selection.js";
import { differ } from "../gradient-change.js";
import { useInputGradients } from "./moment.js";

const TALL = 3; // px of a bar, whose lower edge is that of the box: below it is the legend
const SHARE = 0.84, WIDEST = 120; // of a column, and px of the longest bar

/** Whether a step or a loss is selected, and nothing is played. @param {View} view */
const isOpen = (view) => !view.at && !view.story && (view.isSelected || view.pair !== null);

/**
 * The norms of the gradients by the inputs, kept and exact; null while nothing is selected or they are unknown.
 * @param {Result} result @param {View} view @returns {{kept: Row, exact: Row} | null}
 */
export function inputGradients({ full, truncated }, view) {
  if (!isOpen(view)) return null;
  if (!view.pair) return { kept: truncated.dx_norm, exact: full.dx_norm };
  const pair = pairOf(view);
  if (!pair) return null;
  const exact = pair.credit_x;
  return { kept: exact.map((size, t) => (size ?? 0) * (pair.kept_row[t] ?? 0)), exact };
}

/** @param {Result} result @param {View} view @param {Geometry} g @returns {object[]} */
export function inputGradientShapes(result, view, g) {
  const sizes = inputGradients(result, view), { colors } = view;
  if (!sizes || g.level === "compact") return []; // where a bar would be shorter than a letter
  const most = Math.max(...sizes.kept.map(Number), ...sizes.exact.map(Number)) || 1;
  const top = g.rows.input + g.box / 2 - TALL,
    widest = Math.min(WIDEST, SHARE * g.c);
  let bars = "", outlines = "";
  /** @type {object[]} */
  const numbers = [];
  for (const t of g.steps.filter((t) => g.has("share", t) && !g.veiled("share", t))) {
    const kept = sizes.kept[t] ?? 0, exact = sizes.exact[t] ?? 0;
    const bar = (/** @type {number} */ size) => {
      const width = widest * Math.min(1, size / most);
      return rect(g.cx(t) - width / 2, top, width, TALL);
    };
    if (kept) bars += bar(kept);
    if (exact && differ(kept, exact)) outlines += bar(exact);
    if (g.level === "wide" && t < sizes.kept.length) {
      const font = { size: g.type.value, color: kept ? colors.backward : colors.muted, family: LETTERS };
      const x = g.cx(t) + g.box / 2 + 28;
      numbers.push(label(x, g.rows.input + 1, compact(sci(kept)), { ...font, weight: 600 }));
    }
  }
  return [
    path(outlines, { stroke: colors.ghost, width: 1.2, dash: "4px,3px" }),
    path(bars, { fill: colors.backward }),
    ...numbers,
  ];
}

useInputGradients(
  inputGradientShapes,
  (result, view) => inputGradients(result, view) !== null,
  (result, view) => isOpen(view) ? pairAsks(result, view) : [],
);
