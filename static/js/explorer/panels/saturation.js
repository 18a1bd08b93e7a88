// Saturation panel: the slope f'(a) of every unit, dark where it is saturated; for gated cells, the slope of
// each gate. All functions share one scale: a sigmoid, whose slope is at most 1/4, is dark beside a tanh.

import { element, rich } from "../../lib/dom.js";
import { gateSlopes } from "../gate-slopes.js";
import { inPercent, percent, round } from "../../lib/format.js";
import { stripsFigure, stripsGutter, stripsKey, stripsShapes } from "../../plot/heat-strips.js";

export const name = "saturation";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["columns"]);

const SHUT = 0.1, OPEN = 1; // no function here is steeper

/**
 * One strip for f, or one for each gate.
 * @param {Result} result
 * @returns {import("../../plot/heat-strips.js").Strip[]}
 */
export function strips(result) {
  const { slope } = result.forward;
  const look = { low: 0, high: OPEN, scale: "slope", last: 1 };
  if (slope) return [{ ...look, word: "f′(aₜ)", values: slope }];
  return Object.entries(gateSlopes(result)).map(([gate, values]) => ({ ...look, word: `${gate}′`, values }));
}

/**
 * What a slope lets through on the average, and how many of them hardly anything; null where all of them overflowed.
 * @param {Result} result
 */
export function shares(result) {
  const slopes = strips(result).flatMap(({ values }) => values.flat()).filter((slope) => slope !== null);
  const sum = slopes.reduce((sum, slope) => sum + slope, 0), shut = slopes.filter((slope) => slope < SHUT);
  if (!slopes.length) return null;
  return { mean: sum / slopes.length, shut: shut.length / slopes.length };
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  const statistics = shares(result);
  const values = statistics
    ? { mean: round(statistics.mean, 2), share: inPercent(statistics.shut) }
    : { mean: "–", share: "–" };
  const key = result.forward.slope ? `saturation.${result.params.activation}` : "saturation.gates";
  return [...rich(`${words("saturation.caption", values)} ${words(key)}`), scale()];
}

/** How many slopes let hardly anything through. @param {Result} result @param {View} view */
export function finding(result, { words }) {
  const statistics = shares(result);
  return { finding: statistics ? percent(statistics.shut) : "", note: words("findings.saturation") };
}

/** What the shades mean; the sentence beside it says the same. */
function scale() {
  return element("span", { class: "slopes", "aria-hidden": "true" }, "0", element("i"), String(OPEN));
}

/** @param {Result} result @param {View} view */
export const draw = (result, view) => stripsFigure(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const dataKey = (result, view) => stripsKey(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const shapes = (result, view) => stripsShapes(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const gutter = (result, view) => stripsGutter(strips(result), result, view);
