// The views of the training lab: which of them a link of few parts leaves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pictureOf } from "../../static/js/training/views.js";

test("a link that names no view leaves the open one, as the explorer its picture", () => {
  assert.deepEqual(pictureOf("text", { show: "none" }), ["film"]);
  assert.deepEqual(pictureOf("text", { show: "k,player", look: null }), ["film"]);
  assert.deepEqual(pictureOf("text", { show: "k", open: "lanes" }), ["lanes"]);
  assert.deepEqual(pictureOf("text", { show: "k", it: "1.0" }), ["lanes"]);
  assert.deepEqual(pictureOf("recall", { show: "k" }), ["race"], "a task without a film");
});

test("a link that names a view leaves no other", () => {
  assert.deepEqual(pictureOf("text", { show: "k,race" }), []);
  assert.deepEqual(pictureOf("text", { show: "k", look: "weights" }), []);
});
