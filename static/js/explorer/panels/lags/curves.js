// Norms of one loss's gradient by lag s − t: exact, and as much of it as each k keeps; or exact for each cell.

import { finite } from "../../../lib/log-scale.js";
import { CELLS } from "../cells/answers.js";
import { comparedIn, lossOf, pathTo } from "./compared.js";

/**
 * @typedef {object} Curve
 * @property {string} name such as k = 3, LSTM; empty for the exact one
 * @property {Row} sizes by lag from 0 on; 0 where it is cut off, null beyond what numbers can hold
 * @property {number} last the last lag that something reaches
 */

/** The norms by lag: of an LSTM those that h and c carry together. @param {Pick<Pair, "credit" | "credit_c">} pair @returns {Row} */
export function byLag({ credit, credit_c: inside }) {
  return credit.map((size, t) => (size === null ? null : finite(Math.hypot(size, inside?.[t] ?? 0))))
    .toReversed();
}

/** What the scheme keeps of them. @param {Pick<Pair, "credit" | "credit_c" | "kept_row">} pair @returns {Row} */
export function keptByLag(pair) {
  const weights = pair.kept_row.toReversed();
  return byLag(pair).map((size, lag) => (size === null ? null : size * (weights[lag] ?? 0)));
}

/** @param {string} name @param {Row} sizes @returns {Curve} */
const curve = (name, sizes) => ({
  name,
  sizes,
  last: sizes.findLastIndex((size) => size !== null && size > 0),
});

/**
 * The exact curve where values of k are compared, and the compared ones, as far as they are known.
 * @param {Result} result @param {View} view
 * @returns {{s: number, kind: "k" | "cells", exact: Curve | null, curves: Curve[]}}
 */
export function curvesOf(result, view) {
  const s = lossOf(result, view), { kind, ks } = comparedIn(result, view);
  const known = (/** @type {string} */ path) => /** @type {Pair | null | undefined} */ (view.answers[path]);
  if (kind === "cells") {
    const curves = CELLS.flatMap((cell) => {
      const answer = known(pathTo(view.query, s, cell === result.params.cell ? {} : { cell }));
      return answer ? [curve(cell.toUpperCase(), byLag(answer))] : [];
    });
    return { s, kind, exact: null, curves };
  }
  const found = ks.flatMap((k) => {
    const answer = known(pathTo(view.query, s, { k }));
    return answer ? [{ k, answer }] : [];
  });
  return {
    ...{ s, kind, exact: found.length ? curve("", byLag(found[0].answer)) : null },
    curves: found.map(({ k, answer }) => curve(`k = ${k}`, keptByLag(answer))),
  };
}
