// Bookmarks of a lecturer, stored in this browser only (localStorage).

const NAME = "bptt-explorer.bookmarks", MOST = 100;

/** @typedef {import("./stops.js").Stop} Stop */

/** @type {Stop[] | null} */
let kept = null;

/** @returns {Stop[]} */
export function bookmarks() {
  return kept ??= read();
}

/** @param {Stop} stop @returns {number} its place in the list */
export function add(stop) {
  const known = bookmarks().findIndex(({ search, hash }) => search === stop.search && hash === stop.hash);
  if (known >= 0) return known;
  write([...bookmarks(), stop].slice(-MOST));
  return bookmarks().length - 1;
}

/** @param {number} place */
export function remove(place) {
  write(bookmarks().filter((_, i) => i !== place));
}

export function clear() {
  write([]);
}

/** @param {Stop[]} stops */
function write(stops) {
  kept = stops;
  try {
    localStorage.setItem(NAME, JSON.stringify(stops));
  } catch { /* the browser keeps nothing: until the page is closed they are kept here */ }
}

/** @returns {Stop[]} */
function read() {
  try {
    return sound(JSON.parse(localStorage.getItem(NAME) ?? "[]"));
  } catch {
    return [];
  }
}

/** The valid bookmarks of a stored list. @param {unknown} list @returns {Stop[]} */
export function sound(list) {
  const isStop = (/** @type {any} */ one) =>
    ["search", "hash", "title"].every((name) => typeof one?.[name] === "string");
  return Array.isArray(list) ? list.filter(isStop).slice(-MOST) : [];
}
