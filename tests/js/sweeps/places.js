// Sweeps of what stands where: moments of a player, points of a track, columns in sight, places on a curve.

import { momentUnder } from "../../../static/js/explorer/scrubber.js";
import { triangle } from "../../../static/js/explorer/start-page/thumbnail.js";
import { curvePoints } from "../../../static/js/explorer/k-curve.js";
import { tablesOf } from "../../../static/js/explorer/export/tables.js";
import * as moments from "../../../static/js/explorer/timeline.js";
import { inkOn, ramp } from "../../../static/js/plot/colormap.js";
import { broughtInSight, columnsFor, inSight } from "../../../static/js/plot/columns.js";
import { geometry } from "../../../static/js/plot/geometry.js";
import { length, roundValues } from "../../../static/js/plot/scale.js";
import { enlarged } from "../../../static/js/plot/presented.js";
import { missing, windowFrom } from "../../../static/js/plot/windowed.js";
import { enlargement } from "../../../static/js/page/present/size.js";
import * as beats from "../../../static/js/training/film/timeline.js";
import { places, shownOf } from "../../../static/js/training/film/places.js";
import { pooled } from "../../../static/js/training/film/cells.js";
import { budgetFor } from "../../../static/js/training/race/budget.js";
import { updateAt } from "../../../static/js/training/race/x-axis.js";
import { resultOf } from "../drawings/explorer.js";
import { COLORS } from "../drawings/colors.js";
import { ANSWERS } from "../recorded.js";

/** @typedef {import("./lot.js").Lot} Lot */
/** @typedef {{start: number, stop: number}} Columns */

const WIDTHS = [320, 344, 560, 760, 1164, 1280, 1920];

