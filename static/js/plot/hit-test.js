// Hit test: which point of a figure is under the pointer, as plotly.js would say.

/** @typedef {any} Trace */

const REACH = 0.5; // px: a point without a mark is this large

/**
 * @param {Pick<Figure, "data" | "layout">} figure
 * @param {number} x @param {number} y in the figure's coordinates
 * @returns {Point | null} the nearest point in reach, else the cell of a heat map
 */
export function pointAt({ data, layout }, x, y) {
  let least = Number(layout.hoverdistance), found = null, cell = null;
  for (const trace of /** @type {Trace[]} */ (data)) {
    if (trace.hoverinfo === "skip") continue;
    if (trace.type === "heatmap") cell ??= cellAt(trace, x, y);
    else {
      trace.x.forEach((/** @type {number} */ left, /** @type {number} */ i) => {
        const far = Math.max(0, Math.hypot(x - left, y - trace.y[i]) - REACH);
        if (far > least) return;
        least = far;
        found = { data: trace, pointNumber: i, customdata: trace.customdata?.[i] };
      });
    }
  }
  return /** @type {Point | null} */ (found ?? cell);
}

/** @param {Trace} trace @param {number} x @param {number} y */
function cellAt(trace, x, y) {
  const column = binOf(trace.x, x), row = binOf(trace.y, y);
  if (column < 0 || row < 0 || trace.z[row][column] === null) return null;
  return { data: trace, pointNumber: [row, column] };
}

/** Between which edges a value is; −1: outside. @param {number[]} edges from least to greatest @param {number} value */
const binOf = (edges, value) =>
  value > edges[edges.length - 1] ? -1 : edges.findLastIndex((edge) => edge <= value);
