// Quiz rules of lesson 7: products of many factors vanish or explode.

import { formatNumber } from "../../lib/format.js";
import { isLarger, isSmaller } from "../../lib/trend.js";

/** @typedef {(number | null)[]} Row */

/** The size of the gradient at the first step, as a multiple of that at the last. @param {Result} bptt */
const overAll = ({ full: { dh_norm: sizes } }) => Number(sizes[0]) / Number(sizes[sizes.length - 1]);

/** @param {number} ratio @param {[string, string, string]} words for below, about and above 1 */
const direction = (ratio, [below, about, above]) =>
  isSmaller(ratio) ? below : isLarger(ratio) ? above : about;

/** @param {number} number */
const times = (number) => `× ${number < 1e4 ? formatNumber(number, 3) : Math.round(number)}`;

/** The gradient of one linear weight: compound interest, simple interest, or a sum of weights. @type {Rule} */
export function powerOfOneWeight({ bptt }) {
  const weight = Number(/** @type {Row[]} */ (bptt.weights.Wh)[0][0]);
  const hops = bptt.tokens.length - 1, ratio = overAll(bptt);
  const guesses = [...new Set([1 + hops * (weight - 1), ratio, hops * weight])].toSorted((a, b) => a - b);
  return { choices: guesses.map(times), right: [times(ratio)], values: { weight, hops, ratio } };
}

/** The same for a weight just below one. @type {Rule} */
export function belowAndAtOne({ bptt }) {
  return { values: { hops: bptt.tokens.length - 1, ratio: overAll(bptt) } };
}

/** One weight above one, and a curve that flattens. @type {Rule} */
export function oneWeightInTanh({ bptt }) {
  const weight = Number(/** @type {Row[]} */ (bptt.weights.Wh)[0][0]);
  const last = bptt.tokens.length - 1, slope = Number(bptt.forward.slope?.[last][0]);
  const ratio = overAll(bptt),
    words = /** @type {[string, string, string]} */ (["vanish", "same", "explode"]);
  return {
    choices: ["explode", "same", "vanish"],
    right: [direction(ratio, words)],
    values: { ratio, state: bptt.forward.h[last][0], slope, factor: weight * slope },
  };
}

/** Which of four steps has the smallest gradient. @type {Rule} */
export function smallestGradient({ bptt }) {
  const sizes = bptt.full.dh_norm.map(Number), last = sizes.length - 1;
  const steps = [...new Set([0, 1 / 3, 2 / 3, 1].map((share) => Math.round(share * last)))];
  const least = Math.min(...sizes);
  return {
    choices: steps.map((t) => `t = ${t}`),
    right: steps.filter((t) => sizes[t] <= least * (1 + 1e-12)).map((t) => `t = ${t}`),
    values: {
      T: sizes.length,
      radius: /** @type {number | null} */ (bptt.jacobian.spectral_radius),
      first: sizes[0],
      last: sizes[last],
      decades: Math.round(Math.log10(sizes[last] / sizes[0])),
    },
  };
}

/** A matrix that can stretch, repeated. @type {Rule} */
export function stretchedYetGone({ bptt }) {
  const { jacobian } = bptt, ratio = overAll(bptt);
  return {
    choices: ["grows", "same", "shrinks"],
    right: [direction(ratio, ["shrinks", "same", "grows"])],
    values: {
      sigma: /** @type {number | null} */ (jacobian.sigma_max_Wh),
      radius: /** @type {number | null} */ (jacobian.spectral_radius),
      hops: bptt.tokens.length - 1,
      ratio,
    },
  };
}

/** The same weights without an activation and with one. @type {Rule} */
export function twoFates(a, b) {
  const linear = overAll(a.bptt), tanh = b ? overAll(b.bptt) : NaN;
  const right = linear > 1 ? (tanh > 1 ? "both" : "linear") : tanh > 1 ? "tanh" : "neither";
  return {
    choices: ["linear", "tanh", "both", "neither"],
    right: [right],
    values: { radius: /** @type {number | null} */ (a.bptt.jacobian.spectral_radius), linear, tanh },
  };
}

/** What the factors could stretch one by one, and what their product does. @type {Rule} */
export function productOfFactors({ pair: { factors, product } }) {
  const bound = factors.reduce((size, { sigma_max }) => size * Number(sigma_max), 1);
  return { values: { factors: factors.length, bound, product: product.sigma_max } };
}
