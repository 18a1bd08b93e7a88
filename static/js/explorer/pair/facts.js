// Sentences about the chosen loss and step: the terms of the gradient, and why the Jacobian product shrinks
// or grows.

import { termsOf } from "../credit/selection.js";
import { length } from "../../plot/scale.js";
import { isSmaller, trend } from "../../lib/trend.js";
import { percent, sci, subscript, superscript, visible } from "../../lib/format.js";

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

const NAME = { Wh: "Wₕ", Wx: "Wₓ", b: "b", Wy: "Wᵧ", x: "xₜ" };

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
  if (of === "x") {
    const most = Math.max(...sizes.map(Number)), t = sizes.map(Number).indexOf(most);
    say("pair.inputs", { ...values, t, token: `⁨${visible(result.tokens[t])}⁩`, size: sci(most) }, true);
    return content;
  }
  const gradient = result.full.gradients[of], whole = length(/** @type {Row} */ ([gradient].flat(2)));
  if (of === "Wy") say("pair.terms_one", { ...values, size: sci(pair.terms.Wy) }, true);
  else say(n === 1 ? "pair.terms_single" : "pair.terms_many", { ...values, n }, true);
  const row = result.kept.length === result.tokens.length ? result.kept[s] : null;
  const cutTerms = row ? sizes.filter((_, t) => of !== "Wy" && !row[t]) : [];
  if (cutTerms.length && all > 0) {
    const share = percent(total(cutTerms) / all);
    say("pair.terms_lost", { n: cutTerms.length, share });
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
export function productFacts({ params, weights, jacobian }, { s, t, product, factors }, { words }) {
  const { content, say } = speaker(words), n = s - t, size = product.sigma_max;
  if (!n) {
    say(s ? "pair.same_step" : "pair.first_step", { t });
    return content;
  }
  const w = /** @type {Table} */ (weights.Wh)[0][0];
  if (
    params.hidden === 1 && params.activation === "identity" && (params.cell ?? "rnn") === "rnn" && w !== null
  ) {
    say("pair.scalar", { w: exact(w), power: `w${superscript(n)}`, value: exact(w ** n) }, true);
    return content;
  }
  if (size === null) return content;
  if (n > 1) say(`pair.why_${trend(size)}`, {}, true);
  say("pair.product", { n, size: sci(size) });
  const sigmas = factors.map(({ sigma_max: sigma }) => sigma ?? NaN);
  const largest = Math.max(...sigmas), bound = sigmas.reduce((all, sigma) => all * sigma, 1);
  if (n > 1 && Number.isFinite(bound)) {
    const values = { sigma: sci(largest), bound: sci(bound) };
    if (isSmaller(size) && largest > 1) {
      say(isSmaller(bound) ? "pair.shrinks_together" : "pair.shrinks_although", values);
    } else {
      if (isSmaller(size)) say("pair.shrinks_each", values);
      if (bound > 1.5 * size) say("pair.bound", values);
    }
  }
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
