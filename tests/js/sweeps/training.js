// Sweeps of the training lab: film strips, lanes and races in rooms and with settings by lot.

import { facts as coldStart } from "../../../static/js/training/lanes/cold-start.js";
import * as mask from "../../../static/js/training/lanes/forgotten-mask.js";
import { table as otherBatchSizes } from "../../../static/js/training/lanes/other-batch-sizes.js";
import { picture as stateDifference } from "../../../static/js/training/lanes/state-difference.js";
import * as byK from "../../../static/js/training/race/by-k.js";
import * as curves from "../../../static/js/training/race/curves.js";
import { verdictOf } from "../../../static/js/training/race/finding.js";
import { nearChance, sameRuns, verdicts } from "../../../static/js/training/race/facts.js";
import * as gradients from "../../../static/js/training/race/gradients.js";
import * as heat from "../../../static/js/training/race/lag-heatmap.js";
import { caption as mapCaption } from "../../../static/js/training/race/map.js";
import { spreadLabels } from "../../../static/js/training/race/spread.js";
import { filmOf, lanes, MISSED, others, raceOf, tableOf, viewOf } from "../drawings/training.js";
import { contestant, race } from "../race.js";
import { recorded } from "../recorded.js";
import { shaken } from "./odd.js";

/** @typedef {import("./lot.js").Lot} Lot */

const FILMS = ["film", "film-video", "film-still", "film-shuffled", "film-long", "film-book"];
const WIDTHS = [276, 344, 366, 450, 640, 760, 1024, 1176, 1240, 1816];
const ENTRIES = ["1", "2", "5", "10", "zeros.5", "lstm.10", "gru.4", "zeros.lstm.10", "full", "zeros.2"];

/** accuracies that count as learned, and as no better than chance */
const LIMITS = [0.95, nearChance(0.5), nearChance(0.25)];

/** @param {Lot} lot */
const room = (lot) => ({
  width: lot.rarely(0.5, WIDTHS, 276 + 10 * lot.below(100)),
  height: lot.of([400, 500, 640]),
  phone: lot.chance(0.3),
});
const SHAKEN = /** @type {const} */ (["shaken", "halves", "gaps"]);

/** A film, perhaps with other numbers and settings. @param {{name: string, odd: typeof SHAKEN[number] | null, params: object}} of @returns {Film} */
function shotOf({ name, odd, params }) {
  const shot = recorded(name), made = odd ? shaken(shot, odd) : shot;
  return { ...made, params: { ...made.params, ...params } };
}

/** @param {Lot} lot */
function lab(lot) {
  const L = lot.of([50, 120, 201, 1000]), n = 1 + lot.below(12);
  return {
    lab: {
      L,
      lanes: n,
      k: 1 + lot.below(30),
      reading: lot.of(["formula", "book"]),
      passes: 1 + lot.below(30),
    },
    room: { width: lot.of(WIDTHS), phone: lot.chance(0.3) },
    keeps: { carried: lot.chance(0.6), resets: lot.chance(0.5) },
  };
}

/** Two seeds of a lane that has lost its past. @param {Lot} lot */
function missed(lot) {
  const steps = lot.of([5, 12, 13, 30, 31, 60]),
    units = lot.of([1, 3, 8, 12]),
    fall = lot.of([0.3, 0.7, 0.97]);
  return {
    ...{ steps, units, fall, at: lot.of([10, 500]), seeds: 1 + lot.below(3) },
    ...{ width: lot.of([300, 480, 499, 500, 900]), listed: lot.chance(0.5), forgets: lot.chance(0.5) },
  };
}

/** @param {ReturnType<typeof missed>} of */
function missedOf({ steps, units, fall, at, seeds, listed, forgets }) {
  const states = (/** @type {number} */ shift) =>
    Array.from({ length: steps }, (_, t) => Array.from({ length: units }, (_, i) => Math.sin(t + i + shift)));
  const each = Array.from({ length: seeds }, (_, i) => i), norms = { h: 4.2, difference: 3.6 };
  return /** @type {any} */ ({
    ...MISSED,
    ...{ at, seeds: each, zeros: states(0), one: states(0.1) },
    norms: listed ? each.map((i) => ({ ...norms, h: 4 + i })) : { h: [4.2, 4.2], difference: [3.6, 4] },
    distance: each.map((i) => Array.from({ length: steps }, (_, t) => (3 + i) * fall ** t)),
    below: each.map((i) => forgets || i ? 10 * i : null),
  });
}

