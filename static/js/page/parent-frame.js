// A lab in a frame of this site, beside a lesson: what the lab and the page around it tell each other.
//
// The lab says where it stands and which of the lesson's keys were pressed in it; the page asks it to go
// elsewhere. In nobody's frame, or in that of another site, nothing is said and nothing is heard.

import * as keys from "./keyboard.js";

const STILL = 120; // ms without a change, after which an address has come to rest
const KEYS = ["n", "p", "a", "s", "f", "b", ".", "PageUp", "PageDown"]; // the lesson's, as keys.js calls them

/** @typedef {{search: string, hash: string}} Address */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let still;
let told = "";

/** Whether the page around this one is one of this site. */
export const inLesson = isFramedByThisSite();

function isFramedByThisSite() {
  if (typeof window === "undefined" || window.parent === window) return false;
  try {
    return window.parent.origin === window.origin;
  } catch {
    return false; // another site's window tells nothing of itself
  }
}

/**
 * Hear the page, and tell it the keys that are its own: to be called before others listen to keys.
 * @param {(search: string, hash: string) => void} visit goes there, without a new entry in the history
 */
export function listen(visit) {
  if (!inLesson) return;
  document.body.classList.add("embedded-in-lesson");
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || origin !== window.origin || data?.bptt !== "visit") return;
    told = ""; // who asks is answered, even where nothing moves
    visit(String(data.search), String(data.hash));
  });
  keys.listen(Object.fromEntries(KEYS.map((key) => [key, () => send({ bptt: "key", key })])));
}

/**
 * The picture of an address stands: the page is told once nothing has moved for a while.
 * @param {() => Address} here where we are then, in canonical writing
 */
export function stands(here) {
  if (!inLesson) return;
  clearTimeout(still);
  still = setTimeout(() => {
    const { search, hash } = here();
    if (search + hash === told) return;
    told = search + hash;
    send({ bptt: "here", search, hash });
  }, STILL);
}

/** Something moved: what stood is no news any more. */
export function moves() {
  clearTimeout(still);
}

/** @param {object} message */
function send(message) {
  window.parent.postMessage(message, window.origin);
}
