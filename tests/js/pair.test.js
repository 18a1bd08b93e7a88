// One loss and one step: the gradient's path, its terms and the Jacobian product.

import assert from "node:assert/strict";
import { test } from "node:test";
import { curvePoints } from "../../static/js/explorer/k-curve.js";
import { productFacts, termFacts } from "../../static/js/explorer/pair/facts.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import * as jacobian from "../../static/js/explorer/panels/jacobian.js";
import { sci } from "../../static/js/lib/format.js";
import { graphShapes } from "./graph-shapes.js";
import { answer, ANSWERS, recorded, viewWith } from "./recorded.js";

/** @typedef {{path?: string, fillcolor?: string, opacity?: number, layer?: string, line: {color?: string}, label?: {text: string, font: {color: string}}}} Shape */

/** @param {string} name @returns {Pair} */
const pairOf = (name) => recorded(name);

/** @param {Pair} pair @param {Partial<View>} [more] @param {string} [language] */
function choosing(pair, more = {}, language = "en") {
  const path = `/api/pair?v=1&s=${pair.s}&t=${pair.t}`;
  return viewWith(
    { s: pair.s, t: pair.t, pair: { s: pair.s, t: pair.t }, answers: { [path]: pair }, ...more },
    language,
  );
}

/** @param {Result} result @param {View} view */
const shapesOf = (result, view) => /** @type {Shape[]} */ (graphShapes(result, view));

/** @param {Shape[]} shapes @param {string} color */
const drawnIn = (shapes, color) =>
  shapes.filter(({ fillcolor }) => fillcolor === color).map(({ path }) => path?.match(/Z/g)?.length ?? 0)
    .reduce((a, b) => a + b, 0);

/** @param {Part[]} parts */
const text = (parts) => parts.map((part) => part.text).join("");

test("the gradient of a chosen loss has its own size at every step, and goes on in grey beyond the cut", () => {
  const pair = pairOf("pair"),
    view = choosing(pair),
    shapes = shapesOf(answer("bptt"), view),
    { colors } = view;
  const labels = shapes.flatMap(({ label }) => (label && !/block/.test(label.text) ? [label] : []));
  assert.deepEqual(labels.map((label) => label.text), [2, 1, 0].map((t) => sci(pair.credit[t])));
  assert.deepEqual(labels.map(({ font }) => font.color), [colors.backward, colors.muted, colors.muted]);
  assert.equal(drawnIn(shapes, colors.select), 1, "one pill: from step 3 to step 2, then comes the cut");
});

test("while a loss is chosen the forward arrows step back and the other losses are covered", () => {
  const result = answer("window"), view = viewWith({ pair: { s: 9, t: 7 } }), shapes = shapesOf(result, view);
  const forward = (/** @type {Shape[]} */ shapes) =>
    shapes.find(({ fillcolor, path }) => fillcolor === view.colors.forward && path && path.length > 40)
      ?.opacity;
  assert.equal(forward(shapes), 0.37);
  assert.equal(forward(shapesOf(result, viewWith())), 0.74);
  const covers = shapes.filter(({ layer }) => layer === "above");
  assert.equal(drawnIn(covers, view.colors.node), 1, "the disc of the scissors");
  assert.equal(
    drawnIn(covers, view.colors.background),
    3 * (result.tokens.length - 1),
    "losses, their numbers, and predictions",
  );
  assert.equal(drawnIn(shapes, view.colors.select), 2, "k = 3 steps are reached: two arrows in pills");
});

test("choosing a loss moves no trace of the graph", () => {
  const result = answer("bptt"), view = choosing(pairOf("pair"));
  assert.equal(graph.dataKey(result, view), graph.dataKey(result, viewWith()));
});

for (const name of ANSWERS) {
  test(`the way of every loss of ${name} is drawn`, () => {
    const result = answer(name), T = result.tokens.length;
    for (let s = 0; s < T; s += 1) {
      const shapes = shapesOf(result, viewWith({ pair: { s, t: Math.floor(s / 2) } }));
      assert.doesNotMatch(JSON.stringify(shapes), /NaN|Infinity|undefined/);
    }
  });

  test(`the Jacobians of ${name} are drawn and told in both languages`, () => {
    const phone = viewWith({ width: 344, height: 500, gutter: 46, phone: true });
    for (const view of [viewWith(), phone]) {
      assert.doesNotMatch(JSON.stringify(jacobian.draw(answer(name), view)), /NaN|Infinity/);
      assert.ok(jacobian.gutter(answer(name), view).every(({ y }) => y >= 0 && y <= 176));
    }
    for (const language of ["ko", "en"]) {
      const sentence = jacobian.facts(answer(name), viewWith({}, language).words);
      assert.doesNotMatch(sentence, /undefined|NaN|null|[{}]/);
    }
  });
}

