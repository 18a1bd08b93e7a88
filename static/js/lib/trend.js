// Trend words (vanishes, shrinks, steady, grows, explodes) for a gradient's way back: one scale for every page.

const CHANGED = 1.25, BY_FAR = 100; // times larger or smaller

/** @typedef {"vanishes" | "shrinks" | "steady" | "grows" | "explodes"} Trend */

/**
 * What became of a size that is now this many times as large. @param {number} ratio @returns {Trend}
 */
export function trend(ratio) {
  if (ratio < 1) return ratio < 1 / BY_FAR ? "vanishes" : ratio < 1 / CHANGED ? "shrinks" : "steady";
  return ratio > BY_FAR ? "explodes" : ratio > CHANGED ? "grows" : "steady";
}

/** @param {number} ratio */
export function isSmaller(ratio) {
  return ratio < 1 / CHANGED;
}

/** @param {number} ratio */
export function isLarger(ratio) {
  return ratio > CHANGED;
}
