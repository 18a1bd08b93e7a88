// The stops of a talk, one after another: presets, or bookmarks of one's own.

/** @typedef {{search: string, hash: string, title: string}} Stop */

/**
 * Which stop the page stands at: the very state, else the query alone; the last one visited if there are several.
 * @param {Pick<Stop, "search" | "hash">[]} stops
 * @param {{search: string, hash: string}} here
 * @param {number} last
 * @returns {number} −1: none
 */
export function placeOf(stops, here, last) {
  const same = stops.flatMap(({ search }, i) => (search === here.search ? [i] : []));
  const exact = same.filter((i) => stops[i].hash === here.hash), found = exact.length ? exact : same;
  return found.includes(last) ? last : found[0] ?? -1;
}

/**
 * The stop to go to next, or back to; at either end it is the end.
 * @param {number} count
 * @param {number} place −1: before the first
 * @param {number} by
 */
export function neighbour(count, place, by) {
  return Math.min(count - 1, Math.max(0, place + by));
}
