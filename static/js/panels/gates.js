// The gates of an LSTM or a GRU at every step: how much is kept, written and shown.

import { rich } from "../dom.js";
import { stripsFigure, stripsGutter, stripsKey, stripsShapes } from "../strips.js";

export const name = "gates";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["columns"]);

/** Only cells that have gates. @param {Result} result */
export function applies({ forward }) {
  return Boolean(forward.gates);
}

/**
 * @param {Pick<Result, "forward">} result
 * @returns {import("../strips.js").Strip[]}
 */
export function strips({ forward }) {
  return Object.entries(forward.gates ?? {}).map(([gate, values]) => {
    const high = gate === "c" ? Math.max(1, ...values.flat().map((value) => Math.abs(value ?? 0))) : 1;
    return ["g", "n", "c"].includes(gate)
      ? { word: gate, low: -high, high, values, scale: "activation", last: 4 }
      : { word: gate, low: 0, high: 1, values, scale: "slope", last: 1 };
  });
}

/** How far open the gate that keeps stands on average. @param {Pick<Result, "forward">} result */
export function kept({ forward }) {
  const { f, z } = forward.gates ?? {}, shares = (f ?? z ?? []).flat().filter((value) => value !== null);
  const mean = shares.reduce((sum, value) => sum + Number(value), 0) / (shares.length || 1);
  return f ? mean : 1 - mean;
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  const share = Math.round(100 * kept(result));
  return rich(words(result.forward.gates?.f ? "gates.lstm" : "gates.gru", { share }));
}

/** @param {Result} result @param {View} view */
export const draw = (result, view) => stripsFigure(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const dataKey = (result, view) => stripsKey(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const shapes = (result, view) => stripsShapes(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const gutter = (result, view) => stripsGutter(strips(result), result, view);
