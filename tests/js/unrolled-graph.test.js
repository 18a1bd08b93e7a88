// Gradient arrows, cuts and outputs of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { textWidth } from "../../static/js/plot/figure.js";
import { predictedSymbol, targetOutput, targetValue } from "../../static/js/explorer/predictions.js";
import { edgeState } from "../../static/js/explorer/unrolled/backward.js";
import { fit } from "../../static/js/explorer/unrolled/fit.js";
import { traces } from "../../static/js/explorer/unrolled/traces.js";
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
