// The geometry of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry } from "../../static/js/plot/geometry.js";
import { viewWith } from "./recorded.js";

const SCREENS = {
  projector: viewWith(),
  low: viewWith({ height: 400 }),
  large: viewWith({ width: 1804, height: 660 }),
  "low screen under the ledger": viewWith({ height: 248 }),
  "least of all": viewWith({ height: 240 }),
  "phone over the ledger": viewWith({ width: 344, height: 252, gutter: 46, phone: true }),
  phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }),
};

test("forty columns are all in sight beside a lesson, their letters readable", () => {
  const { W, c, font, box } = geometry(40, viewWith({ width: 750, height: 560, gutter: 106 }));
  assert.equal(W, 750);
  assert.ok(font >= 10 && font < box && box < c);
});

for (const [name, screen] of Object.entries(SCREENS)) {
  test(`on a ${name} screen everything has its place, for every length`, () => {
    for (let T = 1; T <= 200; T += 1) {
      const { W, H, c, cx, rows, lanes, cell, output, loss, box, level } = geometry(T, screen);
      assert.ok(W >= screen.width);
      assert.ok(cx(0) - c / 2 >= 0 && cx(T - 1) + c / 2 <= W + 0.001, "columns within the figure");
      assert.ok(c >= (screen.phone ? 54 : W > screen.width ? 28.5 : 18.4) && c <= 276);
      assert.ok(cell < c && output.width < c && box < c, "nothing wider than its column");
      const tops = [rows.loss - loss, rows.output - output.height / 2, rows.top];
      const bottoms = [rows.loss + loss, rows.output + output.height / 2, rows.bottom];
      assert.ok(tops[0] > 0 && bottoms[0] < tops[1] && bottoms[1] < tops[2] && bottoms[2] < rows.input);
      assert.ok(rows.input + box / 2 < H);
      if (level === "compact") assert.ok(bottoms[1] < lanes.forward && lanes.backward < rows.input - box / 2);
    }
  });
}
