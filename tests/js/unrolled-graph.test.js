// Gradient arrows, cuts and outputs of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { textWidth } from "../../static/js/plot/figure.js";
import { predictedSymbol, targetOutput } from "../../static/js/explorer/predictions.js";
import {
  backwardMarks,
  edgeState,
  hasShares,
  lossesPassing,
  reweighting,
} from "../../static/js/explorer/unrolled/backward.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { fit } from "../../static/js/explorer/unrolled/fit.js";
import { activationLimit, lossText, traces } from "../../static/js/explorer/unrolled/traces.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{type: string, path?: string, fillcolor?: string, x0?: number, line: {color?: string, dash?: string}, label?: {text: string, font: {size: number}}}} Shape */

/** @param {Result} result @param {View} view */
const shapesOf = (result, view) => /** @type {Shape[]} */ (graph.shapes(result, view));

/** @param {Result} result */
const edges = (result) => result.tokens.slice(1).map((_, i) => edgeState(result, i + 1));

test("many-to-one counts only the loss there is: a window's edges are whole, then one is cut", () => {
  const result = answer("window"), T = result.tokens.length;
  result.params.loss_at = "last";
  const states = edges(result);
  assert.deepEqual(states.slice(T - 4), ["cut", "whole", "whole"], "k = 3 steps are left");
  assert.ok(
    states.slice(0, T - 4).every((state) => state === "whole"),
    "where nothing arrives nothing is cut",
  );
});

test("many-to-one in blocks is cut where the blocks end, also where nothing arrives", () => {
  assert.deepEqual(edges(answer("last")), ["whole", "cut", "whole"]);
});

/** What is drawn as dashed outlines. @param {Result} result @param {View} view */
const outlines = (result, view) =>
  shapesOf(result, view).filter(({ line }) => line.color === view.colors.ghost && line.dash).map(({ path }) =>
    path
  )
    .join("");

test("only a partly cut edge has the outline of its exact gradient", () => {
  const view = viewWith();
  assert.doesNotMatch(outlines(answer("full"), view), /Z/);
  const window = answer("window"), drawn = outlines(window, view).match(/Z/g)?.length;
  assert.equal(drawn, edges(window).filter((state) => state === "partly").length);
  assert.equal(outlines(answer("bptt"), view).match(/Z/g)?.length, 1, "at the cut what is thrown away");
});

