// Plotly figures: what all share (pixel coordinates, no axes, no toolbar, no dragging), and shapes and labels for them.

// As in static/css/tokens.css.
export const LETTERS = '"BPTT Text", "Pretendard", system-ui, "Apple SD Gothic Neo", "Malgun Gothic", ' +
  '"Noto Sans KR", "Noto Sans CJK KR", sans-serif';
export const SYMBOLS = '"BPTT Math", "STIX Two Text", Georgia, "Noto Serif KR", serif';

const ROOM_FOR_BLOCK = 8; // px, on average: closer lines merge into gray

/**
 * @param {object[]} data
 * @param {object[]} shapes
 * @param {{left?: number, width: number, height: number, whole?: number}} size a part of the whole may be drawn
 * @param {View} view
 * @returns {Figure}
 */
export function figure(data, shapes, { left = 0, width, height, whole = width }, { font, colors }) {
  const axis = (/** @type {number[]} */ range) => ({ range, visible: false, fixedrange: true });
  return {
    data,
    layout: {
      width,
      height,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: font, color: colors.ink },
      showlegend: false,
      hovermode: "closest",
      hoverdistance: 16,
      dragmode: false,
      xaxis: axis([left, left + width]),
      yaxis: axis([height, 0]),
      shapes,
    },
    config: { displayModeBar: false, doubleClick: false, displaylogo: false, showSendToCloud: false },
    whole,
  };
}

/**
 * The part of a view that decides sizes and colors.
 * @param {View} view
 */
export function lookOf({ width, height, gutter, phone, unit, dark, colors, font, axis, range, lead }) {
  return { width, height, gutter, phone, unit, dark, colors, font, axis, range, lead };
}

/**
 * Approximate width of a text in pixels; full-width characters such as Hangul are nearly as wide as high.
 * @param {string} words
 * @param {number} size of the type
 */
export function textWidth(words, size) {
  return size * [...words].reduce((sum, letter) => sum + (/[\u1100-\uffdc]/.test(letter) ? 0.93 : 0.55), 0);
}

/**
 * Text at points.
 * @param {number[]} x
 * @param {number[]} y
 * @param {string[]} text
 * @param {{size: number | number[], color: string | string[], family?: string, weight?: number, style?: string}} font
 * @param {string | string[]} [textposition]
 */
export function text(
  x,
  y,
  text,
  { family = LETTERS, weight = 600, ...font },
  textposition = "middle center",
) {
  return {
    type: "scatter",
    mode: "text",
    x,
    y,
    text,
    textposition,
    hoverinfo: "skip",
    cliponaxis: false,
    textfont: { family, weight, ...font },
  };
}

/**
 * Marks of one style as one shape.
 * @param {string} path
 * @param {{fill?: string, opacity?: number, stroke?: string, width?: number, dash?: string, layer?: string}} style
 */
export function path(
  path,
  { fill = "rgba(0,0,0,0)", opacity = 1, stroke, width = 0, dash, layer = "below" },
) {
  return {
    type: "path",
    path: path || "M-9,-9L-9,-8",
    fillcolor: fill,
    fillrule: "nonzero",
    opacity,
    layer,
    line: { width: stroke ? width : 0, ...(stroke ? { color: stroke } : {}), ...(dash ? { dash } : {}) },
  };
}

/**
 * Text that moves with the truncation, as the label of an invisible shape.
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {{size: number, color: string, family?: string, weight?: number}} font
 * @param {"center" | "left"} [side] left: it begins at x
 */
export function label(x, y, words, font, side = "center") {
  return {
    type: "rect",
    x0: side === "left" ? x : x - 1,
    x1: x + 1,
    y0: y - 1,
    y1: y + 1,
    line: { width: 0 },
    fillcolor: "rgba(0,0,0,0)",
    layer: "above",
    label: { text: words, textposition: `middle ${side}`, ...(side === "left" && { padding: 0 }), font },
  };
}

/**
 * Whether the blocks of T steps have room for lines between them.
 * @param {unknown[]} blocks @param {number} T @param {number} c width of a column
 */
export const hasLines = (blocks, T, c) => c * T >= ROOM_FOR_BLOCK * blocks.length;

/**
 * Stripes behind the blocks and dashed lines between them, through a figure of any height.
 * @param {Result["blocks"]} blocks
 * @param {{x: (t: number) => number, c: number, top: number, bottom: number, steps?: number[], gaps?: [number, number][]}} place
 *   x of a column's center, which steps are drawn, and between which heights the lines leave room for words
 * @param {View} view
 * @param {(block: {start: number, stop: number}, index: number) => string} [name]
 */
export function bands(blocks, { x, c, top, bottom, steps, gaps = [] }, { colors, font }, name) {
  const left = (/** @type {number} */ t) => x(t) - c / 2;
  if (blocks.length < 2 || !hasLines(blocks, blocks[blocks.length - 1].stop, c)) return [];
  const first = steps?.[0] ?? 0, end = first + (steps?.length ?? Infinity);
  const seen = blocks.map((block, i) => ({ ...block, i })).filter((block) =>
    block.start < end && block.stop > first
  );
  const stripes = seen.map(({ i, ...block }) => ({
    type: "rect",
    x0: left(block.start),
    x1: left(block.stop),
    y0: top,
    y1: bottom,
    layer: "below",
    line: { width: 0 },
    fillcolor: i % 2 ? colors.zebra : "rgba(0,0,0,0)",
    ...(name && {
      label: {
        text: name(block, i),
        textposition: "top center",
        padding: 3,
        font: { size: 13, color: colors.muted, family: font },
      },
    }),
  }));
  const ends = [top, ...gaps.flat(), bottom];
  const parts = Array.from({ length: ends.length / 2 }, (_, i) => [ends[2 * i], ends[2 * i + 1]]);
  const lines = seen.flatMap(({ start, i }) =>
    i ? parts.map(([from, to]) => `M${left(start)},${from}L${left(start)},${to}`) : []
  );
  return [...stripes, path(lines.join(""), { stroke: colors.ink, width: 1.5, dash: "5px,5px" })];
}
