// Jacobian panel: singular values of each step's Jacobian, how far it can stretch or shrink a gradient.

import { rich } from "../../lib/dom.js";
import { bands, figure, lookOf, path, text } from "../../plot/figure.js";
import { compact, decade, sci, visible } from "../../lib/format.js";
import { isLarger, isSmaller, trend } from "../../lib/trend.js";
import { timeAxis } from "../../plot/geometry.js";
import { line, rect } from "../../plot/paths.js";
import { lastLoss } from "../losses.js";

export const name = "jacobian";
export const whole = true;
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["columns"]);

const HEIGHT = 176, TOP = 12, BOTTOM = 34;
const SMALLEST = 1e-6; // of the largest: what is smaller is drawn on the floor
const NEARLY = 1.001; // a spectral radius up to this far from 1 counts as 1

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const { drawn, whole } = places(result, view);
  return figure(traces(result, view), shapes(result, view), { ...drawn, height: HEIGHT, whole }, view);
}

/** @param {Result} result @param {View} view */
export function dataKey({ jacobian, tokens }, view) {
  return JSON.stringify([jacobian, tokens, view.phone ? null : view.columns, lookOf(view)]);
}

/** @param {Pick<Result, "tokens" | "jacobian">} result @param {View} view */
function places({ tokens, jacobian }, view) {
  const sizes = [...jacobian.sigma_max, ...jacobian.sigma_min].filter((size) => size !== null && size > 0);
  const max = Math.max(1, ...sizes.map(Number)),
    min = Math.min(1, ...sizes.map(Number).filter((size) => size > SMALLEST * max));
  const high = Math.ceil(4 * Math.log10(max) + 0.2) / 4, low = Math.floor(4 * Math.log10(min) - 0.2) / 4;
  return {
    ...timeAxis(tokens.length, view),
    low,
    high,
    /** @param {number} size */
    y: (size) =>
      TOP + (HEIGHT - TOP - BOTTOM) * Math.min(1, (high - Math.log10(Math.max(size, 1e-300))) / (high - low)),
  };
}

/** @param {Result} result @param {View} view */
function traces({ jacobian, tokens }, view) {
  const { colors } = view, at = places({ jacobian, tokens }, view), x = at.steps.map(at.x);
  const every = Math.ceil(11 / at.c), mark = at.c > 20 ? 7 : at.c > 4 ? 4 : 1;
  /** @param {Row} sizes @param {string} mode @param {string} color */
  const series = (sizes, mode, color) => ({
    type: "scatter",
    mode,
    x,
    y: at.steps.map((t) => sizes[t]).map((size) => (size === null ? null : at.y(size))),
    cliponaxis: false,
    hoverinfo: "text",
    hovertext: at.steps.map((t) => `t = ${t}: ${sci(sizes[t])}`),
    ...(mode === "markers" ? {} : { line: { color, width: 2.4 } }),
    marker: { color, size: mark },
  });
  return [
    series(jacobian.sigma_min, "markers", colors.muted),
    series(jacobian.sigma_max, "lines+markers", colors.ink),
    text(x, x.map(() => HEIGHT - 11), at.steps.map((t) => (t % every ? "" : visible(tokens[t]))), {
      size: Math.max(10, Math.min(16, at.c / 2)),
      color: colors.muted,
    }),
  ];
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const { colors } = view, at = places(result, view), one = at.y(1), { left, width } = at.drawn;
  return [
    ...bands(result.blocks, { x: at.x, c: at.c, top: 0, bottom: HEIGHT - 24, steps: at.steps }, view),
    path(rect(left, TOP, width, Math.max(0, one - TOP)), { fill: colors.ink, opacity: 0.05 }),
    path(ticks(at).map(({ size }) => line(left, at.y(size), left + width, at.y(size))).join(""), {
      stroke: colors.line,
      width: 1,
    }),
    path(line(left, one, left + width, one), { stroke: colors.ink, width: 1.6 }),
  ];
}

