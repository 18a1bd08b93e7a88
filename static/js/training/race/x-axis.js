// X axis of the race: steps read, updates made, or time on this server.

/** @typedef {"steps" | "updates" | "time"} XAxis */

/** Where each point stands. @param {Points} points @param {XAxis} xAxis @returns {number[]} */
export function xValues({ u, steps, seconds }, xAxis) {
  return xAxis === "steps" ? steps : xAxis === "updates" ? u : (seconds ?? []).map(Number);
}

/** Whether every point has its time. @param {Race} race */
export const isTimed = ({ contestants }) =>
  contestants.every(({ points: { u, seconds } }) =>
    seconds?.length === u.length && seconds.every((one) => one !== null)
  );

/** The right end of the axis. @param {Race} race @param {XAxis} xAxis */
export function xMax({ contestants, x_max }, xAxis) {
  if (xAxis !== "time") return x_max[xAxis];
  return Math.max(0, ...contestants.flatMap(({ points }) => xValues(points, xAxis))) || 1;
}

/** How many updates were made at a place of the axis, between two points in proportion. @param {Points} points @param {XAxis} xAxis @param {number} at */
export function updateAt(points, xAxis, at) {
  const x = xValues(points, xAxis), { u } = points, next = x.findIndex((place) => place >= at);
  if (next < 0) return u[u.length - 1] ?? 0;
  if (!next) return u[0];
  const share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  return Math.round(u[next - 1] + share * (u[next] - u[next - 1]));
}
