// Quiz rules of lesson 10: one long series as a minibatch.

import { guesses } from "./numbers.js";

const FORGOTTEN = [3, 30, 300]; // steps to choose from

/** How many blocks hold pieces of several sentences. @type {Rule} */
export function acrossSentences({ bptt: { tokens, blocks }, params }) {
  const ends = tokens.flatMap((symbol, i) => ".!?".includes(symbol) ? [i] : []);
  /** Whether another sentence's letters follow an end within the block. @param {{start: number, stop: number}} block */
  const isAcross = ({ start, stop }) =>
    ends.some((end) => end >= start && tokens.slice(end + 1, stop).some((symbol) => symbol.trim()));
  const across = blocks.filter(isAcross).length;
  return {
    choices: guesses([0, 1, across, blocks.length - 1, blocks.length]),
    right: [String(across)],
    values: { T: tokens.length, sentences: ends.length, k: Number(params.k), across },
  };
}

/** Where the second lane starts. @type {Rule} */
export function startOfLane({ film: { schedule } }) {
  const { starts: [, start], length, k, L, lanes } = schedule;
  return {
    choices: guesses([k, start - 1, start, start + 1, L - k]),
    right: [String(start)],
    values: { L, lanes, start, end: length - 1, last: start + length - 1 },
  };
}

/** Iterations of an epoch. @type {Rule} */
export function iterationsAnEpoch({ film: { schedule } }) {
  const { iterations, lanes, k, L, length, blocks, starts } = schedule;
  const [from] = blocks[blocks.length - 1];
  return {
    choices: guesses([k, iterations, iterations * lanes, L]),
    right: [String(iterations)],
    values: { lanes, k, iterations, final: iterations - 1, length, from, from2: starts[1] + from },
  };
}

/** The gradient of two lanes, and of each of them alone. @type {Rule} */
export function averageOfLanes(a, b) {
  /** @param {Frame} frame the gradient of one number of Wh */
  const gradient = ({ update }) => Number(update.largest.gradient);
  const alone = (b ?? a).film.frames, together = gradient(a.film.frames[0]);
  const [one, two] = [gradient(alone[0]), gradient(alone[1])];
  const found = { first: one, mean: (one + two) / 2, sum: one + two };
  return {
    choices: Object.keys(found),
    right: Object.entries(found).filter(([, value]) =>
      Math.abs(value - together) <= 1e-3 * Math.abs(together)
    )
      .map(([name]) => name),
    values: { one, two, together },
  };
}

/** How long the second lane is not where a single reader would be. @type {Rule} */
export function stepsUntilForgotten({ lanes: { missed, others, schedule } }) {
  if (!missed) return {};
  const single = others.find(({ lanes }) => lanes === 1);
  const steps = missed.below[0], known = missed.below.map((count) => count ?? Infinity);
  /** @param {number} count */
  const far = (count) => Math.abs(Math.log(count / Math.max(1, steps ?? 0)));
  const { h, difference } = /** @type {{h: number | number[], difference: number[]}} */ (missed.norms);
  return {
    choices: [...FORGOTTEN.map(String), "never"],
    right: [steps === null ? "never" : String(FORGOTTEN.toSorted((one, other) => far(one) - far(other))[0])],
    values: {
      distance: difference[0],
      size: [h].flat()[0],
      updates: single ? single.updates_an_epoch * schedule.passes : null,
      steps,
      least: Math.min(...known),
      most: Math.max(...known),
    },
  };
}

/** Where the book's code starts its second lane, and how many iterations it counts. @type {Rule} */
export function twoReadings(a, b) {
  const { starts, iterations } = (b ?? a).film.schedule;
  return { values: { book: starts[1], iterations } };
}
