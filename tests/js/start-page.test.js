// Thumbnails of the start page's examples.

import assert from "node:assert/strict";
import { test } from "node:test";
import { triangle } from "../../static/js/explorer/start-page/thumbnail.js";
import { answer } from "./recorded.js";

/** @param {string} path */
const cells = (path) => path.split("Z").length - 1;

test("a preset's picture has a cell for every pair, orange where it is kept", () => {
  const { kept, cut } = triangle(answer("bptt"));
  assert.equal(cells(kept.join("")), 6);
  assert.equal(cells(cut), 4);
  assert.equal(cells(triangle(answer("full")).cut), 0);
});

test("rows without a loss are pale and hold no cell", () => {
  const result = answer("last"), { kept, cut, none } = triangle(result);
  assert.equal(cells(none), result.tokens.length - 1);
  assert.equal(cells(kept.join("")) + cells(cut), result.tokens.length);
});

test("every shade is used by size: the largest cell has the last one", () => {
  const { kept } = triangle(answer("full"));
  assert.ok(kept[kept.length - 1].includes("Z"));
  assert.ok(kept.slice(0, -1).some((path) => path.includes("Z")));
});
