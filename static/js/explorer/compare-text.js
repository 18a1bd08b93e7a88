// Comparison of two links in words: the parameters in which they differ, and how far truncation is off on either side.

import { element, parts, rich } from "../lib/dom.js";
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

/** How the gradient of A that is used differs from that of B, where both are of weights of the same shape. @param {Result} a @param {Result} b @returns {(Node | string)[]} */
export function outcome(a, b) {
  const isSame = JSON.stringify([a.tokens, a.forward.h]) === JSON.stringify([b.tokens, b.forward.h]);
  const forward = { forward: words(isSame ? "ab.identical" : "ab.different") },
    apart = similarity(used(a), used(b));
  if (!apart) return rich(words("ab.forward", forward));
  const { angle, error, ratio } = apart, times = round(ratio, 2, ratio === 1);
  return rich(
    words("ab.against", { ...forward, angle: Math.round(angle), error: percent(error), ratio: times }),
  );
}

/** The recurrent weights' gradient after truncation as one vector. @param {Result} result */
const used = ({ truncated: { gradients: { Wx, Wh, b } } }) => /** @type {Num[]} */ ([Wx, Wh, b].flat(2));

/** Angle in degrees, relative error and ratio of norms of one vector to another; null where they cannot be compared. @param {Num[]} u @param {Num[]} v */
export function similarity(u, v) {
  const size = (/** @type {Num[]} */ all) => Math.hypot(...all.map(Number)), [a, b] = [size(u), size(v)];
  if (u.length !== v.length || !(a > 0 && b > 0) || [...u, ...v].includes(null)) return null;
  const product = u.reduce(
    (/** @type {number} */ sum, value, i) => sum + Number(value) / a * (Number(v[i]) / b),
    0,
  );
  const error = size(u.map((value, i) => Number(value) - Number(v[i]))) / b;
  return Number.isFinite(a + b)
    ? { angle: Math.acos(Math.min(1, Math.max(-1, product))) * 180 / Math.PI, error, ratio: a / b }
    : null;
}

/** A parameter's value in words. @param {Control} control @param {string | number} value @returns {string} */
function value({ name, kind }, value) {
  const choice = `params.${name}.choices.${value}`;
  if (kind === "choice" && hasWords(choice)) return words(choice);
  if (kind !== "text") return String(value);
  const letters = [...String(value)].map(visible);
  return `\u2068${letters.slice(0, TEXT_SHOWN).join("")}${letters.length > TEXT_SHOWN ? "…" : ""}\u2069`;
}
