// Number formatting: significant digits, powers of ten, percentages, and visible symbols for white space.
// The rules are in docs/architecture.md, "Numbers as text".

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
 * A size with two figures: 0.26, 0.012, 1.3 × 10⁻⁵.
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
 * Two sizes that a sentence tells apart: with as many figures as they differ in, up to five: 0.342, 0.338.
 * @param {Num | undefined} one
 * @param {Num | undefined} other
 * @returns {[string, string]}
 */
export function apart(one, other) {
  for (let figures = 3; sci(one) === sci(other) && figures <= MOST_DECIMALS; figures += 1) {
    const [a, b] = [one, other].map((value) => precise(Number(value), figures));
    if (one !== other && a !== b) return [a, b];
  }
  return [sci(one), sci(other)];
}

/** @param {number} value @param {number} figures */
function precise(value, figures) {
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  return sign + (size >= 999.95 || size < 0.00995 ? power(size, figures - 1) : size.toPrecision(figures));
}

/**
 * A size where there is little room: 0.70, 12.9, 1284, 2×10⁵.
 * @param {number} size
 * @param {number} [decimals] of sizes below ten
 */
export function short(size, decimals = 2) {
  const rounded = Number(size.toFixed(decimals));
  if (rounded < 10) return size.toFixed(decimals);
  if (size < 99.95) return size.toFixed(decimals - 1);
  if (size < 9999.5) return size.toFixed(0);
  return compact(power(size));
}

/**
 * A number where there is little room: −0.70, 12.9, and 0.0 (not −0.0) for what rounds to zero.
 * @param {number} value
 * @param {number} [decimals] of sizes below ten
 */
export function shortNumber(value, decimals = 2) {
  const size = short(Math.abs(value), decimals);
  return (value < 0 && Number(size) !== 0 ? "−" : "") + size;
}

/**
 * A size as a power of ten: 3 × 10⁻⁵, which no line breaks.
 * @param {number} size
 * @param {number} [decimals]
 */
export function power(size, decimals = 0) {
  const [mantissa, exponent] = size.toExponential(decimals).split("e");
  return mantissa + timesPower(Number(exponent));
}

/** A power of ten behind the number that it multiplies: × 10⁻⁵. @param {number} exponent */
export const timesPower = (exponent) => `\u00a0×\u00a010${superscript(exponent)}`;

/** A formatted number without spaces, for a figure: 3×10⁻⁵. @param {string} number */
export const compact = (number) => number.replaceAll("\u00a0", "");

/**
 * A number with so many figures at most: 3, −0.25, 0.4621, 3.9 × 10⁸.
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

/** Remove the zeros of 1.00 × 10⁵. @param {string} text */
const withoutZeros = (text) => text.replace(/\.?0+(?=\s×)/, "");

/** An integer with commas, in every language and browser: 12,528. @param {number} n */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * A power of ten by its exponent: 1, 10⁻².
 * @param {number} exponent
 */
export function decade(exponent) {
  return exponent === 0 ? "1" : `10${superscript(exponent)}`;
}

/**
 * A number with its sign: +0.25, −0.80, +2×10⁵.
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
 * A number with so many decimals: 0.94, −0.05, and 0.00 (not −0.00) for −0.001.
 * @param {number} value
 * @param {number} [decimals]
 */
export function fixed(value, decimals = 2) {
  const size = Math.abs(value).toFixed(decimals);
  return (value < 0 && Number(size) !== 0 ? "−" : "") + size;
}

/**
 * A number between −1 and 1, such as a cosine: 0.943. What is not 0 or 1 is not written so: 0.9996, 4.0 × 10⁻⁴.
 * @param {Num | undefined} value
 * @param {number} [decimals]
 * @param {boolean} [isExact] false where a value of 1 is known to be rounded: ≈ 1
 */
export function round(value, decimals = 3, isExact = true) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value), sign = value < 0 ? "−" : "", whole = Number(size.toFixed(decimals));
  if (whole === 0) return size ? sci(value) : size.toFixed(decimals);
  if (whole !== 1) return sign + size.toFixed(decimals);
  if (size === 1) return isExact ? sign + size.toFixed(decimals) : `≈ ${sign}1`;
  return notAs(size, 1, decimals, (text) => sign + text) ?? `≈ ${sign}1`;
}

/**
 * A fraction as a percentage: 33%, 4.5%, < 0.1%. Only a whole is 100%: 99.6%.
 * @param {Num | undefined} value
 */
export function percent(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value === 0) return "0%";
  if (value < 0.001) return "< 0.1%";
  const size = 100 * value, decimals = value < 0.1 ? 1 : 0;
  if (Number(size.toFixed(decimals)) !== 100 || value === 1) return `${size.toFixed(decimals)}%`;
  return notAs(size, 100, decimals, (text) => `${text}%`) ?? "≈ 100%";
}

/** A fraction in per cent for a text that has the sign: 33, 99.6. @param {Num | undefined} value */
export const inPercent = (value) => percent(value).replace(/ ?%$/, "");

/**
 * A share in whole per cent where there is little room: 33%, and <1% or >99% for what is not quite 0 or 1.
 * @param {Num | undefined} share
 */
export function wholePercent(share) {
  if (share === null || share === undefined || !Number.isFinite(share)) return "–";
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) return "<1%";
  return rounded === 100 && share < 1 ? ">99%" : `${rounded}%`;
}

const MOST_DECIMALS = 5; // as many digits as answers have

/** With as many more decimals as tell it from an end; null if five do not. @param {number} size @param {number} end @param {number} decimals @param {(text: string) => string} say */
function notAs(size, end, decimals, say) {
  for (let more = decimals; more <= MOST_DECIMALS; more += 1) {
    if (Number(size.toFixed(more)) !== end) return say(size.toFixed(more));
  }
  return null;
}
