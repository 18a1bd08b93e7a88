// Labels and arrows of the graph lab: widths, corners, spots beside an edge, heads.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrows } from "../../static/js/graph/arrows.js";
import { beside, cornersOf, overlap, placeLabels, upOf, widthOf } from "../../static/js/graph/labels.js";

/**
 * Eleven points, ten pixels apart, from the origin in the direction of an angle.
 * @param {number} degrees
 */
function way(degrees) {
  const turn = degrees * Math.PI / 180, dx = Math.cos(turn), dy = Math.sin(turn);
  return Array.from({ length: 11 }, (_, i) => ({ x: 10 * i * dx, y: 10 * i * dy, dx, dy }));
}

/** @param {number[]} numbers */
const rounded = (...numbers) => numbers.map((number) => Number(number.toFixed(2)) + 0);

test("a text is as wide as its letters, those of Korean and Chinese wider", () => {
  assert.deepEqual(rounded(widthOf("ab", 10), widthOf("가", 10), widthOf("a漢", 20)), [12.2, 10.6, 33.4]);
});

test("a turned box has turned corners", () => {
  const corners = (/** @type {number} */ angle) =>
    cornersOf({ x: 10, y: 20, width: 4, height: 2, angle }).map(({ x, y }) => rounded(x, y));
  assert.deepEqual(corners(0), [[8, 19], [12, 19], [12, 21], [8, 21]]);
  assert.deepEqual(corners(90), [[11, 18], [11, 22], [9, 22], [9, 18]]);
});

test("boxes keep three pixels apart, turned ones by their corners", () => {
  const box = { x: 0, y: 0, width: 10, height: 10, angle: 0 };
  const touches = (/** @type {number} */ x, /** @type {number} */ y, angle = 0) =>
    overlap(box, { ...box, x, y, angle });
  assert.deepEqual([touches(12.9, 0), touches(13, 0), touches(0, -12.9), touches(0, -13)], [
    true,
    false,
    true,
    false,
  ]);
  assert.deepEqual([touches(13, 0, 45), touches(15.2, 0, 45)], [true, false]);
  assert.equal(touches(14, 14, 45), false);
});

test("spots beside a flat edge are turned with it, those of a steep one stand upright", () => {
  const spots = (/** @type {number} */ degrees, above = true) =>
    beside(way(degrees), above, 6)(20, 10).map(({ x, y, angle }) => rounded(x, y, angle));
  assert.deepEqual(spots(0), [50, 40, 60, 30, 70, 20, 80].map((x) => [x, -11, 0]));
  assert.deepEqual(spots(0, false)[0], [50, 11, 0]);
  assert.deepEqual(spots(180)[0], [-50, -11, 0], "above is above, whichever way the edge runs");
  assert.deepEqual(spots(30)[0], [48.8, 15.47, 30]);
  assert.deepEqual(spots(90)[0], [-16, 50, 0]);
  assert.deepEqual(spots(45)[0], [47.1, 23.61, 0]);
  assert.deepEqual([0, 180, 90, -90].map((degrees) => upOf(way(degrees))), [1, -1, -1, 1]);
});

test("a label takes the first free spot within the room, with its longest text that fits", () => {
  const occupied = [{ x: 50, y: 25, width: 20, height: 20, angle: 0 }], room = { width: 100, height: 50 };
  /** @param {[number, number][]} places @param {string[]} [texts] */
  const placed = (places, texts = ["ab"]) => {
    const spots = () => places.map(([x, y]) => ({ x, y, angle: 0 }));
    const label = placeLabels([{ key: "k", texts, font: 10, spots }], occupied, room).get("k");
    return label && [label.text, label.x, label.y, ...rounded(label.width, label.height)];
  };
  assert.deepEqual(placed([[50, 25], [50, 8], [5, 25], [20, 25]]), ["ab", 20, 25, 12.2, 11.5]);
  assert.deepEqual(placed([[20, 25]], ["much too long", "ab"]), ["ab", 20, 25, 12.2, 11.5]);
  assert.deepEqual([placed([[95, 25]]), placed([[20, 5]]), placed([[20, 45]])], Array(3).fill(undefined));
  assert.deepEqual(placed([[6.2, 5.8]])?.slice(1, 3), [6.2, 5.8], "up to the very corner");
  const spots = () => [{ x: 20, y: 25, angle: 0 }, { x: 80, y: 25, angle: 0 }];
  const two = placeLabels(["a", "b"].map((key) => ({ key, texts: ["ab"], font: 10, spots })), [], room);
  assert.deepEqual([two.get("a")?.x, two.get("b")?.x], [20, 80], "the first come first");
});

test("arrows run beside the edge, forward above and backward below, each with its head", () => {
  const graph = /** @type {any} */ ({ edges: [{ from: "x", to: "f" }], output: "f" });
  const progress = /** @type {any} */ ({
    ...{
      forward: ["past"],
      backward: ["present"],
      output: { forward: "future", backward: null },
      only: null,
    },
  });
  const ways = { ways: [way(0)], out: way(0) };
  const drawn = arrows(graph, { ...progress, lit: null }, ways, "roomy").map(({ attributes, children }) => [
    attributes.class,
    ...children.map((child) =>
      typeof child === "string" ? child : child.attributes.d ?? child.attributes.points
    ),
  ]);
  const points = (/** @type {number[]} */ xs, /** @type {string} */ y) =>
    xs.map((x, i) => `${i ? "L" : "M"}${x}.0 ${y}`).join("");
  assert.deepEqual(drawn.map(([, ...shapes]) => shapes), [
    [points([0, 10, 20, 30, 40, 50, 60, 70, 80, 89], "-8.0"), "100.0,-8.0 89.0,-3.0 89.0,-13.0"],
    [points([100, 90, 80, 70, 60, 50, 40, 30, 20, 16], "8.0"), "0.0,8.0 16.0,-3.0 16.0,19.0"],
    [points([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], "-8.0")],
  ]);
  assert.deepEqual(drawn.map(([name]) => String(name).split(" ").slice(0, 3).join(" ")), [
    ...["arrow forward past", "arrow backward present", "arrow forward future"],
  ]);
});

test("what runs straight up or down but for rounding is told by its direction down", () => {
  const up = (/** @type {number} */ dx, /** @type {number} */ dy) => upOf([{ x: 0, y: 0, dx, dy }]);
  assert.deepEqual(
    [[0, 1], [-1e-6, 1], [1e-6, 1], [0, -1], [-1e-6, -1], [-2e-6, -1], [0, 0]].map(([x, y]) => up(x, y)),
    [
      ...[-1, -1, 1, 1, 1, -1, 1],
    ],
  );
});

test("a label fits into a room that is exactly as large as it is, and into none that is smaller", () => {
  const font = 10, width = widthOf("1", font), height = 1.15 * font;
  /** @param {number} x @param {number} y @param {{width: number, height: number}} room */
  const isPlaced = (x, y, room) => {
    const spots = () => [{ x: x + width / 2, y: y + height / 2, angle: 0 }];
    return placeLabels([{ key: "one", texts: ["1"], font, spots }], [], room).has("one");
  };
  assert.ok(isPlaced(0, 0, { width, height }));
  assert.ok(!isPlaced(-0.5, 0, { width, height }) && !isPlaced(0, -0.5, { width, height }));
  assert.ok(!isPlaced(0, 0, { width: width - 0.5, height }));
  assert.ok(!isPlaced(0, 0, { width, height: height - 0.5 }));
});
