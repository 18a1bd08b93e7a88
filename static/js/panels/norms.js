// The size of the gradient of every state, exact against truncated, on the graph's time axis.

import { bands, figure, label, LETTERS, path, text } from "../figure.js";
import { decade, sci, visible } from "../format.js";
import { geometry } from "../geometry.js";
import { line, rect } from "../marks.js";

export const name = "norms";

const HEIGHT = 176, TOP = 16, BOTTOM = 34;
const ROOM_FOR_NUMBERS = 90; // px of a column
const SAME = 0.004; // decades: closer than that, two marks are one

/** @typedef {ReturnType<typeof places>} Places */

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const at = places(result, view);
  return figure(traces(result, view), shapes(result, view), { width: at.width, height: HEIGHT }, view);
}

/** @param {Result} result @param {View} view */
export function dataKey(result, { words: _, t: __, ...size }) {
  const { low, high } = places(result, /** @type {View} */ (size));
  return JSON.stringify([result.full.dh_norm, result.tokens, low, high, size]);
}

/**
 * Columns under the graph's, and heights on a logarithmic axis.
 * @param {Result} result @param {View} view
 */
function places({ tokens, full, truncated }, view) {
  const T = tokens.length;
  const g = geometry(T, view), squeezed = view.phone ? (view.width - 8) / T : g.c;
  const x = view.phone ? (/** @type {number} */ t) => squeezed * (t + 0.5) : g.cx;
  const { low, high } = range(full.dh_norm, truncated.dh_norm);
  return {
    x,
    c: squeezed,
    low,
    high,
    width: view.phone ? view.width : g.W,
    y: (/** @type {number} */ size) =>
      TOP + (HEIGHT - TOP - BOTTOM) * (high - Math.log10(size)) / (high - low),
  };
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function traces(result, view) {
  const { full, tokens } = result, { colors } = view, { x, y, c } = places(result, view);
  const columns = tokens.map((_, t) => x(t)), sizes = full.dh_norm;
  const every = Math.ceil(11 / c), shown = tokens.map((token, t) => (t % every ? "" : visible(token)));
  const made = [
    {
      type: "scatter",
      mode: "lines+markers",
      x: columns,
      y: sizes.map((size) => (size ? y(size) : null)),
      connectgaps: false,
      hoverinfo: "skip",
      cliponaxis: false,
      line: { color: colors.ink, width: 2 },
      marker: {
        color: colors.background,
        size: c > ROOM_FOR_NUMBERS ? 11 : c > 20 ? 7 : 4,
        line: { color: colors.ink, width: c > 20 ? 2 : 1 },
      },
    },
    text(columns, columns.map(() => HEIGHT - 11), shown, {
      size: Math.max(10, Math.min(16, c / 2)),
      color: colors.muted,
    }),
  ];
  return made;
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const { full, truncated } = result, { colors } = view, at = places(result, view), { x, y, c } = at;
  const starts = new Set(result.blocks.map(({ start }) => start));
  const mark = c > ROOM_FOR_NUMBERS ? 5 : c > 20 ? 3.2 : 1.8;
  let chain = "", squares = "", missing = "", before = false;
  /** @type {object[]} */
  const numbers = [];
  truncated.dh_norm.forEach((size, t) => {
    if (!size) {
      before = false;
      return;
    }
    const [X, Y] = [x(t).toFixed(1), y(size).toFixed(1)], exact = full.dh_norm[t];
    chain += `${before && !starts.has(t) ? "L" : "M"}${X},${Y}`;
    squares += rect(x(t) - mark, y(size) - mark, 2 * mark, 2 * mark);
    before = true;
    const apart = exact ? Math.abs(Math.log10(exact) - Math.log10(size)) : 0;
    if (exact && apart > SAME) missing += `M${X},${y(exact).toFixed(1)}L${X},${Y}`;
    if (c > ROOM_FOR_NUMBERS) numbers.push(...bothNumbers(x(t), { exact, size }, y, view));
  });
  return [
    ...bands(result.blocks, { x, c, top: 0, bottom: HEIGHT - 24 }, view),
    path(exponents(at).map((e) => line(0, y(10 ** e), at.width, y(10 ** e))).join(""), {
      stroke: colors.line,
      width: 1,
    }),
    path(missing, { stroke: colors.cut, width: Math.min(9, 0.3 * c), opacity: 0.4 }),
    path(chain, { stroke: colors.backward, width: 3.2, layer: "above" }),
    path(squares, { fill: colors.backward, layer: "above" }),
    ...numbers,
  ];
}

/**
 * The two sizes at a step in figures, the larger above its mark and the smaller below; once where they agree.
 * @param {number} x @param {{exact: Num, size: number}} sizes @param {(size: number) => number} y @param {View} view
 */
function bothNumbers(x, { exact, size }, y, { colors }) {
  const font = { size: 14, family: LETTERS, weight: 600 };
  const above = (/** @type {number} */ value, /** @type {string} */ color) =>
    label(x, y(value) - 14, sci(value), { ...font, color });
  const below = (/** @type {number} */ value, /** @type {string} */ color) =>
    label(x, y(value) + 15, sci(value), { ...font, color });
  if (!exact) return [above(size, colors.backward)];
  if (sci(exact) === sci(size)) return [above(exact, colors.ink)];
  return exact > size
    ? [above(exact, colors.ink), below(size, colors.backward)]
    : [above(size, colors.backward), below(exact, colors.ink)];
}

/**
 * Decades of the axis: half a decade about the exact run, more only where the truncated one leaves that,
 * so that moving k rarely moves the axis.
 * @param {Row} exact @param {Row} truncated
 */
function range(exact, truncated) {
  const [low, high] = extent(exact), [lowest, highest] = extent(truncated);
  return {
    low: lowest < low - 0.4 ? Math.floor(lowest) : Math.floor(2 * low - 1) / 2,
    high: highest > high + 0.4 ? Math.ceil(highest) : Math.ceil(2 * high + 1) / 2,
  };
}

/** Smallest and largest logarithm of what is not zero. @param {Row} sizes */
function extent(sizes) {
  const logs = sizes.flatMap((size) => (size ? [Math.log10(size)] : []));
  return logs.length ? [Math.min(...logs), Math.max(...logs)] : [-1, 0];
}

/** Exponents of the lines: decades, or halves of them where the range is short. @param {Places} at */
function exponents({ low, high }) {
  const apart = Math.max(1, Math.ceil((high - low) / 5)), first = Math.ceil(low);
  const whole = [0, 1, 2, 3, 4, 5].map((n) => first + n * apart).filter((e) => e <= high);
  return whole.length > 1 ? whole : [first - 0.5, first, first + 0.5].filter((e) => e >= low && e <= high);
}

/**
 * The numbers beside the lines, with their heights.
 * @param {Result} result
 * @param {View} view
 */
export function gutter(result, view) {
  const at = places(result, view);
  return exponents(at).map((e) => ({
    word: Number.isInteger(e) ? decade(e) : String(Number((10 ** e).toPrecision(1))),
    y: at.y(10 ** e),
  }));
}

/**
 * What holds of this run, as sentences.
 * @param {Result} result
 * @param {Words} words
 * @returns {Part[]}
 */
export function caption({ params, full, truncated, blocks }, words) {
  const exact = full.dh_norm, cut = truncated.dh_norm, T = exact.length;
  const differs = exact.map((size, t) => size !== cut[t]);
  if (!differs.some(Boolean)) {
    const first = exact[0], last = exact[T - 1];
    const facts = [{ text: words("norms.nothing_cut"), strong: true }];
    if (first && last && T > 1) {
      const key = first < last ? "norms.shrinks" : "norms.grows";
      facts.push({ text: ` ${words(key, { first: sci(first), last: sci(last), T: T - 1 })}`, strong: false });
    }
    return facts;
  }
  /** @type {Part[]} */
  const facts = [{ text: words("norms.marks") }];
  const agreeing = T - 1 - differs.lastIndexOf(true);
  if (blocks.length > 1 && agreeing >= T - blocks[blocks.length - 1].start) {
    facts.push({ text: ` ${words("norms.last_block")}`, strong: true });
  } else if (agreeing > 0) {
    const key = agreeing === 1 ? "norms.last_step" : "norms.last_steps";
    facts.push({ text: ` ${words(key, { n: agreeing })}`, strong: true });
  }
  const gap = exact.map((
    size,
    t,
  ) => (size && cut[t] ? Math.abs(Math.log10(size / /** @type {number} */ (cut[t]))) : -1));
  const t = gap.indexOf(Math.max(...gap));
  if (gap[t] > 0) {
    facts.push({ text: ` ${words("norms.largest_gap", { t, exact: sci(exact[t]), cut: sci(cut[t]) })}` });
  }
  if (params.truncation === "randomized") facts.push({ text: ` ${words("norms.one_draw")}` });
  return facts;
}
