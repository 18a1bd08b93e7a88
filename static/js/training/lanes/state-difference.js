// State difference of lane 2: its distance from the state it would have had with its past, and both states below.

import { decade, subscript } from "../../lib/format.js";
import { ramp } from "../../plot/colormap.js";
import { node } from "../../lib/tree.js";
import { distanceLines, strips, UNITS } from "./cold-start.js";

const LEFT = 74, RIGHT = 6, STRIP = 56, APART = 12, HEAD = 20, CHART = 100, FOOT = 30, TYPE = 13;
const LABEL = { below: 90 }; // px of words at the end of the chart
const NEAR = 0.01; // the distance from which on the states are as good as equal

/** @typedef {import("./cold-start.js").Missed} Missed */

/** @param {Missed} missed @param {Pick<LabView, "width" | "colors" | "words">} view @returns {Tree} */
export function picture(missed, view) {
  const { width, colors, words } = view,
    { zeros, one } = strips(missed),
    inner = Math.max(1, width - LEFT - RIGHT);
  const first = CHART + FOOT + HEAD, second = first + STRIP + APART, height = second + STRIP + 4;
  const before = subscript(missed.at - 1), steps = one.length;
  const every = steps > 12 && inner < 420 ? 10 : 5;
  return node(
    "svg",
    { width, height, role: "img", "aria-label": words("training.lanes.missed_label", { at: missed.at }) },
    ...curves(
      missed,
      { left: LEFT, width: Math.max(1, inner - LABEL.below), top: 20, height: CHART - 20 },
      view,
    ),
    ...Array.from(
      { length: Math.ceil(steps / every) },
      (_, i) =>
        text(
          LEFT + inner * i * every / steps,
          first - 6,
          String(missed.at + i * every),
          colors.muted,
          "start",
        ),
    ),
    ...names(
      first,
      words("training.lanes.missed_one"),
      words("training.lanes.missed_from", { before }),
      colors,
      colors.muted,
    ),
    ...strip(one, { top: first, inner }, colors),
    ...names(
      second,
      words("training.lanes.missed_two"),
      words("training.lanes.missed_zeros"),
      colors,
      colors.ink,
    ),
    ...strip(zeros, { top: second, inner }, colors),
  );
}

/** @param {Table} states by step @param {{top: number, inner: number}} place @param {Record<string, string>} colors */
function strip(states, { top, inner }, colors) {
  const width = inner / states.length;
  return states.flatMap((units, step) =>
    units.slice(0, UNITS).map((value, unit) =>
      node("rect", {
        x: (LEFT + step * width).toFixed(2),
        y: (top + unit * STRIP / Math.min(UNITS, units.length)).toFixed(2),
        width: Math.max(1, width - 1).toFixed(2),
        height: (STRIP / Math.min(UNITS, units.length) - 0.6).toFixed(2),
        fill: ramp(colors, "activation", (Number(value) + 1) / 2),
      })
    )
  );
}

/** @param {number} top @param {string} name @param {string} from @param {Record<string, string>} colors @param {string} tone */
function names(top, name, from, colors, tone) {
  const middle = top + STRIP / 2;
  return [
    text(LEFT - 8, middle - 3, name, colors.ink, "end", 14),
    text(LEFT - 8, middle + 14, from, tone, "end"),
  ];
}

/** ‖Δh‖ of all seeds, with a ring where one falls below 0.01. @param {Missed} missed @param {{left: number, width: number, top: number, height: number}} box @param {Pick<LabView, "colors" | "words">} view */
function curves({ distance, at, below }, box, { colors, words }) {
  const { lines, steps, x, y, decades } = distanceLines(distance, box), every = steps > 30 ? 20 : 10;
  const step = decades.length > 5 ? 2 : 1, labelled = decades.filter((exponent) => exponent % step === 0);
  const rings = (below ?? []).flatMap((reached) =>
    reached === null || reached >= steps ? [] : [Number(reached)]
  );
  return [
    text(box.left - 8, box.top - 4, "‖Δh‖", colors.ink, "end", 14),
    ...labelled.flatMap((exponent) => [
      node("line", {
        x1: box.left,
        x2: box.left + box.width,
        y1: y(exponent),
        y2: y(exponent),
        stroke: colors.line,
      }),
      ...(exponent === decades[0]
        ? []
        : [text(box.left - 8, y(exponent) + 5, decade(exponent), colors.muted, "end")]),
    ]),
    ...lines.map((d) =>
      node("path", {
        ...{ d, fill: "none", stroke: colors.ink, "stroke-linejoin": "round" },
        ...{ "stroke-width": 1.5, opacity: 0.65 },
      })
    ),
    ...rings.map((step) =>
      node("circle", {
        ...{ cx: x(step).toFixed(1), cy: y(Math.log10(NEAR)).toFixed(1), r: 5 },
        ...{ fill: colors.background, stroke: colors.ink, "stroke-width": 2 },
      })
    ),
    ...(rings.length
      ? [
        text(
          box.left + box.width + 10,
          y(Math.log10(NEAR)) + 5,
          words("training.lanes.below"),
          colors.muted,
          "start",
        ),
      ]
      : []),
    ...Array.from(
      { length: Math.ceil(steps / every) },
      (_, i) =>
        text(
          x(i * every),
          box.top + box.height + 18,
          String(at + i * every),
          colors.muted,
          i ? "middle" : "start",
        ),
    ),
  ];
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} anchor @param {number} [size] */
function text(x, y, words, fill, anchor, size = TYPE) {
  return node("text", { x, y, fill, "text-anchor": anchor, "font-size": size }, words);
}
