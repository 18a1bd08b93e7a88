// The talk that a page is part of: its keys and its button, and what a page tells a talk; the talk itself is loaded when it is used.

import * as keys from "./keyboard.js";

/**
 * @typedef {object} Page what a page tells a talk
 * @property {string} language
 * @property {string} base such as https://bptt.example
 * @property {() => import("./share/share.js").Shared} shared
 * @property {(link: {search: string, hash: string}) => void} visit a link to this very page
 * @property {(by: number) => boolean} [step] to the next beat of what is on the screen; false where there is none
 */
/** @typedef {{turn: (by: number) => void, add: () => void, isOn: () => boolean, update: () => void}} Talk */
/** @typedef {(page: Page) => Promise<Talk | null>} Open */

const PLACE = "bptt-explorer.talk"; // as in talk/storage.js, which is loaded later

/** @type {Promise<Talk | null> | null} */
let opening = null;
/** @type {Talk | null} */
let talk = null;
/** @type {() => Promise<Talk | null>} */
let open = () => Promise.resolve(null);

/** Whether this tab is in a talk. */
export function isOn() {
  if (talk) return talk.isOn();
  try {
    return sessionStorage.getItem(PLACE) !== null;
  } catch {
    return false;
  }
}

/** The next beat or stop of the talk, or the one before. @param {number} by @returns {boolean} whether this tab is in a talk */
export function turn(by) {
  if (!isOn()) return false;
  open().then((its) => its?.turn(by));
  return true;
}

/** Add what is on the screen. */
export function add() {
  open().then((its) => its?.add());
}

/** Call it before other keys are listened to. @param {Page} page @param {Open} load */
export function listen(page, load) {
  open = () =>
    opening ??= load(page).catch(() => null).then((its) => {
      talk = its;
      if (!its) opening = null; // without a network: tried again at the next use
      return its;
    });
  keys.listen({ PageDown: () => turn(1), PageUp: () => turn(-1) }, isOn);
  keys.listen({ m: add });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-add]")) add();
  });
  if (isOn()) open();
}
