import assert from "node:assert/strict";
import { test } from "node:test";

import { zoomFor } from "../../static/js/page/print.js";

test("a figure as wide as the window is as wide as the paper", () => {
  for (const width of [1023, 1280, 1920, 3840]) assert.ok(Math.abs(width * zoomFor(width) - 703) < 1e-9);
  for (const width of [0, 320, 703]) assert.equal(zoomFor(width), 1);
});
