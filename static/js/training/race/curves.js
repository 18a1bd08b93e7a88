// The race as lines over steps, updates or time: the mean of the seeds, and a band from the least to the most.

import { channels } from "../../plot/colormap.js";
import { along, farthest } from "./x-axis.js";
import { curveFigure, roomFor } from "./axes.js";
import { shortNames } from "./names.js";
import { lineLook, strokes } from "./line-styles.js";

/** @typedef {"measure" | "accuracy"} Shown */
/** @typedef {import("./axes.js").CurveView} CurveView */

const HEIGHT = { wide: 300, phone: 290 }, BAND = 0.16;
const HIGHEST = 2.5; // times the first loss: what shoots up beyond leaves the picture
const TOP = 1.04, BELOW_CHANCE = 0.1;

/**
 * What is drawn of a contestant: by place the mean, and where seeds are told apart the least and the most.
 * @param {Contestant} contestant @param {import("./x-axis.js").Across} across @param {Shown} shown
 */
export function lineOf({ points }, across, shown) {
  const x = along(points, across), ranged = shown === "measure";
  const mean = ranged ? points.mean : points.accuracy;
  const seen = mean.flatMap((y, i) => y === null ? [] : [i]);
  return {
    x: seen.map((i) => x[i]),
    u: seen.map((i) => points.u[i]),
    mean: seen.map((i) => Number(mean[i])),
    min: seen.map((i) => Number((ranged ? points.min[i] : null) ?? mean[i])),
    max: seen.map((i) => Number((ranged ? points.max[i] : null) ?? mean[i])),
  };
}

/** Whether accuracy can be shown beside the measure. @param {Race} race */
export const hasAccuracy = ({ contestants, measure }) =>
  measure === "loss" &&
  contestants.some(({ points }) => points.accuracy.some((share) => share !== null));

/**
 * The range of y, which new points of a growing race seldom change.
 * @param {ReturnType<typeof lineOf>[]} lines
 * @param {Race} race @param {Shown} shown
 * @returns {[number, number]}
 */
export function rangeOf(lines, { measure, chance }, shown) {
  if (measure === "accuracy") {
    const low = (chance ?? 0) - BELOW_CHANCE, least = Math.min(low, ...lines.flatMap(({ min }) => min));
    return [Math.max(-0.02, least - 0.01), 1.03];
  }
  if (shown === "accuracy") return [-0.02, 1.03];
  const first = Math.max(0, ...lines.map(({ mean }) => mean[0] ?? 0));
  const most = Math.max(0, ...lines.flatMap(({ max }) => max));
  return [0, TOP * Math.min(most, HIGHEST * first) || 1];
}

/**
 * @param {Race} race
 * @param {CurveView} view
 * @param {Shown} [shown]
 * @param {import("./x-axis.js").Across} [across]
 * @returns {Figure}
 */
export function draw(race, view, shown = "measure", across = race.match) {
  const { words, colors, phone } = view, { contestants, measure } = race;
  const looks = strokes(contestants, colors), names = shortNames(contestants, words);
  const lines = contestants.map((contestant) => lineOf(contestant, across, shown));
  const shares = measure === "accuracy" || shown === "accuracy";
  const range = rangeOf(lines, race, shown),
    right = roomFor(race.chance === null ? names : [...names, words("training.race.chance")]);
  const bands = lines.map((line, i) => band(line, looks[i].color));
  const means = lines.map((line, i) => ({
    type: "scatter",
    ...lineLook(line.x, looks[i]),
    x: line.x,
    y: line.mean,
    customdata: line.u,
    meta: i,
    name: names[i],
    hovertemplate: `${names[i]}: %{y:${shares ? ".1%" : ".3f"}}<extra></extra>`,
  }));
  const ends = lines.flatMap((line, i) =>
    line.x.length
      ? [{
        x: line.x[line.x.length - 1],
        y: line.mean[line.mean.length - 1],
        text: names[i],
        color: looks[i].color,
      }]
      : []
  );
  const guess = race.chance === null || !shares ? [] : [{
    x: farthest(race, across),
    y: race.chance,
    text: words("training.race.chance"),
    color: colors.muted,
  }];
  return curveFigure({
    data: [...bands, ...means],
    shapes: guess.map(({ y, color }) => ({
      ...{ type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y },
      line: { color, width: 1.4, dash: "3px,4px" },
    })),
    ends: [...ends, ...guess],
    x: { range: [0, farthest(race, across)], title: words(`training.race.axis_${across}`) },
    y: { range, tickformat: shares ? ".0%" : undefined },
    height: HEIGHT[phone ? "phone" : "wide"],
    right,
  }, view);
}

/** @param {ReturnType<typeof lineOf>} line @param {string} color */
function band({ x, min, max }, color) {
  return {
    type: "scatter",
    mode: "lines",
    x: [...x, ...x.toReversed()],
    y: [...max, ...min.toReversed()],
    fill: "toself",
    fillcolor: `rgba(${channels(color).join()},${BAND})`,
    line: { width: 0 },
    hoverinfo: "skip",
  };
}
