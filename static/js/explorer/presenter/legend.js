// Legend of the presenter view: the two passes, losses and cuts, readable from the back row.

import { sized } from "../../lib/svg.js";
import { arrow, scissors } from "../../plot/paths.js";
import { BASE, caption, forwardEntry, lossEntry, MIDDLE, node, svg, TYPE, wide } from "../legend.js";
import { edgeState } from "../unrolled/backward.js";

const LETTERS = 18; // px of the design

/** @param {Result} result @param {View} view @returns {SVGElement[]} */
export function presentLegend(result, view) {
  const isCut = result.tokens.some((_, t) => t > 0 && edgeState(result, t) === "cut");
  const entries = [
    forwardEntry(view),
    gradientEntry(view),
    lossEntry(view),
    ...(isCut ? [cutEntry(view)] : []),
  ];
  return entries.map((entry) => sized(entry, LETTERS / TYPE));
}

/** @param {View} view */
function gradientEntry({ words, colors }) {
  const word = words("present.thick");
  return svg(34 + wide(word), words("legend.gradient_help"), [
    node("path", { d: arrow(27, MIDDLE, 0, MIDDLE, 7), fill: colors.backward }),
    caption(34, BASE, word, colors.muted),
  ]);
}

/** @param {View} view */
function cutEntry({ words, colors }) {
  const word = words("present.cut");
  return svg(24 + wide(word), word, [
    node("path", { d: scissors(8, MIDDLE, 16), fill: "none", stroke: colors.ink, "stroke-width": "1.6" }),
    caption(24, BASE, word, colors.muted),
  ]);
}
