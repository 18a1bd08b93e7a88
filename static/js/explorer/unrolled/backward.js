// Gradient arrows of the unrolled graph: width by norm, crosses at cuts, and labels of what is cut.

import { label, LETTERS } from "../../plot/figure.js";
import { compact, power, sci } from "../../lib/format.js";
import { arrow, cross, rect } from "../../plot/paths.js";
import { bucketOf, BUCKETS, gradientRange, length, position, widthOf } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { backwardPlaces, edge } from "./places.js";

export const MIDDLE = 0.5; // of the range of gradients: how wide an arrow is drawn that is not yet to be known
export const ASIDE = 16; // px that a "?" stands beside the middle of an edge, where a line may be
const ROOM_FOR_CUT = 50; // px between a cut and its cells for what is thrown away there

/**
 * The state of the edge t → t-1: of the losses that reach t, do all cross it, some, or none?
 * If no loss reaches t, the edge is cut when no backward pass crosses it.
 * @param {Pick<Result, "walks" | "params" | "tokens">} result
 * @param {number} t
 * @returns {"whole" | "partly" | "cut"}
 */
export function edgeState({ walks, params, tokens }, t) {
  const first = params.loss_at === "last" ? tokens.length - 1 : t;
  const arriving = countLosses(walks, t, first), crossing = countLosses(walks, t - 1, first);
  if (!arriving) return countLosses(walks, t - 1, t) ? "whole" : "cut";
  return crossing === 0 ? "cut" : crossing === arriving ? "whole" : "partly";
}

/** How many losses from the first on reach step t. @param {Result["walks"]} walks @param {number} t @param {number} first */
function countLosses(walks, t, first) {
  let count = 0;
  for (const { start, stop, newest_from: newest } of walks) {
    if (start <= t) count += Math.max(0, stop - Math.max(newest, first));
  }
  return count;
}

/** Everything that gradients draw. @param {Result} result @param {View} view @param {Geometry} g */
export function backwardMarks(result, { colors, range: shared }, g) {
  const { full, truncated } = result,
    range = shared ?? gradientRange(result);
  const wide = g.level === "wide";
  const paths = {
    buckets: Array(BUCKETS).fill(""),
    outlines: "",
    stubs: "",
    labels: /** @type {object[]} */ ([]),
    behind: /** @type {object[]} */ ([]),
  };
  /** @param {import("./selectors.js").MarkKind} kind @param {number} t @param {Num} size @param {[number, number, number, number]} place @param {number} [scale] */
  const gradient = (kind, t, size, place, scale = 1) => {
    if (!g.has(kind, t) || !size && !g.veiled(kind, t)) return;
    const at = g.veiled(kind, t) ? MIDDLE : position(size ?? 0, range);
    paths.buckets[bucketOf(at)] += arrow(...place, Math.max(1, scale * widthOf(at, g.arrow.widest)));
  };
  /** @param {Table} rows @param {number} t */
  const sizeOf = (rows, t) => length(row(result, rows, t));
  g.steps.forEach((t) => {
    const place = backwardPlaces(t, g), own = sizeOf(truncated.dh_output, t), { vertical } = g.arrow;
    gradient("err", t, own, place.loss, vertical);
    gradient("out", t, own, place.output, vertical);
    gradient("share", t, sizeOf(truncated.da, t), place.share, vertical);
    if (!place.past || !g.has("back", t)) return;
    const [to, y, from] = place.past, middle = g.cx(t) - g.c / 2;
    const size = sizeOf(truncated.dh_future, t - 1), exact = sizeOf(full.dh_future, t - 1);
    const state = edgeState(result, t);
    if (g.veiled("back", t)) {
      gradient("back", t, null, [to, y, from, y]);
      if (wide) paths.labels.push(unknown((from + to) / 2 + ASIDE, y + 21, colors.backward));
      return;
    }
    if (state === "cut") {
      if (exact === 0) return;
      paths.stubs += stub(t, g);
      if (exact && to - middle > ROOM_FOR_CUT) {
        paths.labels.push(gradientLabel((middle + to) / 2, y + 21, exact, colors.muted, to - middle));
      }
      return;
    }
    if (state === "partly" && exact) {
      paths.outlines += arrow(to, y, from, y, widthOf(position(exact, range), g.arrow.widest));
    }
    gradient("back", t, size, [to, y, from, y]);
    if (wide && size) {
      paths.labels.push(gradientLabel((from + to) / 2, y + 21, size, colors.backward, to - from));
    }
  });
  return paths;
}

/** A question mark in place of a covered number. @param {number} x @param {number} y @param {string} color */
export function unknown(x, y, color) {
  return label(x, y, "?", { size: 17, color, family: LETTERS, weight: 700 });
}

/** The thin stub of an arrow that ends in an ✕. @param {number} t @param {Geometry} g */
export function stub(t, g) {
  const { to, backward: y } = edge(t, g), middle = g.cx(t) - g.c / 2, reach = g.level === "wide" ? 8 : 5.5;
  const start = middle + reach + 2;
  return cross(middle, y, reach, 1.8) + rect(start, y - 0.8, Math.max(0, to - start), 1.6);
}

/**
 * A norm under an arrow; with one digit, then in smaller type, where space is short.
 * @param {number} x @param {number} y @param {number} size @param {string} color @param {number} room px
 */
export function gradientLabel(x, y, size, color, room) {
  const fits = (/** @type {string} */ words) => Math.min(15, (room - 4) / (0.6 * words.length));
  const words = fits(compact(sci(size))) >= 12.5 || size >= 0.00995
    ? compact(sci(size))
    : compact(power(size));
  return label(x, y, words, { size: Math.max(11, fits(words)), color, family: LETTERS, weight: 600 });
}
