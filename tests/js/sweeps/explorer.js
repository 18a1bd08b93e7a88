// Sweeps of the explorer: its figures, each drawn of an answer, in a room and with something looked at by lot.

import { folded } from "../../../static/js/explorer/folded/folded.js";
import { switches } from "../../../static/js/explorer/switches.js";
import { ledgerOf } from "../../../static/js/explorer/ledger/ledger.js";
import { sizesOf } from "../../../static/js/explorer/ledger/sizes.js";
import { describeTarget } from "../../../static/js/explorer/describe-target.js";
import { highlightText } from "../../../static/js/explorer/unrolled/highlight-text.js";
import { statusLine } from "../../../static/js/explorer/status-line.js";
import { legend } from "../../../static/js/explorer/legend.js";
import { lines, numbered } from "../../../static/js/explorer/overview.js";
import { smallMatrix } from "../../../static/js/explorer/pair/matrix.js";
import { row } from "../../../static/js/explorer/pair/row.js";
import { frameOf, framesOf, storyOf } from "../../../static/js/explorer/start-page/story.js";
import { curve, thumbnail } from "../../../static/js/explorer/start-page/thumbnail.js";
import { calloutShapes } from "../../../static/js/explorer/unrolled/callout.js";
import { penOf } from "../../../static/js/explorer/unrolled/pen.js";
import { PANELS } from "../../../static/js/explorer/panels.js";
import { pathOf as cellPath } from "../../../static/js/explorer/panels/cells/answers.js";
import * as graph from "../../../static/js/explorer/panels/graph.js";
import { momentAt, schedule } from "../../../static/js/explorer/timeline.js";
import { canDraw, drawing } from "../../../static/js/plot/svg-figure.js";
import { COLORS } from "../drawings/colors.js";
import {
  choosing,
  ledger,
  numberFormats,
  panelOf,
  resultOf,
  SCREENS,
  track,
  viewOf,
} from "../drawings/explorer.js";
import { withSymbols } from "../../../static/js/server/api.js";
import { ANSWERS, recorded } from "../recorded.js";
import { ODD, odd, shaken } from "./odd.js";

/** @typedef {import("./lot.js").Lot} Lot */
/** @typedef {{name: string, odd: import("./odd.js").Kind | null, params: object | null, changes: Partial<View>, language: string}} Scene */

const SOME = [...ANSWERS, "gru-cut", "numbers", "single"],
  CROPPED = [6, 7, 20, 21, 30, 31, 40, 41].map((T) => `first-${T}`);
const WRITTEN = ["word", "word", "number", "numbers", "last"]; // symbols of more than a letter
const LONG = ["long-61", "long-70", "long-150-50-100", "long-401", "cut-61", "cut-100", "cut-401"];

/** px of a column where figures change, or of a block of two steps; a state takes the next one in turn */
const COLUMNS = [20, 90, 120, 150, 44, 8, 75, 37, 24, 232, 61, 18.4, 121, 19, 28, 91, 276, 180];
const ON_PHONES = [4, 20, 8, 44, 90, 54, 12, 2, 21, 30];
const WIDTHS = [320, 480, 560, 640, 760, 1024, 1280, 1536, 1920];
const HEIGHTS = [248, 329, 330, 400, 530, 660];
const MARKS = ["x", "h", "y", "L", "out", "fut", "fwd", "back", "block", "row"];
const NOTATIONS = ["wx", "uvw", "book", "pair", "wo"];
/** settings that words and formulas depend on */
const PARAMS = [
  ...[{ recurrence: "zero" }, { reduction: "sum" }, { loss: "squared_error" }, { targets: "abc" }],
  ...[{ activation: "relu" }, { activation: "sigmoid" }, { activation: "identity" }, { trained: "v=1" }],
];
const GATED = ["lstm", "gru", "gru-cut"];
const GATES = ["f", "g", "i", "o", "z", "r", "n"];
/** of panels, by how much there is to go wrong; usually 48 */
const STATES = /** @type {Record<string, number>} */ ({
  ...{ norms: 150, layers: 100, credit: 90, jacobian: 80, lags: 70, cost: 80, gates: 80 },
  ...{ schemes: 80, comparison: 80, saturation: 80 },
});
const STEPS = [2, 4, 5, 8, 9, 12, 13, 14, 20, 39, 40, 60]; // px of a step on the scrubber's track
const KINDS = /** @type {Target["kind"][]} */ (["x", "y", "L", "h", "forward", "backward"]);
/** @type {{answer: Result, walks: object[]}[]} */
const LEDGERS = recorded("ledgers");
/** pairs whose answers are recorded */
const PAIRS = { bptt: "pair", long: "pair-long", scalar: "pair-scalar" };

