// Connection to a room: its events, and where a network breaks them its value every few seconds; it comes back by itself.
//
// A stream that is silent for 40 s is dead, even if the browser thinks otherwise. A broken one is opened again after 1 s
// and a random part of 3 s, so that a hall does not come back in the same moment, twice as long each time up to 15 s; at
// once when the page is seen again or the network is back. Some networks let the first event through and hold back the
// rest: after a stream that fell silent like this, the next one has to go on for a while before it is believed.

import * as rooms from "../../server/rooms.js";

const SILENCE = 40_000; // ms without a byte after which a stream is dead: a comment comes every 15 s
const EARLY = 8_000; // ms that the first event may take; a network that takes longer holds the stream back
const ALIVE = 16_000; // ms since the last byte within which a page that is seen again believes its stream
const FIRST = 1_000, SPREAD = 3_000, LONGEST = 15_000; // ms between two tries
const POLL = 3_000, POLL_SPREAD = 2_000; // ms between two questions
const RETRY_STREAM = 60_000; // ms after which a network that broke streams is tried again
const TRIES = 2; // streams that fail before the value is asked for instead

/** @typedef {import("../../server/rooms.js").Reply} Reply */
/**
 * @typedef {{kind: "open" | "slow" | "waiting"}
 *   | {kind: "lost" | "unknown" | "often" | "full" | "off", seconds: number, limit?: number | string | null}} Link
 *   open: by events; slow: by asking; waiting: for the first answer; unknown: there is no such room (now)
 */
/**
 * @typedef {object} Listener
 * @property {(room: Api.Room) => void} value
 * @property {(counts: {revision: number, listeners: number, count: number}) => void} count
 * @property {(address: Api.Address | null) => void} ended
 * @property {(link: Link) => void} link
 * @property {() => void} [heard] something came, if only a comment
 */
/** @typedef {{ask: typeof rooms.ask, stream: typeof rooms.stream, now: () => number, set: (act: () => void, ms: number) => any, clear: (timer: any) => void, random: () => number}} World */

/** @type {World} */
const WORLD = {
  ask: rooms.ask,
  stream: rooms.stream,
  now: () => performance.now(),
  set: (act, ms) => setTimeout(act, ms),
  clear: (timer) => clearTimeout(timer),
  random: Math.random,
};

/** How long to wait before so many-th a try, in ms. @param {number} failures @param {number} random in [0, 1) */
export const pauseAfter = (failures, random) =>
  Math.min(LONGEST, (FIRST + SPREAD * random) * 2 ** Math.max(0, failures - 1));

/**
 * @param {string} number of the room
 * @param {Listener} listener
 * @param {World} [world]
 */
