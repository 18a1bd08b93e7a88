// Presenter view: title, numbers and address shown beside the picture.

import { percent, visible } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";

const SHOWN = 24; // letters of the text
const MANY = 9999; // pairs up to which the exact number is shown

/**
 * The title of a state that is not a preset.
 * @param {Result["params"]} params @param {Words} words
 */
export function called(params, words) {
  const letters = graphemes(visible(String(params.text)));
  const text = letters.slice(0, SHOWN).join("") + (letters.length > SHOWN ? "…" : "");
  const cell = params.cell && params.cell !== "rnn" ? [words(`params.cell.choices.${params.cell}`)] : [];
  return [text, ...cell, words(`schemes.names.${params.truncation}`)].join(" · ");
}

/**
 * T, k, number of blocks and number of kept pairs.
 * @param {Pick<Result, "params" | "tokens" | "blocks" | "cells_kept" | "cells_total">} result @param {Words} words
 * @returns {[string, string][]} names and numbers
 */
export function facts({ params, tokens, blocks, cells_kept: kept, cells_total: total }, words) {
  const { truncation, k, k1, cut } = params;
  /** @type {Record<string, [string, string | number][]>} */
  const settings = {
    blocks: [["k", k]],
    window: [["k", k]],
    tbptt: [["k₁", k1], ["k₂", k]],
    randomized: [["c", cut]],
  };
  const parts = words(truncation === "randomized" ? "present.segments" : "present.blocks");
  const share = total > MANY ? percent(kept / total).replaceAll(" ", "") : `${kept}/${total}`;
  /** @type {[string, string | number][]} */
  const found = [
    ["T", tokens.length],
    ...settings[truncation] ?? [],
    ...(blocks.length ? [/** @type {[string, number]} */ ([parts, blocks.length])] : []),
    [words("present.pairs"), share],
  ];
  return found.map(([name, value]) => [name, String(value)]);
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
