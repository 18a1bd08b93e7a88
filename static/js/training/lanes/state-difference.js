// State difference of lane 2: the states with and without the past, and the distance between them.

import { decade, subscript } from "../../lib/format.js";
import { ramp } from "../../plot/colormap.js";
import { node } from "../../lib/tree.js";
import { distanceLines, strips, UNITS } from "./cold-start.js";

const LEFT = 74, RIGHT = 6, STRIP = 56, APART = 12, HEAD = 20, CHART = 86, FOOT = 24, TYPE = 13;

/** @typedef {import("./cold-start.js").Missed} Missed */

/** @param {Missed} missed @param {Pick<LabView, "width" | "colors" | "words">} view @returns {Tree} */
export function picture(missed, view) {
  const { width, colors, words } = view,
    { zeros, one } = strips(missed),
    inner = Math.max(1, width - LEFT - RIGHT);
  const second = HEAD + STRIP + APART, chart = second + STRIP + APART, height = chart + CHART + FOOT;
  const before = subscript(missed.at - 1), steps = one.length;
  const every = steps > 12 && inner < 420 ? 10 : 5;
  return node(
    "svg",
    { width, height, role: "img", "aria-label": words("training.lanes.missed_label", { at: missed.at }) },
    ...Array.from(
      { length: Math.ceil(steps / every) },
      (_, i) =>
        text(
          LEFT + inner * i * every / steps,
          HEAD - 6,
          String(missed.at + i * every),
          colors.muted,
          "start",
        ),
    ),
    ...names(
      HEAD,
      words("training.lanes.missed_one"),
      words("training.lanes.missed_from", { before }),
      colors,
      colors.muted,
    ),
    ...strip(one, { top: HEAD, inner }, colors),
    ...names(
      second,
      words("training.lanes.missed_two"),
      words("training.lanes.missed_zeros"),
      colors,
      colors.ink,
    ),
    ...strip(zeros, { top: second, inner }, colors),
    ...curves(missed, { left: LEFT, width: inner, top: chart + 6, height: CHART - 6 }, colors),
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

/** ‖Δh‖ of all seeds, the first one's strong. @param {Missed} missed @param {{left: number, width: number, top: number, height: number}} box @param {Record<string, string>} colors */
function curves({ distance, at }, box, colors) {
  const { lines, steps, x, y, decades } = distanceLines(distance, box), every = steps > 30 ? 20 : 10;
  const step = decades.length > 5 ? 2 : 1, labelled = decades.filter((exponent) => exponent % step === 0);
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
    ...lines.toReversed().map((d, i) => {
      const first = i === lines.length - 1;
      return node("path", {
        ...{ d, fill: "none", stroke: colors.ink, "stroke-linejoin": "round" },
        ...{ "stroke-width": first ? 2.6 : 1.1, opacity: first ? 1 : 0.6 },
      });
    }),
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
