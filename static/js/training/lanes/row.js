// One minibatch lane: a cell for each block, what has been read, the carried state, and where the gradient was cut.

import { node } from "../../lib/tree.js";
import { SIZE, text } from "./context.js";
import { MANY } from "./geometry.js";

/** @typedef {import("./geometry.js").Lab} Lab */
/** @typedef {import("./geometry.js").Places} Places */
/** @typedef {{carried: boolean, resets: boolean}} Keeps whether the state enters the next block, and is forgotten at each epoch's start */
/** @typedef {Pick<LabView, "colors" | "words">} Look */

/** @param {number} lane @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Look} view */
export function row(lane, lab, places, keeps, view) {
  const { left, inner, cell, few, iterations } = places, y = places.row(lane);
  const bar = { x: left, y, height: cell, rx: 4 };
  return node(
    "g",
    { class: "lane-row", "data-lane": lane },
    ...(lab.lanes <= MANY || lane === 0 || lane === lab.lanes - 1 ? [nameOf(lane, places, view)] : []),
    node("rect", { ...bar, class: "lane-ground", width: inner }),
    node("path", { class: "lane-unread", d: cellsOf(places, lane, 0, iterations) }),
    node("path", { class: "lane-read", d: "" }),
    node("path", { class: "lane-cuts", d: "" }),
    node("rect", { ...bar, class: "lane-now", width: 0 }),
    ...padding(lane, places),
    ...(few ? state(lane, y, places, keeps, view) : []),
  );
}

/** The padding behind a lane that is shorter than the longest. @param {number} lane @param {Places} places @returns {Tree[]} */
function padding(lane, { left, inner, cell, span, lengthOf, onRow, row, isPadded }) {
  const x = onRow(lengthOf(lane)), width = left + inner - x;
  return isPadded && lengthOf(lane) < span
    ? [
      node("rect", {
        class: "lane-padding",
        x: x.toFixed(1),
        y: row(lane),
        width: width.toFixed(1),
        height: cell,
      }),
    ]
    : [];
}

/** The blocks of a lane from one iteration up to another, as cells; as one bar where they cannot be told apart. @param {Places} places @param {number} lane @param {number} from @param {number} to */
export function cellsOf(places, lane, from, to) {
  const { onBlock, cell, apart } = places, y = places.row(lane);
  const box = (/** @type {number} */ first, /** @type {number} */ end, gap = 0) => {
    const x = onBlock(first), width = Math.max(0.5, onBlock(end) - x - gap);
    return `M${x.toFixed(1)},${y}h${width.toFixed(1)}v${cell}h${(-width).toFixed(1)}Z`;
  };
  if (to <= from) return "";
  if (!apart) return box(from, to);
  return Array.from({ length: to - from }, (_, i) => box(from + i, from + i + 1, 2)).join("");
}

/** Where the gradient was cut before the block that is read. @param {Places} places @param {number} lane @param {number} to */
export function cutsOf(places, lane, to) {
  const { onBlock, cell, apart } = places, y = places.row(lane) + cell / 2;
  if (!apart) return "";
  return Array.from({ length: to }, (_, i) => `M${(onBlock(i + 1) - 1).toFixed(1)},${y}v${cell / 2}`).join(
    "",
  );
}

/** @param {number} lane @param {Places} places @param {Look} view */
function nameOf(lane, { left, cell, few, row }, { colors, words }) {
  const y = row(lane) + (few ? cell / 2 - 2 : cell - 1), size = few ? SIZE.head : SIZE.number;
  const name = words("training.lanes.lane", { n: lane + 1 });
  return text(name, { x: left - (few ? 44 : 16), y, fill: colors.ink, anchor: "end", size, weight: 650 });
}

/** What the lane starts from, the state carried to the block that is read, and that block's words. @param {number} lane @param {number} y @param {Places} places @param {Keeps} keeps @param {Look} view */
function state(lane, y, { left, cell, roomy }, keeps, { colors }) {
  const range = { x: left - 44, y: y + cell / 2 + 14, fill: colors.muted, anchor: "end", size: SIZE.number };
  const level = { x1: left - 16, x2: left - 16, y1: y + 0.28 * cell, y2: y + 0.28 * cell };
  const over = { x: left, y: y - 9, fill: colors.ink, size: SIZE.word, weight: 650, anchor: "middle" };
  const start = { x: left, y: y + cell + 15, fill: colors.muted };
  return [
    text("", { ...range, letters: true, class: "lane-range" }),
    node("rect", {
      class: `lane-zero ${lane ? "lanes-other" : "lanes-first"}`,
      x: left - 36,
      y,
      width: 20,
      height: cell,
      rx: 4,
    }),
    text("0", {
      x: left - 26,
      y: y + cell / 2 + 5,
      anchor: "middle",
      fill: colors.ink,
      weight: 650,
      class: "lane-zero-number",
    }),
    ...(keeps.carried
      ? [node("line", { class: "lane-carried", ...level, "marker-end": "url(#lanes-head)" })]
      : []),
    text("", { ...over, letters: true, class: "lane-words" }),
    ...(roomy ? [text("", { ...start, class: "lane-start" })] : []),
  ];
}

/** The catalog key of the text about an epoch's end. @param {string} reading @param {Keeps} keeps */
export function epochEndKey(reading, { carried, resets }) {
  const way = reading === "book" ? "runs_on" : "back";
  return `training.lanes.${way}_${resets || !carried ? "zero" : "carried"}`;
}
