// Timeline of the player: the computation as a sequence of moments, forward, backward and one update at the
// end.
//
// In a scheme with blocks, the backward pass is one sweep over all steps; otherwise each backward pass is
// separate: the newest first, each from its own step back to its first one.

const LINES = 4;

/** @typedef {{walks: {start: number, stop: number, newest_from: number, walk: number}[], offsets: number[], T: number, length: number, separate: boolean}} Schedule */

/**
 * The order of playback. A stop is one step of one pass; the update is the last stop.
 * @param {Pick<Result, "tokens" | "blocks" | "walks">} result
 * @returns {Schedule}
 */
export function schedule({ tokens, blocks, walks }) {
  const T = tokens.length, separate = !blocks.length;
  const played = separate
    ? walks.map((walk, i) => ({ ...walk, walk: i })).reverse()
    : [{ start: 0, stop: T, newest_from: 0, walk: 0 }];
  const offsets = [T];
  for (const { start, stop } of played) offsets.push(offsets[offsets.length - 1] + stop - start);
  return { walks: played, offsets, T, length: offsets[offsets.length - 1] + 1, separate };
}

/**
 * The first moment of a stop.
 * @param {Schedule} schedule
 * @param {number} index 0 … length − 1
 * @returns {Moment}
 */
export function momentAt({ walks, offsets, T, length }, index) {
  if (index >= length - 1) return { phase: "update", walk: 0, t: 0, line: 1 };
  if (index < T) return { phase: "forward", walk: 0, t: Math.max(0, index), line: 1 };
  let low = 0, high = walks.length - 1; // the last backward pass that starts at or before this stop
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= index) low = middle;
    else high = middle - 1;
  }
  const { stop, walk } = walks[low];
  return { phase: "backward", walk, t: stop - 1 - (index - offsets[low]), line: 1 };
}

/**
 * The index of a moment's stop; a moment outside this run is clamped to the nearest.
 * @param {Schedule} schedule
 * @param {Moment} moment
 */
export function indexOf(schedule, { phase, walk, t }) {
  const { walks, offsets, T, length } = schedule;
  if (phase === "update") return length - 1;
  if (phase === "forward") return Math.min(t, T - 1);
  const place = placeOf(schedule, walk, Math.min(t, T - 1)), { start, stop } = walks[place];
  return offsets[place] + stop - 1 - Math.min(stop - 1, Math.max(start, t));
}

/**
 * The moment `by` lines later, or earlier if negative.
 * @param {Schedule} schedule
 * @param {Moment} moment
 * @param {number} by
 * @returns {Moment}
 */
export function linesOn(schedule, moment, by) {
  const end = LINES * (schedule.length - 1);
  const now = LINES * indexOf(schedule, moment) + (moment.phase === "update" ? 0 : moment.line - 1);
  const then = Math.min(end, Math.max(0, now + by));
  return { ...momentAt(schedule, Math.floor(then / LINES)), line: then === end ? 1 : then % LINES + 1 };
}

/**
 * The moment itself, or the nearest one that this run has.
 * @param {Schedule} schedule
 * @param {Moment} moment
 * @returns {Moment}
 */
export function clampMoment(schedule, moment) {
  return { ...momentAt(schedule, indexOf(schedule, moment)), line: moment.line };
}

/**
 * The same line `by` steps later or earlier; null is the end of both passes, which comes before the start and after the update.
 * @param {Schedule} schedule
 * @param {Moment | null} moment
 * @param {number} by
 * @returns {Moment | null}
 */
export function stepsOn(schedule, moment, by) {
  if (!moment) return momentAt(schedule, by > 0 ? 0 : schedule.length - 1);
  const then = indexOf(schedule, moment) + by;
  if (then >= schedule.length) return null;
  const next = momentAt(schedule, Math.max(0, then));
  return { ...next, line: next.phase === "update" ? 1 : moment.line };
}

/**
 * One line later or earlier.
 * @param {Schedule} schedule
 * @param {Moment | null} moment
 * @param {1 | -1} by
 * @returns {Moment | null}
 */
export function lineOn(schedule, moment, by) {
  if (!moment || (moment.phase === "update" && by > 0)) return stepsOn(schedule, moment, by);
  return linesOn(schedule, moment, by);
}

/**
 * Another step of the current pass: in the same backward pass if it has that step, else in the nearest one that does.
 * @param {Schedule} schedule
 * @param {Moment} moment
 * @param {number} t
 * @returns {Moment}
 */
export function atStep(schedule, moment, t) {
  if (moment.phase !== "backward") return { ...moment, t };
  return { ...moment, t, walk: schedule.walks[placeOf(schedule, moment.walk, t)].walk };
}

/**
 * The position of a backward pass with a step: the given one, else the next one that has the step.
 * @param {Schedule} schedule
 * @param {number} walk
 * @param {number} t
 */
function placeOf({ walks }, walk, t) {
  const named = walks.findIndex((played) => played.walk === walk), mine = Math.max(0, named);
  const has = (/** @type {{start: number, stop: number}} */ { start, stop }) => start <= t && t < stop;
  const order = walks.map((_, i) => i);
  const index = [...order.slice(mine), ...order.slice(0, mine).reverse()].find((i) => has(walks[i]));
  return index ?? mine;
}

/**
 * Whether a line of a forward step is computed, current, or not yet computed.
 * @param {Moment} at
 * @param {number} t
 * @param {number} line
 * @returns {"done" | "now" | "not yet"}
 */
export function forwardState(at, t, line) {
  if (at.phase !== "forward") return "done";
  return order((t - at.t) * LINES + line - at.line);
}

/**
 * The same for the backward pass; with separate passes, for the current one.
 * @param {Moment} at
 * @param {number} t
 * @param {number} line
 * @returns {"done" | "now" | "not yet"}
 */
export function backwardState(at, t, line) {
  if (at.phase === "forward") return "not yet";
  return at.phase === "update" ? "done" : order((at.t - t) * LINES + line - at.line);
}

/** @param {number} ahead lines */
function order(ahead) {
  return ahead < 0 ? "done" : ahead ? "not yet" : "now";
}

/**
 * A moment as the address writes it: f2.3, b9.1, b4:9.1 with separate backward passes, u.
 * @param {Moment} moment
 * @param {boolean} separate
 */
export function writeMoment({ phase, walk, t, line }, separate) {
  if (phase === "update") return "u";
  return `${phase[0]}${phase === "backward" && separate ? `${walk}:` : ""}${t}.${line}`;
}

/**
 * @param {string | null} written
 * @returns {Moment | null} null if unreadable; then both passes are complete
 */
export function readMoment(written) {
  if (written === "u") return { phase: "update", walk: 0, t: 0, line: 1 };
  const [, letter, walk = "0", t, line = "1"] =
    written?.match(/^([fb])(?:(\d{1,4}):)?(\d{1,4})(?:\.([1-4]))?$/) ??
      [];
  if (!letter) return null;
  const phase = letter === "f" ? "forward" : "backward";
  return { phase, walk: Number(walk), t: Number(t), line: Number(line) };
}