export function connect(number, listener, world = WORLD) {
  const { ask, stream, now, set, clear, random } = world;
  let failures = 0, heardAt = 0, etag = "", isStopped = false, isSilentFrom = 0;
  /** @type {AbortController | null} the present stream */
  let current = null;
  /** @type {Record<string, any>} */
  const timers = {};
  let isPolling = false, polls = false; // whether it is to ask, and whether asking has worked
  let isFirst = true, isDoubted = false; // of the present stream nothing has come; one event is not enough to believe it

  /** @param {string} name @param {number} ms @param {() => void} act */
  function after(name, ms, act) {
    clear(timers[name]);
    timers[name] = set(act, ms);
  }

  function open() {
    if (isStopped) return;
    for (const name of ["again", "early", "silence"]) clear(timers[name]);
    current?.abort();
    const mine = current = new AbortController();
    isFirst = true;
    isSilentFrom = heardAt = now();
    after("early", EARLY, poll);
    after("silence", SILENCE, () => mine === current && broken(mine));
    const trust = () => {
      isPolling = polls = isDoubted = false;
      failures = 0;
      clear(timers.early);
      clear(timers.poll);
      listener.link({ kind: "open" });
    };
    const heard = () => {
      if (mine !== current) return;
      heardAt = now();
      if (isDoubted && heardAt - isSilentFrom > EARLY) trust();
      after("silence", SILENCE, () => mine === current && broken(mine));
      listener.heard?.();
    };
    /** @param {string} name @param {any} data */
    const came = (name, data) => {
      if (mine !== current || isStopped) return;
      if (isFirst && !isDoubted) trust();
      isFirst = false;
      take(name, data);
    };
    stream(number, { signal: mine.signal, heard, came }).then((reply) => {
      if (mine === current && !isStopped) reply ? refused(reply) : broken(mine);
    });
  }

  /** @param {string} name @param {any} data */
  function take(name, data) {
    if (name === "room") listener.value(data);
    if (name === "count") listener.count(data);
    if (name === "ended") end(data.address);
  }

  /** @param {Api.Address | null} address */
  function end(address) {
    stop();
    listener.ended(address);
  }

  /** @param {AbortController} mine */
  function broken(mine) {
    mine.abort();
    failures += 1;
    const isSilent = now() - heardAt >= SILENCE;
    isDoubted ||= isSilent && !isFirst;
    if (failures >= TRIES || isSilent) poll();
    retry(polls ? RETRY_STREAM : pauseAfter(failures, random()));
  }

  /** @param {Reply} reply */
  function refused({ status, code, seconds, limit, data }) {
    isDoubted = false;
    if (status === 410) return end(data?.address ?? null);
    if (status === 429 || code === "rooms_off") {
      stop();
      return listener.link({ kind: status === 429 ? "often" : "off", seconds, limit });
    }
    failures += 1;
    const pause = Math.max(pauseAfter(failures, random()), 1000 * seconds * (1 + random() / 4));
    if (status === 404) retry(Math.min(pause, LONGEST), "unknown");
    else if (code === "room_full") {
      retry(pause, "full", limit);
      askOnce();
    } else {
      if (failures >= TRIES) poll();
      retry(polls ? RETRY_STREAM : pause);
    }
  }

  /** @param {number} ms @param {"lost" | "unknown" | "full"} [kind] @param {number | string | null} [limit] */
  function retry(ms, kind = "lost", limit = null) {
    for (const name of ["early", "silence"]) clear(timers[name]);
    current = null;
    after("again", ms, open);
    if (!polls) listener.link({ kind, seconds: Math.ceil(ms / 1000), limit });
  }

  /** Ask for the value from now on. */
  function poll() {
    if (isPolling || isStopped) return;
    isPolling = true;
    askAgain();
  }

  async function askAgain() {
    await askOnce();
    if (isPolling && !isStopped) after("poll", POLL + POLL_SPREAD * random(), askAgain);
  }

  async function askOnce() {
    const reply = await ask(number, { etag });
    if (isStopped || (!isPolling && reply.status !== 200)) return;
    if (reply.status === 200 || reply.status === 304) {
      if (isPolling) {
        if (!polls) listener.link({ kind: "slow" });
        polls = true;
      }
      etag = reply.etag;
      if (reply.data) listener.value(reply.data);
    } else if (reply.status === 410) end(reply.data?.address ?? null);
    else if (polls) {
      polls = isPolling = false; // the network is gone, or the room: as for a stream
      if (!current) refused(reply);
    }
  }

  /** The page is seen again, or the network is back. */
  function wake() {
    if (isStopped || (current && now() - heardAt < ALIVE)) return;
    failures = 0;
    isDoubted = false;
    open();
  }

  function stop() {
    isStopped = true;
    isPolling = false;
    for (const timer of Object.values(timers)) clear(timer);
    current?.abort();
    current = null;
  }

  listener.link({ kind: "waiting" });
  open();
  return { wake, stop };
}

/** Wake a connection when the page is seen again, comes back from the browser's memory, or the network is back. @param {() => void} wake */
export function wakeWithPage(wake) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  for (const event of ["pageshow", "online"]) addEventListener(event, wake);
}
