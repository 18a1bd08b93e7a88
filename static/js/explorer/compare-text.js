// Comparison of two links in words: the parameters in which they differ, and how far truncation is off on either side.

import { element, parts } from "../lib/dom.js";
import { percent, round, visible } from "../lib/format.js";
import { hasWords, words } from "../lib/words.js";
import { differences } from "./compare-link.js";

/** @typedef {import("../page/query.js").Params} Params */

const TEXT_SHOWN = 40; // characters

/** How far the truncated gradient is from the exact one. @param {Result} result */
export function facts({ comparison: { recurrent }, cells_kept: kept, cells_total: total }) {
  const { cosine, relative_error: error } = recurrent;
  return parts([{
    text: words("ab.facts", {
      ...{ kept, total },
      cosine: round(cosine, 3, error === 0),
      error: percent(error),
    }),
  }]);
}

/** The parameters in which A and B differ, in words. @param {Params} a @param {Params} b @param {Control[]} controls @returns {(Node | string)[]} */
export function differencesOf(a, b, controls) {
  const found = differences(a, b, controls);
  if (!found.length) return [words("ab.same")];
  return found.map(({ control, from, to }) =>
    element(
      "span",
      { class: "difference" },
      `${words(`params.${control.name}.title`)} `,
      element("b", {}, value(control, from)),
      " → ",
      element("b", {}, value(control, to)),
    )
  );
}

/** A parameter's value in words. @param {Control} control @param {string | number} value @returns {string} */
function value({ name, kind }, value) {
  const choice = `params.${name}.choices.${value}`;
  if (kind === "choice" && hasWords(choice)) return words(choice);
  if (kind !== "text") return String(value);
  const letters = [...String(value)].map(visible);
  return `\u2068${letters.slice(0, TEXT_SHOWN).join("")}${letters.length > TEXT_SHOWN ? "…" : ""}\u2069`;
}
