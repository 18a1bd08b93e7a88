// Playback of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../static/js/plot/geometry.js";
import { linesOn, momentAt, readMoment, schedule, writeMoment } from "../../static/js/explorer/timeline.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { describeMoment } from "../../static/js/explorer/readout.js";
import { asks, passOf } from "../../static/js/explorer/unrolled/walks.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

/** @typedef {{type: string, path?: string, fillcolor: string, opacity?: number, layer: string, line: {color?: string, dash?: string}, label?: {text: string}}} Shape */

const LOOKS = {
  wide: {},
  short: { height: 248 },
  phone: { width: 344, height: 252, gutter: 46, phone: true },
};
const COLORS = Object.fromEntries(
  [0, 1, 2, 3, 4].map((i) => [`gradient${i}`, `#${i}${i}8090`]).concat([["select", "#f2b705"], [
    "loss",
    "#8b1962",
  ], [
    "backward",
    "#d1460b",
  ]]),
);

/** @param {string} at @param {Partial<View>} [changes] */
function seenAt(at, changes = {}) {
  const view = viewWith({ at: readMoment(at), ...changes });
  return { ...view, colors: { ...view.colors, ...COLORS } };
}

/** @param {Result} result @param {View} view */
const shapesOf = (result, view) => /** @type {Shape[]} */ (graph.shapes(result, view));

/** How many marks are drawn in a color. @param {Shape[]} shapes @param {(shape: Shape) => boolean} which */
const marks = (shapes, which) =>
  shapes.filter((shape) => which(shape)).reduce((sum, { path }) => sum + (path?.match(/Z/g)?.length ?? 0), 0);

/** Answers to every walk, as the server gives them. @param {Result} result @param {string} query */
function walked(result, query) {
  return Object.fromEntries(result.walks.map((walk, i) => {
    const rows = (/** @type {Table} */ table) => table.slice(walk.start, walk.stop);
    const { dh_output, dh_future, dh, da, dh_norm } = result.truncated;
    const numbers = {
      ...{ dh_output: rows(dh_output), dh_future: rows(dh_future), dh: rows(dh), da: rows(da) },
      dh_norm: dh_norm.slice(walk.start, walk.stop),
    };
    return [`/api/walk${query}&walk=${i}`, { walk, ...numbers }];
  }));
}

