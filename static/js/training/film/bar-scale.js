// What bars of loss are measured against: from 0, or from the least where bars from 0 would all look alike.

import { sizeOf } from "./step-layout.js";

/** @typedef {{low: number, high: number}} Heights */

/** @param {Row} losses @returns {Heights} */
export function heightsOf(losses) {
  /** @type {number[]} */
  const sizes = losses.flatMap((loss) => loss === null ? [] : [loss]);
  const high = sizes.reduce((most, size) => Math.max(most, size), 0);
  const least = sizes.reduce((low, size) => Math.min(low, size), high);
  return { low: high / 2 < least && least < high ? least : 0, high: high || 1 };
}

/** How much of the highest bar a loss has. @param {Num} loss @param {Heights} heights */
export function shareOf(loss, { low, high }) {
  return Math.max(0, Math.min(1, ((loss ?? 0) - low) / (high - low)));
}

/** @param {Heights} heights */
export const written = ({ low, high }) => `${sizeOf(low)}–${sizeOf(high)}`;
