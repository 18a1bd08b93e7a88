// Gates panel of an LSTM or a GRU: how open each gate is at every step, and what that leaves of the gradient.

import { rich } from "../../lib/dom.js";
import { inPercent, percent, round, sci } from "../../lib/format.js";
import { row } from "../../plot/windowed.js";
import { stripsFigure, stripsGutter, stripsKey, stripsShapes } from "../../plot/heat-strips.js";

export const name = "gates";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["columns"]);

/** Only cells that have gates. @param {Result} result */
export function applies({ forward }) {
  return Boolean(forward.gates);
}

/**
 * The gates, and of an LSTM the size of the gradient that comes back along its own road.
 * @param {Pick<Result, "forward" | "truncated">} result
 * @returns {import("../../plot/heat-strips.js").Strip[]}
 */
export function strips({ forward, truncated: { dc } }) {
  const sizes = dc?.map((values) => values.map((value) => (value === null ? null : Math.abs(value)))) ?? [];
  const max = Math.max(...sizes.flat().map(Number)) || 1;
  const back = { word: "∂L/∂c", low: 0, high: max, values: sizes, scale: "credit", last: 3 };
  const gates = Object.entries(forward.gates ?? {}).map(([gate, values]) => {
    const high = gate === "c" ? Math.max(1, ...values.flat().map((value) => Math.abs(value ?? 0))) : 1;
    return ["g", "n", "c"].includes(gate)
      ? { word: gate, low: -high, high, values, scale: "activation", last: 4 }
      : { word: gate, low: 0, high: 1, values, scale: "slope", last: 1 };
  });
  return dc ? [...gates, back] : gates;
}

/** How far open the gate that keeps stands on average. @param {Pick<Result, "forward">} result */
export function meanKeep({ forward }) {
  const { f, z } = forward.gates ?? {}, shares = (f ?? z ?? []).flat().filter((value) => value !== null);
  const mean = shares.reduce((sum, value) => sum + Number(value), 0) / (shares.length || 1);
  return f ? mean : 1 - mean;
}

/** How long the gradient of c is at the first step, the last step's as 1. @param {Result} result @returns {Num} */
export function arrivingNorm(result) {
  const { tokens, truncated: { dc } } = result, last = tokens.length - 1;
  const [first, end] = [0, last].map((t) => dc && row(result, dc, t)?.map(Number));
  const unit = end ? Math.hypot(...end) : 0;
  return first && unit ? Math.hypot(...first) / unit : null;
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  const share = inPercent(meanKeep(result)),
    size = arrivingNorm(result),
    last = result.tokens.length - 1;
  const sentences = [words(result.forward.gates?.f ? "gates.lstm" : "gates.gru", { share })];
  if (result.forward.gates?.z) sentences.push(words(`gates.reset_${result.params.reset_gate}`));
  if (size !== null && last) {
    sentences.push(words("gates.back", { size: size < 0.1 ? sci(size) : round(size), last }));
  }
  return rich(sentences.join(" "));
}

/** How much the gate that keeps lets through. @param {Result} result @param {View} view */
export const finding = (result, { words }) => ({
  finding: percent(meanKeep(result)),
  note: words("findings.gates", { state: result.forward.gates?.f ? "c" : "h" }),
});

/** @param {Result} result @param {View} view */
export const draw = (result, view) => stripsFigure(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const dataKey = (result, view) => stripsKey(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const shapes = (result, view) => stripsShapes(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const gutter = (result, view) => stripsGutter(strips(result), result, view);
