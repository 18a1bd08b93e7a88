// The Time layers panel: names, shapes and the gradient that a block discards.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as layers from "../../static/js/explorer/panels/layers.js";
import { answer, viewWith } from "./recorded.js";

test("the stack is that of an RNNLM for symbols and of a regression for numbers", () => {
  assert.deepEqual(layers.stack(answer("bptt")).map(({ name }) => name), [
    ...["Time Embedding", "Time RNN", "Time Affine", "Time Softmax with Loss"],
  ]);
  assert.equal(layers.stack(answer("gru"))[1].name, "Time GRU");
  assert.deepEqual(layers.stack(answer("numbers")).map(({ name }) => name).at(-1), "Time Squared Error");
});

test("what a block discards is da Whᵀ; at the last cut it is the number at the scissors", () => {
  const result = answer("bptt"), cut = result.blocks[1].start;
  const shown = Math.hypot(...result.full.dh_future[cut - 1].map(Number));
  assert.ok(Math.abs(Number(layers.discarded(result, cut)) - shown) < 1e-4 * shown);
  assert.equal(layers.discarded(result, 0), null);
  assert.equal(layers.discarded(answer("full"), 2), null);
  assert.equal(layers.discarded(answer("gru-cut"), 2), null);
});

test("every block is drawn while there is room, and the last one always", () => {
  const result = answer("bptt");
  assert.deepEqual(layers.shown(result, 1200), result.blocks);
  result.blocks = Array.from({ length: 9 }, (_, i) => ({ ...result.blocks[0], start: i, stop: i + 1 }));
  const drawn = layers.shown(result, 1200);
  assert.equal(drawn.at(-1), result.blocks[8]);
  assert.equal(drawn.at(-2), null);
  // A block takes 190 px, 34 px lie between two, and 26 px are left at either end; six are the most.
  const numbers = (/** @type {number} */ room) => layers.shown(result, room).map((block) => block?.start);
  assert.deepEqual(numbers(5000), [0, 1, 2, 3, undefined, 8]);
  assert.deepEqual(numbers(2 * 26 + 3 * 190 + 2 * 34), [0, undefined, 8]);
  assert.deepEqual(numbers(2 * 26 + 3 * 190 + 2 * 34 - 1), [0, 1]);
  assert.deepEqual(numbers(100), [0]);
  result.blocks.length = 6;
  assert.deepEqual(numbers(5000), [0, 1, 2, 3, 4, 5]);
});

test("the caption says that the state is carried and the gradient is not, and names the RNNLM once", () => {
  const { words } = viewWith(), said = (/** @type {string} */ name) => layers.sentence(answer(name), words);
  assert.match(said("bptt"), /\*\*carried\*\* to the next of 2 blocks \(k = 2\).*discarded.*RNNLM/);
  assert.match(said("full"), /takes 4 steps as one layer/);
  assert.doesNotMatch(said("numbers"), /RNNLM/);
});
