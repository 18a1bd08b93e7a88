// Losses at chosen steps and holes among the targets, as the pages read and show them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf, problemOfSteps, weightsNeeded } from "../../static/js/page/constraints.js";
import { readQuery, writeQuery } from "../../static/js/page/query.js";
import { countLosses, hasLoss, lastLoss } from "../../static/js/explorer/losses.js";
import { ledgerOf } from "../../static/js/explorer/ledger/ledger.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { edgeState, lossesPassing } from "../../static/js/explorer/unrolled/backward.js";
import { linesOf } from "../../static/js/explorer/unrolled/cards.js";
import { prediction } from "../../static/js/explorer/readout.js";
import { answer, controls, recorded, viewWith } from "./recorded.js";

const ALL = controls();
/** @param {string} name */
const control = (name) => /** @type {Control} */ (ALL.find((one) => one.name === name));
/** @param {string} search */
const read = (search) => readQuery(search, ALL);

test("a link may list the steps that have a loss; those beyond the last are left out, and it is said", () => {
  assert.equal(read("?loss_at=9,+2,2,5&steps=12").params.loss_at, "2,5,9");
  assert.equal(writeQuery(read("?loss_at=3,0").params, ALL), "?v=1&loss_at=0%2C3");
  const { params, remarks } = read("?loss_at=1,7,9");
  assert.equal(params.loss_at, "1");
  assert.deepEqual(remarks, [{ code: "cuts_dropped", name: "loss_at", given: "7, 9", used: 3 }]);
  assert.equal(read("?loss_at=7").params.loss_at, "every");
  for (const bad of ["first", "1;2", "-1", "1000", ""]) {
    const { params, remarks } = read(`?loss_at=${bad}`);
    assert.equal(params.loss_at, "every");
    assert.deepEqual(remarks.map(({ code }) => code), ["default"]);
  }
});

test("a list that is typed is refused where a step does not exist", () => {
  const of = (/** @type {string} */ value) => problemOfSteps(control("loss_at"), value, read("").params);
  for (const good of ["0", "3,1", " 2 , 2,", "0,1,2,3"]) assert.equal(of(good), null, good);
  for (const bad of ["", "a", "1 2", "1.5"]) {
    assert.deepEqual(of(bad), { code: "not_steps", limit: 999 }, bad);
  }
  assert.deepEqual(of("1,4"), { code: "loss_beyond", limit: 3, given: 4 });
});

test("a hole among the targets is no symbol, and not all of them may be holes", () => {
  const of = (/** @type {string} */ value, search = "") =>
    problemOf(control("targets"), value, read(search).params, ALL);
  assert.equal(of("·a··b"), null);
  assert.equal(of("·1·".split("").join(" "), "?unit=number&text=1+2+3"), null);
  assert.deepEqual(of("·····"), { code: "no_loss_left", limit: 1 });
  const needed = (/** @type {string} */ search) => weightsNeeded(read(search).params, ALL);
  assert.equal(needed("?targets=hel··"), needed(""));
});

/** @param {Record<string, string>} params @param {string[]} [targets] @returns {Result} */
function run(params, targets) {
  const result = answer("bptt");
  return {
    ...result,
    tokens: [...result.tokens],
    targets: targets ?? result.targets,
    params: { ...result.params, ...params },
  };
}

test("which steps have a loss follows from the list and from the holes", () => {
  const listed = run({ loss_at: "1,3" }), masked = run({ targets: "e··o" }, ["e", "·", "·", "o"]);
  assert.deepEqual([0, 1, 2, 3].map((t) => hasLoss(listed, t)), [false, true, false, true]);
  assert.deepEqual([0, 1, 2, 3].map((t) => hasLoss(masked, t)), [true, false, false, true]);
  assert.equal(countLosses(masked, 1, 4), 1);
  assert.equal(countLosses(masked, 4, 4), 0);
  assert.equal(lastLoss(run({ loss_at: "last", targets: "el··" }, ["e", "l", "·", "·"])), 1);
  assert.equal(lastLoss(run({}, ["e", "l", "·", "·"])), 3, "without targets of one's own a dot is a symbol");
});

test("an edge is cut for the losses there are: in blocks of 2 with one loss at t = 1 none crosses the cut", () => {
  const result = run({ loss_at: "1,3" });
  assert.deepEqual([1, 2, 3].map((t) => edgeState(result, t)), ["whole", "cut", "whole"]);
  assert.deepEqual(lossesPassing(result, 1), { all: 2, passing: 1 });
  assert.deepEqual(lossesPassing(result, 3), { all: 1, passing: 1 });
});

test("a step without a target has no line of a target, no mark of a guess and no probability of it", () => {
  const result = run({ targets: "e··o" }, ["e", "·", "·", "o"]);
  result.forward = { ...result.forward, loss: result.forward.loss.map((loss, t) => t % 3 ? null : loss) };
  assert.ok(!linesOf(result, 1, 4).some(({ isTarget, isGuess }) => isTarget || isGuess));
  assert.equal(linesOf(result, 1, 3).length, 3);
  assert.ok(linesOf(result, 1, 3).every(({ name }) => name));
  assert.equal(prediction(result, 1), "–");
  const numbers = { ...recorded("numbers") };
  numbers.targets = numbers.targets.map((/** @type {number} */ target, /** @type {number} */ t) =>
    t ? target : "·"
  );
  assert.deepEqual(linesOf(numbers, 0, 4).map(({ name }) => name), ["ŷ"]);
});

test("the ledger divides by the number of losses, and names the steps without one", () => {
  const result = run({ loss_at: "1,3" }), view = viewWith();
  const cards = (/** @type {string} */ at) =>
    JSON.stringify(ledgerOf(result, view, /** @type {Moment} */ (readMoment(at))));
  assert.ok(cards("f1.4").includes(view.words("ledger.into_mean", { T: 2 })));
  assert.ok(cards("f2.4").includes(view.words("ledger.no_loss")));
  assert.ok(cards("b2.1").includes(view.words("ledger.head_no_loss")));
  assert.ok(!cards("b1.1").includes(view.words("ledger.head_no_loss")));
});