test("of a window's losses as many pass an edge as the window is long, less the step itself", () => {
  const tokens = Array(14).fill("a"), k = 4;
  const walks = tokens.map((_, s) => ({ start: Math.max(0, s - k + 1), stop: s + 1, newest_from: s }));
  const run = /** @type {any} */ ({ tokens, walks, params: {}, forward: { loss: Array(14).fill(2) } });
  const shares = tokens.slice(1).map((_, i) => lossesPassing(run, i + 1));
  assert.deepEqual(shares[0], { passing: 3, all: 13 });
  assert.deepEqual(shares.map(({ passing }) => passing), [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1]);
  assert.deepEqual(shares.map(({ all }) => all), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test("the arrows that random cuts leave carry the factor that makes their mean exact, and no others", () => {
  const at = (/** @type {string} */ name) => {
    const run = answer(name), view = viewWith();
    const labels = backwardMarks(run, view, penOf(run, view)).labels;
    return labels.map((it) => /** @type {any} */ (it).label.text).filter((text) => text.startsWith("×"));
  };
  const run = answer("randomized"), kept = edges(run).filter((state) => state === "whole").length;
  const factor = `×${Number((1 / (1 - Number(run.params.cut))).toFixed(2))}`;
  assert.deepEqual(at("randomized"), Array(kept).fill(factor));
  assert.deepEqual([at("bptt"), at("window")], [[], []]);
  assert.equal(reweighting({ params: { truncation: "randomized", cut: 0.2 } }), "1.25");
  assert.equal(reweighting({ params: { truncation: "randomized", cut: 0 } }), null);
  assert.equal(reweighting({ params: { truncation: "blocks", cut: 0.2 } }), null);
});

test("the legend explains how many losses pass where it is written at the edges, and only there", () => {
  const says = (/** @type {string} */ name, /** @type {number} */ width) =>
    hasShares(penOf(answer(name), viewWith({ width, height: 500 })));
  assert.deepEqual([says("window", 18 * 90), says("window", 18 * 50), says("long", 60 * 40)], [
    true,
    false,
    false,
  ]);
});

test("of truncated BPTT more losses pass than of a window, and many-to-one has one loss", () => {
  const { walks, ...tbptt } = answer("tbptt"), T = tbptt.tokens.length; // k₁ = 2, k₂ = 5
  const kept = (/** @type {number} */ s, /** @type {number} */ t) =>
    walks.some(({ start, stop, newest_from: newest }) => newest <= s && s < stop && start <= t);
  for (let t = 1; t < T; t += 1) {
    const losses = Array.from({ length: T - t }, (_, i) => t + i);
    const passing = losses.filter((s) => kept(s, t - 1)).length;
    assert.deepEqual(lossesPassing({ ...tbptt, walks }, t), { all: T - t, passing }, `t = ${t}`);
  }
  const last = answer("last");
  assert.deepEqual([1, 2, 3].map((t) => lossesPassing(last, t)), [
    { all: 1, passing: 0 },
    { all: 1, passing: 0 },
    { all: 1, passing: 1 },
  ]);
});

test("a gradient of zero has no arrow, and a missing one breaks nothing", () => {
  const view = viewWith(), result = answer("full");
  const before = shapesOf(result, view).flatMap(({ label }) => (label ? [label.text] : [])).length;
  result.truncated.dh_future[0].fill(0);
  result.truncated.dh_future[1] = result.truncated.dh_future[1].map(() => null);
  const after = shapesOf(result, view).flatMap(({ label }) => (label ? [label.text] : [])).length;
  assert.equal(after, before - 2);
});

test("activations as large as numbers get have colors: their scale is no larger than a number", () => {
  const view = viewWith(), result = answer("full");
  result.params.activation = "identity";
  result.forward.h[1][0] = -1.5e308;
  result.forward.h[2].fill(null);
  const heat = /** @type {any} */ (traces(result, view)).find((/** @type {any} */ it) =>
    it.type === "heatmap"
  );
  assert.deepEqual([heat.zmin, heat.zmax, heat.z[0][2], heat.z[0][4]], [-1, 1, -1, null]);
});

test("a gradient beyond the exact range is drawn at full width and printed as it is", () => {
  const view = viewWith(), result = answer("full");
  result.truncated.dh_future[0] = result.truncated.dh_future[0].map(() => 1e6);
  const shapes = shapesOf(result, view), texts = shapes.flatMap(({ label }) => (label ? [label.text] : []));
  assert.ok(texts.some((text) => /10⁶/.test(text)));
  assert.ok(shapes.every(({ path }) => !/NaN|Infinity/.test(path ?? "")));
});

test("runs of steps between random cuts are called segments", () => {
  const result = answer("randomized"), h_in = result.forward.h0;
  result.blocks = [{ start: 0, stop: 2, h_in }, { start: 2, stop: 5, h_in }];
  const names = shapesOf(result, viewWith()).flatMap(({ label }) => (label ? [label.text] : []));
  assert.ok(names.some((name) => name.startsWith("segment 1")), names.join());
  assert.ok(names.every((name) => !name.startsWith("block")));
});

test("numbers under arrows fit between the cells", () => {
  const result = answer("full"), view = viewWith({ width: 4 * 151 + 4 });
  result.truncated.dh_future = result.truncated.dh_future.map((row) =>
    row.map((value) => Number(value) / 1e4)
  );
  const { c, cell, level } = geometry(result.tokens.length, view);
  assert.equal(level, "wide");
  const labels = shapesOf(result, view).flatMap((
    { label },
  ) => (label && /10/.test(label.text) ? [label] : []));
  assert.equal(labels.length, 3);
  for (const { text, font } of labels) assert.ok(0.6 * font.size * text.length <= c - cell, text);
});

test("edges react to the pointer along their whole length, and each point names its mark", () => {
  const result = answer("bptt"), view = viewWith(), g = geometry(result.tokens.length, view);
  const [points] =
    /** @type {{mode?: string, x: number[], y: number[], customdata: [string, number][]}[]} */ (
      traces(result, view)
    ).filter(({ mode }) => mode === "none");
  const actual = points.customdata.flatMap((
    [kind, t],
    i,
  ) => (kind === "backward" && t === 1 ? [points.x[i]] : []));
  assert.ok(
    Math.min(...actual) < g.cx(0) + g.cell / 2 + 24 && Math.max(...actual) > g.cx(1) - g.cell / 2 - 24,
  );
  assert.ok(actual.every((x, i) => !i || Math.abs(x - actual[i - 1]) <= 24.001));
  assert.deepEqual(
    new Set(points.customdata.map(([kind]) => kind)),
    new Set(["x", "y", "L", "forward", "backward"]),
  );
});

test("the gutter names four rows and the tails, and the two lanes where there are lanes", () => {
  const names = (/** @type {string} */ name, changes = {}) =>
    graph.gutter(answer(name), viewWith(changes)).map(({ symbol, word }) => symbol ?? word);
  assert.deepEqual(names("bptt"), ["L", "ŷ", "h", "x", "reach of each loss"]);
  assert.deepEqual(
    names("bptt", { veil: "h.2" }),
    ["L", "ŷ", "h", "x"],
    "not where they would tell too much",
  );
  assert.deepEqual(names("long").slice(4), ["backward passes", "Wₕ →", "← ∂L/∂h"]);
  const lanes = graph.gutter(answer("long"), viewWith()).map(({ lane }) => lane).filter(Boolean);
  assert.deepEqual(lanes, ["reach", "forward", "backward"]);
});

test("a word is made smaller and then cut to its room, a letter stays as it is", () => {
  assert.deepEqual(fit("h", 3, 23), { text: "h", size: 23 });
  assert.deepEqual(fit("👩‍👩‍👧‍👦", 3, 23), { text: "👩‍👩‍👧‍👦", size: 23 });
  assert.deepEqual(fit("goodbye", 200, 23), { text: "goodbye", size: 23 });
  const smaller = fit("goodbye", 60, 23);
  assert.equal(smaller.text, "goodbye");
  assert.ok(smaller.size < 23 && smaller.size >= 11);
  const cut = fit("incomprehensibilities", 60, 23);
  assert.match(cut.text, /^incom.*…$/);
  assert.ok(textWidth(cut.text, cut.size) <= 60.1);
  assert.ok(textWidth(fit("안녕하세요여러분", 60, 23).text, 11) <= 60.1);
  assert.equal(fit("goodbye", 5, 23).text, "g");
});

test("with numbers the graph shows input, prediction and target", () => {
  const result = answer("number");
  assert.deepEqual(result.vocabulary, []);
  for (const width of [300, 1200]) {
    const data = traces(result, viewWith({ width }));
    const written = JSON.stringify(data.map((trace) => /** @type {any} */ (trace).text ?? ""));
    assert.match(written, /"1","2"/);
    assert.ok(!written.includes("␀"), "an output without a symbol has no name");
    assert.ok(!written.includes("undefined") && !written.includes("NaN"));
  }
  assert.equal(predictedSymbol(result, 1), "1.6");
  assert.equal(targetOutput(result, 1), 0);
});

/** @typedef {{type: string, mode?: string, x: number[], y: number[], z?: Row[], text?: string[], textposition?: string | string[], textfont?: {size: number | number[], color: string | string[]}, marker?: {color: string[], opacity: number[], size: number[]}}} Trace */

/** @param {number[] | undefined} numbers */
const rounded = (numbers) => numbers?.map((number) => Number(number.toFixed(2)));

/** @param {Result} result @param {View} view */
const tracesOf = (result, view) => /** @type {Trace[]} */ (traces(result, view));

test("in wide columns every number stands beside its mark", () => {
  const result = answer("full"),
    view = viewWith({ width: 1164, height: 500 }),
    middles = [207, 457, 707, 957];
  const [states, letters, discs, losses, names, chances, numbers, weights] = tracesOf(result, view);
  assert.deepEqual(states.x, [169, 245, 419, 495, 669, 745, 919, 995], "cells and the gaps between them");
  assert.deepEqual(rounded([states.y[0], states.y[1], states.y[8]]), [210.47, 235.16, 408]);
  assert.deepEqual(states.z?.[2], [0.45372, null, -0.65832, null, 0.21013, null, 0.60111], "one row a unit");
  assert.equal(/** @type {any} */ (states).hoverongaps, false, "the gaps are not felt");
  assert.deepEqual([letters.x, letters.y, letters.text], [middles, Array(4).fill(478), ["h", "e", "l", "l"]]);
  assert.deepEqual([discs.x, rounded(discs.y)], [middles, Array(4).fill(55.81)]);
  assert.deepEqual(rounded(discs.marker?.size), [15.94, 20.82, 22.78, 25], "areas are as the losses");
  assert.ok(Math.abs((15.94 / 25) ** 2 - 0.69913 / 1.72) < 0.002);
  assert.deepEqual([losses.x, rounded([losses.y[0]])], [[229, 479, 729, 979], [55.81]]);
  assert.deepEqual(losses.text, ["0.70", "1.19", "1.43", "1.72"]);
  assert.deepEqual([losses.textfont?.color, losses.textposition], [view.colors.loss, "middle right"]);
  assert.deepEqual([names.text?.slice(0, 4), names.x.slice(3, 5)], [["h", "e", "l", "o"], [157.5, 407.5]]);
  assert.deepEqual(
    rounded(names.y.slice(0, 4)),
    [105.56, 123.56, 141.56, 159.56],
    "around the middle of the card",
  );
  const { forward, muted } = view.colors;
  assert.deepEqual(
    names.textfont?.color.slice(0, 4),
    [muted, forward, muted, muted],
    "a right guess is blue",
  );
  assert.deepEqual(chances.text?.slice(0, 4), ["14%", "50%", "16%", "20%"], "of h, e, l, o after h");
  assert.deepEqual([numbers.x[7], numbers.x[8], ...rounded([numbers.y[0], numbers.y[9]]) ?? []], [
    ...[207, 457, 222.81, 247.5],
  ]);
  assert.deepEqual(numbers.text?.slice(0, 6), ["+0.71", "+0.20", "+0.45", "+0.81", "+0.73", "−0.45"]);
  assert.deepEqual([weights.text, weights.x, rounded(weights.y)], [
    ["W", "x", "W", "y", "W", "h"],
    [184.88, 184.88, 184.88, 184.88, 296.06, 296.06],
    [450, 454.76, 192.01, 196.77, 253.75, 258.51],
  ]);
  assert.deepEqual(weights.textposition?.slice(0, 2), ["middle left", "middle right"], "W, then its index");
});

test("in little height cells too low for numbers have none", () => {
  const drawn = tracesOf(answer("full"), viewWith({ width: 1164, height: 300 }));
  assert.deepEqual(drawn.find(({ text }) => text?.[0] === "0.70")?.x, [229, 479, 729, 979]);
  assert.equal(drawn.some(({ text }) => text?.includes("+0.71")), false, "98 px for eight");
});

test("in middling columns the loss stands beside its disc, the two centered together, in narrower ones above it", () => {
  const losses = (/** @type {number} */ c, height = 500) =>
    tracesOf(answer("full"), viewWith({ width: 4 * c + 4, height })).find(({ text }) => text?.[0] === "0.70");
  const discs = (/** @type {number} */ c) =>
    tracesOf(answer("full"), viewWith({ width: 4 * c + 4, height: 500 })).find(({ mode }) =>
      mode === "markers"
    );
  assert.deepEqual([discs(75)?.x[0], losses(75)?.x[0]], [23.5, 38.5], "around 39.5");
  assert.deepEqual([discs(61)?.x[0], losses(61)?.x[0]], [32.5, 32.5]);
  assert.ok(Number(losses(61)?.y[0]) < Number(discs(61)?.y[0]) - 12);
  assert.equal(losses(61, 300), undefined, "in a low picture there is no room above");
});

test("the pointer is felt by inputs, losses, output boxes and edges", () => {
  const points = tracesOf(answer("full"), viewWith({ width: 1164, height: 500 })).at(-1);
  const marks = /** @type {any} */ (points).customdata.map((
    /** @type {[string, number]} */ [kind, t],
    /** @type {number} */ i,
  ) => [kind, t, ...[points?.x[i], points?.y[i]].map((at) => Number(Number(at).toFixed(1)))].join(" "));
  assert.deepEqual(marks.slice(0, 9), [
    ...[
      "x 0 207 478",
      "L 0 207 55.8",
      "y 0 155 132.6",
      "y 0 175.8 132.6",
      "y 0 196.6 132.6",
      "y 0 217.4 132.6",
    ],
    ...["y 0 238.2 132.6", "y 0 259 132.6", "x 1 457 478"],
  ]);
  const forward = marks.filter((/** @type {string} */ mark) => mark.startsWith("forward 1"));
  assert.deepEqual([forward.length, forward[0], forward.at(-1)], [
    7,
    "forward 1 265 267.8",
    "forward 1 399 267.8",
  ]);
  assert.ok(marks.includes("backward 1 265 350.7"));
});

test("a loss is felt where its disc is", () => {
  const drawn = tracesOf(answer("full"), viewWith({ width: 304, height: 500 })),
    points = /** @type {any} */ (drawn.at(-1));
  const felt = points.x.filter((/** @type {number} */ _, /** @type {number} */ i) =>
    points.customdata[i][0] === "L"
  );
  assert.deepEqual(felt, drawn.find(({ mode }) => mode === "markers")?.x);
});

test("a loss below a tenth keeps two significant digits, down to a thousandth", () => {
  assert.deepEqual([0.0949, 0.095, 0.00095, 0.00094, 1.234].map(lossText), [
    ...["0.095", "0.10", "9.5×10⁻⁴", "0.00", "1.23"],
  ]);
});

test("colors reach to 1 for a bounded activation, else to the largest value of the run", () => {
  const forward = { ...answer("full").forward, h: [[0.5, -3], [null, 2]] };
  const limit = (/** @type {string} */ activation, h = forward.h) =>
    activationLimit({ forward: { ...forward, h }, params: { ...answer("full").params, activation } });
  assert.deepEqual(["tanh", "sigmoid", "relu"].map((name) => limit(name)), [1, 1, 3]);
  assert.equal(limit("relu", [[0, 0]]), 1);
});

test("every kind of mark has its color, line and opacity", () => {
  /** @param {string} name @param {Partial<View>} [changes] */
  const styles = (name, changes) => {
    const view = viewWith({ width: 1164, height: 500, ...changes });
    const names = Object.fromEntries(Object.entries(view.colors).map(([name, color]) => [color, name]));
    const drawn = /** @type {any[]} */ (graph.shapes(answer(name), view));
    return drawn.filter(({ type, path }) => type === "path" && path !== "M-9,-9L-9,-8").map((shape) =>
      [
        ...[names[shape.fillcolor] ?? "no fill", names[shape.line.color] ?? "no line", shape.line.width],
        ...[Number(shape.opacity.toFixed(3)), shape.layer],
      ].join(" ")
    );
  };
  const boxes = ["node edge 1.3 1 below", "node line 1.3 1 below", "node edge 1.5 1 below"];
  const cards = ["panel no line 0 1 below", "edge no line 0 1 below", "forward no line 0 1 below"];
  const signs = ["no fill loss 2.2 1 below", "no fill forward 2.2 1 below"];
  const ruler = ["no fill ink 1.5 1 below", "no fill edge 1.4 1 below"];
  const tails = ["backward no line 0 0.92 below", "ink no line 0 1 below", "loss no line 0 1 below"];
  const [thin, chain, thinBack] = [
    "forward no line 0 0.74 below",
    "forward no line 0 1 below",
    "backward no line 0 0.74 below",
  ];
  const backward = "backward no line 0 1 below";
  const cut = ["no fill ghost 0.8 1 below", "no fill ghost 1.2 1 below", backward];
  const sharp = ["node ink 1.6 1 above", "no fill ink 1.6 1 above"];
  assert.deepEqual(styles("bptt"), [
    ...[...ruler, ...tails, thin, chain, thinBack, "backward no line 0 0.956 below", backward, ...cut],
    ...[...boxes, ...cards, ...signs, ...sharp],
  ]);
  assert.deepEqual(styles("window"), [
    ...[...tails, thin, chain, "no fill ghost 1.3 1 below", thinBack],
    ...[0.868, 0.912, 0.956, 1].map((opacity) => `backward no line 0 ${opacity} below`),
    ...[...boxes, "no fill forward 2.2 1 below"],
  ]);
  assert.deepEqual(styles("bptt", { s: 3, pair: { s: 3, t: 0 }, isSelected: true }), [
    ...[
      ...ruler,
      "ghost no line 0 0.35 below",
      ...tails,
      "ghost no line 0 0.6 below",
      "no fill muted 1.5 1 below",
      "select no line 0 0.3 below",
    ],
    ...["forward no line 0 0.37 below", "forward no line 0 0.5 below", thinBack, backward, ...cut],
    ...[
      ...boxes,
      ...cards,
      ...signs,
      ...sharp,
      "background no line 0 0.55 above",
      "zebra no line 0 0.55 above",
      ...["no fill loss 2 1 above", "no fill loss 2 1 above"], // around the prediction and around the loss
    ],
  ]);
});

test("the names of the rows stand at their heights, closer together in little height", () => {
  const heights = (/** @type {string} */ name, /** @type {Partial<View>} */ changes) =>
    rounded(graph.gutter(answer(name), viewWith(changes)).map(({ y }) => y));
  const at = /** @type {Moment} */ ({ phase: "backward", walk: 0, t: 2, line: 1 });
  assert.deepEqual(heights("bptt", { height: 500, at }), [55.81, 132.56, 309.23, 478, 353.23, 432]);
  assert.deepEqual(heights("bptt", { height: 300, at }), [34, 98, 203, 282, 229]);
  assert.deepEqual(heights("long", { height: 500, at }), [69.35, 113.95, 276.07, 478, 448, 146.14, 410]);
});

test("the rows are named beside the picture, also where it is narrower than its room", () => {
  const shift = (/** @type {number} */ width) =>
    graph.gutter(answer("bptt"), viewWith({ width })).map(({ shift }) => shift)[0];
  assert.deepEqual([shift(1164), shift(1004), shift(604)], [78, 0, 0], "four columns of 250 px");
});

test("where marks are small the pointer is felt in their middle", () => {
  const points = /** @type {any} */ (tracesOf(answer("long"), viewWith({ width: 1204, height: 500 })).at(-1));
  const marks = points.customdata.map((/** @type {[string, number]} */ [kind, t], /** @type {number} */ i) =>
    `${kind} ${t} ${points.x[i]}`
  );
  assert.deepEqual(marks.slice(0, 8), [
    ...["x 0 12", "L 0 12", "y 0 12", "x 1 32", "L 1 32", "y 1 32", "forward 1 22", "backward 1 22"],
  ]);
});
