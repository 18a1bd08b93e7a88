// The bounded map, and requests that are remembered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { remembered } from "../../static/js/server/api.js";
import { Recent } from "../../static/js/lib/bounded-map.js";

test("what came first goes first, and what is set again stays where it is", () => {
  const recent = new Recent(2);
  recent.set("a", 1).set("b", 2).set("a", 3);
  assert.deepEqual([...recent], [["a", 3], ["b", 2]]);
  recent.set("c", 4);
  assert.deepEqual([...recent.keys()], ["b", "c"]);
});

test("a question is asked once, and again only if it failed", async () => {
  /** @type {string[]} */
  const asked = [];
  const answer = remembered((query) => {
    asked.push(query);
    return Promise.resolve(asked.length === 1 ? { failure: "offline" } : { result: asked.length });
  });
  assert.deepEqual(await answer("k=1"), { failure: "offline" });
  assert.deepEqual(await answer("k=1"), { result: 2 });
  assert.deepEqual(await answer("k=1"), { result: 2 });
  assert.deepEqual(await answer("k=2"), { result: 3 });
  assert.deepEqual(asked, ["k=1", "k=1", "k=2"]);
});
