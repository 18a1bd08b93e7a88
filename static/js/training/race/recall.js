// Recall task: the accuracy that a reset state can reach, beside the measured ones.

/**
 * What zeros at each block's start can answer: an episode that lies inside one block surely, any other by chance.
 * @param {number} lag @param {number} k @param {number} cues
 */
export function formula(lag, k, cues) {
  return 1 - (1 - 1 / cues) * Math.min(1, lag / k);
}

/**
 * By k, of blocks: the final accuracy with the state carried, with zeros, and the formula.
 * @param {Race} race @param {{lag: number, cues: number}} task
 * @returns {{k: number, carried: Num, zeros: Num, formula: number}[]}
 */
export function comparison({ contestants }, { lag, cues }) {
  const blocks = contestants.filter(({ scheme, k }) => scheme === "blocks" && k !== null);
  const cell = blocks.find(({ state }) => state === "zeros")?.cell ?? blocks[0]?.cell;
  const ks = [...new Set(blocks.filter((one) => one.cell === cell).map(({ k }) => Number(k)))];
  /** @param {number} k @param {string} state */
  const reached = (k, state) =>
    blocks.find((one) => one.cell === cell && one.k === k && one.state === state)?.final?.mean ?? null;
  return ks.sort((a, b) => a - b).map((k) => ({
    k,
    carried: reached(k, "carried"),
    zeros: reached(k, "zeros"),
    formula: formula(lag, k, cues),
  }));
}
