// Bars under the inputs: the gradients by x_t of all losses, or of the chosen one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { termFacts } from "../../static/js/explorer/pair/facts.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { inputGradients, inputGradientShapes } from "../../static/js/explorer/unrolled/input-gradients.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { compact, sci } from "../../static/js/lib/format.js";
import { answer, recorded, viewWith } from "./recorded.js";

/** @type {Pair} */
const PAIR = recorded("pair");

/** @param {Partial<View>} [more] */
const choosing = (more = {}) =>
  viewWith({
    ...{ s: PAIR.s, t: PAIR.t, pair: { s: PAIR.s, t: PAIR.t } },
    ...{ answers: { [`/api/pair?v=1&s=${PAIR.s}&t=${PAIR.t}`]: PAIR }, ...more },
  });

/** @param {Result} result @param {View} view */
function drawn(result, view) {
  const [outlines, bars, ...numbers] = inputGradientShapes(result, view, penOf(result, view)).map((
    shape,
  ) => /** @type {{path?: string, label?: {text: string}}} */ (shape));
  const count = (/** @type {{path?: string} | undefined} */ shape) => shape?.path?.match(/Z/g)?.length ?? 0;
  return {
    bars: count(bars),
    outlines: count(outlines),
    numbers: numbers.map(({ label }) => label?.text),
    path: bars?.path ?? "",
  };
}

test("a selected step brings a bar and a number for the gradient by every input, and outlines where cuts change it", () => {
  const result = answer("bptt"), { truncated, full } = result, shapes = drawn(result, viewWith());
  assert.equal(shapes.bars, 4);
  assert.deepEqual(shapes.numbers, truncated.dx_norm.map((size) => compact(sci(size))));
  const changed = full.dx_norm.filter((size, t) =>
    Math.abs(Number(size) - Number(truncated.dx_norm[t])) > 1e-9
  );
  assert.equal(shapes.outlines, changed.length);
  assert.ok(changed.length > 0 && changed.length < 4);
});

test("without a selection, at a moment of the player and under a veil there are none", () => {
  const result = answer("bptt");
  assert.deepEqual(drawn(result, viewWith({ isSelected: false })).numbers, []);
  assert.equal(inputGradients(result, viewWith({ at: readMoment("b2.3") })), null);
  assert.equal(drawn(result, viewWith({ veil: "block.1" })).bars, 2);
});

test("narrow columns have none, nor their name", () => {
  const result = answer("long"), view = viewWith();
  assert.deepEqual(inputGradientShapes(result, view, penOf(result, view)), []);
  assert.ok(!graph.gutter(result, view).some(({ symbol }) => symbol === "dx"));
});

test("the bars of a chosen loss are its own, and what the scheme cuts is an outline", () => {
  const result = answer("bptt"), view = choosing(), shapes = drawn(result, view);
  assert.deepEqual(inputGradients(result, view)?.exact, PAIR.credit_x);
  assert.equal(shapes.bars, PAIR.kept_row.filter(Boolean).length);
  assert.equal(shapes.bars + shapes.outlines, PAIR.s + 1);
  assert.equal(inputGradients(result, choosing({ answers: {} })), null, "not before the answer");
});

test("the longest bar belongs to the largest gradient, and all start at the middle of their columns", () => {
  const result = answer("full"), view = viewWith(), g = penOf(result, view);
  const { dx_norm: sizes } = result.truncated;
  const widths = [...drawn(result, view).path.matchAll(/M(-?[\d.]+),.*?Z/g)].map(([, x], t) =>
    g.cx(t) - Number(x)
  );
  const most = Math.max(...sizes.map(Number)), widest = Math.max(...widths);
  widths.forEach((width, t) => assert.ok(Math.abs(width / widest - Number(sizes[t]) / most) < 0.01));
});

test("while the bars are drawn their name stands beside them", () => {
  const result = answer("bptt");
  const named = (/** @type {View} */ view) =>
    graph.gutter(result, view).some(({ symbol }) => symbol === "dx");
  assert.ok(named(viewWith()));
  assert.ok(!named(viewWith({ isSelected: false })));
});

test("of a chosen loss it is said which input its gradient is largest at", () => {
  const result = answer("bptt"), most = Math.max(...PAIR.credit_x.map(Number));
  const said = termFacts(result, PAIR, choosing({ of: "x" })).map(({ text }) => text).join("");
  assert.ok(said.includes(sci(most)), said);
  assert.ok(said.includes(`t = ${PAIR.credit_x.indexOf(most)}`), said);
});

test("bars and their outlines end above the foot of the picture, clear of the legend, in columns of every width", () => {
  const result = answer("window");
  for (const height of [248, 330, 362, 426, 530, 660]) {
    for (const width of [480, 830, 1164, 1400, 2900]) {
      const view = viewWith({ isSelected: true, width, height });
      const [outlines, bars] = /** @type {{path: string, line: {width: number}}[]} */ (
        inputGradientShapes(result, view, penOf(result, view))
      );
      if (!bars) continue;
      const foot = Math.max(
        ...[...(outlines.path + bars.path).matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y)),
      );
      assert.ok(
        foot + outlines.line.width / 2 <= height - 3,
        `${width} × ${height}: ${foot}, clear of the legend`,
      );
    }
  }
});

test("nothing is asked of a step that has no loss", () => {
  const last = answer("last"), s = last.tokens.length - 1;
  const asked = (/** @type {number} */ s) => graph.asks(last, viewWith({ pair: { s, t: 0 } }));
  assert.equal(asked(s).length, 1);
  assert.deepEqual(asked(0), []);
});
