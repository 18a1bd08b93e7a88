// Quiz rules of lesson 11: truncation schemes, compared by the pairs of loss and step that they keep.

import { median } from "../../lib/numbers.js";
import { compared, guesses, mean, percent } from "./numbers.js";

/** How many steps each loss sees. @param {Result} bptt */
const reaches = ({ kept }) => kept.map((row) => row.filter((weight) => weight !== null && weight > 0).length);

/** How many losses see all k steps: in blocks, and in a sliding window. @type {Rule} */
export function seeAllSteps(a, b) {
  const k = Number(a.params.k), one = a.bptt, other = (b ?? a).bptt;
  /** @param {Result} bptt */
  const whole = (bptt) => reaches(bptt).filter((steps) => steps === k).length;
  const full = whole(one), fullWindow = whole(other), T = one.tokens.length;
  return {
    choices: guesses([full, k, fullWindow, T]),
    right: [String(full)],
    values: { k, full, fullWindow, pairs: one.cells_kept, pairsWindow: other.cells_kept },
  };
}

/** Which of two schemes comes closer to the full gradient. @type {Rule} */
export function nearerScheme(a, b) {
  const one = a.bptt, other = (b ?? a).bptt;
  const error = Number(one.comparison.recurrent.relative_error);
  const errorWindow = Number(other.comparison.recurrent.relative_error);
  return {
    choices: ["blocks", "same", "window"],
    right: [compared(errorWindow, error, ["window", "same", "blocks"])],
    values: {
      k: Number(a.params.k),
      reach: mean(reaches(one)),
      reachWindow: String(mean(reaches(other))),
      error: percent(error),
      errorWindow: percent(errorWindow),
    },
  };
}

/** Which k1 lets every loss reach as far as in blocks of k. @type {Rule} */
export function equalToBlocks({ bptt, params }) {
  const k1 = Number(params.k1), k2 = Number(params.k), wanted = bptt.schemes.blocks.reach;
  const choices = [...new Set([1, 2, Math.ceil(k2 / 2), k2])];
  /** The first step that loss s reaches. @param {number} each losses a walk @param {number} s */
  const reach = (each, s) => Math.max(0, each * (Math.floor(s / each) + 1) - k2);
  const right = choices.filter((each) =>
    wanted.every((first, s) => first === null || first === reach(each, s))
  );
  return {
    choices: choices.map(String),
    right: right.map(String),
    values: { k1, k2, pairs: bptt.cells_kept, blocks: right.join(", ") },
  };
}

/** How many steps are walked back in all. @type {Rule} */
export function stepsWalkedBack(
  { bptt: { cost: { truncated }, schemes, tokens, cells_total: pairs }, params },
) {
  const steps = truncated.backward_steps, blocks = schemes.blocks.backward_steps, T = tokens.length;
  return {
    choices: guesses([blocks, T + Number(params.k), steps, pairs]),
    right: [String(steps)],
    values: { T: blocks, k: Number(params.k), steps, times: steps / blocks, cached: truncated.cached_steps },
  };
}

/** One draw against blocks, and many draws. @type {Rule} */
export function oneDrawAgainstBlocks({ bptt, params }) {
  const draw = Number(bptt.comparison.recurrent.relative_error);
  const blocks = Number(bptt.schemes.blocks.relative_error), { draws } = bptt;
  return {
    choices: ["yes", "same", "no"],
    right: [compared(draw, blocks, ["yes", "same", "no"])],
    values: {
      cut: Number(params.cut),
      draw: percent(draw),
      blocks: percent(blocks),
      draws: draws?.n ?? null,
      mean: percent(draws?.unbiased.mean.relative_error),
      biased: percent(draws?.biased.mean.relative_error),
    },
  };
}

/** How far many draws are off together, where few and where many edges are cut. @type {Rule} */
export function spreadOfDraws(a, b) {
  const [one, other] = [a, b ?? a].map(({ bptt }) => bptt.draws?.unbiased);
  const low = Number(one?.mean.relative_error), high = Number(other?.mean.relative_error);
  return {
    choices: ["low", "same", "high"],
    right: [compared(low, high, ["high", "same", "low"])],
    values: {
      draws: a.bptt.draws?.n ?? null,
      low: percent(low),
      high: percent(high),
      half: percent(other && median(other.relative_error)),
      blocks: percent(a.bptt.schemes.blocks.relative_error),
    },
  };
}
