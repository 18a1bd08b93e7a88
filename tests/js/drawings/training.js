// Drawings of the training lab: the film strip, the lanes and the race.

import { barScaleOf, rangeText } from "../../../static/js/training/film/bar-scale.js";
import { stepCaption } from "../../../static/js/training/film/caption.js";
import { contextOf } from "../../../static/js/training/film/context.js";
import { carriedDifference, finding, shortFinding } from "../../../static/js/training/film/finding.js";
import { overview } from "../../../static/js/training/film/overview.js";
import { places, shownOf } from "../../../static/js/training/film/places.js";
import { firstInSight, leftOf, usualLeft } from "../../../static/js/training/film/sight.js";
import { middleOf, strip } from "../../../static/js/training/film/strip.js";
import { table as filmTable } from "../../../static/js/training/film/table.js";
import * as timeline from "../../../static/js/training/film/timeline.js";
import { facts as coldStart } from "../../../static/js/training/lanes/cold-start.js";
import { moment, placesOf } from "../../../static/js/training/lanes/geometry.js";
import { table as otherBatchSizes } from "../../../static/js/training/lanes/other-batch-sizes.js";
import { picture as lanesPicture } from "../../../static/js/training/lanes/picture.js";
import { table as readings } from "../../../static/js/training/lanes/readings.js";
import { picture as stateDifference } from "../../../static/js/training/lanes/state-difference.js";
import { caption as raceCaption, learned } from "../../../static/js/training/race/caption.js";
import { table as costs } from "../../../static/js/training/race/costs.js";
import * as curves from "../../../static/js/training/race/curves.js";
import * as gradients from "../../../static/js/training/race/gradients.js";
import * as heat from "../../../static/js/training/race/lag-heatmap.js";
import { caption as mapCaption } from "../../../static/js/training/race/map.js";
import { fullNames } from "../../../static/js/training/race/names.js";
import { comparison } from "../../../static/js/training/race/recall.js";
import { table as resetVsCarried } from "../../../static/js/training/race/reset-vs-carried.js";
import { table as samples } from "../../../static/js/training/race/samples.js";
import { curvesTable } from "../../../static/js/training/race/table.js";
import { updateAt } from "../../../static/js/training/race/x-axis.js";
import { upTo } from "../../../static/js/training/lanes/weights-line.js";
import { contestant, labView, race, recall } from "../race.js";
import { recorded } from "../recorded.js";
import { COLORS } from "./colors.js";

/** @param {Partial<LabView>} [changes] @param {string} [language] */
export function viewOf(changes = {}, language = "en") {
  const view = labView(changes, language);
  return { ...view, colors: { ...view.colors, ...COLORS } };
}

const ROOMS = {
  wide: { width: 1176, height: 500, phone: false },
  phone: { width: 344, height: 500, phone: true },
  narrow: { width: 276, height: 500, phone: true },
};

/** @type {Record<string, [string, number, typeof ROOMS.wide, Partial<LabView>?]>} a film, and how many of its blocks */
const FILMS = {
  "hello": ["film", 1, ROOMS.wide],
  "hello on a phone": ["film", 1, ROOMS.phone],
  "video": ["film-video", 2, ROOMS.wide, { minutes: true }],
  "still": ["film-still", 1, ROOMS.narrow],
  "shuffled": ["film-shuffled", 1, ROOMS.wide],
  "long": ["film-long", 2, ROOMS.phone],
  "long, compact": ["film-long", 2, { width: 450, height: 500, phone: false }],
  "book": ["film-book", 1, ROOMS.wide],
};

/** The strip, and what is said at every beat. @param {string} name @param {number} blocks @param {typeof ROOMS.wide} room @param {Partial<LabView>} [changes] @param {string} [language] */
function film(name, blocks, room, changes, language) {
  return filmOf(recorded(name), blocks, room, changes, language);
}

/** @param {Film} shot @param {number} blocks @param {typeof ROOMS.wide} room @param {Partial<LabView>} [changes] @param {string} [language] */
export function filmOf(shot, blocks, room, changes, language) {
  const view = viewOf({ ...room, ...changes }, language);
  const range = shownOf(shot.order.length, shot.from + 1), frames = shot.frames.slice(0, blocks);
  const at = places(frames.map(({ h }) => h.length), room);
  const plan = timeline.planOf(shot.schedule, shot.order, at.level === "compact");
  const context = contextOf(shot, frames, plan, at, view);
  const beats = frames.flatMap((frame) =>
    frame.loss.flatMap((_, i) => [i, frame.loss.length + i]).concat(2 * frame.loss.length).sort((a, b) =>
      a - b
    ).map(
      (beat) => ({ pass: 1, frame: frame.frame, beat }),
    )
  );
  const { x: _, ...first } = at.frames[0];
  return {
    strip: strip(context),
    first,
    said: beats.map((place) => [
      stepCaption(shot, frames.find(({ frame }) => frame === place.frame) ?? frames[0], plan, place, view),
      middleOf(context, place),
      timeline.numberOf(plan, place),
      ...[1, -1].flatMap((by) => [
        timeline.placeAfter(plan, place, /** @type {1} */ (by)),
        timeline.blockAfter(plan, place, /** @type {1} */ (by)),
      ]),
    ]),
    overview: overview(shot.losses, range, room.width),
    sight: beats.map((place) =>
      [200, 400, 5000].map((wide) => [
        usualLeft(context, wide, place),
        leftOf(context, wide, place.beat),
        firstInSight(context, wide, place, 60 * place.beat),
      ])
    ),
    finding: [finding(shot, view.words), ...[1, 9].map((most) => shortFinding(shot, 2, most, view.words))],
    carried: carriedDifference(shot),
    losses: rangeText(barScaleOf(shot.losses)),
  };
}

