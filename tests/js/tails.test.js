// Reach of each loss under the states: how far back each tail goes, how thick it is, and in which lane.

import assert from "node:assert/strict";
import { test } from "node:test";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { hasTails, inLanes, tailAt, tailShapes } from "../../static/js/explorer/unrolled/tails.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{path: string, fillcolor: string, opacity: number}} Shape */

/** @param {string} name @param {Partial<View>} [changes] @param {(result: Result) => void} [change] */
function scene(name, changes = {}, change = () => {}) {
  const result = answer(name), view = viewWith({ width: 1264, height: 500, ...changes });
  change(result);
  const g = penOf(result, view), shapes = /** @type {Shape[]} */ (tailShapes(result, view, g));
  const [others, marks, ends, dots, otherDots, rest] = shapes.map(({ path }) => path);
  return { result, view, g, others, marks, ends, dots, otherDots, rest };
}

/** The outlines of a path as points. @param {string} path */
const outlinesOf = (path) =>
  path.split("Z").filter((outline) => outline.includes("M") && !outline.includes("M-9")).map((outline) =>
    [...outline.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])
  );

/** From which step each tail of more than a step reaches back to which. @param {ReturnType<typeof scene>} scene */
function reaches({ marks, g }) {
  const stepAt = (/** @type {number} */ x) => Math.round((x - g.cx(0)) / g.c + 0.49); // the left end is at the line before
  return Object.fromEntries(
    outlinesOf(marks).map((points) => {
      const x = points.map(([x]) => x);
      return [
        Math.round((Math.max(...x) - g.cx(0)) / g.c),
        Math.min(...x) <= g.cx(0) + 0.1 ? 0 : stepAt(Math.min(...x)),
      ];
    }),
  );
}

/** The same by definition; where a loss reaches no other step and not to the line, there is only its dot. @param {number[]} starts */
const byDefinition = (starts) =>
  Object.fromEntries(starts.map((start, s) => [s, start]).filter(([s]) => s > 0));

test("in blocks each loss reaches the start of its own", () => {
  assert.deepEqual(reaches(scene("word")), byDefinition([0, 0, 0, 3, 3, 3, 6]), "k = 3");
});

