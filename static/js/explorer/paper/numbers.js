// Table of numbers on paper: what a lecture reads off the picture, a row for every step.

import { element } from "../../lib/dom.js";
import { sci, visible, wholePercent } from "../../lib/format.js";
import { length } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { targetOutput } from "../predictions.js";
import { veiledBy } from "../unrolled/selectors.js";

const MOST = 42; // rows of a page

/** @typedef {import("../unrolled/selectors.js").MarkKind} MarkKind */
/** @typedef {[string, (result: Result, t: number) => string, ...MarkKind[]]} Column what veils it, last */

/** @type {Column[]} */
const COLUMNS = [
  ["t", (_, t) => String(t)],
  ["pair", ({ tokens, targets }, t) => `${visible(tokens[t])} → ${visible(targets[t])}`, "x"],
  [
    "probability",
    (result, t) => wholePercent(row(result, result.forward.p, t)?.[targetOutput(result, t)]),
    "y",
  ],
  ["loss", ({ forward }, t) => sci(forward.loss[t]), "L"],
  ["output", (result, t) => sci(length(row(result, result.truncated.dh_output, t))), "err", "share"],
  ["future", (result, t) => sci(length(row(result, result.truncated.dh_future, t))), "share"],
  ["cut", ({ truncated }, t) => sci(truncated.dh_norm[t]), "share"],
  ["full", ({ full }, t) => sci(full.dh_norm[t]), "share"],
];

/** The columns that a result has: a predicted number has no probability. @param {Result} result */
const columnsOf = ({ params, vocabulary }) =>
  COLUMNS.filter(([name]) =>
    name !== "probability" || (vocabulary.length && params.loss === "cross_entropy")
  );

/**
 * The numbers as text, "?" where they are covered, of as many steps as one page holds.
 * @param {Result} result @param {string | null | undefined} veil
 */
export function rowsOf(result, veil) {
  const veiled = veiledBy(veil, result.blocks), T = Math.min(MOST, result.tokens.length);
  return Array.from(
    { length: T },
    (_, t) =>
      columnsOf(result).map(([, value, ...marks]) =>
        marks.some((mark) => veiled(mark, t)) ? "?" : value(result, t)
      ),
  );
}

/** @param {Result} result @param {Pick<View, "words" | "veil">} view */
export function numbers(result, { words, veil }) {
  const names = columnsOf(result).map(([name]) => name), rows = rowsOf(result, veil);
  const heads = names.map((name) =>
    element("th", { scope: "col", class: name }, words(name === "t" ? "table.t" : `paper.${name}`))
  );
  const body = rows.map((cells) =>
    element("tr", {}, ...cells.map((cell, i) => element("td", { class: names[i] }, cell)))
  );
  const end = result.tokens.length - 1, last = rows.length - 1;
  return [
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...body),
    ),
    ...(last < end ? [element("p", {}, words("paper.rows", { last, end }))] : []),
  ];
}
