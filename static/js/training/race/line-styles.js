// Line styles of the contestants: the color and the marker say k, the line whether the state is carried, and which are
// shuffled where others are not.

import { ramp } from "../../plot/colormap.js";
import { isOfBothOrders } from "./names.js";

/** @typedef {{color: string, dash: number[], width: number, symbol: Symbol, hollow: boolean}} LineStyle dash: lengths of line and gap, in px */
/** @typedef {"circle" | "triangle-up" | "square" | "diamond" | "x"} Symbol */

/** @type {Symbol[]} */
const SYMBOLS = ["circle", "triangle-up", "square", "diamond", "x"];
const CARRIED = { dash: [], width: 3 }, ZEROS = { dash: [2, 3], width: 1.8 };
const SHUFFLED = [7, 4]; // as in the legend below the curves
const MORE = [[13, 4], [7, 3, 2, 3], [13, 3, 2, 3]]; // where two have the same marker, and a state of the same kind
const MARKER = { size: 9, outline: 2 };

/**
 * k is an order, so the color is one: from the shortest k to the longest, spread over those that race. The same cell,
 * scheme and length share color and marker.
 * @param {Pick<Contestant, "cell" | "scheme" | "state" | "k" | "k1" | "shuffled">[]} contestants
 * @param {Record<string, string>} colors
 * @returns {LineStyle[]}
 */
export function lineStyles(contestants, colors) {
  const kindOf = (/** @type {typeof contestants[number]} */ { cell, scheme, k, k1 }) =>
    [cell, scheme, k, k1].join();
  const lengthOf = (/** @type {typeof contestants[number]} */ { scheme, k }) =>
    scheme === "full" ? Infinity : k ?? Infinity;
  const kinds = [...new Set(contestants.toSorted((a, b) => lengthOf(a) - lengthOf(b) || 0).map(kindOf))];
  /** @type {Record<string, number>} */
  const used = {}, isMixed = isOfBothOrders(contestants);
  return contestants.map((contestant) => {
    const place = kinds.indexOf(kindOf(contestant)), at = kinds.length > 1 ? place / (kinds.length - 1) : 1;
    const line = contestant.state === "zeros" ? ZEROS : CARRIED,
      isShuffled = isMixed && Boolean(contestant.shuffled);
    const key = [place, contestant.state, isShuffled].join();
    const again = used[key] ??= 0;
    used[key] += 1;
    return {
      ...line,
      dash: again ? MORE[(again - 1) % MORE.length] : isShuffled ? SHUFFLED : line.dash,
      color: ramp(colors, "place", at),
      symbol: SYMBOLS[kinds.length > SYMBOLS.length ? place % SYMBOLS.length : Math.round(4 * at)],
      hollow: line === ZEROS || place >= SYMBOLS.length,
    };
  });
}

/** Whether it is a line of zeros in place of a carried state. @param {LineStyle} stroke */
export const isZeros = ({ width }) => width === ZEROS.width;

/** The dash pattern for Plotly. @param {LineStyle} stroke */
export function plotlyDash({ dash }) {
  return dash.length ? dash.map((length) => `${length}px`).join() : "solid";
}

/** The style of a line in Plotly. @param {LineStyle} stroke */
export function traceStyle(stroke) {
  const { color, width } = stroke;
  return { mode: "lines", line: { color, width, dash: plotlyDash(stroke) } };
}

/** The marker at the end of a line in Plotly. @param {LineStyle} stroke @param {string} background */
export function markerStyle({ color, symbol, hollow }, background) {
  const { size, outline } = MARKER;
  return { symbol, size, color: hollow ? background : color, line: { color, width: hollow ? outline : 0 } };
}

/** The marker as a path around a point. @param {LineStyle} stroke @param {number} x @param {number} y @param {number} [size] */
export function markerPath({ symbol }, x, y, size = MARKER.size) {
  const r = size / 2;
  return {
    circle: `M${x - r},${y}a${r},${r} 0 1 1 ${2 * r},0a${r},${r} 0 1 1 ${-2 * r},0Z`,
    "triangle-up": `M${x},${y - r}l${r},${2 * r}h${-2 * r}Z`,
    square: `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    diamond: `M${x},${y - r}l${r},${r}l${-r},${r}l${-r},${-r}Z`,
    x: `M${x - r},${y - r}L${x + r},${y + r}M${x + r},${y - r}L${x - r},${y + r}`,
  }[symbol];
}
