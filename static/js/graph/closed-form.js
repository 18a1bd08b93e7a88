// Closed form of the recursion a_t = b_t + c_t a_{t-1}: a sum of products, and the factors between step i and
// step t.

import { parenthesized } from "../lib/arithmetic.js";
import { formatNumber, subscript } from "../lib/format.js";

/** @typedef {{i: number, t: number}} Pair */

/** @param {string | null | undefined} text "0.4" @param {Graph} graph @returns {Pair | null} */
export function readPair(text, { closed }) {
  const [, i, t] = /^(\d{1,2})\.(\d{1,2})$/.exec(text ?? "") ?? [];
  if (!closed || i === undefined) return null;
  const last = Math.min(Number(t), closed.sums.length - 1);
  return { i: Math.min(Number(i), last), t: last };
}

/** The marks that are lit for a pair: both ends, and the edges and factors between. @param {Pair} pair */
export function marksBetween({ i, t }) {
  const between = Array.from({ length: t - i }, (_, j) => i + j + 1);
  return [`b.${i}..a.${i}`, ...between.flatMap((j) => [`a.${j - 1}..a.${j}`, `c.${j}..a.${j}`])].join(",");
}

/**
 * ∂a₄/∂b₀ = c₁ · c₂ · c₃ · c₄, and the same with numbers.
 * @param {Graph} graph
 * @param {Pair} pair
 * @param {GraphProgress} shown
 */
export function product({ closed, value }, { i, t }, { veil }) {
  const between = Array.from({ length: t - i }, (_, j) => i + j + 1), hidden = veil.part("closed");
  const letters = between.map((j) => `c${subscript(j)}`).join(" · ") || "1";
  const numbers = between.map((j) => parenthesized(formatNumber(value[`c.${j}`]))).join(" · ");
  const result = formatNumber(closed?.products[t]?.[i], 5);
  return {
    left: `∂a${subscript(t)}/∂b${subscript(i)} = `,
    letters: hidden ? "?" : letters,
    numbers: hidden ? "?" : numbers && numbers !== result ? `${numbers} = ${result}` : result,
    factors: hidden ? "?" : String(between.length),
  };
}

/** a₂ = b₂ + c₂·b₁ + c₂·c₁·b₀. @param {number} t */
export function sumOf(t) {
  const terms = Array.from({ length: t + 1 }, (_, back) => {
    const i = t - back, factors = Array.from({ length: back }, (_, j) => `c${subscript(t - j)}·`);
    return `${factors.join("")}b${subscript(i)}`;
  });
  return `a${subscript(t)} = ${terms.join(" + ")}`;
}
