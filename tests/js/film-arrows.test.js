// Places of what the film strip draws between blocks, and of the gradient arrows within one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { backwardArrows, pendingArrow } from "../../static/js/training/film/backward.js";
import { blockBoundary } from "../../static/js/training/film/block-boundary.js";
import { contextOf, disc } from "../../static/js/training/film/context.js";
import { gateOf, places } from "../../static/js/training/film/places.js";
import { stateCenter } from "../../static/js/training/film/step-layout.js";
import { stepColumn } from "../../static/js/training/film/step.js";
import { planOf } from "../../static/js/training/film/timeline.js";
import { recorded, viewWith } from "./recorded.js";

/** Two blocks of two steps. @param {number} width @param {boolean} [phone] @param {(film: Film) => Film} [changed] */
function context(width, phone = false, changed = (film) => film) {
  const film = changed(recorded("film")), lengths = film.frames.map(({ h }) => h.length);
  const at = places(lengths, { width, height: 500, phone });
  return contextOf(
    film,
    film.frames,
    planOf(film.schedule, film.order, false),
    at,
    /** @type {LabView} */ (viewWith({}, "en")),
  );
}

/** @param {Tree[]} trees @returns {Tree[]} all of them, and what is inside */
const inside = (trees) =>
  trees.flatMap((
    tree,
  ) => [tree, ...inside(/** @type {Tree[]} */ (tree.children.filter((child) => typeof child !== "string")))]);

