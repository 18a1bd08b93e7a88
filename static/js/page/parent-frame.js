// Messages between a lab in an iframe and the lesson around it, or the page of a live lecture (the lab's side).
//
// The lab reports its address and which of the lesson's keys were pressed in it; the page around it asks it to navigate.
// Outside a frame, or in a frame of another site, no message is sent or accepted.

import * as keys from "./keyboard.js";

const STILL = 120; // ms without a change, after which an address is reported
const KEYS = ["n", "p", "a", "s", "f", "b", "m", ".", "PageUp", "PageDown"]; // of the lesson, by their names in keyboard.js

/** @typedef {{search: string, hash: string}} Address */

/** @type {ReturnType<typeof setTimeout> | undefined} */
let still;
let told = "";
/** the number of the lesson's last request, which a report repeats: what it answers; 0: none, or one without a number */
let asked = 0;

/** Whether this page is in a frame of this site: of a lesson, or of a live lecture. */
export const inLesson = isFramedByThisSite();

function isFramedByThisSite() {
  if (typeof window === "undefined" || window.parent === window) return false;
  try {
    return window.parent.origin === window.origin;
  } catch {
    return false; // the window of another site is not accessible
  }
}

/**
 * Listen to the lesson and forward its keys. Call it before other key listeners, or they would act first.
 * @param {(search: string, hash: string) => void} visit navigates without a history entry
 */
export function listen(visit) {
  if (!inLesson) return;
  const { classList } = document.body, isEmbedded = classList.contains("embedded"); // else a live lecture shows it
  if (isEmbedded) classList.add("embedded-in-lesson");
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || origin !== window.origin || data?.bptt !== "visit") return;
    told = ""; // a request is answered even if the address stays the same
    asked = Number(data.visit ?? 0);
    visit(String(data.search), String(data.hash));
  });
  if (isEmbedded) keys.listen(Object.fromEntries(KEYS.map((key) => [key, () => send({ bptt: "key", key })])));
}

/**
 * The picture of an address is drawn: the lesson is told once nothing has changed for a while.
 * @param {() => Address} here the canonical address at that time
 */
export function reportSettled(here) {
  if (!inLesson) return;
  clearTimeout(still);
  still = setTimeout(() => {
    const { search, hash } = here();
    if (search + hash === told) return;
    told = search + hash;
    send({ bptt: "here", search, hash, ...(asked && { visit: asked }) });
  }, STILL);
}

/** The address has changed: the pending report is obsolete. */
export function cancelReport() {
  clearTimeout(still);
}

/** @param {object} message */
function send(message) {
  window.parent.postMessage(message, window.origin);
}
