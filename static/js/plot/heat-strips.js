// Heat map strips on the time axis: one row per unit, one column per step.

import { bands, figure, lookOf, text } from "./figure.js";
import { visible } from "../lib/format.js";
import { timeAxis } from "./geometry.js";
import { row } from "./windowed.js";

const CELL = 15, LEAST = 60, MOST = 240, GAP = 8, BOTTOM = 30;

/** @typedef {{word: string, low: number, high: number, values: Table, scale: string, last: number}} Strip values (T, H) or a window of it; colors scale0 … scale{last} */

/** @param {Strip[]} shown @param {Result} result @param {View} view */
function places(shown, { params, tokens }, view) {
  const H = Number(params.hidden);
  const high = Math.min(MOST / shown.length, Math.max(LEAST / shown.length, CELL * H));
  return {
    ...timeAxis(tokens.length, view),
    ...{ H, high, height: shown.length * (high + GAP) + BOTTOM },
    top: (/** @type {number} */ i) => i * (high + GAP) + 2,
  };
}

/** @param {Strip[]} shown @param {Result} result @param {View} view */
export function stripsFigure(shown, result, view) {
  const { drawn, whole, height } = places(shown, result, view);
  const shapes = stripsShapes(shown, result, view);
  return figure(traces(shown, result, view), shapes, { ...drawn, height, whole }, view);
}

/** @param {Strip[]} shown @param {Result} result @param {View} view */
export function stripsKey(shown, { tokens, window }, view) {
  return JSON.stringify([shown, tokens, window, view.phone ? null : view.columns, lookOf(view)]);
}

/** @param {Strip[]} shown @param {Result} result @param {View} view */
function traces(shown, result, view) {
  const { colors } = view, at = places(shown, result, view), { H, c, steps, x } = at;
  const every = Math.ceil(11 / c), names = steps.map((t) => (t % every ? "" : visible(result.tokens[t])));
  return [
    ...shown.map(({ values, low, high, word, scale, last }, i) => ({
      type: "heatmap",
      x: [...steps.map((t) => x(t) - c / 2), x(steps[steps.length - 1]) + c / 2],
      y: Array.from({ length: H + 1 }, (_, unit) => at.top(i) + at.high * unit / H),
      z: Array.from({ length: H }, (_, unit) => steps.map((t) => row(result, values, t)?.[unit] ?? null)),
      zmin: low,
      zmax: high,
      xgap: c > 8 ? 2 : 0,
      ygap: at.high / H > 5 ? 1 : 0,
      showscale: false,
      hoverongaps: false,
      hovertemplate: `${word} = %{z:.3~g}<extra></extra>`,
      colorscale: Array.from({ length: last + 1 }, (_, n) => [n / last, colors[`${scale}${n}`]]),
    })),
    text(steps.map(x), steps.map(() => at.height - 11), names, {
      size: Math.max(10, Math.min(16, c / 2)),
      color: colors.muted,
    }),
  ];
}

/** @param {Strip[]} shown @param {Result} result @param {View} view */
export function stripsShapes(shown, result, view) {
  const { x, c, steps, height } = places(shown, result, view);
  return bands(result.blocks, { x, c, top: 0, bottom: height - 22, steps }, view);
}

/** @param {Strip[]} shown @param {Result} result @param {View} view */
export function stripsGutter(shown, result, view) {
  const at = places(shown, result, view);
  return shown.map(({ word }, i) => ({ word, y: at.top(i) + at.high / 2 }));
}
