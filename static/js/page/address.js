// The address bar: the one home of `history` and `location`.
//
// Browsers ignore an address that changes too often, so while a slider is dragged the newest one
// waits here and is written a few times a second; `here()` always tells the newest.

const PAUSE = 120;

let current = location.href;
let written = current;
/** @type {string | null} */
let beforeDrag = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Where we are, as a URL. */
export function here() {
  return new URL(current);
}

/**
 * Change the address for now: the entry in the history is replaced.
 * @param {string} query
 * @param {string} hash
 */
export function replace(query, hash) {
  current = at(query, hash);
  timer ||= setTimeout(write, PAUSE);
}

/**
 * Change the address in the course of a drag: it is left with `settle`.
 * @param {string} query
 * @param {string} hash
 */
export function drag(query, hash) {
  beforeDrag ??= current;
  replace(query, hash);
}

/**
 * Change the address for good: back returns to where we were before, or before the drag.
 * @param {string} query
 * @param {string} hash
 */
export function settle(query, hash) {
  const origin = beforeDrag ?? current;
  beforeDrag = null;
  current = origin;
  write();
  current = at(query, hash);
  if (current !== origin) history.pushState(null, "", current);
  written = current;
}

/**
 * @param {() => void} listener called when back or forward was used, or the hash was edited
 */
export function onTravel(listener) {
  addEventListener("popstate", () => {
    clearTimeout(timer);
    timer = undefined;
    current = written = location.href;
    beforeDrag = null;
    listener();
  });
  addEventListener("pagehide", write);
}

function write() {
  clearTimeout(timer);
  timer = undefined;
  if (current !== written) history.replaceState(null, "", current);
  written = current;
}

/**
 * @param {string} query
 * @param {string} hash
 */
function at(query, hash) {
  const url = new URL(current);
  url.search = query;
  url.hash = hash;
  return url.href;
}

/**
 * Take a frame somewhere without an entry in the history.
 * @param {HTMLIFrameElement} frame
 * @param {string} path
 */
export function replaceIn(frame, path) {
  frame.contentWindow?.location.replace(new URL(path, current).href);
}

/** Leave for another page of this site. @param {string} path */
export function leave(path) {
  location.assign(path);
}
