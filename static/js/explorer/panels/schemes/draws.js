// Randomized truncation, many samples: the error of each sampled gradient, and of their mean.

import { element, rich } from "../../../lib/dom.js";
import { percent, round, sci } from "../../../lib/format.js";
import { median } from "../../../lib/numbers.js";
import { svg } from "../../../lib/svg.js";

const HEIGHT = 74, LEFT = 8, RIGHT = 12, DOT = 2.6, ROW = 26, TOP = 14, FLOOR = TOP + ROW + 16;
const KINDS = /** @type {const} */ (["unbiased", "biased"]);
const MEASURES = /** @type {const} */ (["relative_error", "cosine"]);
const ROUNDING = 1e-12; // of a relative error: less is what summing in another order changes
const WRITTEN = { relative_error: percent, cosine: round };

/** @typedef {{low: number, high: number, room: number}} Span of an axis, in its measure and in px */

/** @param {Result} result @param {View} view */
export function spread({ draws, params, schemes }, view) {
  const { words, width, gutter, phone } = view;
  if (!draws) return element("div");
  const room = phone ? width + gutter - 24 : Math.min(520, (width + gutter - 210) / 2);
  const text = drawsText(draws, params, schemes, words);
  return element(
    "figure",
    { class: "draws", id: "draws" },
    element("figcaption", {}, ...rich(text)),
    ...KINDS.map((kind) =>
      element(
        "div",
        { class: "kind" },
        element("span", {}, words(`schemes.${kind}`)),
        ...MEASURES.map((measure) => dots(draws, kind, measure, { ...range(draws, measure), room }, view)),
      )
    ),
  );
}

/**
 * What many draws show of the factor 1/(1 − c); nothing, where no draw cuts or none can be compared.
 * @param {NonNullable<Result["draws"]>} draws @param {Result["params"]} params @param {Result["schemes"]} schemes @param {Words} words
 */
export function drawsText(draws, params, schemes, words) {
  const errors = KINDS.flatMap((kind) => draws[kind].relative_error);
  if (errors.every((error) => error === null)) return words("schemes.draws_unknown", { n: draws.n });
  if (params.cut === 0) return words("schemes.draws_none", { n: draws.n });
  if (errors.every((error) => Number(error) < ROUNDING)) return words("schemes.draws_equal", { n: draws.n });
  const means = Object.fromEntries(KINDS.map((kind) => [kind, percent(draws[kind].mean.relative_error)]));
  const halves = Object.fromEntries(
    KINDS.map((kind) => [`half_${kind}`, atLeast(median(draws[kind].relative_error))]),
  );
  return words(better(draws) ? "schemes.draws_unbiased" : "schemes.draws_close", {
    n: draws.n,
    seed: params.cut_seed,
    own: percent(schemes.randomized.relative_error),
    ...means,
    ...halves,
  });
}

/** A share that others are at least as large as: never "< 0.1%", and 0% if it is rounding. @param {Num} share */
function atLeast(share) {
  if (share === null || share >= 0.001) return percent(share);
  return share < ROUNDING ? "0%" : `${sci(100 * share)}%`;
}

/** Whether the mean of the weighted draws is nearer to the exact gradient. @param {NonNullable<Result["draws"]>} draws */
function better({ unbiased, biased }) {
  return Number(unbiased.mean.relative_error) < Number(biased.mean.relative_error);
}

/**
 * What the axis of a measure reaches from and to, the same for both kinds: an error from 0, a cosine to 1.
 * @param {NonNullable<Result["draws"]>} draws @param {typeof MEASURES[number]} measure
 */
export function range(draws, measure) {
  const all = KINDS.flatMap((kind) => draws[kind][measure].filter((value) => value !== null));
  return measure === "cosine"
    ? { low: Math.floor(10 * Math.min(0.9, ...all)) / 10, high: 1 }
    : { low: 0, high: 1.02 * Math.max(0.01, ...all) };
}

/**
 * Where the dots stand: in columns as wide as a dot, each on those before it.
 * @param {Row} values @param {Span} span
 * @returns {{x: number, y: number}[]}
 */
export function stacked(values, span) {
  /** @type {Map<number, number>} */
  const heights = new Map();
  return values.flatMap((value) => {
    if (value === null) return [];
    const slot = Math.round(along(value, span) / (2 * DOT));
    const up = heights.get(slot) ?? 0;
    heights.set(slot, up + 1);
    return [{ x: 2 * DOT * slot, y: FLOOR - DOT - Math.min(up, 16) * DOT }];
  });
}

/** Where a value stands on its axis, in px. @param {number} value @param {Span} span */
const along = (value, { low, high, room }) => LEFT + (room - LEFT - RIGHT) * (value - low) / (high - low);

/**
 * Where the line of the mean stands, at the end of the axis if it is beyond, and its word on the roomier side.
 * @param {number} mean @param {Span} span
 */
export function meanMark(mean, span) {
  const x = along(Math.min(span.high, Math.max(span.low, mean)), span), late = x > span.room / 2;
  return { x, word: x + (late ? -6 : 6), anchor: late ? "end" : "start" };
}

/**
 * A dot for every draw, and a line for the mean gradient of all.
 * @param {NonNullable<Result["draws"]>} draws @param {typeof KINDS[number]} kind @param {typeof MEASURES[number]} measure
 * @param {Span} span @param {View} view
 */
function dots(draws, kind, measure, span, { colors, words }) {
  const { low, high, room } = span, mean = draws[kind].mean[measure], write = WRITTEN[measure];
  const name = words(`comparison.${measure}`), small = { y: HEIGHT - 3, fill: colors.muted, "font-size": 13 };
  const round = stacked(draws[kind][measure], span).map(({ x, y }) =>
    `M${(x - DOT).toFixed(1)},${y.toFixed(1)}a${DOT},${DOT} 0 1 0 ${2 * DOT},0a${DOT},${DOT} 0 1 0 ${
      -2 * DOT
    },0`
  ).join("");
  const drawing = svg(
    "svg",
    {
      ...{ width: room, height: HEIGHT, role: "img" },
      "aria-label": `${words(`schemes.${kind}`)}, ${name}: ${words("schemes.mean")} ${write(mean)}`,
    },
    svg("line", { x1: LEFT, x2: room - RIGHT, y1: FLOOR, y2: FLOOR, stroke: colors.line }),
    svg("path", { d: round || "M0,0", fill: colors.backward, opacity: 0.55 }),
    svg("text", { ...small, x: LEFT }, write(low)),
    svg("text", { ...small, x: room / 2, "text-anchor": "middle" }, name),
    svg("text", { ...small, x: room - RIGHT, "text-anchor": "end" }, write(high)),
  );
  if (mean === null) return drawing;
  const { x, word, anchor } = meanMark(mean, span);
  drawing.append(
    svg("line", { x1: x, x2: x, y1: 2, y2: FLOOR, stroke: colors.ink, "stroke-width": 2.4 }),
    svg("text", {
      ...{ x: word, y: TOP - 2, fill: colors.ink, "font-size": 14, "font-weight": 700 },
      "text-anchor": anchor,
    }, `${words("schemes.mean")} ${write(mean)}`),
  );
  return drawing;
}
