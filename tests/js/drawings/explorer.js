// Drawings of the explorer: the graph, its playback, the panels, the ledger and what stands around them.

import "../../../static/js/explorer/unrolled/input-gradients.js"; // which draws them once it is loaded
import { insetShapes } from "../../../static/js/explorer/credit/inset.js";
import { marginDrawing } from "../../../static/js/explorer/credit/margin.js";
import { places } from "../../../static/js/explorer/credit/places.js";
import { selectionShapes } from "../../../static/js/explorer/credit/selection.js";
import { creditTable } from "../../../static/js/explorer/credit/table.js";
import { tablesOf } from "../../../static/js/explorer/export/tables.js";
import { folded } from "../../../static/js/explorer/folded/folded.js";
import { switches } from "../../../static/js/explorer/switches.js";
import { showCurve } from "../../../static/js/explorer/k-curve.js";
import { legend } from "../../../static/js/explorer/legend.js";
import { ledgerOf, show as showLedger } from "../../../static/js/explorer/ledger/ledger.js";
import { lines } from "../../../static/js/explorer/overview.js";
import { row } from "../../../static/js/explorer/pair/row.js";
import { PANELS } from "../../../static/js/explorer/panels.js";
import { pathOf as cellPath } from "../../../static/js/explorer/panels/cells/answers.js";
import * as credit from "../../../static/js/explorer/panels/credit.js";
import * as formats from "../../../static/js/explorer/panels/formats.js";
import { pathTo as formatsPath } from "../../../static/js/explorer/panels/formats/answers.js";
import * as graph from "../../../static/js/explorer/panels/graph.js";
import { lastReachable, pathOf as updatesPath } from "../../../static/js/explorer/panels/learning.js";
import { describeTarget } from "../../../static/js/explorer/describe-target.js";
import { describeMoment, describeStep } from "../../../static/js/explorer/readout.js";
import { knobAt, showProgress, showTrack } from "../../../static/js/explorer/scrubber.js";
import {
  lineOn,
  linesOn,
  momentAt,
  readMoment,
  schedule,
  stepsOn,
} from "../../../static/js/explorer/timeline.js";
import { asks } from "../../../static/js/explorer/unrolled/walks.js";
import { elementById } from "../document.js";
import { croppedAnswer, cutAnswer, longAnswer } from "../long.js";
import { answer, recorded, viewWith } from "../recorded.js";
import { COLORS } from "./colors.js";

/** @typedef {Record<string, () => unknown>} Drawings */

export const SCREENS = {
  wide: {},
  phone: { width: 344, height: 500, gutter: 46, phone: true },
  short: { height: 248 },
};

/** @type {Record<string, Result>} */
const answers = {};

/** A recorded answer, or one made longer or shorter. @param {string} name */
export function resultOf(name) {
  const [, made, length] = name.match(/^(first|cut)-(\d+)$/) ?? [];
  if (made) return answers[name] ??= (made === "cut" ? cutAnswer : croppedAnswer)(Number(length));
  const [, T, start, stop] = name.match(/^long-(\d+)(?:-(\d+)-(\d+))?$/)?.map(Number) ?? [];
  answers[name] ??= T ? longAnswer(T, stop ? { start, stop } : null) : answer(name);
  return answers[name];
}

/** All that a drawing may ask for: of other cells, before any update, and of every walk. @param {Result} result */
function further(result) {
  const query = "?v=1", { dh_output, dh_future, dh, da, dh_norm } = result.truncated;
  const walks = result.window ? [] : result.walks.map((walk, i) => {
    const rows = (/** @type {any[]} */ table) => table.slice(walk.start, walk.stop);
    const parts = { dh_output: rows(dh_output), dh_future: rows(dh_future), dh: rows(dh), da: rows(da) };
    return [`/api/walk${query}&walk=${i}`, { walk, ...parts, dh_norm: rows(dh_norm) }];
  });
  return Object.fromEntries([
    ...walks,
    ...["lstm", "gru"].map((cell) => [cellPath(query, cell), resultOf(cell)]),
    [updatesPath(query, 0, result.window), result],
    [updatesPath(query, lastReachable(result)), result],
  ]);
}

