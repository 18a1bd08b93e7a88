// The folded view of the network, and the highlighted weight.

import assert from "node:assert/strict";
import { test } from "node:test";
import { folded, places } from "../../static/js/explorer/folded/folded.js";
import { cutsOf } from "../../static/js/explorer/folded/loop.js";
import { places as placesOfTerms } from "../../static/js/explorer/folded/terms.js";
import { WIRES } from "../../static/js/explorer/switches.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { wireMarks } from "../../static/js/explorer/unrolled/wires.js";
import { makeDocument } from "./document.js";
import { longAnswer } from "./long.js";
import { answer, viewWith } from "./recorded.js";

makeDocument();
useHash(HASH);

const SCREENS = { wide: viewWith(), phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }) };

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`on a ${name} screen the row beside the loop is never wider than the picture, for every length`, () => {
    for (let T = 1; T <= 1000; T += 1) {
      const { drawnSteps, x, c, W } = places(T, { ...screen, wire: "Wh" });
      assert.ok(x(drawnSteps.length - 1) + c / 2 <= W, `T = ${T}`);
      assert.ok(c >= 26);
      assert.equal(drawnSteps[drawnSteps.length - 1], T - 1);
      assert.equal(drawnSteps[0], 0);
      const left = drawnSteps.includes(-1);
      assert.ok(left ? drawnSteps.length < T : drawnSteps.length === T);
    }
  });

  test(`on a ${name} screen the bars stand within the picture, for every length`, () => {
    for (let T = 2; T <= 1000; T += 1) {
      const { W, H, from, loop } = places(T, { ...screen, wire: null }),
        room = { left: from, right: W - 8, top: 4, bottom: H };
      const { x, bar, c, top, foot } = placesOfTerms(T, { ...room, phone: screen.phone });
      assert.ok(x(1) - bar / 2 > from - 0.01 && x(T - 1) + bar / 2 < W - 8 + 0.01, `T = ${T}`);
      assert.ok(bar <= c && foot - top > 100 && foot < H);
      assert.ok(loop.x + loop.box / 2 + loop.out < from, "beside the loop");
      assert.ok(loop.x - loop.box / 2 - loop.out > 0);
    }
  });
}

/** @typedef {{tag: string, attributes: Record<string, any>, children: (Drawn | string)[]}} Drawn */

/** All parts of a drawing. @param {unknown} node @returns {Drawn[]} */
function partsOf(node) {
  const drawn = /** @type {Drawn} */ (node);
  return typeof node === "string" ? [] : [drawn, ...drawn.children.flatMap(partsOf)];
}

/** @param {Result} result @param {Partial<View>} [changes] */
function foldedParts(result, changes = {}) {
  const parts = partsOf(folded(result, viewWith({ fold: true, isSelected: false, wire: null, ...changes })));
  const path = (/** @type {string} */ name) =>
    parts.find(({ attributes }) => attributes.class === name)?.attributes.d ?? "";
  const heights = (/** @type {string} */ name) =>
    [...path(name).matchAll(/M(-?[\d.]+),(-?[\d.]+)L[^L]*L[^,]*,(-?[\d.]+)/g)].map(([, , top, foot]) =>
      foot - top
    );
  return {
    bars: heights("bars"),
    outlines: heights("outlines"),
    blades: path("blades"),
    texts: parts.flatMap(({ tag, children }) => tag === "text" ? [children.join("")] : []),
  };
}

test("beside the loop there is a bar for each use of W_h, as high as its term, and the outline of the exact one where it differs", () => {
  const result = answer("bptt"), { bars, outlines, texts } = foldedParts(result);
  const kept = result.truncated.step_norms.Wh.slice(1).map(Number),
    exact = result.full.step_norms.Wh.slice(1).map(Number);
  const changed = exact.filter((size, i) => Math.abs(size - kept[i]) > 1e-4 * size), unit = bars[0] / kept[0];
  assert.equal(bars.length, result.tokens.length - 1);
  bars.forEach((high, i) => assert.ok(Math.abs(high - unit * kept[i]) < 0.2));
  assert.ok(changed.length > 0 && changed.length < exact.length);
  assert.equal(outlines.length, changed.length);
  outlines.forEach((high, i) => assert.ok(Math.abs(high - unit * changed[i]) < 0.2));
  for (const size of kept) {
    assert.ok(texts.includes(String(Number(size.toPrecision(2)))), `${size} in ${texts}`);
  }
  assert.ok(texts.includes("h₀ → h₁") && texts.includes("h → e"));
});

test("the loop says how often it is cut, and the terms where; uncut there are no scissors", () => {
  assert.deepEqual(cutsOf(answer("bptt")), { state: "cut", n: 1 });
  assert.deepEqual(cutsOf(answer("full")), { state: "whole", n: 0 });
  assert.equal(cutsOf(answer("window")).state, "partly");
  const cut = foldedParts(answer("bptt")), full = foldedParts(answer("full"));
  assert.ok(cut.texts.includes("1 cut") && cut.blades, cut.texts.join());
  assert.ok(!full.texts.some((text) => /^\d+ .*cuts?$/.test(text)) && !full.blades);
});

test("where nothing is selected the whole text goes through the loop, else one letter with its step", () => {
  const all = foldedParts(answer("bptt")), one = foldedParts(answer("bptt"), { isSelected: true, t: 2 });
  assert.ok(all.texts.includes("hell") && all.texts.includes("loss 1.26"), all.texts.join());
  assert.ok(
    one.texts.includes("l") && one.texts.includes("x₂") && one.texts.includes("loss 1.43"),
    one.texts.join(),
  );
});

test("of many steps the first are drawn, and the last after those left out", () => {
  const { c, drawnSteps } = places(40, viewWith({ width: 1164, gutter: 104, wire: "Wh" }));
  assert.equal(c, 26);
  assert.deepEqual(drawnSteps, [...Array.from({ length: 30 }, (_, t) => t), -1, 39]);
  assert.equal(
    places(32, viewWith({ width: 1164, gutter: 104, wire: "Wh" })).drawnSteps.length,
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
