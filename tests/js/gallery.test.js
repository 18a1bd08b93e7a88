// The sentence of an example is computed from its answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleLine } from "../../static/js/explorer/example-line.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

const { words } = viewWith();

test("it counts the pairs that are kept", () => {
  for (const name of ["bptt", "window", "tbptt"]) {
    const result = answer(name), flat = result.kept.flat().filter((weight) => weight !== null);
    const kept = flat.filter((weight) => weight).length;
    assert.equal(
      exampleLine(result, words),
      `${kept} of ${flat.length}\u00a0pairs kept`.replace("\u00a0", " "),
      name,
    );
  }
  assert.match(exampleLine(answer("full"), words), /^\d+ pairs, all kept$/);
});

test("of a single loss it says what arrives, or how far it reaches", () => {
  const last = answer("last"), cut = { ...last, cells_kept: 2, cells_total: 9 };
  assert.equal(exampleLine(cut, words), "the only loss reaches 2 of 9 steps");
  const whole = { ...last, cells_kept: last.cells_total };
  assert.match(exampleLine(whole, words), /(shrinks|grows) to/);
});

test("of training first it says the loss, and of random cuts their probability", () => {
  const result = answer("bptt"), params = { ...result.params, updates: 60 };
  const learned = { ...result, params, training: { ...result.training, loss: [1.26, 0.5, 0.016] } };
  assert.equal(exampleLine(learned, words), "loss 1.26 → 0.016 in 60 updates");
  assert.match(exampleLine(answer("randomized"), words), /^each edge cut with \d+%: \d+ of \d+ pairs kept$/);
});

test("every answer has one", () => {
  for (const name of ANSWERS) assert.ok(exampleLine(answer(name), words), name);
});
