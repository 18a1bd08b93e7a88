// Places of the gradient arrows of the unrolled graph: of all losses, and of one that is followed back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { backwardMarks, gradientLabel } from "../../static/js/explorer/unrolled/backward.js";
import { pathMarks } from "../../static/js/explorer/unrolled/path.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { answer, recorded, viewWith } from "./recorded.js";

// Four steps with a cut before step 2: middles at 168, 444, 720 and 996, the cut at 582, edges at a height of
// 315.25 from 5 px beside a cell 74 px wide to 5 px beside the next.
const WIDE = { width: 1164, height: 500 };

/** The smallest boxes around the outlines of a path: left, top, right, bottom. @param {string} path */
const boxes = (path) =>
  path.split("Z").filter(Boolean).map((outline) => {
    const points = [...outline.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)],
      [x, y] = [1, 2].map((i) => points.map((p) => Number(p[i])));
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)].join(" ");
  });

/** @param {object[]} labels */
const texts = (labels) =>
  /** @type {any[]} */ (labels).filter(({ label }) => label).map(({ x0, y0, label }) =>
    [label.text, x0 + 1, y0 + 1, label.font.size].join(" ")
  );

test("gradients of all losses run down through output, state and weights, and back to the step before", () => {
  const view = viewWith(WIDE),
    { buckets, stubs, labels, outlines } = backwardMarks(answer("bptt"), view, geometry(4, view));
  assert.deepEqual(buckets.slice(0, 5), ["", "", "", "", ""], "all in the darkest shade");
  assert.deepEqual(boxes(buckets[5]), [
    ...["170.5 73.5 191.5 107", "170.5 178 191.5 215", "170.5 367.5 191.5 429.5"],
    ...["447 73.5 467 107", "447 178 467 215", "447 367.5 467 429.5", "210 303.4 402 327.1"],
    ...["722.9 73.5 743.1 107", "722.9 178 743.1 215", "722.7 367.5 743.3 429.5"],
    ...["998 73.5 1020 107", "998 178 1020 215", "998.4 367.5 1019.6 429.5", "762 303 954 327.5"],
  ]);
  assert.deepEqual(
    boxes(stubs),
    ["574 305.4 591.8 323.3", "574 307.3 591.8 325.1", "592 314.4 678 316.1"],
    "the cut",
  );
  assert.deepEqual(texts(labels), ["0.15 306 336.25 15", "0.13 630 336.25 15", "0.18 858 336.25 15"]);
  assert.equal(outlines, "");
});

test("one loss is followed back, gray beyond the cut, with a pill as far as the step that is chosen", () => {
  const pair = recorded("pair"),
    view = viewWith({ ...WIDE, pair: { s: 3, t: 2 }, answers: { "/api/pair?v=1&s=3&t=2": pair } });
  const { buckets, stubs, behind: [pills, lost], labels } = pathMarks(
    answer("bptt"),
    view,
    geometry(4, view),
  );
  assert.deepEqual(buckets.map(boxes).slice(4), [
    ["723.4 367.5 742.6 429.5"],
    ["998 73.5 1020 107", "998 178 1020 215", "998.4 367.5 1019.6 429.5", "762 303 954 327.5"],
  ]);
  assert.deepEqual(boxes(stubs), ["574 305.4 591.8 323.3", "574 307.3 591.8 325.1"]);
  const path = (/** @type {object} */ shape) => boxes(/** @type {{path: string}} */ (shape).path);
  assert.deepEqual(path(pills), ["759 300.3 957 330.3"]);
  assert.deepEqual(path(lost), [
    ...["448.3 367.5 465.7 429.5", "486 304.6 572 325.9", "592 314.4 678 316.1"],
    ...["173.4 367.5 188.6 429.5", "210 305.6 402 324.9"],
  ]);
  assert.deepEqual(texts(labels), ["0.18 858 338.25 15", "0.082 534 338.25 15", "0.052 306 338.25 15"]);
  assert.deepEqual(path(labels[3]), [
    "154.1 38.6 181.9 66.4",
    "427.9 36.4 460.1 68.6",
    "703.1 35.6 736.9 69.4",
  ], "other losses");
});

test("a number under an arrow is smaller, then shorter, where there is less room", () => {
  const label = (/** @type {number} */ size, /** @type {number} */ room) => {
    const { text, font } = /** @type {any} */ (gradientLabel(0, 0, size, "#000", room)).label;
    return [text, Number(font.size.toFixed(2))];
  };
  assert.deepEqual([label(0.18, 99), label(0.18, 34), label(0.18, 20)], [["0.18", 15], ["0.18", 12.5], [
    "0.18",
    11,
  ]]);
  assert.deepEqual([label(1.2e-4, 80), label(1.2e-4, 50)], [["1.2×10⁻⁴", 15], ["1×10⁻⁴", 12.78]]);
});
