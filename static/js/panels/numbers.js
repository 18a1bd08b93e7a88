// The numbers of every step as a table: for screen readers, for copying, and for doubters.

import { element } from "../dom.js";
import { sci, visible } from "../format.js";

export const name = "numbers";
export const closed = true;

/** @type {[string, (result: Result, t: number) => string][]} */
const COLUMNS = [
  ["t", (_, t) => String(t)],
  ["input", ({ tokens }, t) => visible(tokens[t])],
  ["target", ({ targets }, t) => visible(targets[t])],
  [
    "probability",
    ({ forward, targets, vocabulary }, t) => shown(forward.p?.[t][vocabulary.indexOf(targets[t])]),
  ],
  ["loss", ({ forward }, t) => shown(forward.loss[t])],
  ["exact", ({ full }, t) => shown(full.dh_norm[t])],
  ["truncated", ({ truncated }, t) => shown(truncated.dh_norm[t])],
  ["future", ({ truncated }, t) => shown(length(truncated.dh_future[t]))],
  ["sigma", ({ jacobian }, t) => shown(jacobian.sigma_max[t])],
];

/**
 * @param {Result} result
 * @param {View} view
 * @returns {HTMLElement}
 */
export function render(result, { words }) {
  const head = COLUMNS.map(([key]) => element("th", { scope: "col" }, words(`table.${key}`)));
  const rows = result.tokens.map((_, t) =>
    element("tr", {}, ...COLUMNS.map(([, value], i) => element(i ? "td" : "th", {}, value(result, t))))
  );
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
  return element(
    "div",
    { class: "wide-table", tabindex: "0", role: "group", "aria-label": words("panels.numbers") },
    table,
  );
}

/** @param {(number | null)[]} vector */
function length(vector) {
  return vector.includes(null) ? null : Math.hypot(.../** @type {number[]} */ (vector));
}

/** @param {number | null | undefined} value */
function shown(value) {
  return value === null || value === undefined ? "–" : sci(value);
}
