// Path of one loss's gradient back through the unrolled graph; beyond the cut, what it would have brought is hatched.

import { creditTable } from "../credit/table.js";
import { hasLines, path, textWidth } from "../../plot/figure.js";
import { arrow, disc, rect, roundBox } from "../../plot/paths.js";
import { bucketOf, BUCKETS, gradientRange, length, position, widthOf } from "../../plot/scale.js";
import { MIDDLE, numberAt, unknownAt } from "./backward.js";
import { addCut, addLost, cutPlace, noCuts } from "./cuts.js";
import { backwardPlaces } from "./places.js";
import { calloutShapes } from "./callout.js";
import { discSizes, lossNumber, lossPlace } from "./traces.js";

const PALE = 0.55; // of the background, over what is not chosen
const RING = 7; // px that the ring around a chosen loss is wider than its disc

/**
 * The gradient marks while a loss is chosen: the same kinds as for all losses, with the shapes behind and above them.
 * @param {Result} result
 * @param {View} view
 * @param {Geometry} g
 */
export function pathMarks(result, view, g) {
  const paths = {
    buckets: Array(BUCKETS).fill(""),
    thin: "",
    cuts: noCuts(),
    labels: /** @type {object[]} */ ([]),
    behind: /** @type {object[]} */ ([]),
  };
  const { colors, pair } = view, table = creditTable(result);
  if (!pair || table.n < table.T) return paths;
  const { s, t: reached } = pair, range = gradientRange(result), { vertical, widest } = g.arrow;
  let pills = "";
  if (g.level !== "compact" && table.has(s) && length(result.full.dh_output[s])) {
    const { loss, output } = backwardPlaces(s, g);
    if (g.has("err", s)) paths.thin += arrow(...loss, vertical);
    if (g.has("out", s)) paths.thin += arrow(...output, vertical);
  }
  const isUncut = view.story ? view.story.beat < 3 : false; // the scissors of the story have not come yet
  for (let t = s - 1; t >= (view.story?.until ?? 0) && table.has(s); t -= 1) {
    const kept = isUncut || table.kept(s, t) > 0,
      before = isUncut || table.kept(s, t + 1) > 0;
    if (!g.has("back", t + 1)) continue;
    for (const { chain, place: [to, y, from] } of backwardPlaces(t + 1, g).past) {
      if (g.veiled("back", t + 1)) {
        paths.buckets[bucketOf(MIDDLE)] += arrow(to, y, from, y, widthOf(MIDDLE, widest));
        if (g.level !== "compact") paths.labels.push(unknownAt(t + 1, g, chain, colors.backward));
        continue;
      }
      if (kept && t >= reached && view.isSelected) {
        pills += roundBox((from + to) / 2, y, Math.max(30, to - from + 6), thickOf(g), 12);
      }
      const size = sizeAlong(result, chain.vector, s, t);
      if (!size) continue;
      const width = widthOf(position(size, range), widest);
      if (before && !kept) addCut(paths.cuts, t + 1, chain, size, g, range);
      else if (kept) paths.buckets[bucketOf(position(size, range))] += arrow(to, y, from, y, width);
      else addLost(paths.cuts, to, from, y, width);
      const isCut = before && !kept, color = kept ? colors.backward : colors.muted;
      paths.labels.push(
        ...numberAt(t + 1, size, g, chain, color, [from, isCut ? cutPlace(t + 1, g) : to], isCut),
      );
    }
  }
  paths.behind.push(path(pills, { fill: colors.select, opacity: 0.3 }));
  paths.labels.push(
    path(otherLosses(result, g, s), { fill: colors.background, opacity: PALE, layer: "above" }),
    path(otherLosses(result, g, s, isShaded(result, g)), {
      fill: colors.zebra,
      opacity: PALE,
      layer: "above",
    }),
    ...(view.story ? calloutShapes(result, view, g) : [ringOnPrediction(g, s, colors)]),
    path(ringAround(result, g, s), { stroke: colors.loss, width: 2, layer: "above" }),
  );
  return paths;
}

/** What loss s sends to step t along one vector. @param {Result} result @param {"h" | "c"} vector @param {number} s @param {number} t */
const sizeAlong = ({ credit, credit_c_future: along }, vector, s, t) =>
  vector === "h" ? credit[s][t] : along?.[s][t] ?? null;

/** The height of a highlight on an arrow. @param {Geometry} g */
const thickOf = ({ level, chains }) => level === "wide" && chains.length < 2 ? 30 : 24;

/** Whether a step is in a shaded block, where a cover is shaded too. @param {Result} result @param {Geometry} g */
function isShaded({ blocks, tokens }, { c }) {
  const shaded = hasLines(blocks, tokens.length, c) ? blocks.filter((_, i) => i % 2) : [];
  return (/** @type {number} */ t) => shaded.some(({ start, stop }) => start <= t && t < stop);
}

/** Pale covers over the losses and predictions that are not chosen. @param {Result} result @param {Geometry} g @param {number} chosen @param {(t: number) => boolean} [of] at which steps */
function otherLosses(result, g, chosen, of = () => true) {
  if (g.level === "compact") return "";
  const sizes = discSizes(result, g), { output, rows } = g;
  return g.steps.filter((t) => t !== chosen && of(t)).map((t) => {
    const isDrawn = result.forward.loss[t] !== null && g.has("L", t);
    return (isDrawn ? numberCover(result, t, g) + disc(lossPlace(t, g), rows.loss, sizes[t] + 0.8) : "") +
      (g.has("y", t) ? roundBox(g.cx(t), rows.output, output.width + 2, output.height + 2, 7) : "");
  }).join("");
}

/** A cover over the number of a loss. @param {Result} result @param {number} t @param {Geometry} g */
function numberCover(result, t, g) {
  const number = lossNumber(result, t, g);
  if (!number) return "";
  const { x, y, words, size, side } = number, width = textWidth(words, size) + 6;
  return rect(side === "middle right" ? x : x - width / 2, y - 0.7 * size, width, 1.4 * size);
}

/** The frame of the prediction that a loss is of. @param {Geometry} g @param {number} chosen @param {View["colors"]} colors */
function ringOnPrediction(g, chosen, colors) {
  const { output, rows } = g, isThere = g.level !== "compact" && g.has("y", chosen);
  const frame = isThere ? roundBox(g.cx(chosen), rows.output, output.width, output.height, 7) : "";
  return path(frame, { stroke: colors.loss, width: 2, layer: "above" });
}

/** @param {Result} result @param {Geometry} g @param {number} chosen */
function ringAround(result, g, chosen) {
  if (g.level === "compact" || result.forward.loss[chosen] === null || !g.has("L", chosen)) return "";
  return disc(lossPlace(chosen, g), g.rows.loss, discSizes(result, g)[chosen] + RING);
}
