// The folded view of the network, and the highlighted weight.

import assert from "node:assert/strict";
import { test } from "node:test";
import { places } from "../../static/js/explorer/folded.js";
import { WIRES } from "../../static/js/explorer/switches.js";
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

test("loop, columns and wires have their places", () => {
  const { x, ...wide } = places(4, viewWith({ width: 1164, gutter: 104, height: 552 }));
  assert.deepEqual(wide, {
    ...{ W: 1268, H: 500, from: 400, c: 200, node: 52, drawnSteps: [0, 1, 2, 3] },
    loop: { x: 170, box: 84, out: 92, chip: 19 },
    rows: { loss: 50, output: 150, hidden: 300, input: 460 },
    buses: { Wx: 388, Wh: 242, Wy: 203 },
  });
  assert.deepEqual([x(0), x(3)], [500, 1100]);
  const phone = places(5, viewWith({ width: 344, gutter: 46, height: 596, phone: true }));
  assert.deepEqual([phone.W, phone.H, phone.from, phone.c, Math.round(phone.node), phone.x(0)], [
    390,
    500,
    132,
    50,
    28,
    157,
  ]);
  assert.deepEqual(phone.loop, { x: 44, box: 46, out: 34, chip: 14 });
  assert.deepEqual(phone.buses, { Wx: 384.5, Wh: 261, Wy: 203 });
});

test("of many steps the first are drawn, and the last after those left out", () => {
  const { c, drawnSteps } = places(40, viewWith({ width: 1164, gutter: 104 }));
  assert.equal(c, 26);
  assert.deepEqual(drawnSteps, [...Array.from({ length: 30 }, (_, t) => t), -1, 39]);
  assert.equal(
    places(32, viewWith({ width: 1164, gutter: 104 })).drawnSteps.length,
    32,
    "just as many as fit",
  );
});

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
