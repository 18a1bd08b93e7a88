// Inset of the credit matrix, in its empty triangle: the kept cells counted, the mean norm by lag, the color
// scale.

import { label, path, text, textWidth } from "../../plot/figure.js";
import { compact, decade, sci } from "../../lib/format.js";
import { line, rect } from "../../plot/paths.js";
import { creditColor } from "./colors.js";
import { decadesOf, marginals } from "./table.js";

const COUNT = { wide: 23, phone: 17 }, NAME = { wide: 14, phone: 12 };
const SCALE = { width: 150, height: 12, room: 44 };
const BOLD = 1.12; // times as wide as plain words
const LEAST = 22; // px of height below which bars say nothing
const STEPS = 28; // of the color scale

/** @typedef {import("./table.js").CreditTable} CreditTable */
/** @typedef {import("./places.js").Places} Places */

/**
 * The box in the upper right corner, as large as the triangle allows.
 * @param {Places} at
 */
export function insetBox(at) {
  const { T, n, rh, top, right, edge, phone } = at, end = (at.width - right < 40 ? right : at.width - 14) - 2;
  const span = right - edge(0), count = phone ? 28 : 36, name = phone ? 18 : 22;
  const wish = phone
    ? 0.42 * span
    : n <= 6
    ? Math.min(0.46 * span, 260)
    : Math.min(400, Math.max(0.36 * span, 250));
  const left = end - wish, steps = Math.min(T, (left - edge(0)) / (span / T)), columns = steps * n / T;
  const free = left > right ? rh * n : rh * Math.max(0, Math.floor(columns)) - 4;
  const scaled = !phone && n > 6 && free - count - name - SCALE.room >= LEAST;
  const bars = Math.min(
    phone ? 76 : 150,
    0.36 * rh * n + 16,
    free - count - name - (scaled ? SCALE.room : 0),
  );
  return {
    left,
    right: end,
    count: free >= count || n > 1 ? top + count / 2 : null,
    base: bars >= LEAST ? top + count + bars : null,
    bars,
    scale: scaled && bars >= LEAST ? top + count + bars + name + 8 : null,
    bottom: top + (bars >= LEAST ? count + bars + name + (scaled ? SCALE.room : 0) : count),
  };
}

/**
 * @param {CreditTable} table @param {Places} at @param {Result} result @param {View} view
 * @returns {object[]}
 */
export function insetShapes(table, at, result, view) {
  const { words, colors, font } = view, box = insetBox(at), type = at.phone ? "phone" : "wide";
  const { text: counted, size, width } = count(at, result, view);
  const strong = { size, color: colors.ink, family: font, weight: 700 };
  /** @type {object[]} */
  const shapes = box.count === null ? [] : [label(box.right - width / 2, box.count, counted, strong)];
  if (box.base === null) return shapes;
  const { kept, thrown } = lagBars(table, box.left, box.right, box.base, box.bars);
  const small = NAME[type], whole = words("credit.by_lag"), room = box.right - box.left;
  const name = textWidth(whole, small) < room ? whole : words("credit.by_lag_short");
  shapes.push(
    path(thrown, { fill: colors.ghost }),
    path(kept, { fill: colors.backward }),
    path(line(box.left, box.base, box.right, box.base), { stroke: colors.muted, width: 1 }),
    label(box.right - textWidth(name, small) / 2, box.base + 12, name, {
      ...{ size: small, color: colors.muted, family: font, weight: 400 },
    }),
  );
  return shapes;
}

/** How many cells are kept, in large type. @param {Places} at @param {Result} result @param {View} view */
function count(at, { cells_kept: kept, cells_total: total }, { words }) {
  const word = words("credit.count", { kept, total }), large = COUNT[at.phone ? "phone" : "wide"];
  const room = at.phone && at.n <= 6 ? 0.46 * at.width : at.width - 20;
  const wide = BOLD * textWidth(word, large) + 4, size = Math.min(large, large * room / wide);
  return { text: word, size, width: wide * size / large };
}

/** Where the inset ends above a vertical line. @param {number} x @param {Places} at */
export function footOfInset(x, at) {
  const { left, right, bottom } = insetBox(at);
  return x > left - 8 && x < right + 8 ? bottom + 4 : -Infinity;
}

/**
 * The height from which a vertical line is clear of the inset.
 * @param {number} x @param {Places} at @param {Result} result @param {View} view
 */
