// Rooms of live lectures: the requests of /api/rooms, and the stream of a room's events.

import { request } from "./api.js";
import { eventsIn } from "./sse.js";

/**
 * @typedef {object} Reply what the server says
 * @property {number} status 0: it could not be reached
 * @property {any} data the JSON of the body, null without one
 * @property {string} code why it refuses, as in the messages of a room; nothing if it does not
 * @property {string} message why it refuses, in words
 * @property {number | string | null} limit the bound that was reached
 * @property {number} seconds after which another try may succeed; 0 where it does not say
 * @property {string} etag
 */
/** @typedef {{method?: string, body?: object, token?: string, etag?: string, signal?: AbortSignal}} Asking */

const PATH = "/api/rooms";

/** @param {string} room its number; nothing to open one @returns {string} */
const pathOf = (room, part = "") => [PATH, room, part].filter(Boolean).join("/");

/**
 * One request about a room.
 * @param {string} room
 * @param {Asking} [asking]
 * @param {string} [part] votes, or nothing for the room itself
 * @returns {Promise<Reply>}
 */
export async function ask(room, { method = "GET", body, token, etag, signal } = {}, part = "") {
  try {
    return await replyOf(
      await request(pathOf(room, part), {
        method,
        signal,
        cache: "no-store",
        body: body && JSON.stringify(body),
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(etag && { "If-None-Match": etag }),
        },
      }),
    );
  } catch {
    return UNREACHED;
  }
}

/** @type {Reply} */
const UNREACHED = { status: 0, data: null, code: "", message: "", limit: null, seconds: 0, etag: "" };

/** @param {Response} response @returns {Promise<Reply>} */
async function replyOf(response) {
  const { status, headers } = response, isJson = headers.get("Content-Type")?.includes("json");
  const data = isJson ? await response.json() : null, [error] = data?.errors ?? [];
  return {
    ...{ status, data, etag: headers.get("ETag") ?? "", seconds: Number(headers.get("Retry-After")) || 0 },
    ...{ code: error?.code ?? "", message: error?.message ?? "", limit: error?.limit ?? null },
  };
}

/**
 * Follow a room by its events until the stream ends; without a signal's abort it has been broken then.
 * @param {string} room
 * @param {{signal: AbortSignal, heard: () => void, came: (name: string, data: any) => void}} how heard: something came, if only a comment
 * @returns {Promise<Reply | null>} why there is no stream; null where there was one
 */
export async function stream(room, { signal, heard, came }) {
  let isOpen = false;
  try {
    const headers = { Accept: "text/event-stream" };
    const response = await request(pathOf(room, "events"), { signal, headers, cache: "no-store" });
    if (!response.ok || !response.body) return await replyOf(response);
    isOpen = true;
    let waiting = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (signal.aborted) return null;
      heard();
      const { events, rest } = eventsIn(waiting + read.value);
      waiting = rest;
      for (const { name, data } of events) came(name, JSON.parse(data));
    }
    return null;
  } catch {
    return isOpen ? null : UNREACHED;
  }
}
