// The gradient norm panel.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{path?: string, line: {color?: string, width: number}, label?: {text: string}}} Shape */

const view = viewWith();

/** @param {Result} result @param {View} [where] */
const shapesOf = (result, where = view) => /** @type {Shape[]} */ (norms.shapes(result, where));

/** @param {Result} result */
const chain = (result) =>
  shapesOf(result).find(({ line }) => line.color === view.colors.backward)?.path ?? "";

/** @param {Result} result @param {View} [where] */
const textOf = (result, where = view) =>
  shapesOf(result, where).flatMap(({ label }) => (label ? [label.text] : []));

/** @param {Result} result */
const caption = (result) => norms.facts(result, view.words).map(({ text }) => text).join("");

test("where nothing differs, or only from a step on, that is in bold", () => {
  const bold = (/** @type {string} */ name) =>
    norms.facts(answer(name), view.words).flatMap(({ text, strong }) => strong ? [text.trim()] : []);
  for (const name of ["full", "single"]) {
    assert.deepEqual(bold(name), [norms.facts(answer(name), view.words)[0].text], name);
  }
  for (const name of ["bptt", "cuts", "randomized"]) {
    assert.equal(bold(name).length, 1, name);
    assert.notEqual(bold(name)[0], norms.facts(answer(name), view.words)[0].text, name);
  }
});

test("the truncated line is interrupted at every cut, and nowhere else", () => {
  assert.equal(chain(answer("full")).match(/M/g)?.length, 1);
  for (const name of ["bptt", "long", "randomized"]) {
    const result = answer(name);
    assert.equal(chain(result).match(/M/g)?.length, result.blocks.length, name);
  }
});

test("zeros and missing numbers are gaps in the line", () => {
  const result = answer("full");
  result.truncated.dh_norm[1] = 0;
  assert.equal(chain(result).match(/M/g)?.length, 2);
  result.truncated.dh_norm[2] = result.full.dh_norm[2] = null;
  assert.equal(chain(result).match(/M/g)?.length, 2);
  assert.equal(chain(result).match(/L/g), null);
});

test("a vanishing truncated run moves the axis by six decades at most", () => {
  const result = answer("bptt");
  result.truncated.dh_norm[0] = 1e-160;
  const named = norms.gutter(result, view).map(({ word }) => word);
  assert.doesNotMatch(named.join(), /10⁻[1-9][0-9]/);
  assert.ok(norms.gutter(result, view).every(({ y }) => y > 0 && y < 176));
});

test("wide columns have numbers, and the widest gap names both lines", () => {
  const texts = textOf(answer("bptt"));
  assert.equal(texts.filter((text) => /exact$/.test(text)).length, 1);
  assert.equal(texts.filter((text) => /truncated$/.test(text)).length, 1);
  assert.deepEqual(textOf(answer("full")).filter((text) => /[a-z]/.test(text)), []);
});

test("the lines are named in narrow columns too where there is room, and left alone where they agree", () => {
  const result = answer("long"), apart = result.full.dh_norm.map((size) => Number(size) * 30);
  assert.deepEqual(textOf({ ...result, truncated: result.full }), []);
  const far = { ...result, full: { ...result.full, dh_norm: apart } };
  assert.deepEqual(textOf(far).sort(), ["exact", "truncated"]);
});