/** @param {string} name */
const numbersOf = (name) => tableOf(recorded(name));

/** @param {Film} shot */
export const tableOf = (shot) => filmTable(shot, shot.frames, viewOf().words);

const LAB = { L: 1000, lanes: 2, k: 10, reading: /** @type {const} */ ("formula"), passes: 30 };
const WIDE = { width: 1240, phone: false }, PHONE = { width: 366, phone: true };

/** @type {Record<string, [typeof LAB, typeof WIDE, import("../../../static/js/training/lanes/row.js").Keeps]>} */
const LANES = {
  "two": [LAB, WIDE, { carried: true, resets: true }],
  "three, short": [{ ...LAB, L: 50, lanes: 3, k: 4 }, WIDE, { carried: true, resets: false }],
  "four on a phone": [{ ...LAB, L: 201, lanes: 4 }, PHONE, { carried: false, resets: true }],
  "twelve": [{ ...LAB, lanes: 12, k: 7 }, WIDE, { carried: true, resets: false }],
  "one": [{ ...LAB, lanes: 1 }, PHONE, { carried: true, resets: true }],
};
const BOOK = { ...LAB, reading: /** @type {any} */ ("book") };

/** @param {typeof LAB} lab @param {typeof WIDE} room @param {import("../../../static/js/training/lanes/row.js").Keeps} keeps */
export function lanes(lab, room, keeps) {
  const at = placesOf(lab, room), view = viewOf(), tokens = [...("to be or not to be ".repeat(60))];
  const { onRibbon: _r, onRow: _o, row: _w, ...sizes } = at, last = at.iterations - 1;
  return {
    sizes,
    picture: lanesPicture(lab, at, keeps, view),
    moments: [[0, 0], [0, 1], [0, last], [1, 0], [2, last]].map(([epoch, iteration]) => [
      moment(lab, at, { epoch, iteration }, tokens),
      readings(lab, { epoch, iteration }, keeps, view.words),
      upTo(at, iteration),
    ]),
  };
}

const STEPS = Array.from({ length: 40 }, (_, t) => t);
/** @type {any} two seeds, three units, forty steps */
export const MISSED = {
  sensitive: false,
  ...{ at: 500, weights_lanes: 1, seeds: [0, 1] },
  zeros: STEPS.map((t) => [Math.sin(t), Math.cos(t / 3), t / 40]),
  one: STEPS.map((t) => [Math.sin(t) + 0.3 ** t, Math.cos(t / 3), -t / 40]),
  ...{ norms: { h: [4.2, 4.5], difference: [3.6, 4.5] } },
  distance: [STEPS.map((t) => 3 * 0.6 ** t), STEPS.map((t) => 4 * 0.7 ** t)],
  ...{
    below: [33, null],
    first: { steps: 10, zeros: [1, 2], one: [0.5, 0.7] },
    half: { two: [0.75], one: [0.7] },
  },
};

/** @param {number} lanes @param {number} mean */
export const others = (lanes, mean) => {
  const spread = {
    mean,
    min: mean - 0.1,
    max: mean + 0.2,
    change: lanes === 4 ? 0.2 : 0,
    diverged: lanes === 8 ? 1 : 0,
  };
  return {
    lanes,
    updates_an_epoch: 1200 / lanes,
    steps: spread,
    updates: { ...spread, max: mean - 0.1, count: 3000 },
  };
};