/** @param {Result} result @param {Partial<View>} [changes] @param {string} [language] @returns {View} */
export function viewOf(result, changes = {}, language = "en") {
  const view = viewWith(changes, language), colors = { ...view.colors, ...COLORS };
  return { ...view, colors, answers: { ...further(result), ...changes.answers } };
}

/** What looks at one loss and one step, and the answer about them. @param {string} name @param {Partial<View>} [more] @returns {Partial<View>} */
export function choosing(name, more = {}) {
  const pair = recorded(name), { s, t } = pair;
  return { s, t, pair: { s, t }, answers: { [`/api/pair?v=1&s=${s}&t=${t}`]: pair }, ...more };
}

/** @type {Record<string, [string, Partial<View>]>} the unrolled graph: an answer, and what is looked at */
const GRAPHS = {
  "bptt wide": ["bptt", {}],
  "bptt phone": ["bptt", SCREENS.phone],
  "bptt short": ["bptt", SCREENS.short],
  "bptt only": ["bptt", { only: "h.1,back.3,y.2" }],
  "bptt veiled": ["bptt", { veil: "h.2,L.3,y.1,x.0", contrast: true }],
  "window middle": ["window", { over: true }],
  "word on a phone": ["word", { ...SCREENS.phone, only: "block.0,fwd.3" }],
  "last": ["last", SCREENS.short],
  "randomized": ["randomized", {}],
  "cuts": ["cuts", {}],
  "squared": ["squared", SCREENS.phone],
  "lstm": ["lstm", {}],
  "number": ["number", {}],
  "scalar": ["scalar", { over: true }],
  "word in little room": ["word", { width: 560 }],
  "single": ["single", {}],
  "long columns": ["long-1000-300-500", { columns: { start: 350, stop: 359 }, held: true }],
};

/** @type {Record<string, [string, Partial<View>]>} those that differ in their shapes alone */
const SHAPES = {
  "over": ["bptt", { over: true }],
  "Wh": ["bptt", { wire: "Wh" }],
  "Wx": ["bptt", { wire: "Wx", ...SCREENS.short }],
  "Wy": ["bptt", { wire: "Wy", ...SCREENS.phone }],
  "followed": ["bptt", choosing("pair")],
  "nothing selected": ["bptt", { isSelected: false }],
  "inputs veiled": ["bptt", { veil: "block.1" }],
  "followed short": ["scalar", choosing("pair-scalar", SCREENS.short)],
  "followed word": ["word", { s: 3, t: 1, pair: { s: 3, t: 1 } }],
};

/** @type {Record<string, [string, string, Partial<View>]>} moments of the playback */
const MOMENTS = {
  "forward wide": ["bptt", "f2.2", {}],
  "forward phone": ["last", "f2.3", SCREENS.phone],
  "first step": ["bptt", "f0.1", SCREENS.short],
  "backward wide": ["bptt", "b2.3", {}],
  "backward cut": ["bptt", "b2.4", { over: true }],
  "backward phone": ["word", "b1.2", SCREENS.phone],
  "backward short": ["bptt", "b1.1", SCREENS.short],
  "second pass": ["window", "b16:15.3", {}],
  "last loss": ["last", "b3.1", {}],
};

/** @type {Record<string, [string, Partial<View>]>} all panels of an answer */
const PANELED = {
  "bptt wide": ["bptt", {}],
  "randomized": ["randomized", {}],
  "lstm": ["lstm", {}],
  "gru phone": ["gru", SCREENS.phone],
  "scalar": ["scalar", {}],
  "number": ["number", {}],
  "single": ["single", {}],
};

const HEAVY = ["matrices", "cost", "credit", "layers"]; // drawn of few answers

