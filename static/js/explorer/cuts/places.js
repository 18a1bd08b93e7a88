// Where the edges and the cut lines of a figure can be taken hold of.

import { hasLines } from "../../plot/figure.js";
import { isLow, places as matrix } from "../credit/places.js";
import { creditTable } from "../credit/table.js";
import { penOf } from "../unrolled/pen.js";

const HIGH = 44; // px of an edge's button
const ABOVE = 30, LEAST = 28; // px of its middle above the first row of the credit matrix, and of its height where the head is low

/**
 * @typedef {object} Places px in the figure
 * @property {number} T
 * @property {number[]} steps those drawn
 * @property {(t: number) => number} x of the line before a step
 * @property {number} c width of a column
 * @property {number} gap between the boxes of two columns
 * @property {number[]} y of the middle of the buttons: one for each vector that is carried
 * @property {number} high height of a button
 * @property {number} width of the figure
 * @property {(t: number) => number} bottom end of the line before a step
 * @property {boolean} repeats whether the graph has the same buttons: those too narrow for a finger are left to it
 * @property {boolean} linesAbove whether the lines lie over the buttons: where there is no room for both, a click on a line heals it too
 * @property {boolean} beside whether texts stand beside their marks, since what is below them is read
 * @property {(cuts: number[]) => boolean} hasLines whether the figure draws lines at these cuts
 */

/** @param {Result} result @param {View} view @returns {Places} */
export function inGraph(result, view) {
  const T = result.tokens.length, g = penOf(result, view), { c, cx, W, H, steps } = g;
  const compact = g.level === "compact", gap = compact ? c : c - g.cell - 2 * g.gap;
  return {
    ...{ T, steps, c, gap, high: HIGH, width: W, y: g.chains.map(({ backward }) => backward) },
    x: (t) => cx(t) - c / 2,
    repeats: false,
    linesAbove: false,
    beside: false,
    bottom: () => H - 2,
    hasLines: (cuts) => hasLines([0, ...cuts], T, c),
  };
}

/** Of the credit matrix; null where its columns stand for several steps. @param {Result} result @param {View} view @returns {Places | null} */
export function inMatrix(result, view) {
  const table = creditTable(result), { T, n, pool } = table, at = matrix({ n, T, pool }, view);
  if (pool > 1) return null;
  return {
    ...{ T, c: at.c, gap: at.c, high: isLow(at) ? LEAST : HIGH, width: at.width, x: at.edge },
    y: [isLow(at) ? LEAST / 2 : at.top - ABOVE],
    steps: Array.from({ length: T }, (_, t) => t),
    bottom: (t) => at.y(t),
    repeats: true,
    linesAbove: true,
    beside: true,
    hasLines: (cuts) => hasLines([0, ...cuts], T, at.c),
  };
}
