// Cursor of the minibatch lanes: epoch and iteration, written it=<epoch>.<iteration> in the hash, both from
// 0.

/** @typedef {{epoch: number, iteration: number}} Cursor */
/** @typedef {{iterations: number, passes: number}} Run */

/**
 * @param {string | null | undefined} written
 * @param {Run} run
 * @returns {Cursor}
 */
export function readCursor(written, { iterations, passes }) {
  const [, epoch, iteration] = String(written ?? "").match(/^([0-9]{1,6})\.([0-9]{1,6})$/) ?? [];
  return {
    epoch: Math.min(passes - 1, Number(epoch ?? 0)),
    iteration: Math.min(iterations - 1, Number(iteration ?? 0)),
  };
}

/** @param {Cursor} cursor */
export const writeCursor = ({ epoch, iteration }) => `${epoch}.${iteration}`;

/** Which of all iterations it is. @param {Cursor} cursor @param {Run} run */
export const placeOf = ({ epoch, iteration }, { iterations }) => epoch * iterations + iteration;

/** @param {number} place @param {Run} run @returns {Cursor} */
export function cursorAt(place, { iterations, passes }) {
  const fitted = Math.max(0, Math.min(iterations * passes - 1, place));
  return { epoch: Math.floor(fitted / iterations), iteration: fitted % iterations };
}
