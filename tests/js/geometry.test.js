// The geometry of the unrolled graph.

import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry, timeAxis } from "../../static/js/plot/geometry.js";
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

/** @param {Geometry} g what the tests below look at, to a hundredth of a pixel */
function measures({ level, short, W, c, cx, rows, lanes, cell, box, loss, gap, font, output, disc, arrow }) {
  const { loss: L, output: y, top, bottom, hidden, input } = rows;
  const numbers = {
    ...{ W, c, first: cx(0), second: cx(1), L, y, top, bottom, hidden, input },
    ...{ forward: lanes.forward, backward: lanes.backward, cell, box, loss, gap, font },
    ...{ width: output.width, height: output.height, head: output.head, foot: output.foot },
    ...{ least: disc[0], more: disc[1], thin: arrow.forward, widest: arrow.widest, vertical: arrow.vertical },
  };
  const rounded = Object.entries(numbers).map(([name, value]) => [name, Number(value.toFixed(2))]);
  return { level, short, ...Object.fromEntries(rounded) };
}

test("wide columns have numbers in their cells, and few of them are wider than many", () => {
  const wide = measures(geometry(4, viewWith({ width: 1164, height: 500 })));
  assert.deepEqual(wide, {
    ...{ level: "wide", short: false, W: 1164, c: 276, first: 168, second: 444 },
    ...{ L: 52.5, y: 142.5, top: 220, bottom: 362.5, hidden: 291.25, input: 457.5 },
    ...{ forward: 205, backward: 381.5, cell: 74, box: 46, loss: 20, gap: 5, font: 23 },
    ...{
      width: 116,
      height: 61,
      head: 11,
      foot: 22,
      least: 13,
      more: 22,
      thin: 2.6,
      widest: 11,
      vertical: 0.8,
    },
  });
  assert.deepEqual(measures(geometry(4, viewWith({ width: 1164, height: 300 }))), {
    ...{ ...wide, short: true, L: 34, y: 80, top: 124, bottom: 237, hidden: 180.5, input: 281 },
    ...{
      forward: 109,
      backward: 256,
      box: 30,
      loss: 11,
      font: 19,
      width: 116,
      height: 38,
      head: 4,
      foot: 16,
    },
    ...{ least: 8, more: 10, vertical: 0.62 },
  });
  assert.equal(geometry(4, viewWith({ width: 1160, height: 329 })).short, true);
  assert.deepEqual([geometry(4, viewWith({ width: 1160 })).c, geometry(4, viewWith({ width: 1161 })).c], [
    232,
    276,
  ]);
  assert.equal(geometry(9, viewWith({ width: 1264 })).output.width, 68, "72 px beside the box");
});

test("middling columns have arrows in their gaps, narrow ones have lanes", () => {
  const middle = measures(geometry(20, viewWith({ width: 1164, height: 500 })));
  assert.deepEqual(middle, {
    ...{ level: "middle", short: false, W: 1164, c: 58, first: 31, second: 89 },
    ...{ L: 50, y: 140, top: 220, bottom: 362.5, hidden: 291.25, input: 457.5 },
    ...{ forward: 205, backward: 381.5, cell: 26, box: 30, loss: 9, gap: 2.5, font: 17 },
    ...{ width: 30, height: 30, head: 0, foot: 0, least: 8, more: 10, thin: 1.8, widest: 7, vertical: 0.75 },
  });
  const low = measures(geometry(20, viewWith({ width: 1164, height: 300 })));
  assert.deepEqual([low.L, low.y, low.top, low.bottom, low.input, low.box], [32, 72, 113, 240, 281, 26]);
  const compact = measures(geometry(50, viewWith({ width: 1004, height: 500 })));
  assert.deepEqual(compact, {
    ...{ level: "compact", short: false, W: 1004, c: 20, first: 12, second: 32 },
    ...{ L: 77.5, y: 135, top: 210, bottom: 335, hidden: 272.5, input: 457.5 },
    ...{ forward: 195, backward: 354, cell: 9.4, box: 14.8, loss: 1, gap: 2.5, font: 10 },
    ...{
      width: 14.8,
      height: 14.8,
      head: 0,
      foot: 0,
      least: 8,
      more: 10,
      thin: 1.3,
      widest: 11,
      vertical: 0.3,
    },
  });
  const least = measures(geometry(30, viewWith({ width: 1204, height: 300 })));
  assert.deepEqual([least.L, least.y, least.top, least.bottom, least.input], [48, 66, 108, 222, 284]);
  assert.deepEqual([least.box, least.font, least.cell], [26, 15, 18.8]);
});

test("columns get closer only where all of them come into sight, on phones never", () => {
  const c = (/** @type {number} */ T, /** @type {Partial<View>} */ changes) =>
    geometry(T, viewWith(changes)).c;
  assert.deepEqual([c(40, { width: 740 }), c(40, { width: 739 })], [18.4, 28.5]);
  assert.deepEqual([c(41, { width: 792 }), c(41, { width: 790 })].map((x) => Number(x.toFixed(2))), [
    19.22,
    28.5,
  ]);
  assert.equal(c(40, { width: 400, phone: true }), 54);
  assert.equal(c(3, { width: 400, axis: 8 }), 49.5, "as wide as those of a longer run beside it");
});

test("of many columns those in sight are drawn", () => {
  const view = viewWith({ width: 400, columns: { start: 5, stop: 9 } });
  const { steps, drawn, W } = geometry(60, view);
  assert.deepEqual([steps, W], [[5, 6, 7, 8], 1714]);
  assert.deepEqual(drawn, { left: 144, width: 115 }); // whole pixels around them
  assert.deepEqual(geometry(7, { ...view, axis: 60 }).steps, [5, 6]);
  assert.deepEqual(geometry(3, { ...view, axis: 60 }).steps, [2]);
  assert.deepEqual(geometry(4, viewWith()).drawn, { left: 0, width: 1164 });
});

test("on phones a panel's time axis is squeezed to the width", () => {
  const { x, c, steps, drawn, whole } = timeAxis(4, viewWith({ width: 408, phone: true }));
  assert.deepEqual([c, x(0), x(3), steps, whole], [100, 54, 354, [0, 1, 2, 3], 408]);
  assert.deepEqual(drawn, { left: 0, width: 408 });
  assert.equal(timeAxis(4, viewWith({ width: 408, phone: true, axis: 8 })).c, 50);
  const wide = timeAxis(4, viewWith());
  assert.deepEqual([wide.c, wide.x(0), wide.whole], [276, 168, 1164]);
});
