// The folded view of the network, and the highlighted weight.

import assert from "node:assert/strict";
import { test } from "node:test";
import { places, WIRES } from "../../static/js/explorer/folded.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { wireMarks } from "../../static/js/explorer/unrolled/wires.js";
import { longAnswer } from "./long.js";
import { answer, viewWith } from "./recorded.js";

useHash(HASH);

const SCREENS = { wide: viewWith(), phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }) };

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`on a ${name} screen the row beside the loop is never wider than the picture, for every length`, () => {
    for (let T = 1; T <= 1000; T += 1) {
      const { drawnSteps, x, c, W } = places(T, screen);
      assert.ok(x(drawnSteps.length - 1) + c / 2 <= W, `T = ${T}`);
      assert.ok(c >= 26);
      assert.equal(drawnSteps[drawnSteps.length - 1], T - 1);
      assert.equal(drawnSteps[0], 0);
      const left = drawnSteps.includes(-1);
      assert.ok(left ? drawnSteps.length < T : drawnSteps.length === T);
    }
  });
}

test("a weight is lit on every arrow that uses it: W_h on one fewer, since nothing comes before the first step", () => {
  const g = geometry(9, viewWith());
  const pills = WIRES.map((wire) => wireMarks(wire, g).match(/Z/g)?.length);
  assert.deepEqual(pills, [9, 8, 9]);
  assert.equal(wireMarks(null, g), "");
});

test("of a long sequence the arrows that are drawn are lit", () => {
  const view = viewWith({ columns: { start: 350, stop: 470 } }), g = geometry(1000, view);
  assert.equal(wireMarks("Wh", g).match(/Z/g)?.length, 120);
  assert.doesNotMatch(JSON.stringify(graph.shapes(longAnswer(1000), { ...view, wire: "Wh" })), /NaN/);
});

test("lighting a weight sends shapes alone", () => {
  const result = answer("bptt"), view = viewWith();
  assert.equal(graph.dataKey(result, view), graph.dataKey(result, { ...view, wire: "Wx" }));
  assert.notDeepEqual(graph.shapes(result, view), graph.shapes(result, { ...view, wire: "Wx" }));
});

test("loop and lit weight are part of the address, other words are not", () => {
  const seen = readHash("#t=2&fold=1&wire=Wh");
  assert.deepEqual([seen.fold, seen.wire], ["1", "Wh"]);
  assert.equal(writeHash(seen), "#t=2&fold=1&wire=Wh");
  assert.deepEqual([readHash("#fold=2&wire=W").fold, readHash("#fold=2&wire=W").wire], [null, null]);
});
