// Gradient arrows of the unrolled graph: along the chain as wide as the norm, thin above the states, and their numbers.

import { label, LETTERS } from "../../plot/figure.js";
import { compact, formatNumber, power, sci } from "../../lib/format.js";
import { arrow, headOf } from "../../plot/paths.js";
import { bucketOf, BUCKETS, gradientRange, length, mixed, position, widthOf } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { countLosses } from "../losses.js";
import { addCut, cutPlace, noCuts } from "./cuts.js";
import { backwardPlaces, edge, FUTURE, numberPlace } from "./places.js";

export const MIDDLE = 0.5; // of the range of gradients: how wide an arrow is drawn that is not yet to be known
export const ASIDE = 16; // px that a "?" stands beside the middle of an edge, where a line may be
const MOST_CUTS_APART = 60; // px between scissors of narrow columns, on average
const AROUND = 3; // px that the outline of an exact gradient is wider, so that it can be seen around an equal one
const SHARE = 7; // px from an arrow up to the middle of what is written above it
const USUAL = 5; // characters of a norm: shorter ones are not larger
const ROOM_FOR_SHARE = 34; // px of an edge for the losses that pass

/** @typedef {import("./places.js").Chain} Chain */
/** @typedef {Pick<Result, "walks" | "params" | "tokens" | "targets">} Walked */

/**
 * The state of the edge t → t-1: of the losses that reach t, do all cross it, some, or none?
 * If no loss reaches t, the edge is cut when no backward pass crosses it.
 * @param {Walked} result
 * @param {number} t
 * @returns {"whole" | "partly" | "cut"}
 */
export function edgeState(result, t) {
  const { arriving, crossing } = crossingAt(result, t);
  if (!arriving) return result.walks.some(({ start, stop }) => start < t && t < stop) ? "whole" : "cut";
  return crossing === 0 ? "cut" : crossing === arriving ? "whole" : "partly";
}

/** How many of the losses from step t on cross the edge t → t-1. @param {Result} result @param {number} t */
export function lossesPassing(result, t) {
  return { all: countLosses(result, t, result.tokens.length), passing: crossingAt(result, t).crossing };
}

/** How many losses reach step t in the truncated pass, and how many of them go on to t-1. @param {Walked} result @param {number} t */
function crossingAt(result, t) {
  return { arriving: reaching(result, t, t), crossing: reaching(result, t - 1, t) };
}

/** How many losses from the first step on reach step t. @param {Walked} result @param {number} t @param {number} first */
function reaching(result, t, first) {
  let count = 0;
  for (const { start, stop, newest_from: newest } of result.walks) {
    if (start <= t) count += countLosses(result, Math.max(newest, first), stop);
  }
  return count;
}

/** Everything that gradients draw. @param {Result} result @param {View} view @param {Geometry} g */
export function backwardMarks(result, { colors, range: shared, tween }, g) {
  const { full, truncated } = result,
    range = shared ?? gradientRange(result);
  const paths = {
    buckets: Array(BUCKETS).fill(""),
    thin: "",
    cuts: noCuts(),
    outlines: "",
    labels: /** @type {object[]} */ ([]),
  };
  /** @param {Table | null | undefined} rows @param {number} t */
  const sizeOf = (rows, t) => length(row(result, rows, t));
  g.steps.forEach((t) => {
    const place = backwardPlaces(t, g), own = sizeOf(truncated.dh_output, t);
    for (
      const [kind, at] of g.level === "compact"
        ? []
        : /** @type {const} */ ([["err", place.loss], ["out", place.output]])
    ) {
      if (g.has(kind, t) && (own || g.veiled(kind, t))) paths.thin += arrow(...at, g.arrow.vertical);
    }
    if (g.has("back", t)) { for (const past of place.past) addEdge(t, past.chain, past.place); }
  });
  return paths;

  /** @param {number} t @param {Chain} chain @param {import("./places.js").Place} place */
  function addEdge(t, chain, [to, y, from]) {
    const future = FUTURE[chain.vector];
    const size = sizeOf(truncated[future], t - 1), exact = sizeOf(full[future], t - 1);
    const state = edgeState(result, t);
    if (g.veiled("back", t)) {
      paths.buckets[bucketOf(MIDDLE)] += arrow(to, y, from, y, widthOf(MIDDLE, g.arrow.widest));
      if (g.level !== "compact") paths.labels.push(unknownAt(t, g, chain, colors.backward));
      return;
    }
    const before = tween ? sizeOf(tween.before.truncated[future], t - 1) : null;
    if (tween && before && !size) { // it shrinks
      const width = (1 - tween.part) * widthOf(position(before, range), g.arrow.widest);
      paths.buckets[bucketOf(position(before, range))] += arrow(to, y, from, y, width);
    }
    if (state === "cut") {
      if (!exact) return;
      addCut(paths.cuts, t, chain, exact, g, range, hasScissors(result, g));
      paths.labels.push(...numberAt(t, exact, g, chain, colors.muted, [from, cutPlace(t, g)], true));
      return;
    }
    if (state === "partly" && exact) {
      const width = AROUND + widthOf(position(exact, range), g.arrow.widest);
      paths.outlines += arrow(to, y, from, y, width);
      if (hasShares(g)) {
        paths.labels.push(shareLabel(result, t, g, y - headOf(width, to - from).barb - SHARE, colors));
      }
    }
    if (!size) return;
    const at = position(size, range), width = widthOf(at, g.arrow.widest), factor = reweighting(result);
    if (factor && hasShares(g)) {
      const above = y - headOf(width, to - from).barb - SHARE;
      paths.labels.push(labelAbove(`×${factor}`, t, g, above, colors.backward));
    }
    const was = before ? widthOf(position(before, range), g.arrow.widest) : 0;
    paths.buckets[bucketOf(at)] += arrow(to, y, from, y, tween ? mixed(was, width, tween.part) : width);
    paths.labels.push(...numberAt(t, size, g, chain, colors.backward, [from, to]));
  }
}

