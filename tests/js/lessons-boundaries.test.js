// The rules of the lessons where one answer ends and the next begins, on small answers made by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as blocks from "../../static/js/lessons/rules/blocks.js";
import * as bptt from "../../static/js/lessons/rules/bptt.js";
import * as graph from "../../static/js/lessons/rules/graph.js";
import * as hello from "../../static/js/lessons/rules/hello.js";
import * as lanes from "../../static/js/lessons/rules/lanes.js";
import * as order from "../../static/js/lessons/rules/order.js";
import * as product from "../../static/js/lessons/rules/product.js";
import * as remedies from "../../static/js/lessons/rules/remedies.js";
import * as schemes from "../../static/js/lessons/rules/schemes.js";
import * as step from "../../static/js/lessons/rules/step.js";
import * as truncated from "../../static/js/lessons/rules/truncated.js";
import * as unroll from "../../static/js/lessons/rules/unroll.js";
import { largest, smallest, steps } from "../../static/js/lessons/rules/vectors.js";

/** Answers of a lab, as far as a rule reads them. @param {any} parts @returns {LabAnswers} */
const of = (parts) => ({ params: {}, seen: {}, ...parts });
/** @param {any} parts of a run */
const run = (parts) => of({ bptt: parts });
/** @param {any} parts of the graph lab's answer @param {any} [more] */
const graphOf = (parts, more) => of({ graph: parts, ...more });

test("lesson 1: as likely is equal, and no gradient is neither up nor down", () => {
  const text = run({ forward: { loss: [1, 2] } }), other = run({ forward: { loss: [1, 2.5] } });
  assert.deepEqual([order.likelier(text, text), order.likelier(text, null)].map(({ right }) => right), [
    ...[["equal"], ["equal"]],
  ]);
  assert.deepEqual([order.likelier(text, other).right, order.likelier(other, text).right], [
    ...[["first"], ["second"]],
  ]);
  const beyond = (/** @type {number} */ grad) =>
    order.beyondTheWindow(graphOf({ grad: { "x.0": grad } }, { params: { n: "5", tau: "3" } }), null);
  assert.deepEqual([0.5, 0, -0.5].map((grad) => beyond(grad).right), [["up"], ["still"], ["down"]]);
  assert.deepEqual(beyond(0.5).values, { grad: 0.5, n: 5, tau: 3 });
});

test("lesson 2: a weight used twice adds its gradients, whatever the guesses", () => {
  const layers = graphOf({ grad: { w1: 1, w2: 3 } });
  const tied = (/** @type {number} */ w) => graph.tiedTogether(layers, graphOf({ grad: { w } })).right;
  assert.deepEqual([1, 2, 3, 4, 5].map(tied), [["first"], ["mean"], ["second"], ["sum"], []]);
  assert.deepEqual(graph.tiedTogether(layers, null).right, ["sum"]);
});

test("lesson 2: what f becomes is one guess beside f, a tenth more and the other direction", () => {
  const answers = graphOf({ value: { f: 9 }, grad: { x: 3, y: -3, z: 4 }, output: "f" });
  const { choices, right, values } = graph.promise(answers, null);
  assert.deepEqual([choices, right], [["8.7", "9", "9.1", "9.3"], ["8.7"]]);
  assert.deepEqual(values, { f: 9, then: 8.7, gx: 3, gy: -3, gz: 4 });
});

test("lesson 2: the next node backward is the one after those that are done, and never beyond the last", () => {
  const answers = { nodes: [{ name: "x" }, { name: "p" }, { name: "f" }], tape: ["f", "p"], value: {} };
  const next = (/** @type {string} */ at) => graph.nextBack(graphOf(answers, { seen: { at } }), null);
  assert.deepEqual([next("b0").right, next("b1").right, next("b2").right], [["f"], ["p"], ["p"]]);
  assert.deepEqual([next("b0").choices, next("b1").choices], [["x", "p", "f"], ["x", "p"]]);
});