/** From where to where a path reaches. @param {Tree} tree */
function reach({ attributes: { d } }) {
  const points = [...String(d).matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const [xs, ys] = [0, 1].map((i) => points.map((point) => point[i]));
  return { left: Math.min(...xs), right: Math.max(...xs), high: Math.max(...ys) - Math.min(...ys) };
}

/** @param {Tree[]} trees @param {string} name */
const named = (trees, name) => inside(trees).filter(({ attributes }) => attributes.class === name);

/** The last state of the first block, and the first one of the second. @param {ReturnType<typeof context>} seen */
const ends = (seen) => ({
  last: stateCenter(seen, seen.at.frames[0], 1) + seen.at.cell / 2,
  first: stateCenter(seen, seen.at.frames[1], 0) - seen.at.cell / 2,
});

test("the state crosses the line in one piece, as a copy that stands behind it", () => {
  for (const width of [1176, 760]) {
    const seen = context(width), drawn = blockBoundary(seen, 0), { line, strip } = gateOf(seen.at, 0);
    const [across, into] = named(drawn, "forward").map(reach), { last, first } = ends(seen);
    assert.ok(across.left > last && across.left < line && across.right > line && across.right < strip);
    assert.ok(into.left > strip && into.right < first);
    assert.equal(named(drawn, "cut").length, 1);
    assert.equal(named(drawn, "strip carried").length, 1);
    assert.equal(named(drawn, "crossed").length, 0);
  }
});

test("a block that starts from zeros has the arrow crossed out at the line", () => {
  const seen = context(1176), { line } = gateOf(seen.at, 0);
  Object.assign(seen.frames[1], { state: "zeros", h_in: seen.frames[1].h_in.map(() => 0) });
  const drawn = blockBoundary(seen, 0), [out] = named(drawn, "forward").map(reach);
  assert.ok(out.right <= line);
  assert.equal(named(drawn, "crossed").length, 1);
});

test("on a phone the arrow runs from block to block unbroken", () => {
  const seen = context(356, true),
    arrows = named(blockBoundary(seen, 0), "forward").map(reach),
    { last, first } = ends(seen);
  assert.equal(arrows.length, 1);
  assert.ok(arrows[0].left >= last && arrows[0].right <= first && arrows[0].right > gateOf(seen.at, 0).line);
});

test("the gradient ends at scissors on the line, and the rest of its arrow is hatched", () => {
  for (const [width, phone] of /** @type {[number, boolean][]} */ ([[1176, false], [356, true]])) {
    const seen = context(width, phone),
      [, frame] = seen.frames,
      { line } = gateOf(seen.at, 0),
      { last, first } = ends(seen);
    const drawn = backwardArrows(seen, { frame, place: seen.at.frames[1], column: 0, i: 0 });
    const [kept] = named(drawn, "backward").map(reach), [lost] = named(drawn, "lost-outline").map(reach);
    assert.ok(Math.abs(kept.left - line) < 0.1 && kept.right < first, "up to the line");
    assert.ok(lost.right < line && lost.left >= last, "beyond it, up to the state before");
    const [scissors] = named(drawn, "scissors").map(reach);
    assert.ok(Math.abs((scissors.left + scissors.right) / 2 - line) < 1);
    assert.equal(named(drawn, "lost-number middle").length, 1);
  }
});

test("before the first block there is nothing to cut, and a gradient of 0 has no arrow", () => {
  const seen = context(1176), [first, second] = seen.frames;
  assert.deepEqual(
    named(backwardArrows(seen, { frame: first, place: seen.at.frames[0], column: 0, i: 0 }), "scissors"),
    [],
  );
  Object.assign(second, { handed_out: 0 });
  const drawn = backwardArrows(seen, { frame: second, place: seen.at.frames[1], column: 0, i: 0 });
  assert.deepEqual(named(drawn, "backward"), []);
  assert.equal(named(drawn, "lost-number middle")[0].children[0], "0");
});

test("arrows up and down are thin, the chain of states has the width of its norms", () => {
  const seen = context(1176), [frame] = seen.frames;
  const drawn = backwardArrows(seen, { frame, place: seen.at.frames[0], column: 1, i: 1 });
  const [chain] = named(drawn, "backward"), thin = named(drawn, "backward upright");
  assert.equal(thin.length, 2);
  assert.ok(thin.every((tree) => reach(tree).right - reach(tree).left < 9));
  assert.ok(reach(chain).high > 20, "the larger of two norms within a decade");
  assert.equal(named(drawn, "gradient")[0].children[0], "0.30");
});

test("what is not yet computed is a dotted line and a question mark in the very place", () => {
  const seen = context(1176), [frame] = seen.frames;
  const pending = pendingArrow(seen, { frame, place: seen.at.frames[0], column: 1, i: 1 });
  const done = backwardArrows(seen, { frame, place: seen.at.frames[0], column: 1, i: 1 });
  assert.equal(named(pending, "unknown")[0].attributes.x, named(done, "gradient")[0].attributes.x);
  assert.equal(named(pending, "dotted").length, 1);
  const column = inside(stepColumn(seen, { frame, place: seen.at.frames[0], column: 1, i: 1 }));
  const both = column.filter(({ tag, attributes }) => tag === "g" && "data-from" in attributes);
  const from = (/** @type {boolean} */ isPending) =>
    both.filter(({ attributes }) => (attributes.class === "pending") === isPending).map(({ attributes }) =>
      attributes["data-from"]
    );
  assert.deepEqual(from(true), from(false), "one stands until the other comes");
});

test("where nothing is passed back the scale is that of equal sizes", () => {
  const passing = (/** @type {number} */ size) =>
    context(1176, false, (film) => ({
      ...film,
      frames: film.frames.map((frame) => ({
        ...frame,
        from_future: frame.from_future.map(() => size),
        handed_out: size,
      })),
    })).range;
  assert.deepEqual(passing(0), passing(1));
  assert.equal(passing(0).high, 0);
  assert.ok(passing(0).low < 0);
});

test("the disc of an update is as wide as its number", () => {
  /** @param {number} number @param {number} [r] */
  const widthOf = (number, r) => {
    const [rect] = /** @type {Tree[]} */ (disc(100, 50, number, r).children), high = 2 * (r ?? 12);
    const { x, y, width, height } = rect.attributes;
    assert.deepEqual([x, y, height], [100 - Number(width) / 2, 50 - high / 2, high]);
    return Number(Number(width).toFixed(6));
  };
  assert.deepEqual([1, 9, 10, 99, 100, 1000].map((number) => widthOf(number)), [
    ...[24, 24, 25.2, 25.2, 32.8, 40.4],
  ]);
  assert.deepEqual([widthOf(1, 9), widthOf(10, 9)], [18, 25.2]);
});
