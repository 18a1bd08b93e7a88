// A cut edge of the unrolled graph: what arrives ends with a flat end at the scissors, and what would have gone on is a
// hatched outline.

import { arrow, disc, hatch, headOf, rect, scissors } from "../../plot/paths.js";
import { path } from "../../plot/figure.js";
import { position, widthOf } from "../../plot/scale.js";
import { edge } from "./places.js";

/** @typedef {import("./places.js").Chain} Chain */

const ROOM_FOR_LOST = 12; // px of an outline beyond the scissors, at least
const ROOM_FOR_HATCH = 20; // px of one that is dashed and hatched: a smaller one is plain gray

/** @typedef {{stubs: string, outlines: string, hatches: string, small: string, discs: string, blades: string}} CutPaths */

/** @returns {CutPaths} */
export const noCuts = () => ({ stubs: "", outlines: "", hatches: "", small: "", discs: "", blades: "" });

/** The diameter of the disc around the scissors. @param {Geometry} g */
export const scissorsSize = ({ scissors }) => scissors;

/**
 * Add a cut edge to the paths.
 * @param {CutPaths} paths @param {number} t the edge from t to t-1 @param {Chain} chain @param {number} size of what would pass @param {Geometry} g
 * @param {{low: number, high: number}} range @param {boolean} [isSharp] whether there is room for the scissors themselves
 */
export function addCut(paths, t, chain, size, g, range, isSharp = true) {
  const { from, to, backward: y } = edge(t, g, chain), middle = cutPlace(t, g), r = scissorsSize(g) / 2;
  const width = widthOf(position(size, range), g.arrow.widest);
  if (to - middle > 1) paths.stubs += rect(middle, y - width / 2, to - middle, width);
  addLost(paths, middle - r, from, y, width);
  if (!isSharp) return;
  paths.discs += disc(middle, y, 2 * r);
  paths.blades += scissors(middle, y, 1.25 * r);
}

/** Add the end of one backward pass, of which it is not known what it would have brought further. @param {CutPaths} paths @param {number} t @param {Chain} chain @param {Geometry} g */
export function addEnd(paths, t, chain, g) {
  const { to, backward: y } = edge(t, g, chain), middle = cutPlace(t, g), r = scissorsSize(g) / 2;
  if (to - middle > r) paths.stubs += rect(middle, y - 1.25, to - middle, 2.5);
  paths.discs += disc(middle, y, 2 * r);
  paths.blades += scissors(middle, y, 1.25 * r);
}

/** Where the line of a cut is. @param {number} t @param {Geometry} g */
export const cutPlace = (t, g) => g.cx(t) - g.c / 2;

/**
 * Add an arrow that is thrown away.
 * @param {CutPaths} paths @param {number} from @param {number} to its tip @param {number} y @param {number} width
 */
export function addLost(paths, from, to, y, width) {
  if (from - to < ROOM_FOR_LOST) return;
  if (from - to < ROOM_FOR_HATCH) {
    paths.small += arrow(from, y, to, y, width);
    return;
  }
  const { head } = headOf(width, from - to);
  paths.outlines += arrow(from, y, to, y, width);
  paths.hatches += hatch(to + head, from, y, width);
}

/** The paths as shapes, below the boxes and above them. @param {CutPaths} paths @param {View["colors"]} colors */
export function cutShapes({ stubs, outlines, hatches, small, discs, blades }, colors) {
  return {
    behind: [
      ...(small ? [path(small, { fill: colors.line, stroke: colors.ghost, width: 1 })] : []),
      path(hatches, { stroke: colors.ghost, width: 0.8 }),
      path(outlines, { stroke: colors.ghost, width: 1.2, dash: "2px,2px" }), // finer than the hatch: else both look like letters
      path(stubs, { fill: colors.backward }),
    ],
    above: [
      path(discs, { fill: colors.node, stroke: colors.ink, width: 1.6, layer: "above" }),
      path(blades, { stroke: colors.ink, width: 1.6, layer: "above" }),
    ],
  };
}