test("lesson 3: without a memory the state may be the same, larger or smaller", () => {
  /** @param {number} before @param {number} weight */
  const without = (before, weight) => {
    const a = 0.5 + before * weight;
    const forward = { h: [[before], [a]], a: [[0], [a]] };
    const params = { activation: "identity" };
    return step.forgetting(run({ forward, weights: { Wh: [[weight]] }, params }), null);
  };
  assert.deepEqual([without(0, 2), without(1, 2), without(-1, 2)].map(({ right }) => right), [
    ...[["same"], ["smaller"], ["larger"]],
  ]);
  const { values } = without(1, 2);
  assert.deepEqual(values, { before: 1, weight: 2, memory: 2, input: 0.5, with: 2.5, without: 0.5 });
});

test("lesson 3: without a memory the state is what the run's own activation makes of the input", () => {
  const without = (/** @type {string} */ activation) =>
    step.forgetting(
      run({
        forward: { h: [[1], [0.3]], a: [[0], [-0.5]] },
        weights: { Wh: [[0]] },
        params: { activation },
      }),
      null,
    ).values?.without;
  assert.deepEqual(["tanh", "sigmoid", "relu", "identity"].map(without), [
    ...[Math.tanh(-0.5), 1 / (1 + Math.exp(0.5)), 0, -0.5],
  ]);
});

test("lesson 3: a slope that is the bound itself does not pass it", () => {
  const steepest = (/** @type {number[]} */ ...slopes) =>
    step.steepest(run({ forward: { slope: [slopes] } }), null).right;
  assert.deepEqual([[0.1], [0.25, 0.2], [0.2501], [0.5], [1], [1.5]].map((slopes) => steepest(...slopes)), [
    ...[["1/10"], ["1/4"], ["1/2"], ["1/2"], ["1"], ["1"]],
  ]);
});

test("lesson 3: a row that no input picks is zero; of many symbols seven are offered", () => {
  const vocabulary = [..."abcdefghij"];
  const rule = (/** @type {number} */ idle) =>
    step.neverRead(
      run({ vocabulary, full: { gradients: { Wx: vocabulary.map((_, i) => [0, i < idle ? 0 : 1]) } } }),
      null,
    );
  assert.deepEqual(rule(0).right, ["nowhere"]);
  assert.deepEqual(rule(2).right, ["a", "b"]);
  assert.equal(rule(9).right?.length, 7);
  assert.deepEqual(rule(2).choices, ["a", "b", "c", "d", "e", "f", "g", "nowhere"]);
  assert.equal(rule(2).values?.read, 8);
});

test("lesson 4: a sum as long as its parts is equal to them, up to a rounding", () => {
  const sum = (/** @type {number} */ size) =>
    unroll.shorterThanItsParts(
      run({ full: { step_norms: { Wh: [1, 1] }, gradients: { Wh: [[size]] } } }),
      null,
    ).right;
  assert.deepEqual([1.9, 1.9999, 2, 2.0001, 2.1].map(sum), [
    ...[["shorter"], ["equal"], ["equal"], ["equal"], ["longer"]],
  ]);
});

test("lesson 5: a gradient starts where there is one, and no guess is a negative number of steps", () => {
  const at = (/** @type {number[]} */ ...sizes) =>
    hello.starts(
      run({ full: { dh_output: sizes.map((size) => [0, size]) }, weights: { by: [0, 0, 0] } }),
      null,
    );
  assert.deepEqual([at(0, 1, 1).right, at(0, 1, 1).choices], [["2"], ["1", "2", "3"]]);
  assert.deepEqual(at(1).choices, ["1", "2"]);
  assert.deepEqual(at(0, 1, 1).values, { starts: 2, silent: 1, lastN: "(N,3)", everyN: "(N,3,3)" });
});

test("lesson 6: a gradient from the future as long as the own one is not less", () => {
  const future = (/** @type {number} */ size) =>
    bptt.lastFuture(run({ full: { dh_output: [[9], [2]], dh_future: [[9], [size]] } }), null).right;
  assert.deepEqual([0, 1, 2, 3].map(future), [["none"], ["less"], ["more"], ["more"]]);
  const together = (/** @type {number} */ sum) =>
    bptt.longerTogether(
      run({ full: { dh_output: [[3, 0], [0, 0]], dh_future: [[0, 4], [0, 0]], dh: [[sum, 0], [0, 0]] } }),
      null,
    );
  assert.deepEqual([4, 4.1].map((sum) => together(sum).right), [["no"], ["yes"]]);
  assert.deepEqual(together(5).values, { sum: 5, longer: 4, angle: 90, lengths: 7 });
});