/** A contestant's curve and end. @param {Lot} lot @param {string} entry */
function runner(lot, entry) {
  const n = lot.of([1, 1, 5, 5, 5, 9]), fall = 0.3 + 0.6 * lot.number(), band = lot.of([0, 0.05, 0.3]);
  const u = Array.from({ length: n }, (_, i) => 10 * i),
    level = u.map((_, i) => 2.5 * fall ** i),
    end = lot.rarely(0.2, LIMITS, lot.number());
  const value = (/** @type {number} */ by) => end * (1 + by * band), each = [value(-1), value(1)];
  return {
    entry,
    points: {
      ...{ u, steps: u.map((at) => 4 * at), seconds: u.map((at) => at / 30), mean: level },
      ...{ min: level.map((at) => at * (1 - band)), max: level.map((at) => at * (1 + band)) },
      accuracy: lot.chance(0.7) ? u.map((at) => at / 90) : [],
      grad: u.map((at) => at && at !== 20 ? 10 ** (-at / lot.of([5, 17, 60])) : null),
    },
    final: lot.rarely(0.85, [{ mean: value(0), min: value(-1), max: value(1), each }], null),
    accuracy: lot.rarely(0.5, [{ mean: end, min: end / 2, max: end }], null),
    learned_at: lot.of([null, null, [40, 80], [40, 40], [null, null], [40, null]]),
    diverged_at: lot.rarely(0.2, [[30, null], [30, 60]], [null, null]),
    sensitive_from: lot.rarely(0.25, [20, 60], null),
    final_change: lot.of([0, 0, 0.001, 0.02, 0.2, null]),
    updates_by_seed: lot.rarely(0.2, [[79, 82], [80, 80]], null),
    ...{ updates: lot.of([20, 40, 80]), steps: lot.of([80, 400, 4000]), cached_steps: lot.of([1, 10, 1000]) },
    backward_steps: lot.of([80, 1600]),
  };
}

/** @param {Lot} lot */
function contest(lot) {
  const entries = ENTRIES.filter(() => lot.chance(0.35)),
    runners = entries.map((entry) => runner(lot, entry));
  const measure = lot.of(["loss", "loss", "accuracy", "error"]);
  return {
    ...{
      measure,
      chance: measure === "accuracy" ? lot.of([0.5, 0.25]) : null,
      match: lot.of(["steps", "updates"]),
    },
    runners: runners.length > 2 && lot.chance(0.2)
      ? [...runners, { ...runners[0], entry: "zeros.10" }]
      : runners,
    changes: { width: lot.of([330, 640, 760, 1000]), phone: lot.chance(0.3) },
    axis: lot.of(["steps", "updates", "time"]),
    ...{ params: { seeds: lot.of([1, 2, 3]), seed: lot.below(5) }, ko: lot.chance(0.3) },
    costs: {
      seconds: lot.rarely(0.7, [runners.map(() => lot.of([0.5, 9.94, 9.95, 9.96, 12.4, null]))], null),
      ...{ of: lot.below(3), sampled: lot.chance(0.5) },
    },
  };
}

/** @param {ReturnType<typeof contest>} of */
function raced({ measure, chance, match, runners, changes, axis, params, ko, costs }) {
  const shown = /** @type {any} */ (race(
    /** @type {any} */ ({
      ...{ measure, chance, match, x_max: { steps: 400, updates: 80 } },
      contestants: runners.map(({ entry, ...more }) => contestant(entry, /** @type {any} */ (more))),
    }),
  ));
  const view = viewOf(changes, ko ? "ko" : "en");
  return [
    raceOf(shown, changes, params, costs, ko ? "ko" : "en"),
    runners.length ? curves.draw(shown, view, "measure", /** @type {any} */ (axis)) : null,
    runners.length ? gradients.draw(shown, view, /** @type {any} */ (axis)) : null,
    [sameRuns(shown), verdicts(shown)],
    runners.length &&
    verdictOf(shown, /** @type {any} */ ({ ...params, task: "recall", lag: 10 }), [], view.words),
  ];
}

/** @param {ReturnType<typeof contest>} of @param {{height: number, lag: number | null}} room */
function racedByK({ measure, chance, match, runners, changes, params, ko }, { height, lag }) {
  const entries = runners.map(({ entry, ...more }) => contestant(entry, /** @type {any} */ (more)));
  const shown =
    /** @type {any} */ (race(/** @type {any} */ ({ measure, chance, match, contestants: entries })));
  const view = viewOf(changes, ko ? "ko" : "en");
  return [
    byK.picture(shown, { width: view.width, height, lag }, view),
    byK.columnsOf(entries, view.words),
    params,
  ];
}

