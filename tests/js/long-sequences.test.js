// Long sequences: drawn columns, windows of a result, and scrolling.

import assert from "node:assert/strict";
import { test } from "node:test";
import { broughtInSight, columnsFor, inSight } from "../../static/js/plot/columns.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { describeTarget } from "../../static/js/explorer/describe-target.js";
import { describeStep } from "../../static/js/explorer/readout.js";
import { gradientRange } from "../../static/js/plot/scale.js";
import { missing, row, windowFrom } from "../../static/js/plot/windowed.js";
import { edgeState } from "../../static/js/explorer/unrolled/backward.js";
import { longAnswer } from "./long.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

/** @typedef {{path?: string, label?: {text: string}}[]} Shapes */

/** @param {{start: number, stop: number}} outer @param {{start: number, stop: number}} inner */
const within = (outer, inner) => outer.start <= inner.start && inner.stop <= outer.stop;

test("up to sixty columns are drawn at once", () => {
  assert.deepEqual(columnsFor(60, { start: 10, stop: 20 }), { start: 0, stop: 60 });
});

test("of more, what is in sight and as many on either side are drawn, at most as many as a window holds", () => {
  assert.deepEqual(columnsFor(1000, { start: 400, stop: 441 }), { start: 359, stop: 482 });
  assert.deepEqual(columnsFor(1000, { start: 0, stop: 41 }), { start: 0, stop: 82 });
  assert.deepEqual(columnsFor(1000, { start: 959, stop: 1000 }), { start: 918, stop: 1000 });
  const { start, stop } = columnsFor(1000, { start: 400, stop: 470 });
  assert.ok(stop - start <= 150);
});

test("scrolling redraws only when what is drawn would soon end, and never shows an empty place", () => {
  const seen = 41;
  /** @type {{start: number, stop: number} | undefined} */
  let drawn;
  let redrawn = 0;
  for (let first = 0; first <= 1000 - seen; first += 3) {
    const sight = { start: first, stop: first + seen }, now = columnsFor(1000, sight, drawn);
    if (now !== drawn) redrawn += 1;
    assert.ok(within(now, sight));
    drawn = now;
  }
  assert.ok(redrawn < 1000 / 20, `${redrawn} times`);
});

test("at either end of the sequence nothing is drawn anew, however close the end of what is drawn", () => {
  for (
    const [sight, drawn] of [
      [{ start: 959, stop: 1000 }, { start: 900, stop: 1000 }],
      [{ start: 0, stop: 41 }, { start: 0, stop: 100 }],
    ]
  ) assert.equal(columnsFor(1000, sight, drawn), drawn);
  for (
    const [sight, drawn] of [
      [{ start: 950, stop: 991 }, { start: 900, stop: 999 }],
      [{ start: 5, stop: 46 }, { start: 1, stop: 100 }],
    ]
  ) assert.notEqual(columnsFor(1000, sight, drawn), drawn);
});

test("columns drawn of a longer sequence are not kept for a shorter one", () => {
  const sight = { start: 80, stop: 100 };
  assert.ok(columnsFor(100, sight, { start: 60, stop: 180 }).stop <= 100);
});

test("a column in sight to its very edges stays where it is, any other comes into the middle", () => {
  const g = { c: 20, cx: (/** @type {number} */ t) => 10 + 20 * t }, stage = { left: 100, width: 200 };
  assert.deepEqual([5, 14].map((t) => broughtInSight(t, g, stage)), [100, 100]);
  assert.deepEqual([4, 15, 0].map((t) => broughtInSight(t, g, stage)), [0, 210, 0]);
  assert.deepEqual(inSight(1000, g, stage), { start: 5, stop: 15 });
  assert.deepEqual(inSight(1000, g, { left: 101, width: 200 }), { start: 5, stop: 16 });
  assert.deepEqual(inSight(4, g, stage), { start: 3, stop: 4 });
  const { start, stop } = inSight(1000, g, { left: g.cx(7) - 0.2 * g.c, width: 0.4 * g.c });
  assert.deepEqual([start, stop], [7, 8], "less than a column");
});

test("the columns in sight are those under the stage's window", () => {
  const g = geometry(1000, viewWith());
  assert.deepEqual(inSight(1000, g, { left: 0, width: 1164 }).start, 0);
  const sight = inSight(1000, g, { left: 500 * g.c, width: 1164 });
  assert.ok(g.cx(sight.start) - g.c / 2 <= 500 * g.c && g.cx(sight.stop - 1) + g.c / 2 >= 500 * g.c + 1164);
  const left = broughtInSight(700, g, { left: 0, width: 1164 });
  assert.ok(within(inSight(1000, g, { left, width: 1164 }), { start: 700, stop: 701 }));
  assert.equal(broughtInSight(3, g, { left: 7, width: 1164 }), 7, "what is in sight moves nothing");
});

test("a window begins at a fiftieth step and holds all columns that are ever drawn", () => {
  for (const T of [201, 230, 400, 999, 1000]) {
    for (let first = 0; first + 41 <= T; first += 7) {
      const columns = columnsFor(T, { start: first, stop: first + 41 }), from = windowFrom(columns, T);
      assert.equal(from % 50, 0);
      assert.ok(within({ start: from, stop: Math.min(T, from + 200) }, columns), `${T} ${first} ${from}`);
    }
  }
  assert.equal(windowFrom({ start: 100, stop: 150 }, 200), 0);
});

