// The cursor over epochs and iterations: buttons, a scrubber, and time running by itself.

import { byId, rich } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { cursorAt, placeOf } from "./cursor.js";

const TICK = 380; // ms

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/** @param {(by: number) => boolean} step false at the end @param {(place: number) => void} go */
export function listen(step, go) {
  byId("lanes-back").addEventListener("click", () => {
    pause();
    step(-1);
  });
  byId("lanes-forth").addEventListener("click", () => {
    pause();
    step(1);
  });
  byId("lanes-play").addEventListener("click", () => {
    if (timer) return pause();
    timer = setInterval(() => step(1) || pause(), TICK);
    look();
  });
  const scrubber = /** @type {HTMLInputElement} */ (byId("lanes-at"));
  scrubber.addEventListener("input", () => {
    pause();
    go(Number(scrubber.value));
  });
}

export function pause() {
  clearInterval(timer);
  timer = undefined;
  look();
}

function look() {
  byId("lanes-play").setAttribute("aria-pressed", String(Boolean(timer)));
  byId("lanes-play").textContent = words(timer ? "player.pause" : "player.play");
  byId("lanes-said").setAttribute("aria-live", timer ? "off" : "polite");
}

/** @param {import("./geometry.js").Lab} lab @param {import("./cursor.js").Cursor} cursor @param {number} iterations */
export function show(lab, cursor, iterations) {
  const run = { iterations, passes: lab.passes };
  const scrubber = /** @type {HTMLInputElement} */ (byId("lanes-at"));
  scrubber.max = String(iterations * lab.passes - 1);
  scrubber.value = String(placeOf(cursor, run));
  const facts = {
    epoch: cursor.epoch + 1,
    passes: lab.passes,
    iteration: cursor.iteration,
    iterations: iterations - 1,
  };
  scrubber.setAttribute("aria-valuetext", words("training.lanes.spoken", facts));
  const key = lab.lanes > 1 ? "said" : "said_one";
  const length = lab.reading === "book"
    ? lab.k
    : Math.min(lab.k, Math.floor(lab.L / lab.lanes) - cursor.iteration * lab.k);
  byId("lanes-said").replaceChildren(
    ...rich(words(`training.lanes.${key}`, { ...facts, lanes: lab.lanes, steps: length })),
  );
}

/** @param {import("./geometry.js").Lab} lab @param {import("./cursor.js").Cursor} cursor @param {number} iterations @param {number} by */
export function moved(lab, cursor, iterations, by) {
  const run = { iterations, passes: lab.passes };
  return cursorAt(placeOf(cursor, run) + by, run);
}
