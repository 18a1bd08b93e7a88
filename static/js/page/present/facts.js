// Presenter view: title and address shown beside the picture.

import { visible } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";
import { shortened } from "../cuts.js";

const SHOWN = 24; // letters of the text, and of a path that is typed

/**
 * The text of a state that is not a preset, and its cell.
 * @param {Result["params"]} params @param {Words} words
 */
export function called(params, words) {
  const letters = graphemes(visible(String(params.text)));
  const text = letters.slice(0, SHOWN).join("") + (letters.length > SHOWN ? "…" : "");
  const cell = params.cell && params.cell !== "rnn" ? [words(`params.cell.choices.${params.cell}`)] : [];
  return [text, ...cell].join(" · ");
}

/**
 * The truncation with its parameters, such as: blocks of 3.
 * @param {Result["params"]} params @param {Words} words
 */
export function scheme({ truncation, k, k1, cut, cuts }, words) {
  const name = truncation === "cuts" && !cuts ? "full" : truncation;
  return words(`preview.${name}`, { k, k1, cut, cuts: shortened(String(cuts)) });
}

/**
 * An address as people type it: without https://, with Korean and other letters decoded.
 * @param {string} link
 */
export function typed(link) {
  return link.replace(/^https?:\/\//, "").replace(/(?:%[0-9A-F]{2})+/g, (run) => {
    try {
      const letters = decodeURIComponent(run);
      return /^\p{L}+$/u.test(letters) ? letters : run;
    } catch {
      return run;
    }
  });
}

/**
 * What of an address people type: the host with a short path, else the host alone; the QR code has the rest.
 * @param {string} link
 */
export function short(link) {
  const [host, ...path] = typed(link).split("/"), rest = path.join("/");
  return rest && graphemes(`/${rest}`).length <= SHOWN ? `${host}/${rest}` : host;
}