test("the rest of the reach of a chosen loss, which is thrown away, goes on to the first step", () => {
  const pair = { s: 5, t: 5 }, { rest, g } = scene("word", { s: 5, pair });
  const [[from, y], [to, y2]] = [...rest.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((
    [, x, y],
  ) => [Number(x), Number(y)]);
  assert.ok(Math.abs(from - g.cx(0)) < 0.1 && y === y2);
  assert.ok(Math.abs(to - (g.cx(3) - g.c / 2)) < 3, "up to the line where block 2 begins");
  assert.match(
    scene("word", { s: 2, pair: { s: 2, t: 2 } }).rest,
    /M-9/,
    "nothing of block 1 is thrown away",
  );
  assert.match(scene("word").rest, /M-9/, "nothing where no loss is chosen");
});

test("in a window each loss reaches k steps", () => {
  const window = scene("window"), { k } = window.result.params;
  const starts = window.result.tokens.map((_, s) => Math.max(0, s - Number(k) + 1));
  assert.deepEqual(reaches(window), byDefinition(starts));
});

test("in truncated BPTT the losses of one pass reach as far as it walks: every k₁ steps, k₂ back", () => {
  const tbptt = scene("tbptt"), { k, k1 } = tbptt.result.params;
  const starts = tbptt.result.tokens.map((_, s) => {
    const end = Math.min(18, Math.ceil((s + 1) / Number(k1)) * Number(k1));
    return Math.max(0, end - Number(k));
  });
  assert.deepEqual(reaches(tbptt), byDefinition(starts));
});

test("with cuts drawn at random each loss reaches the cut before it", () => {
  assert.deepEqual(reaches(scene("randomized")), byDefinition([0, 1, 1, 3, 4]));
});

test("uncut all losses reach the start, and many-to-one there is one loss", () => {
  assert.deepEqual(reaches(scene("full")), byDefinition([0, 0, 0, 0]));
  const last = scene("last");
  assert.deepEqual(reaches(last), { 3: 2 });
  assert.equal(outlinesOf(last.dots).length, 1);
});

test("a tick stands where a tail is cut, none where it reaches the start", () => {
  assert.equal(outlinesOf(scene("word").ends).length, 4);
  assert.equal(outlinesOf(scene("full").ends).length, 0);
});

/** The thickness of a tail at each of its steps, from the loss back. @param {number[][]} points */
const thickness = (points) =>
  points.slice(0, points.length / 2).map(([, top], i) => points[points.length - 1 - i][1] - top);

test("a tail is as thick as the logarithm of what arrives, over two decades below the largest, a pixel at least", () => {
  const change = (/** @type {Result} */ result) => {
    result.credit = [[1, null, null, null], [0.1, 1, null, null], [0.01, 0.1, 1, null], [1e-6, 0.01, 0.1, 1]];
  };
  const { marks, g } = scene("full", {}, change);
  const [, , last] = outlinesOf(marks), widest = 9 - 1.6;
  const expected = [1, 0.5, 0, 0].map((f) => Math.max(1, widest * (0.14 + 0.86 * f)));
  thickness(last).forEach((thick, i) =>
    assert.ok(Math.abs(thick - expected[i]) < 0.11, `step ${3 - i}: ${thick}`)
  );
  assert.equal(last[0][0], g.cx(3));
});

test("intervals stand in the first lane that is free, as they come", () => {
  const laned = (/** @type {[number, number][]} */ ...intervals) =>
    inLanes(intervals.map(([start, stop]) => ({ start, stop }))).map(({ lane }) => lane);
  assert.deepEqual(laned([0, 0], [0, 1], [0, 2], [3, 3], [3, 4]), [0, 1, 2, 0, 1]);
  assert.deepEqual(laned([0, 0], [0, 1], [0, 2], [1, 3], [2, 4], [3, 5]), [0, 1, 2, 0, 1, 2], "window of 3");
  assert.deepEqual(laned([0, 2], [2, 3]), [0, 1], "one step is too many for one lane");
});

test("lanes keep inside the strip, and no two tails of one lane meet", () => {
  for (const name of ["full", "word", "window", "tbptt"]) {
    const { marks, g } = scene(name), tails = g.tails ?? { top: 0, height: 0 };
    /** @type {Map<number, [number, number][]>} */
    const lanes = new Map();
    for (const points of outlinesOf(marks)) {
      const [x, y] = [0, 1].map((i) => points.map((point) => point[i]));
      assert.ok(Math.min(...y) >= tails.top - 0.1 && Math.max(...y) <= tails.top + tails.height + 0.1);
      const middle = Math.round((Math.min(...y) + Math.max(...y)) / 2), lane = lanes.get(middle) ?? [];
      for (const [from, to] of lane) assert.ok(Math.max(...x) < from || Math.min(...x) > to, name);
      lanes.set(middle, [...lane, [Math.min(...x), Math.max(...x)]]);
    }
  }
});

test("the longest tails of full BPTT end above the boxes of the inputs", () => {
  const change = (/** @type {Result} */ result) => {
    result.credit = result.tokens.map((_, s) => result.tokens.map((_, t) => (t <= s ? 0.1 : null)));
    result.kept = result.credit.map((row) => row.map((size) => size === null ? null : 1));
  };
  const { g, marks, dots } = scene("word", { height: 440 }, change), box = g.rows.input - g.box / 2;
  assert.equal(g.level, "wide");
  const lowest = Math.max(...[...outlinesOf(marks), ...outlinesOf(dots)].flat().map(([, y]) => y));
  assert.ok(lowest <= box - 1 && lowest > box - 12, `${lowest} of ${box}`);
});

test("a tail is felt along its whole reach, in its lane, and nowhere else", () => {
  const { result, view, g, dots } = scene("word"), { top, height } = g.tails ?? { top: 0, height: 0 };
  const centers = outlinesOf(dots).map((points) =>
    [0, 1].map((i) => (Math.min(...points.map((at) => at[i])) + Math.max(...points.map((at) => at[i]))) / 2)
  );
  const starts = [0, 0, 0, 3, 3, 3, 6]; // blocks of 3
  centers.forEach(([x, y], s) => {
    for (let t = 0; t < 7; t += 1) {
      const felt = tailAt(result, view, g, g.cx(t), y);
      assert.equal(felt === s, t >= starts[s] && t <= s, `loss ${s} at ${t}`);
    }
    assert.equal(tailAt(result, view, g, x, y + 2), s, "a little beside");
  });
  assert.equal(tailAt(result, view, g, g.cx(1), top - 12), null);
  assert.equal(tailAt(result, view, g, g.cx(1), top + height + 12), null);
  assert.equal(
    tailAt(result, { ...view, veil: "L.1" }, g, centers[1][0], centers[1][1]),
    null,
    "not where it is not drawn",
  );
  const long = scene("long");
  assert.equal(
    tailAt(long.result, long.view, long.g, long.g.cx(3), long.g.tails?.top ?? 0),
    null,
    "brackets are passes",
  );
});

test("while one loss is followed only its tail keeps its color", () => {
  const { marks, others, dots, otherDots } = scene("full", { s: 2, pair: { s: 2, t: 0 } });
  assert.deepEqual([marks, others, dots, otherDots].map((path) => outlinesOf(path).length), [1, 2, 1, 3]);
});

test("a long sequence has one bracket for each backward pass, from its first step to its last", () => {
  const { marks, dots, result, g } = scene("long");
  const spans = outlinesOf(marks).map((
    points,
  ) => [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))]);
  assert.equal(spans.length, result.walks.length);
  result.walks.forEach(({ start, stop }, i) => {
    const from = start ? g.cx(start) - g.c / 2 + 2 : g.cx(0);
    assert.ok(Math.abs(spans[i][0] - from) < 0.1 && Math.abs(spans[i][1] - g.cx(stop - 1)) < 0.1);
  });
  assert.equal(outlinesOf(dots).length, result.walks.length);
});

test("no more than eight brackets stand above each other", () => {
  const { marks, g } = scene("long", {}, (result) => {
    result.walks = result.tokens.map((_, s) => ({ start: Math.max(0, s - 19), stop: s + 1, newest_from: s }));
  });
  assert.equal(new Set(outlinesOf(marks).map(([[, y]]) => y)).size, 8);
  for (const points of outlinesOf(marks)) for (const [, y] of points) assert.ok(y < g.rows.input - g.box / 2);
});

test("nothing is shown where it would tell what is covered, where marks are lit, of one step, or without room", () => {
  const has = (/** @type {string} */ name, changes = {}) => {
    const { result, view, g, marks } = scene(name, changes);
    assert.equal(Boolean(marks), hasTails(result, view, g));
    return Boolean(marks);
  };
  assert.equal(has("bptt"), true);
  for (const veil of ["back.2", "h.0", "L.*", "fut.1", "block.1"]) {
    assert.equal(has("bptt", { veil }), false, veil);
  }
  assert.equal(has("bptt", { veil: "legend,player" }), true, "parts of the page are no marks");
  assert.equal(has("bptt", { only: "h.1" }), false);
  assert.equal(has("single"), false);
  assert.equal(has("bptt", { height: 300 }), false);
});