/** @param {Lot} lot @param {number} T */
function roomOf(lot, T) {
  const height = lot.of(HEIGHTS), widths = lot.of(WIDTHS);
  if (lot.turn % 4 === 3) {
    const columns = ON_PHONES[(lot.turn >> 2) % ON_PHONES.length];
    return { ...SCREENS.phone, width: lot.rarely(0.7, [Math.max(40, 8 + columns * T)], 344) };
  }
  const columns = COLUMNS[(lot.turn - (lot.turn >> 2)) % COLUMNS.length];
  return { height, width: lot.chance(0.25) ? widths : 4 + columns * T };
}

/** @param {Lot} lot @param {number} T */
function marks(lot, T) {
  return Array.from(
    { length: 1 + lot.below(4) },
    () => `${lot.of(MARKS)}.${lot.rarely(0.2, ["*"], lot.below(T))}`,
  )
    .join(",");
}

/** An answer and a view of it. @param {Lot} lot @param {string[]} [names] @returns {Scene} */
function scene(lot, names = [...SOME, ...SOME, ...WRITTEN, ...CROPPED, ...LONG]) {
  const name = lot.of(names), result = resultOf(name), T = result.tokens.length;
  const t = lot.below(Math.min(T, 40)), s = Math.min(T - 1, t + lot.below(5)), width = lot.of([10, 35, 60]);
  const { start, stop } = result.window ?? { start: 0, stop: T };
  const from = start + lot.below(Math.max(1, stop - start - width));
  const recorded = PAIRS[/** @type {keyof typeof PAIRS} */ (name)];
  const chosen = lot.rarely(0.25, [{ s, t, pair: { s, t } }, recorded ? choosing(recorded) : {}], {});
  return {
    name,
    odd: T <= 60 ? lot.rarely(0.3, ODD, null) : null,
    params: lot.rarely(0.2, PARAMS, null),
    changes: {
      ...{ ...roomOf(lot, T), t, ...chosen },
      ...{ over: lot.chance(0.4), notation: lot.of(NOTATIONS), shapes: lot.chance(0.3) },
      ...{ lit: lot.rarely(0.3, [0, 1, 2], null), of: lot.of(["Wh", "Wx", "b", "Wy", "x"]) },
      ...{ gate: lot.rarely(0.5, GATES, null) },
      ...{ only: lot.rarely(0.2, [marks(lot, T)], null), veil: lot.rarely(0.15, [marks(lot, T)], null) },
      ...{ contrast: lot.chance(0.3), wire: lot.rarely(0.2, ["Wx", "Wh", "Wy"], null) },
      ...(T > 60 ? { columns: { start: from, stop: Math.min(T, from + width) }, held: true } : {}),
    },
    language: lot.rarely(0.3, ["ko"], "en"),
  };
}

/** With a loss and a step chosen whose answer is recorded. @param {Lot} lot @returns {Scene} */
function choosingPair(lot) {
  const shown = scene(lot, Object.keys(PAIRS)),
    recorded = PAIRS[/** @type {keyof typeof PAIRS} */ (shown.name)];
  const chosen = choosing(recorded),
    kind = lot.rarely(0.5, /** @type {const} */ (["shaken", "halves"]), null);
  const answers = Object.entries(chosen.answers ?? {}).map((
    [path, pair],
  ) => [path, kind && pair ? shaken(pair, kind) : pair]);
  return lot.chance(0.1)
    ? shown
    : { ...shown, changes: { ...shown.changes, ...chosen, answers: Object.fromEntries(answers) } };
}

/** At a moment of the player. @param {Lot} lot @param {string[]} [names] @returns {Scene} */
function played(lot, names) {
  const shown = scene(lot, names), plan = schedule(resultOf(shown.name));
  const at = { ...momentAt(plan, lot.below(plan.length)), line: 1 + lot.below(4) };
  return { ...shown, changes: { ...shown.changes, at, t: at.t } };
}

/** In the presenter view, at a moment of the player or without one. @param {Lot} lot @returns {Scene} */
function presented(lot) {
  const shown = lot.chance(0.7) ? played(lot) : scene(lot), height = lot.of([330, 530, 660, 780, 900]);
  return { ...shown, changes: { ...shown.changes, present: true, height } };
}

/** @param {Scene} scene @returns {[Result, View]} */
function shownIn({ name, odd: kind, params, changes, language }) {
  const recorded = kind ? odd(resultOf(name), kind) : resultOf(name);
  const result = params ? { ...recorded, params: { ...recorded.params, ...params } } : recorded;
  return [result, viewOf(result, changes, language)];
}

