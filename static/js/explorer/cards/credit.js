// Card of the credit matrix: its triangle, and how many pairs of loss and step are kept.

import { wholePercent } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { rect } from "../../plot/paths.js";
import { creditTable, decadesOf, eachCell, runs } from "../credit/table.js";
import { figureOf, SIZE } from "./figure.js";
import { MOST_CHARACTERS } from "./finding.js";

const SHADED = 24; // rows up to which each cell has the color of its size
const SHADES = 4;

/** @param {Result} result @param {View} view @returns {Card} */
export function card(result, view) {
  return { figure: figure(result, view), ...finding(result, view.words) };
}

/** @param {Pick<Result, "cells_kept" | "cells_total">} result @param {Words} words */
export function finding({ cells_kept: kept, cells_total: total }, words) {
  const text = words("tray.credit", { kept: String(kept), total: String(total) });
  return {
    finding: text.length > MOST_CHARACTERS ? wholePercent(kept / total) : text,
    note: words("tray.credit_kept"),
  };
}

/** @param {Result} result @param {View} view */
function figure(result, { colors }) {
  const table = creditTable(result), cell = SIZE / table.n, gap = cell > 4 ? 1 : 0;
  const box = (/** @type {number} */ s, /** @type {number} */ from, /** @type {number} */ to) =>
    rect(cell * from, cell * s, cell * (to - from) - gap, cell - gap);
  const thrown = svg("path", {
    d: cellsOf(table, false).map(({ s, from, to }) => box(s, from, to)).join(""),
    ...{ fill: colors.ghost, opacity: 0.5 },
  });
  const kept = Array(SHADES).fill("");
  if (table.n > SHADED) {
    kept[SHADES - 1] = runs(table, true).map(({ s, from, to }) => box(s, from, to)).join("");
  } else {
    const { low, high } = decadesOf(table);
    for (const { s, from: t } of cellsOf(table, true)) {
      const share = (Math.log10(table.size(s, t) || Number.MIN_VALUE) - low) / (high - low);
      kept[Math.min(SHADES - 1, Math.max(0, Math.floor(SHADES * share)))] += box(s, t, t + 1);
    }
  }
  return figureOf(thrown, ...kept.map((d, i) => svg("path", { d, fill: colors[`credit${i}`] })));
}

/** The cells that are kept or cut, one by one where there are few. @param {import("../credit/table.js").CreditTable} table @param {boolean} isKept */
function cellsOf(table, isKept) {
  if (table.n > SHADED) return runs(table, isKept);
  /** @type {{s: number, from: number, to: number}[]} */
  const cells = [];
  eachCell(table, (s, t) => {
    if (table.kept(s, t) > 0 === isKept) cells.push({ s, from: t, to: t + 1 });
  });
  return cells;
}
