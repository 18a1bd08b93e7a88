// State of the training lab's requests: the responses to each query, and the requests in progress.

import { fetchAnswer } from "../server/api.js";
import { inOrder } from "../server/in-order.js";
import { Recent } from "../lib/bounded-map.js";
import { isBusy, markReached } from "../page/retry.js";
import { mapAfter, REQUESTED, runAfter } from "./run.js";
import { stream } from "./stream.js";

const SETTLED = 350; // ms without a change before a run is begun
const AT_ONCE = 3; // questions under way while a slider is dragged
const KEPT = 30;

/** @typedef {import("./run.js").Run} Run */
/** @typedef {{came: () => void, answered: () => void, refused: (query: string, problems: import("../server/api.js").Problem[]) => void, lost: (failure: import("../server/api.js").Failure) => void}} Listener */

/** @type {Listener} */
let listener;
/** @type {Recent<string, Run>} by question */
const runs = new Recent(KEPT);
/** @type {Recent<string, unknown>} films and lanes by path; null where there is none */
const responses = new Recent(KEPT);
/** @type {Recent<string, import("../server/api.js").Problem[]>} why a query was refused */
const refusals = new Recent(KEPT);
/** @type {Set<string>} */
const underWay = new Set();
let latest = ""; // question
/** @type {Recent<string, {map: LagMap | null, running: Running | null}>} */
const maps = new Recent(KEPT);
/** @type {{query: string, film: Film} | null} the film on the screen */
let film = null;
/** @typedef {{query: string, line: import("./stream.js").Stream}} Followed */
/** @type {Followed | null} */
let current = null;
/** @type {Followed | null} */
let mapping = null;
let lanesOf = ""; // the question whose lanes are wanted
const nextFilm = inOrder();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Listener} given */
export function listen(given) {
  listener = given;
}

/** The state of a query's requests. @param {string} query */
export function stateOf(query) {
  const { race, seconds, running, ended } = runs.get(query) ?? { ...REQUESTED, running: null };
  const lanes = /** @type {LanesAnswer | null} */ (responses.get(lanesPath(query)) ?? null),
    map = maps.get(query);
  return {
    ...{ race, seconds, running: ended ? null : running, ended, stoppedAt: running?.done ?? 0, lanes },
    ...{ film: film?.film ?? null, filmQuery: film?.query ?? "" },
    ...{ map: map?.map ?? null, mapRunning: map?.running ?? null },
  };
}

/** The page arrives at a query; an earlier refusal is reported again. @param {string} query */
export function visit(query) {
  const isOther = query !== latest, problems = refusals.get(query);
  latest = query;
  if (isOther && problems) listener.refused(query, problems);
}

/** Start the run of a query after a short delay, unless it is known, running or canceled. @param {string} query */
export function run(query) {
  if (current && current.query !== query) stop();
  if (mapping && mapping.query !== query) stopMap();
  current?.line.again();
  mapping?.line.again();
  if (lanesOf === query) ask(lanesPath(query), query); // where the line was lost
  clearTimeout(timer);
  if (!runs.has(query)) timer = setTimeout(() => begin(query), SETTLED);
}

/** @param {string} query */
function begin(query) {
  runs.set(query, REQUESTED);
  listener.came();
  const line = stream(`/api/training/events${query}`, {
    came: (event) => {
      const run = runAfter(runs.get(query) ?? REQUESTED, event);
      runs.set(query, run);
      if (run.ended) current = null;
      if (event.name === "start") listener.answered();
      listener.came();
    },
    refused: (problems) => {
      runs.delete(query);
      runs.set(query, { ...REQUESTED, running: null });
      current = null;
      refuse(query, problems);
      listener.came();
    },
    lost: listener.lost,
  });
  current = { query, line };
}

/** @param {string} query @param {import("../server/api.js").Problem[]} problems */
function refuse(query, problems) {
  refusals.set(query, problems);
  listener.refused(query, problems);
}

function stop() {
  if (!current) return;
  current.line.stop();
  if (!runs.get(current.query)?.ended) runs.delete(current.query); // who comes back begins anew
  current = null;
}

function stopMap() {
  if (!mapping) return;
  mapping.line.stop();
  maps.delete(mapping.query);
  mapping = null;
}

/** Cancel the run; its curves stay. @param {string} query */
export function cancel(query) {
  clearTimeout(timer);
  const run = runs.get(query);
  if (current?.query === query) {
    current.line.stop();
    current = null;
  }
  if (run) runs.set(query, { ...run, ended: "cancelled" });
  listener.came();
}

/** Cancel measuring; measured cells stay. @param {string} query */
export function cancelMap(query) {
  const map = maps.get(query)?.map ?? null, measured = map?.cells.some(({ mean }) => mean !== null);
  stopMap();
  if (measured) maps.set(query, { map, running: null });
  listener.came();
}

/** @param {string} query */
export function runAgain(query) {
  if (current) stop();
  begin(query);
}

/** The page is left; stop all computations for it. */
export function leave() {
  clearTimeout(timer);
  stop();
  stopMap();
}

/** @param {string} query @param {{film?: {pass: number, from: number}, lanes?: boolean, map?: boolean}} needs */
export function askFor(query, needs) {
  if (needs.film) askForFilm(query, needs.film);
  if (needs.lanes) {
    lanesOf = query;
    ask(lanesPath(query), query);
  }
  if (needs.map && mapping?.query !== query) beginMap(query);
}

/** @param {string} query @param {{pass: number, from: number}} place */
async function askForFilm(query, { pass, from }) {
  const path = `/api/training/film${query}&pass=${pass}&from=${from}`, isNewest = nextFilm();
  if (!responses.has(path) && (underWay.size >= AT_ONCE || !await ask(path, query))) return; // the next answer asks again
  const answer = /** @type {Film | null} */ (responses.get(path) ?? null);
  if (!answer || film?.film === answer && film.query === query || !isNewest()) return;
  film = { query, film: answer };
  listener.came();
}

/** @param {string} path @param {string} query @returns {Promise<boolean>} whether a new response has just arrived */
async function ask(path, query) {
  if (responses.has(path) || underWay.has(path) || isBusy()) return false;
  underWay.add(path);
  const outcome = await fetchAnswer(path);
  underWay.delete(path);
  if ("failure" in outcome) {
    listener.lost(outcome);
    return false;
  }
  markReached();
  responses.set(path, "result" in outcome ? outcome.result : null);
  if ("problems" in outcome) refuse(query, outcome.problems);
  else listener.answered();
  listener.came();
  return true;
}

/** @param {string} query */
function beginMap(query) {
  stopMap();
  maps.set(query, { map: null, running: { done: 0, left: null } });
  const line = stream(`/api/training/map/events${query}`, {
    came: (event) => {
      const before = maps.get(query), { name, data } = event;
      const running = name === "progress" ? JSON.parse(data) : before?.running ?? null;
      const ended = name === "done" || name === "failed";
      maps.set(query, { map: mapAfter(before?.map ?? null, event), running: ended ? null : running });
      if (ended) mapping = null;
      listener.came();
    },
    refused: (problems) => {
      maps.delete(query);
      mapping = null;
      refuse(query, problems);
    },
    lost: listener.lost,
  });
  mapping = { query, line };
  listener.came();
}

/** @param {string} query */
const lanesPath = (query) => `/api/training/lanes${query}`;
