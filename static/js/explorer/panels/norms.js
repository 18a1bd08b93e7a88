// Gradient norm panel: the norm of ∂L/∂h at every step, exact against truncated, on the graph's time axis.

import { bands, figure, label, LETTERS, lookOf, path, text, textWidth } from "../../plot/figure.js";
import { parts } from "../../lib/dom.js";
import { apart, decade, sci, visible } from "../../lib/format.js";
import { hasLog, logsOf, powerOfTen } from "../../lib/log-scale.js";
import { trend } from "../../lib/trend.js";
import { timeAxis } from "../../plot/geometry.js";
import { line, rect } from "../../plot/paths.js";
import { differ } from "../gradient-change.js";
import { lastLoss } from "../losses.js";

export const name = "norms";
export const whole = true;
/** @type {(keyof View)[]} */
export const follows = ["columns", "below"];

const HEIGHT = { usual: 176, least: 140 }, TOP = 16, BOTTOM = 34;
const WORDS = 66; // px above the figure, where it fits the window
const ROOM_FOR_NUMBERS = 90; // px of a column
const ROOM_FOR_MARKS = 4;
const ROOM_FOR_NAMES = 150; // px of a column, for a number with a word
const SAME = 0.004; // decades: closer than that, two marks are one
const MOST_BEYOND = 6; // decades the axis follows a truncated run out of the exact one's
const NAME = 14; // px, the size of the lines' names

/** @typedef {ReturnType<typeof places>} Places */

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const at = places(result, view);
  return figure(
    traces(result, view),
    shapes(result, view),
    { ...at.drawn, height: at.height, whole: at.whole },
    view,
  );
}

/** @param {Result} result @param {View} view */
export function dataKey(result, view) {
  const { low, high } = places(result, view);
  const columns = view.phone ? null : view.columns;
  return JSON.stringify([
    result.full.dh_norm,
    result.tokens,
    low,
    high,
    columns,
    lookOf(view),
    ...(view.below ? [view.below] : []),
  ]);
}

/**
 * Columns under the graph's, and heights on a logarithmic axis.
 * @param {Result} result @param {View} view
 */
function places({ tokens, full, truncated }, view) {
  const { low, high } = view.decades ?? range(full.dh_norm, truncated.dh_norm);
  const height = Math.max(HEIGHT.least, Math.min(HEIGHT.usual, (view.below ?? Infinity) - WORDS));
  return {
    ...timeAxis(tokens.length, view),
    low,
    high,
    height,
    y: (/** @type {number} */ size) =>
      TOP + (height - TOP - BOTTOM) * (high - Math.log10(size)) / (high - low),
  };
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function traces(result, view) {
  const { full, tokens } = result, { colors } = view, { x, y, c, steps, height } = places(result, view);
  const columns = steps.map(x), sizes = steps.map((t) => full.dh_norm[t]);
  const every = Math.ceil(11 / c), labels = steps.map((t) => (t % every ? "" : visible(tokens[t])));
  const items = [
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
        size: c > ROOM_FOR_NUMBERS ? 11 : c > 20 ? 7 : c > ROOM_FOR_MARKS ? 4 : 1,
        line: { color: colors.ink, width: c > 20 ? 2 : c > ROOM_FOR_MARKS ? 1 : 0 },
      },
    },
    text(columns, columns.map(() => height - 11), labels, {
      size: Math.max(10, Math.min(16, c / 2)),
      color: colors.muted,
    }),
  ];
  return items;
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const { full, truncated } = result, { colors } = view, at = places(result, view), { x, y, c } = at;
  const { left, width } = at.drawn;
  const starts = new Set(result.blocks.map(({ start }) => start));
  const mark = c > ROOM_FOR_NUMBERS ? 5 : c > 20 ? 3.2 : c > ROOM_FOR_MARKS ? 1.8 : 0.9;
  let chain = "", squares = "", missing = "", before = false;
  /** @type {object[]} */
  const numbers = [];
  const named = c > ROOM_FOR_NAMES ? widestGap(result) : -1;
  at.steps.forEach((t) => {
    const size = truncated.dh_norm[t],
      exact = full.dh_norm[t],
      onAxis = hasLog(size) && size >= powerOfTen(at.low);
    if (exact && size !== null) {
      const end = onAxis ? y(size) : y(powerOfTen(at.low));
      const apart = onAxis ? Math.abs(Math.log10(exact) - Math.log10(size)) : 1;
      if (apart > SAME) missing += line(x(t), y(exact), x(t), end);
    }
    if (c > ROOM_FOR_NUMBERS) {
      const sizes = { exact, size: onAxis ? size : null };
      numbers.push(...bothNumbers(x(t), sizes, at, view, t === named));
    }
    if (onAxis) {
      chain += `${before && !starts.has(t) ? "L" : "M"}${x(t).toFixed(1)},${y(size).toFixed(1)}`;
      squares += rect(x(t) - mark, y(size) - mark, 2 * mark, 2 * mark);
    }
    before = onAxis;
  });
  if (c <= ROOM_FOR_NUMBERS) numbers.push(...namesOfLines(result, at, view));
  return [
    ...bands(result.blocks, { x, c, top: 0, bottom: at.height - 24, steps: at.steps }, view),
    path(exponents(at).map((e) => line(left, y(powerOfTen(e)), left + width, y(powerOfTen(e)))).join(""), {
      stroke: colors.line,
      width: 1,
    }),
    path(missing, { stroke: colors.ghost, width: Math.min(9, 0.3 * c), opacity: 0.4 }),
    path(chain, { stroke: colors.backward, width: c > ROOM_FOR_MARKS ? 3.2 : 1.8, layer: "above" }),
    path(squares, { fill: colors.backward, layer: "above" }),
    ...numbers,
  ];
}

