// Windowed answers: rows by time step; of a long sequence an answer holds a window, and others are requested on demand.

const ALIGNED = 50, HELD = 200, AHEAD = 25;

/**
 * The row of step t; null where the answer does not hold it.
 * @template R
 * @param {Pick<Result, "window">} result
 * @param {R[] | null | undefined} array (T, ·), or a window of it
 * @param {number} t
 * @returns {R | null}
 */
export function row({ window }, array, t) {
  return array?.[t - (window?.start ?? 0)] ?? null;
}

/**
 * The steps that an answer holds in full.
 * @param {Pick<Result, "window" | "tokens">} result
 */
export function held({ window, tokens }) {
  return window ?? { start: 0, stop: tokens.length };
}

/**
 * Where a window begins that holds these columns; windows begin at every fiftieth step, so that few are asked for.
 * @param {{start: number, stop: number}} columns
 * @param {number} T
 */
export function windowFrom(columns, T) {
  if (T <= HELD) return 0;
  const { start, stop } = withMore(columns, T), spare = Math.max(0, HELD - (stop - start)) / 2; // on either side
  const last = ALIGNED * Math.ceil((T - HELD) / ALIGNED);
  return Math.min(last, Math.max(0, ALIGNED * Math.floor((start - spare + ALIGNED / 2) / ALIGNED)));
}

/** Columns with those that may be drawn next. @param {{start: number, stop: number}} columns @param {number} T */
function withMore({ start, stop }, T) {
  return { start: Math.max(0, start - AHEAD), stop: Math.min(T, stop + AHEAD) };
}

/**
 * Whether an answer holds all of these columns.
 * @param {Pick<Result, "window" | "tokens">} result
 * @param {{start: number, stop: number}} columns
 */
export function holds(result, columns) {
  const { start, stop } = held(result);
  return columns.start >= start && columns.stop <= stop;
}

/**
 * Where the window begins that must be asked for to draw these columns, and soon those beside them; null where all are held.
 * @param {Pick<Result, "window" | "tokens">} result
 * @param {{start: number, stop: number} | undefined} columns
 */
export function missing(result, columns) {
  const T = result.tokens.length;
  if (!columns || holds(result, withMore(columns, T))) return null;
  const from = windowFrom(columns, T);
  return from === held(result).start ? null : from;
}
