// Charts of the ledger: probabilities of the symbols, one large number, bars of gradient norms.

import { element } from "../../lib/dom.js";
import { sci } from "../../lib/format.js";
import { nameOf } from "../notation.js";

/** @param {LedgerChances} piece */
export function chancesNode({ rows }) {
  const body = rows.map(({ symbol, score, share, text, isTarget }) => {
    const bar = element("span");
    bar.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
    return element(
      "tr",
      isTarget ? { class: "target" } : {},
      element("th", { scope: "row" }, symbol),
      element("td", { class: "score" }, score),
      element("td", { class: "share" }, element("div", {}, bar)),
      element("td", {}, text),
    );
  });
  return element("table", { class: "chances" }, element("tbody", {}, ...body));
}

/** @param {LedgerFigure} piece */
export function figureNode({ text, lines }) {
  return element(
    "div",
    { class: "figure" },
    element("strong", {}, text),
    ...lines.map((line) => element("div", {}, line)),
  );
}

/** Exact outlined, truncated filled. @param {LedgerBars} piece @param {View} view */
export function barsNode({ rows }, { notation, words }) {
  const max =
    Math.max(...rows.flatMap(({ exact, truncated }) => [exact, truncated]).filter(Number.isFinite)) || 1;
  const body = rows.map(({ name, exact, truncated }) => {
    const bars = [["exact", exact], ["truncated", truncated]].map(([kind, size]) => {
      const bar = element("span", { class: String(kind) });
      bar.style.width = `${100 * (Number(size) / max)}%`;
      return bar;
    });
    return element(
      "tr",
      { title: words("ledger.both", { exact: sci(exact), truncated: sci(truncated) }) },
      element("th", { scope: "row" }, nameOf(name, notation)),
      element("td", { class: "pair" }, ...bars),
      element("td", {}, sci(truncated)),
    );
  });
  return element("table", { class: "lengths" }, element("tbody", {}, ...body));
}
