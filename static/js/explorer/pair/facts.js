// Sentences about the chosen loss and step: the terms of the gradient, and why the Jacobian product shrinks
// or grows.

import { termsOf } from "../credit/selection.js";
import { length } from "../../plot/scale.js";
import { sci, subscript, superscript } from "../../lib/format.js";

/** @param {Words} words */
function speaker(words) {
  /** @type {Part[]} */
  const parts = [];
  return {
    content: parts,
    /** @param {string} key @param {Record<string, unknown>} [values] @param {boolean} [strong] */
    say: (key, values, strong = false) => {
      parts.push({ text: (parts.length ? " " : "") + words(key, values), strong });
    },
  };
}

const NAME = { Wh: "Wₕ", Wx: "Wₓ", b: "b", Wy: "Wᵧ" };

/**
 * The terms of one loss in one parameter's gradient, and the sum over all losses.
 * @param {Result} result @param {Pair} pair @param {View} view
 */
export function termFacts(result, pair, view) {
  const { of, words } = view, { content, say } = speaker(words), { s } = pair, weight = NAME[of];
  const sizes = termsOf(pair, view),
    all = total(sizes),
    n = s + 1,
    values = { loss: `L${subscript(s)}`, weight, s };
  const gradient = result.full.gradients[of], whole = length(/** @type {Row} */ ([gradient].flat(2)));
  if (of === "Wy") say("pair.terms_one", { ...values, size: sci(pair.terms.Wy) }, true);
  else say(n === 1 ? "pair.terms_single" : "pair.terms_many", { ...values, n }, true);
  const row = result.kept.length === result.tokens.length ? result.kept[s] : null;
  const cutTerms = row ? sizes.filter((_, t) => of !== "Wy" && !row[t]) : [];
  if (cutTerms.length && all > 0) {
    const share = `${Math.round(100 * total(cutTerms) / all)}%`;
    say(cutTerms.length === 1 ? "pair.terms_lost_once" : "pair.terms_lost", { n: cutTerms.length, share });
  }
  if (of === "Wh" && !sizes[0] && n > 1) say("pair.first_is_zero");
  say("pair.terms_total", { weight, size: sci(whole) });
  if (of !== "Wy" && n > 1) say("pair.cancellation");
  return content;
}

/** @param {Row} sizes */
function total(sizes) {
  return sizes.reduce((/** @type {number} */ sum, size) => sum + (size ?? 0), 0);
}

/**
 * Why the product of Jacobians has its size.
 * @param {Result} result @param {Pair} pair @param {View} view
 */
export function productFacts({ params, weights, jacobian }, { s, t, product, factors, norms }, { words }) {
  const { content, say } = speaker(words), n = s - t, size = product.sigma_max;
  if (!n) {
    say("pair.same_step", { t });
    return content;
  }
  const w = /** @type {Table} */ (weights.Wh)[0][0];
  if (
    params.hidden === 1 && params.activation === "identity" && (params.cell ?? "rnn") === "rnn" && w !== null
  ) {
    say("pair.scalar", { w: exact(w), power: `w${superscript(n)}`, value: exact(w ** n) }, true);
    return content;
  }
  const largest = Math.max(...factors.map(({ sigma_max: sigma }) => sigma ?? 0));
  if (size === null) return content;
  say(size < 0.8 ? "pair.why_shrink" : size > 1.25 ? "pair.why_grow" : "pair.why_steady", {}, true);
  say("pair.product", { n, size: sci(size) });
  if (size < 0.8 && largest > 1) say("pair.shrinks_although", { sigma: sci(largest) });
  else if (size < 0.8) say("pair.shrinks_each", { sigma: sci(largest) });
  const bound = factors.every(({ matrix }) => matrix) &&
    factors.reduce((all, { sigma_max: sigma }) => all * (sigma ?? 1), 1);
  if (bound && norms.length > 1 && bound > 1.5 * size) say("pair.bound", { bound: sci(bound) });
  const radius = jacobian.spectral_radius;
  if (typeof radius === "number") say("pair.radius", { radius: sci(radius) });
  return content;
}

/** A number with six significant digits, without trailing zeros. @param {number} value */
function exact(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return sci(value);
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
