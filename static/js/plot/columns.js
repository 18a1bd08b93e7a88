// Virtualized columns of a long sequence: those in sight and twice as many beside them are drawn, and others only when
// the reader has scrolled close to the end of what is drawn; most of the new ones then lie ahead.

export const WHOLE_UP_TO = 60; // columns: drawn at once
const MOST = 150; // columns: what every window of an answer can hold wherever it begins
const NEAR = 1 / 3; // of what is in sight: how close the end of what is drawn may come

/** @typedef {{start: number, stop: number}} Columns */

/**
 * @param {number} T
 * @param {Columns} sight the columns in sight
 * @param {Columns} [before] the columns drawn so far
 * @returns {Columns}
 */
export function columnsFor(T, sight, before) {
  if (T <= WHOLE_UP_TO) return { start: 0, stop: T };
  const seen = sight.stop - sight.start, near = Math.ceil(NEAR * seen);
  const spare = Math.max(2 * near, Math.min(MOST - seen, Math.max(2 * seen, WHOLE_UP_TO - seen)));
  const drawn = before && before.stop <= T && before.stop - before.start <= seen + spare ? before : null;
  const endsLeft = drawn && drawn.start > 0 && sight.start - drawn.start < near;
  const endsRight = drawn && drawn.stop < T && drawn.stop - sight.stop < near;
  if (drawn && !endsLeft && !endsRight) return drawn;
  const overlaps = drawn && sight.start < drawn.stop && sight.stop > drawn.start;
  const behind = !overlaps ? Math.floor(spare / 2) : endsRight ? near : spare - near; // most lies ahead
  return {
    start: Math.max(0, sight.start - behind),
    stop: Math.min(T, sight.stop + spare - behind),
  };
}

/**
 * The columns that a scrolled stage shows.
 * @param {number} T
 * @param {Pick<Geometry, "c" | "cx">} geometry
 * @param {{left: number, width: number}} stage px
 * @returns {Columns}
 */
export function inSight(T, { c, cx }, { left, width }) {
  const first = cx(0) - c / 2;
  const start = Math.min(T - 1, Math.max(0, Math.floor((left - first) / c)));
  return { start, stop: Math.min(T, Math.max(start + 1, Math.ceil((left + width - first) / c))) };
}

/**
 * The scroll position at which a column is visible: centered if it was out of sight.
 * @param {number} t
 * @param {Pick<Geometry, "c" | "cx">} geometry
 * @param {{left: number, width: number}} stage px
 */
export function broughtInSight(t, { c, cx }, { left, width }) {
  const x = cx(t) - c / 2;
  return x < left || x + c > left + width ? Math.max(0, cx(t) - width / 2) : left;
}
