// The small drawing of a card.

import { svg } from "../../lib/svg.js";

export const SIZE = 62; // px

/** @param {...Node} marks */
export const figureOf = (...marks) =>
  svg("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" }, ...marks);
