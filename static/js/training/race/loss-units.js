// Units of a cross-entropy loss: nats, bits per symbol, perplexity. One curve, whose axis is named by another scale.

import { compact, power } from "../../lib/format.js";

/** @typedef {"nats" | "bits" | "perplexity"} Unit */

const CANDIDATES = [1, 1.1, 1.2, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 1e4, 1e5, 1e6];
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]; // bits between two ticks
const MOST = 6; // ticks
const LONG = 1e5; // of a number whose figures no margin holds
const APART = 1 / 9; // of the axis, between two ticks at least

/** A loss in a unit; the perplexity of a mean is exp of the mean. @param {number} loss @param {Unit} unit */
export const inUnit = (loss, unit) =>
  unit === "bits" ? loss / Math.LN2 : unit === "perplexity" ? Math.exp(loss) : loss;

/** A value in a unit as it is written. @param {number} value */
export const written = (value) =>
  value === Infinity
    ? "∞"
    : value >= 1e6
    ? value.toExponential(1)
    : value >= 1000
    ? value.toFixed(0)
    : value.toPrecision(3);

/**
 * Where the axis of losses up to a highest one has its ticks, and how they read; undefined for nats, which need none
 * unless they are long.
 * @param {number} high @param {Unit} unit
 * @returns {{at: number[], text: string[]} | undefined}
 */
export function ticksOf(high, unit) {
  if (unit === "nats" && high < LONG) return undefined;
  if (high >= LONG && unit !== "perplexity") return longTicks(high, unit);
  const values = unit === "bits" ? bits(high / Math.LN2) : perplexities(high);
  return {
    at: values.map((value) => unit === "bits" ? value * Math.LN2 : Math.log(value)),
    text: values.map((value) => value >= 1e4 ? value.toExponential(0) : String(value)),
  };
}

/** Powers of ten for losses that exploded. @param {number} high in nats @param {Unit} unit */
function longTicks(high, unit) {
  const most = high / (unit === "bits" ? Math.LN2 : 1), size = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * size).find((step) => most / step < MOST) ?? 2 * size;
  const values = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return {
    at: values.map((value) => unit === "bits" ? value * Math.LN2 : value),
    text: values.map((value) => value ? compact(power(value, step < size ? 1 : 0)) : "0"),
  };
}

/** @param {number} high in bits */
function bits(high) {
  const step = STEPS.find((step) => high / step < MOST) ?? high;
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** From 1 upwards, those that are far enough from the one before. @param {number} high in nats */
function perplexities(high) {
  /** @type {number[]} */
  const chosen = [];
  for (const value of CANDIDATES) {
    const last = chosen[chosen.length - 1];
    if (Math.log(value) <= high && (!chosen.length || Math.log(value / last) >= APART * high)) {
      chosen.push(value);
    }
  }
  return chosen;
}
