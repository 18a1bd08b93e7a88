// Status line below the graph: what is under the pointer, else what is highlighted, else the moment, the loss, the step,
// or where nothing is selected the whole run.

import { describeLoss, describeMoment, describeRun, describeStep } from "./readout.js";
import { namesPart } from "../page/name-list.js";
import { marksIn, touches, veiledBy } from "./unrolled/selectors.js";

/**
 * @typedef {object} Marks
 * @property {typeof import("./describe-target.js").describeTarget} describeTarget
 * @property {typeof import("./unrolled/highlight-text.js").highlightText} highlightText
 */

/**
 * @param {Result} result @param {View} view
 * @param {{pointed: Target | null, moved: boolean}} reader the mark under the pointer, and whether the moment changed since a
 *   link was followed; until then the line describes what the link highlights
 * @param {Marks | undefined} marks what tells of single marks, once it is loaded
 * @param {(result: Result, words: Words) => Part[]} [describeWhole] where nothing is selected
 * @returns {Part[]}
 */
export function statusLine(result, view, { pointed, moved }, marks, describeWhole = describeRun) {
  const { words, at } = view, lit = pointed || at || moved ? null : marks?.highlightText(result, view, words);
  const t = pointed?.t ?? (at && at.phase !== "update" ? at.t : view.t);
  const isFollowed = view.s !== null && (!view.isSelected || view.t === view.s);
  const hidden = !lit &&
    (pointed || at || view.isSelected && !isFollowed
      ? touches(veiledBy(view.veil, result.blocks), t)
      : marksIn(view.veil).length > 0); // the highlighted marks are covered one by one
  if (hidden || namesPart(view.veil, "readout")) return [{ text: words("veil.covered") }];
  if (pointed && marks) return marks.describeTarget(result, pointed, words);
  if (lit) return lit;
  if (at) return describeMoment(result, view, at);
  if (isFollowed && view.s !== null) return describeLoss(result, view.s, words);
  if (view.isSelected) return describeStep(result, view.t, words);
  return describeWhole(result, words);
}
