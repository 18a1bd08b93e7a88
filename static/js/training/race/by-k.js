// The results by block length: a marker for each contestant, a bar for the range of its seeds, and of a recall the line
// between blocks that hold cue and question and those that never do.

import { textWidth } from "../../plot/figure.js";
import { compact, formatNumber } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { divergedSeeds } from "./facts.js";
import { lineStyles, markerPath } from "./line-styles.js";
import { shortNames } from "./names.js";

/** @typedef {{place: number, i: number, isZeros: boolean, value: number, low: number, high: number}} Result */

const MARGIN = { left: 62, right: 8, top: 14, bottom: 42 }, TYPE = { label: 13, value: 14 };
const BAR = 8, ASIDE = 16, NUMBER = 14; // px: of a range, of zeros beside a carried state, of a number beside its marker
const BELOW_CHANCE = 0.1;
const LONG = 1e5; // of a loss that exploded

/** A loss in the room of the margin. @param {number} value */
const ofLoss = (value) => value >= LONG ? compact(formatNumber(value, 2)) : String(value);

/** What each contestant has reached, or at the newest point. @param {Contestant} contestant */
function reached({ final, points }) {
  const at = points.mean.length - 1;
  return final ?? (at < 0 ? null : { mean: points.mean[at], min: points.min[at], max: points.max[at] });
}

/** The kinds of contestants, from the shortest to the longest, and where each contestant belongs. @param {Race["contestants"]} contestants @param {Words} words */
export function columnsOf(contestants, words) {
  const names = shortNames(contestants.map((one) => ({ ...one, state: "carried" })), words);
  const length = (/** @type {number} */ i) =>
    contestants[i].scheme === "full" ? Infinity : Number(contestants[i].k ?? Infinity);
  const order = contestants.map((_, i) => i).toSorted((a, b) => length(a) - length(b) || 0);
  const labels = [...new Set(order.map((i) => names[i]))];
  return {
    labels,
    place: names.map((name) => labels.indexOf(name)),
    longest: labels.map((label) => length(names.indexOf(label))),
  };
}

/**
 * @param {Race} race
 * @param {{width: number, height: number, lag: number | null}} room lag: of a recall
 * @param {Pick<LabView, "colors" | "words">} view
 * @returns {Tree}
 */
export function picture(race, { width, height, lag }, { colors, words }) {
  const { contestants, chance } = race, looks = lineStyles(contestants, colors);
  const { labels, place, longest } = columnsOf(contestants, words), isShare = race.measure === "accuracy";
  /** @type {Result[]} */
  const results = contestants.flatMap((one, i) => {
    const at = reached(one);
    if (!at || at.mean === null) return [];
    const range = { low: Number(at.min), high: Number(at.max) };
    return [{ ...{ place: place[i], i, isZeros: one.state === "zeros", value: at.mean }, ...range }];
  });
  const [low, high] = isShare
    ? [Math.min((chance ?? 0) - BELOW_CHANCE, ...results.map(({ low }) => low)), 1]
    : [0, Math.min(Number.MAX_VALUE, 1.08 * Math.max(1e-9, ...results.map(({ high }) => high)))];
  const step = (width - MARGIN.left - MARGIN.right) / labels.length,
    plot = height - MARGIN.top - MARGIN.bottom;
  const x = (/** @type {number} */ at) => MARGIN.left + step * (at + 0.5);
  const y = (/** @type {number} */ value) => MARGIN.top + plot * ((high - value) / (high - low));
  const right = width - MARGIN.right, bottom = MARGIN.top + plot;
  const isEmpty = !results.length;
  const areGone = contestants.every((one) =>
    one.final || divergedSeeds(one).length === one.diverged_at.length
  );
  const ticks = isEmpty
    ? []
    : isShare
    ? [1, 0.75].filter((tick) => tick > (chance ?? 0) + 0.1)
    : [0, 0.5, 1].map((part) => Number((part * high / 1.08).toPrecision(2)));
  const isRunning = contestants.some(({ final }) => !final);
  return node(
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "aria-hidden": "true",
      class: isRunning ? "running" : "",
    },
    ...(lag === null ? [] : border(longest, lag, { x, step, right, bottom, words })),
    ...ticks.flatMap((tick) => [
      rule(MARGIN.left, right, y(tick)),
      label(MARGIN.left - 10, y(tick) + 4.5, isShare ? `${Math.round(100 * tick)}%` : ofLoss(tick), "end"),
    ]),
    ...(chance === null || !isShare ? [] : [
      node("path", { class: "chance", d: `M${MARGIN.left},${y(chance)}H${right}` }),
      label(MARGIN.left - 10, y(chance) + 4.5, words("training.race.chance"), "end"),
    ]),
    ...(isEmpty && areGone
      ? [label((MARGIN.left + right) / 2, y((low + high) / 2), words("training.race.by_k_none"), "middle")]
      : []),
    ...results.flatMap((result) => markOf(result, looks[result.i], { x, y, step, colors })),
    ...labels.map((name, at) => label(x(at), bottom + 18, name.replace(/^k = /, ""), "middle", "k-name")),
    label((MARGIN.left + right) / 2, bottom + 34, axisOf(race, words), "middle"),
    ...results.flatMap((result) => numberOf(result, { x, y, step, bottom })),
  );
}