test("a weight used at every step has one term a step, the one behind the state only its own", () => {
  const pair = pairOf("pair"), result = answer("bptt");
  const textOf = (/** @type {View["of"]} */ of) => text(termFacts(result, pair, choosing(pair, { of })));
  assert.match(textOf("Wh"), /has 4 terms.*2 of them, in gray, are discarded: 16%.*t = 0 is exactly 0/);
  assert.match(textOf("Wx"), /has 4 terms.*2 of them/);
  assert.doesNotMatch(textOf("Wx"), /exactly 0/);
  assert.match(textOf("Wy"), /single term, at t = 3 itself/);
  const early = (/** @type {number} */ s) => {
    const few = structuredClone(pair);
    few.s = few.t = s;
    few.terms.Wh = few.terms.Wh.slice(0, s + 1);
    return text(termFacts(result, few, choosing(few, { of: "Wh" })));
  };
  assert.match(early(1), /has 2 terms.*t = 0 is exactly 0/);
  assert.doesNotMatch(early(0), /exactly 0/, "a single term is not told apart from others");
  for (const of of /** @type {const} */ (["Wh", "Wx", "b", "Wy"])) {
    const entries = [result.full.gradients[of]].flat(2).map(Number);
    assert.match(textOf(of), new RegExp(`= ${sci(Math.hypot(...entries))}`.replace(".", "\\.")), of);
  }
});

test("a linear scalar's product is a power, exactly", () => {
  const pair = pairOf("pair-scalar"), sentence = text(productFacts(answer("scalar"), pair, choosing(pair)));
  assert.match(sentence, /w = 0\.9, so the product is exactly w⁵ = 0\.59049/);
  assert.ok(Math.abs(Number(pair.product.matrix[0][0]) - 0.9 ** 5) < 1e-6);
});

test("the reason why a product shrinks is computed from its factors", () => {
  const pair = pairOf("pair"), sentence = text(productFacts(answer("bptt"), pair, choosing(pair)));
  assert.match(sentence, /^Why does it shrink\?.*after 3 .* is 0\.69.*reach 1\.26, above 1/);
  const grown = { ...pair, product: { ...pair.product, sigma_max: 7 } };
  assert.match(text(productFacts(answer("bptt"), grown, choosing(pair))), /^Why does it grow\?/);
  const none = { ...pair, s: 2, t: 2, factors: [], norms: [] };
  assert.match(text(productFacts(answer("bptt"), none, choosing(pair))), /nothing is multiplied/);
});

test("a long product is described in both languages although the middle factors are left out", () => {
  const pair = pairOf("pair-long");
  assert.equal(pair.factors.filter(({ matrix }) => matrix).length, 8);
  for (const language of ["ko", "en"]) {
    const view = choosing(pair, {}, language), result = answer("long");
    const sentence = text([...termFacts(result, pair, view), ...productFacts(result, pair, view)]);
    assert.doesNotMatch(sentence, /undefined|NaN|null|[{}]/);
  }
});

test("the Jacobians do not depend on the truncation", () => {
  assert.equal(jacobian.dataKey(answer("bptt"), viewWith()), jacobian.dataKey(answer("full"), viewWith()));
});

test("the curve behind k is as high as its cosines, from k = 1 to the slider's end", () => {
  const points = curvePoints({ k: [1, 2, 3, 4], cosine: [0, 0.5, null, 1] }, 4);
  assert.deepEqual(points.map(({ x }) => Math.round(x)), [0, 33, 100]);
  const [low, middle, high] = points.map(({ y }) => y);
  assert.ok(low > middle && middle > high && Math.abs(middle - (low + high) / 2) < 1e-9);
  assert.equal(curvePoints({ k: [1, 2], cosine: [-0.4, 1.00001] }, 2)[0].y, low, "below zero is the floor");
  assert.deepEqual(curvePoints({ k: [1, 2, 3], cosine: [1, 1, 1] }, 2).length, 2);
});

test("singular values stand by their logarithm, tiny ones on the floor", () => {
  const result = answer("full");
  result.jacobian = { ...result.jacobian, sigma_max: [100, 10, 1, null], sigma_min: [1e-7, 0.1, 0.1, 0] };
  const { data } = /** @type {any} */ (jacobian.draw(result, viewWith()));
  const rounded = (/** @type {Row} */ row) => row.map((y) => y && Number(y.toFixed(1)));
  assert.deepEqual(
    rounded(data[0].y),
    [142, 132.7, 132.7, 142],
    "from 10^2.25 at 12 px to 10^-1.25 at 142 px",
  );
  assert.deepEqual(rounded(data[1].y), [21.3, 58.4, 95.6, null]);
  assert.deepEqual(data[0].hovertext.slice(0, 2), ["t = 0: 1.0\u00a0×\u00a010⁻⁷", "t = 1: 0.10"]);
  assert.deepEqual([data[0].marker.size, data[1].line.width, data[2].y[0]], [7, 2.4, 165]);
});

test("the lines of the singular values are decades, every second one or with steps between them", () => {
  /** @param {number} largest @param {number} smallest */
  const words = (largest, smallest) => {
    const result = answer("full"), { jacobian: sizes } = result;
    result.jacobian = { ...sizes, sigma_max: [largest, 1, 1, 1], sigma_min: [1, 1, 1, smallest] };
    return jacobian.gutter(result, viewWith()).map(({ word }) => word);
  };
  assert.deepEqual(words(1e3, 0.1), ["10⁻¹", "1", "10¹", "10²", "10³"]);
  assert.deepEqual(words(1e6, 1), ["10¹", "10³", "10⁵"]);
  assert.deepEqual(words(2, 0.5), ["0.50", "1", "2.00"]);
});
