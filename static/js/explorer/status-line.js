// What the line below the picture says: what is pointed at, else what is lit, else the moment or the step.

import { describe, playhead, told } from "./readout.js";
import { litSaid } from "./unrolled/highlight-text.js";
import { namesPart } from "../page/name-list.js";
import { touches, veiledBy } from "./unrolled/selectors.js";

/**
 * @param {Result} result @param {View} view
 * @param {{pointed: Target | null, moved: boolean}} reader what is pointed at, and whether time was moved since a
 *   link was followed: before that is told what the link lights
 * @returns {Part[]}
 */
export function spoken(result, view, { pointed, moved }) {
  const { words, at } = view, lit = pointed || at || moved ? null : litSaid(result, view, words);
  const t = pointed?.t ?? (at && at.phase !== "update" ? at.t : view.t);
  const hidden = !lit && touches(veiledBy(view.veil, result.blocks), t); // what is lit says so mark by mark
  if (hidden || namesPart(view.veil, "readout")) return [{ text: words("lessons.veiled") }];
  if (pointed) return describe(result, pointed, words);
  return lit ?? (at ? told(result, view, at) : playhead(result, view.t, words));
}