/** @param {Race} race @param {Words} words */
function axisOf({ contestants }, words) {
  const seeds = Math.max(...contestants.map(({ diverged_at: all }) => all.length));
  const left = contestants.some((one) => divergedSeeds(one).length);
  return words(
    seeds < 2
      ? "training.race.by_k_axis_one"
      : left
      ? "training.race.by_k_axis_left"
      : "training.race.by_k_axis",
    { n: seeds },
  );
}

/** The line between k ≤ lag and k > lag, where there are both. @param {number[]} longest k of each column @param {number} lag @param {{x: (at: number) => number, step: number, right: number, bottom: number, words: Words}} at @returns {Tree[]} */
function border(longest, lag, { x, step, right, bottom, words }) {
  const first = longest.findIndex((k) => k > lag);
  if (first < 0) return [];
  const line = x(first) - step / 2, isBoth = first > 0, k = words("training.race.k_up_to", { lag });
  return [
    node("rect", {
      class: "longer",
      x: line,
      y: MARGIN.top - 12,
      width: right - line,
      height: bottom - MARGIN.top + 12,
    }),
    ...(isBoth
      ? [
        node("path", { class: "lag-line", d: `M${line.toFixed(1)},${MARGIN.top - 12}V${bottom}` }),
        label(line - 8, MARGIN.top, k, "end", "haloed"),
      ]
      : []),
    label(line + 8, bottom - 6, words("training.race.k_beyond", { lag }), "start", "haloed"),
  ];
}

/** @param {Result} result @param {import("./line-styles.js").LineStyle} look @param {{x: (at: number) => number, y: (value: number) => number, step: number, colors: Record<string, string>}} at @returns {Tree[]} */
function markOf({ place, isZeros, value, low, high }, look, { x, y, step, colors }) {
  const middle = x(place) + (isZeros ? Math.min(ASIDE, step / 4) : 0), { color, hollow } = look;
  const top = y(high), tall = y(low) - top;
  return [
    ...(!isZeros && tall > 2
      ? [
        node("rect", {
          class: "range",
          x: middle - BAR / 2,
          y: top,
          width: BAR,
          height: tall,
          rx: BAR / 2,
          fill: color,
        }),
      ]
      : []),
    isZeros
      ? node("circle", { class: "zeros", cx: middle, cy: y(value), r: 5, stroke: color })
      : node("path", {
        d: markerPath(look, middle, y(value), 11),
        fill: hollow ? colors.background : color,
        stroke: color,
        "stroke-width": look.symbol === "x" || hollow ? 2.5 : 0,
      }),
  ];
}

/** The number of a carried state beside its marker, of zeros where there is room. @param {Result} result @param {{x: (at: number) => number, y: (value: number) => number, step: number, bottom: number}} at @returns {Tree[]} */
function numberOf({ place, isZeros, value, low, high }, { x, y, step, bottom }) {
  const text = value >= LONG ? ofLoss(value) : value.toFixed(value < 0.095 ? 3 : 2),
    wide = textWidth(text, TYPE.value);
  if (isZeros) {
    const left = x(place) + Math.min(ASIDE, step / 4) + 9, fits = left + wide < x(place) + step / 2 + 14;
    return fits ? [label(left, y(value) + 4.5, text, "start", "haloed")] : [];
  }
  const isBeside = wide + NUMBER < step / 2 + 18,
    above = y(high) - 8 < MARGIN.top ? y(low) + 18 : y(high) - 8;
  return isBeside
    ? [
      label(
        x(place) - NUMBER,
        Math.min(bottom - 4, Math.max(MARGIN.top + 16, y(value) - 8)),
        text,
        "end",
        "value haloed",
      ),
    ]
    : [label(x(place), above, text, "middle", "value haloed")];
}

/** @param {number} from @param {number} to @param {number} y */
const rule = (from, to, y) => node("path", { class: "rule", d: `M${from},${y.toFixed(1)}H${to}` });

/** @param {number} x @param {number} y @param {string} words @param {string} anchor @param {string} [name] */
const label = (x, y, words, anchor, name = "") =>
  node("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, class: name }, words);
