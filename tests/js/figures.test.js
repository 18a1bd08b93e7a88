// Figures of the unrolled graph on every recorded result, screen and theme.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decade, sci, signed, subscript, visible } from "../../static/js/lib/format.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { describeTarget } from "../../static/js/explorer/describe-target.js";
import { describeStep } from "../../static/js/explorer/readout.js";
import { gradientRange, position, widthOf } from "../../static/js/plot/scale.js";
import { edgeState } from "../../static/js/explorer/unrolled/backward.js";
import { traces } from "../../static/js/explorer/unrolled/traces.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

/** @param {{path?: string, label?: {text: string}}[]} shapes */
const labels = (shapes) => shapes.flatMap(({ label }) => (label?.text ? [label.text] : []));
const VIEWS = { wide: viewWith(), phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }) };

/** @param {unknown} node @returns {number[]} */
function numbersIn(node) {
  if (typeof node === "number") return [node];
  if (Array.isArray(node)) return node.flatMap(numbersIn);
  if (node && typeof node === "object") return Object.values(node).flatMap(numbersIn);
  return [];
}

for (const name of ANSWERS) {
  for (const [shape, view] of Object.entries(VIEWS)) {
    test(`${name} is drawn on a ${shape} screen without a missing number`, () => {
      for (const panel of [graph, norms]) {
        const figure = panel.draw(answer(name), view);
        assert.ok(numbersIn(figure).every(Number.isFinite));
        const paths = /** @type {{path?: string}[]} */ (figure.layout.shapes).map(({ path }) => path ?? "");
        assert.ok(paths.every((path) => !/NaN|undefined|Infinity/.test(path)));
      }
    });
  }
  test(`${name} is read out at every place in both languages`, () => {
    for (const language of ["ko", "en"]) {
      const { words } = viewWith({}, language), result = answer(name), last = result.tokens.length - 1;
      const kinds = /** @type {Target["kind"][]} */ (["x", "y", "L", "h", "forward", "backward"]);
      const ledger = [
        ...[0, last].map((t) => describeStep(result, t, words)),
        ...kinds.map((kind) => describeTarget(result, { kind, t: Math.max(1, last), unit: 0 }, words)),
        norms.facts(result, words),
      ];
      for (const parts of ledger) {
        const text = parts.map((part) => part.text).join("");
        assert.ok(text.length > 3);
        assert.doesNotMatch(text, /undefined|NaN|null|[{}]/);
      }
    }
  });
}

test("missing numbers, where a run overflowed, leave gaps and break nothing", () => {
  const result = answer("bptt");
  for (const part of [result.full, result.truncated]) {
    part.dh[1] =
      part.dh_future[0] =
      part.da[2] =
      part.dh_output[3] =
        Array(8).fill(null);
    part.dh_norm[1] = null;
  }
  result.forward.h[2][0] = result.forward.o[1][0] = result.forward.loss[3] = null;
  for (const panel of [graph, norms]) assert.ok(panel.draw(result, viewWith()));
  assert.match(describeStep(result, 1, viewWith().words).map(({ text }) => text).join(""), /–/);
});

test("traces do not depend on the truncation, so that a change of k sends shapes only", () => {
  const view = viewWith(), blocks = answer("bptt"), full = answer("full");
  assert.equal(graph.dataKey(blocks, view), graph.dataKey(full, view));
  assert.deepEqual(traces(blocks, view), traces(full, view));
  assert.notDeepEqual(graph.shapes(blocks, view), graph.shapes(full, view));
});

test("blocks are cut where they end and nowhere else", () => {
  const blocks = answer("bptt");
  assert.deepEqual([1, 2, 3].map((t) => edgeState(blocks, t)), ["whole", "cut", "whole"]);
  assert.deepEqual(labels(graph.shapes(blocks, viewWith())).slice(0, 2), [
    "block 1 · t = 0–1",
    "block 2 · t = 2–3",
  ]);
  assert.ok([1, 2, 3].every((t) => edgeState(answer("full"), t) === "whole"));
});

test("a window cuts a part of every edge that more losses reach than cross", () => {
  const result = answer("window"), T = result.tokens.length;
  const states = Array.from({ length: T - 1 }, (_, t) => edgeState(result, t + 1));
  assert.equal(states[T - 2], "whole");
  assert.ok(states.slice(0, T - 3).every((state) => state === "partly"));
});

test("the figure reports the mark under the pointer", () => {
  const point = { data: { type: "heatmap" }, pointNumber: /** @type {[number, number]} */ ([3, 4]) };
  assert.deepEqual(graph.target(point), { kind: "h", unit: 3, t: 2 });
  const edge = {
    data: { type: "scatter" },
    pointNumber: 0,
    customdata: /** @type {["backward", number]} */ (["backward", 2]),
  };
  assert.deepEqual(graph.target(edge), { kind: "backward", t: 2 });
});

test("levels of detail follow the width of a column", () => {
  assert.deepEqual([4, 12, 40].map((T) => geometry(T, viewWith()).level), ["wide", "middle", "compact"]);
  assert.equal(geometry(12, VIEWS.phone).level, "middle");
  const { W, c } = geometry(200, viewWith());
  assert.ok(W > 4 * 1164 && c >= 28.5);
  assert.ok(geometry(40, viewWith()).W <= 1164, "forty columns fit a wide screen");
});

test("the arrows' range is that of the full run, at least one decade, rounding noise apart", () => {
  const blocks = answer("bptt"), range = gradientRange(blocks);
  assert.deepEqual(range, gradientRange(answer("full")));
  assert.ok(range.high - range.low >= 1);
  assert.equal(position(1e99, range), 1);
  assert.equal(widthOf(0, 11), 2.5);
  assert.equal(widthOf(1, 11), 11);
});

test("numbers read as people write them", () => {
  assert.deepEqual([0.256, 0.0123, 1.3e-5, 0, 1234, 12.34, -0.5, null].map(sci), [
    ...["0.26", "0.012", "1.3\u00a0×\u00a010⁻⁵", "0", "1.2\u00a0×\u00a010³", "12.3", "−0.50", "–"],
  ]);
  assert.deepEqual([signed(0.254), signed(-0.8), signed(-0.001)], ["+0.25", "−0.80", "0.00"]);
  assert.deepEqual([decade(0), decade(-2), subscript(12)], ["1", "10⁻²", "₁₂"]);
});

test("every symbol can be seen", () => {
  assert.deepEqual([" ", "\u0000", "\u007f", "\u200b", "\u0301", "가", "👍🏽"].map(visible), [
    ...["␣", "␀", "␡", "200B", "◌\u0301", "가", "👍🏽"],
  ]);
});
