// Norm of the Jacobian product, factor by factor, on a logarithmic axis.

import { textWidth } from "../../plot/figure.js";
import { sci, subscript } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";

const HEIGHT = 106, LEFT = 30, TOP = 12, FLOOR = 34;
const ROOM = 40; // px a name below the axis needs

/**
 * @param {{s: number, norms: Row}} pair
 * @param {number} width
 * @param {View} view
 */
export function productCurve({ s, norms }, width, { colors, words }) {
  const logs = norms.map((norm) => (norm ? Math.max(-30, Math.log10(norm)) : null));
  const known = logs.filter((value) => value !== null);
  const low = Math.min(-0.5, ...known), high = Math.max(0.3, ...known);
  const right = 22 + textWidth(sci(norms[norms.length - 1]), 16);
  const x = (/** @type {number} */ i) =>
    LEFT + (width - LEFT - right) * (norms.length > 1 ? i / (norms.length - 1) : 0.5);
  const y = (/** @type {number} */ log) => TOP + (HEIGHT - TOP - FLOOR) * (high - log) / (high - low);
  const every = Math.ceil(ROOM * norms.length / (width - LEFT - right)),
    radius = norms.length > 30 ? 2.4 : 4.5;
  const chain = logs.map((log, i) =>
    log === null ? "" : `${i && logs[i - 1] !== null ? "L" : "M"}${x(i)},${y(log)}`
  );
  const small = { "font-size": 13, fill: colors.muted, "text-anchor": "middle" }, last = norms.length - 1;
  return svg(
    "svg",
    {
      width,
      height: HEIGHT,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": words("pair.curve_help", { norms: norms.map(sci).join(", ") }),
    },
    svg("path", { d: `M${LEFT - 8},${y(0)}H${width - 8}`, stroke: colors.line, "stroke-width": 1 }),
    svg("text", { ...small, x: LEFT - 18, y: y(0) + 5 }, "1"),
    svg("path", { d: chain.join(""), fill: "none", stroke: colors.backward, "stroke-width": 3 }),
    ...logs.flatMap((log, i) =>
      log === null ? [] : [svg("circle", { cx: x(i), cy: y(log), r: radius, fill: colors.backward })]
    ),
    ...norms.flatMap((_, i) =>
      (last - i) % every
        ? []
        : [svg("text", { ...small, x: x(i), y: HEIGHT - 6 }, `→h${subscript(s - 1 - i)}`)]
    ),
    svg(
      "text",
      { x: x(last) + 9, y: y(logs[last] ?? low) + 5, "font-size": 16, "font-weight": 700, fill: colors.ink },
      sci(norms[last]),
    ),
  );
}