/**
 * The two sizes at a step in figures, the larger above its mark and the smaller below; once where they agree.
 * @param {number} x @param {{exact: Num, size: Num}} sizes @param {Places} at @param {View} view
 * @param {boolean} named whether to say which is which
 */
function bothNumbers(x, { exact, size }, { y }, { colors, words }, named) {
  const font = { size: 14, family: LETTERS, weight: 600 };
  /** @param {number} value @param {number} down @param {boolean} isExact */
  const number = (value, down, isExact) => {
    const sentence = named
      ? `${sci(value)} ${words(isExact ? "norms.exact" : "norms.truncated")}`
      : sci(value);
    return label(x, y(value) + down, sentence, { ...font, color: isExact ? colors.ink : colors.backward });
  };
  if (exact && size && sci(exact) !== sci(size)) {
    const exactIsLarger = exact > size;
    return [number(exact, exactIsLarger ? -14 : 15, true), number(size, exactIsLarger ? 15 : -14, false)];
  }
  if (exact) return [number(exact, -14, true)];
  return size ? [number(size, -14, false)] : [];
}

/**
 * The names of the two lines, each beside a mark of its own where no line runs; none where there is no such place.
 * @param {Result} result @param {Places} at @param {View} view
 */
function namesOfLines({ full, truncated, blocks }, at, { words, colors, font }) {
  const { x, y, low } = at, cuts = blocks.slice(1).map(({ start }) => x(start) - at.c / 2);
  const heights = [full, truncated].map(({ dh_norm: sizes }) =>
    sizes.map((size) => (hasLog(size) && size >= powerOfTen(low) ? y(size) : null))
  );
  const names = [
    { word: words("norms.exact"), color: colors.ink },
    { word: words("norms.truncated"), color: colors.backward },
  ];
  const order = at.steps.flatMap((t) => {
    const own = heights[0][t], other = heights[1][t];
    return own !== null && other !== null && Math.abs(own - other) > NAME ? [t] : [];
  });
  const step = names.map(({ word, color }, i) => {
    const half = textWidth(word, NAME) / 2 + 3;
    for (const t of order) {
      const own = /** @type {number} */ (heights[i][t]), other = /** @type {number} */ (heights[1 - i][t]);
      const box = { left: x(t) - half, right: x(t) + half, y: own + Math.sign(own - other) * 15 };
      if (isFree(box, heights, cuts, at)) {
        return label(x(t), box.y, word, { size: NAME, color, family: font, weight: 600 });
      }
    }
    return null;
  });
  return step.every(Boolean) ? /** @type {object[]} */ (step) : [];
}

/**
 * Whether no line runs through a box one word high.
 * @param {{left: number, right: number, y: number}} box @param {Row[]} heights @param {number[]} cuts @param {Places} at
 */
function isFree({ left, right, y }, heights, cuts, { x, drawn, height }) {
  const half = 0.62 * NAME;
  if (
    left < drawn.left || right > drawn.left + drawn.width || y - half < 2 || y + half > height - BOTTOM + 6
  ) return false;
  if (cuts.some((cut) => cut > left - 2 && cut < right + 2)) return false;
  return heights.every((line) =>
    line.every((from, t) => {
      const to = line[t + 1] ?? from, x0 = x(t), x1 = x(Math.min(t + 1, line.length - 1));
      if (from === null || to === null || x1 < left || x0 > right) return true;
      /** @param {number} at */
      const height = (at) => from + (to - from) * Math.min(1, Math.max(0, (at - x0) / (x1 - x0 || 1)));
      const ends = [height(left), height(right)];
      return Math.max(...ends) < y - half || Math.min(...ends) > y + half;
    })
  );
}

