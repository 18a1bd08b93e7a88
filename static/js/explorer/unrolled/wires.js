// Weight sharing in the unrolled graph: highlights every arrow that uses one weight.

import { roundBox } from "../../plot/paths.js";
import { aroundCells, edge } from "./places.js";

/**
 * A rounded highlight behind each of these arrows.
 * @param {View["wire"]} wire @param {Geometry} g
 */
export function wireMarks(wire, g) {
  if (!wire) return "";
  const { rows, box, output, gap, aside, level } = g, [above, below] = aroundCells(g);
  const wide = level === "wide" ? 15 : level === "middle" ? 11 : 8;
  return g.steps.map((t) => {
    const x = g.cx(t) - aside.x;
    if (wire === "Wx") return upright(x, rows.input - box / 2 - gap, below, wide);
    if (wire === "Wy") return upright(x, above, rows.output + output.height / 2 + gap, wide);
    if (!t) return "";
    const { from, to, forward: y } = edge(t, g);
    return roundBox((from + to) / 2, y, to - from + 4, wide, wide / 2);
  }).join("");
}

/** @param {number} x @param {number} foot @param {number} top @param {number} width */
function upright(x, foot, top, width) {
  return roundBox(x, (foot + top) / 2, width, foot - top + 4, width / 2);
}
