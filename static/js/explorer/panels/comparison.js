// Error by parameter panel: cosine and relative error of the truncated gradient against the exact one.

import { element, rich, symbols } from "../../lib/dom.js";
import { percent, round } from "../../lib/format.js";
import { nameOf, notationSwitch, plainNames } from "../notation.js";

export const name = "comparison";
export const half = true;
export const whole = true;

/** @type {(keyof View)[]} */
export const follows = ["notation"];

const ROWS = /** @type {const} */ (["Wx", "Wh", "b", "bh", "Wy", "by", "recurrent", "all"]);

/**
 * @param {Result} result
 * @param {View} view
 */
export function caption(result, { words, notation }) {
  const { cells_kept: kept, cells_total: total } = result, { recurrent } = result.comparison;
  const isNone = recurrent.cosine === null && recurrent.relative_error === null;
  if (isNone && result.overflow_at) return rich(words("comparison.caption_beyond", { kept, total }));
  if (isNone && !isWhole(result)) return rich(words("comparison.caption_zero", { kept, total }));
  if (isWhole(result)) {
    return rich(words(total === 1 ? "comparison.caption_full_once" : "comparison.caption_full", { total }));
  }
  return rich(words("comparison.caption_cut", {
    ...plainNames(notation),
    cosine: round(recurrent.cosine, 3, recurrent.relative_error === 0),
    error: percent(recurrent.relative_error),
    kept,
    total,
  }));
}

/**
 * @param {Result} result
 * @param {View} view
 * @returns {HTMLElement}
 */
export function render(result, view) {
  const { words } = view;
  const heads = ["parameter", "cosine", "", "relative_error", "", "norm_ratio"];
  const head = element(
    "tr",
    {},
    ...heads.map((key) =>
      element(
        key ? "th" : "td",
        key === "norm_ratio" ? { class: "ratio" } : {},
        key && words(`comparison.${key}`),
      )
    ),
  );
  const body = ROWS.flatMap((row) => result.comparison[row] ? [line(row, result, view)] : []);
  return element(
    "div",
    { class: "comparison" },
    element("div", {}, notationSwitch(view)),
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)),
  );
}

/** What is said of a row that is shown. @param {Result["comparison"]} comparison @param {typeof ROWS[number]} row */
const likeness = (comparison, row) => /** @type {Likeness} */ (comparison[row]);

/**
 * The cosine of a parameter's two gradients. That of two single numbers is exactly 1 or −1; any other 1 is rounded,
 * unless the gradients are equal.
 * @param {Pick<Result, "comparison" | "weights">} result @param {typeof ROWS[number]} row
 */
export function cosineText({ comparison, weights }, row) {
  const { cosine, relative_error: error } = likeness(comparison, row);
  const isNumber = row !== "recurrent" && row !== "all" && weights[row].flat().length === 1;
  return round(cosine, 3, error === 0 || isNumber);
}

/**
 * @param {typeof ROWS[number]} row
 * @param {Result} result
 * @param {View} view
 */
function line(row, result, { words, notation }) {
  const { relative_error: error, norm_ratio: ratio } = likeness(result.comparison, row);
  const readout = row === "Wy" || row === "by", total = row === "recurrent" || row === "all";
  const key = row === "recurrent" && result.comparison.bh ? "recurrent_bh" : row;
  const title = total ? symbols(words(`comparison.${key}`, plainNames(notation))) : [nameOf(row, notation)];
  return element(
    "tr",
    { class: readout ? "unchanged" : total ? "total" : "" },
    element("th", { scope: "row" }, ...title),
    element("td", {}, meter(likeness(result.comparison, row).cosine, "")),
    element("td", { class: "number" }, cosineText(result, row)),
    element("td", {}, meter(error, "error")),
    element("td", { class: "number" }, readout && error === 0 ? words("comparison.same") : percent(error)),
    element("td", { class: "number ratio" }, round(ratio, 3, error === 0)),
  );
}

/**
 * A bar from 0 to 1.
 * @param {number | null} value
 * @param {string} kind
 */
function meter(value, kind) {
  const bar = element("span");
  bar.style.width = `${100 * Math.min(1, Math.max(0, value ?? 0))}%`;
  return element("div", { class: `meter ${kind}`, "aria-hidden": "true" }, bar);
}

/** @param {Result} result */
function isWhole({ kept }) {
  return kept.every((row) => row.every((weight) => weight === null || weight === 1));
}
