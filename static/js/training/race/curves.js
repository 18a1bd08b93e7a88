// Learning curves of the race: the mean over the seeds, and a band from the minimum to the maximum.

import { xMax, xValues } from "./x-axis.js";
import { curveFigure, placeable, roomFor } from "./axes.js";
import { shortNames } from "./names.js";
import { lineStyles, traceStyle } from "./line-styles.js";
import { inUnit, ticksOf, written } from "./loss-units.js";

/** @typedef {"measure" | "accuracy" | "bits" | "perplexity"} Quantity what the curves show; the last two are the loss in another unit */
/** @typedef {import("./axes.js").CurveView} CurveView */

const HEIGHT = 300, BAND = 0.13;
const HIGHEST = 2.5; // times the first loss: what shoots up beyond leaves the picture
const TOP = 1.04, BELOW_CHANCE = 0.1;
const EXPLODED = 50; // a loss that no untrained network has unless its states explode

/**
 * The drawn points of a contestant: the mean, and the minimum and maximum over the seeds where they are known.
 * @param {Contestant} contestant @param {import("./x-axis.js").XAxis} xAxis @param {Quantity} quantity
 */
export function lineOf({ points }, xAxis, quantity) {
  const x = xValues(points, xAxis), ranged = quantity !== "accuracy";
  const mean = ranged ? points.mean : points.accuracy;
  const known = mean.flatMap((y, i) => y === null ? [] : [i]);
  return {
    x: known.map((i) => x[i]),
    u: known.map((i) => points.u[i]),
    mean: known.map((i) => Number(mean[i])),
    min: known.map((i) => Number((ranged ? points.min[i] : null) ?? mean[i])),
    max: known.map((i) => Number((ranged ? points.max[i] : null) ?? mean[i])),
  };
}

/** The unit of the loss on the axis. @param {Quantity} quantity @returns {import("./loss-units.js").Unit} */
export const unitOf = (quantity) => quantity === "bits" || quantity === "perplexity" ? quantity : "nats";

/** Whether accuracy can be shown beside the measure. @param {Race} race */
export const hasAccuracy = ({ contestants, measure }) =>
  measure === "loss" &&
  contestants.some(({ points }) => points.accuracy.some((share) => share !== null));

/**
 * The range of y, which new points of a growing race seldom change.
 * @param {ReturnType<typeof lineOf>[]} lines
 * @param {Race} race @param {Quantity} quantity
 * @returns {[number, number]}
 */
export function rangeOf(lines, { measure, chance }, quantity) {
  if (measure === "accuracy") {
    const low = (chance ?? 0) - BELOW_CHANCE, smallest = Math.min(low, ...lines.flatMap(({ min }) => min));
    return [Math.max(-0.02, smallest - 0.01), 1.03];
  }
  if (quantity === "accuracy") return [-0.02, 1.03];
  const first = Math.max(0, ...lines.map(({ mean }) => mean.find((y) => y < EXPLODED) ?? mean[0] ?? 0));
  const largest = Math.max(0, ...lines.flatMap(({ max }) => max));
  return [0, Math.min(Number.MAX_VALUE, TOP * Math.min(largest, HIGHEST * first)) || 1];
}

/**
 * @param {Race} race
 * @param {CurveView} view
 * @param {Quantity} [quantity]
 * @param {import("./x-axis.js").XAxis} [xAxis]
 * @returns {Figure}
 */
export function draw(race, view, quantity = "measure", xAxis = race.match) {
  const { words, colors, height = HEIGHT, isRunning = false } = view, { contestants, measure } = race;
  const looks = lineStyles(contestants, colors), names = shortNames(contestants, words);
  const lines = contestants.map((contestant) => lineOf(contestant, xAxis, quantity));
  const shares = measure === "accuracy" || quantity === "accuracy", lossUnit = unitOf(quantity);
  const range = rangeOf(lines, race, quantity),
    high = range[1],
    right = roomFor(race.chance === null ? names : [...names, words("training.race.chance")]);
  const bands = lines.flatMap((line, i) =>
    contestants[i].state === "carried" ? [band(line, high, looks[i].color)] : []
  );
  const means = lines.map((line, i) => ({
    type: "scatter",
    ...traceStyle(looks[i]),
    x: line.x,
    y: placeable(line.mean, high),
    customdata: line.u,
    meta: i,
    name: names[i],
    ...(lossUnit === "nats" ? {} : { text: line.mean.map((loss) => written(inUnit(loss, lossUnit))) }),
    hovertemplate: `${names[i]}: %{${
      lossUnit === "nats" ? `y:${shares ? ".1%" : ".3f"}` : "text"
    }}<extra></extra>`,
  }));
  const ends = lines.flatMap((line, i) =>
    line.x.length
      ? [{
        x: line.x[line.x.length - 1],
        y: placeable(line.mean.slice(-1), high)[0],
        text: names[i],
        look: looks[i],
      }]
      : []
  );
  const guess = race.chance === null || !shares ? [] : [{
    x: xMax(race, xAxis),
    y: race.chance,
    text: words("training.race.chance"),
  }];
  return curveFigure({
    data: [...bands, ...means],
    shapes: [
      ...(isRunning ? stillToCome(lines, xMax(race, xAxis), colors) : []),
      ...guess.map(({ y }) => ({
        ...{ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y },
        line: { color: colors.muted, width: 1.4, dash: "3px,4px" },
      })),
    ],
    ends: [...ends, ...guess],
    x: { range: [0, xMax(race, xAxis)], title: words(`training.race.axis_${xAxis}`) },
    y: { range, tickformat: shares ? ".0%" : undefined, ticks: ticksOf(high, lossUnit) },
    height,
    right,
  }, view);
}

/** What a race that is running has not reached. @param {ReturnType<typeof lineOf>[]} lines @param {number} end @param {Record<string, string>} colors */
function stillToCome(lines, end, { panel, ink }) {
  const now = Math.max(0, ...lines.flatMap(({ x }) => x.slice(-1)));
  const whole = { xref: "x", yref: "paper", y0: 0, y1: 1, layer: "below" };
  return now >= end ? [] : [
    { ...whole, type: "rect", x0: now, x1: end, fillcolor: panel, line: { width: 0 } },
    { ...whole, type: "line", x0: now, x1: now, line: { color: ink, width: 1.6 } },
  ];
}

/** @param {ReturnType<typeof lineOf>} line @param {number} high @param {string} color */
function band({ x, min, max }, high, color) {
  return {
    type: "scatter",
    mode: "lines",
    x: [...x, ...x.toReversed()],
    y: placeable([...max, ...min.toReversed()], high),
    fill: "toself",
    fillcolor: color,
    opacity: BAND,
    line: { width: 0 },
    hoverinfo: "skip",
  };
}
