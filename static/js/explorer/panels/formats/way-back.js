// The gradient of the last loss on its way back, computed in a number format, beside the same in float64: where the curve falls to
// the foot it is exactly 0.

import { decade } from "../../../lib/format.js";
import { svg } from "../../../lib/svg.js";
import { textWidth } from "../../../plot/figure.js";
import { BOTTOM, curve, HEIGHT, LEFT, logs, NAME, over, RIGHT, RING, TOP, TYPE } from "./chart.js";
import { backText } from "./table.js";

/** @typedef {import("./answers.js").Formats} Formats */

const LEAST_DECADES = 2, APART = 16, BESIDE = 14; // decades that the chart shows, and px between two names and beside a ring
const STRIDES = [1, 2, 5, 10, 20, 50, 100, 200], MOST_TICKS = 8;

/** @param {Formats} formats @param {string} name of the format @param {number} width px @param {View} view */
export function wayBack(formats, name, width, view) {
  const { words, colors } = view, shown = formats.formats.find((one) => one.name === name);
  const sizes = shown?.norms ?? [],
    steps = formats.norms.map((_, n) => n),
    at = axesOf(formats, sizes, width);
  const exact = { stroke: colors.muted, "stroke-width": 2, "stroke-dasharray": "4 3" };
  return svg(
    "svg",
    {
      ...{ width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" },
      "aria-label": words("formats.back_chart", { format: name, loss: `L${formats.s}` }),
    },
    ...grid(formats.s, at, view),
    ...curve(steps, formats.norms, at, exact),
    ...curve(steps, sizes, at, { stroke: colors.backward, "stroke-width": 3 }),
    ...(shown ? end(shown, formats.s, at, view) : []),
    ...names([["float64", formats.norms, colors.muted], [name, sizes, colors.backward]], at),
  );
}

/** As many decades as the format has on the way. @param {Formats} formats @param {Row} sizes @param {number} width */
function axesOf({ s, norms }, sizes, width) {
  const found = logs(sizes), all = found.length ? found : logs(norms);
  const high = Math.ceil(Math.max(...all, ...logs(norms.slice(0, 1)), -99));
  const low = Math.min(high - LEAST_DECADES, Math.floor(Math.min(...all)) - 1);
  const right = width - RIGHT, floor = HEIGHT - BOTTOM;
  return {
    ...{ right, floor, low, high },
    x: (/** @type {number} */ n) => LEFT + (right - LEFT) * n / Math.max(1, s),
    y: (/** @type {number} */ size) =>
      TOP + (floor - TOP) * (high - Math.min(high, Math.max(low, Math.log10(size)))) / (high - low),
  };
}

/** @param {number} s @param {ReturnType<typeof axesOf>} at @param {View} view */
function grid(s, { x, y, right, floor, low, high }, { colors, words }) {
  const small = { fill: colors.muted, "font-size": TYPE }, apart = Math.max(1, Math.ceil((high - low) / 6));
  const exponents = Array.from({ length: high - low + 1 }, (_, i) => high - i).filter((e) =>
    (high - e) % apart === 0
  );
  const stride = STRIDES.find((one) => s / one < MOST_TICKS) ?? s;
  const ticks = Array.from({ length: Math.floor(s / stride) + 1 }, (_, i) => i * stride);
  return [
    ...exponents.flatMap((e) => [
      svg("path", { d: `M${LEFT},${y(10 ** e).toFixed(1)}H${right}`, stroke: colors.line }),
      svg("text", { ...small, x: LEFT - 6, y: y(10 ** e) + 4.5, "text-anchor": "end" }, decade(e)),
    ]),
    svg("path", { d: `M${LEFT},${floor}H${right}`, stroke: colors.edge }),
    ...ticks.map((n) =>
      svg("text", { ...small, x: x(n).toFixed(1), y: floor + 18, "text-anchor": "middle" }, String(n))
    ),
    svg("text", { ...small, x: right + 12, y: floor + 18 }, words("formats.steps_back")),
  ];
}

/** A ring where the gradient becomes 0, or comes to rest, with the words of the table. @param {Formats["formats"][number]} shown @param {number} s @param {ReturnType<typeof axesOf>} at @param {View} view */
function end(shown, s, { x, y, right, floor }, { colors, words }) {
  const n = shown.zero_after ?? shown.stuck_after;
  if (n === null) return [];
  const top = shown.zero_after === null ? y(Number(shown.stuck_at)) : floor;
  const said = backText({ ...shown, unit_zero_after: null }, s, words).replaceAll("**", ""),
    wide = textWidth(said, NAME) + BESIDE;
  const isLate = x(n) + wide > right && x(n) - wide > LEFT;
  return [
    svg("circle", {
      ...{ cx: x(n).toFixed(1), cy: top.toFixed(1), r: RING, fill: "none" },
      ...{ stroke: colors.ink, "stroke-width": 2 },
    }),
    svg("text", {
      ...{
        x: (x(n) + (isLate ? -BESIDE : BESIDE)).toFixed(1),
        y: top - 8,
        "text-anchor": isLate ? "end" : "start",
      },
      ...over(colors, colors.ink),
    }, said),
  ];
}

/** The names at the ends of the curves, apart from each other. @param {[string, Row, string][]} curves @param {ReturnType<typeof axesOf>} at */
function names(curves, { y, right }) {
  const placed = curves.flatMap(([name, sizes, fill]) => {
    const last = sizes[sizes.length - 1];
    return last === null || last === undefined ? [] : [{ name, fill, y: y(last) }];
  }).toSorted((a, b) => b.y - a.y);
  placed.forEach((one, i) => {
    if (i) one.y = Math.min(one.y, placed[i - 1].y - APART);
  });
  return placed.map(({ name, fill, y }) =>
    svg("text", { x: right + 8, y: (y + 4.5).toFixed(1), fill, "font-size": NAME, "font-weight": 600 }, name)
  );
}