test("each line's name stands beside it at the first step where neither line nor cut runs through", () => {
  const result = answer("long"), T = result.tokens.length;
  const where = { ...view, decades: { low: -4, high: 2 } };
  /** @param {Partial<Result>} changes @param {number[]} [exact] */
  const named = (changes, exact = Array(T).fill(1)) => {
    const sizes = { full: { ...result.full, dh_norm: exact }, blocks: [], ...changes };
    const truncated = { ...result.truncated, dh_norm: Array(T).fill(0.01) };
    const drawn = norms.shapes({ ...result, ...sizes, truncated }, where);
    const labels = /** @type {{x0: number, y0: number, label?: {text: string}}[]} */ (drawn);
    return labels.flatMap(({ x0, y0, label }) => (label ? [[label.text, Math.round(x0 + 1), y0 + 1]] : []));
  };
  assert.deepEqual(
    named({}),
    [["exact", 31, 43], ["truncated", 50, 115]],
    "steps 1 and 2: within the picture",
  );
  const cut = [{ start: 0, stop: 2 }, { start: 2, stop: T }].map((block) => ({ ...block, h_in: [0, 0] }));
  assert.deepEqual(named({ blocks: cut }), [["exact", 70, 43], ["truncated", 89, 115]], "beyond the cut");
  const high = Array.from({ length: T }, (_, t) => (t < 5 ? 60 : 1));
  assert.deepEqual(
    named({}, high)[0],
    ["exact", 128, 43],
    "step 6: neither above the picture nor in the fall",
  );
});

test("a mark stands at its column and, by its logarithm, at its height", () => {
  const result = answer("bptt"), where = { ...view, decades: { low: -3, high: 0 } };
  result.full.dh_norm = [1, 0.1, 0.01, 1];
  result.truncated.dh_norm = [0.1, 0.1, 0.01, 1];
  const [line, letters] = /** @type {any[]} */ (norms.traces(result, where));
  assert.deepEqual([line.x, line.y], [[207, 457, 707, 957], [16, 58, 100, 16]]);
  assert.deepEqual([line.line.width, line.marker.size, line.marker.line.width], [2, 11, 2]);
  assert.deepEqual([letters.x, letters.y, letters.text], [line.x, [165, 165, 165, 165], [
    "h",
    "e",
    "l",
    "l",
  ]]);
  assert.equal(letters.textfont.size, 16);
  const shapes = shapesOf(result, where), { backward, ghost, line: gray } = view.colors;
  const drawn = (/** @type {string} */ color) =>
    shapes.filter((shape) => shape.line.color === color).map(({ path, line }) => [path, line.width]);
  assert.deepEqual(drawn(gray), [
    ["M0.0,142.0L1164.0,142.0M0.0,100.0L1164.0,100.0M0.0,58.0L1164.0,58.0M0.0,16.0L1164.0,16.0", 1],
  ]);
  assert.deepEqual(drawn(backward), [["M207.0,58.0L457.0,58.0M707.0,100.0L957.0,16.0", 3.2]], "cut at 2");
  assert.deepEqual(drawn(ghost), [["M207.0,16.0L207.0,58.0", 9]]);
  assert.deepEqual(drawn(view.colors.ink)[0], ["M582,0L582,152", 1.5]);
  const labels = /** @type {any[]} */ (shapes).filter(({ label }) => label);
  assert.deepEqual(labels.map(({ x0, y0, label }) => [label.text, x0 + 1, y0 + 1]), [
    ...[["1.00 exact", 207, 2], ["0.10 truncated", 207, 73], ["0.10", 457, 44], ["0.010", 707, 86], [
      "1.00",
      957,
      2,
    ]],
  ]);
});

test("of two sizes the larger stands above its mark and the smaller below, a single one above", () => {
  const result = answer("bptt"), where = { ...view, decades: { low: -3, high: 0 } };
  result.full.dh_norm = [0.1, null, 0, 0.1];
  result.truncated.dh_norm = [1, 0.1, 1e-4, 0.1];
  const labels = /** @type {any[]} */ (shapesOf(result, where)).filter(({ label }) => label);
  assert.deepEqual(labels.map(({ x0, y0, label }) => [label.text, x0 + 1, y0 + 1]), [
    ...[["0.10 exact", 207, 73], ["1.00 truncated", 207, 2], ["0.10", 457, 44], ["0.10", 957, 44]],
  ]);
});

