// Address bar (URL): the only module that uses `history` and `location`.
//
// Browsers ignore an address that changes too often, so while a slider is dragged the newest one waits here and is
// written a few times a second; `here()` always returns the newest.

const PAUSE = 120;

let current = globalThis.location?.href ?? ""; // tests have no page
let written = current;
/** @type {string | null} */
let beforeDrag = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @type {() => void} */
let moved = () => {};

/** @param {() => void} listener called whenever the address has changed */
export function onChange(listener) {
  moved = listener;
}

/** The current URL. */
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
  moved();
}

/**
 * Change the address during a drag, which `settle` ends.
 * @param {string} query
 * @param {string} hash
 */
export function drag(query, hash) {
  beforeDrag ??= current;
  replace(query, hash);
}

/**
 * Change the address with a history entry: back returns to the address before it, or before the drag.
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
  moved();
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
    moved();
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
 * Navigate a frame without a history entry.
 * @param {HTMLIFrameElement} frame
 * @param {string} path
 */
export function replaceIn(frame, path) {
  frame.contentWindow?.location.replace(new URL(path, current).href);
}

/** The path of the page in a frame of this site. @param {HTMLIFrameElement} frame */
export function pathIn(frame) {
  return frame.contentWindow?.location.pathname;
}

/** The address of the page in a frame; null where it is no page of this site, such as the browser's own about an error. @param {HTMLIFrameElement} frame */
export function placeIn(frame) {
  try {
    const { pathname = "", search = "", hash = "" } = frame.contentWindow?.location ?? {};
    return { pathname, search, hash };
  } catch {
    return null;
  }
}

/** @param {HTMLIFrameElement} frame of this site */
export function reloadIn(frame) {
  frame.contentWindow?.location.reload();
}

/** Load the page anew. */
export function reload() {
  location.reload();
}

/** Leave for another page of this site. @param {string} path */
export function leave(path) {
  location.assign(path);
}