/** Only some panels of an answer. @type {Record<string, [string, Partial<View>, string[]]>} */
const SOME_PANELS = {
  "window phone": ["window", SCREENS.phone, ["norms", "comparison", "saturation", "layers"]],
  "bptt": ["bptt", {}, ["credit", "cost", "layers"]],
  "numbers": ["numbers", { notation: "pair" }, ["matrices"]],
  "cells": ["lstm", {}, ["credit"]],
  "randomized, weighted": ["randomized", {}, ["credit"]],
  "full": ["full", {}, ["norms", "credit", "layers", "jacobian"]],
  "last phone": ["last", SCREENS.phone, ["norms", "credit", "layers", "learning"]],
  "tbptt": ["tbptt", {}, ["norms", "schemes", "layers"]],
  "cuts": ["cuts", {}, ["norms", "schemes", "credit", "cost"]],
  "word": ["word", {}, ["norms", "layers", "learning"]],
  "long": ["long", {}, ["norms", "saturation", "jacobian", "cells"]],
  "long phone": ["long", SCREENS.phone, ["norms", "saturation", "cells", "jacobian"]],
  "squared": ["squared", {}, ["learning"]],
  "one step": ["single", {}, ["credit", "cost", "layers"]],
  "window in little room": ["window", { width: 560 }, ["norms", "jacobian", "saturation", "cells"]],
  "scalars": ["number", {}, ["matrices"]],
  "gated": ["gru", SCREENS.phone, ["cost"]],
  "pair": ["bptt", choosing("pair"), ["credit"]],
  "pair of Wy on a phone": ["bptt", choosing("pair", { of: "Wy", ...SCREENS.phone }), ["credit"]],
  "pair scalar": ["scalar", choosing("pair-scalar", { of: "Wx" }), ["credit"]],
  "credit at a moment": ["bptt", { at: readMoment("b2.3") }, ["credit"]],
  "credit only": ["bptt", { only: "row.2", contrast: true }, ["credit"]],
  "pooled": ["long-1000-300-500", { columns: { start: 350, stop: 380 } }, ["norms", "gates"]],
};

/** @param {Panel} panel @param {Result} result @param {View} view */
export function panelOf(panel, result, view) {
  const parts = /** @type {const} */ (["asks", "caption", "draw", "gutter", "margin", "below", "render"]);
  return Object.fromEntries(parts.flatMap((part) => panel[part] ? [[part, panel[part](result, view)]] : []));
}

/** @type {Record<string, [string, string, Partial<View>]>} moments of the ledger */
const LEDGERS = {
  "forward phone": ["bptt", "f0.4", { ...SCREENS.phone, shapes: true, lit: 2 }],
  "backward cut": ["bptt", "b1.4", { shapes: true, notation: "pair" }],
  "update": ["bptt", "u", {}],
  "long": ["long", "b20.3", {}],
  "scalar": ["scalar", "b2.3", SCREENS.phone],
  "number": ["number", "f1.1", {}],
  "single": ["single", "b0.3", {}],
  "squared": ["squared", "f3.4", {}],
  "gru forward": ["gru", "f3.2", { gate: "r" }],
};

/**
 * The number format panel of a vanishing run, with and without the loss scaled.
 * @param {(shown: import("../../../static/js/explorer/panels/formats/answers.js").Formats) => any} changed
 * @param {Partial<View>} [changes] @param {string} [language]
 */
export function numberFormats(changed, changes, language) {
  const answers = Object.fromEntries(
    [[0, "formats"], [10, "formats-scaled"]].map(([scale, name]) => [
      formatsPath("?v=1", Number(scale)),
      changed(recorded(String(name))),
    ]),
  );
  const view = viewOf(resultOf("bptt"), { ...changes, answers }, language);
  return [formats.finding(resultOf("bptt"), view), formats.render(resultOf("bptt"), view)];
}

/** The ledger as it stands on the page. @param {string} name @param {string | null} at @param {Partial<View>} more */
export function ledger(name, at, more) {
  const result = resultOf(name);
  showLedger(result, viewOf(result, { at: readMoment(at), ...more }));
  return elementById("ledger").children;
}

/** The cards of every moment as data, without their colors. @param {string} name @param {string} of the phase */
export function cards(name, of) {
  const result = resultOf(name), plan = schedule(result), view = viewOf(result, { gate: "o", lit: 1 });
  return Array.from({ length: plan.length }, (_, i) => momentAt(plan, i)).filter(({ phase, t }) =>
    phase === of && t < 4
  ).map((at) => ledgerOf(result, { ...view, at }, at));
}

