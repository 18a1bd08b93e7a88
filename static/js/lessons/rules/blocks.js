// Quiz rules of lesson 9: truncated BPTT block by block, with updates.

import { apart, guesses, mean } from "./numbers.js";

/** What enters the second block. @type {Rule} */
export function handedOver({ film: { frames } }) {
  return { values: { difference: frames[1]?.carried_difference ?? null } };
}

/** The number of Wh that the first update moves most, in digits whose sum comes out. @type {Rule} */
export function oneUpdateOfW({ film: { frames: [{ update }] }, params }) {
  const { before, gradient, after } = update.largest, lr = Number(params.lr);
  const at = (/** @type {number} */ digits) =>
    [before, gradient, after].map((n) => Number(n).toFixed(digits));
  const digits = [3, 4, 5, 6].find((d) => {
    const [from, slope, to] = at(d).map(Number);
    return (from - lr * slope).toFixed(d) === to.toFixed(d);
  });
  const [from, slope, to] = at(digits ?? 6).map((number) => number.replace("-", "−"));
  return { values: { before: from, gradient: slope[0] === "−" ? `(${slope})` : slope, after: to, lr } };
}

/** At which steps the states are still those of weights that stand still. @type {Rule} */
export function cannotDrift({ film: { frames } }) {
  const steps = frames.flatMap(({ start, drift }) =>
    drift.map((size, i) => ({ t: start + i, size: Number(size) }))
  );
  return {
    choices: steps.slice(0, 8).map(({ t }) => `t = ${t}`),
    right: steps.slice(0, 8).filter(({ size }) => size === 0).map(({ t }) => `t = ${t}`),
    values: { drift: Math.max(...steps.map(({ size }) => size)) },
  };
}

/** How many blocks begin with a state of zeros. @param {Film} film */
const beginEmpty = ({ frames }) => frames.filter(({ h_in }) => h_in.every((value) => value === 0)).length;

/** How many terms of dWh are zero, the state carried and not. @type {Rule} */
export function zeroTerms(a, b) {
  const carried = beginEmpty(a.film), zeros = beginEmpty((b ?? a).film);
  const steps = a.film.tokens.length;
  return { choices: guesses([0, 1, zeros, steps]), right: [String(zeros)], values: { carried, zeros } };
}

/** How far the states of the same blocks are apart, read in two orders. @type {Rule} */
export function outOfOrder(a, b) {
  const other = (b ?? a).film.frames;
  const moved = Math.max(...a.film.frames.map(({ block, h }) => {
    const again = other.find((frame) => frame.block === block);
    return again ? apart(h, again.h) : 0;
  }));
  return {
    choices: ["yes", "no"],
    right: [moved > 1e-12 ? "yes" : "no"],
    values: { moved, ordered: lossOf(a.film), shuffled: lossOf((b ?? a).film) },
  };
}

/** The loss of a step, on average. @param {Film} film */
const lossOf = ({ frames }) => mean(frames.flatMap(({ loss }) => loss.map(Number)));

/** Blocks of one pass. @type {Rule} */
export function fiveMinutes({ film }) {
  return { values: { minute: film.schedule.k, updates: film.losses.length } };
}

/** A block's mean against the mean over everything. @type {Rule} */
export function otherScale(a, b) {
  const [first] = a.film.frames, T = a.film.tokens.length, k = a.film.schedule.k;
  const whole = b ? Math.hypot(...b.bptt.truncated.dh_output[0].map(Number)) : NaN;
  const ratio = Number((Number(first.from_output[0]) / whole).toPrecision(4)); // as many digits as answers hold
  const choices = guesses([1, k, T / k, T]);
  return {
    choices,
    right: choices.filter((guess) => Math.abs(Number(guess) - ratio) < 1e-3 * ratio),
    values: { k, T, ratio },
  };
}
