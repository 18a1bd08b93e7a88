// The whole series as a ribbon: lanes side by side, what they have read, what is read now, and the unread rest hatched.

import { textWidth } from "../../plot/figure.js";
import { node } from "../../lib/tree.js";
import { positionsText } from "./positions.js";
import { SIZE, text } from "./context.js";

const APART = { wide: 48, phone: 40 }; // px between two starts that are written
const BESIDE = 8, INSIDE = 4; // px from a name to the cursor, and to the ends of its part

/** @typedef {import("./geometry.js").Places} Places */

/**
 * @param {import("./geometry.js").Lab} lab @param {Places} places
 * @param {Pick<LabView, "colors" | "words">} view
 */
export function seriesBar({ L }, places, { colors, words }) {
  const { ribbon: { top, height }, onRibbon, left, starts, lengthOf, left_out, phone } = places;
  const name = words(`training.lanes.${phone ? "series_short" : "series"}`), end = onRibbon(L);
  const place = { x: left - 16, y: top + height / 2 + 5, fill: colors.ink, weight: 650 };
  return node(
    "g",
    {},
    text(name, { ...place, anchor: "end", size: SIZE.word }),
    ...starts.map((start, lane) => {
      const x = onRibbon(start), width = onRibbon(start + lengthOf(lane)) - x, gap = Math.min(4, width / 4);
      const bar = { y: top, height, rx: 4 };
      return node(
        "g",
        { class: "ribbon-lane", "data-lane": lane },
        node("rect", { ...bar, class: "ribbon-ground", x, width: Math.max(0.5, width - gap) }),
        node("rect", { ...bar, class: "ribbon-read", x, width: 0 }),
      );
    }),
    ...(left_out ? hatched(onRibbon(L - left_out), end, places, { colors, words }) : []),
    ...marks(L, places).map(({ at, ...mark }) =>
      text(String(at), { ...mark, y: top - 7, fill: colors.muted, letters: true, class: "lane-mark" })
    ),
    ...starts.map((_, lane) =>
      node("rect", {
        class: "lane-cursor",
        "data-lane": lane,
        y: top - 4,
        height: height + 8,
        width: 0,
        rx: 3,
      })
    ),
    ...starts.flatMap((start, lane) => {
      const length = lengthOf(lane), x = onRibbon(start), width = onRibbon(start + length) - x;
      return partName(lane, start, length, { x: x + width / 2, y: top + height / 2 + 4.5, width }, words);
    }),
  );
}

/**
 * Where the name of a lane stands on its part of the ribbon: in the middle, else beside the cursor, else upon it (isOver).
 * @param {{x: number, width: number}} part @param {{x: number, width: number}} cursor x: its middle
 * @param {number} half of the name's width
 */
export function nameAt(part, cursor, half) {
  const middle = part.x + part.width / 2, apart = half + cursor.width / 2 + BESIDE;
  if (Math.abs(cursor.x - middle) >= apart) return { x: middle, isOver: false };
  const sides = [cursor.x + apart, cursor.x - apart];
  const free = (cursor.x < middle ? sides : sides.reverse())
    .find((x) => x - half >= part.x + INSIDE && x + half <= part.x + part.width - INSIDE);
  if (free !== undefined) return { x: free, isOver: false };
  const isOver = cursor.width >= 2 * (half + INSIDE);
  return { x: isOver ? cursor.x : middle, isOver };
}

/** The name of a lane on its part of the ribbon, where it has room. @param {number} lane @param {number} start @param {number} length @param {{x: number, y: number, width: number}} place @param {Words} words */
function partName(lane, start, length, { x, y, width }, words) {
  const name = words("training.lanes.lane", { n: lane + 1 }),
    steps = ` · t = ${positionsText([[start, start + length]])}`;
  const says = [name + steps, name].find((one) => textWidth(one, SIZE.number) < width - 40);
  if (!says) return [];
  return [node(
    "text",
    {
      ...{ x: x.toFixed(1), y, "text-anchor": "middle", "font-size": SIZE.number },
      ...{ class: "ribbon-name", "data-lane": lane },
    },
    node("tspan", { "font-weight": 700 }, name),
    says.slice(name.length),
  )];
}

/** @param {number} x @param {number} end @param {Places} places @param {Pick<LabView, "colors" | "words">} view */
function hatched(x, end, { ribbon: { top, height }, left_out }, { colors, words }) {
  const sentence = words("training.lanes.left_out", { n: left_out });
  const fill = { fill: "url(#lanes-hatch)", stroke: colors.ghost, "stroke-width": 0.5 };
  return [
    node("rect", { x, y: top, width: Math.max(3, end - x), height, ...fill }),
    text(sentence, { x: end, y: top + height + 17, fill: colors.muted, anchor: "end" }),
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
