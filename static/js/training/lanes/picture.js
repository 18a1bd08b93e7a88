// Drawing of the minibatch lanes; everything that moves with the cursor has a class to find it by.

import { node } from "../../lib/tree.js";
import { text } from "./context.js";
import { seriesBar } from "./series-bar.js";
import { epochEndKey, row } from "./row.js";

/** @typedef {import("./row.js").Keeps} Keeps */

/**
 * @param {import("./geometry.js").Lab} lab @param {import("./geometry.js").Places} places @param {Keeps} keeps
 * @param {Pick<LabView, "colors" | "words">} view
 * @returns {Tree}
 */
export function picture(lab, places, keeps, view) {
  const { width, height, left, few } = places, { words, colors } = view;
  const label = words("training.lanes.label", { L: lab.L, lanes: lab.lanes, k: lab.k });
  const sentence = words(epochEndKey(lab.reading, keeps)); // under many lanes once
  return node(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    node("defs", {}, hatching(colors), head(colors)),
    seriesBar(lab, places, view),
    ...places.starts.map((_, lane) => row(lane, lab, places, keeps, view)),
    ...(few ? [] : [text(sentence, { x: left, y: height - 8, fill: colors.muted })]),
  );
}

/** @param {Record<string, string>} colors */
function hatching({ cut }) {
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return node("pattern", { id: "lanes-hatch", ...size }, node("rect", { width: 2, height: 6, fill: cut }));
}

/** Of the arrow of the carried state. @param {Record<string, string>} colors */
function head({ forward }) {
  const size = { markerWidth: 9, markerHeight: 10, refX: 8, refY: 5, markerUnits: "userSpaceOnUse" };
  const tip = node("path", { d: "M0,0L9,5L0,10Z", fill: forward });
  return node("marker", { id: "lanes-head", orient: "auto", ...size }, tip);
}
