// A text of the folded view, centered at a point.

import { LETTERS, SYMBOLS } from "../../plot/figure.js";
import { svg } from "../../lib/svg.js";

/**
 * @param {string} text @param {number} x @param {number} y @param {number} size @param {string} fill
 * @param {{family?: string, anchor?: string, weight?: number}} [look]
 */
export function letter(text, x, y, size, fill, { family = LETTERS, anchor = "middle", weight } = {}) {
  return svg("text", {
    ...{ x, y, fill, "font-size": size, "font-family": family },
    ...{ "text-anchor": anchor, "dominant-baseline": "central" },
    ...(family === SYMBOLS ? { "font-style": "italic" } : {}),
    ...(weight ? { "font-weight": weight } : {}),
  }, text);
}
