// Credit matrix panel: the norm of each loss's gradient at each step, and what the truncation cuts.
//
// The heatmap is that of the exact run and never changes with the truncation: everything the scissors do is shapes.

import { boundary, cutOverlay, hatch, scissors } from "../credit/boundary.js";
import { facts } from "../credit/facts.js";
import { inkOnCredit } from "../credit/colors.js";
import { clearOfInset, footOfInset, insetShapes, scaleTraces } from "../credit/inset.js";
import { marginDrawing } from "../credit/margin.js";
import { places } from "../credit/places.js";
import { pairAsks, selectionShapes } from "../credit/selection.js";
import { creditTable, decadesOf, eachCell, marginals } from "../credit/table.js";
import { parts } from "../../lib/dom.js";
import { bands, figure, label, LETTERS, lookOf, path, text } from "../../plot/figure.js";
import { sci, subscript, visible } from "../../lib/format.js";
import { rect } from "../../plot/paths.js";
import { withoutTruncation } from "../truncation.js";
import { row } from "../pair/row.js";
import { rowsIn } from "../unrolled/selectors.js";

export const name = "credit";
export const whole = true;
export const follows = /** @type {(keyof View)[]} */ ([
  "pair",
  "of",
  "at",
  "answers",
  "only",
  "contrast",
  "below",
]);

const FEW = 6; // steps: the size stands in each cell
const ROOM_FOR_WEIGHTS = 16; // steps: weights above one are printed
const TOLD = 60; // steps up to which a cell tells its size under the pointer
const BACK = 0.78; // of the background over a row that stands back
const UNDER_BARS = 26; // px of the head that the highest bar by step leaves free

/** @typedef {import("../credit/table.js").CreditTable} CreditTable */
/** @typedef {import("../credit/places.js").Places} Places */

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const table = creditTable(result), at = places(table, view);
  return figure(traces(result, view), shapes(result, view), { width: at.width, height: at.height }, view);
}

