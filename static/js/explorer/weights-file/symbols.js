// The symbols of the text on the page beside those of a trained network.

import { isNumber, symbolsOf } from "../../lib/symbols.js";

const LETTERS = " abcdefghijklmnopqrstuvwxyz";

/**
 * The unit of the text that is asked for, and its symbols as a vocabulary.
 * @param {string} asked the query @param {string} [ofFile] the unit that the file says
 */
export function symbolsAsked(asked, ofFile) {
  const query = new URLSearchParams(asked), unit = ofFile ?? query.get("unit") ?? "char";
  const text = symbolsOf((query.get("text") ?? "hello").normalize("NFC"), unit);
  const used = [...new Set([...text, ...symbolsOf((query.get("targets") ?? "").normalize("NFC"), unit)])];
  const glue = unit === "word" ? " " : "";
  return {
    unit,
    /** A vocabulary of V symbols that is likely: that of the address, the text's own, or the letters. @param {number} V */
    known: (V) =>
      [query.get("vocabulary") ?? "", used.join(glue), LETTERS, LETTERS.slice(1)].find((one) =>
        symbolsOf(one, unit).length === V
      ) ?? "",
    /** The first symbol of the text that a vocabulary lacks. @param {string[]} vocabulary */
    missing: (vocabulary) =>
      used.find((symbol) => unit === "number" ? !isNumber(symbol) : !vocabulary.includes(symbol)),
  };
}
