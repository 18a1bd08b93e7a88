// Budget of a race when the matched quantity changes: about the same work, in round numbers.

const MOST = 600_000; // steps of all contestants together

/**
 * The budget in the other measure.
 * @param {"steps" | "updates"} match to be
 * @param {{k: number, budget: number}} params as they are
 * @param {number[]} lengths steps that an update of each contestant takes
 */
export function budgetFor(match, { k, budget }, lengths) {
  if (match === "steps") return Math.max(1, budget * k);
  const all = lengths.reduce((sum, length) => sum + length, 0) || k;
  return Math.max(1, round(Math.min(budget / k, MOST / all)));
}

/** Two digits, downwards: 1069 → 1000. @param {number} n */
function round(n) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1);
  return Math.floor(n / unit) * unit;
}
