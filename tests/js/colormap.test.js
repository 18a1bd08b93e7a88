// Color maps: between five colors in equal parts, and ink of the better contrast.

import assert from "node:assert/strict";
import { test } from "node:test";
import { channels, inkOn, ramp } from "../../static/js/plot/colormap.js";

const COLORS = { map0: "#000000", map1: "#ff0000", map2: "#00ff00", map3: "#ffffff", map4: "#203040" };

test("a color lies between its two neighbors of the scale, and beyond an end there is that end", () => {
  const found = [-1, 0, 0.1, 0.25, 0.375, 0.5, 0.95, 1, 2].map((at) => ramp(COLORS, "map", at));
  assert.deepEqual(found, [
    ...["rgb(0,0,0)", "rgb(0,0,0)", "rgb(102,0,0)", "rgb(255,0,0)", "rgb(128,128,0)", "rgb(0,255,0)"],
    ...["rgb(77,89,102)", "rgb(32,48,64)", "rgb(32,48,64)"],
  ]);
  assert.deepEqual(channels("#203040"), [32, 48, 64]);
});

test("ink is black or white, whichever has more contrast", () => {
  /** @type {[string, string][]} a gray of 117 has 4.6 : 1 with white and with black */
  const inks = [["#000000", "#ffffff"], ["#ffffff", "#000000"], ["#757575", "#ffffff"], [
    "#767676",
    "#000000",
  ]];
  for (
    const [fill, ink] of [...inks, ["#0000ff", "#ffffff"], ["#00ff00", "#000000"], ["#ff0000", "#000000"]]
  ) {
    assert.equal(inkOn(channels(fill)), ink, fill);
  }
});
