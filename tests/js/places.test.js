// Coordinates of arrows and bars in the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aroundCells,
  backwardPlaces,
  barPlaces,
  edge,
  forwardPlaces,
} from "../../static/js/explorer/unrolled/places.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { viewWith } from "./recorded.js";

/** Columns 160 px wide, cells from y = 120 to 240. @type {Geometry} */
const G = {
  ...geometry(2, viewWith()),
  level: "wide",
  rows: { loss: 20, output: 60, top: 120, bottom: 240, hidden: 180, input: 300 },
  lanes: { forward: 100, backward: 260 },
  ...{ c: 160, cell: 74, box: 46, loss: 10, gap: 5 },
  aside: { x: 13, y: 24 },
  output: { width: 116, height: 40, head: 11, foot: 22 },
  cx: (t) => 80 + 160 * t,
};

test("forward arrows run from box to box, left of the middle and above it", () => {
  assert.deepEqual(forwardPlaces(1, G), {
    input: [227, 272, 227, 245],
    past: [122, 156, 198, 156],
    output: [227, 115, 227, 85],
    loss: [227, 35, 227, 31],
  });
  assert.equal(forwardPlaces(0, G).past, null);
});

test("gradients run the same ways back, right of the middle and below it", () => {
  assert.deepEqual(backwardPlaces(1, G), {
    loss: [253, 31, 253, 35],
    output: [253, 85, 253, 115],
    share: [253, 245, 253, 272],
    past: [198, 204, 122, 204],
  });
  assert.equal(backwardPlaces(0, G).past, null);
});

test("in middling columns arrows keep a pixel more away, in narrow ones they have lanes", () => {
  assert.deepEqual(edge(1, { ...G, level: "middle" }), { from: 123, to: 197, forward: 156, backward: 204 });
  const compact = /** @type {Geometry} */ ({ ...G, level: "compact" });
  assert.deepEqual(edge(1, compact), { from: 81.5, to: 238.5, forward: 100, backward: 260 });
  assert.deepEqual(aroundCells(G), [115, 245]);
  assert.deepEqual(aroundCells(compact), [95, 269]);
});

/** @param {Table | null} p @param {Table} o @param {string[]} vocabulary @param {string[]} [targets] */
const bars = (p, o, vocabulary, targets = []) =>
  barPlaces(/** @type {any} */ ({ forward: { p, o }, vocabulary, targets }), G);

test("bars of probabilities stand on a floor in slots of one width, and small ones fill half the box", () => {
  const { width, x, y } = bars([[0.1, 0.3, 0.2, 0.1]], [], ["a", "b", "c", "d"]);
  assert.equal(width, 25);
  assert.deepEqual([x(0, 0), x(1, 2)], [30, 240]);
  assert.deepEqual([y(0), y(0.3), y(0.6)], [58, 54.5, 51]);
  const certain = bars([[0.2, 0.8, null, 0]], [], ["a", "b", "c", "d"]);
  assert.deepEqual([certain.y(0), certain.y(1)], [58, 51]);
  assert.deepEqual([bars([[0]], [], ["a"]).y(0), bars([[0]], [], ["a"]).y(1)], [58, 51]);
});

test("bars of signed outputs have room for all outputs and targets", () => {
  const letters = bars(null, [[-0.5, 0.25]], ["a", "b"]);
  assert.deepEqual([letters.y(-0.5), letters.y(1)], [58, 51]);
  const numbers = bars(null, [[0.5], [null]], [], ["2", "-1"]);
  assert.deepEqual([numbers.width, numbers.y(-1), numbers.y(2), numbers.y(0.5)], [100, 58, 51, 54.5]);
  const zeros = bars(null, [[0]], [], ["0"]);
  assert.deepEqual([zeros.y(0), zeros.y(1)], [58, 51]);
});
