// The figures that are drawn before plotly.js is here, and the points under the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { figure, label, path, text } from "../../static/js/plot/figure.js";
import { pointAt } from "../../static/js/plot/hit-test.js";
import { canDraw, drawing, heatCells } from "../../static/js/plot/svg-figure.js";
import { frameOf, storyOf } from "../../static/js/explorer/start-page/story.js";
import { longAnswer } from "./long.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

const VIEWS = {
  wide: viewWith(),
  phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }),
  played: viewWith({ at: { phase: "backward", t: 1, line: 2, walk: 0 } }),
  marked: viewWith({ only: "back", veil: "y" }),
};
const PENS = { image: () => "data:", height: () => 16 };

/** @param {object[]} data @param {object[]} shapes */
const plain = (data, shapes) => figure(data, shapes, { width: 300, height: 100 }, VIEWS.wide);
/** @param {Tree} tree @param {string} tag @returns {Tree[]} */
const all = (tree, tag) => [
  ...(tree.tag === tag ? [tree] : []),
  ...tree.children.flatMap((child) => typeof child === "string" ? [] : all(child, tag)),
];

for (const name of ANSWERS) {
  for (const [shape, view] of Object.entries(VIEWS)) {
    test(`${name} ${shape} is drawn without plotly.js, with every word and every shape`, () => {
      const drawn = graph.draw(answer(name), view);
      assert.ok(canDraw(drawn));
      const tree = drawing(drawn, PENS), words = all(tree, "text").map(({ children }) => children[0]);
      const { shapes } = /** @type {{shapes: any[]}} */ (drawn.layout);
      const given = /** @type {any[]} */ (drawn.data).flatMap((
        { mode, text },
      ) => (mode === "text" ? text : []));
      const labels = shapes.flatMap(({ label }) => label?.text ?? []);
      assert.deepEqual(words.toSorted(), [...given, ...labels].filter(Boolean).toSorted());
      assert.equal(all(tree, "path").length, shapes.length);
      assert.doesNotMatch(JSON.stringify(tree), /NaN|undefined|Infinity/);
    });
  }
}

test("a part of a long sequence has whole pixels, so that plotly.js draws it in the same place", () => {
  const view = viewWith({ columns: { start: 70, stop: 171 } }),
    drawn = graph.draw(longAnswer(190, null), view);
  const { xaxis, width } = /** @type {any} */ (drawn.layout);
  assert.ok(Number.isInteger(xaxis.range[0]) && Number.isInteger(width));
  assert.ok(canDraw(drawn));
});

test("the story of the start page is drawn without plotly.js, with its callout", () => {
  const result = answer("bptt"), story = storyOf(result), T = result.tokens.length;
  assert.ok(story);
  for (const beat of [1, 2, 3]) {
    const told = { ...story, ...frameOf(story, T, beat), at: null };
    const drawn = graph.draw(result, viewWith({ pair: { s: story.s, t: story.s }, story: told }));
    assert.ok(canDraw(drawn));
    const words = all(drawing(drawn, PENS), "text").map(({ children }) => String(children[0]));
    assert.ok(words.some((word) => word.startsWith("It says")), `beat ${beat}`);
  }
});

test("what is not known is refused", () => {
  const letters = text([1], [1], ["a"], { size: 10, color: "#000000" }),
    line = path("M0,0L1,1", { stroke: "#000000" });
  assert.ok(canDraw(plain([letters], [line])));
  for (
    const [data, shape] of /** @type {[object, object][]} */ ([
      [{ ...letters, text: ["<b>a</b>"] }, line],
      [{ ...letters, text: ["&amp;"] }, line],
      [{ ...letters, textposition: "top center" }, line],
      [{ ...letters, mode: "lines" }, line],
      [{ ...letters, error_y: {} }, line],
      [{ type: "bar", x: [1], y: [1] }, line],
      [letters, { ...line, xref: "paper" }],
      [letters, { ...line, type: "circle" }],
      [letters, { ...line, layer: "between" }],
      [letters, label(1, 1, "a<br>b", { size: 10, color: "#000000" })],
    ])
  ) {
    assert.ok(!canDraw(plain([data], [shape])), JSON.stringify([data, shape]));
  }
  assert.ok(!canDraw(norms.draw(answer("bptt"), VIEWS.wide)));
  const half = plain([letters], [line]);
  assert.ok(!canDraw({ ...half, layout: { ...half.layout, width: 300.5 } }));
});

test("a single < or & is no markup", () => {
  assert.ok(canDraw(plain([text([1, 2], [1, 1], ["<", "&"], { size: 10, color: "#000000" })], [])));
});

