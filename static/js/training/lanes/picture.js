// Drawing of the minibatch lanes; everything that moves with the cursor has a class to find it by.

import { node } from "../../lib/tree.js";
import { shortened } from "../../page/cuts.js";
import { text } from "./context.js";
import { seriesBar } from "./series-bar.js";
import { epochEndKey, row } from "./row.js";
import { weightsLine } from "./weights-line.js";

/** @typedef {import("./row.js").Keeps} Keeps */

/** What the blocks of a lane are, in words. @param {import("./geometry.js").Lab} lab @param {Words} words */
export const inBlocks = ({ k, cuts }, words) =>
  cuts?.length
    ? words("training.lanes.between_cuts", { cuts: shortened(cuts.join(",")) })
    : words("training.lanes.in_blocks", { k });

/**
 * @param {import("./geometry.js").Lab} lab @param {import("./geometry.js").Places} places @param {Keeps} keeps
 * @param {Pick<LabView, "colors" | "words">} view
 * @returns {Tree}
 */
export function picture(lab, places, keeps, view) {
  const { width, height, left, inner, ribbon } = places, { words, colors } = view;
  const label = words("training.lanes.label", { L: lab.L, lanes: lab.lanes, blocks: inBlocks(lab, words) });
  const end = {
    x: left + inner,
    y: places.row(0) - 9,
    fill: colors.muted,
    anchor: "end",
    class: "lane-back",
  };
  const below = places.phone ? { ...end, y: ribbon.top + ribbon.height + 17 } : end;
  return node(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    node("defs", {}, hatching(colors), head(colors)),
    weightsLine(places, view),
    seriesBar(lab, places, view),
    ...places.starts.map((_, lane) => row(lane, lab, places, keeps, view)),
    ...(places.phone && places.left_out ? [] : [text(words(epochEndKey(lab.reading, keeps)), below)]),
  );
}

/** @param {Record<string, string>} colors */
function hatching({ ghost }) {
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return node("pattern", { id: "lanes-hatch", ...size }, node("rect", { width: 2, height: 6, fill: ghost }));
}

/** Of the arrow of the carried state. @param {Record<string, string>} colors */
function head({ forward }) {
  const size = { markerWidth: 11, markerHeight: 12, refX: 9, refY: 6, markerUnits: "userSpaceOnUse" };
  const tip = node("path", { d: "M0,0L10,6L0,12Z", fill: forward });
  return node("marker", { id: "lanes-head", orient: "auto", ...size }, tip);
}