/**
 * Decades of the axis: half a decade about the exact run, more only where the truncated one leaves that,
 * so that moving k rarely moves the axis.
 * @param {Row} exact @param {Row} truncated
 */
function range(exact, truncated) {
  const [low, high] = extent(exact), [lowest, highest] = extent(truncated);
  return {
    low: lowest < low - 0.4 ? Math.floor(Math.max(lowest, low - MOST_BEYOND)) : Math.floor(2 * low - 1) / 2,
    high: highest > high + 0.4 ? Math.ceil(highest) : Math.ceil(2 * high + 1) / 2,
  };
}

/** The decades of an axis on which several runs have room. @param {Result[]} results */
export function decadesOf(results) {
  const ranges = results.map(({ full, truncated }) => range(full.dh_norm, truncated.dh_norm));
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

/** Smallest and largest logarithm of what is not zero. @param {Row} sizes */
function extent(sizes) {
  const logs = logsOf(sizes);
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
    y: at.y(powerOfTen(e)),
  }));
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  return parts(facts(result, words));
}

/**
 * What holds of this run, as sentences.
 * @param {Result} result
 * @param {Words} words
 */
export function facts(result, words) {
  const { params, full, truncated, blocks } = result, exact = full.dh_norm, cut = truncated.dh_norm;
  const T = exact.length, last = exact.map((size, t) => differ(size, cut[t])).lastIndexOf(true);
  /** @type {Part[]} */
  const content = [];
  /** @param {string} key @param {Record<string, unknown>} [values] @param {boolean} [strong] */
  const say = (key, values, strong = false) =>
    content.push({ text: (content.length ? " " : "") + words(key, values), strong });
  if (last < 0) {
    const compared = exact.some((size, t) => size !== null && cut[t] !== null);
    const same = result.cells_kept < result.cells_total ? "norms.cut_was_nothing" : "norms.nothing_cut";
    say(compared ? same : "norms.beyond", {}, true);
    if (passesNothing(result)) {
      say("norms.passes_nothing");
      return content;
    }
    const n = lastLoss(result), from = exact[n], to = exact[0];
    const values = { first: sci(to), last: sci(from), n };
    if (from && to && n === 1) say("norms.way_back_once", values);
    if (from && to && n > 1) say("norms.way_back", { ...values, trend: words(`trend.${trend(to / from)}`) });
    return content;
  }
  say("norms.marks");
  const agreeing = T - 1 - last;
  const known = exact[T - 1] !== null; // unless the forward pass overflows before
  if (blocks.length > 1 && known && agreeing >= T - blocks[blocks.length - 1].start) {
    say(params.truncation === "randomized" ? "norms.last_segment" : "norms.last_block", {}, true);
  } else if (known && agreeing > 0) {
    say(agreeing === 1 ? "norms.last_step" : "norms.last_steps", { n: agreeing }, true);
  }
  const empty = exact.filter((size, t) => size && cut[t] === 0).length, t = widestGap(result);
  if (empty) say("norms.nothing_arrives", { n: empty });
  const [ofExact, ofCut] = apart(exact[t], cut[t]), values = { t, exact: ofExact, cut: ofCut };
  if (t >= 0) say(empty ? "norms.largest_gap_else" : "norms.largest_gap", values);
  if (params.truncation === "randomized") say("norms.one_draw");
  return content;
}

/** Whether no step passes a gradient to the step before, as with W_h = 0. @param {Result} result */
function passesNothing({ jacobian }) {
  const stretches = jacobian.sigma_max.slice(1);
  return stretches.length > 0 && stretches.every((size) => size === 0);
}

/** The step where the ratio of the two sizes is furthest from 1; −1 where they agree. @param {Result} result */
function widestGap({ full, truncated }) {
  let widest = 0, step = -1;
  full.dh_norm.forEach((exact, t) => {
    const size = truncated.dh_norm[t];
    if (!exact || !size || !differ(exact, size)) return;
    const gap = Math.abs(Math.log10(exact) - Math.log10(size));
    if (gap > widest) [widest, step] = [gap, t];
  });
  return step;
}
