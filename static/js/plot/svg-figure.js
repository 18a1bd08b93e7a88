// Draws a Plotly figure as SVG without plotly.js: exactly the kinds of traces and shapes of the unrolled graph, placed
// as plotly.js places them. A figure with anything else is refused, not guessed.

import { node } from "../lib/tree.js";
import { channels } from "./colormap.js";

/** @typedef {any} Part a trace or a shape of a figure, which is checked before it is read */
/** @typedef {{x: number, y: number, width: number, height: number, fill: string}} Cell */
/**
 * @typedef {object} Pens what only a page can do
 * @property {(width: number, height: number, cells: Cell[]) => string} image paints cells; returns the URL of the image
 * @property {(text: string, font: {size: number, family: string, weight: string | number}) => number} height of a text
 */

const LETTERS = [
  "type",
  "mode",
  "x",
  "y",
  "text",
  "textposition",
  "textfont",
  "hoverinfo",
  "cliponaxis",
  "opacity",
];
const MARKERS = ["type", "mode", "x", "y", "marker", "hoverinfo", "cliponaxis", "opacity"];
const POINTS = ["type", "mode", "x", "y", "customdata", "hoverinfo"];
const HEAT = [
  ...["type", "meta", "x", "y", "z", "zmin", "zmax", "showscale", "xgap", "ygap", "hoverongaps", "hoverinfo"],
  ...["colorscale", "opacity"],
];
const SHAPE = ["type", "opacity", "layer", "line", "fillcolor"];
const PATH = [...SHAPE, "path", "fillrule"], RECT = [...SHAPE, "x0", "x1", "y0", "y1", "label"];
const PLACES = ["middle center", "middle left", "middle right"],
  LABELS = ["middle center", "middle left", "top center"];
const MARKUP = /<[^<>]*>|&[^;\s]*;|[\n\r]/; // what plotly.js would not write as it is
const ANCHORS = { left: "end", right: "start", center: "middle" }; // plotly.js names the side of the point
const LONG = /-?\d+\.\d{3,}/g;
const PADDING = 3; // px of a label, unless it says otherwise

/** A coordinate as plotly.js rounds it. @param {number} value */
const px = (value) => Math.round(100 * value) / 100;

/** Whether a figure has only what is drawn here. @param {Pick<Figure, "data" | "layout">} figure */
export function canDraw({ data, layout }) {
  const { width, height, margin, xaxis, yaxis, shapes } = /** @type {Part} */ (layout);
  const [left, right] = xaxis.range, plain = [xaxis, yaxis].every(({ visible }) => visible === false);
  return plain && Object.values(margin).every((space) => space === 0) &&
    [left, width, height].every(Number.isInteger) && right - left === width &&
    yaxis.range[0] === height && yaxis.range[1] === 0 &&
    data.every(isKnownTrace) && shapes.every(isKnownShape);
}

/** @param {Part} part @param {string[]} names */
const has = (part, names) => Object.keys(part).every((name) => names.includes(name));

/** @param {Part} trace */
function isKnownTrace(trace) {
  const { type, mode, text, textposition, marker, xgap, showscale } = trace;
  if (type === "heatmap") return has(trace, HEAT) && showscale === false && xgap > 0;
  if (type !== "scatter") return false;
  if (mode === "none") return has(trace, POINTS);
  if (mode === "markers") return has(trace, MARKERS) && marker.line.width === 0 && !marker.symbol;
  return mode === "text" && has(trace, LETTERS) && [textposition].flat().every((at) => PLACES.includes(at)) &&
    !text.some((/** @type {string} */ word) => MARKUP.test(word));
}

/** @param {Part} shape */
function isKnownShape(shape) {
  const { type, label, layer } = shape;
  if (layer !== "below" && layer !== "above") return false;
  if (type === "path") return has(shape, PATH);
  return type === "rect" && has(shape, RECT) &&
    (!label || LABELS.includes(label.textposition) && !MARKUP.test(label.text));
}

/**
 * A figure that can be drawn.
 * @param {Pick<Figure, "data" | "layout">} figure @param {Pens} pens @returns {Tree}
 */
export function drawing({ data, layout }, pens) {
  const { width, height, xaxis, shapes, font } = /** @type {Part} */ (layout), left = xaxis.range[0];
  const on = (/** @type {string} */ layer) =>
    shapes.filter((/** @type {Part} */ shape) => shape.layer === layer)
      .map((/** @type {Part} */ shape) => shapeNode(shape, font, pens));
  const of = (/** @type {string} */ type) =>
    /** @type {Part[]} */ (data).filter((trace) => trace.type === type);
  return node(
    "svg",
    { class: "svg-figure", width, height, viewBox: `${left} 0 ${width} ${height}` },
    ...on("below"),
    ...of("heatmap").map((trace) => heatNode(trace, pens)),
    ...of("scatter").map(scatterNode),
    ...on("above"),
  );
}

