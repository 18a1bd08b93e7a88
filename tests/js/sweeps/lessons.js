// Sweeps of the lessons' rules: each on recorded answers that are not the lesson's own, two of them by lot.

import { RULES } from "../../../static/js/lessons/rules.js";
import { GRAPHS } from "../drawings/graph.js";
import { resultOf } from "../drawings/explorer.js";
import { contestant } from "../race.js";
import { ANSWERS, recorded } from "../recorded.js";
import { ODD, odd, shaken } from "./odd.js";

/** @typedef {import("./lot.js").Lot} Lot */

/** @type {import("./odd.js").Kind[]} */
const OFTEN = [...ODD, "equal", "shaken", "halves"];
const RUNS = [...ANSWERS, "gru-cut", "numbers"], PAIRS = ["pair", "pair-long", "pair-scalar"];
const FILMS = ["film", "film-video", "film-still", "film-shuffled", "film-long", "film-book"];

const SCALARS = { run: ["scalar", "number"] }, DRAWN = { run: ["randomized", "gru-cut"] };
const MODELS = { graph: ["ar-2", "ar-5", "latent-2", "latent-8", "recursion-5"] };
/** @type {Record<string, any>} */
const READ = {};
/** A recorded answer, read once. @param {string} name */
const once = (name) => READ[name] ??= recorded(name);
/** What some rules need. @type {Record<string, {run?: string[], graph?: string[]}>} */
const FITTING = {
  ...{ beyondTheWindow: MODELS, stillMatters: MODELS, tiedTogether: { graph: ["layers", "tied"] } },
  ...{
    factorsBetween: { graph: ["recursion-2", "recursion-5", "recursion-8"] },
    inPlace: { graph: ["chain-2", "chain-5"] },
  },
  ...{
    squashed: SCALARS,
    forgetting: SCALARS,
    sixLines: SCALARS,
    meeting: SCALARS,
    oneWeightInTanh: SCALARS,
  },
  ...{ oneDrawAgainstBlocks: DRAWN, spreadOfDraws: DRAWN, throughTheGate: { run: ["lstm"] } },
  ...{ keepsMore: { run: ["lstm", "bptt"] }, powerOfOneWeight: SCALARS, promise: { graph: ["product"] } },
};

/** One state of a lab. @param {Lot} lot @param {string} rule */
const side = (lot, rule) => ({
  ...{
    run: lot.of(FITTING[rule]?.run ?? RUNS),
    odd: lot.rarely(0.6, OFTEN, null),
  },
  ...{ pair: lot.of(PAIRS), film: lot.of(FILMS), graph: lot.of(FITTING[rule]?.graph ?? Object.keys(GRAPHS)) },
  params: {
    k: lot.of([1, 2, 3, 5]),
    k1: lot.of([1, 2, 5]),
    lr: lot.of([0.1, 0.5]),
    clip_at: 2,
    gain: lot.of([0.9, 2]),
  },
  seen: { t: String(lot.below(4)), at: `b${lot.below(4)}` },
  below: [lot.rarely(0.7, [1, 5, 9, 10, 40, 95, 300], null), 20],
  each: [lot.of([0.5, 0.94, 0.95]), lot.of([0.95, 1])],
});

/** @param {ReturnType<typeof side>} state @returns {LabAnswers} */
function answersTo({ run, odd: kind, pair, film, graph, params, seen, below, each }) {
  const bptt = resultOf(run),
    contestants = ["1", "4", "full"].map((entry, i) =>
      contestant(entry, { final: { mean: 0, min: 0, max: 0, each: each.slice(0, 1 + i % 2) } })
    );
  /** @template {object} T @param {T} answer */
  const other = (answer) =>
    kind === "shaken" || kind === "halves" || kind === "gaps" ? shaken(answer, kind) : answer;
  return /** @type {any} */ ({
    ...{
      bptt: kind ? odd(bptt, kind) : bptt,
      pair: other(once(pair)),
      film: other(once(film)),
      graph: other(GRAPHS[graph]),
      seen,
    },
    params: { ...bptt.params, seeds: 2, lag: 10, budget: 300, n: 5, tau: 4, ...params },
    race: { contestants },
    lanes: {
      missed: { below, norms: { h: [4, 5], difference: [3, 2] } },
      ...{
        others: [{ lanes: 2, updates_an_epoch: 50 }, { lanes: 1, updates_an_epoch: 100 }],
        schedule: { passes: 10 },
      },
    },
  });
}

/** What the rule says, or that it is not for such answers. @param {Rule} rule @param {any} a @param {any} b */
function said(rule, a, b) {
  try {
    return rule(answersTo(a), b && answersTo(b));
  } catch (error) {
    if (error instanceof TypeError) return "not for these";
    throw error;
  }
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const LESSONS = Object.fromEntries(
  Object.entries(RULES).map(([name, rule]) => [`rule ${name}`, {
    states: 40,
    scene: (/** @type {Lot} */ lot) => {
      const a = side(lot, name), other = side(lot, name);
      return { a, b: lot.of([null, a, { ...other, run: a.run }, other, other]) };
    },
    draw: (/** @type {any} */ { a, b }) => said(rule, a, b),
  }]),
);
