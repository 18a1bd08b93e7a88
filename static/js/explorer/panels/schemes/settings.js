// Settings that a truncation scheme uses, in short form.

import { shortened } from "../../../page/cuts.js";

/**
 * @param {string} name of the scheme
 * @param {Record<string, string | number | null>} params
 * @returns {string} such as k = 4; empty where it obeys none
 */
export function settings(name, { k, k1, cut, cuts }) {
  /** @type {Record<string, string>} */
  const texts = {
    blocks: `k = ${k}`,
    window: `k = ${k}`,
    tbptt: `k₁ ${k1} · k₂ ${Math.max(Number(k1), Number(k))}`,
    randomized: `c = ${cut}`,
    cuts: cuts ? `t = ${shortened(String(cuts))}` : "",
  };
  return texts[name] ?? "";
}
