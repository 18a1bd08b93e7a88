// Presenter view: the title of a state.

import { visible } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";
import { shortened } from "../cuts.js";

const SHOWN = 24; // letters of the text

/**
 * The text of a state that is not a preset, and its cell.
 * @param {Result["params"]} params @param {Words} words
 */
export function called(params, words) {
  const cell = params.cell && params.cell !== "rnn" ? [words(`params.cell.choices.${params.cell}`)] : [];
  return [textOf(params), ...cell].join(" · ");
}

/** The text of a state, of a long one its beginning. @param {Result["params"]} params */
export function textOf({ text }) {
  const letters = graphemes(visible(String(text)));
  return letters.slice(0, SHOWN).join("") + (letters.length > SHOWN ? "…" : "");
}

/**
 * The truncation with its parameters, such as: blocks of 3.
 * @param {Result["params"]} params @param {Words} words
 */
export function scheme({ truncation, k, k1, cut, cuts }, words) {
  const name = truncation === "cuts" && !cuts ? "full" : truncation;
  return words(`preview.${name}`, { k, k1, cut, cuts: shortened(String(cuts)) });
}
