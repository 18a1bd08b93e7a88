// Number formats of the graph lab, and formulas with numbers in place of letters.

import { power } from "../lib/format.js";

/**
 * A number with so many figures at most: 3, −0.25, 0.4621, 3.9·10⁸.
 * @param {Num | undefined} value
 * @param {number} [figures]
 */
export function formatNumber(value, figures = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (size === 0) return "0";
  if (size >= 1e5 || size < 1e-4) return sign + withoutZeros(power(size, Math.min(2, figures - 1)));
  return sign + String(Number(size.toPrecision(figures)));
}

/** A number where there is little room, in one or two figures: 0.46, 12, 4·10⁻⁴. @param {Num | undefined} value */
export function formatShort(value) {
  const size = Math.abs(value ?? 0), sign = Number(value) < 0 ? "−" : "";
  return size && (size >= 1e3 || size < 1e-2) ? sign + power(size) : formatNumber(value, 2);
}

/** Remove the zeros of 1.00·10⁵. @param {string} text */
const withoutZeros = (text) => text.replace(/\.?0+·/, "·");

/** In brackets where a sign stands before it. @param {string} text */
export const parenthesized = (text) => text.startsWith("−") ? `(${text})` : text;

/**
 * A form with something in its places: "{0} − {1}" of ["x", "y"] is "x − y".
 * @param {string} form
 * @param {string[]} args
 * @param {string} [y]
 */
export const fillTemplate = (form, args, y = "") =>
  form.replace(/\{(\d|y)\}/g, (_, place) => place === "y" ? y : args[Number(place)]);

/**
 * A form with numbers: "4 − 1".
 * @param {string} form
 * @param {Num[]} args
 * @param {Num} [y]
 */
export function withNumbers(form, args, y = null) {
  const [first] = form.match(/^\{(\d)\}/) ?? [];
  const text = fillTemplate(
    form,
    args.map((value) => parenthesized(formatNumber(value))),
    parenthesized(formatNumber(y)),
  );
  return first && text.startsWith("(−") ? text.replace(/^\((−[^)]*)\)(?! ?\*\*)/, "$1") : text;
}

/** ∂f/∂x. @param {string} f @param {string} x */
export const derivative = (f, x) => `∂${f}/∂${x}`;
