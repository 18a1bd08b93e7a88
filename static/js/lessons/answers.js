// Results of a lab for the rules of lessons: one request per state, from the API.

import { fetchAnswer, patient, withSymbols } from "../server/api.js";
import { keysOf } from "./links.js";

const FRAMES = 12; // of a film in one answer
const PAUSE = 3; // s before a retry if the server does not say

/** @typedef {import("./links.js").Place} Place */
/** @type {Record<string, string>} what a lab's rules read unless they say otherwise */
const USUAL = { "": "bptt", training: "film", graph: "graph" };

/** @type {Record<string, (search: string, seen: Record<string, string>) => string>} */
const PATHS = {
  bptt: (search) => `/api/bptt${search}`,
  pair: (search, { s = "0", t = "0" }) => `/api/pair${search}&s=${s}&t=${t}`,
  film: (search, { at = "1.0.0" }) => {
    const [pass, frame] = at.split(".").map(Number);
    return `/api/training/film${search}&pass=${pass}&from=${frame < FRAMES ? 0 : frame}`;
  },
  lanes: (search) => `/api/training/lanes${search}`,
  race: (search) => `/api/training${search}`,
  map: (search) => `/api/training/map${search}`,
  graph: (search) => `/api/graph${search}`,
};

/**
 * The results for one state by name; null if the server refuses the request.
 * @param {Place} place
 * @param {string[]} needs
 * @param {AbortSignal} signal
 * @returns {Promise<LabAnswers | null>}
 */
export async function answersTo({ page, search, hash }, needs, signal) {
  const seen = keysOf(hash), names = needs.length ? needs : [USUAL[page]];
  const found = await Promise.all(names.map((name) => patiently(PATHS[name](search, seen), signal)));
  if (found.includes(null)) return null;
  const answers = Object.fromEntries(names.map((name, i) => [name, found[i]]));
  if (answers.bptt) answers.bptt = withSymbols(answers.bptt);
  if (answers.race) answers.race = answers.race.race;
  const params = found.map(({ params }) => params).find(Boolean) ?? {};
  return /** @type {any} */ ({ ...answers, params, seen });
}

/** Request until there is an answer. @param {string} path @param {AbortSignal} signal @returns {Promise<any>} */
async function patiently(path, signal) {
  while (!signal.aborted) {
    const outcome = await fetchAnswer(path);
    if ("result" in outcome) return outcome.result;
    if ("problems" in outcome) return null;
    await new Promise((done) => setTimeout(done, 1000 * patient(outcome.seconds ?? PAUSE)));
  }
  return null;
}
