// Talks kept in this browser: drafts (localStorage), and for this tab the talk one is in and the place in it (sessionStorage).

import { writeTalk } from "./format.js";

/** @typedef {{id: string, text: string}} Draft */
/** @typedef {{id: string, text: string, place: number, begun: number | null, tab: string, arrived: string, opensLive?: boolean}} Place begun: ms since 1970; tab: its name among other windows; arrived: the path of the stop as its page has written it, none until it has; opensLive: the next page opens a room */

const DRAFTS = "bptt-explorer.talks", BOOKMARKS = "bptt-explorer.bookmarks"; // bookmarks: of before there were talks
export const PLACE = "bptt-explorer.talk";
const MOST = 30; // drafts

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36)).join("");

/** @param {() => Storage} store @param {string} name @returns {unknown} */
function read(store, name) {
  try {
    return JSON.parse(store().getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {() => Storage} store @param {string} name @param {unknown} value null: forget it */
function write(store, name, value) {
  try {
    if (value === null) store().removeItem(name);
    else store().setItem(name, JSON.stringify(value));
  } catch { /* the browser keeps nothing: the link does */ }
}

const local = () => localStorage, session = () => sessionStorage;

/** The drafts, the one that was changed last first. @returns {Draft[]} */
export function drafts() {
  const found = read(local, DRAFTS);
  const isDraft = (/** @type {any} */ one) => typeof one?.id === "string" && typeof one.text === "string";
  return Array.isArray(found) ? found.filter(isDraft).slice(0, MOST) : [];
}

/** Keep a draft, in front of the others. @param {Draft} draft */
export function keep(draft) {
  const others = drafts().filter(({ id }) => id !== draft.id);
  write(local, DRAFTS, [draft, ...others].slice(0, MOST));
}

/** @param {string} id */
export function forget(id) {
  write(local, DRAFTS, drafts().filter((draft) => draft.id !== id));
}

/** @returns {Place | null} */
export function place() {
  const found = /** @type {any} */ (read(session, PLACE));
  const isPlace = [found?.id, found?.text, found?.tab].every((it) => typeof it === "string") &&
    Number.isInteger(found.place);
  return isPlace ? found : null;
}

/** @param {Place | null} where */
export const setPlace = (where) => write(session, PLACE, where);

/** Bookmarks become a draft, once. @param {string} name of the draft @param {string} language */
export function useBookmarks(name, language) {
  const found = read(local, BOOKMARKS);
  write(local, BOOKMARKS, null);
  const stops = stopsOfBookmarks(found, language);
  if (stops.length) keep({ id: newId(), text: writeTalk({ name, stops }) });
}

/** @param {unknown} bookmarks @param {string} language */
export function stopsOfBookmarks(bookmarks, language) {
  const isOne = (/** @type {any} */ one) =>
    ["search", "hash", "title"].every((name) => typeof one?.[name] === "string");
  const sound = Array.isArray(bookmarks) ? bookmarks.filter(isOne) : [];
  return sound.map(({ search, hash, title }) => ({
    ...{ to: `/${language}/${search}${hash}`.replaceAll("|", "%7C"), minutes: 3, title, note: "" },
  }));
}
