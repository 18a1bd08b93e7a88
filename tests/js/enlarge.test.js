// Figures enlarged with the page: coordinates stay, and every length that plotly.js takes in CSS pixels grows alike.

import assert from "node:assert/strict";
import { test } from "node:test";
import { enlarged, enlargedShapes } from "../../static/js/plot/enlarge.js";
import { figure, label, path, text } from "../../static/js/plot/figure.js";
import { COLORS } from "./drawings/colors.js";

const VIEW = /** @type {any} */ ({ font: "Face", colors: COLORS });

/** What is drawn of a figure of one unit: pixels of x and y for a point of its data. @param {Figure} drawn @param {number} x @param {number} y */
function pixels({ layout }, x, y) {
  const { width, height, xaxis, yaxis } = /** @type {any} */ (layout);
  const at = (/** @type {number[]} */ [from, to], /** @type {number} */ value) =>
    (value - from) / (to - from);
  return [width * at(xaxis.range, x), height * (1 - at(yaxis.range, y))].map((px) => Number(px.toFixed(9)));
}

test("at a unit of 1 a figure is drawn as it is", () => {
  const plain = figure([], [], { width: 400, height: 300 }, VIEW);
  assert.equal(enlarged(plain, 1), plain);
});

test("a point of the data is drawn as much further from the corner as the unit says", () => {
  const plain = figure([], [], { left: 100, width: 400, height: 300 }, VIEW), large = enlarged(plain, 1.25);
  assert.deepEqual(pixels(plain, 150, 60), [50, 60]);
  assert.deepEqual(pixels(large, 150, 60), [62.5, 75]);
  assert.deepEqual([large.layout.width, large.layout.height], [500, 375]);
});

test("letters, lines, dashes, gaps and marks grow, one by one or all alike", () => {
  const traces = [
    text([1], [2], ["a"], { size: 14, color: "ink" }),
    text([1, 2], [2, 3], ["a", "b"], { size: [14, 16], color: "ink" }),
    { type: "scatter", marker: { size: [10, 20], line: { width: 2 } }, line: { width: 3, dash: "4px,2px" } },
    { type: "heatmap", x: [0, 1], z: [[8]], xgap: 2, ygap: 4 },
  ];
  const shapes = [
    path("M1,2L3,4", { stroke: "ink", width: 1.6, dash: "5px,5px" }),
    label(5, 6, "x", { size: 20, color: "ink" }),
  ];
  const { data, layout } =
    /** @type {any} */ (enlarged(figure(traces, shapes, { width: 80, height: 40 }, VIEW), 1.5));
  assert.equal(data[0].textfont.size, 21);
  assert.deepEqual(data[1].textfont.size, [21, 24]);
  assert.deepEqual(data[2].marker, { size: [15, 30], line: { width: 3 } });
  assert.deepEqual(data[2].line, { width: 4.5, dash: "6px,3px" });
  assert.deepEqual(data[3], { type: "heatmap", x: [0, 1], z: [[8]], xgap: 3, ygap: 6 });
  assert.deepEqual([data[0].x, data[0].y, layout.shapes[0].path], [[1], [2], "M1,2L3,4"]);
  assert.equal(layout.shapes[0].line.width.toFixed(2), "2.40");
  assert.equal(layout.shapes[0].line.dash, "7.5px,7.5px");
  assert.equal(layout.shapes[1].label.font.size, 30);
  assert.equal(layout.shapes[1].x0, 4);
  assert.equal(layout.hoverdistance, 24);
  assert.deepEqual(enlargedShapes(shapes, 1.5), layout.shapes);
});

test("axes, margins and titles of a chart grow, its ranges and colors do not", () => {
  const layout = {
    ...{
      width: 400,
      height: 200,
      margin: { l: 52, r: 10, t: 10, b: 44 },
      font: { size: 14, color: "#101010" },
    },
    xaxis: {
      range: [0, 14],
      tickfont: { size: 13 },
      title: { text: "12 updates", font: { size: 14 }, standoff: 6 },
    },
  };
  const large = /** @type {any} */ (enlarged(/** @type {any} */ ({ data: [], layout }), 1.25)).layout;
  assert.deepEqual(large.margin, { l: 65, r: 12.5, t: 12.5, b: 55 });
  assert.deepEqual(large.font, { size: 17.5, color: "#101010" });
  assert.deepEqual(large.xaxis, {
    ...{ range: [0, 14], tickfont: { size: 16.25 } },
    title: { text: "12 updates", font: { size: 17.5 }, standoff: 7.5 },
  });
  assert.equal(large.hoverlabel.font.size, 16.25);
});
