// Player of the minibatch lanes: buttons, a scrubber and autoplay over epochs and iterations.

import { byId, rich } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { clock } from "../../page/clock.js";
import { cursorAt, placeOf } from "./cursor.js";

const TICK = 380; // ms

let step = (/** @type {number} */ _by) => false;
const { pause, ...playing } = clock({
  ...{ button: "lanes-play", status: "lanes-said", beat: TICK },
  step: () => step(1),
});
export { pause };

/** @param {(by: number) => boolean} move false at the end @param {(place: number) => void} go */
export function listen(move, go) {
  step = move;
  byId("lanes-back").addEventListener("click", () => {
    pause();
    step(-1);
  });
  byId("lanes-forth").addEventListener("click", () => {
    pause();
    step(1);
  });
  playing.listen();
  const scrubber = /** @type {HTMLInputElement} */ (byId("lanes-at"));
  scrubber.addEventListener("input", () => {
    pause();
    go(Number(scrubber.value));
  });
}

/** @param {import("./geometry.js").Lab} lab @param {import("./geometry.js").Places} places @param {import("./cursor.js").Cursor} cursor */
export function show(lab, { iterations, bounds }, cursor) {
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
  const length = bounds[cursor.iteration + 1] - bounds[cursor.iteration];
  byId("lanes-said").replaceChildren(
    ...rich(words(`training.lanes.${key}`, { ...facts, lanes: lab.lanes, steps: length })),
  );
}

/** @param {import("./geometry.js").Lab} lab @param {import("./cursor.js").Cursor} cursor @param {number} iterations @param {number} by */
export function moved(lab, cursor, iterations, by) {
  const run = { iterations, passes: lab.passes };
  return cursorAt(placeOf(cursor, run) + by, run);
}