/** @param {(result: Result, view: View, scene: Scene) => unknown} draw @param {typeof scene} [of] */
const figure = (draw, of = scene) => ({
  scene: of,
  draw: (/** @type {Scene} */ shown) => draw(...shownIn(shown), shown),
});

const PENS = {
  image: (/** @type {unknown[]} */ ...cells) => JSON.stringify(cells),
  height: (/** @type {string} */ text, /** @type {{size: number}} */ { size }) => size + text.length,
};

/** As it is drawn before plotly.js is here. @param {Result} result @param {View} view */
function withoutPlotly(result, view) {
  const figure = graph.draw(result, view);
  return canDraw(figure) && drawing(figure, PENS);
}

/** An answer of n steps whose gradient falls so much a step. @param {{name: string, fall: number}} of @param {number} n @returns {Result} */
function decaying({ name, fall }, n) {
  const result = resultOf(name), few = (/** @type {any[]} */ rows) => rows.slice(0, n);
  const credit = Array.from(
    { length: n },
    (_, s) => Array.from({ length: n }, (_, t) => t > s ? null : (2 + s) * fall ** (s - t)),
  );
  const tokens = Array.from({ length: n }, (_, t) => result.tokens[t % 4]);
  return {
    ...result,
    tokens,
    targets: few([...result.targets, ...result.targets]),
    credit,
    credit_c: undefined,
  };
}

/** The graph with the story of the start page told to a beat, and the thumbnail of an example. @param {Result} result @param {View} view @param {number} beat */
function toldTo(result, view, beat) {
  const story = storyOf(result),
    shown = story && { ...story, beat },
    told = /** @type {any} */ ({ ...view, story: shown });
  const T = result.tokens.length, frames = story && [framesOf(story, T), frameOf(story, T, beat)];
  return [
    story,
    frames,
    shown && calloutShapes(result, told, penOf(result, told)),
    thumbnail(result),
    curve(result),
  ];
}

/** @param {Result} result @param {View} view */
const wholeGraph = (result, view) => [graph.draw(result, view), graph.gutter(result, view)];