/** Whether scissors stand at every cut; a hundred of them would say nothing. @param {Pick<Result, "blocks" | "tokens">} result @param {Geometry} g */
export function hasScissors({ blocks, tokens }, g) {
  return g.level !== "compact" || blocks.length * MOST_CUTS_APART <= tokens.length * g.c;
}

/** Whether there is room above the edges for how many losses pass. @param {Geometry} g */
export function hasShares(g) {
  const { from, to } = edge(1, g);
  return g.level !== "compact" && to - from > ROOM_FOR_SHARE;
}

/** The factor that random cuts give to every edge that stays, so that their mean is the exact gradient; null without it. @param {Pick<Result, "params">} result */
export function reweighting({ params: { truncation, cut } }) {
  return truncation === "randomized" && Number(cut) > 0
    ? formatNumber(Number((1 / (1 - Number(cut))).toFixed(2)))
    : null;
}

/** How many of the losses pass an edge, above it. @param {Result} result @param {number} t @param {Geometry} g @param {number} y @param {View["colors"]} colors */
function shareLabel(result, t, g, y, colors) {
  const { all, passing } = lossesPassing(result, t);
  return labelAbove(`${passing}/${all}`, t, g, y, colors.ink);
}

/** What is written above an edge. @param {string} words @param {number} t @param {Geometry} g @param {number} y @param {string} color */
function labelAbove(words, t, g, y, color) {
  const { from, to } = edge(t, g);
  return label((from + to) / 2, y, words, { size: g.isLarge ? 16 : 13, color, family: LETTERS, weight: 600 });
}

/**
 * The norm at an edge: under the arrow, or in the row of numbers under the states.
 * @param {number} t @param {number} size @param {Geometry} g @param {Chain} chain @param {string} color @param {[number, number]} between px
 * @param {boolean} [isCut] only what is cut has a number where columns are narrow
 */
export function numberAt(t, size, g, chain, color, [from, to], isCut = false) {
  const place = numberPlace(t, g, chain, from, to, isCut);
  return place ? [gradientLabel(place.x, place.y, size, color, place.room, g.type.norm)] : [];
}

/** A question mark in place of the covered norm of an edge. @param {number} t @param {Geometry} g @param {Chain} chain @param {string} color */
export function unknownAt(t, g, chain, color) {
  const { from, to, backward: y } = edge(t, g, chain);
  const place = numberPlace(t, g, chain, from, to) ?? { x: (from + to) / 2, y: y + g.below + 1 };
  return questionMark(place.x + (g.rows.numbers ? 0 : ASIDE), place.y, color, g.type.unknown);
}

/** @param {number} x @param {number} y @param {string} color @param {number} [size] */
export function questionMark(x, y, color, size = 17) {
  return label(x, y, "?", { size, color, family: LETTERS, weight: 700 });
}

/**
 * A norm under an arrow; with one digit, then in smaller type, where space is short.
 * @param {number} x @param {number} y @param {number} size @param {string} color @param {number} room px @param {number} [most] size of type
 */
export function gradientLabel(x, y, size, color, room, most = 15) {
  const fits = (/** @type {string} */ words) =>
    Math.min(most, (room - 4) / (0.6 * Math.max(USUAL, words.length)));
  const words = fits(compact(sci(size))) >= 12.5 || size >= 0.00995
    ? compact(sci(size))
    : compact(power(size));
  return label(x, y, words, { size: Math.max(11, fits(words)), color, family: LETTERS, weight: 600 });
}