/** @param {Lot} lot */
function map(lot) {
  const lags = [1, 2, 4, 8, 16].slice(0, 1 + lot.below(5)),
    ks = [1, 2, 4, 8, 16, 32].slice(0, 1 + lot.below(6));
  const cells = lags.flatMap((lag) =>
    ks.filter(() => lot.chance(0.9)).map((k) => {
      const mean = lot.rarely(0.9, [lot.number(), lot.number(), lot.of(LIMITS)], null),
        spread = lot.of([0, 0.1, 0.2, 0.25]);
      return {
        ...{ lag, k, mean, min: mean && mean - spread, max: mean, diverged: lot.rarely(0.1, [1], 0) },
        change: lot.of([0, 0, 0.004, 0.005, 0.1]),
      };
    })
  );
  const width = lot.of(WIDTHS), chance = lot.of([0.5, 0.25]);
  return {
    map: { lags, ks, cells, budget: 8000, seeds: 1 + lot.below(3) },
    width,
    chance,
    cell: lot.of(["rnn", "lstm"]),
  };
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const TRAINING = {
  film: {
    states: 70,
    scene: (lot) => ({
      ...{
        name: lot.of(FILMS),
        odd: lot.rarely(0.4, SHAKEN, null),
        blocks: 1 + lot.below(4),
        room: room(lot),
      },
      changes: { minutes: lot.chance(0.3) },
      language: lot.rarely(0.3, ["ko"], "en"),
      params: lot.rarely(0.3, [{ optimizer: "adam" }, { optimizer: "rmsprop" }, { optimizer: "sgd", lr: 0 }, {
        shuffle: "1",
      }], {}),
    }),
    draw: ({ blocks, room, changes, language, ...shot }) =>
      filmOf(shotOf(shot), blocks, room, changes, language),
  },
  "film numbers": {
    states: 12,
    scene: (lot) => ({ name: lot.of(FILMS), odd: lot.rarely(0.5, SHAKEN, null), params: {} }),
    draw: (shot) => tableOf(shotOf(shot)),
  },
  lanes: {
    states: 60,
    scene: lab,
    draw: ({ lab, room, keeps }) => lanes(lab, room, keeps),
  },
  "lanes in low windows, padded or cut": {
    states: 60,
    scene: (lot) => {
      const { lab: usual, room, keeps } = lab(lot), n = usual.lanes;
      const lengths = lot.chance(0.6) ? Array.from({ length: n }, () => 1 + lot.below(40)) : [];
      const L = lengths.length ? lengths.reduce((sum, steps) => sum + steps, 0) : usual.L;
      const cuts = lot.rarely(0.4, [[1], [3, 7, 20], [5, 11]], []),
        height = lot.of([400, 550, 640, 720, 900, 1080]);
      return { lab: { ...usual, L, lengths, cuts }, room: { ...room, height }, keeps };
    },
    draw: ({ lab, room, keeps }) => lanes(lab, room, keeps),
  },
  "forgotten mask": {
    states: 30,
    scene: (lot) => ({
      lengths: Array.from({ length: 2 + lot.below(3) }, () => 1 + lot.below(20)),
      ...{ k: 1 + lot.below(5), mean: lot.of([0.5, 1.25, 40]), ran: lot.chance(0.7) },
      ...{ cosine: lot.rarely(0.2, [null, 1], 0.83), error: lot.rarely(0.2, [null, 0], 0.314) },
      language: lot.rarely(0.3, ["ko"], "en"),
    }),
    draw: ({ lengths, k, mean, ran, cosine, error, language }) => {
      const longest = Math.max(...lengths), spread = others(4, mean).steps;
      const blocks = Array.from({ length: Math.ceil(longest / k) }, (_, i) => {
        const start = i * k, stop = Math.min(longest, start + k), steps = lengths.length * (stop - start);
        const missing = (/** @type {number} */ n) => Math.max(0, stop - Math.max(start, n));
        const padded = lengths.reduce(
          (/** @type {number} */ sum, /** @type {number} */ n) => sum + missing(n),
          0,
        );
        const both = { masked: { loss: mean, norm: 1 / 3 }, counted: { loss: mean / 2, norm: 0.2 } };
        return { ...{ start, stop, padded, steps, ...both }, cosine, relative_error: error };
      });
      const runs = ["masked", "counted"].map((padding, i) => ({
        ...{ padding, reported: spread, real: { ...spread, mean: mean + i, max: mean + 2 * i } },
      }));
      const padding = /** @type {mask.Padding} */ ({ lengths, symbol: "t", blocks, runs: ran ? runs : [] });
      const { words } = viewOf({}, language);
      return [mask.facts(padding), mask.findingKey(padding), mask.tables(padding, words)];
    },
  },
  "cold start": {
    states: 30,
    scene: missed,
    draw: (of) => [stateDifference(missedOf(of), viewOf({ width: of.width })), coldStart(missedOf(of))],
  },
  "other batch sizes": {
    states: 10,
    scene: (lot) => ({
      others: [1, 2, 4, 8].filter((n) => n === 1 || lot.chance(0.7)).map((n) => [n, lot.number()]),
      now: lot.of([1, 2, 4]),
    }),
    draw: ({ others: all, now }) =>
      otherBatchSizes(all.map((/** @type {[number, number]} */ one) => others(...one)), now, viewOf().words),
  },
  race: { states: 80, scene: contest, draw: raced },
  "race by k": {
    states: 60,
    scene: (lot) => ({
      of: contest(lot),
      room: { height: lot.of([200, 260, 330]), lag: lot.of([null, 0, 1, 2, 4, 5, 10, 40]) },
    }),
    draw: ({ of, room }) => racedByK(of, room),
  },
  "race map": {
    states: 50,
    scene: map,
    draw: ({ map, width, chance, cell }) => [
      heat.draw(map, viewOf({ width }), chance),
      mapCaption(map, chance, viewOf().words, cell),
    ],
  },
  "race labels": {
    states: 30,
    scene: (lot) => ({
      ideal: Array.from({ length: 1 + lot.below(8) }, () => lot.below(60)),
      gap: lot.of([5, 10, 18]),
    }),
    draw: ({ ideal, gap }) => spreadLabels(ideal, gap, 4, 100),
  },
};
