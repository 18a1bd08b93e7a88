// Gradient norms during the race, on a logarithmic axis.

import { decade } from "../../lib/format.js";
import { xMax, xValues } from "./x-axis.js";
import { curveFigure, roomFor } from "./axes.js";
import { shortNames } from "./names.js";
import { lineStyles, traceStyle } from "./line-styles.js";

const HEIGHT = 240, LEAST = 1e-12, MOST = 20; // decades with a tick each

/** The points of a contestant that stand on a logarithmic axis. @param {Contestant} contestant @param {import("./x-axis.js").XAxis} xAxis */
export function decades({ points }, xAxis) {
  const x = xValues(points, xAxis);
  const known = points.grad.flatMap((size, i) => size !== null && size > LEAST ? [i] : []);
  return { x: known.map((i) => x[i]), y: known.map((i) => Math.log10(Number(points.grad[i]))) };
}

/** @param {Race} race @param {import("./axes.js").CurveView} view @param {import("./x-axis.js").XAxis} [xAxis] @returns {Figure} */
export function draw(race, view, xAxis = race.match) {
  const { words, colors } = view, { contestants } = race;
  const looks = lineStyles(contestants, colors), names = shortNames(contestants, words);
  const lines = contestants.map((contestant) => decades(contestant, xAxis));
  const sizes = lines.flatMap(({ y }) => y), min = Math.min(0, ...sizes), max = Math.max(0, ...sizes);
  const low = Math.floor(min), high = Math.max(low + 1, Math.ceil(max));
  const every = Math.max(1, Math.ceil((high - low) / MOST));
  const at = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + every * i);
  return curveFigure({
    data: lines.map(({ x, y }, i) => ({
      type: "scatter",
      ...traceStyle(looks[i]),
      x,
      y,
      hoverinfo: "skip",
    })),
    ends: lines.flatMap(({ x, y }, i) =>
      x.length ? [{ x: x[x.length - 1], y: y[y.length - 1], text: names[i], look: looks[i] }] : []
    ),
    x: { range: [0, xMax(race, xAxis)], title: words(`training.race.axis_${xAxis}`) },
    y: { range: [low, high], ticks: { at, text: at.map(decade) } },
    height: HEIGHT,
    right: roomFor(names),
  }, view);
}
