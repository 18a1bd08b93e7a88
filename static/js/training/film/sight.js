// The part of the film strip that is in sight, by steps of the pass.

import { middleOf } from "./strip.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./timeline.js").Place} Place */

/** @param {Context} context @param {number} room px in sight @param {number} left */
const within = ({ at }, room, left) => Math.max(0, Math.min(Math.ceil(at.width) - room, Math.round(left)));

/** The drawn steps of the pass, and where the strip is scrolled to for each to be the first in sight. @param {Context} context @param {number} room @returns {{step: number, left: number}[]} */
function stops(context, room) {
  const { at, frames, plan } = context, first = at.frames[0].x(0);
  return frames.flatMap(({ frame }, i) => {
    const before = plan.lengths.slice(0, frame).reduce((sum, n) => sum + n, 0), { columns, x } = at.frames[i];
    return columns.flatMap((step, column) =>
      step === null ? [] : [{ step: before + step, left: within(context, room, x(column) - first) }]
    );
  });
}

/** The stop that is nearest by a measure. @param {{step: number, left: number}[]} all @param {"step" | "left"} by @param {number} value */
const nearest = (all, by, value) =>
  all.reduce((best, stop) => Math.abs(stop[by] - value) < Math.abs(best[by] - value) ? stop : best);

/** Where the strip is scrolled to for a step to be the first in sight, or for the nearest that is drawn. @param {Context} context @param {number} room @param {number} step */
export const leftOf = (context, room, step) => nearest(stops(context, room), "step", step).left;

/** Where the strip is scrolled to that nobody has scrolled: its moment is in sight. @param {Context} context @param {number} room @param {Place} now */
export function usualLeft(context, room, now) {
  const { at, frames } = context, x = middleOf(context, now);
  const place = at.frames[frames.findIndex(({ frame }) => frame === now.frame)];
  if (x === null || at.width <= room) return 0;
  const block = {
    left: place.left - (place.left > at.first ? at.gate : at.first),
    right: place.left + place.width,
  };
  const fits = block.right - block.left <= room + 4;
  return within(
    context,
    room,
    x > block.right ? x + at.gate / 2 - room : fits ? block.right - room : x - room / 2,
  );
}

/**
 * The first step in sight, null where it is the usual one; the address is to name it.
 * @param {Context} context @param {number} room @param {Place} now @param {number} left
 */
export function firstInSight(context, room, now, left) {
  const all = stops(context, room), { step } = nearest(all, "left", left);
  return step === nearest(all, "left", usualLeft(context, room, now)).step ? null : step;
}