/** @param {Part} shape @param {{family: string}} usual @param {Pens} pens @returns {Tree} */
function shapeNode({ type, path, x0, x1, y0, y1, label, ...style }, usual, pens) {
  const { opacity, fillcolor, fillrule, line } = style, stroke = line.width ? line.color : undefined;
  const drawn = node("path", {
    d: type === "path"
      ? path.replace(LONG, (/** @type {string} */ number) => px(Number(number)))
      : `M${px(x0)},${px(y0)}H${px(x1)}V${px(y1)}H${px(x0)}Z`,
    fill: fillcolor,
    "fill-rule": fillrule ?? "evenodd",
    opacity: opacity === 1 ? undefined : opacity,
    stroke,
    "stroke-width": stroke && line.width,
    "stroke-dasharray": stroke && line.dash,
  });
  if (!label?.text) return drawn;
  const { text, textposition, padding = PADDING } = label,
    font = { weight: "normal", ...usual, ...label.font };
  const y = textposition === "top center"
    ? px(Math.min(y0, y1)) + padding + font.size
    : (px(y0) + px(y1)) / 2 - pens.height(text, font) / 2 + font.size; // by its box, as plotly.js does
  const [x, anchor] = textposition === "middle left"
    ? [px(x0) + padding, "start"]
    : [(px(x0) + px(x1)) / 2, "middle"];
  return node("g", {}, drawn, letters(x, y, text, anchor, font));
}

/** @param {number} x @param {number} y of the baseline @param {string} text @param {string} anchor @param {Part} font */
function letters(x, y, text, anchor, { size, color, family, weight, style }) {
  return node("text", {
    x,
    y,
    fill: color,
    "text-anchor": anchor,
    "font-size": size,
    "font-family": family,
    "font-weight": weight,
    "font-style": style,
  }, text);
}

/** @param {Part} trace @returns {Tree} */
function scatterNode({ mode, x, y, text, textposition, textfont, marker, opacity }) {
  /** @param {any} value for all points, or one of each @param {number} i */
  const at = (value, i) => Array.isArray(value) ? value[i] : value;
  const points = mode === "none" ? [] : x.flatMap((/** @type {number} */ left, /** @type {number} */ i) => {
    if (mode === "markers") {
      const look = { fill: at(marker.color, i), opacity: at(marker.opacity, i) };
      return [node("circle", { cx: px(left), cy: px(y[i]), r: at(marker.size, i) / 2, ...look })];
    }
    if (!text[i]) return [];
    const side = /** @type {keyof typeof ANCHORS} */ (at(textposition, i).split(" ")[1]),
      anchor = ANCHORS[side];
    const font = { ...textfont, size: at(textfont.size, i), color: at(textfont.color, i) };
    return [letters(px(left), px(y[i]) + 0.25 * font.size, text[i], anchor, font)];
  });
  return node("g", { opacity }, ...points);
}

/** A heat map is an image of whole pixels, so that its cells have sharp edges. @param {Part} trace @param {Pens} pens */
function heatNode(trace, pens) {
  const { x, y, width, height, cells } = heatCells(trace);
  const href = pens.image(width, height, cells);
  return node("image", { x, y, width, height, href, preserveAspectRatio: "none", opacity: trace.opacity });
}

/** The cells of a heat map in its image. @param {Part} trace */
export function heatCells({ x, y, z, zmin, zmax, xgap, ygap, colorscale }) {
  const [columns, lines] = [x, y].map(edges);
  const color = scale(colorscale, zmin, zmax);
  /** @type {Cell[]} */
  const cells = [];
  z.forEach((/** @type {(number | null)[]} */ row, /** @type {number} */ j) =>
    row.forEach((value, i) => {
      const wide = columns.at[i + 1] - columns.at[i], high = lines.at[j + 1] - lines.at[j];
      if (value === null || !wide || !high) return;
      cells.push({
        x: columns.at[i] + Math.floor(xgap / 2),
        y: lines.at[j] + Math.floor(ygap / 2),
        width: wide - xgap,
        height: high - ygap,
        fill: color(value),
      });
    })
  );
  return { x: columns.first, y: lines.first, width: columns.size, height: lines.size, cells };
}

/** The edges of cells in whole pixels from the first. @param {number[]} values */
function edges(values) {
  const [first, ...others] = values.map(px), size = Math.round(others[others.length - 1] - first);
  return { first, size, at: [0, ...others.map((at) => Math.min(size, Math.round(at - first)))] };
}

/** Colors between the ends of a scale. @param {[number, string][]} colorscale @param {number} zmin @param {number} zmax */
function scale(colorscale, zmin, zmax) {
  const stops = colorscale.map(([at, color]) => ({ at, color: channels(color) }));
  return (/** @type {number} */ value) => {
    const share = Math.max(0, Math.min(1, (value - zmin) / (zmax - zmin)));
    const i = Math.max(1, stops.findIndex(({ at }) => at >= share)), [from, to] = [stops[i - 1], stops[i]];
    const part = (share - from.at) / (to.at - from.at);
    const mixed = from.color.map((channel, n) => Math.round(channel + part * (to.color[n] - channel)));
    return `rgb(${mixed.join(",")})`;
  };
}
