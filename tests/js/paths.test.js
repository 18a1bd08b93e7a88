// SVG paths of arrows and crosses.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrow,
  check,
  cross,
  disc,
  hatch,
  headOf,
  line,
  rect,
  roundBox,
  scissors,
  times,
} from "../../static/js/plot/paths.js";

/** @param {string} path */
const points = (path) =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("an arrow begins and ends where it is told, whatever its width and direction", () => {
  for (
    const [x0, y0, x1, y1] of [[0, 0, 100, 0], [50, 9, 0, 9], [3, 0, 3, 40], [3, 40, 3, 0], [0, 0, 7, 0]]
  ) {
    for (const width of [1, 11]) {
      const actual = points(arrow(x0, y0, x1, y1, width));
      assert.deepEqual(actual[3], [x1, y1], "the tip");
      const tail = [actual[0], actual[6]];
      assert.ok(Math.abs((tail[0][0] + tail[1][0]) / 2 - x0) < 0.11);
      assert.ok(Math.abs((tail[0][1] + tail[1][1]) / 2 - y0) < 0.11);
      assert.ok(Math.abs(Math.hypot(tail[0][0] - tail[1][0], tail[0][1] - tail[1][1]) - width) < 0.11);
    }
  }
});

test("an arrow shorter than a head is not drawn", () => {
  assert.deepEqual([arrow(5, 5, 5, 5, 3), arrow(0, 0, 6.9, 0, 3)], ["", ""]);
  assert.notEqual(arrow(0, 0, 7, 0, 3), "");
});

test("boxes and crosses keep to their place, and every outline is closed", () => {
  assert.equal(rect(1, 2, 3, 4), "M1.0,2.0L4.0,2.0L4.0,6.0L1.0,6.0Z");
  assert.equal(line(0, 1, 2, 3), "M0.0,1.0L2.0,3.0");
  for (const path of [rect(0, 0, 1, 1), roundBox(5, 5, 10, 4, 99), cross(5, 5, 4, 1), arrow(0, 0, 9, 0, 2)]) {
    assert.equal(path.match(/M/g)?.length, path.match(/Z/g)?.length);
  }
  for (const [x, y] of points(roundBox(5, 5, 10, 4, 99))) assert.ok(x >= 0 && x <= 10 && y >= 3 && y <= 7);
  for (const [x, y] of points(cross(5, 5, 4, 1))) assert.ok(Math.hypot(x - 5, y - 5) < 7.2);
});

test("the head of an arrow grows with its shaft, up to most of a short arrow", () => {
  assert.deepEqual(points(arrow(0, 0, 100, 0, 4)), [
    ...[[0, 2], [90, 2], [90, 6.4], [100, 0], [90, -6.4], [90, -2], [0, -2]],
  ]);
  assert.deepEqual(points(arrow(3, 0, 3, 40, 4)), [
    ...[[1, 0], [1, 30], [-3.4, 30], [3, 40], [9.4, 30], [5, 30], [5, 0]],
  ]);
  assert.deepEqual(points(arrow(0, 0, 10, 0, 8)).slice(1, 4), [[4, 4], [4, 4.5], [10, 0]]);
});

test("round boxes, discs and crosses are drawn about their middle", () => {
  assert.deepEqual(points(roundBox(10, 10, 20, 10, 3)), [
    ...[[3, 5], [17, 5], [20, 5], [20, 8], [20, 12], [20, 15], [17, 15]],
    ...[[3, 15], [0, 15], [0, 12], [0, 8], [0, 5], [3, 5]],
  ]);
  assert.deepEqual(points(roundBox(10, 10, 8, 20, 99))[0], [10, 0], "no rounder than its width");
  assert.deepEqual(points(disc(10, 10, 20)), [
    ...[[20, 10], [20, 15.5], [15.5, 20], [10, 20], [4.5, 20], [0, 15.5], [0, 10]],
    ...[[0, 4.5], [4.5, 0], [10, 0], [15.5, 0], [20, 4.5], [20, 10]],
  ]);
  assert.deepEqual(points(cross(5, 5, 4, 1)), [
    ...[[1, 1], [2, 0], [10, 8], [9, 9], [1, 9], [2, 10], [10, 2], [9, 1]],
  ]);
});

test("the head of an arrow is known to what stands beside it", () => {
  for (const [width, length] of [[4, 100], [15, 80], [8, 10]]) {
    const { head, barb } = headOf(width, length), [, neck, top, tip] = points(arrow(0, 0, length, 0, width));
    assert.ok(Math.abs(tip[0] - neck[0] - head) < 0.06 && Math.abs(top[1] - barb) < 0.06);
  }
});

test("strokes across a bar rise at 45 degrees, stay inside it, and keep their distance", () => {
  const strokes = hatch(10, 30, 50, 8).split("M").filter(Boolean).map((stroke) => points(`M${stroke}`));
  assert.ok(strokes.length >= 4);
  for (const [[x0, y0], [x1, y1]] of strokes) {
    assert.ok(Math.abs((x0 - x1) - (y1 - y0)) < 0.11 && x0 > x1, "up to the right");
    assert.ok(x1 >= 10 && x0 <= 30 && y0 >= 46 && y1 <= 54);
  }
  const along = strokes.map(([[x, y]]) => x + y);
  assert.ok(along.slice(1).every((at, i) => Math.abs(at - along[i] - 5) < 0.11));
  assert.equal(hatch(10, 10, 50, 0), "");
});

test("scissors have two rings below and two points above, checks and crosses keep to their size", () => {
  const drawn = scissors(100, 100, 16);
  assert.equal(drawn.match(/Z/g)?.length, 2, "rings");
  for (const [x, y] of points(drawn)) assert.ok(Math.abs(x - 100) <= 8 && Math.abs(y - 100) <= 8);
  assert.ok(
    points(drawn).some(([x, y]) => x < 100 && y < 93) && points(drawn).some(([x, y]) => x > 100 && y < 93),
  );
  assert.deepEqual(points(check(10, 10, 10)), [[5, 10], [8.6, 13.8], [15, 6]]);
  assert.deepEqual(points(times(10, 10, 10)), [[6, 6], [14, 14], [6, 14], [14, 6]]);
});
