// Registry of the sweeps: every figure in many states that are drawn by lot, recorded as one short digest each.
//
// The drawings (drawings.js) say what has changed, with numbers; the sweeps say that something has, in states
// that nobody has thought of. This prints a figure as it is drawn in a state, to compare with another commit:
// deno run --allow-read=. tests/js/sweeps.js norms 17

import process from "node:process";
import { digest } from "./digest.js";
import { makeDocument } from "./document.js";
import { plain } from "./moved.js";
import { ADDRESSES } from "./sweeps/addresses.js";
import { EXPLORER } from "./sweeps/explorer.js";
import { GRAPH_LAB } from "./sweeps/graph.js";
import { LESSONS } from "./sweeps/lessons.js";
import { Lot } from "./sweeps/lot.js";
import { PLACES } from "./sweeps/places.js";
import { TRAINING } from "./sweeps/training.js";

/**
 * @typedef {{states: number, scene(lot: Lot): any, draw(scene: any): unknown}} Sweep
 *    how many states, what a state is, as plain data, and the figure in it
 */

makeDocument();

/** @type {Record<string, Sweep>} */
export const SWEEPS = { ...EXPLORER, ...GRAPH_LAB, ...TRAINING, ...LESSONS, ...PLACES, ...ADDRESSES };

/** @param {string} figure @param {number} state */
export const sceneOf = (figure, state) => SWEEPS[figure].scene(new Lot(figure, state));

/** The digests of a figure's states. @param {string} figure */
export const digestsOf = (figure) =>
  Array.from(
    { length: SWEEPS[figure].states },
    (_, state) => digest(SWEEPS[figure].draw(sceneOf(figure, state))),
  );

if (import.meta.main) {
  const [figure, state] = process.argv.slice(2);
  if (figure) {
    const scene = sceneOf(figure, Number(state));
    console.log(JSON.stringify([scene, plain(SWEEPS[figure].draw(scene))], null, 1));
  } else {
    const lines = Object.keys(SWEEPS).map((name) =>
      `${JSON.stringify(name)}:${JSON.stringify(digestsOf(name).join(" "))}`
    );
    console.log(`{\n${lines.join(",\n")}\n}`);
  }
}
