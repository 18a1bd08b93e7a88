// Coordinates of arrows and of their numbers in the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aroundCells,
  backwardPlaces,
  edge,
  forwardPlaces,
  numberPlace,
} from "../../static/js/explorer/unrolled/places.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { viewWith } from "./recorded.js";

/** @type {Geometry["chains"][number]} */
const CHAIN = {
  ...{ vector: "h", top: 120, bottom: 240, hidden: 180 },
  ...{ forward: 156, backward: 204, numbers: null },
};
/** The same in lanes. @type {Geometry["chains"][number]} */
const LANES = { ...CHAIN, forward: 100, backward: 260 };

/** Columns 160 px wide, cells from y = 120 to 240. @type {Geometry} */
const G = {
  ...geometry(2, viewWith()),
  level: "wide",
  rows: { loss: 20, output: 60, top: 120, bottom: 240, hidden: 180, foot: 240, input: 300, numbers: null },
  chains: [CHAIN],
  lanes: { forward: 100, backward: 260 },
  ...{ c: 160, cell: 74, box: 46, loss: 10, gap: 5 },
  aside: { x: 13, y: 24 },
  output: { width: 116, height: 40 },
  cx: (t) => 80 + 160 * t,
};

test("forward arrows run from box to box, left of the middle and above it", () => {
  assert.deepEqual(forwardPlaces(1, G), {
    input: [227, 272, 227, 245],
    past: [[126, 156, 194, 156]],
    output: [227, 115, 227, 85],
    loss: [227, 35, 227, 31],
  });
  assert.deepEqual(forwardPlaces(0, G).past, []);
});

test("gradients run the same ways back, right of the middle and below it", () => {
  assert.deepEqual(backwardPlaces(1, G), {
    loss: [253, 31, 253, 35],
    output: [253, 85, 253, 115],
    share: [253, 245, 253, 272],
    past: [{ chain: CHAIN, place: [194, 204, 126, 204] }],
  });
  assert.deepEqual(backwardPlaces(0, G).past, []);
});

test("arrows keep four pixels away from the frames of the states, in narrow columns they have lanes", () => {
  assert.deepEqual(edge(1, { ...G, level: "middle" }), { from: 126, to: 194, forward: 156, backward: 204 });
  const compact = /** @type {Geometry} */ ({ ...G, level: "compact", chains: [LANES] });
  assert.deepEqual(edge(1, compact), { from: 81.5, to: 238.5, forward: 100, backward: 260 });
  assert.deepEqual(aroundCells(G), [115, 245]);
  assert.deepEqual(aroundCells(compact), [95, 269]);
});

test("a number stands under its arrow, at a cut left of the line, or nowhere if there is no room", () => {
  assert.deepEqual(numberPlace(1, G, CHAIN, 126, 194), { x: 160, y: 224, room: 76 });
  assert.deepEqual(numberPlace(1, G, CHAIN, 126, 160, true), { x: 141, y: 224, room: 40 });
  assert.equal(numberPlace(1, G, CHAIN, 126, 155), null);
});

test("in a row of numbers each stands between its two steps, whatever the room under the arrow", () => {
  assert.deepEqual(numberPlace(1, G, { ...CHAIN, numbers: 255 }, 126, 130, true), {
    x: 160,
    y: 255,
    room: 150,
  });
});

test("in lanes only what is thrown away has a number, beside its line", () => {
  const g = /** @type {Geometry} */ ({ ...G, level: "compact", tails: { top: 270, height: 52 } });
  assert.equal(numberPlace(1, g, LANES, 0, 100), null);
  assert.deepEqual(numberPlace(1, g, LANES, 0, 100, true), { x: 184, y: 283, room: 44 });
  assert.equal(numberPlace(1, { ...g, tails: null }, LANES, 0, 100, true), null, "in a low picture");
});
