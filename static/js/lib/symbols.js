// Tokenization: splits a text into the symbols of its unit, exactly as the server does (app/bptt/sequences.py).

const NUMBER = /^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
/** Among targets of one's own, a step without a target (U+00B7). */
export const HOLE = "·";
const SPACE = /\p{White_Space}+/u;
const BETWEEN_NUMBERS = /[\p{White_Space},]+/u;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** @type {Record<string, (text: string) => string[]>} */
const UNITS = {
  char: graphemes,
  word: (text) => text.split(SPACE).filter(Boolean),
  number: (text) => text.split(BETWEEN_NUMBERS).filter(Boolean),
};

/**
 * @param {string} text in NFC
 * @param {unknown} unit
 * @returns {string[]}
 */
export function symbolsOf(text, unit) {
  return (UNITS[String(unit)] ?? graphemes)(text); // not every page has units
}

/**
 * Whether all symbols are decimal numbers within ±max.
 * @param {string[]} written
 * @param {number} most
 */
export function areNumbers(written, most) {
  return written.every((one) => isNumber(one) && Math.abs(Number(one)) <= most);
}

/** @param {string} written */
export function isNumber(written) {
  return NUMBER.test(written);
}

/**
 * Grapheme clusters: what a reader calls characters.
 * @param {string} text
 */
export function graphemes(text) {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