/** @param {Result} result @param {View} view */
export function dataKey({ params, forward }, view) {
  const { pair, below } = view, exact = [withoutTruncation(params), forward.total_loss];
  return JSON.stringify([...exact, pair !== null, lookOf(view), ...(below ? [below] : [])]);
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function traces(result, view) {
  const table = creditTable(result), at = places(table, view);
  return [...heatmap(table, at, view), ...scaleTraces(table, at, view), letters(table, at, result, view)];
}

/** The inputs under their columns; where many share one, the numbers of some steps. @param {CreditTable} table @param {Places} at @param {Result} result @param {View} view */
function letters({ pool, T }, at, { tokens }, { colors }) {
  const step = at.c / pool, every = pool > 1 ? 50 * Math.ceil(T / 1000) : Math.ceil(11 / step);
  const steps = tokens.map((_, t) => t).filter((t) => t % every === 0);
  return text(
    steps.map((t) => at.edge(t + 0.5)),
    steps.map(() => at.height - 12),
    steps.map((t) => (pool > 1 ? String(t) : visible(tokens[t]))),
    { size: pool > 1 ? 12 : Math.max(10, Math.min(16, step / 2)), color: colors.muted },
  );
}

/** @param {CreditTable} table @param {Places} at @param {View} view */
function heatmap(table, at, { colors }) {
  const { n } = table, { low, high } = decadesOf(table);
  const z = Array.from({ length: n }, () => /** @type {Num[]} */ (Array(n).fill(null)));
  const texts = n <= TOLD ? z.map((row) => row.map(() => "")) : undefined;
  eachCell(table, (s, t) => {
    const size = table.size(s, t);
    if (size === null) return;
    z[s][t] = Math.max(low, Math.log10(Math.max(size, 1e-300)));
    if (texts) texts[s][t] = `L${subscript(s * table.pool)} → h${subscript(t * table.pool)}: ${sci(size)}`;
  });
  const gap = Math.min(at.c, at.rh) > 20 ? 2 : Math.min(at.c, at.rh) > 6 ? 1 : 0;
  if (z.every((row) => row.every((size) => size === null))) return []; // all of it overflowed
  return [{
    type: "heatmap",
    x: Array.from({ length: n + 1 }, (_, i) => at.left(i)),
    y: Array.from({ length: n + 1 }, (_, i) => at.y(i)),
    z,
    zmin: low,
    zmax: high,
    showscale: false,
    xgap: gap,
    ygap: gap,
    hoverongaps: false,
    hoverinfo: texts ? "text" : "none",
    ...(texts ? { text: texts } : {}),
    hoverlabel: { bgcolor: colors.panel, bordercolor: colors.line, font: { color: colors.ink, size: 15 } },
    colorscale: [0, 1, 2, 3].map((i) => [i / 3, colors[`credit${i}`]]),
  }];
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const table = creditTable(result), at = places(table, view), { colors } = view;
  const edge = boundary(table, at), { steps } = marginals(table);
  const cuts = result.blocks.slice(1).map(({ start }) => start);
  const from = (/** @type {number} */ x) => clearOfInset(x, at, result, view);
  const cut = scissors(cuts, table, at, from, (x) => footOfInset(x, at));
  const bars = stepBars(steps, at);
  return [
    ...bands(
      result.blocks,
      { x: (t) => at.edge(t + 0.5), c: at.c / table.pool, top: 0, bottom: at.top - 4 },
      view,
    ),
    path(bars.thrown, { fill: colors.ghost }),
    path(bars.kept, { fill: colors.backward }),
    path(emptyRows(table, at), { fill: colors.veil, opacity: 0.5 }),
    path(cutOverlay(table, at), { fill: colors.veil, opacity: 0.8, layer: "above" }),
    path(hatch(table, at), { stroke: colors.ghost, width: 1, opacity: 0.45, layer: "above" }),
    path(edge, { stroke: colors.background, width: 5, layer: "above" }),
    path(edge, { stroke: colors.ink, width: 2.4, layer: "above" }),
    path(cut.dashes, { stroke: colors.ghost, width: 1.6, dash: "5px,5px", layer: "above" }),
    path(cut.blades, { stroke: colors.ink, width: cut.thick, layer: "above" }),
    ...numbers(table, at, view),
    ...insetShapes(table, at, result, view),
    ...playing(result, table, at, view),
    ...selectionShapes(table, at, view),
    ...litRows(table, at, view),
  ];
}

/** The rows that are not named stand back; who asks for more contrast gets a line around those that are. @param {CreditTable} table @param {Places} at @param {View} view */
function litRows({ n, pool }, at, { only, contrast, colors }) {
  const isLit = rowsIn(only);
  if (!isLit) return [];
  const rows = Array.from({ length: n }, (_, s) => s).filter((s) => isLit(s * pool) === Boolean(contrast));
  const marks = rows.map((s) => rect(at.left(0), at.y(s), at.left(s + 1) - at.left(0), at.rh)).join("");
  return [
    contrast
      ? path(marks, { stroke: colors.ink, width: 3, layer: "above" })
      : path(marks, { fill: colors.background, opacity: BACK, layer: "above" }),
  ];
}

/** Bars over the columns, what is thrown away on top of what is kept. @param {{kept: number, all: number}[]} sums @param {Places} at */
function stepBars(sums, at) {
  const max = Math.max(...sums.map(({ all }) => all)) || 1, base = at.top - 8;
  const wide = Math.max(0.8, Math.min(40, 0.56 * at.c)),
    tallest = at.top - UNDER_BARS;
  let kept = "", thrown = "";
  sums.forEach(({ kept: some, all }, t) => {
    const high = tallest * all / max, low = tallest * some / max, x = at.x(t) - wide / 2;
    if (low > 0) kept += rect(x, base - low, wide, low);
    if (high - low > 0.05) thrown += rect(x, base - high, wide, high - low);
  });
  return { kept, thrown };
}

/** The rows of steps without a loss. @param {CreditTable} table @param {Places} at */
function emptyRows(table, at) {
  return Array.from(
    { length: table.n },
    (_, s) => table.has(s) ? "" : rect(at.left(0), at.y(s) + 0.5, at.left(s + 1) - at.left(0), at.rh - 1),
  ).join("");
}

/** Sizes where there is room for them, and the weights of a draw that are not one. @param {CreditTable} table @param {Places} at @param {View} view */
function numbers(table, at, { colors }) {
  const { low, high } = decadesOf(table), { n, T } = table;
  /** @type {object[]} */
  const items = [];
  if (T > ROOM_FOR_WEIGHTS) return items;
  eachCell(table, (s, t) => {
    const weight = table.kept(s, t),
      size = table.size(s, t),
      weighted = weight > 0 && Math.abs(weight - 1) > 1e-9;
    const on = inkOnCredit((Math.log10(size || 1e-300) - low) / (high - low), colors);
    const type = { color: weight > 0 ? on : colors.muted, family: LETTERS, weight: 600 };
    const times = weighted ? `×${Number(weight.toFixed(2))}` : "";
    if (n > FEW) {
      if (times) {
        items.push(label(at.x(t), at.y(s) + at.rh / 2, times, { size: Math.min(13, at.c / 4.2), ...type }));
      }
      return;
    }
    const sentence = size === null ? "–" : sci(size),
      fits = Math.min(17, (at.c - 6) / (0.62 * sentence.length));
    const up = times && at.rh > 36 ? -8 : 0;
    items.push(label(at.x(t), at.y(s) + at.rh / 2 + up, sentence, { size: fits, ...type }));
    if (up) items.push(label(at.x(t), at.y(s) + at.rh / 2 + 11, times, { ...type, size: 13 }));
  });
  return items;
}

/** The rows whose walk is being played. @param {Result} result @param {CreditTable} table @param {Places} at @param {View} view */
function playing({ walks, blocks }, { pool }, at, { at: moment, colors }) {
  const walk = moment?.phase === "backward" && !blocks.length ? walks[moment.walk] : undefined;
  if (!walk) return [];
  const [from, to] = [Math.floor(walk.newest_from / pool), Math.ceil(walk.stop / pool)];
  const x = at.edge(Math.max(walk.start, moment?.t ?? 0)), right = at.edge(walk.stop);
  return [path(rect(x, at.y(from), right - x, at.y(to) - at.y(from)), {
    ...{ stroke: colors.select, width: 3, layer: "above" },
  })];
}

/** @param {Result} result @param {View} view */
export function margin(result, view) {
  return marginDrawing(result, view);
}

/** None above the figure, in whose free corner it stands. */
export const finding = () => ({ finding: "", note: "" });

/** @param {Result} result @param {View} view */
export function caption(result, view) {
  return parts(facts(result, view));
}

/** @param {Point} point @param {Result} result @param {View} view */
export function hit({ data, pointNumber }, result, { pair }) {
  if (data.type !== "heatmap" || !Array.isArray(pointNumber)) return null;
  const { pool, T } = creditTable(result), [s, t] = pointNumber.map((i) => Math.min(T - 1, i * pool));
  return pair?.s === s && pair.t === t ? { s: null } : { s, t };
}

export const asks = pairAsks;

/** @param {Result} result @param {View} view */
export function below(result, view) {
  return row(result, view);
}
