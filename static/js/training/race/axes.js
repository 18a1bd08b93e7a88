// Figure of curves with fixed axes and a label at the end of each line.

import { textWidth } from "../../plot/figure.js";
import { isZeros, markerStyle } from "./line-styles.js";
import { spreadLabels } from "./spread.js";

export const MARGIN = { left: 52, top: 10, bottom: 44 };
const FAR = 1e6; // times the height of the axis
const LABEL = 14, LABEL_GAP = 17, AROUND_LABEL = 14; // px
const BOLD = 1.12; // times as wide

/** @typedef {{range: [number, number], title?: string, type?: string, tickformat?: string, ticks?: {at: number[], text: string[]}}} Axis */
/** @typedef {{x: number, y: number, text: string, look?: import("./line-styles.js").LineStyle}} End the end of a line; look: of a contestant */
/** @typedef {Pick<LabView, "width" | "phone" | "colors" | "font" | "words"> & {height?: number, isRunning?: boolean}} CurveView */

/** Values that an axis up to a highest one can show: far above it, but not so far that a browser cannot place them. @param {number[]} values @param {number} high */
export const placeable = (values, high) => values.map((value) => Math.min(value, FAR * high));

/** How wide the names at the lines' ends are. @param {string[]} names */
export const roomFor = (names) =>
  Math.max(...names.map((name) => BOLD * textWidth(name, LABEL)), 24) + AROUND_LABEL;

/**
 * @param {{data: object[], shapes?: object[], ends: End[], x: Axis, y: Axis, height: number, right: number}} parts
 * @param {CurveView} view
 * @returns {Figure}
 */
export function curveFigure({ data, shapes = [], ends, x, y, height, right }, view) {
  const { width, colors, font } = view, plot = height - MARGIN.top - MARGIN.bottom;
  return {
    data: [...data, ...markers(ends, colors), ...labels(ends, y, plot, font, colors)],
    layout: {
      width,
      height,
      margin: { l: MARGIN.left, r: right, t: MARGIN.top, b: MARGIN.bottom },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: font, size: 14, color: colors.ink },
      showlegend: false,
      hovermode: "closest",
      hoverdistance: 24,
      dragmode: false,
      hoverlabel: { bgcolor: colors.panel, bordercolor: colors.line, font: { color: colors.ink, size: 14 } },
      xaxis: axis(x, colors, view.phone ? 5 : 8),
      yaxis: axis(y, colors, 6),
      shapes,
    },
    config: { displayModeBar: false, doubleClick: false, displaylogo: false, showSendToCloud: false },
    whole: width,
  };
}

/** @param {Axis} axis @param {Record<string, string>} colors @param {number} max ticks */
function axis({ range, title, type = "linear", tickformat = ",", ticks }, colors, max) {
  return {
    range,
    type,
    fixedrange: true,
    zeroline: false,
    gridcolor: colors.line,
    linecolor: colors.line,
    tickfont: { size: 13 },
    ...(title ? { title: { text: title, font: { size: 14, color: colors.muted }, standoff: 6 } } : {}),
    ...(ticks ? { tickvals: ticks.at, ticktext: ticks.text } : { tickformat, nticks: max }),
  };
}

/** The markers at the ends of the lines. @param {End[]} ends @param {Record<string, string>} colors */
function markers(ends, { background }) {
  return ends.flatMap(({ x, y, look }) =>
    look
      ? [{
        type: "scatter",
        mode: "markers",
        x: [x],
        y: [y],
        marker: markerStyle(look, background),
        hoverinfo: "skip",
        cliponaxis: false,
      }]
      : []
  );
}

/** The names, apart from each other. @param {End[]} ends @param {Axis} y @param {number} plot px of the plot's height @param {string} family @param {Record<string, string>} colors */
function labels(ends, { range: [low, high] }, plot, family, { ink, muted }) {
  const ideal = ends.map((end) => plot * (high - Math.min(high, Math.max(low, end.y))) / (high - low));
  const placed = spreadLabels(ideal, LABEL_GAP, 4, plot - 4);
  return ends.map(({ x, text, look }, i) => ({
    type: "scatter",
    mode: "text",
    x: [x],
    y: [high - placed[i] * (high - low) / plot],
    text: [`\u2002${text}`],
    textposition: "middle right",
    textfont: {
      size: LABEL,
      color: look && !isZeros(look) ? ink : muted,
      weight: look && !isZeros(look) ? 600 : 400,
      family,
    },
    hoverinfo: "skip",
    cliponaxis: false,
  }));
}
