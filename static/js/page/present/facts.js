// What is written large beside the picture: what it shows, its numbers, its address.

import { visible } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";

const SHOWN = 24; // letters of the text
const MANY = 9999; // pairs that are counted out loud

/**
 * What a state is called that has no title of its own.
 * @param {Result["params"]} params @param {Words} words
 */
export function called(params, words) {
  const letters = graphemes(visible(String(params.text)));
  const text = letters.slice(0, SHOWN).join("") + (letters.length > SHOWN ? "…" : "");
  const cell = params.cell && params.cell !== "rnn" ? [words(`params.cell.choices.${params.cell}`)] : [];
  return [text, ...cell, words(`schemes.names.${params.truncation}`)].join(" · ");
}

/**
 * T, k, the number of blocks, the pairs that are kept.
 * @param {Pick<Result, "params" | "tokens" | "blocks" | "cells_kept" | "cells_total">} result @param {Words} words
 * @returns {[string, string][]} names and numbers
 */
export function facts({ params, tokens, blocks, cells_kept: kept, cells_total: total }, words) {
  const { truncation, k, k1, cut } = params;
  /** @type {Record<string, [string, string | number][]>} */
  const settings = {
    blocks: [["k", k]],
    window: [["k", k]],
    tbptt: [["k₁", k1], ["k₂", Math.max(Number(k1), Number(k))]],
    randomized: [["c", cut]],
  };
  const parts = words(truncation === "randomized" ? "present.segments" : "present.blocks");
  const share = total > MANY ? percent(kept / total) : `${kept}/${total}`;
  /** @type {[string, string | number][]} */
  const found = [
    ["T", tokens.length],
    ...settings[truncation] ?? [],
    ...(blocks.length ? [/** @type {[string, number]} */ ([parts, blocks.length])] : []),
    [words("present.pairs"), share],
  ];
  return found.map(([name, value]) => [name, String(value)]);
}

/** @param {number} part */
function percent(part) {
  return `${part < 0.1 ? (100 * part).toFixed(1) : Math.round(100 * part)}%`;
}

/**
 * An address as it is typed: without https://, Korean and other letters as they are.
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
