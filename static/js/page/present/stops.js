// Presenter view: previous and next stop in the list of examples.

/** @typedef {{search: string, hash: string, title: string}} Stop */

/**
 * The index of the current stop: by the whole state, else by the query; the last visited one if several match.
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
 * The index of the next or previous stop, clamped to the list.
 * @param {number} count
 * @param {number} place −1: before the first
 * @param {number} by
 */
export function neighbour(count, place, by) {
  return Math.min(count - 1, Math.max(0, place + by));
}
