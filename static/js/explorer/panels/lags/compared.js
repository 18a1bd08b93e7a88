// What the panel of lags compares, as the hash says it (lag=1,3,6 or lag=cells), the loss it is about, and what it asks for.

import { CELLS, pathOf } from "../cells/answers.js";
import { lastLoss } from "../../losses.js";

export const MOST = 5; // values of k at a time: as many as the palette has places
const WITH_K = ["blocks", "window", "tbptt"];
const OFFERED = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610];

/** @typedef {{kind: "k", ks: number[]} | {kind: "cells", ks: number[]}} Compared */

/** Whether the scheme has a k. @param {Pick<Result, "params">} result */
export const hasK = ({ params }) => WITH_K.includes(String(params.truncation));

/**
 * What is compared: the values of k in the link; else k with its half and its double; cells where the scheme has no k.
 * @param {Pick<Result, "params" | "tokens">} result @param {Pick<View, "lag">} view @returns {Compared}
 */
export function comparedIn(result, { lag }) {
  if (lag === "cells" || !hasK(result)) return { kind: "cells", ks: [] };
  const T = result.tokens.length, k = Number(result.params.k);
  const asked = lag ? lag.split(",").map(Number) : [Math.ceil(k / 2), k, 2 * k];
  const ks = [...new Set(asked.map((k) => Math.max(1, Math.min(T, k))))].toSorted((a, b) => a - b);
  return { kind: "k", ks: ks.slice(0, MOST) };
}

/** The values of k that the panel offers. @param {Pick<Result, "params" | "tokens">} result @param {number[]} chosen */
export function offeredKs({ params, tokens }, chosen) {
  const all = [...OFFERED, Number(params.k), ...chosen].filter((k) => k <= tokens.length);
  return [...new Set(all)].toSorted((a, b) => a - b);
}

/**
 * The loss: the selected one, else the one that reaches back furthest, the latest of those; of a pooled table the last.
 * @param {Pick<Result, "kept" | "tokens" | "targets" | "params" | "forward">} result @param {Pick<View, "s">} view
 */
export function lossOf(result, { s }) {
  const { kept, tokens, forward } = result,
    T = tokens.length,
    has = (/** @type {number} */ s) => forward.loss[s] !== null;
  if (s !== null && has(s)) return s;
  if (kept.length < T) return lastLoss(result);
  const reach = kept.map((row, s) => (has(s) ? row.filter((weight) => weight).length : 0));
  return reach.lastIndexOf(Math.max(...reach));
}

/** The request for a loss with another k, or with another cell. @param {string} query @param {number} s @param {{k?: number, cell?: string}} [other] */
export function pathTo(query, s, { k, cell } = {}) {
  const search = cell ? pathOf(query, cell).slice("/api/bptt".length) : query;
  const asked = new URLSearchParams(search);
  if (k) asked.set("k", String(k));
  return `/api/pair?${asked}&s=${s}&t=${s}`;
}

/** Every request of the panel. @param {Result} result @param {View} view */
export function requests(result, view) {
  const s = lossOf(result, view), { kind, ks } = comparedIn(result, view);
  if (kind === "cells") {
    return CELLS.map((cell) => pathTo(view.query, s, cell === result.params.cell ? {} : { cell }));
  }
  return ks.map((k) => pathTo(view.query, s, { k }));
}
