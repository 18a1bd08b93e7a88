// API client: the only module that calls fetch.

import { eventsIn } from "./sse.js";
import { Recent } from "../lib/bounded-map.js";

/** @typedef {{parameter: string, code: string, limit: number | string | null, given?: string, subject?: string, message: string}} Problem */
/** @typedef {{failure: "offline" | "failed" | "busy" | "updated", seconds?: number}} Failure seconds: when to ask again, if the server says so */
/** @template T @typedef {{result: T} | {problems: Problem[]} | Failure} Answer */
/** @typedef {Answer<Result>} Outcome */

const KEPT = 60;
const BUSY = 503, OTHER_VERSION = 409, REFUSED = [408, 413, 422];
let engine = "";

/** Requests go to this version of the engine, whose responses caches keep forever (immutable). @param {string} version */
export function useEngine(version) {
  engine = version;
}

/** @param {string} path such as /api/bptt?…; QR codes and rooms have no version */
const versioned = (path) => (engine ? path.replace(/^\/api\/(?!qr\.svg|rooms)/, `/api/${engine}/`) : path);

/** A request as it is, whose response is read elsewhere. @param {string} path @param {RequestInit} options */
export const request = (path, options) => fetch(versioned(path), options);

/**
 * The same requests, answered from memory when they were made before; a failed one is made again.
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

/** The result of a query of the explorer, also with &from=…, which is not part of a link. */
export const fetchResult = remembered(async (/** @type {string} */ query) => {
  const outcome = await fetchAnswer(`/api/bptt${query}`);
  return "result" in outcome ? { result: withSymbols(/** @type {Result} */ (outcome.result)) } : outcome;
});

/**
 * The result at a path such as /api/training/film?…, or why there is none.
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

/**
 * The answer to a file that is sent as it is.
 * @param {string} path @param {Blob} file
 * @returns {Promise<Answer<unknown>>}
 */
export async function post(path, file) {
  let response;
  try {
    response = await fetch(path, { method: "POST", body: file });
    return response.ok ? { result: await response.json() } : await refusal(response);
  } catch {
    return { failure: response ? "failed" : "offline" };
  }
}

/** @param {Response} response @returns {Promise<{problems: Problem[]} | Failure>} */
async function refusal(response) {
  if (REFUSED.includes(response.status)) return { problems: (await response.json()).errors };
  if (response.status === OTHER_VERSION) return { failure: "updated" };
  if (response.status !== BUSY) return { failure: "failed" };
  return { failure: "busy", seconds: Number(response.headers.get("Retry-After")) || 1 };
}

/**
 * Streams server-sent events. It uses fetch instead of EventSource, which hides status codes; aborting the signal cancels.
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
 * Numeric tokens and targets become strings on the page, like letters and words.
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
 * A secondary result by its path, such as /api/pair?…: undefined until it has arrived, null if there is none.
 * @param {string} path
 * @param {() => void} came
 */
export function further(path, came) {
  if (!furtherAnswers.has(path)) {
    furtherAnswers.set(path, undefined);
    askFurther(path).then((found) => {
      if (found === undefined) furtherAnswers.delete(path); // requested again at the next redraw
      else furtherAnswers.set(path, found);
      came();
    });
  }
  return furtherAnswers.get(path);
}

/** @param {string} path @returns {Promise<unknown>} undefined without a network */
async function askFurther(path) {
  try {
    const response = await patientFetch(path);
    return response.ok ? await response.json() : null;
  } catch {
    return undefined;
  }
}

/** The response that a server gives when it is no longer busy. @param {string} path @returns {Promise<Response>} */
async function patientFetch(path) {
  const response = await fetch(versioned(path));
  if (response.status !== BUSY) return response;
  const seconds = Number(response.headers.get("Retry-After")) || 1;
  await new Promise((done) => setTimeout(done, 1000 * patient(seconds)));
  return patientFetch(path);
}

/** Randomized delay, at least what the server asks for, so that a hall of clients does not retry at once (jitter). @param {number} seconds */
export const patient = (seconds) => seconds * (1 + Math.random());

/**
 * A text response, such as a script; null if there is none.
 * @param {string} path
 */
export async function fetchText(path) {
  try {
    const response = await patientFetch(path);
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/**
 * A file that the server makes, or why there is none.
 * @param {string} path
 * @returns {Promise<Answer<Blob>>}
 */
export async function fetchFile(path) {
  let response;
  try {
    response = await patientFetch(path);
    return response.ok ? { result: await response.blob() } : await refusal(response);
  } catch {
    return { failure: response ? "failed" : "offline" };
  }
}

/**
 * A file of this site, such as a font; null if there is none.
 * @param {string} address
 */
export async function fetchBlob(address) {
  try {
    const response = await fetch(address);
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}
