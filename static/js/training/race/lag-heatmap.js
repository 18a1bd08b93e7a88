// Lag heatmap of the recall task: final accuracy by lag and block length k, with the staircase k = lag.

import { wholePercent } from "../../lib/format.js";
import { channels, inkOn } from "../../plot/colormap.js";

const WAVERING = 0.2; // between the best and the worst seed
const MARGIN = { left: 44, right: 2, top: 4, bottom: 44 };
const ROW = 44, TYPE = 15;

/** @typedef {Pick<LabView, "width" | "colors" | "font" | "words">} HeatView */

/** Whether another kind of processor shows another percentage. @param {{change?: Num}} cell */
export const isUnsure = ({ change }) => Number(change ?? 0) >= 0.005;

/**
 * The text of a cell: percent, with a star if the seeds disagree; empty until measured.
 * @param {Pick<MapCell, "mean" | "min" | "max"> & {diverged?: number, change?: Num}} cell
 */
export function accuracyText({ mean, min, max, diverged = 0, change = 0 }) {
  if (mean === null) return "";
  return `${isUnsure({ change }) ? "≈" : ""}${wholePercent(mean).slice(0, -1)}${
    diverged || Number(max) - Number(min) > WAVERING ? "*" : ""
  }`;
}

/**
 * The corners of the staircase k = lag between cells; above it, k is larger.
 * @param {number[]} lags @param {number[]} ks both rising
 * @returns {[number, number][]} in cells, from the left and from below
 */
export function stairs(lags, ks) {
  const heights = lags.map((lag) => ks.filter((k) => k <= lag).length);
  return heights.flatMap((height, i) => /** @type {[number, number][]} */ ([[i, height], [i + 1, height]]));
}

/** Accuracy as a share of the distance from chance to 1. @param {number} mean @param {number} chance */
export const shareAboveChance = (mean, chance) => Math.min(1, Math.max(0, (mean - chance) / (1 - chance)));

/** A color between the background and forward blue. @param {number} at @param {Record<string, string>} colors */
export function shade(at, { background, forward }) {
  const [from, to] = [channels(background), channels(forward)];
  return from.map((channel, i) => Math.round(channel + (to[i] - channel) * at));
}

/** The layout of the cells in the figure, in px. @param {LagMap} map @param {number} width */
export function placeOf({ lags, ks }, width) {
  const inner = width - MARGIN.left - MARGIN.right;
  return { ...MARGIN, width: inner, height: ROW * ks.length, column: inner / lags.length, row: ROW };
}

/** @param {LagMap} map @param {HeatView} view @param {number} chance @returns {Figure} */
export function draw(map, view, chance) {
  const { lags, ks } = map, { colors, font, words, width } = view, place = placeOf(map, width);
  const height = place.height + MARGIN.top + MARGIN.bottom;
  const z = ks.map((k) => lags.map((lag) => cellAt(map, lag, k)?.mean ?? null));
  const known = map.cells.filter(({ mean }) => mean !== null);
  const steps = stairs(lags, ks).map(([x, y]) => `${x - 0.5},${y - 0.5}`).join("L");
  const scale = [0, 0.25, 0.5, 0.75, 1].map((at) => [at, `rgb(${shade(at, colors).join()})`]);
  const axis = {
    fixedrange: true,
    zeroline: false,
    showgrid: false,
    tickfont: { size: TYPE - 1 },
    ticks: "",
  };
  const title = (/** @type {string} */ key) => ({
    text: words(key),
    font: { size: 14, color: colors.muted },
    standoff: 4,
  });
  return {
    data: [{
      type: "heatmap",
      x: lags.map((_, i) => i),
      y: ks.map((_, i) => i),
      z,
      zmin: chance,
      zmax: 1,
      colorscale: scale,
      showscale: false,
      hoverinfo: "skip",
      xgap: 2,
      ygap: 2,
    }, {
      type: "scatter",
      mode: "text",
      x: known.map(({ lag }) => lags.indexOf(lag)),
      y: known.map(({ k }) => ks.indexOf(k)),
      text: known.map(accuracyText),
      textfont: {
        size: TYPE,
        weight: 600,
        family: font,
        color: known.map(({ mean }) => inkOn(shade(shareAboveChance(Number(mean), chance), colors))),
      },
      hoverinfo: "skip",
    }],
    layout: {
      width,
      height,
      margin: { l: MARGIN.left, r: MARGIN.right, t: MARGIN.top, b: MARGIN.bottom },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: colors.panel,
      font: { family: font, color: colors.ink },
      showlegend: false,
      hovermode: false,
      dragmode: false,
      xaxis: {
        ...axis,
        range: [-0.5, lags.length - 0.5],
        tickvals: lags.map((_, i) => i),
        ticktext: lags.map(String),
        title: title("training.map.lag"),
      },
      yaxis: {
        ...axis,
        range: [-0.5, ks.length - 0.5],
        tickvals: ks.map((_, i) => i),
        ticktext: ks.map(String),
        title: title("training.map.k"),
      },
      shapes: [{
        type: "path",
        path: `M${steps}`,
        fillcolor: "rgba(0,0,0,0)",
        layer: "above",
        line: { color: colors.ink, width: 4 },
      }],
    },
    config: { displayModeBar: false, doubleClick: false, displaylogo: false, showSendToCloud: false },
    whole: width,
  };
}

/** @param {LagMap} map @param {number} lag @param {number} k */
export function cellAt({ cells }, lag, k) {
  return cells.find((cell) => cell.lag === lag && cell.k === k);
}
