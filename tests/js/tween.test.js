// Motion of the graph when the truncation changes: shapes move, numbers are those of the new run at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { mayMove, move, stop } from "../../static/js/explorer/tween.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { tailShapes } from "../../static/js/explorer/unrolled/tails.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{path: string, fillcolor: string, opacity: number, label?: {text: string}}} Shape */

const WIDE = { width: 1164, height: 500 };

/** How thick the arrows along the chain are, by the edge, and the numbers in the picture. @param {Result} result @param {Partial<View>} [changes] */
function drawn(result, changes = {}) {
  const view = viewWith({ ...WIDE, ...changes }), g = penOf(result, view);
  const shapes = /** @type {Shape[]} */ (graph.shapes(result, view));
  const arrows = shapes.filter(({ fillcolor, opacity }) =>
    fillcolor === view.colors.backward && opacity > 0.9 && opacity !== 0.92
  )
    .flatMap(({ path }) => path.split("Z").filter((arrow) => arrow.split("L").length === 7));
  const thick = arrows.map((arrow) => {
    const points = [...arrow.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    return {
      edge: Math.round((points[0][0] - g.cx(0)) / g.c + 0.49),
      width: Math.abs(points[0][1] - points[6][1]),
    };
  });
  return {
    widths: Object.fromEntries(thick.map(({ edge, width }) => [edge, width])),
    numbers: shapes.flatMap(({ label }) => label ? [label.text] : []),
  };
}

/** @param {unknown} number */
const near = (number, /** @type {number} */ other) => Math.abs(Number(number) - other) < 0.25;

test("arrows go from the width they had to the one they have, and a cut one shrinks", () => {
  const before = answer("full"), result = answer("bptt"); // k = 2: the edge 2 → 1 is cut
  const from = drawn(before).widths, to = drawn(result).widths;
  for (const part of [0, 0.5, 0.9]) {
    const now = drawn(result, { tween: { before, part } }).widths;
    for (const edge of [1, 3]) {
      assert.ok(near(now[edge], from[edge] + part * (to[edge] - from[edge])), `${edge}, ${part}`);
    }
    assert.ok(near(now[2], (1 - part) * from[2]), `the cut one, ${part}`);
  }
  assert.equal(to[2], undefined);
});

test("an arrow that is healed grows from nothing", () => {
  const before = answer("bptt"), result = answer("full"), to = drawn(result).widths;
  assert.ok(near(drawn(result, { tween: { before, part: 0.5 } }).widths[2], to[2] / 2));
});

test("all along the numbers are those of the new run", () => {
  const before = answer("full"), result = answer("bptt"), { numbers } = drawn(result);
  for (const part of [0, 0.3, 0.99]) {
    assert.deepEqual(drawn(result, { tween: { before, part } }).numbers, numbers);
  }
});

test("tails reach from where they ended to where they end", () => {
  const before = answer("full"), result = answer("bptt");
  /** The left ends of the tails, by their right ends. @param {Result} run @param {View["tween"]} [tween] */
  const ends = (run, tween) => {
    const view = viewWith({ ...WIDE, ...(tween && { tween }) });
    const [, marks] = /** @type {Shape[]} */ (tailShapes(run, view, penOf(run, view)));
    return Object.fromEntries(
      marks.path.split("Z").filter(Boolean).map((tail) => {
        const x = [...tail.matchAll(/(-?[\d.]+),/g)].map(([, at]) => Number(at));
        return [Math.round(Math.max(...x)), Math.min(...x)];
      }),
    );
  };
  const from = ends(before), to = ends(result), half = ends(result, { before, part: 0.5 });
  const last = Math.max(...Object.keys(to).map(Number));
  assert.ok(to[last] > from[last] + 100, "cut");
  assert.ok(near(half[last], (from[last] + to[last]) / 2));
  assert.deepEqual(ends(result, { before, part: 0 })[last], from[last]);
});

test("only whole passes of the same steps move", () => {
  const before = answer("full"),
    result = answer("bptt"),
    may = (/** @type {Partial<View>} */ changes) =>
      graph.canMove(before, result, viewWith({ ...WIDE, ...changes }));
  assert.equal(may({}), true);
  for (
    const changes of [
      { at: readMoment("b2.1") },
      { pair: { s: 3, t: 0 } },
      { veil: "h.1" },
      { only: "h.1" },
      { over: true },
    ]
  ) {
    assert.equal(may(changes), false, JSON.stringify(changes));
  }
  assert.equal(graph.canMove(answer("window"), result, viewWith()), false, "another text");
  assert.equal(graph.canMove(answer("long"), answer("long"), viewWith()), false, "brackets of passes");
});

test("nothing moves while k is dragged, nor where less motion is wanted", async () => {
  const { matchMedia } = globalThis;
  let isLess = false;
  globalThis.matchMedia = /** @type {any} */ (() => ({ matches: isLess }));
  try {
    const may = [mayMove(), mayMove(), mayMove()];
    await new Promise((done) => setTimeout(done, 260));
    may.push(mayMove());
    isLess = true;
    await new Promise((done) => setTimeout(done, 260));
    may.push(mayMove());
    assert.deepEqual(may, [true, false, false, true, false]);
  } finally {
    globalThis.matchMedia = matchMedia;
  }
});

test("a motion ends with what is true, at once where drawing takes long, and never goes on beside another", async () => {
  /** @type {(() => Promise<void>)[]} */
  const frames = [], frame = async () => await frames.shift()?.();
  const { requestAnimationFrame } = globalThis;
  globalThis.requestAnimationFrame = (next) => frames.push(() => Promise.resolve(next(0)));
  try {
    /** @type {number[]} */
    const parts = [];
    await move((part) => Promise.resolve(parts.push(part)));
    while (parts[parts.length - 1] < 1) {
      await new Promise((done) => setTimeout(done, 20));
      await frame();
    }
    assert.equal(parts[0], 0);
    assert.deepEqual(parts, parts.toSorted((a, b) => a - b));
    assert.equal(frames.length, 0);
    /** @type {number[]} */
    const slow = [];
    await move((part) => (slow.push(part), new Promise((done) => setTimeout(done, 15))));
    await frame();
    assert.deepEqual([slow[0], slow[slow.length - 1], frames.length], [0, 1, 0]);
    /** @type {number[]} */
    const stopped = [];
    await move((part) => Promise.resolve(stopped.push(part)));
    stop();
    await frame();
    assert.deepEqual(stopped, [0]);
  } finally {
    globalThis.requestAnimationFrame = requestAnimationFrame;
  }
});

test("a motion takes 160 ms, fast first, and draws its end at once where a frame took more than 10", async () => {
  const { requestAnimationFrame, matchMedia } = globalThis, { now } = performance;
  let time = 1000, cost = 0;
  /** @type {(() => Promise<void>)[]} */
  const frames = [];
  globalThis.requestAnimationFrame = (next) => frames.push(() => Promise.resolve(next(0)));
  performance.now = () => time;
  /** @param {number[]} at ms after the start, of each frame */
  const moved = async (...at) => {
    /** @type {number[]} */
    const parts = [], start = time;
    await move((part) => {
      time += cost;
      return Promise.resolve(parts.push(part));
    });
    for (const ms of at) {
      time = start + ms;
      await frames.shift()?.();
    }
    return [...parts, frames.splice(0).length];
  };
  try {
    assert.deepEqual(await moved(40, 80, 160), [0, 0.4375, 0.75, 1, 0]);
    assert.deepEqual(await moved(80, 300), [0, 0.75, 1, 0]);
    assert.deepEqual(await moved(80), [0, 0.75, 1], "one more to come");
    cost = 10;
    assert.deepEqual(await moved(80), [0, 0.75, 1], "quick enough");
    cost = 11;
    assert.deepEqual(await moved(80), [0, 0.75, 1, 0]);
    globalThis.matchMedia = /** @type {any} */ (() => ({ matches: false }));
    time += 1000;
    const may = [mayMove()];
    time += 250;
    may.push(mayMove());
    time += 251;
    assert.deepEqual([...may, mayMove()], [true, false, true]);
  } finally {
    Object.assign(globalThis, { requestAnimationFrame, matchMedia });
    performance.now = now;
  }
});
