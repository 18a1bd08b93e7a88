// Cutting by hand: what a click on an edge and a drag of a cut line change in the parameters.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cutEdges, cutsOf, moved, nextFree, toggled } from "../../static/js/explorer/cuts/edits.js";
import { answer } from "./recorded.js";

const tokens = Array(7).fill("a");

test("an edge is cut where no backward pass crosses it", () => {
  /** @param {[number, number][]} passes */
  const found = (...passes) =>
    cutEdges({ tokens, walks: passes.map(([start, stop]) => ({ start, stop, newest_from: start })) });
  assert.deepEqual(found([0, 7]), []);
  assert.deepEqual(found([0, 3], [3, 5], [5, 7]), [3, 5]);
  assert.deepEqual(found([0, 1], [1, 2], [2, 7]), [1, 2]);
  assert.deepEqual(found([0, 3], [2, 5], [4, 7]), []); // passes that overlap
  assert.deepEqual(found([0, 3], [1, 4], [5, 7]), [4, 5]); // nothing reaches step 4
});

test("the cuts of every recorded run are the starts of its blocks", () => {
  for (const name of ["bptt", "full", "window", "tbptt", "randomized", "cuts", "long", "single"]) {
    const result = answer(name), starts = result.blocks.slice(1).map(({ start }) => start);
    assert.deepEqual(cutsOf(result.params, result), starts, name);
    assert.deepEqual(cutEdges(result), starts, name);
  }
});

test("while a drag runs ahead of the answers, cuts follow the address", () => {
  const result = { tokens, walks: [{ start: 0, stop: 7, newest_from: 0 }] };
  assert.deepEqual(cutsOf({ truncation: "blocks", k: 2 }, result), [2, 4, 6]);
  assert.deepEqual(cutsOf({ truncation: "blocks", k: 7 }, result), []);
  assert.deepEqual(cutsOf({ truncation: "blocks", k: 50 }, result), []);
  assert.deepEqual(cutsOf({ truncation: "cuts", cuts: "2,6,9" }, result), [2, 6]);
  assert.deepEqual(cutsOf({ truncation: "cuts", cuts: "2,7" }, result), [2]); // there is no step 7 of 7
  assert.deepEqual(cutsOf({ truncation: "full", k: 2 }, result), []);
});

test("an edge is cut or healed, whichever scheme the cuts came from", () => {
  assert.deepEqual(toggled([], 3), { truncation: "cuts", cuts: "3" });
  assert.deepEqual(toggled([2, 4, 6], 3), { truncation: "cuts", cuts: "2,3,4,6" });
  assert.deepEqual(toggled([2, 4, 6], 4), { truncation: "cuts", cuts: "2,6" });
  assert.deepEqual(toggled([4], 4), { truncation: "cuts", cuts: "" });
});

test("a line of blocks moves k, one of own cuts moves alone", () => {
  const blocks = { truncation: "blocks", k: 2 };
  assert.deepEqual(moved(blocks, [2, 4, 6], 2, 5), { k: "5" });
  assert.deepEqual(moved(blocks, [2, 4, 6], 6, 3), { k: "1" }); // the third line stands at 3 k
  assert.deepEqual(moved(blocks, [2, 4, 6], 6, 1), { k: "1" });
  const own = { truncation: "cuts", cuts: "2,4,6" };
  assert.deepEqual(moved(own, [2, 4, 6], 4, 5), { cuts: "2,5,6" });
  assert.deepEqual(moved(own, [2, 4, 6], 2, 7), { cuts: "4,6,7" });
  assert.deepEqual(moved(own, [2, 4, 6], 4, 6), { cuts: "2,6" }); // one is dropped onto another
});

test("a key passes over other cuts and stops at the ends", () => {
  assert.equal(nextFree([2, 3, 5], 2, 1, 6), 4);
  assert.equal(nextFree([2, 3, 5], 3, -1, 6), 1);
  assert.equal(nextFree([1, 2], 2, -1, 6), 2);
  assert.equal(nextFree([5, 6], 5, 1, 6), 5);
  assert.equal(nextFree([2, 5], 5, 1, 6), 6);
  assert.equal(nextFree([2, 5], 2, -1, 6), 1);
});
