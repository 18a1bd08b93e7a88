// Thumbnail of an example: its credit matrix in small; kept cells are orange by size, cut cells gray, and
// rows of steps without a loss pale. Where only the last loss counts, a curve of what it sends back.

import { creditTable, decadesOf, eachCell } from "../credit/table.js";
import { hasLog, logsOf } from "../../lib/log-scale.js";
import { rect } from "../../plot/paths.js";
import { svg } from "../../lib/svg.js";

const SIDE = 52, SHADES = 6, EDGE = 5; // px; of orange; px around a curve
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

/** The credit matrix in small, or what the last loss sends back where it is the only one. @param {Result} result */
export function thumbnail(result) {
  return result.params.loss_at === "last" ? curve(result) : matrix(result);
}

/**
 * What the last loss sends back to each step, from right to left, on a logarithmic scale of at least two decades.
 * @param {Pick<Result, "tokens" | "credit" | "credit_c" | "kept">} result
 */
export function curve(result) {
  const table = creditTable(/** @type {Result} */ (result)), s = table.n - 1, room = SIDE - 2 * EDGE;
  const sizes = Array.from({ length: table.n }, (_, t) => table.kept(s, t) > 0 ? table.size(s, t) : null);
  const logs = logsOf(sizes);
  const high = Math.max(...logs), low = Math.min(high - 2, ...logs);
  const points = sizes.flatMap((size, t) =>
    hasLog(size) ? [[EDGE + room * t / (s || 1), EDGE + room * (high - Math.log10(size)) / (high - low)]] : []
  );
  const drawn = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`), last = points[points.length - 1];
  return picture(
    svg("path", { class: "axes", d: `M${EDGE},2V${SIDE - 2}H${SIDE - 2}` }),
    svg("path", { class: "curve", d: drawn.length ? `M${drawn.join("L")}` : "" }),
    ...(last ? [svg("circle", { class: "loss-dot", cx: last[0], cy: last[1], r: 3.5 })] : []),
  );
}

/** @param {Parameters<typeof triangle>[0]} result */
function matrix(result) {
  const { kept, cut, none } = triangle(result), shade = (1 - FAINTEST) / (SHADES - 1);
  return picture(
    svg("path", { class: "none", d: none }),
    svg("path", { class: "cut", d: cut }),
    ...kept.map((d, i) =>
      svg("path", { class: "kept", d, "fill-opacity": (FAINTEST + i * shade).toFixed(2) })
    ),
  );
}

/** @param {...SVGElement} children */
function picture(...children) {
  return svg(
    "svg",
    { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, // as large as its place is (front.css, dialogs.css)
    ...children,
  );
}
