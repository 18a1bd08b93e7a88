// The talk that a page is part of: its keys and its button, and what a page tells a talk; the talk itself is loaded when it is used.

import * as address from "./address.js";
import { readHash } from "./hash.js";
import * as keys from "./keyboard.js";
import * as live from "./live.js";

/**
 * @typedef {object} Page what a page tells a talk
 * @property {string} language
 * @property {string} base such as https://bptt.example
 * @property {() => import("./share/share.js").Shared} shared
 * @property {(link: {search: string, hash: string}) => void} visit a link to this very page
 * @property {() => void} [ask] opens the dialog of a question about what is on the screen
 * @property {(by: number) => boolean} [step] to the next beat of what is on the screen; false where there is none
 */
/** @typedef {{turn: (by: number) => void, add: () => void, isOn: () => boolean, update: () => void, forAudience: () => Promise<Api.Address | null>}} Talk */
/** @typedef {{language: string, embedded: boolean, look: (seen: Partial<Seen>) => void}} Asking what a page tells a question */
/** @typedef {{open: (page: Page) => Promise<Talk | null>, show: (seen: Seen, page: Asking) => void, openDialog: (seen: Seen, page: Asking, toClass?: live.ToClass) => void}} Late what is loaded later */

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

/**
 * A lab's part in talks and live lectures. Call it before other keys are listened to.
 * @param {{data: {language: string, embedded: boolean}, base: string, read: () => {seen: Seen}, look: (seen: Partial<Seen>) => void, visit: (link: {search: string, hash: string}, from: Seen) => void}} lab
 * @param {Page["shared"]} shared @param {() => Promise<Late>} load
 * @param {(by: number) => boolean} [step] to the next beat of the picture, if there is one
 * @returns {(by: number) => boolean} the same, where the answer of a question is a beat too
 */
export function onLab({ data, base, read, look, visit: go }, shared, load, step = () => false) {
  const { language } = data;
  const visit = (/** @type {{search: string, hash: string}} */ link) => go(link, readHash(link.hash)); // also what it hides
  const ask = (/** @type {live.ToClass[]} */ ...toClass) =>
    load().then(({ openDialog }) => openDialog(read().seen, { ...data, look }, ...toClass), () => {});
  const beat = (/** @type {number} */ by) => {
    const { ask, veil } = read().seen;
    if (by < 0 || !ask || !veil) return step(by);
    look({ veil: null });
    return true;
  };
  live.listen({ language, base, look, seen: () => read().seen, compose: ask });
  if (!data.embedded) listen({ language, base, shared, visit, step: beat, ask: () => ask() }, load);
  return beat;
}

/** Call it before other keys are listened to. @param {Page} page @param {() => Promise<Pick<Late, "open">>} load */
export function listen(page, load) {
  open = () =>
    opening ??= load().then(({ open }) => open(page)).catch(() => null).then((its) => {
      talk = its;
      if (!its) opening = null; // without a network: tried again at the next use
      return its;
    });
  live.leaves({ isOn, link: () => open().then((its) => its?.forAudience() ?? null) });
  address.onTravel(() => talk?.update());
  keys.listen({ PageDown: () => turn(1), PageUp: () => turn(-1) }, isOn);
  keys.listen({ m: add });
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button[data-add], button[data-ask]");
    if (!button) return;
    button.closest("dialog")?.close();
    if (button.matches("[data-add]")) add();
    else page.ask?.();
  });
  if (isOn()) open();
}