/** @param {string} name @param {number} width */
export function track(name, width) {
  const result = resultOf(name), plan = schedule(result);
  showTrack(result, plan, width);
  const boxes = ["letters", "sweep", "pass-ends", "update-box", "knob"];
  const shown = () => boxes.map((id) => JSON.parse(JSON.stringify(elementById(id))));
  const moments = [
    momentAt(plan, 1),
    { ...momentAt(plan, plan.T + 1), line: 3 },
    momentAt(plan, plan.length - 1),
  ];
  return [...moments, null].map((at) => {
    showProgress(plan, at, width);
    return [knobAt(plan, at, width), shown()];
  });
}

/** Words about steps, moments and marks. @param {string} name */
export function said(name) {
  const result = resultOf(name), view = viewOf(result), plan = schedule(result), { words } = view;
  const kinds = /** @type {Target["kind"][]} */ (["x", "y", "L", "h", "forward", "backward"]);
  const moments = Array.from(
    { length: 4 * Math.min(plan.length, 9) },
    (_, i) => linesOn(plan, momentAt(plan, 0), i),
  );
  return {
    steps: result.tokens.slice(0, 4).map((_, t) => describeStep(result, t, words)),
    targets: kinds.map((kind) =>
      describeTarget(result, { kind, t: Math.min(1, plan.T - 1), unit: 0 }, words)
    ),
    moments: moments.map((at) => [at, describeMoment(result, { ...view, at }, at)]),
    moves: [0, 3, plan.length - 1].map((i) => {
      const at = { ...momentAt(plan, i), line: 2 };
      return [stepsOn(plan, at, -1), stepsOn(plan, at, 2), lineOn(plan, at, 1), lineOn(plan, at, -1)];
    }),
  };
}

/** @template T @param {string} kind @param {Record<string, T>} table @param {(entry: T) => unknown} draw @returns {Drawings} */
const each = (kind, table, draw) =>
  Object.fromEntries(Object.entries(table).map(([name, entry]) => [`${kind}: ${name}`, () => draw(entry)]));

/** @param {string} name @param {Partial<View>} changes */
function wholeGraph(name, changes) {
  const result = resultOf(name), view = viewOf(result, changes);
  return { ...graph.draw(result, view), gutter: graph.gutter(result, view), asks: asks(result, view) };
}