/** Some columns of T. @param {Lot} lot @param {number} T @param {number} most @returns {Columns} */
function some(lot, T, most) {
  const start = lot.below(T), stop = Math.min(T, start + 1 + lot.below(most));
  return { start, stop };
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const PLACES = {
  "moments of the player": {
    states: 100,
    scene: (lot) => ({
      ...{ name: lot.of([...ANSWERS, "gru-cut", "single"]), i: lot.number(), line: 1 + lot.below(4) },
      ...{
        by: lot.of([-9, -2, -1, 1, 2, 9]),
        t: lot.below(20),
        phase: lot.of(["forward", "backward", "update"]),
      },
      walk: lot.below(8),
    }),
    draw: ({ name, i, line, by, t, phase, walk }) => {
      const plan = moments.schedule(resultOf(name)), at = { phase, walk, t, line };
      const moment = { ...moments.momentAt(plan, Math.floor(i * plan.length)), line };
      return [
        ...[moments.stepsOn(plan, moment, by), moments.linesOn(plan, moment, by)],
        ...[moments.lineOn(plan, moment, by > 0 ? 1 : -1), moments.stepsOn(plan, null, by)],
        ...[moments.atStep(plan, moment, t), moments.clampMoment(plan, at), moments.indexOf(plan, at)],
        ...[moments.forwardState(moment, t, line), moments.backwardState(moment, t, 1 + (line % 4))],
        moments.writeMoment(at, plan.separate),
      ];
    },
  },
  "points of the scrubber": {
    states: 60,
    scene: (lot) => ({ name: lot.of([...ANSWERS, "single"]), step: lot.of([2, 12, 39, 40, 41, 80]) }),
    draw: ({ name, step }) => {
      const plan = moments.schedule(resultOf(name)), width = 2 * plan.T * step + 56 + 16;
      return Array.from({ length: 41 }, (_, i) => momentUnder(plan, width * i / 40, width));
    },
  },
  "columns in sight": {
    states: 150,
    scene: (lot) => {
      const T = lot.of([20, 60, 61, 100, 200, 201, 405, 1000]), width = lot.of(WIDTHS);
      const before = lot.rarely(0.6, [some(lot, T, 170)], undefined);
      return {
        T,
        width,
        sight: some(lot, T, 60),
        before,
        left: lot.below(20000),
        t: lot.below(T),
        window: some(lot, T, 200),
      };
    },
    draw: ({ T, width, sight, before, left, t, window }) => {
      const view = { width, height: 500, phone: width < 400 },
        at = geometry(T, view),
        stage = { left, width };
      const holding = { window, tokens: Array(T).fill("a") };
      return [
        ...[columnsFor(T, sight, before), inSight(T, at, stage), broughtInSight(t, at, stage)],
        ...[windowFrom(sight, T), missing(holding, sight), missing(holding, undefined)],
      ];
    },
  },
  "places of the film": {
    states: 100,
    scene: (lot) => ({
      blocks: Array.from({ length: 1 + lot.below(16) }, () => lot.of([1, 2, 3, 5, 10, 48, 49, 60])),
      ...{
        grouped: lot.chance(0.5),
        at: lot.number(),
        by: lot.of([-1, 1]),
        beat: lot.below(12),
        frame: lot.below(20),
      },
      room: { width: lot.of(WIDTHS), height: 500, phone: lot.chance(0.3) },
    }),
    draw: ({ blocks, grouped, at, by, beat, frame, room }) => {
      let stop = 0;
      const spans = blocks.map((/** @type {number} */ n) => [stop, stop += n]),
        order = [...spans.keys()];
      const plan = beats.planOf({ blocks: spans }, order, grouped);
      const place = beats.placeAt(plan, Math.floor(at * plan.total), 2);
      const { frames, ...size } = places(blocks.slice(0, 4), room);
      return [
        ...[plan, place, beats.placeAfter(plan, place, by), beats.blockAfter(plan, place, by)],
        ...[beats.numberOf(plan, place), beats.countOf(plan), beats.defaultPlace(plan, 1, 5)],
        ...[beats.clampPlace(plan, { pass: 1, frame, beat }), shownOf(blocks.length, frame % blocks.length)],
        ...[
          size,
          frames.map(({ left, width, columns, x }) => [left, width, columns.length, x(0), x(columns.length)]),
        ],
      ];
    },
  },
  "places on a curve": {
    states: 60,
    scene: (lot) => ({
      ...{ u: [0, 10, 20, 40, 80].slice(0, 1 + lot.below(5)), at: lot.of([-1, 0, 15, 40, 55, 300]) },
      ...{
        axis: lot.of(["updates", "steps", "time"]),
        k: lot.of([1, 7, 35]),
        budget: lot.of([1, 64, 1000, 60000]),
      },
      ...{
        match: lot.of(["steps", "updates"]),
        lengths: [lot.below(40), lot.below(9)],
        last: lot.of([1, 2, 4, 9]),
      },
      cosine: [lot.number(), lot.rarely(0.7, [2 * lot.number() - 1], null), 1],
    }),
    draw: ({ u, at, axis, k, budget, match, lengths, last, cosine }) => {
      const over = (/** @type {number} */ by) => u.map((/** @type {number} */ n) => n * by);
      const points = { u, steps: over(k), seconds: over(1 / 20) };
      return [
        updateAt(
          /** @type {any} */ (points),
          axis,
          axis === "steps" ? at * k : axis === "time" ? at / 20 : at,
        ),
        ...[budgetFor(match, { k, budget }, lengths), curvePoints({ k: [1, 2, 4], cosine }, last)],
      ];
    },
  },
  "colors and sizes": {
    states: 60,
    scene: (lot) => ({
      ...{
        at: lot.of([-0.1, 0, 0.125, 0.25, 0.5, 0.9, 1, 1.2]),
        rgb: [lot.below(256), lot.below(256), lot.of([0, 10, 11])],
      },
      low: -lot.below(12) / 2,
      ...{ high: lot.below(12) / 2, size: 10 ** (lot.below(600) - 300) },
      ...{
        screen: { width: lot.of([640, 800, 1129, 1920, 3840]), height: lot.of([300, 440, 635, 1080, 2160]) },
      },
      table: [lot.of([1, 31, 32, 33, 64, 65]), lot.of([1, 32, 33, 70])],
    }),
    draw: ({ at, rgb, low, high, size, screen, table: [rows, columns] }) => [
      ...[ramp(COLORS, "gradient", at), inkOn(rgb), roundValues({ low, high: low + high + 1 })],
      ...[length([3 * size, 4 * size]), enlargement(screen)],
      pooled(
        Array.from(
          { length: rows },
          (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(i * j + size % 7)),
        ),
      ),
    ],
  },
  "places in the presenter view": {
    states: 50,
    scene: (lot) => ({
      c: lot.of([32, 44, 65, 66, 79, 80, 103, 104, 149, 150, 280]),
      H: lot.of([399, 400, 518, 600, 900]),
      hasTails: lot.chance(0.5),
      level: lot.of(["compact", "wide"]),
      cell: lot.of(["rnn", "lstm", "gru"]),
    }),
    draw: ({ c, H, hasTails, level, cell }) =>
      enlarged(/** @type {Geometry} */ ({ c, H, level }), { cell, hasTails }),
  },
  thumbnail: {
    states: 20,
    scene: (lot) => ({ name: lot.of([...ANSWERS, "first-12", "first-13", "cut-61"]) }),
    draw: ({ name }) => triangle(resultOf(name)),
  },
  "tables to export": {
    states: 12,
    scene: (lot) => ({ name: lot.of([...ANSWERS, "gru-cut", "single", "long-401", "long-150-50-100"]) }),
    draw: ({ name }) =>
      tablesOf(resultOf(name)).map((
        { rows, ...table },
      ) => [table, rows.length, rows.slice(0, 9), rows.slice(-9)]),
  },
};
