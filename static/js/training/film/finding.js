// What the film finds, in words: what crosses the line between two blocks and what is cut there.

import { subscript } from "../../lib/format.js";
import { hasPast, sizeOf, stepAt } from "./step-layout.js";

/** The first block that has one before it. @param {Film} film */
const secondBlock = ({ frames }) => frames.find((one) => one.frame > 0 && hasPast(one)) ?? null;

/**
 * The finding of the tab: what passes the line and what is cut there; of a long epoch the block that is played.
 * @param {Film} film @param {number} at the frame that is played @param {number} wholeUpTo blocks that are shown at once @param {Words} words
 */
export function shortFinding(film, at, wholeUpTo, words) {
  const { blocks } = film.schedule;
  if (blocks.length > wholeUpTo) return words("training.film.short_block", { n: at + 1, of: blocks.length });
  const frame = secondBlock(film);
  if (!frame) return words("training.film.short_one");
  const size = sizeOf(frame.handed_out);
  return words(`training.film.short_${frame.state}`, { h: nameOf(film, frame), size });
}

/** The name of the state that a block starts from. @param {Film} film @param {Frame} frame */
function nameOf(film, frame) {
  const [start, stop] = film.schedule.blocks[frame.came_from ?? frame.block - 1] ?? [0, 0];
  return `h${subscript(stepAt(film, { start }, stop - start - 1))}`;
}

/** The finding below the picture. @param {Film} film @param {Words} words */
export function finding({ schedule: { blocks }, params, frames }, words) {
  const away = frames.some(({ loss }) => loss.includes(null)), isStill = Number(params.lr) === 0;
  if (away) return words("training.film.finding_away");
  const what = blocks.length < 2
    ? "one"
    : params.state === "zeros"
    ? "zeros"
    : Number(params.shuffle)
    ? "wrong"
    : "carried";
  return words(`training.film.finding_${what}${isStill ? "_still" : ""}`);
}

/** The largest difference between a state and what was carried of it; null where nothing is. @param {Film} film */
export function carriedDifference({ frames }) {
  const sizes = frames.flatMap(({ state, frame, carried_difference: size }) =>
    state === "carried" && frame > 0 && size !== null ? [size] : []
  );
  return sizes.length ? Math.max(...sizes) : null;
}
