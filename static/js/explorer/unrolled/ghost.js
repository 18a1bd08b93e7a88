// Exact gradients drawn behind the truncated ones: the same arrows at the width they would have without any
// cut.

import { path } from "../../plot/figure.js";
import { arrow } from "../../plot/paths.js";
import { gradientRange, length, position, widthOf } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { backwardPlaces, FUTURE } from "./places.js";

/**
 * @param {Result} result
 * @param {View} view
 * @param {Geometry} g
 * @param {(t: number, line: number) => boolean} [drawn] whether a line of a step's backward pass is there yet
 * @returns {{behind: object[], above: object[]}} shapes behind and above the truncated arrows
 */
export function ghostShapes(result, view, g, drawn = () => true) {
  const { colors, range = gradientRange(result) } = view, { full } = result;
  let marks = "";
  for (const t of view.over && result.params.truncation !== "full" ? g.steps : []) {
    if (!drawn(t, 4) || !g.has("back", t) || g.veiled("back", t)) continue;
    for (const { chain, place } of backwardPlaces(t, g).past) {
      const handed = length(row(result, full[FUTURE[chain.vector]], t - 1));
      if (handed) marks += arrow(...place, widthOf(position(handed, range), g.arrow.widest));
    }
  }
  if (!marks) return { behind: [], above: [] };
  return {
    behind: [path(marks, { fill: colors.ghost, opacity: 0.4 })],
    above: [path(marks, { stroke: colors.ink, width: 1, opacity: 0.7 })],
  };
}