/** Everything of a panel, and what a click in it selects. @param {Panel} panel @param {Result} result @param {View} view */
function wholePanel(panel, result, view) {
  const points = /** @type {[number, number][]} */ ([[0, 0], [1, 0], [2, 1]]);
  return {
    ...panelOf(panel, result, view),
    key: panel.dataKey?.(result, view),
    card: panel.card?.(result, view),
    opens: panel.opens?.(result.params),
    hits: points.map((pointNumber) => panel.hit?.({ data: { type: "heatmap" }, pointNumber }, result, view)),
  };
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const EXPLORER = {
  graph: { states: 72, ...figure(wholeGraph) },
  "graph without plotly.js": { states: 30, ...figure(withoutPlotly) },
  playback: { states: 110, ...figure(wholeGraph, played) },
  "presenter's graph": { states: 60, ...figure(wholeGraph, presented) },
  ...Object.fromEntries(PANELS.map((panel) => [panel.name, {
    states: STATES[panel.name] ?? 48,
    ...figure(
      (result, view) => wholePanel(panel, result, view),
      (lot) =>
        panel.name === "credit" && lot.chance(0.3)
          ? choosingPair(lot)
          : (panel.follows?.includes("at") ? played : scene)(lot, panel.applies ? GATED : undefined),
    ),
  }])),
  "start page": {
    states: 50,
    ...figure((result, view, { changes }) => toldTo(result, view, 1 + Number(changes.t) % 3)),
  },
  "decay by cell": {
    states: 40,
    scene: (lot) => ({
      name: lot.of(["bptt", "lstm", "gru"]),
      cells: ["bptt", "lstm", "gru"].map((name) => ({
        name,
        fall: 10 ** -lot.of([0, 0.1, 0.5, 1, 2, 3.5, -0.4, 330]),
      })),
      n: lot.of([1, 2, 3, 6, 7, 12]),
      changes: roomOf(lot, 10),
    }),
    draw: ({ name, cells: all, n, changes }) => {
      const panel = /** @type {Panel} */ (PANELS.find((each) => each.name === "cells"));
      const made = Object.fromEntries(
        all.map((/** @type {{name: string, fall: number}} */ each) => [each.name, decaying(each, n)]),
      );
      const answers = Object.fromEntries(
        ["lstm", "gru"].map((cell) => [cellPath("?v=1", cell), made[cell]]),
      );
      return panelOf(panel, made[name], viewOf(made[name], { ...changes, answers }));
    },
  },
  "number formats": {
    states: 60,
    scene: (lot) => ({
      ks: lot.of([1, 2, 3, 9, 17, 33, 34, 34]),
      size: 10 ** lot.of([0, 0, -2, 3, 6]),
      finer: 10 ** lot.of([0, 0, -6]),
      lost: lot.of([null, null, null, 0, 1, 2]),
      none: lot.rarely(0.3, ["window", "blocks", "every"], null),
      window: lot.below(35),
      changes: { ...roomOf(lot, 10), notation: lot.of(NOTATIONS), scale: lot.of([null, 10]) },
      language: lot.rarely(0.3, ["ko"], "en"),
    }),
    draw: ({ ks: n, size, finer, lost, none, window, changes, language }) =>
      numberFormats(
        (shown) => {
          const k = shown.k.slice(0, n), most = k[k.length - 1];
          const errors = (/** @type {"window" | "blocks"} */ name) =>
            shown[name].slice(0, n).map((error, i) =>
              error === null || none === name || none === "every" || i === window ? null : error * size
            );
          return {
            ...{ ...shown, k, window: errors("window"), blocks: errors("blocks") },
            formats: shown.formats.map((one, i) => ({
              ...one,
              error: i === lost ? null : Number(one.error) * size * finer,
              overflow: i === lost,
              window: i === lost ? null : Math.min(most, Number(one.window)),
            })),
          };
        },
        changes,
        language,
      ),
  },
  "pair row": { states: 50, ...figure(row, choosingPair) },
  "small matrices": {
    states: 30,
    scene: (lot) => ({
      cell: lot.of([3, 5, 5.1, 12, 39, 40, 41]),
      max: lot.of([0.5, 1, 3]),
      matrix: Array.from(
        { length: 1 + lot.below(3) },
        () =>
          Array.from({ length: 1 + lot.below(3) }, () => lot.rarely(0.2, [null, 0, 1], 3 * lot.number() - 1)),
      ),
    }),
    draw: ({ matrix, ...look }) => smallMatrix(matrix, { ...look, name: "J", colors: COLORS }),
  },
  folded: {
    states: 50,
    ...figure((result, view) => [folded(result, view), switches(view)]),
  },
  legend: { states: 40, ...figure(legend) },
  overview: {
    states: 40,
    ...figure((result, view) => [
      lines(result, view.width),
      [61, 99, 100, 201, 401, 1000].map((T) => numbered(T, view.width)),
    ]),
  },
  ledger: {
    states: 60,
    ...figure((_, view, { name, changes }) => ledger(name, null, { ...view, ...changes }), played),
  },
  "sizes of the ledger": {
    states: 3,
    scene: (lot) => ({ width: [1164, 1250, 1251, 1484, 1485], phone: lot.turn === 2, gated: lot.turn === 1 }),
    draw: ({ width: widths, phone, gated }) =>
      widths.map((/** @type {number} */ width) =>
        Array.from({ length: 64 }, (_, H) => sizesOf(H + 1, { phone, width }, gated))
      ),
  },
  formulas: {
    states: 150,
    scene: (lot) => ({
      i: lot.below(LEDGERS.length),
      at: lot.number(),
      line: 1 + lot.below(4),
      lit: lot.below(2),
      gate: lot.of(GATES),
    }),
    draw: ({ i, at, line, lit, gate }) => {
      const { answer, walks } = LEDGERS[i], result = withSymbols(answer), plan = schedule(result);
      const moment = { ...momentAt(plan, Math.floor(at * plan.length)), line };
      const answers = Object.fromEntries(walks.map((walk, j) => [`/api/walk?v=1&walk=${j}`, walk]));
      return { ...ledgerOf(result, viewOf(result, { at: moment, lit, gate, answers }), moment), moment };
    },
  },
  scrubber: {
    states: 60,
    scene: (lot) => ({ name: lot.of([...SOME, ...LONG]), step: lot.of(STEPS) }),
    draw: ({ name, step }) => track(name, Math.min(1900, 2 * step * resultOf(name).tokens.length + 56 + 16)),
  },
  "status line": {
    states: 150,
    scene: (lot) => {
      const shown = lot.chance(0.6) ? played(lot) : scene(lot), T = resultOf(shown.name).tokens.length;
      const kind = lot.of(KINDS),
        pointed = lot.rarely(0.4, [{ kind, t: lot.below(T), unit: lot.below(3) }], null);
      return { ...shown, reader: { pointed, moved: lot.chance(0.5) } };
    },
    draw: (shown) => statusLine(...shownIn(shown), shown.reader, { describeTarget, highlightText }),
  },
};
