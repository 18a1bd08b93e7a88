// One minibatch lane: its blocks, what has been read, the carried state, and the return to its start.

import { node } from "../../lib/tree.js";
import { SIZE, text, tint } from "./context.js";

/** @typedef {import("./geometry.js").Lab} Lab */
/** @typedef {import("./geometry.js").Places} Places */
/** @typedef {{carried: boolean, resets: boolean}} Keeps whether the state enters the next block, and is forgotten at each epoch's start */
/** @typedef {Pick<LabView, "colors" | "words">} Look */

/** @param {number} lane @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Look} view */
export function row(lane, lab, places, keeps, view) {
  const { left, inner, cell, few } = places, { colors } = view, y = places.row(lane);
  const bar = { x: left, y, height: cell, rx: 2 };
  return node(
    "g",
    { class: "lane-row", "data-lane": lane },
    ...(few || lane === 0 || lane === lab.lanes - 1 ? [nameOf(lane, places, view)] : []),
    node("rect", { ...bar, width: inner, fill: colors.zebra }),
    node("rect", { ...bar, class: "lane-read", width: 0, ...tint(lane, colors) }),
    node("rect", { ...bar, class: "lane-now", width: 0, fill: colors.select }),
    gaps(lab, places, y, colors),
    ...(few ? [...state(lane, y, places, keeps, view), ...back(lane, lab, places, keeps, view)] : []),
  );
}

/** @param {number} lane @param {Places} places @param {Look} view */
function nameOf(lane, { left, cell, few, row }, { colors, words }) {
  const y = row(lane) + (few ? cell / 2 - 2 : cell - 1), size = few ? SIZE.head : SIZE.number;
  const name = words("training.lanes.lane", { n: lane + 1 });
  return text(name, { x: left - 18, y, fill: colors.ink, anchor: "end", size, weight: 650 });
}

/** Between the blocks, as one line of the page's color. @param {Lab} lab @param {Places} places @param {number} y @param {Record<string, string>} colors */
function gaps({ k }, { apart, iterations, onRow, cell }, y, colors) {
  const lines = apart
    ? Array.from({ length: iterations - 1 }, (_, j) => `M${onRow((j + 1) * k).toFixed(1)},${y}v${cell}`).join(
      "",
    )
    : "";
  return node("path", { d: lines || "M0,0", stroke: colors.background, "stroke-width": 1.6 });
}

/** What the lane starts from, the state carried to the block that is read, and that block's words. @param {number} lane @param {number} y @param {Places} places @param {Keeps} keeps @param {Look} view */
function state(lane, y, { left, cell, phone }, keeps, { colors }) {
  const zero = { x: left - 12, y: y + 1, width: 8, height: cell - 2, fill: "none", "stroke-width": 2 };
  const range = { x: left - 18, y: y + cell / 2 + 16, fill: colors.muted, anchor: "end" };
  const arrow = { stroke: colors.forward, "stroke-width": 2, "marker-end": "url(#lanes-head)" };
  const level = { x1: left + 2, x2: left + 2, y1: y + cell / 2, y2: y + cell / 2 };
  const tick = { x1: left, x2: left, y1: y - 6, y2: y, stroke: colors.select, "stroke-width": 2 };
  const over = { x: left, y: y - 10, fill: colors.ink, anchor: "middle", size: SIZE.word, weight: 650 };
  return [
    text("", { ...range, size: phone ? 12 : SIZE.number, letters: true, class: "lane-range" }),
    node("rect", { class: `lane-zero ${lane ? "lanes-other" : "lanes-first"}`, ...zero }),
    ...(keeps.carried ? [node("line", { class: "lane-carried", ...level, ...arrow })] : []),
    node("line", { class: "lane-tick", ...tick }),
    text("", { ...over, letters: true, class: "lane-words" }),
  ];
}

/** The return from the end of the epoch to its start, and a text about the state. @param {number} lane @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Look} view */
function back(lane, { reading, lanes }, { left, inner, cell, row, phone }, keeps, { colors, words }) {
  const y = row(lane) + cell + 13, right = left + inner;
  const d = `M${right},${y - 10}v6q0,4 -4,4H${left}`;
  const line = { d, fill: "none", stroke: colors.ghost, "stroke-width": 1.5, "stroke-dasharray": "5 4" };
  const start = { x: left, y: y + 4, fill: lane ? colors.ink : colors.muted };
  const end = { x: right - (phone ? 0 : 16), y: y + (phone ? 16 : 4), fill: colors.muted, anchor: "end" };
  return [
    ...(reading === "formula" ? [node("path", line)] : []),
    ...(phone ? [] : [text("", { ...start, class: `lane-start ${lane ? "other" : ""}` })]),
    ...(phone && lane < lanes - 1
      ? []
      : [text(words(epochEndKey(reading, keeps)), { ...end, class: "lane-back" })]),
  ];
}

/** The catalog key of the text about an epoch's end. @param {string} reading @param {Keeps} keeps */
export function epochEndKey(reading, { carried, resets }) {
  const way = reading === "book" ? "runs_on" : "back";
  return `training.lanes.${way}_${resets || !carried ? "zero" : "carried"}`;
}
