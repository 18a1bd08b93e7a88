// Gradient arrows, cuts and outputs of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { textWidth } from "../../static/js/plot/figure.js";
import { predictedSymbol, targetOutput, targetValue } from "../../static/js/explorer/predictions.js";
import { edgeState } from "../../static/js/explorer/unrolled/backward.js";
import { fit } from "../../static/js/explorer/unrolled/fit.js";
import { activationLimit, lossText, traces } from "../../static/js/explorer/unrolled/traces.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{type: string, path?: string, fillcolor?: string, x0?: number, line: {color?: string, dash?: string}, label?: {text: string, font: {size: number}}}} Shape */

/** @param {Result} result @param {View} view */
const shapesOf = (result, view) => /** @type {Shape[]} */ (graph.shapes(result, view));

/** @param {Result} result @param {View} view @param {string} color what is drawn as outlines of this color */
const outlined = (result, view, color) =>
  shapesOf(result, view).find(({ line }) => line.color === color && !line.dash)?.path ?? "";

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

test("only a partly cut edge has the outline of its exact gradient", () => {
  const view = viewWith();
  assert.doesNotMatch(outlined(answer("bptt"), view, view.colors.ink), /Z/);
  const window = answer("window");
  const drawn = outlined(window, view, view.colors.ink).match(/Z/g)?.length;
  assert.equal(drawn, edges(window).filter((state) => state === "partly").length);
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
  const result = answer("full"), view = viewWith({ width: 4 * 121 + 4 });
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

test("outputs under squared error start at zero with their sign, the target's inside its outline", () => {
  const view = viewWith(), result = answer("squared");
  assert.equal(outlined(result, view, view.colors.forward).match(/Z/g)?.length, result.tokens.length);
  const lifted = answer("squared");
  lifted.forward.o = lifted.forward.o.map((row) => row.map((value) => Math.abs(Number(value))));
  assert.notDeepEqual(graph.shapes(result, view), graph.shapes(lifted, view));
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

test("the gutter names four rows, and the two lanes where there are lanes", () => {
  assert.deepEqual(graph.gutter(answer("bptt"), viewWith()).map(({ symbol }) => symbol), [
    "L",
    "ŷ",
    "h",
    "x",
  ]);
  const lanes = graph.gutter(answer("long"), viewWith()).map(({ lane }) => lane).filter(Boolean);
  assert.deepEqual(lanes, ["forward", "backward"]);
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
  assert.deepEqual([targetOutput(result, 1), targetValue(result, 1)], [0, 2]);
});

/** @typedef {{type: string, mode?: string, x: number[], y: number[], z?: Row[], text?: string[], textposition?: string | string[], textfont?: {size: number | number[], color: string | string[]}, marker?: {color: string[], opacity: number[], size: number[]}}} Trace */

/** @param {number[] | undefined} numbers */
const rounded = (numbers) => numbers?.map((number) => Number(number.toFixed(2)));

/** @param {Result} result @param {View} view */
const tracesOf = (result, view) => /** @type {Trace[]} */ (traces(result, view));

test("in wide columns every number stands beside its mark", () => {
  const result = answer("full"),
    view = viewWith({ width: 1164, height: 500 }),
    middles = [168, 444, 720, 996];
  const [states, letters, discs, chances, losses, weights, names, numbers] = tracesOf(result, view);
  assert.deepEqual(states.x, [131, 205, 407, 481, 683, 757, 959, 1033], "cells and the gaps between them");
  assert.deepEqual([states.y[0], states.y[1], states.y[8]], [220, 237.8125, 362.5]);
  assert.deepEqual(states.z?.[2], [0.45372, null, -0.65832, null, 0.21013, null, 0.60111], "one row a unit");
  assert.equal(/** @type {any} */ (states).hoverongaps, false, "the gaps are not felt");
  assert.deepEqual([letters.x, letters.y, letters.text], [middles, Array(4).fill(457.5), [
    "h",
    "e",
    "l",
    "l",
  ]]);
  assert.deepEqual([discs.x, discs.y], [middles, Array(4).fill(52.5)]);
  assert.deepEqual(rounded(discs.marker?.size), [27.03, 31.32, 33.04, 35], "by the root of the loss");
  assert.deepEqual(rounded(discs.marker?.opacity), [0.64, 0.82, 0.9, 1]);
  assert.deepEqual([chances.x, chances.y[0]], [[230, 506, 782, 1058], 138.5]);
  assert.deepEqual(chances.text, ["50%", "30%", "24%", "18%"], "of the targets e, l, l, o");
  assert.deepEqual([losses.x, losses.y[0]], [[192, 468, 744, 1020], 52.5]);
  assert.deepEqual(losses.text, ["0.70", "1.19", "1.43", "1.72"]);
  assert.deepEqual([weights.text, weights.x, weights.y], [
    ["Wₓ", "Wᵧ", "Wₕ"],
    [148, 148, 250],
    [404, 196.5, 252.25],
  ]);
  assert.deepEqual(weights.textposition, ["middle left", "middle left", "middle center"]);
  assert.deepEqual([names.text?.slice(0, 4), names.x.slice(0, 5)], [
    ["h", "e", "l", "o"],
    [130.5, 155.5, 180.5, 205.5, 406.5],
  ]);
  assert.deepEqual([names.y[0], names.textfont?.size], [163, 13]);
  const { forward, muted } = view.colors;
  assert.deepEqual(names.textfont?.color.slice(0, 4), [muted, forward, muted, muted], "the target is blue");
  assert.deepEqual([numbers.x[7], numbers.x[8], numbers.y[0], numbers.y[9]], [
    168,
    444,
    228.90625,
    246.71875,
  ]);
  assert.deepEqual(numbers.text?.slice(0, 6), ["+0.71", "+0.20", "+0.45", "+0.81", "+0.73", "−0.45"]);
});

test("in little height losses stand closer, and cells too low for numbers have none", () => {
  const drawn = tracesOf(answer("full"), viewWith({ width: 1164, height: 300 }));
  assert.deepEqual(drawn.find(({ text }) => text?.[0] === "0.70")?.x, [182, 458, 734, 1010]);
  assert.equal(drawn.some(({ text }) => text?.includes("+0.71")), false, "113 px for eight");
});

test("in middling columns the most probable symbol stands in its box, in the color of the target or of a wrong guess", () => {
  const result = answer("full"), view = viewWith({ width: 304, height: 500 });
  const [states, letters, discs, symbols] = tracesOf(result, view);
  assert.deepEqual([states.x.slice(0, 3), letters.textfont?.size], [[26.5, 52.5, 101.5], 17]);
  assert.deepEqual(discs.y, Array(4).fill(50));
  assert.deepEqual([symbols.x, symbols.y[0]], [[39.5, 114.5, 189.5, 264.5], 140]);
  assert.deepEqual(symbols.text, ["e", "h", "h", "e"], "0.497, 0.328, 0.385 and 0.378");
  const { forward, loss } = view.colors;
  assert.deepEqual(symbols.textfont?.color, [forward, loss, loss, loss]);
});

test("the pointer is felt by inputs, losses, output boxes and edges", () => {
  const points = tracesOf(answer("full"), viewWith({ width: 1164, height: 500 })).at(-1);
  const marks = /** @type {any} */ (points).customdata.map((
    /** @type {[string, number]} */ [kind, t],
    /** @type {number} */ i,
  ) => [kind, t, points?.x[i], points?.y[i]].join(" "));
  assert.deepEqual(marks.slice(0, 9), [
    ...["x 0 168 457.5", "L 0 168 52.5", "y 0 122 142.5", "y 0 145 142.5", "y 0 168 142.5", "y 0 191 142.5"],
    ...["y 0 214 142.5", "x 1 444 457.5", "L 1 444 52.5"],
  ]);
  const forward = marks.filter((/** @type {string} */ mark) => mark.startsWith("forward 1"));
  assert.deepEqual([forward.length, forward[0], forward.at(-1)], [
    8,
    "forward 1 222 267.25",
    "forward 1 390 267.25",
  ]);
  assert.ok(marks.includes("backward 1 222 315.25"));
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
  const boxes = [
    "node edge 1.6 1 below",
    "panel edge 1.6 1 below",
    "ghost no line 0 0.55 below",
    "forward no line 0 1 below",
  ];
  const backward = "backward no line 0 1 below", cut = "no fill ghost 1.6 1 below";
  assert.deepEqual(styles("bptt"), [cut, "forward no line 0 1 below", backward, backward, ...boxes]);
  assert.deepEqual(styles("window"), [
    ...["forward no line 0 1 below", "backward no line 0 0.868 below", backward, "no fill ink 1 0.7 below"],
    ...["node edge 1 1 below", "panel edge 1 1 below"],
  ]);
  assert.deepEqual(styles("bptt", { pair: { s: 3, t: 0 } }), [
    ...[
      cut,
      "forward no line 0 0.38 below",
      "select no line 0 0.55 below",
      "ghost no line 0 0.85 below",
      backward,
    ],
    ...[backward, ...boxes, "ghost no line 0 1 above"],
  ]);
});

test("the names of the rows stand at their heights, closer together in little height", () => {
  const heights = (/** @type {string} */ name, /** @type {Partial<View>} */ changes) =>
    graph.gutter(answer(name), viewWith(changes)).map(({ y }) => y);
  const at = /** @type {Moment} */ ({ phase: "backward", walk: 0, t: 2, line: 1 });
  assert.deepEqual(heights("bptt", { height: 500, at }), [52.5, 142.5, 291.25, 457.5, 335.25]);
  assert.deepEqual(heights("bptt", { height: 300, at }), [34, 80, 180.5, 281, 206.5]);
  assert.deepEqual(heights("long", { height: 500, at }), [67.5, 135, 272.5, 457.5, 195, 354]);
});

test("blocks are named with their steps, by their number alone where there is less room", () => {
  const names = (/** @type {number} */ width) =>
    shapesOf(answer("bptt"), viewWith({ width })).flatMap(({ label }) =>
      label && "padding" in label ? [label.text] : []
    );
  assert.deepEqual(names(1164), ["block 1 · t = 0–1", "block 2 · t = 2–3"]);
  assert.deepEqual([names(160), names(120)], [["block 1", "block 2"], ["1", "2"]]);
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
