// What runs along the axis of the race: steps read, updates made, or the time they took on this machine.

/** @typedef {"steps" | "updates" | "time"} Across */

/** Where each point stands. @param {Points} points @param {Across} across @returns {number[]} */
export function along({ u, steps, seconds }, across) {
  return across === "steps" ? steps : across === "updates" ? u : (seconds ?? []).map(Number);
}

/** Whether every point has its time. @param {Race} race */
export const isTimed = ({ contestants }) =>
  contestants.every(({ points: { u, seconds } }) =>
    seconds?.length === u.length && seconds.every((one) => one !== null)
  );

/** The right end of the axis. @param {Race} race @param {Across} across */
export function farthest({ contestants, x_max }, across) {
  if (across !== "time") return x_max[across];
  return Math.max(0, ...contestants.flatMap(({ points }) => along(points, across))) || 1;
}

/** How many updates were made at a place of the axis, between two points in proportion. @param {Points} points @param {Across} across @param {number} at */
export function updateAt(points, across, at) {
  const x = along(points, across), { u } = points, next = x.findIndex((place) => place >= at);
  if (next < 0) return u[u.length - 1] ?? 0;
  if (!next) return u[0];
  const share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  return Math.round(u[next - 1] + share * (u[next] - u[next - 1]));
}
