// Left margin of the credit matrix: the losses by name, and how much gradient each sends in total.

import { subscript } from "../../lib/format.js";
import { rect } from "../../plot/paths.js";
import { svg } from "../../lib/svg.js";
import { places } from "./places.js";
import { creditTable, marginals } from "./table.js";

const BARS = 46; // px of the longest bar
const CLOSE = 14; // px: rows closer than that are named by fives
const BESIDE = 6; // px between the bars and the matrix

/**
 * @param {Result} result
 * @param {View} view
 */
export function marginDrawing(result, view) {
  const table = creditTable(result),
    at = places(table, view),
    { gutter: width, words, colors, pair, phone } = view;
  const muted = { fill: colors.muted, "text-anchor": "end", "font-size": 14 };
  const node = svg("svg", {
    width,
    height: at.height,
    viewBox: `0 0 ${width} ${at.height}`,
    class: "credit-margin",
  });
  const { losses } = marginals(table), bars = phone ? { kept: "", thrown: "" } : lossBars(losses, at, width);
  node.append(
    svg("path", { d: bars.thrown, fill: colors.ghost }),
    svg("path", { d: bars.kept, fill: colors.backward }),
  );
  const chosen = pair ? Math.floor(pair.s / table.pool) : -1;
  const end = phone ? width - 8 : width - BARS - BESIDE - 8, size = phone ? 12 : at.rh < CLOSE ? 13 : 15;
  const rows = Array.from({ length: table.n }, (_, s) => s).filter(table.has),
    byFives = rows.length === table.n;
  let above = -Infinity;
  for (const s of rows) {
    const loss = s * table.pool,
      every = Math.ceil(size / at.rh) > 1 ? nice(size / at.rh) : 1;
    if ((byFives ? s % every : (s - above) * at.rh < size) && s !== chosen) continue;
    if (chosen >= 0 && s !== chosen && Math.abs(s - chosen) * at.rh < size) continue;
    above = s;
    node.append(svg("text", {
      x: end,
      y: at.y(s) + at.rh / 2 + size / 3,
      "text-anchor": "end",
      "font-size": size,
      fill: s === chosen ? colors.backward : colors.muted,
      class: s === chosen ? "loss chosen" : "loss",
      "data-look": s === chosen ? "s=" : `s=${loss}&t=${Math.min(view.t, loss)}`,
    }, `L${subscript(loss)}`));
  }
  if (!phone) {
    node.append(svg("text", { ...muted, x: width - BESIDE, y: at.top - 12 }, words("credit.by_step")));
  }
  if (pair && !phone) {
    node.append(
      svg(
        "text",
        { ...muted, x: width - BESIDE, y: at.terms - 26, fill: colors.ink },
        words("credit.terms", { loss: `L${subscript(pair.s)}` }),
      ),
      svg("text", { ...muted, x: width - BESIDE, y: at.terms - 9, "font-size": 12 }, termName(result, view)),
    );
  }
  return node;
}

const TERM = { Wh: "‖hₜ₋₁‖·‖daₜ‖", Wx: "‖xₜ‖·‖daₜ‖", b: "‖daₜ‖", Wy: "‖hₜ‖·‖eₜ‖", x: "‖daₜ Wₓᵀ‖" };

/** The formula of the bars; a GRU's W_h has no single product. @param {Result} result @param {View} view */
function termName({ params }, { of }) {
  return params.cell === "gru" && of === "Wh" ? "" : TERM[of];
}

/** A round interval of rows: 5, 10, 20, …. @param {number} min */
function nice(min) {
  return [5, 10, 20, 50, 100, 200].find((every) => every >= min) ?? 500;
}

/** Bars that grow to the left, with the kept part next to the matrix. @param {{kept: number, all: number}[]} sums @param {Places} at @param {number} width */
function lossBars(sums, at, width) {
  const max = Math.max(...sums.map(({ all }) => all)) || 1,
    base = width - BESIDE,
    high = Math.max(0.8, Math.min(18, 0.6 * at.rh));
  let kept = "", thrown = "";
  sums.forEach(({ kept: some, all }, s) => {
    const long = BARS * all / max, short = BARS * some / max, y = at.y(s) + (at.rh - high) / 2;
    if (short > 0) kept += rect(base - short, y, short, high);
    if (long - short > 0.05) thrown += rect(base - long, y, long - short, high);
  });
  return { kept, thrown };
}

/** @typedef {import("./places.js").Places} Places */