/** @type {Drawings} */
export const EXPLORER = {
  ...each("graph", GRAPHS, ([name, changes]) => wholeGraph(name, changes)),
  ...each(
    "shapes",
    SHAPES,
    ([name, changes]) => graph.shapes(resultOf(name), viewOf(resultOf(name), changes)),
  ),
  ...each("playback", MOMENTS, ([name, at, more]) => wholeGraph(name, { at: readMoment(at), ...more })),
  ...Object.fromEntries(
    Object.entries(PANELED).flatMap(([title, [name, changes]]) =>
      PANELS.filter((panel) => (panel.applies?.(resultOf(name)) ?? true) && !HEAVY.includes(panel.name)).map((
        panel,
      ) => [
        `${panel.name}: ${title}`,
        () => panelOf(panel, resultOf(name), viewOf(resultOf(name), changes)),
      ])
    ),
  ),
  ...Object.fromEntries(
    Object.entries(SOME_PANELS).flatMap(([title, [name, changes, names]]) =>
      PANELS.filter((panel) => names.includes(panel.name) && (panel.applies?.(resultOf(name)) ?? true)).map((
        panel,
      ) => [
        `${panel.name}: ${title}`,
        () => panelOf(panel, resultOf(name), viewOf(resultOf(name), changes)),
      ])
    ),
  ),
  ...each("ledger", LEDGERS, ([name, at, more]) => ledger(name, at, more)),
  ...each(
    "cards",
    Object.fromEntries(
      ["bptt", "lstm", "gru", "single", "numbers"].flatMap((name) =>
        ["forward", "backward", "update"].map((phase) => [`${name} ${phase}`, [name, phase]])
      ),
    ),
    ([name, phase]) => cards(name, phase),
  ),
  ...each(
    "pair row",
    { none: {}, chosen: choosing("pair"), waiting: { pair: { s: 3, t: 1 } } },
    (changes) => row(resultOf("bptt"), viewOf(resultOf("bptt"), changes)),
  ),
  ...each(
    "pair row",
    {
      long: ["long", choosing("pair-long")],
      "scalar on a phone": ["scalar", choosing("pair-scalar", SCREENS.phone)],
    },
    ([name, changes]) =>
      row(resultOf(String(name)), viewOf(resultOf(String(name)), /** @type {Partial<View>} */ (changes))),
  ),
  ...each("folded", {
    wide: ["bptt", { fold: true }],
    phone: ["window", { fold: true, wire: "Wh", t: 8, ...SCREENS.phone }],
    wired: ["bptt", { fold: true, wire: "Wx", t: 0 }],
    single: ["single", { fold: true, t: 0 }],
    out: ["lstm", { fold: true, wire: "Wy", t: 2 }],
  }, ([name, changes]) => {
    const view = viewOf(resultOf(String(name)), /** @type {Partial<View>} */ (changes));
    return [folded(resultOf(String(name)), view), switches(view)];
  }),
  ...Object.fromEntries(["bptt", "window", "full", "scalar"].map((name) => [
    `legend: ${name}`,
    () => legend(resultOf(name), viewOf(resultOf(name), { over: true })),
  ])),
  ...each(
    "overview",
    { short: "bptt", single: "single", long: "long-70", windowed: "long-150-50-100" },
    (name) => {
      return lines(resultOf(name), 1164);
    },
  ),
  ...Object.fromEntries(
    Object.entries({ bptt: 700, single: 500, window: 344, tbptt: 700, long: 1000 }).map(([name, width]) => [
      `scrubber: ${name}`,
      () => track(name, width),
    ]),
  ),
  ...Object.fromEntries(
    ["bptt", "window", "lstm", "last", "number", "single"].map((
      name,
    ) => [`words: ${name}`, () => said(name)]),
  ),
  "credit: pooled, chosen": () => {
    const result = resultOf("long-405"), view = viewOf(result, { s: 301, t: 202, pair: { s: 301, t: 202 } });
    const table = creditTable(result), at = places(table, view);
    return [
      selectionShapes(table, at, view),
      insetShapes(table, at, result, view),
      marginDrawing(result, view),
    ];
  },
  "graph: small numbers": () => {
    const result = answer("number"), { forward } = result, o = [[0.1], [-0.3]];
    const small = { ...result, targets: ["0.2", "-0.4"], forward: { ...forward, o } };
    return graph.draw(small, viewOf(small));
  },
  "credit: playing": () =>
    credit.shapes(resultOf("tbptt"), viewOf(resultOf("tbptt"), { at: readMoment("b5:8.2") })),
  "ledger: none": () => {
    const main = () => JSON.parse(JSON.stringify(elementById("main")));
    const [shown, none] = [readMoment("f1.1"), null].map((at) => {
      showLedger(resultOf("bptt"), viewOf(resultOf("bptt"), { at }));
      return main();
    });
    return [shown, none, elementById("ledger").hidden];
  },
  ...each(
    "tables",
    { "bptt": "bptt", "lstm": "lstm", "randomized": "randomized", "long": "long-405" },
    (name) =>
      tablesOf(resultOf(name)).map((table) => ({
        ...table,
        rows: [...table.rows.slice(0, 6), ...table.rows.slice(-6)],
      })),
  ),
  ...each("number formats", {
    wide: {},
    scaled: { scale: 10 },
    phone: { ...SCREENS.phone, notation: "book" },
  }, (changes) => numberFormats((shown) => shown, /** @type {Partial<View>} */ (changes))),
  "k curve": () => {
    const slider = elementById("k"), place = elementById("k-place");
    Object.assign(slider, { parentElement: place, max: "4", disabled: false });
    place.classList.add("k-curve");
    showCurve(resultOf("bptt"));
    return [place, slider];
  },
};
