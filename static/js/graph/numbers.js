// Number formats of the graph lab, and formulas with numbers in place of letters.

import { parenthesized } from "../lib/arithmetic.js";
import { compact, formatNumber, power } from "../lib/format.js";

/** A number where there is little room, in one or two figures: 0.46, 12, 4×10⁻⁴. @param {Num | undefined} value */
export function formatShort(value) {
  const size = Math.abs(Number(value)), sign = Number(value) < 0 ? "−" : "";
  return size && (size >= 1e3 || size < 1e-2) ? sign + compact(power(size)) : formatNumber(value, 2);
}

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
