// Opening of the start page: which loss its story follows, and its frames: the forward pass reads the letters, the gradient
// of the last wrong guess goes back, the scissors stop it.

import { creditTable } from "../credit/table.js";
import { predictedOutput, targetOutput } from "../predictions.js";

const COLUMN = 120, EDGE = 450, READ = 1300, LEAST_FORWARD = 900; // ms

/**
 * @typedef {object} Frame what the picture shows of the story
 * @property {1 | 2 | 3} beat
 * @property {Moment | null} at the moment of the forward pass, while it is drawn
 * @property {number} until the step back to which the gradient has walked; the scissors are not there yet in beats 1 and 2
 * @property {number} ms how long it stays
 */

/** @typedef {{s: number, sizes: Num[], reach: number, wrong: number[]}} Story sizes: what the loss sends to each step from its own back to 0; reach: the last step it reaches; wrong: the steps with a wrong guess */

/**
 * The loss that the story follows: that of the last wrong guess, else the last one.
 * @param {Result} result @returns {Story | null} null where there is no loss or only a part of the run is known
 */
export function storyOf(result) {
  const { tokens, forward, vocabulary, window } = result, table = creditTable(result);
  if (window || table.n < tokens.length) return null;
  const steps = tokens.map((_, t) => t).filter((t) => forward.loss[t] !== null && table.has(t));
  const wrong = vocabulary.length
    ? steps.filter((t) => predictedOutput(result, t) !== targetOutput(result, t))
    : [];
  const s = wrong[wrong.length - 1] ?? steps[steps.length - 1];
  if (s === undefined) return null;
  let reach = s;
  while (reach > 0 && table.kept(s, reach - 1) > 0) reach -= 1;
  return { s, sizes: Array.from({ length: s + 1 }, (_, i) => table.size(s, s - i)), reach, wrong };
}

/**
 * All frames of the opening; the last one stays.
 * @param {Story} story @param {number} T @returns {Frame[]}
 */
export function framesOf({ s }, T) {
  const column = Math.max(20, Math.min(COLUMN, LEAST_FORWARD / T)),
    edge = Math.max(60, Math.min(EDGE, 2400 / (s || 1)));
  /** @param {number} t @returns {Moment} */
  const forward = (t) => ({ phase: "forward", t, line: 4, walk: 0 });
  return [
    ...Array.from(
      { length: T },
      (_, t) => /** @type {Frame} */ ({ beat: 1, at: forward(t), until: s, ms: t < T - 1 ? column : READ }),
    ),
    ...Array.from(
      { length: s + 1 },
      (_, i) => /** @type {Frame} */ ({ beat: 2, at: null, until: s - i, ms: i < s ? edge : READ }),
    ),
    { beat: 3, at: null, until: 0, ms: 0 },
  ];
}

/** The frame that a beat ends with. @param {Story} story @param {number} T @param {number} beat @returns {Frame} */
export function frameOf(story, T, beat) {
  return /** @type {Frame} */ (framesOf(story, T).findLast((frame) => frame.beat === beat));
}