/** Contestants with lines of their own. @type {Contestant[]} */
const CONTESTANTS = ["1", "5", "zeros.5", "lstm.10", "full"].map((entry, i) => {
  const one = contestant(entry),
    u = [0, 10, 20, 40, 80],
    level = (/** @type {number} */ n) => 2.2 / (1 + n * (i + 1) / 20);
  return {
    ...one,
    points: {
      ...{ u, steps: u.map((n) => n * (i + 1)), seconds: u.map((n) => n / (20 + i)) },
      ...{ mean: u.map(level), min: u.map((n) => 0.9 * level(n)), max: u.map((n) => 1.2 * level(n)) },
      accuracy: u.map((n) => n / (90 + i)),
      grad: u.map((n) => n ? 10 ** (-n / 17 - i) : null),
    },
    final: {
      mean: level(80),
      min: 0.9 * level(80),
      max: 1.2 * level(80),
      each: [0.9 * level(80), 1.2 * level(80)],
    },
    learned_at: i === 1 ? [40, 80] : i === 2 ? [null, null] : i === 3 ? [40, null] : null,
    diverged_at: [i === 4 ? 30 : null, null],
    sensitive_from: i === 3 ? 20 : null,
    final_change: i === 3 ? 0.2 : 0,
    updates_by_seed: i === 1 ? [79, 82] : null,
  };
});
const RACE = race({ contestants: CONTESTANTS, x_max: { steps: 400, updates: 80 } });
const EQUAL = race({
  match: "updates",
  contestants: CONTESTANTS.slice(0, 3).map((one, i) => ({
    ...one,
    steps: 80 * (i + 1),
    cached_steps: 10 * i,
  })),
});
const UNFINISHED = race({
  contestants: [{ ...CONTESTANTS[0], final: null }, CONTESTANTS[1]],
  match: "updates",
});
const RECALL = recall({
  5: [0.53, 0.5, 0.55],
  20: [1, 0.99, 1],
  "zeros.20": [0.75, 0.74, 0.76],
  "zeros.5": [0.4, 0.4, 0.7],
});
const LAGS = [1, 2, 4, 8], KS = [1, 2, 4, 8, 16];
/** @type {any} */
const MAP = {
  ...{ lags: LAGS, ks: KS, budget: 8000, seeds: 3 },
  cells: LAGS.flatMap((lag) =>
    KS.map((k) => {
      const mean = lag === 8 && k === 16 ? null : k > lag ? 1 - lag / 100 : 0.5 + k / lag / 10;
      return {
        lag,
        k,
        mean,
        min: mean && mean - (k === 4 ? 0.3 : 0.1),
        max: mean,
        diverged: lag + k === 3 ? 1 : 0,
      };
    })
  ),
};

const PARAMS = { seeds: 2, seed: 3 }, COSTS = { seconds: [0.5, 12.4, 9.96, null], of: 1, sampled: true };

/** @param {Race} shown @param {Partial<LabView>} [changes] @param {typeof PARAMS} [params] @param {any} [costly] what the costs show @param {string} [language] */
export function raceOf(shown, changes, params = PARAMS, costly = COSTS, language = "en") {
  const view = viewOf(changes, language);
  return {
    curves: curves.draw(shown, view),
    accuracy: curves.hasAccuracy(shown) && curves.draw(shown, view, "accuracy", "updates"),
    gradients: gradients.draw(shown, view),
    caption: raceCaption(shown, params, view.words),
    learned: learned(shown, view.words),
    names: fullNames(shown.contestants, view.words),
    costs: costs(shown, { ...costly, view }),
    table: curvesTable(shown, view.words),
  };
}

/** @param {[string, unknown[]][]} entries @param {(...given: any[]) => unknown} draw @returns {Record<string, () => unknown>} */
const each = (entries, draw) =>
  Object.fromEntries(entries.map(([name, given]) => [name, () => draw(...given)]));

/** @type {Record<string, () => unknown>} */
export const TRAINING = {
  ...each(Object.entries(FILMS).map(([name, given]) => [`film: ${name}`, given]), film),
  ...each([["film: numbers", ["film"]], ["film: numbers of a long text", ["film-shuffled"]]], numbersOf),
  ...each(Object.entries(LANES).map(([name, given]) => [`lanes: ${name}`, given]), lanes),
  "lanes: book": () => lanes(BOOK, WIDE, { carried: true, resets: false }),
  "lanes: other batch sizes": () =>
    otherBatchSizes(
      /** @type {any} */ ([[1, 0.5], [2, 0.62], [4, 0.7], [8, 0.81]].map(([n, mean]) => others(n, mean))),
      2,
      viewOf().words,
    ),
  ...each([["lanes: cold start", [480]]], (width) => [
    stateDifference(MISSED, viewOf({ width })),
    coldStart(MISSED),
  ]),
  ...each([
    ["race", [RACE]],
    ["race: phone", [RACE, { width: 330, phone: true }]],
    ["race: unfinished", [UNFINISHED]],
    ["race: recall", [RECALL]],
    ["race: equal updates", [EQUAL]],
  ], raceOf),
  "race: by time": () => [
    curves.draw(RACE, viewOf(), "measure", "time"),
    gradients.draw(RACE, viewOf(), "time"),
    [0, 0.4, 1, 3, 9].map((at) => updateAt(RACE.contestants[1].points, "time", at)),
    [0, 15, 30, 100, 160].map((at) => updateAt(RACE.contestants[1].points, "steps", at)),
  ],
  "race: lag heatmap": () => [heat.draw(MAP, viewOf(), 0.5), mapCaption(MAP, 0.5, viewOf().words, "rnn")],
  "race: reset and carried": () => resetVsCarried(comparison(RECALL, { lag: 10, cues: 2 }), viewOf().words),
  "race: samples": () => samples([{ u: 0, text: "helo" }, { u: 1200, text: "hello" }], viewOf().words),
};
