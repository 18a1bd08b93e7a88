// Printed lessons: two steps share a sheet, and a long picture is scaled so that all of it is on paper.

import assert from "node:assert/strict";
import test from "node:test";
import { heights, scaleFor } from "../../static/js/lessons/paper.js";

test("two steps share a sheet where their words leave room", () => {
  const words = [180, 200, 150, 190, 160], all = heights(words, 90);
  assert.deepEqual(all, [285, 285, 350, 350, 430]);
  for (const i of [0, 2]) assert(words[i] + words[i + 1] + all[i] + all[i + 1] + (i ? 0 : 90) <= 1040);
  assert.deepEqual(heights([400, 150, 150], 90), [430, 370, 370]);
});

test("a picture of forty steps is whole, a short one keeps its size", () => {
  assert.deepEqual(scaleFor(0.7, 670, 0), 0.7);
  assert.deepEqual(scaleFor(0.7, 670, 300).toFixed(2), "0.53");
  assert.deepEqual(scaleFor(0.7, 670, 9000), 0.45);
});