for (const name of ANSWERS) {
  test(`${name}: every moment is drawn and told, on a wide, a low and a phone's screen`, () => {
    const result = answer(name), plan = schedule(result), answers = walked(result, "?v=1");
    const every = 4 * (plan.length - 1), stride = Math.max(1, Math.floor(every / 60));
    for (const [look, changes] of Object.entries(LOOKS)) {
      for (let line = 0; line <= every; line += stride) {
        const at = linesOn(plan, momentAt(plan, 0), line), written = writeMoment(at, true);
        const seen = { ...seenAt("u", { ...changes, answers, over: line % 2 === 0 }), at };
        const { data } = graph.draw(result, seen);
        const drawn = JSON.stringify([shapesOf(result, seen), data, graph.gutter(result, seen)]);
        assert.doesNotMatch(drawn, /NaN|Infinity|undefined/, `${look} ${written}`);
        const sentence = describeMoment(result, seen, at).map(({ text }) => text).join("");
        assert.doesNotMatch(sentence, /NaN|undefined|\{|moment\./, written);
      }
    }
  });
}

test("moments differ in their shapes alone", () => {
  const result = answer("bptt"), plan = schedule(result);
  const keys = new Set(), pictures = new Set();
  for (let line = 0; line < 4 * (plan.length - 1); line += 1) {
    const seen = { ...seenAt("u"), at: linesOn(plan, momentAt(plan, 0), line) };
    keys.add(graph.dataKey(result, seen));
    assert.equal(
      JSON.stringify(graph.draw(result, seen).data),
      JSON.stringify(graph.draw(result, seenAt("f0.1")).data),
    );
    pictures.add(JSON.stringify(shapesOf(result, seen)));
  }
  assert.equal(keys.size, 1);
  assert.equal(pictures.size, 4 * (plan.length - 1), "and no two of them look the same");
});

test("in the forward pass no gradient is drawn, and what has not happened is covered", () => {
  const result = answer("bptt"), T = result.tokens.length;
  for (let t = 0; t < T; t += 1) {
    for (const line of [1, 2, 3, 4]) {
      const shapes = shapesOf(result, seenAt(`f${t}.${line}`));
      const covers = shapes.filter(({ layer, line }) => layer === "above" && line.dash);
      const states = T - t - (line >= 2 ? 1 : 0), outputs = T - t - (line >= 3 ? 1 : 0);
      assert.equal(marks(covers, () => true), states + outputs);
      const known = shapes.filter(({ label }) => /^\d\.\d\d$/.test(label?.text ?? ""));
      assert.equal(known.length, t + (line === 4 ? 1 : 0), "losses that are known");
      const losses = marks(shapes, ({ fillcolor }) => fillcolor === COLORS.loss);
      assert.equal(losses, known.length, "nothing else has their color");
    }
  }
});

test("backward arrows come one after the other, and the last moment has all but those to the weights", () => {
  const result = answer("full"), T = result.tokens.length;
  const orange = (/** @type {Shape} */ { fillcolor, layer }) =>
    fillcolor === COLORS.backward && layer === "below";
  let before = 0;
  for (let t = T - 1; t >= 0; t -= 1) {
    const counts = [1, 2, 3, 4].map((line) => marks(shapesOf(result, seenAt(`b${t}.${line}`)), orange));
    assert.deepEqual(counts.map((count) => count - before), [2, 2, 3, t ? 3 : 2], `t = ${t}`);
    before = counts[3];
  }
  assert.equal(before, 3 * T - 1, "what goes to the weights is drawn at its moment only");
});

test("gradients stand in the hidden boxes from the step on that the sweep has reached", () => {
  const result = answer("full"), H = result.forward.h[0].length, T = result.tokens.length;
  for (let t = T - 1; t >= 0; t -= 1) {
    const cells = marks(
      shapesOf(result, seenAt(`b${t}.1`)),
      ({ fillcolor, layer }) => layer === "above" && fillcolor.startsWith("rgb("),
    );
    assert.equal(cells, H * (T - t));
  }
});

test("at a cut the ✕ is lit before the step that it cuts off, and drawn ever after", () => {
  const result = answer("bptt"), { start } = result.blocks[1], seen = seenAt(`b${start - 1}.1`);
  const { cx, c } = geometry(result.tokens.length, seen), x = (cx(start) - c / 2).toFixed(1);
  const lit = (/** @type {string} */ at) =>
    shapesOf(result, seenAt(at)).some(({ fillcolor, path }) =>
      fillcolor === COLORS.select && path?.includes(`${x},`)
    );
  assert.deepEqual([`b${start}.3`, `b${start - 1}.1`, `b${start - 1}.2`].map(lit), [false, true, false]);
  assert.match(
    describeMoment(result, seen, /** @type {Moment} */ (seen.at)).map(({ text }) => text).join(""),
    /cut off \(0\.\d+\)/,
  );
});

test("only the current backward pass is in color; earlier ones are pale, later ones absent", () => {
  const result = answer("window"), T = result.tokens.length, answers = walked(result, "?v=1");
  const orange = (/** @type {number | undefined} */ opacity) => (/** @type {Shape} */ shape) =>
    shape.fillcolor === COLORS.backward && shape.layer === "below" &&
    (opacity ? shape.opacity === opacity : shape.opacity !== 0.3);
  const first = shapesOf(result, seenAt(`b${T - 1}:${T - 1}.1`, { answers }));
  assert.equal(marks(first, orange(0.3)), 0, "nothing was walked before");
  const later = shapesOf(result, seenAt(`b${T - 2}:${T - 2}.1`, { answers }));
  assert.ok(marks(later, orange(0.3)) > 0);
  assert.equal(marks(later, orange(undefined)), marks(first, orange(undefined)));
  const unanswered = shapesOf(result, seenAt(`b${T - 1}:${T - 1}.1`));
  assert.equal(marks(unanswered, orange(undefined)), marks(first, orange(undefined)) - 2, "nothing made up");
});

test("a backward pass is requested while it is current or next, with those that overlap it", () => {
  const result = answer("window"), T = result.tokens.length;
  /** @param {string} at */
  const asked = (at) => asks(result, seenAt(at)).map((path) => Number(path.match(/walk=(\d+)$/)?.[1]));
  assert.deepEqual(asked("f0.1"), []);
  assert.deepEqual(asked(`f${T - 1}.1`), [T - 1], "the first walk before it begins");
  assert.deepEqual(asked(`b${T - 1}:${T - 1}.1`), [T - 1, T - 2]);
  const overlapping = asked("b2:2.1").slice(2);
  assert.ok(
    overlapping.length && overlapping.every((walk) => result.walks[walk].start < result.walks[2].stop),
  );
  assert.deepEqual(asks(answer("bptt"), seenAt("b3.1")), [], "blocks need no more than the answer");
  assert.deepEqual(asked("u"), []);
});

test("of backward passes that overlap the current one the sixteen before it are requested", () => {
  const result = answer("window"), all = Array.from({ length: 20 }, (_, t) => ({ start: 0, stop: t + 1 }));
  const walks = all.map((walk, t) => ({ ...walk, newest_from: t }));
  const asked = asks({ ...result, walks }, seenAt("b1:1.1"));
  const numbers = asked.map((path) => Number(path.match(/walk=(\d+)$/)?.[1]));
  assert.deepEqual(numbers, [1, 0, ...Array.from({ length: 16 }, (_, i) => i + 2)]);
});

test("the first backward pass is requested one step before it begins", () => {
  const result = answer("window"), T = result.tokens.length;
  assert.deepEqual(asks(result, seenAt(`f${T - 3}.4`)), []);
  assert.deepEqual(asks(result, seenAt(`f${T - 2}.1`)), [`/api/walk?v=1&walk=${T - 1}`]);
});

test("earlier backward passes of a step add up, all of them to the answer's gradient", () => {
  const result = answer("window"), answers = walked(result, "?v=1");
  /** @param {string} at */
  const passAt = (at) => {
    const view = seenAt(at, { answers });
    return passOf(result, view, /** @type {Moment} */ (view.at));
  };
  const own = result.truncated.dh[6], twice = own.map((value) => 2 * Number(value));
  const sums = [8, 7, 6, 5].map((walk) => passAt(`b${walk}:6.1`).before("dh", 6));
  assert.deepEqual(sums, [null, own, twice, own]);
  const outputs = [8, 7, 6].map((walk) => passAt(`b${walk}:6.1`).before("dh_output", 7));
  assert.deepEqual(outputs, [null, null, result.truncated.dh_output[7]], "a loss is in one of them");
  const future = result.truncated.dh_future[8];
  const futures = [10, 9, 8].map((walk) => passAt(`b${walk}:8.1`).before("dh_future", 8));
  assert.deepEqual(futures, [null, future, future], "over the edge from t + 1");
  assert.equal(passAt("u").before("dh", 6), null);
  assert.equal(
    passOf(result, seenAt("b6:6.1"), /** @type {Moment} */ (readMoment("b6:6.1"))).before("dh", 6),
    undefined,
  );
});

test("the exact gradients are laid behind the truncated ones, also across a cut, and only where asked", () => {
  const result = answer("bptt"), T = result.tokens.length, seen = seenAt("u", { at: null });
  const outline = (/** @type {Shape[]} */ shapes) =>
    marks(shapes, ({ line, opacity }) => line.color === seen.colors.ink && opacity === 0.7);
  assert.equal(outline(shapesOf(result, seen)), 0);
  assert.equal(outline(shapesOf(result, { ...seen, over: true })), T - 1, "one for each edge");
  assert.equal(
    outline(shapesOf(answer("full"), { ...seen, over: true })),
    0,
    "nothing is cut: nothing to compare",
  );
  const early = [`b${T - 1}.3`, `b${T - 1}.4`, `b${T - 2}.4`].map((at) =>
    outline(shapesOf(result, { ...seenAt(at), over: true }))
  );
  assert.deepEqual(early, [0, 1, 2], "as far as the pass has come");
});

test("beside the graph the backward pass names its gradients, and little height leaves out the words", () => {
  const result = answer("bptt");
  assert.ok(graph.gutter(result, seenAt("b2.1")).some(({ symbol }) => symbol === "dh"));
  assert.ok(!graph.gutter(result, seenAt("f2.1")).some(({ symbol }) => symbol === "dh"));
  const low = graph.gutter(result, seenAt("f2.1", { height: 248 }));
  assert.deepEqual(low.map(({ word }) => word), ["", "", "", ""]);
});

test("of every moment its own marks are lit: arrows with the box or disc that they lead to", () => {
  const result = answer("full");
  const lit = (/** @type {string} */ at) =>
    marks(shapesOf(result, seenAt(at)), ({ fillcolor }) => fillcolor === COLORS.select);
  assert.deepEqual(["f2.1", "f2.2", "f2.3", "f2.4", "f0.1"].map(lit), [2, 1, 2, 2, 1]);
  assert.deepEqual(["b2.1", "b2.2", "b2.3", "b2.4", "b3.1"].map(lit), [3, 1, 1, 1, 2]);
});

test("a backward pass that the run does not have reaches over all steps", () => {
  const result = answer("window"),
    at = /** @type {Moment} */ ({ phase: "backward", walk: 99, t: 0, line: 1 });
  const { start, stop } = passOf(result, seenAt("u"), at);
  assert.deepEqual([start, stop], [0, result.tokens.length]);
});
