// Ruler above the unrolled graph: brackets over the blocks, and their names.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { rulerShapes } from "../../static/js/explorer/unrolled/ruler.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{path?: string, x0: number, label?: {text: string}}} Shape */

/** @param {Result} result @param {Partial<View>} [changes] */
function ruler(result, changes = {}) {
  const view = viewWith({ height: 500, ...changes }), g = penOf(result, view);
  const name = (/** @type {object} */ _, /** @type {number} */ i) => String(i + 1);
  return { g, shapes: /** @type {Shape[]} */ (rulerShapes(result.blocks, name, view, g)) };
}

/** @param {number} k @param {number} T @returns {Result} */
function blocksOf(k, T = 60) {
  const result = answer("long"),
    h_in = result.forward.h0,
    starts = [...Array(Math.ceil(T / k)).keys()].map((i) => i * k);
  return { ...result, blocks: starts.map((start) => ({ start, stop: Math.min(T, start + k), h_in })) };
}

test("a bracket spans its block with room for what stands on the lines, with ends at the two outer ones", () => {
  const { g, shapes: [{ path = "" }] } = ruler(answer("bptt"), { width: 1164 });
  const strokes = [...path.matchAll(/M(-?[\d.]+),(-?[\d.]+)L(-?[\d.]+),(-?[\d.]+)/g)].map((found) =>
    found.slice(1).map(Number)
  );
  const line = g.cx(2) - g.c / 2, [left, right] = [g.left + 2, g.left + 4 * g.c - 2];
  assert.deepEqual(strokes, [
    [left, 17, line - 28, 17],
    [left, 17, left, 22],
    [line + 28, 17, right, 17],
    [right, 17, right, 22],
  ]);
});

test("names stand over the middles of their blocks", () => {
  const { g, shapes } = ruler(answer("bptt"), { width: 1164 });
  const names = shapes.flatMap(({ label, x0 }) => label ? [[label.text, x0 + 1]] : []);
  assert.deepEqual(names, [["1", (g.cx(0) + g.cx(1)) / 2], ["2", (g.cx(2) + g.cx(3)) / 2]]);
});

test("blocks are named with their steps, by their number alone where there is less room", () => {
  const names = (/** @type {string} */ name, /** @type {number} */ width) =>
    /** @type {Shape[]} */ (graph.shapes(answer(name), viewWith({ width }))).flatMap(({ label }) =>
      label && /^(block|segment|\d+$)/.test(label.text) ? [label.text] : []
    );
  assert.deepEqual(names("bptt", 1164), ["block 1 · t = 0–1", "block 2 · t = 2–3"]);
  assert.deepEqual([names("bptt", 304), names("bptt", 160)], [["block 1", "block 2"], ["1", "2"]]);
  assert.deepEqual(names("randomized", 1264), [
    "segment 1 · t = 0",
    "segment 2 · t = 1–2",
    "segment 3 · t = 3",
    "segment 4 · t = 4",
  ]);
});

test("one block has no ruler, and a hundred narrow ones no names", () => {
  assert.deepEqual(ruler(answer("full")).shapes, []);
  const { shapes } = ruler(blocksOf(1), { width: 1204 });
  assert.equal(shapes.some(({ label }) => label), false);
  assert.doesNotMatch(JSON.stringify(shapes), /NaN/);
});

test("of a long sequence only the blocks in sight are named", () => {
  const { shapes } = ruler(blocksOf(7), { width: 404, columns: { start: 20, stop: 30 } });
  assert.deepEqual(shapes.flatMap(({ label }) => label?.text ?? []), ["3", "4", "5"]);
});
