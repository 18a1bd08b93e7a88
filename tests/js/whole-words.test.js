// A word of the film that an edge would cut is hidden, and comes back as soon as it is whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hideCut } from "../../static/js/training/film/whole-words.js";

test("only a word that lies across an edge is hidden", () => {
  const hidden = new Set();
  const words = [[0, 40], [40, 90], [100, 160], [160, 200]].map(([from, to]) => {
    const classList = {
      toggle: (/** @type {string} */ _, /** @type {boolean} */ on) => hidden[on ? "add" : "delete"](from),
    };
    return { word: /** @type {any} */ ({ classList }), from, to };
  });
  const at = (/** @type {number} */ left, /** @type {number} */ right) => {
    hideCut(words, left, right);
    return [...hidden].sort((a, b) => a - b);
  };
  assert.deepEqual(at(0, 200), []);
  assert.deepEqual(at(40, 160), []);
  assert.deepEqual(at(41, 159), [40, 100]);
  assert.deepEqual(at(10, 150), [0, 100]);
  assert.deepEqual(at(0, 200), []);
});
