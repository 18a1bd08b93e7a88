// Fitting words and long symbols into their boxes: shrink first, then shorten.

import { textWidth } from "../../plot/figure.js";
import { visible } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";

const MOST_CODE_POINTS = 12; // of one grapheme; families of emoji have up to eleven
const SMALLEST = 11; // px that type shrinks to before a word is cut
const PADDING = 12, TIGHT = 4, MARGIN = 6; // px beside a word in its box, at least, and between boxes

/**
 * A symbol fitted to a width: smaller type first, then shortened. A single letter stays unchanged.
 * @param {string} symbol
 * @param {number} room px
 * @param {number} size px of its type
 * @returns {{text: string, size: number}}
 */
export function fit(symbol, room, size) {
  if (!symbol) return { text: "", size };
  const letters = graphemes(visible(symbol));
  if (letters.length < 2) return { text: drawable(symbol), size };
  const min = Math.min(size, SMALLEST);
  const fitting = Math.max(min, Math.min(size, size * room / textWidth(letters.join(""), size)));
  for (let kept = letters.length; kept > 1; kept--) {
    const text = letters.slice(0, kept).join("") + (kept < letters.length ? "…" : "");
    if (textWidth(text, fitting) <= room * 1.001) return { text, size: fitting };
  }
  return { text: drawable(letters[0]), size: fitting };
}

/**
 * The width of an input's box: wider for a word than for a letter, if the column has the space.
 * @param {string} symbol
 * @param {Geometry} g
 */
export function inputWidth(symbol, { box, font, c }) {
  const letters = graphemes(visible(symbol));
  if (letters.length < 2) return box;
  return Math.max(box, Math.min(c - MARGIN, textWidth(letters.join(""), font) + PADDING));
}

/**
 * The room that an input's letters have.
 * @param {string} symbol
 * @param {Geometry} g
 */
export function inputRoom(symbol, g) {
  return g.level === "compact" ? g.c - 2 : inputWidth(symbol, g) - TIGHT;
}

/** A grapheme with a pile of combining marks, cut to a drawable height. @param {string} symbol */
function drawable(symbol) {
  return [...visible(symbol)].slice(0, MOST_CODE_POINTS).join("");
}
