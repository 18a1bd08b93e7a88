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

test("the caption states only what holds for this run", () => {
  assert.match(caption(answer("bptt")), /last block agrees.*Furthest apart at t = \d/);
  assert.match(caption(answer("window")), /last 3 steps agree/);
  assert.match(caption(answer("randomized")), /one draw/);
  assert.match(caption(answer("last")), /2 steps get no gradient at all/);
  assert.match(caption(answer("full")), /^Nothing is cut\./);
  const result = answer("bptt");
  result.truncated.dh_norm[3] = Number(result.full.dh_norm[3]) * 2;
  assert.doesNotMatch(caption(result), /agree/);
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