test("lesson 7: a gradient of the same size as before neither vanishes nor explodes", () => {
  const sized = (/** @type {number[]} */ ...sizes) =>
    run({ tokens: [1, 2], full: { dh_norm: sizes }, jacobian: {} });
  const fates = (/** @type {number} */ linear, /** @type {number} */ tanh) =>
    product.twoFates(sized(linear, 1), sized(tanh, 1)).right;
  assert.deepEqual([fates(2, 2), fates(2, 1), fates(1, 2), fates(1, 1)], [
    ...[["both"], ["linear"], ["tanh"], ["neither"]],
  ]);
});

test("lesson 8: what differs by a rounding has not changed", () => {
  const runs = [0, 1e-12, 2e-12].map((h) =>
    run({
      forward: { h: [[h]], loss: [1] },
      truncated: { gradients: { Wy: [[1]], Wh: [[1]] } },
      comparison: { Wh: {}, recurrent: {} },
    })
  );
  assert.deepEqual([1, 2].map((i) => truncated.changed(runs[0], runs[i]).right), [[], ["h"]]);
});

test("lesson 9: states that differ by a rounding have not moved", () => {
  const films = [0, 1e-12, 2e-12].map((h) => of({ film: { frames: [{ block: 0, h: [[h]], loss: [1] }] } }));
  assert.deepEqual([1, 2].map((i) => blocks.outOfOrder(films[0], films[i]).right), [["no"], ["yes"]]);
});

test("lesson 10: a block that begins with the end of a sentence holds pieces of two", () => {
  const across = (/** @type {string} */ text, /** @type {number} */ k) =>
    lanes.acrossSentences({
      ...run({
        tokens: [...text],
        blocks: Array.from({ length: text.length / k }, (_, i) => ({ start: k * i, stop: k * (i + 1) })),
      }),
      params: { k },
    }, null).right;
  assert.deepEqual([across("ab.cde", 2), across("ab.cde", 3), across("ab. cd", 3)], [["1"], ["0"], ["0"]]);
  assert.deepEqual([across("a!b?cd", 3), across("a!b?cd", 6)], [["2"], ["1"]]);
});

test("lesson 11: a loss that keeps a part of a step sees it", () => {
  const kept = [[1, null], [0.5, 1]], seen = of({ params: { k: 2 }, bptt: { kept, tokens: [1, 2] } });
  assert.deepEqual(schemes.seeAllSteps(seen, null).right, ["1"]);
  const none = of({ params: { k: 2 }, bptt: { kept: [[1, null], [0, 1]], tokens: [1, 2] } });
  assert.deepEqual(schemes.seeAllSteps(none, null).right, ["0"]);
});

test("lesson 12: of two ways to clip both, one or neither may keep the direction", () => {
  /** @param {number[]} dWh */
  const clipped = (dWh) => of({ film: { frames: [{ update: { dWh: [dWh], norm: 1, clip_rate: null } }] } });
  /** @param {number[]} first @param {number[]} second */
  const keeping = (first, second) => remedies.keepsDirection(clipped(first), clipped(second)).right;
  assert.deepEqual(keeping([1, 1], [2, 2]), ["both"]);
  assert.deepEqual(keeping([1, 1], [2, 1]), ["norm"]);
});

test("equal to a hair are all the largest and all the smallest, and steps fill the choices", () => {
  assert.deepEqual(largest([-1, 0, -1e-12, -2e-12]), [1, 2]);
  assert.deepEqual(smallest([-1, -2, -2 + 1e-13]), [1, 2]);
  assert.deepEqual(steps(3, [1]), { choices: ["t = 0", "t = 1", "t = 2"], right: ["t = 1"] });
  assert.deepEqual(steps(9, [8], 3).choices, ["t = 0", "t = 1", "t = 8"]);
  assert.deepEqual(steps(9, [5, 6, 7, 8], 3).right, ["t = 5", "t = 6", "t = 7"]);
});