/** Sizes with a line: decades, and steps between them where the range is short. @param {{low: number, high: number}} range */
function ticks({ low, high }) {
  const apart = Math.max(1, Math.ceil((high - low) / 5)), between = high - low < 1.5 ? [1, 2, 5] : [1];
  return Array.from({ length: 12 }, (_, i) => Math.ceil(low) - 1 + i * apart)
    .flatMap((e) =>
      between.map((part) => ({
        size: part * 10 ** e,
        word: part === 1 ? decade(e) : compact(sci(part * 10 ** e)),
      }))
    )
    .filter(({ size }) => Math.log10(size) >= low && Math.log10(size) <= high);
}

/** @param {Result} result @param {View} view @returns {Tick[]} */
export function gutter(result, view) {
  const at = places(result, view);
  return ticks(at).map(({ word, size }) => ({ word, y: at.y(size) }));
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  return rich(facts(result, words));
}

/** How often a Jacobian can stretch a gradient. @param {Result} result @param {View} view */
export function finding({ jacobian: { sigma_max: sizes } }, { words }) {
  const above = sizes.filter((size) => size !== null && size > 1).length;
  return {
    finding: words("tray.credit", { kept: above, total: sizes.length }),
    note: words("findings.jacobian"),
  };
}

/**
 * What the singular values say of this run, and what they do not.
 * @param {Result} result
 * @param {Words} words
 */
export function facts(result, words) {
  const { jacobian, tokens } = result, { spectral_radius: radius, sigma_max_Wh: sigma } = jacobian;
  const sentences = [words("jacobian.lines")], T = tokens.length;
  const above = jacobian.sigma_max.filter((size) => size !== null && size > 1).length;
  sentences.push(words("jacobian.above_one", { n: above, T }));
  if (radius !== null && typeof radius === "object") {
    const sizes = typeof sigma === "object" ? sigma : null;
    const gates = Object.entries(radius).map(([gate, size]) =>
      `${gate} ${sci(size)}${sizes ? ` (${sci(sizes[gate])})` : ""}`
    );
    sentences.push(
      words(sizes ? "jacobian.radius_gates_sigma" : "jacobian.radius_gates", { gates: gates.join(", ") }),
    );
  } else if (typeof sigma === "number") {
    sentences.push(words("jacobian.radius_sigma", { radius: sci(radius), sigma: sci(sigma) }));
  } else sentences.push(words("jacobian.radius", { radius: sci(radius) }));
  return [...sentences, ...ofLastLoss(result, words)].join(" ");
}

/**
 * What became of the last loss's gradient, and what W_h alone would have made of it.
 * @param {Result} result
 * @param {Words} words
 */
function ofLastLoss(result, words) {
  const { jacobian, params } = result, last = lastLoss(result);
  const { last_loss_ratio: ratio, last_loss_ratio_Wh: alone } = jacobian;
  if (ratio === null || !last) return [];
  const values = { last, ratio: sci(ratio) };
  if (last === 1) return [words("jacobian.ratio_once", values)];
  const told = [words("jacobian.ratio", { ...values, trend: words(`trend.${trend(ratio)}`) })];
  const key = reason(jacobian, params.activation === "identity");
  return key ? [...told, words(`jacobian.${key}`, { alone: sci(alone) })] : told;
}

/**
 * The key of a sentence on the part of W_h; it names a cause only if the product without f′ shows it.
 * @param {Result["jacobian"]} jacobian
 * @param {boolean} linear
 */
function reason({ last_loss_ratio: ratio, last_loss_ratio_Wh: alone, ...norms }, linear) {
  const { spectral_radius: radius, sigma_max_Wh: sigma } = norms;
  if (ratio === null || alone === null || typeof radius !== "number" || typeof sigma !== "number") {
    return null;
  }
  if (linear) {
    if (isSmaller(ratio)) {
      return radius > NEARLY ? "linear_above" : sigma > 1 ? "linear_sigma" : "linear_below";
    }
    if (isLarger(ratio)) return radius < 1 / NEARLY ? "linear_few" : "linear_radius";
    return null;
  }
  if (isSmaller(ratio) && alone >= 1) return "slopes";
  if (isSmaller(ratio) && isSmaller(alone)) return radius > NEARLY ? "Wh_too_above" : "Wh_too";
  return "Wh_alone";
}
