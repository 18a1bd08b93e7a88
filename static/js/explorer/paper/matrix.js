// Credit matrix on paper: one SVG in the columns of the picture, drawn at once from the answer, without plotly.js.

import { compact, sci, subscript } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { hatch, pair } from "../credit/boundary.js";
import { creditColor, inkOnCredit } from "../credit/colors.js";
import { creditTable, decadesOf, eachCell } from "../credit/table.js";

const ROW = 26, LEAST_ROW = 10, LEAST_TOLD = 34; // px: of a row, of one with a name, of a cell with its number
const TYPE = 13;
const BLADES = 0.75, LEAST_BLADES = 0.25, ACROSS = 23; // of scissors, as large as in the picture; px from ring to ring

/** @typedef {{gutter: number, left: number, c: number, width: number, most: number}} Sheet px on paper: names beside it, where step 0 begins, a step, the whole, and how high it may be */

/** @param {Result} result @param {Pick<View, "colors" | "font" | "words">} view @param {Sheet} sheet @returns {Tree} */
export function matrix(result, { colors, font, words }, { gutter, left, c, width, most }) {
  const table = creditTable(result), { n, pool } = table, { low, high } = decadesOf(table);
  const rh = Math.min(ROW, most / n), height = Math.ceil(rh * n), wide = c * pool;
  const at = {
    rh,
    left: (/** @type {number} */ t) => left + wide * t,
    y: (/** @type {number} */ s) => rh * s,
  };
  const gap = Math.min(wide, rh) > 12 ? 1 : 0, isTold = wide >= LEAST_TOLD && rh >= LEAST_ROW + 2;
  /** @type {Tree[]} */
  const cells = [];
  /** @type {Tree[]} */
  const numbers = [];
  eachCell(table, (s, t) => {
    const size = table.size(s, t), isKept = table.kept(s, t) > 0;
    const part = (Math.log10(size || 1e-300) - low) / (high - low);
    const box = {
      x: px(at.left(t) + gap),
      y: px(at.y(s) + gap),
      width: px(wide - 2 * gap),
      height: px(rh - 2 * gap),
    };
    const look = isKept
      ? { fill: creditColor(part, colors) }
      : { fill: "none", ...(gap ? { stroke: colors.ghost, "stroke-dasharray": "3 2" } : {}) };
    cells.push(node("rect", { class: isKept ? "kept" : "thrown", ...box, ...look }));
    if (!isTold) return;
    const number = compact(sci(size)), fits = Math.min(TYPE, 0.6 * rh, (wide - 6) / (0.6 * number.length));
    const halo = { stroke: colors.background, "stroke-width": 3, "paint-order": "stroke" };
    numbers.push(node("text", {
      ...{ x: px(at.left(t + 0.5)), y: px(at.y(s + 0.5) + 0.36 * fits), "text-anchor": "middle" },
      ...{ "font-size": px(fits), "font-weight": isKept ? 600 : 400 },
      ...(isKept ? { fill: inkOnCredit(part, colors) } : { fill: colors.muted, ...halo }),
    }, number));
  });
  const every = Math.ceil(LEAST_ROW / rh);
  const names = Array.from({ length: n }, (_, s) => s).filter((s) => table.has(s) && s % every === 0);
  const starts = result.blocks.slice(1).map(({ start }) => start / pool);
  const cuts = starts.map((t) => px(at.left(t)));
  const size = Math.min(BLADES, (width - left) / ((starts.length + 1) * ACROSS));
  const blades = size < LEAST_BLADES ? "" : starts.map((t) => pair(at.left(t), at.y(t), size)).join("");
  return node(
    "svg",
    {
      ...{ width, height, viewBox: `0 0 ${width} ${height}`, "font-family": font },
      ...{ role: "img", "aria-label": words("paper.matrix") },
    },
    ...cells,
    node("path", { class: "hatch", d: hatch(table, at), stroke: colors.ghost, fill: "none", opacity: 0.6 }),
    node("path", {
      class: "cuts",
      d: cuts.map((x) => `M${x},0V${height}`).join(""),
      ...{ stroke: colors.ink, "stroke-width": 1.4, "stroke-dasharray": "5 4" },
    }),
    ...numbers,
    ...[{ stroke: colors.background, "stroke-width": 5 }, { stroke: colors.ink, "stroke-width": 1.8 }].map((
      look,
    ) => node("path", { class: "scissors", d: blades, fill: "none", ...look })),
    ...names.map((s) =>
      node(
        "text",
        {
          ...{ x: gutter - 14, y: px(at.y(s + 0.5) + 4), fill: colors.ink, "text-anchor": "end" },
          ...{ "font-size": Math.min(TYPE, Math.max(8, 0.8 * rh * every)), "font-style": "italic" },
        },
        `L${subscript(s * pool)}`,
      )
    ),
  );
}

const px = (/** @type {number} */ value) => Math.round(100 * value) / 100;
