// The story of the start page: which loss it follows, its frames, and what the picture shows in each.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { frameOf, framesOf, storyOf } from "../../static/js/explorer/start-page/story.js";
import { calloutShapes } from "../../static/js/explorer/unrolled/callout.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { curve, thumbnail } from "../../static/js/explorer/start-page/thumbnail.js";
import { makeDocument } from "./document.js";
import { answer, viewWith } from "./recorded.js";

makeDocument();

/** @typedef {{label?: {text: string}, fillcolor: string, path?: string, line?: {color?: string}}} Shape */

/** @param {Result} result @param {1 | 2 | 3} beat */
function shapesAt(result, beat) {
  const story = storyOf(result);
  assert.ok(story);
  const view = viewWith({
    story: { ...story, ...frameOf(story, result.tokens.length, beat) },
    pair: { s: story.s, t: story.s },
  });
  return /** @type {Shape[]} */ (graph.shapes(result, view));
}

/** @param {Shape[]} shapes */
const written = (shapes) => shapes.flatMap(({ label }) => (label?.text ? [label.text] : []));

test("it follows the last wrong letter, as far as it reaches", () => {
  const result = answer("bptt"), story = storyOf(result); // hello, k = 2: three of four guesses are wrong
  assert.deepEqual(story && [story.s, story.reach, story.wrong], [3, 2, [1, 2, 3]]);
  assert.deepEqual(story?.sizes, [3, 2, 1, 0].map((t) => result.credit[3][t]));
  assert.equal(storyOf(answer("full"))?.reach, 0);
});

test("where every guess is right it follows the last loss, and where nothing is known there is none", () => {
  const result = answer("bptt"), right = result.targets.map((symbol) => result.vocabulary.indexOf(symbol));
  result.forward.o = result.forward.o.map((row, t) => row.map((_, i) => Number(i === right[t])));
  assert.deepEqual([storyOf(result)?.s, storyOf(result)?.wrong], [3, []]);
  assert.equal(storyOf(answer("last"))?.s, answer("last").tokens.length - 1);
  assert.equal(storyOf({ ...result, credit: result.credit.map((row) => row.map(() => null)) }), null);
});

test("its frames read each letter, walk back over each edge, and end with the scissors", () => {
  const result = answer("bptt"), story = storyOf(result);
  assert.ok(story);
  const frames = framesOf(story, 4);
  assert.deepEqual(frames.map(({ beat }) => beat), [1, 1, 1, 1, 2, 2, 2, 2, 3]);
  assert.deepEqual(frames.slice(0, 4).map(({ at }) => at?.t), [0, 1, 2, 3]);
  assert.deepEqual(frames.slice(4).map(({ until }) => until), [3, 2, 1, 0, 0]);
  const total = frames.reduce((sum, { ms }) => sum + ms, 0);
  assert.ok(total > 3000 && total < 7000);
  const long = framesOf({ ...story, s: 39 }, 40).reduce((sum, { ms }) => sum + ms, 0);
  assert.ok(long < 8000, "a longer text takes no longer");
});

test("the numbers of the walk are exact before the scissors come, and hatched beyond them afterwards", () => {
  const result = answer("bptt");
  const forward = written(shapesAt(result, 1)), back = shapesAt(result, 2), cut = shapesAt(result, 3);
  assert.ok(!forward.some((text) => ["0.18", "0.082", "0.052"].includes(text)));
  for (const size of ["0.18", "0.082", "0.052"]) {
    assert.ok(written(back).includes(size));
    assert.ok(written(cut).includes(size));
  }
  const { colors } = viewWith();
  const hatched = (/** @type {Shape[]} */ shapes) =>
    shapes.filter(({ line, path }) => line?.color === colors.ghost && (path ?? "").length > 20).length;
  assert.equal(hatched(back), 0);
  assert.ok(hatched(cut) > 0);
  assert.ok(!written(back).includes("graph.block_steps") && written(cut).length > written(back).length);
});

test("a run whose only loss is the last has a curve of what it sends back", () => {
  const result = answer("last"), drawn = /** @type {any} */ (curve(result)).children;
  const [path] = drawn.filter((/** @type {any} */ it) => it.attributes.class === "curve");
  const T = result.tokens.length, kept = result.kept[T - 1].filter((weight) => weight).length;
  assert.equal(path.attributes.d.slice(1).split("L").length, kept);
  const classes = (/** @type {any} */ it) =>
    it.children.map((/** @type {any} */ one) => one.attributes.class);
  assert.ok(classes(thumbnail(result)).includes("curve"));
  assert.ok(!classes(thumbnail(answer("bptt"))).includes("curve"));
});

test("beside the loss stands what is said and should be, and under it, from the second beat on, who is blamed", () => {
  const result = answer("bptt"), story = storyOf(result); // the last guess is wrong
  assert.ok(story);
  /** @param {number} beat @param {Partial<View>} [changes] */
  const lines = (beat, changes = {}) => {
    const view = viewWith({ story: /** @type {any} */ ({ ...story, beat }), ...changes }),
      pen = penOf(result, view);
    const left = pen.cx(3) + pen.output.width / 2 + 12, shapes = calloutShapes(result, view, pen);
    const labels = /** @type {any[]} */ (shapes).filter(({ label }) => label);
    return labels.map(({ x0, y0 }, i) => [
      x0 - left,
      y0 + 1 - (i < 2 ? pen.rows.output : pen.rows.hidden + pen.aside.y),
    ]);
  };
  assert.deepEqual(lines(1), [[0, -11], [0, 11]]);
  assert.deepEqual(lines(2), [[0, -11], [0, 11], [0, -11], [0, 11]]);
  assert.deepEqual(lines(3), lines(2));
  assert.deepEqual(lines(2, { width: 560 }), [], "no room");
});
