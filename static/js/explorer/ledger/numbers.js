// Arithmetic of the ledger: products, sums, powers of ten, and the format of numbers in cells.

import { equation, parenthesized } from "../../lib/arithmetic.js";
import { compact, timesPower } from "../../lib/format.js";

/** @param {number[]} a @param {number[]} b @returns {number[][]} aᵀ b */
export const outer = (a, b) => a.map((x) => b.map((y) => x * y));

/** @param {number[][]} A @param {number[][]} B */
export const added = (A, B) => A.map((row, i) => row.map((value, j) => value + B[i][j]));

/** @param {number[]} a @param {number[]} b element by element */
export const times = (a, b) => a.map((value, i) => value * b[i]);

/** @param {number[]} a @param {number[][]} W @returns {number[]} a Wᵀ */
export const back = (a, W) => W.map((row) => row.reduce((sum, value, j) => sum + value * a[j], 0));

/** σ(a), also where it is nearly 0. @param {number} a */
export const sigmoid = (a) => Math.exp(Math.min(a, 0)) / (1 + Math.exp(-Math.abs(a)));

/** σ′(a) and tanh′(a), also where the function is so near its end that its value does not tell. @param {number} a */
export const sigmoidSlope = (a) => sigmoid(a) * sigmoid(-a);

/** @param {number} a */
export const tanhSlope = (a) => 4 * sigmoidSlope(2 * a);

/** @param {number[]} a @param {number[]} b element by element */
export const minus = (a, b) => a.map((value, i) => value - b[i]);

/** A row of the answer: what is not finite there is null, and must not become 0. @param {Row} row */
export const numbers = (row) => row.map((value) => value ?? NaN);

/** @param {number[] | number[][]} values */
export function largest(values) {
  let max = 0;
  for (const value of values.flat()) {
    const size = Math.abs(value);
    if (size > max && size < Infinity) max = size;
  }
  return max;
}

/** @param {number[]} values */
export const normOf = (values) => Math.hypot(...values);

/** The power of ten that is taken out of numbers of this size. @param {number} max */
export const exponentOf = (max) => (max > 0 ? Math.floor(Math.log10(max)) : 0);

/**
 * A number as a cell shows it, in units of a power of ten.
 * @param {number} value @param {number} exponent @param {number} decimals
 */
export function formatCell(value, exponent, decimals) {
  if (!Number.isFinite(value)) return "–";
  const scaled = value / Math.max(Number.MIN_VALUE, 10 ** exponent),
    size = Math.abs(scaled).toFixed(decimals);
  return Number(size) === 0 ? "0" : (scaled < 0 ? "−" : "") + size;
}

/** What the cells of a figure are to be multiplied by: ×10⁻²; nothing if it is 1. @param {number} exponent */
export const unit = (exponent) => exponent ? compact(timesPower(exponent)) : "";

/**
 * A line of arithmetic with its numbers: "1.96 + (−0.39) = 1.57"; ≈ where the rounded numbers do not agree.
 * @param {string[]} terms @param {"+" | "×"} operation @param {string} result
 */
export function pluggedIn(terms, operation, result) {
  const line = terms.map((term, i) => (i ? parenthesized(term) : term)).join(` ${operation} `);
  return equation(line, result);
}
