// Thumbnail of an example: its credit matrix in small; kept cells are orange by size, cut cells gray, and
// rows of steps without a loss pale.

import { creditTable, decadesOf, eachCell } from "../credit/table.js";
import { rect } from "../../plot/paths.js";
import { svg } from "../../lib/svg.js";

const SIDE = 52, SHADES = 6; // px; of orange
const FAINTEST = 0.12;

/**
 * The cells of each shade of orange from the faintest on, and those that are cut, as paths in a square of 52 px.
 * @param {Pick<Result, "tokens" | "credit" | "credit_c" | "kept">} result
 * @returns {{kept: string[], cut: string, none: string}}
 */
export function triangle(result) {
  const table = creditTable(/** @type {Result} */ (result)), side = SIDE / table.n, gap = side > 4 ? 0.6 : 0;
  const { low, high } = decadesOf(table), kept = Array(SHADES).fill("");
  let cut = "", none = "";
  for (let s = 0; s < table.n; s += 1) if (!table.has(s)) none += rect(0, side * s, side * (s + 1), side);
  eachCell(table, (s, t) => {
    const cell = rect(side * t, side * s, side - gap, side - gap), size = table.size(s, t);
    if (!(table.kept(s, t) > 0)) cut += cell;
    else if (size) {
      const at = (Math.log10(size) - low) / (high - low || 1);
      kept[Math.max(0, Math.min(SHADES - 1, Math.floor(SHADES * at)))] += cell;
    }
  });
  return { kept, cut, none };
}

/** @param {Parameters<typeof triangle>[0]} result */
export function thumbnail(result) {
  const { kept, cut, none } = triangle(result), shade = (1 - FAINTEST) / (SHADES - 1);
  return svg(
    "svg",
    { viewBox: `0 0 ${SIDE} ${SIDE}`, width: SIDE, height: SIDE, "aria-hidden": "true" },
    svg("path", { class: "none", d: none }),
    svg("path", { class: "cut", d: cut }),
    ...kept.map((d, i) =>
      svg("path", { class: "kept", d, "fill-opacity": (FAINTEST + i * shade).toFixed(2) })
    ),
  );
}
