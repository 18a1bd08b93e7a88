// Training run as a reducer: applies each server-sent event to the curves and the progress. It does not touch
// the page.

/** @typedef {{race: Race | null, seconds: number[] | null, running: Running | null, ended: LabState["ended"], last: string}} Run last: the id of the newest event */

/** @type {Run} a run that has been asked for */
export const REQUESTED = {
  race: null,
  seconds: null,
  running: { done: 0, left: null },
  ended: null,
  last: "",
};

/**
 * The run after one more event.
 * @param {Run} run
 * @param {import("../server/sse.js").Sent} event
 * @returns {Run}
 */
export function runAfter(run, { name, data, id }) {
  const payload = data ? JSON.parse(data) : {}, last = id || run.last;
  if (name === "start") {
    return {
      ...REQUESTED,
      race: payload.race,
      seconds: payload.race.contestants.map(() => 0),
      last,
    };
  }
  if (name === "point" && run.race) {
    const contestants = run.race.contestants.map((
      one,
      i,
    ) => (i === payload.contestant ? withPoint(one, payload) : one));
    const seconds = run.seconds?.map((one, i) => (i === payload.contestant ? payload.seconds ?? one : one)) ??
      null;
    return { ...run, race: { ...run.race, contestants }, seconds, last };
  }
  if (name === "progress") return { ...run, running: { done: payload.done, left: payload.left }, last };
  if (name === "done") {
    return {
      ...run,
      race: payload.race ? withTimes(payload.race, run.race) : run.race,
      running: null,
      ended: "done",
      last,
    };
  }
  if (name === "failed") return { ...run, running: null, ended: "failed", last };
  return { ...run, last };
}

/**
 * A contestant with one more point on its curve.
 * @param {Contestant} contestant
 * @param {{u: number, steps: number, mean: Num, min: Num, max: Num, accuracy: Num, grad: Num, diverged_at?: Num[], sensitive_from?: Num, seconds?: Num, sample?: {u: number, text: string}}} point
 * @returns {Contestant}
 */
function withPoint(contestant, { sample, ...point }) {
  const { points, samples } = contestant;
  const added = Object.fromEntries(
    /** @type {const} */ (["u", "steps", "mean", "min", "max", "accuracy", "grad"]).map((name) => [
      name,
      [...points[name], point[name] ?? null],
    ]),
  );
  added.seconds = [...(points.seconds ?? []), point.seconds ?? null];
  return {
    ...contestant,
    points: /** @type {Points} */ (/** @type {unknown} */ (added)),
    diverged_at: point.diverged_at ?? contestant.diverged_at,
    sensitive_from: point.sensitive_from ?? contestant.sensitive_from ?? null,
    samples: sample ? [...(samples ?? []), sample] : samples,
  };
}

/** The whole race with the time of each point, which only who watched it knows. @param {Race} whole @param {Race | null} watched @returns {Race} */
function withTimes(whole, watched) {
  const contestants = whole.contestants.map((one, i) => {
    const seconds = watched?.contestants[i]?.points.seconds;
    return seconds?.length === one.points.u.length ? { ...one, points: { ...one.points, seconds } } : one;
  });
  return { ...whole, contestants };
}

/**
 * The heat map after one more event of its own run.
 * @param {LagMap | null} map
 * @param {import("../server/sse.js").Sent} event
 * @returns {LagMap | null}
 */
export function mapAfter(map, { name, data }) {
  const payload = data ? JSON.parse(data) : {};
  if (name === "start") return payload.map ?? payload;
  if (name === "done") return payload;
  if (name !== "cell" || !map) return map;
  const cells = map.cells.map((cell) => (cell.lag === payload.lag && cell.k === payload.k ? payload : cell));
  return { ...map, cells: cells.includes(payload) ? cells : [...cells, payload] };
}
