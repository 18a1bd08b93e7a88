// The server's answers. The only place that fetches.

import { eventsIn } from "./sse.js";
import { Recent } from "../lib/bounded-map.js";

/** @typedef {{parameter: string, code: string, limit: number | string | null, given?: string, message: string}} Problem */
/** @typedef {{failure: "offline" | "failed" | "busy", seconds?: number}} Failure seconds: when to ask again, if the server says so */
/** @template T @typedef {{result: T} | {problems: Problem[]} | Failure} Answer */
/** @typedef {Answer<Result>} Outcome */

const KEPT = 60;
const BUSY = 503;
let engine = "";

/** Answers of this version alone are wanted: under its name caches keep them for good. @param {string} version */
export function useEngine(version) {
  engine = version;
}

/** @param {string} path such as /api/bptt?…; an address drawn as a code is of no version */
const versioned = (path) => (engine ? path.replace(/^\/api\/(?!qr\.svg)/, `/api/${engine}/`) : path);

/**
 * The same questions, answered from memory where they were asked before; one that failed is asked again.
 * @template T
 * @param {(query: string) => Promise<Answer<T>>} ask
 * @returns {(query: string) => Promise<Answer<T>>}
 */
export function remembered(ask) {
  /** @type {Recent<string, Promise<Answer<T>>>} */
  const answers = new Recent(KEPT);
  return (query) => {
    const known = answers.get(query);
    if (known) return known;
    const answer = ask(query);
    answers.set(query, answer);
    answer.then((found) => "failure" in found && answers.delete(query));
    return answer;
  };
}

/** The answer to a query of the explorer, also with &from=…, which is no part of a link. */
export const fetchResult = remembered(async (/** @type {string} */ query) => {
  const outcome = await fetchAnswer(`/api/bptt${query}`);
  return "result" in outcome ? { result: withSymbols(/** @type {Result} */ (outcome.result)) } : outcome;
});

/**
 * What the server answers to a path, such as /api/training/film?…, or why it does not.
 * @param {string} path
 * @returns {Promise<Answer<unknown>>}
 */
export async function fetchAnswer(path) {
  let response;
  try {
    response = await fetch(versioned(path));
    return response.ok ? { result: await response.json() } : await refusal(response);
  } catch {
    return { failure: response ? "failed" : "offline" };
  }
}

/** @param {Response} response @returns {Promise<{problems: Problem[]} | Failure>} */
async function refusal(response) {
  if (response.status === 422) return { problems: (await response.json()).errors };
  if (response.status !== BUSY) return { failure: "failed" };
  return { failure: "busy", seconds: Number(response.headers.get("Retry-After")) || 1 };
}

/**
 * Server-sent events as they come, read by hand so that a refusal is seen as one. Closing it is the cancel.
 * @param {string} path
 * @param {{signal: AbortSignal, last: string, came: (event: import("./sse.js").Sent) => void}} how last: the id
 *   of the last event that had come before, or nothing
 * @returns {Promise<{ended: true} | {problems: Problem[]} | Failure>} ended: by the server or by the signal
 */
export async function follow(path, { signal, last, came }) {
  let response;
  try {
    const headers = { Accept: "text/event-stream", ...(last ? { "Last-Event-ID": last } : {}) };
    response = await fetch(versioned(path), { signal, headers });
    if (!response.ok || !response.body) return await refusal(response);
    let waiting = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const { events, rest } = eventsIn(waiting + read.value);
      waiting = rest;
      for (const event of events) if (!signal.aborted) came(event);
    }
    return { ended: true };
  } catch {
    return signal.aborted ? { ended: true } : { failure: response ? "failed" : "offline" };
  }
}

/**
 * Numbers that are read and wanted are symbols on the page, like letters and words.
 * @param {Result} result
 * @returns {Result}
 */
export function withSymbols(result) {
  const [tokens, targets] = [result.tokens, result.targets].map((symbols) => symbols.map(String));
  return { ...result, tokens, targets };
}

/** @type {Recent<string, unknown>} */
const furtherAnswers = new Recent(KEPT);

/**
 * A further answer by its path, such as /api/pair?…: undefined until it has come, null where there is none.
 * @param {string} path
 * @param {() => void} came
 */
export function further(path, came) {
  if (!furtherAnswers.has(path)) {
    furtherAnswers.set(path, undefined);
    askFurther(path).then((found) => {
      if (found === undefined) furtherAnswers.delete(path); // asked again when the page is next brought up
      else furtherAnswers.set(path, found);
      came();
    });
  }
  return furtherAnswers.get(path);
}

/** @param {string} path @returns {Promise<unknown>} undefined without a network */
async function askFurther(path) {
  try {
    const response = await fetch(versioned(path));
    if (response.status === BUSY) {
      const seconds = Number(response.headers.get("Retry-After")) || 1;
      await new Promise((done) => setTimeout(done, 1000 * patient(seconds)));
      return askFurther(path);
    }
    return response.ok ? await response.json() : null;
  } catch {
    return undefined;
  }
}

/** A little more than the server asks for, and not the same for everybody in the hall. @param {number} seconds */
export const patient = (seconds) => seconds * (1 + Math.random());

/**
 * A text of the server's, such as a script; null where there is none.
 * @param {string} path
 */
export async function fetchText(path) {
  try {
    const response = await fetch(versioned(path));
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
