// Table of carried against reset state by block length k, beside the formula.

import { element } from "../../lib/dom.js";

/** The formula as it is written, for this many cues. @param {number} cues */
export const formulaText = (cues) => `1 − ${cues === 2 ? "½" : `${cues - 1}/${cues}`}·min(1, lag/k)`;

/** @param {ReturnType<typeof import("./recall.js").comparison>} columns @param {Words} words */
export function table(columns, words) {
  const say = (/** @type {Num} */ share) => (share === null ? "–" : share.toFixed(2));
  const row = (/** @type {"carried" | "zeros" | "formula"} */ name) =>
    element(
      "tr",
      name === "formula" ? { class: "muted" } : {},
      element("th", { scope: "row" }, words(`training.race.zeros_${name}`)),
      ...columns.map((column) => element("td", {}, say(column[name]))),
    );
  const ks = columns.map(({ k }) => element("th", { scope: "col" }, String(k)));
  const head = element("tr", {}, element("th", { scope: "col" }, words("training.race.zeros_k")), ...ks);
  const rows = /** @type {const} */ (["carried", "zeros", "formula"]).map(row);
  return element(
    "table",
    { class: "zeros-table" },
    element("thead", {}, head),
    element("tbody", {}, ...rows),
  );
}
