// The whole series as a bar: lanes side by side, their start positions, the cursors, and the unread rest
// hatched.

import { node } from "../../lib/tree.js";
import { SIZE, text, tint } from "./context.js";

const APART = { wide: 48, phone: 40 }; // px between two starts that are written

/** @typedef {import("./geometry.js").Places} Places */

/**
 * @param {import("./geometry.js").Lab} lab @param {Places} places
 * @param {Pick<LabView, "colors" | "words">} view
 */
export function seriesBar({ L, lanes }, places, { colors, words }) {
  const { ribbon: { top, height }, onRibbon, left, starts, length, left_out, phone } = places;
  const name = words(`training.lanes.${phone ? "series_short" : "series"}`), end = onRibbon(L);
  const place = { x: left - 12, y: top + height / 2 + 5, fill: colors.muted };
  return node(
    "g",
    {},
    text(name, { ...place, anchor: "end", size: SIZE.word }),
    ...starts.map((start, lane) => {
      const x = onRibbon(start), width = onRibbon(start + length) - x, gap = Math.min(1, width / 4);
      return node("rect", { x, y: top, width: width - gap, height, rx: 3, ...tint(lane, colors) });
    }),
    ...(left_out ? hatched(onRibbon(lanes * length), end, places, { colors, words }) : []),
    ...marks(L, places).map(({ at, ...mark }) =>
      text(String(at), {
        ...mark,
        y: top - 7,
        fill: colors.ink,
        weight: 650,
        letters: true,
        class: "lane-mark",
      })
    ),
    ...starts.map((_, lane) =>
      node("rect", {
        ...{ class: "lane-cursor", "data-lane": lane, y: top - 4, height: height + 8, width: 0, rx: 3 },
        ...{ fill: "none", stroke: colors.select, "stroke-width": 3 },
      })
    ),
  );
}

/** @param {number} x @param {number} end @param {Places} places @param {Pick<LabView, "colors" | "words">} view */
function hatched(x, end, { ribbon: { top, height }, left_out }, { colors, words }) {
  const sentence = words("training.lanes.left_out", { n: left_out });
  const fill = { fill: "url(#lanes-hatch)", stroke: colors.ghost, "stroke-width": 0.5 };
  return [
    node("rect", { x, y: top, width: Math.max(3, end - x), height, ...fill }),
    text(sentence, { x: end, y: top + height + 15, fill: colors.muted, anchor: "end" }),
  ];
}

/** The starts that have room to be written, and the end. @param {number} L @param {Places} places */
function marks(L, { starts, onRibbon, phone }) {
  const gap = APART[phone ? "phone" : "wide"], end = onRibbon(L);
  /** @type {{x: number, at: number, anchor: string}[]} */
  const kept = [];
  for (const at of starts) {
    const x = onRibbon(at), from = kept.length ? kept[kept.length - 1].x : -gap;
    if (x < end - gap && x - from >= gap) kept.push({ x, at, anchor: "start" });
  }
  return [...kept, { x: end, at: L - 1, anchor: "end" }];
}
