// Cut edges of the unrolled graph: where the scissors stand, and what is thrown away beyond them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasScissors } from "../../static/js/explorer/unrolled/backward.js";
import {
  addCut,
  addEnd,
  addLost,
  cutPlace,
  noCuts,
  scissorsSize,
} from "../../static/js/explorer/unrolled/cuts.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { edge } from "../../static/js/explorer/unrolled/places.js";
import { answer, viewWith } from "./recorded.js";

const RANGE = { low: -2, high: 0 };
const g = penOf(answer("bptt"), viewWith({ width: 1164, height: 500 })), [chain] = g.chains;

/** Left, top, right and bottom of a path. @param {string} path */
function box(path) {
  const points = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const [x, y] = [0, 1].map((i) => points.map((point) => point[i]));
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

test("what arrives ends at the line with a flat end as thick as what would pass", () => {
  const paths = noCuts(), { to, backward: y } = edge(2, g);
  addCut(paths, 2, chain, 1, g, RANGE);
  const [left, top, right, bottom] = box(paths.stubs);
  assert.deepEqual([left, right], [cutPlace(2, g), to]);
  assert.ok(Math.abs(bottom - top - 15) < 0.11, "the largest of the range");
  assert.ok(Math.abs((top + bottom) / 2 - y) < 0.11);
});

test("the scissors stand on the line, and the lost rest goes on from them to the state before", () => {
  const paths = noCuts(), x = cutPlace(2, g), r = scissorsSize(g) / 2;
  addCut(paths, 2, chain, 0.1, g, RANGE);
  assert.deepEqual([box(paths.discs)[0], box(paths.discs)[2]], [x - r, x + r]);
  const [left, , right] = box(paths.outlines);
  assert.deepEqual([left, right], [edge(2, g).from, x - r]);
  assert.ok(box(paths.hatches)[0] > left && box(paths.hatches)[2] <= right, "hatched up to its head");
  assert.ok(paths.blades);
});

test("without room the scissors are left out, and a rest of less than an arrow too", () => {
  const paths = noCuts();
  addCut(paths, 2, chain, 0.1, g, RANGE, false);
  assert.deepEqual([paths.discs, paths.blades], ["", ""]);
  assert.ok(paths.stubs && paths.outlines);
  const short = noCuts();
  addLost(short, 111, 100, 50, 4);
  assert.deepEqual(short, noCuts());
  addLost(short, 112, 100, 50, 4);
  assert.ok(short.small && !short.outlines && !short.hatches, "a small one is plain gray");
  const long = noCuts();
  addLost(long, 120, 100, 50, 4);
  assert.ok(long.outlines && long.hatches && !long.small);
});

test("the end of one backward pass says nothing about what it would have brought", () => {
  const paths = noCuts();
  addEnd(paths, 2, chain, g);
  assert.deepEqual([paths.outlines, paths.hatches], ["", ""]);
  assert.ok(Math.abs(box(paths.stubs)[3] - box(paths.stubs)[1] - 2.5) < 0.11, "as thin as can be");
});

test("in narrow columns scissors stand only where they are at least sixty pixels apart", () => {
  const compact = /** @type {Geometry} */ ({ ...g, level: "compact", c: 20 });
  const run = (/** @type {number} */ blocks) => /** @type {any} */ ({
    tokens: Array(60),
    blocks: Array(blocks),
  });
  assert.deepEqual([20, 21].map((blocks) => hasScissors(run(blocks), compact)), [true, false]);
  assert.equal(hasScissors(run(60), g), true);
});
