// The clock of the opening: plays the frames of the story once, stops at any input, and shows the beat that is asked for.

import { byId } from "../../lib/dom.js";
import { frameOf, framesOf, storyOf } from "./story.js";

const SEEN = "bptt-explorer.opening"; // in this visit only (sessionStorage)
const BEATS = 3;

/** The frames that are still to come, while it plays. @type {import("./story.js").Frame[]} */
let coming = [];
let beat = BEATS;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let redraw = () => {};

/** @param {() => void} draw brings the picture to the present frame */
export function useOpening(draw) {
  redraw = draw;
}

/** The story of a run at its present frame; null where there is none. @param {Result} result @returns {View["story"]} */
export function currentFrame(result) {
  const story = storyOf(result);
  return story && { ...story, ...(coming[0] ?? frameOf(story, result.tokens.length, beat)) };
}

/** Play from the beginning. @param {Result} result */
export function play(result) {
  const story = storyOf(result);
  if (!story) return;
  coming = framesOf(story, result.tokens.length);
  beat = BEATS;
  clearTimeout(timer);
  next();
}

/** Play, but not twice in a visit and not where less motion is wanted: then it stands at its end. @param {Result} result */
export function playOnce(result) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || isSeen()) redraw();
  else play(result);
}

function next() {
  redraw();
  timer = setTimeout(() => {
    coming.shift();
    if (coming.length > 1) next();
    else stop();
  }, coming[0].ms);
}

/** Show how it ends. */
export function stop() {
  clearTimeout(timer);
  const wasPlaying = coming.length > 0;
  coming = [];
  if (wasPlaying) redraw();
}

/** Show how a beat ends. @param {number} which */
export function hold(which) {
  clearTimeout(timer);
  coming = [];
  beat = which;
  redraw();
}

/** Input of any kind stops it; that of its own buttons says what to show. */
export function listen() {
  for (const kind of ["pointerdown", "keydown", "wheel"]) {
    addEventListener(kind, ({ target }) => {
      if (!(target instanceof Element && target.closest("[data-beat], #front-again, #dock-play"))) stop();
    }, { passive: true });
  }
  for (
    const button of /** @type {NodeListOf<HTMLElement>} */ (byId("beats").querySelectorAll("[data-beat]"))
  ) {
    const own = Number(button.dataset.beat);
    button.addEventListener("click", () => {
      const isTold = button.getAttribute("aria-pressed") === "true" && !coming.length;
      hold(isTold ? own % BEATS + 1 : own);
    });
  }
}

function isSeen() {
  try {
    const seen = sessionStorage.getItem(SEEN) !== null;
    sessionStorage.setItem(SEEN, "1");
    return seen;
  } catch {
    return false; // storage is off: it plays at every visit
  }
}
