// Findings of the cards: numbers of at most 11 characters that a hall can read.

import { compact, percent, power, sci, short } from "../../lib/format.js";

export const MOST_CHARACTERS = 11;
const LEAST = 0.0095, DECIMALS = 2; // of a size that is told: 0.01
const MOST_TIMES = 10; // beyond so many times more, a change is a factor instead of a percentage
const MOST_PERCENT = 8; // characters of an error

/**
 * A size before and after: 0.20 → 0.14, and where that would be long or tell no difference, the change: −40%, ×12.
 * @param {number} before @param {number} after
 */
export function change(before, after) {
  const sizes = [before, after].map(sci), rounded = [before, after].map((size) => size.toFixed(DECIMALS));
  const isSmall = Math.min(...[before, after].filter(Boolean)) < LEAST;
  for (const [from, to] of isSmall ? [] : [sizes, rounded]) {
    if (from !== to && fitting(`${from} → ${to}`)) return `${from} → ${to}`;
  }
  const ratio = after / before;
  if (!Number.isFinite(ratio)) return fitting(`0 → ${compact(power(after))}`);
  if (ratio > MOST_TIMES) return `×${short(ratio, 1)}`;
  const size = percent(Math.abs(ratio - 1));
  return size.startsWith("<") ? size : `${ratio < 1 ? "−" : "+"}${size}`;
}

/** A text that is short enough for a finding, else none. @param {string} text */
const fitting = (text) => text.length <= MOST_CHARACTERS ? text : "";

/** An error in per cent, however large: 16%, 3×10⁹%. @param {number} error */
export function errorText(error) {
  const text = percent(error);
  return text.length > MOST_PERCENT ? `${compact(power(100 * error))}%` : text;
}
