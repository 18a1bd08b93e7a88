// Which steps have a loss: every step, the last, or a list of them; a hole among the targets has none.

import { HOLE } from "../lib/symbols.js";

/** @typedef {Pick<Result, "params" | "tokens" | "targets">} Run */

/** @type {WeakMap<object, {at: unknown, has: boolean[], before: number[]}>} */
const KNOWN = new WeakMap();

/** By step, whether it has a loss, and how many losses there are before it. @param {Run} run */
function lossesOf({ params: { loss_at: at, targets: given }, tokens, targets }) {
  const known = KNOWN.get(tokens);
  if (known && known.at === at) return known;
  const has = tokens.map((_, t) => !given || targets[t] !== HOLE);
  if (at === "last") has.fill(false, 0, has.lastIndexOf(true));
  else if (at && at !== "every") {
    const steps = new Set(String(at).split(",").map(Number));
    has.forEach((_, t) => has[t] &&= steps.has(t));
  }
  const before = [0];
  has.forEach((is, t) => before.push(before[t] + Number(is)));
  KNOWN.set(tokens, { at, has, before });
  return { has, before };
}

/** @param {Run} run @param {number} t */
export const hasLoss = (run, t) => lossesOf(run).has[t] ?? false;

/** How many steps from start to stop − 1 have a loss. @param {Run} run @param {number} start @param {number} stop */
export function countLosses(run, start, stop) {
  const { before } = lossesOf(run);
  return Math.max(0, before[stop] - before[Math.min(start, before.length - 1)]);
}

/** The last step that has a loss. @param {Run} run */
export const lastLoss = (run) => lossesOf(run).has.lastIndexOf(true);
