// The clock of a player: play, pause and speed, with the words of its button and a status line that is silent meanwhile.

import { byId } from "../lib/dom.js";
import { words } from "../lib/words.js";

/**
 * @typedef {object} Clock
 * @property {string} button id of the button that plays and pauses
 * @property {string} [word] id of the word on it, where that is not all of it
 * @property {string} [twin] id of a button elsewhere that says the same, with its word in a span
 * @property {string} [status] id of the line that says what is on the screen
 * @property {string} [speed] id of the choice of speeds, as factors
 * @property {number} beat ms from one step to the next at speed 1
 * @property {() => unknown} step one step; false or null at the end, where the clock stops
 * @property {() => void} [begin] called when it is started
 */

/** @param {Clock} its */
export function clock({ button, word = button, twin = "", status, speed, beat, step, begin = () => {} }) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function run() {
    clearInterval(timer);
    const factor = speed ? Number(/** @type {HTMLSelectElement} */ (byId(speed)).value) : 1;
    timer = setInterval(() => step() || pause(), beat / factor);
    show();
  }

  function pause() {
    clearInterval(timer);
    timer = undefined;
    show();
  }

  function toggle() {
    if (timer) return pause();
    begin();
    run();
  }

  function show() {
    byId(button).setAttribute("aria-pressed", String(Boolean(timer)));
    const says = words(timer ? "player.pause" : "player.play"), other = document.getElementById(twin);
    byId(word).textContent = says;
    if (other) {
      other.setAttribute("aria-pressed", String(Boolean(timer)));
      /** @type {Element} */ (other.lastElementChild).textContent = says;
    }
    if (status) byId(status).setAttribute("aria-live", timer ? "off" : "polite"); // nobody can listen that fast
  }

  /** Hear the button and the choice of speeds. */
  function listen() {
    byId(button).addEventListener("click", toggle);
    if (speed) byId(speed).addEventListener("change", () => timer && run());
  }

  return { listen, toggle, pause, isPlaying: () => timer !== undefined };
}
