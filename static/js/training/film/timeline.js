// Timeline of the film strip: each block is run forward, then backward, then the weights are updated.
//
// A block of n steps has 2n + 1 beats: 0 … n−1 forward, n … 2n−1 backward, 2n the update. Where steps are too
// close together to be followed one by one, the beats of a direction are played as one.

/** @typedef {{pass: number, frame: number, beat: number}} Place */
/** @typedef {{lengths: number[], offsets: number[], total: number, grouped: boolean}} Plan offsets: the first beat of each block, counted through the pass */
/** @typedef {"forward" | "backward" | "update"} Phase */

const WRITTEN = /^(\d+)\.(\d+)\.(\d+)$/;
const PHASES = /** @type {Phase[]} */ (["forward", "backward", "update"]);

/**
 * @param {Pick<Schedule, "blocks">} schedule
 * @param {number[]} order
 * @param {boolean} grouped
 * @returns {Plan}
 */
export function planOf({ blocks }, order, grouped) {
  const lengths = order.map((block) => blocks[block][1] - blocks[block][0]);
  const offsets = [0];
  for (const n of lengths) offsets.push(offsets[offsets.length - 1] + 2 * n + 1);
  return { lengths, offsets, total: offsets[lengths.length], grouped };
}

/** A place as the address writes it. @param {string | null} written @returns {Place | null} */
export function readPlace(written) {
  const [, pass, frame, beat] = written?.match(WRITTEN)?.map(Number) ?? [];
  return pass >= 1 ? { pass, frame, beat } : null;
}

/** @param {Place} place */
export const writePlace = ({ pass, frame, beat }) => `${pass}.${frame}.${beat}`;

/** The place, clamped to the epoch. @param {Plan} plan @param {Place} place @returns {Place} */
export function clampPlace({ lengths }, { pass, frame, beat }) {
  const fit = Math.min(frame, lengths.length - 1);
  return { pass, frame: fit, beat: frame > fit ? 2 * lengths[fit] : Math.min(beat, 2 * lengths[fit]) };
}

/** The beat of a place, counted through the pass from 0. @param {Plan} plan @param {Place} place */
export function indexOf({ offsets }, { frame, beat }) {
  return offsets[frame] + beat;
}

/** @param {Plan} plan @param {number} index @param {number} pass @returns {Place} */
export function placeAt({ offsets, total }, index, pass) {
  const within = Math.max(0, Math.min(total - 1, index));
  let low = 0, high = offsets.length - 2;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (offsets[middle] <= within) low = middle;
    else high = middle - 1;
  }
  return { pass, frame: low, beat: within - offsets[low] };
}

/** The phase and the step of a beat in a block of n steps; the update has no step. @param {number} n @param {number} beat @returns {{phase: Phase, step: number}} */
export function doneAt(n, beat) {
  if (beat < n) return { phase: "forward", step: beat };
  return beat < 2 * n ? { phase: "backward", step: 2 * n - 1 - beat } : { phase: "update", step: -1 };
}

/**
 * The place one beat (or group of beats) later or earlier; null beyond the end.
 * @param {Plan} plan @param {Place} place @param {1 | -1} by
 * @returns {Place | null}
 */
export function placeAfter(plan, place, by) {
  const { lengths, grouped } = plan, n = lengths[place.frame];
  if (!grouped) {
    const index = indexOf(plan, place) + by;
    return index < 0 || index >= plan.total ? null : placeAt(plan, index, place.pass);
  }
  const ends = groupEnds(n), { frame } = place;
  const match = by > 0
    ? ends.find((end) => end > place.beat)
    : ends.toReversed().find((end) => end < place.beat);
  if (match !== undefined) return { ...place, beat: match };
  if (!(frame + by in lengths)) return null;
  return {
    ...place,
    frame: frame + by,
    beat: by > 0 ? groupEnds(lengths[frame + by])[0] : 2 * lengths[frame - 1],
  };
}

/** The last beat of each group of a block. @param {number} n */
export const groupEnds = (n) => [n - 1, 2 * n - 1, 2 * n];

/** The same phase and step one block later or earlier; null beyond the end. @param {Plan} plan @param {Place} place @param {1 | -1} by @returns {Place | null} */
export function blockAfter({ lengths }, place, by) {
  const frame = place.frame + by;
  if (!(frame in lengths)) return null;
  const n = lengths[place.frame], m = lengths[frame], { phase, step } = doneAt(n, place.beat);
  const at = Math.min(step, m - 1);
  return { ...place, frame, beat: phase === "update" ? 2 * m : phase === "forward" ? at : 2 * m - 1 - at };
}

/** The number of a beat, counted from 1 through the epoch, in groups if they are played as groups. @param {Plan} plan @param {Place} place */
export function numberOf(plan, place) {
  if (!plan.grouped) return indexOf(plan, place) + 1;
  const { phase } = doneAt(plan.lengths[place.frame], place.beat);
  return 3 * place.frame + PHASES.indexOf(phase) + 1;
}

/** The number of beats of an epoch. @param {Plan} plan */
export const countOf = ({ grouped, lengths, total }) => (grouped ? 3 * lengths.length : total);

/** The default place: the end of the epoch, or of the first window of a long one. @param {Plan} plan @param {number} pass @param {number} window @returns {Place} */
export function defaultPlace({ lengths }, pass, window) {
  const frame = Math.min(lengths.length, window) - 1;
  return { pass, frame, beat: 2 * lengths[frame] };
}