test("an answer is asked again only for columns that it does not hold", () => {
  const result = longAnswer(1000, { start: 200, stop: 400 });
  assert.equal(missing(result, { start: 230, stop: 350 }), null);
  assert.notEqual(missing(result, { start: 210, stop: 330 }), null, "a little ahead of time");
  const from = missing(result, { start: 350, stop: 470 });
  assert.ok(from !== null && from <= 350 && from + 200 >= 470);
  assert.equal(missing(answer("bptt"), { start: 0, stop: 4 }), null);
});

test("a row is found by its step, and is null outside the result's window", () => {
  const result = longAnswer(1000, { start: 200, stop: 400 }), all = longAnswer(1000);
  assert.deepEqual(row(result, result.truncated.dh, 250), all.truncated.dh[250]);
  assert.equal(row(result, result.truncated.dh, 199), null);
  assert.equal(row(result, result.truncated.dh, 400), null);
});

for (const [name, shape] of Object.entries({ wide: {}, phone: { width: 344, height: 500, phone: true } })) {
  test(`a long sequence is drawn by its columns on a ${name} screen, whatever the answer holds`, () => {
    for (const window of [null, { start: 300, stop: 500 }, { start: 0, stop: 200 }]) {
      const result = longAnswer(1000, window), columns = { start: 350, stop: 470 };
      const view = viewWith({ ...shape, columns });
      for (const panel of [graph, norms]) {
        const figure = panel.draw(result, view);
        assert.doesNotMatch(JSON.stringify(figure), /NaN|undefined|Infinity/);
        assert.ok(figure.whole >= Number(figure.layout.width));
      }
      const { layout, whole } = graph.draw(result, view), g = geometry(1000, view);
      const { range } = /** @type {{range: number[]}} */ (layout.xaxis);
      assert.deepEqual(range.map(Math.round), [350, 470].map((t) => Math.round(g.cx(t) - g.c / 2)));
      assert.equal(whole, g.W);
      assert.equal(layout.width, range[1] - range[0]);
    }
  });
}

test("a window of an answer draws the very marks of the whole", () => {
  const view = viewWith({ columns: { start: 350, stop: 470 } });
  const whole = longAnswer(1000), part = longAnswer(1000, { start: 300, stop: 500 });
  view.range = gradientRange(whole);
  assert.deepEqual(graph.shapes(part, view), graph.shapes(whole, view));
  assert.deepEqual(graph.draw(part, view).data, graph.draw(whole, view).data);
});

test("arrows mean the same sizes in every window", () => {
  const ranges = [0, 400, 800].map((start) => gradientRange(longAnswer(1000, { start, stop: start + 200 })));
  assert.deepEqual(ranges[1], ranges[0]);
  assert.deepEqual(ranges[2], ranges[0]);
});

test("only blocks in sight are striped and named", () => {
  const view = viewWith({ columns: { start: 350, stop: 470 } });
  const names = /** @type {Shapes} */ (graph.shapes(longAnswer(1000), view)).flatMap(({ label }) =>
    label?.text.startsWith("block") ? [label.text] : []
  );
  assert.equal(names[0], "block 51");
  assert.equal(names.length, Math.ceil(120 / 7));
});

test("the pointer finds its step in a part of the picture", () => {
  const [cells] = /** @type {{meta: number}[]} */ (
    graph.draw(longAnswer(1000), viewWith({ columns: { start: 350, stop: 470 } })).data
  );
  const point = {
    data: { type: "heatmap", meta: cells.meta },
    pointNumber: /** @type {[number, number]} */ ([1, 4]),
  };
  assert.deepEqual(graph.target(point), { kind: "h", unit: 1, t: 352 });
});

test("what the answer does not hold is read out as a dash", () => {
  const result = longAnswer(1000, { start: 300, stop: 500 }), { words } = viewWith();
  for (const kind of /** @type {Target["kind"][]} */ (["x", "y", "L", "h", "forward", "backward"])) {
    const sentence = describeTarget(result, { kind, t: 20, unit: 0 }, words).map(({ text }) => text).join("");
    assert.doesNotMatch(sentence, /undefined|NaN|null/);
  }
  assert.match(describeStep(result, 20, words).map(({ text }) => text).join(""), /p = –/);
});

for (const name of ANSWERS) {
  test(`${name}: the backward passes and the table agree on every edge`, () => {
    const result = answer(name), T = result.tokens.length;
    const first = result.params.loss_at === "last" ? T - 1 : 0;
    for (let t = 1; t < T; t += 1) {
      const reach = (/** @type {number} */ step, /** @type {number} */ from) =>
        result.kept.filter((kept, s) => s >= Math.max(t, from) && kept[step]).length;
      const arriving = reach(t, first), crossing = reach(t - 1, first);
      const expected = arriving
        ? crossing ? (crossing === arriving ? "whole" : "partly") : "cut"
        : reach(t - 1, 0)
        ? "whole"
        : "cut";
      assert.equal(edgeState(result, t), expected, `t = ${t}`);
    }
  });
}