test("the cells of a heat map are whole pixels of its image, mixed between the colors of its scale", () => {
  const { x, y, width, height, cells } = heatCells({
    ...{
      x: [10.4, 20.6, 30.4],
      y: [5, 8.4],
      z: [[-1, null], [1, 1]],
      zmin: -1,
      zmax: 1,
      xgap: 0.01,
      ygap: 2,
    },
    ...{ colorscale: [[0, "#000000"], [0.5, "#808080"], [1, "#ff0000"]] },
  });
  assert.deepEqual({ x, y, width, height }, { x: 10.4, y: 5, width: 20, height: 3 });
  assert.deepEqual(cells, [{ x: 0, y: 1, width: 9.99, height: 1, fill: "rgb(0,0,0)" }]);
});

test("a value is mixed between the two colors around it, and beyond the scale has the color of its end", () => {
  const colorscale =
    /** @type {[number, string][]} */ ([[0, "#000000"], [0.5, "#646464"], [0.75, "#c86464"], [1, "#c8c8c8"]]);
  const values = [-9, -1, -0.5, 0, 0.25, 0.5, 0.75, 1, 9], x = [...values.keys(), values.length];
  const { cells } = heatCells({ x, y: [0, 5], z: [values], zmin: -1, zmax: 1, xgap: 0, ygap: 0, colorscale });
  assert.deepEqual(cells.map(({ fill }) => fill), [
    ...[
      "rgb(0,0,0)",
      "rgb(0,0,0)",
      "rgb(50,50,50)",
      "rgb(100,100,100)",
      "rgb(150,100,100)",
      "rgb(200,100,100)",
    ],
    ...["rgb(200,150,150)", "rgb(200,200,200)", "rgb(200,200,200)"],
  ]);
});

test("shapes below and above stand behind and before the traces, as plotly.js puts them", () => {
  const above = path("M1,1L2,2", { fill: "#000001", layer: "above" }),
    below = path("M3,3L4,4", { fill: "#000002" });
  const letters = text([1], [1], ["a"], { size: 10, color: "#000000" });
  const order = drawing(plain([letters], [above, below]), PENS).children.map((child) =>
    /** @type {Tree} */ (child).attributes.fill ?? /** @type {Tree} */ (child).tag
  );
  assert.deepEqual(order, ["#000002", "g", "#000001"]);
});

test("coordinates are rounded as plotly.js rounds them", () => {
  const [shape] = drawing(plain([], [path("M0.12345,1L2,3.9999Z", {})]), PENS).children;
  assert.equal(/** @type {Tree} */ (shape).attributes.d, "M0.12,1L2,4Z");
});

test("a label stands by the height of its letters", () => {
  const shape = label(50, 40, "0.5", { size: 12, color: "#000000", family: "serif" });
  const [word] = all(drawing(plain([], [shape]), PENS), "text");
  assert.deepEqual([word.attributes.x, word.attributes.y], [50, 40 - 8 + 12]);
});

test("the pointer finds a node, an edge, a cell of a state and nothing beyond", () => {
  const result = answer("bptt"), drawn = graph.draw(result, VIEWS.wide), g = penOf(result, VIEWS.wide);
  const target = (/** @type {number} */ x, /** @type {number} */ y) => {
    const point = pointAt(drawn, x, y);
    return point && graph.target(point);
  };
  assert.deepEqual(target(g.cx(1) + 5, g.rows.input - 5), { kind: "x", t: 1 });
  assert.deepEqual(target(g.cx(2), g.rows.loss), { kind: "L", t: 2 });
  const high = (g.rows.bottom - g.rows.top) / result.forward.h[0].length;
  assert.deepEqual(target(g.cx(2) + 30, g.rows.top + 3.5 * high), { kind: "h", unit: 3, t: 2 });
  assert.equal(target(g.cx(2) - g.c / 2, g.rows.input), null); // between two inputs
  assert.equal(target(-50, -50), null);
});

test("the nearest point in reach wins over a cell, and none is found beyond the reach", () => {
  const points = {
    type: "scatter",
    mode: "none",
    x: [10, 30],
    y: [10, 10],
    customdata: [["x", 0], ["x", 1]],
    hoverinfo: "none",
  };
  const skipped = { ...points, x: [11], y: [11], hoverinfo: "skip" };
  const heat = { type: "heatmap", x: [0, 50], y: [0, 50], z: [[1]], hoverinfo: "none" };
  const drawn = plain([heat, points, skipped], []);
  assert.deepEqual(pointAt(drawn, 18, 10)?.customdata, ["x", 0]);
  assert.deepEqual(pointAt(drawn, 22, 10)?.customdata, ["x", 1]);
  assert.deepEqual(pointAt(drawn, 30, 26.4)?.customdata, ["x", 1]); // 16 px from a mark of half a pixel
  assert.deepEqual(pointAt(drawn, 30, 26.6)?.pointNumber, [0, 0]);
  assert.equal(pointAt(drawn, 60, 60), null);
});
