// Small Jacobian as colored cells; one path for each shade keeps large matrices cheap.

import { gradientColor } from "../credit/colors.js";
import { sci } from "../../lib/format.js";
import { rect } from "../../plot/paths.js";
import { svg } from "../../lib/svg.js";

const SHADES = 10; // on either side of zero
const ROOM_FOR_NUMBER = 40; // px

/**
 * @param {Table} matrix
 * @param {{cell: number, max: number, name: string, colors: Record<string, string>}} look
 */
export function smallMatrix(matrix, { cell, max, name, colors }) {
  const size = matrix.length * cell, gap = cell > 5 ? 1 : 0;
  /** @type {Map<number, string>} */
  const shades = new Map();
  matrix.forEach((row, i) =>
    row.forEach((value, j) => {
      const part = Math.sign(value ?? 0) * Math.sqrt(Math.min(1, Math.abs(value ?? 0) / max));
      const shade = Math.round(SHADES * part);
      shades.set(shade, (shades.get(shade) ?? "") + rect(cell * j, cell * i, cell - gap, cell - gap));
    })
  );
  const type = { "text-anchor": "middle", "font-size": 14, "font-weight": 600, fill: colors.ink };
  const halo = { stroke: colors.background, "stroke-width": 3, "paint-order": "stroke" };
  const printed = cell < ROOM_FOR_NUMBER
    ? []
    : matrix.flatMap((row, i) =>
      row.map((value, j) =>
        svg("text", { ...type, ...halo, x: cell * (j + 0.5), y: cell * (i + 0.5) + 5 }, sci(value))
      )
    );
  return svg(
    "svg",
    { width: size, height: size, viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": name },
    ...[...shades].map(([shade, d]) => svg("path", { d, fill: gradientColor(shade / SHADES, colors) })),
    ...printed,
  );
}
