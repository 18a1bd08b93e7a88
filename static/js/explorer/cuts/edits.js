// What a cut, its removal or a drag of a cut line changes in the parameters.

import { parseCuts, writeCuts } from "../../page/cuts.js";

/** @typedef {import("../../page/query.js").Params} Params */

/**
 * The steps t whose edge to step t − 1 no backward pass crosses.
 * @param {Pick<Result, "walks" | "tokens">} result
 */
export function cutEdges({ walks, tokens: { length: T } }) {
  const begins = Array(T + 1).fill(0); // of the edges that a pass crosses, and −1 after their end
  for (const { start, stop } of walks) {
    begins[start + 1] += 1;
    begins[stop] -= 1;
  }
  const cuts = [];
  for (let t = 1, crossing = 0; t < T; t += 1) {
    crossing += begins[t];
    if (!crossing) cuts.push(t);
  }
  return cuts;
}

/**
 * The steps before which the parameters cut; those of a scheme that has to be computed come from the result.
 * @param {Params} params @param {Pick<Result, "walks" | "tokens">} result
 */
export function cutsOf(params, result) {
  const T = result.tokens.length;
  if (params.truncation === "cuts") return (parseCuts(String(params.cuts)) ?? []).filter((t) => t < T);
  if (params.truncation === "full") return [];
  if (params.truncation !== "blocks") return cutEdges(result);
  const k = Number(params.k);
  return Array.from({ length: Math.ceil(T / k) - 1 }, (_, i) => (i + 1) * k);
}

/**
 * The edge before step t is cut, or healed if it is cut; cuts of another scheme are taken over.
 * @param {number[]} cuts the present ones @param {number} t
 */
export function toggled(cuts, t) {
  const kept = cuts.filter((cut) => cut !== t);
  return { truncation: "cuts", cuts: writeCuts(kept.length < cuts.length ? kept : [...cuts, t]) };
}

/**
 * The parameters once the cut line that stands before step `from` is moved before step `to`: blocks all have the same
 * length, so that all lines move; of own cuts only this one does.
 * @param {Params} params @param {number[]} cuts before the move @param {number} from @param {number} to
 * @returns {Record<string, string>}
 */
export function moved(params, cuts, from, to) {
  if (params.truncation === "cuts") return { cuts: writeCuts([...cuts.filter((t) => t !== from), to]) };
  return { k: String(Math.max(1, Math.round(to / (cuts.indexOf(from) + 1)))) };
}

/**
 * Where a cut of one's own comes to stand that is moved by a step: other cuts are passed over.
 * @param {number[]} cuts @param {number} t @param {1 | -1} by @param {number} last the last step
 */
export function nextFree(cuts, t, by, last) {
  let to = t + by;
  while (cuts.includes(to)) to += by;
  return to < 1 || to > last ? t : to;
}
