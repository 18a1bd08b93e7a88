// Number formatting: significant digits, powers of ten, percentages, and visible symbols for white space.

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹", LOWERED = "₀₁₂₃₄₅₆₇₈₉";

/** @param {number} n an integer */
export function superscript(n) {
  return (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((digit) => RAISED[Number(digit)]).join("");
}

/** @param {number} n an integer */
export function subscript(n) {
  return (n < 0 ? "₋" : "") + [...String(Math.abs(n))].map((digit) => LOWERED[Number(digit)]).join("");
}

/**
 * A size with two figures: 0.26, 0.012, 1.3·10⁻⁵.
 * @param {number | null | undefined} value
 */
export function sci(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (size === 0) return "0";
  if (size >= 999.95 || size < 0.00995) return sign + power(size, 1);
  return sign + (size >= 9.995 ? size.toFixed(1) : size < 0.0995 ? size.toFixed(3) : size.toFixed(2));
}

/**
 * A size where there is little room: 0.70, 12.9, 1284, 2·10⁵.
 * @param {number} size
 * @param {number} [decimals] of sizes below ten
 */
export function short(size, decimals = 2) {
  const rounded = Number(size.toFixed(decimals));
  if (rounded < 10) return size.toFixed(decimals);
  if (size < 99.95) return size.toFixed(decimals - 1);
  if (size < 9999.5) return size.toFixed(0);
  return power(size);
}

/**
 * A size as a power of ten: 3·10⁻⁵.
 * @param {number} size
 * @param {number} [decimals]
 */
export function power(size, decimals = 0) {
  const [mantissa, exponent] = size.toExponential(decimals).split("e");
  return `${mantissa}·10${superscript(Number(exponent))}`;
}

/**
 * A power of ten by its exponent: 1, 10⁻².
 * @param {number} exponent
 */
export function decade(exponent) {
  return exponent === 0 ? "1" : `10${superscript(exponent)}`;
}

/**
 * A number with its sign: +0.25, −0.80, +2·10⁵.
 * @param {number} value
 */
export function signed(value) {
  const size = short(Math.abs(value));
  return size === "0.00" ? size : (value < 0 ? "−" : "+") + size;
}

/**
 * A visible symbol for a character: spaces and control characters get a glyph.
 * @param {string} symbol
 */
export function visible(symbol) {
  if (!symbol) return "";
  const code = symbol.codePointAt(0) ?? 0;
  if (symbol === " ") return "␣";
  if (symbol === "\r\n") return "␍␊";
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  if (/^[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]+$/u.test(symbol)) return code.toString(16).toUpperCase();
  return /^\p{M}/u.test(symbol) ? `◌${symbol}` : symbol;
}

/**
 * A number between −1 and 1, such as a cosine: 0.943.
 * @param {Num} value
 */
export function round(value) {
  return value === null ? "–" : value.toFixed(3).replace("-", "−");
}

/**
 * A fraction as a percentage: 33%, 4.5%, < 0.1%.
 * @param {Num} value
 */
export function percent(value) {
  if (value === null) return "–";
  return value === 0 ? "0%" : value < 0.001 ? "< 0.1%" : `${(100 * value).toFixed(value < 0.1 ? 1 : 0)}%`;
}