test("marks get smaller with their columns", () => {
  const result = answer("long"),
    marks = (/** @type {Partial<View>} */ changes) => {
      const { marker } = /** @type {any} */ (norms.traces(result, viewWith(changes))[0]);
      return [marker.size, marker.line.width];
    };
  assert.deepEqual([{ width: 6000 }, { width: 3000 }, { width: 1164 }].map(marks), [[11, 2], [7, 2], [4, 1]]);
  assert.deepEqual(marks({ width: 200, phone: true }), [1, 0]);
  const letters = (/** @type {Partial<View>} */ changes) =>
    /** @type {any} */ (norms.traces(result, viewWith(changes))[1]).text.filter(Boolean).length;
  assert.deepEqual([letters({ width: 1164 }), letters({ width: 200, phone: true })], [60, 15]);
});

test("runs that are compared share an axis, half a decade about the exact one and as far as truncated ones", () => {
  const own = answer("bptt"), axis = { low: -1.5, high: 0 };
  /** @param {number} size of the truncated gradient at step 0 */
  const decades = (size) => {
    const truncated = { ...own.truncated, dh_norm: [size, ...own.truncated.dh_norm.slice(1)] };
    const { low, high } = norms.decadesOf([own, { ...own, truncated }]);
    return { low, high: high + 0 };
  };
  assert.deepEqual(decades(0.1), axis);
  assert.deepEqual(decades(1e-3), { ...axis, low: -3 });
  assert.deepEqual(decades(1e-160), { ...axis, low: -7 });
  assert.deepEqual(decades(5), { ...axis, high: 1 });
});

test("the numbers beside the lines are decades, or thirds and tens in a short range", () => {
  const result = answer("bptt");
  assert.deepEqual(norms.gutter(result, { ...view, decades: { low: -3, high: 0 } }), [
    ...[{ word: "10⁻³", y: 142 }, { word: "10⁻²", y: 100 }, { word: "10⁻¹", y: 58 }, { word: "1", y: 16 }],
  ]);
  assert.deepEqual(norms.gutter(result, { ...view, decades: { low: -0.7, high: 0.5 } }), [
    ...[{ word: "0.3", y: 121 }, { word: "1", y: 68.5 }, { word: "3", y: 16 }],
  ]);
});

test("the caption states only what holds for this run", () => {
  assert.match(caption(answer("bptt")), /last block both are equal.*largest difference is at t = \d/);
  assert.match(caption(answer("window")), /last 3 steps both are equal/);
  assert.match(caption(answer("randomized")), /one random sample/);
  assert.match(caption(answer("last")), /2 steps receive no gradient at all/);
  assert.match(caption(answer("full")), /^Nothing is cut\./);
  const result = answer("bptt");
  result.truncated.dh_norm[3] = Number(result.full.dh_norm[3]) * 2;
  assert.doesNotMatch(caption(result), /both are equal/);
});

test("of a last block that was never computed nothing is said", () => {
  const result = answer("bptt");
  for (const pass of [result.full, result.truncated]) pass.dh_norm.fill(null, 2);
  assert.doesNotMatch(caption(result), /both are equal/);
});

test("a last figure that was rounded another way is no difference", () => {
  const result = answer("full");
  result.truncated.dh_norm = result.full.dh_norm.map((size) => Number(size) * (1 + 1e-5));
  assert.match(caption(result), /^Nothing is cut\./);
});

test("whether a gradient shrinks, grows or stays the same is computed from its ends", () => {
  for (
    const [first, word]
      of /** @type {[number, RegExp][]} */ ([[0.1, /shrinks/], [9, /grows/], [1.1, /hardly/]])
  ) {
    const result = answer("full");
    result.full.dh_norm = result.truncated.dh_norm = [first, 0.5, 0.5, 1];
    assert.match(caption(result), word);
  }
});

test("where a panel has only the window below the tabs, the figure is lower", () => {
  const heightIn = (/** @type {Partial<View>} */ changes) =>
    norms.draw(answer("bptt"), viewWith(changes)).layout.height;
  assert.deepEqual([{}, { below: 400 }, { below: 223 }, { below: 160 }].map(heightIn), [176, 176, 157, 140]);
});
