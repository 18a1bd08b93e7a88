// Table of numbers at every step, for screen readers and for copying.

import { element } from "../../lib/dom.js";
import { sci, visible } from "../../lib/format.js";
import { targetOutput } from "../predictions.js";
import { length } from "../../plot/scale.js";
import { held, row } from "../../plot/windowed.js";
import { meanOf } from "../unrolled/gates.js";
import { veiledBy } from "../unrolled/selectors.js";

export const name = "numbers";
export const closed = true;

const GATES = ["f", "i", "o", "z", "r"];

/** @typedef {[string, (result: Result, t: number) => string, (import("../unrolled/selectors.js").MarkKind)?]} Column what veils it, last */

/** @type {Column[]} */
const COLUMNS = [
  ["t", (_, t) => String(t)],
  ["input", ({ tokens }, t) => visible(tokens[t]), "x"],
  ["target", ({ targets }, t) => visible(targets[t])],
  [
    "probability",
    (result, t) => formatted(row(result, result.forward.p, t)?.[targetOutput(result, t)]),
    "y",
  ],
  ["loss", ({ forward }, t) => formatted(forward.loss[t]), "L"],
  ["exact", ({ full }, t) => formatted(full.dh_norm[t]), "share"],
  ["truncated", ({ truncated }, t) => formatted(truncated.dh_norm[t]), "share"],
  ["future", (result, t) => formatted(length(row(result, result.truncated.dh_future, t))), "share"],
  ["sigma", ({ jacobian }, t) => formatted(jacobian.sigma_max[t])],
];

/** What reaches the state before step 0, ∂L/∂h₋₁ and of an LSTM ∂L/∂c₋₁, by the columns that have it. @type {Record<string, (result: Result) => Row | null | undefined>} */
const BEFORE = {
  exact: ({ full }) => full.dh_initial,
  truncated: ({ truncated }) => truncated.dh_initial,
  future: ({ truncated }) => truncated.dh_initial,
  exact_c: ({ full }) => full.dc_initial,
  truncated_c: ({ truncated }) => truncated.dc_initial,
};

/** Of a cell with gates also how far open they are, of an LSTM the gradients of c, and those of the inputs. @param {Result} result @returns {Column[]} */
function columnsOf({ forward: { gates }, full, truncated }) {
  const open = GATES.filter((gate) => gates?.[gate]);
  return [
    ...COLUMNS,
    ...(full.dc_norm && truncated.dc_norm
      ? /** @type {Column[]} */ ([
        ["exact_c", (result, t) => formatted(result.full.dc_norm?.[t]), "share"],
        ["truncated_c", (result, t) => formatted(result.truncated.dc_norm?.[t]), "share"],
      ])
      : []),
    ["exact_x", (result, t) => formatted(result.full.dx_norm[t]), "share"],
    ["truncated_x", (result, t) => formatted(result.truncated.dx_norm[t]), "share"],
    ...open.map((
      gate,
    ) => /** @type {Column} */ ([`gate.${gate}`, (result, t) => formatted(meanOf(result, gate, t)), "h"])),
  ];
}

/**
 * @param {Result} result
 * @param {View} view
 * @returns {HTMLElement}
 */
export function render(result, { words, veil }) {
  const veiled = veiledBy(veil, result.blocks), columns = columnsOf(result);
  /** @param {number} column @param {number} t */
  const cell = (column, t) => {
    const [key, value, mark] = columns[column];
    if (!mark || !veiled(mark, Math.max(0, t))) {
      return element(column ? "td" : "th", {}, t < 0 ? before(key, result) : value(result, t));
    }
    return element("td", {}, element("span", { "role": "img", "aria-label": words("veil.covered") }, "?"));
  };
  const head = columns.map(([key]) => {
    const [name, gate] = key.split(".");
    return element("th", { scope: "col" }, words(`table.${name}`, { gate }));
  });
  const { start, stop } = held(result), T = result.tokens.length;
  const first = start || -1; // the initial state has a row, too
  const rows = Array.from(
    { length: stop - first },
    (_, i) => element("tr", {}, ...columns.map((_, column) => cell(column, first + i))),
  );
  const part = stop - start < T
    ? [element("caption", {}, words("table.window", { start, last: stop - 1, end: T - 1 }))]
    : [];
  const table = element(
    "table",
    {},
    ...part,
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
  return element(
    "div",
    { class: "wide-table", tabindex: "0", role: "group", "aria-label": words("panels.numbers") },
    table,
  );
}

/** A column of the row of the initial state. @param {string} key @param {Result} result */
const before = (key, result) => key === "t" ? "−1" : formatted(length(BEFORE[key]?.(result) ?? null));

/** @param {number | null | undefined} value */
function formatted(value) {
  return value === null || value === undefined ? "–" : sci(value);
}
