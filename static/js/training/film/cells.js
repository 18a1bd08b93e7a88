// Numbers as colored cells; one path for each color, so that a wide matrix is a few elements and not
// thousands.

import { rect } from "../../plot/paths.js";
import { inkOn as readable, ramp } from "../../plot/colormap.js";
import { node } from "../../lib/tree.js";

const SHADES = 24; // to either side of zero
const MOST = 32; // cells in a row or a column: of more, the largest of each group is shown

/**
 * @param {Table} values by row
 * @param {{x: number, y: number, width: number, height: number, gap?: number}} box
 * @param {number} limit the size that has the full color
 * @param {Record<string, string>} colors
 */
export function cells(values, box, limit, colors) {
  const pooledValues = pooled(values), gap = box.gap ?? 0;
  /** @type {Map<number, string>} */
  const paths = new Map();
  const h = box.height / pooledValues.length, w = box.width / pooledValues[0].length;
  pooledValues.forEach((row, i) =>
    row.forEach((value, j) => {
      const step = stepOf(value, limit), x = box.x + j * w + gap / 2, y = box.y + i * h + gap / 2;
      paths.set(step, (paths.get(step) ?? "") + rect(x, y, w - gap, h - gap));
    })
  );
  return node("g", {}, ...[...paths].map(([step, d]) => node("path", { d, fill: colorOf(step, colors) })));
}

/** @param {Num} value @param {number} limit a whole number of shades; 0 is exactly the neutral one */
function stepOf(value, limit) {
  return value && limit ? Math.round(SHADES * Math.max(-1, Math.min(1, value / limit))) : 0;
}

/** @param {number} step @param {Record<string, string>} colors */
const colorOf = (step, colors) => ramp(colors, "activation", (step / SHADES + 1) / 2);

/** Black or white, whichever is easier to read on a value's cell. @param {Num} value @param {number} limit @param {Record<string, string>} colors */
export function inkOn(value, limit, colors) {
  const rgb = (colorOf(stepOf(value, limit), colors).match(/\d+/g) ?? []).map(Number);
  return readable(rgb);
}

/** @param {Table} values */
export function pooled(values) {
  const down = Math.ceil(values.length / MOST), across = Math.ceil(values[0].length / MOST);
  if (down <= 1 && across <= 1 || values[0].length === 1) return values;
  return Array.from(
    { length: Math.ceil(values.length / down) },
    (_, i) =>
      Array.from({ length: Math.ceil(values[0].length / across) }, (_, j) => {
        const group = values.slice(i * down, (i + 1) * down).flatMap((row) =>
          row.slice(j * across, (j + 1) * across)
        );
        return group.reduce((max, value) => Math.abs(value ?? 0) > Math.abs(max ?? 0) ? value : max, 0);
      }),
  );
}

/** The largest size in a table. @param {Table} values */
export function largest(values) {
  return values.reduce((max, row) => row.reduce((m, v) => Math.max(m ?? 0, Math.abs(v ?? 0)), max) ?? 0, 0);
}