export function clearOfInset(x, at, result, view) {
  const box = insetBox(at), foot = footOfInset(x, at);
  if (foot > -Infinity) return foot;
  return box.count !== null && x > box.right - count(at, result, view).width - 8
    ? box.count + 18
    : at.top - 6;
}

/**
 * Logarithmic bars, the newest lag at the left; the kept share of a bar is the share of its height.
 * @param {CreditTable} table @param {number} left @param {number} right @param {number} base @param {number} height
 */
function lagBars(table, left, right, base, height) {
  const { lags } = marginals(table), sizes = lags.map(({ all }) => all).filter((all) => all > 0);
  const max = Math.log10(Math.max(...sizes, 1e-300));
  const min = Math.max(Math.log10(Math.min(...sizes, 10 ** max)), max - 6) - 0.25;
  const wide = (right - left) / lags.length, gap = wide > 4 ? 2 : wide > 2 ? 1 : 0;
  let kept = "", thrown = "";
  lags.forEach(({ kept: some, all }, lag) => {
    if (!all) return;
    const high = height * Math.min(1, Math.max(0.02, (Math.log10(all) - min) / (max - min)));
    const share = some / all, x = left + wide * lag;
    if (share < 1) thrown += rect(x, base - high, wide - gap, high * (1 - share));
    if (share > 0) kept += rect(x, base - high * share, wide - gap, high * share);
  });
  return { kept, thrown };
}

/**
 * The colors by decades, as traces: they depend on the exact run alone.
 * @param {CreditTable} table @param {Places} at @param {View} view
 * @returns {object[]}
 */
export function scaleTraces(table, at, { colors, font }) {
  const { scale, right } = insetBox(at), { low, high } = decadesOf(table);
  if (scale === null) return [];
  const left = right - SCALE.width, y = scale + SCALE.height / 2, name = "‖∂Lₛ/∂hₜ‖";
  const marks = Array.from({ length: STEPS }, (_, i) => i / (STEPS - 1));
  const names = apart(
    scaleSizes(low, high).map((size) => ({
      x: Math.min(right - 12, left + SCALE.width * (Math.log10(size) - low) / (high - low)),
      word: Number.isInteger(Math.log10(size)) ? decade(Math.log10(size)) : compact(sci(size)),
      whole: Number.isInteger(Math.log10(size)),
    })),
  );
  const type = { color: colors.muted, family: font, weight: 400 };
  return [
    {
      type: "scatter",
      mode: "markers",
      x: marks.map((part) => left + SCALE.height / 2 + (SCALE.width - SCALE.height) * part),
      y: marks.map(() => y),
      hoverinfo: "skip",
      marker: {
        symbol: "square",
        size: SCALE.height,
        opacity: 1,
        color: marks.map((part) => creditColor(part, colors)),
        line: { width: 0 },
      },
    },
    text([left - 8], [y], [name], { size: 14, ...type }, "middle left"),
    text(
      names.map(({ x }) => x),
      names.map(() => y + 17),
      names.map(({ word }) => word),
      { size: 13, ...type },
    ),
  ];
}

/**
 * Labels that do not overlap; whole decades come first.
 * @param {{x: number, word: string, whole: boolean}[]} names
 */
function apart(names) {
  /** @type {typeof names} */
  const kept = [];
  for (const name of names.toSorted((a, b) => Number(b.whole) - Number(a.whole))) {
    const room = (/** @type {typeof name} */ other) =>
      Math.abs(other.x - name.x) > (textWidth(other.word, 13) + textWidth(name.word, 13)) / 2 + 6;
    if (kept.every(room)) kept.push(name);
  }
  return kept;
}

/** Decades, every second one in a long range, thirds of them in a short one. @param {number} low @param {number} high */
function scaleSizes(low, high) {
  const apart = high - low > 4 ? 2 : 1, first = Math.floor(low);
  const decades = Array.from({ length: 8 }, (_, i) => first + apart * i);
  const within = (/** @type {number} */ size) => Math.log10(size) >= low && Math.log10(size) <= high;
  const whole = decades.map((e) => Number(`1e${e}`)).filter(within);
  return whole.length > 1
    ? whole
    : decades.flatMap((e) => [Number(`1e${e}`), Number(`3e${e}`)]).filter(within);
}
