// English plurals: a noun or verb agrees with the count before it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plural } from "../../static/js/lib/english.js";
import { words } from "../../static/js/lib/words.js";
import { recorded, viewWith } from "./recorded.js";

test("only one is singular", () => {
  const forms = ["0", "1", "2", "11", "21", "101", "1,001"].map((count) => plural(count, "step/steps"));
  assert.deepEqual(forms, ["steps", "step", ...Array(5).fill("steps")]);
});

test("a catalogue takes the noun with its count, and a verb alone", () => {
  viewWith();
  assert.equal(words("learning.updates", { n: 1 }), "1 update");
  assert.equal(words("learning.updates", { n: 2 }), "2 updates");
  assert.match(words("learning.made", { n: 1 }), /^After \*\*1 update\*\* with/);
  assert.match(words("credit.lost", { kept: 1, total: 3, share: "9%" }), /^1 of 3 cells is kept;/);
  assert.match(words("credit.lost", { kept: 2, total: 3, share: "9%" }), /^2 of 3 cells are kept;/);
  assert.equal(words("norms.nothing_arrives", { n: 1 }), "1 step receives no gradient at all.");
  assert.match(words("pair.terms_lost", { n: 1, share: "9%" }), /^1 of them, in gray, is discarded/);
  assert.equal(words("k_out.segments", { n: 1 }), "= 1 segment");
});

test("every pair of forms of the English catalogue is a pair of words", () => {
  const text = JSON.stringify(recorded("words-en"));
  for (const [, forms] of text.matchAll(/\{\w+\|\|?([^}]+)\}/g)) assert.match(forms, /^[a-z ]+\/[a-z ]+$/);
});
