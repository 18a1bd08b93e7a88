// Names of the contestants: full in the table, and at the lines' ends only what distinguishes them.

import { shortened } from "../../page/cuts.js";

/** @typedef {Pick<Contestant, "entry" | "cell" | "scheme" | "state" | "k" | "k1" | "cut" | "cuts" | "cached_steps"> & {reset_gate?: string | null, init?: string, shuffled?: boolean}} Named */

/** Keep "k = 2" on one line. @param {string} name */
export const unbroken = (name) => name.replaceAll(" = ", "\u00a0=\u00a0");

/** Whether more than one cell runs, or more than one form of it. @param {Named[]} contestants */
const mixed = (contestants) =>
  new Set(contestants.map(({ cell, reset_gate }) => `${cell} ${reset_gate}`)).size > 1;

/** Whether the weights of several are drawn in different ways. @param {Named[]} contestants */
const isOfSeveralStarts = (contestants) => new Set(contestants.map(({ init }) => init)).size > 1;

/** Whether some read their blocks in order and others do not. @param {Pick<Named, "shuffled">[]} contestants */
export const isOfBothOrders = (contestants) =>
  new Set(contestants.map(({ shuffled }) => Boolean(shuffled))).size > 1;

/** A start of the weights. @param {Named} contestant @param {Words} words */
const startOf = ({ init }, words) => words(`training.race.starts.${init}`);

/** A cell; of the forms of the GRU the one that is not the usual one is named. @param {Named} contestant @param {Words} words */
const cellOf = ({ cell, reset_gate }, words) =>
  cell.toUpperCase() + (reset_gate === "after" ? ` ${words("training.race.reset_after")}` : "");

/**
 * @param {Named[]} contestants
 * @param {Words} words
 * @returns {string[]}
 */
export function fullNames(contestants, words) {
  const several = mixed(contestants), starts = isOfSeveralStarts(contestants);
  const orders = isOfBothOrders(contestants);
  return contestants.map((one) => {
    const { cell, scheme, state, k, k1, cut, cuts, cached_steps } = one;
    const cells = several || cell !== "rnn" ? [cellOf(one, words)] : [];
    const zeros = state === "zeros" ? [words("training.race.zeros")] : [];
    const start = starts ? [startOf(one, words)] : [];
    const length = cutting({ scheme, k, k1, cut, cuts, cached_steps }, words);
    const order = orders && one.shuffled ? [words("training.race.shuffled")] : [];
    return [...cells, length, ...zeros, ...order, ...start].join(" · ");
  });
}

/** @param {Pick<Contestant, "scheme" | "k" | "k1" | "cut" | "cuts" | "cached_steps">} contestant @param {Words} words */
function cutting({ scheme, k, k1, cut, cuts, cached_steps }, words) {
  const name = words(`training.race.schemes.${scheme}`);
  if (scheme === "randomized") return `${name} c = ${cut}`;
  if (scheme === "tbptt") return `${name} ${k1}, ${k}`;
  if (cuts) return `${name} ${shortened(String(cuts))}`;
  return `${name} k = ${scheme === "full" ? cached_steps : k}`;
}

/**
 * Names at the ends of lines, without what all have in common.
 * @param {Named[]} contestants
 * @param {Words} words
 * @returns {string[]}
 */
export function shortNames(contestants, words) {
  const cells = mixed(contestants), starts = isOfSeveralStarts(contestants);
  const orders = isOfBothOrders(contestants);
  return contestants.map((one) => {
    const { scheme, state, k, k1, cut, cuts } = one;
    const text = words(`training.race.schemes.${scheme}`);
    const length = scheme === "blocks"
      ? `k = ${k}`
      : scheme === "full"
      ? text
      : cuts
      ? `${text} ${shortened(String(cuts))}`
      : `${text} ${scheme === "randomized" ? cut : scheme === "tbptt" ? `${k1}, ${k}` : k}`;
    const parts = [...(cells ? [cellOf(one, words)] : []), length];
    const zeros = state === "zeros" ? [words("training.race.zeros_short")] : [];
    const order = orders && one.shuffled ? [words("training.race.shuffled")] : [];
    return [parts.join(" "), ...zeros, ...order, ...(starts ? [startOf(one, words)] : [])].join(" · ");
  });
}
