// Scale of the loss bars: from 0, or from the smallest loss where bars from 0 would look alike.

import { sizeOf } from "./step-layout.js";

/** @typedef {{low: number, high: number}} BarScale */

/** @param {Row} losses @returns {BarScale} */
export function barScaleOf(losses) {
  /** @type {number[]} */
  const sizes = losses.flatMap((loss) => loss === null ? [] : [loss]);
  const high = sizes.reduce((max, size) => Math.max(max, size), 0);
  const min = sizes.reduce((low, size) => Math.min(low, size), high);
  return { low: high / 2 < min && min < high ? min : 0, high: high || 1 };
}

/** How much of the highest bar a loss has. @param {Num} loss @param {BarScale} heights */
export function shareOf(loss, { low, high }) {
  return Math.max(0, Math.min(1, ((loss ?? 0) - low) / (high - low)));
}

/** @param {BarScale} heights */
export const rangeText = ({ low, high }) => `${sizeOf(low)}–${sizeOf(high)}`;
