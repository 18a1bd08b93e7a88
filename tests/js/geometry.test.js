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
      const { W, H, c, cx, rows, lanes, cell, output, loss, box, level, tails } = geometry(T, screen);
      assert.ok(W >= screen.width);
      assert.ok(cx(0) - c / 2 >= 0 && cx(T - 1) + c / 2 <= W + 0.001, "columns within the figure");
      assert.ok(c >= (screen.phone ? 44 : W > screen.width ? 28.5 : 18.4) && c <= 250);
      assert.ok(cell < c && output.width < c && box < c, "nothing wider than its column");
      const tops = [rows.loss - loss, rows.output - output.height / 2, rows.top];
      const bottoms = [rows.loss + loss, rows.output + output.height / 2, rows.bottom];
      assert.ok(tops[0] > 0 && bottoms[0] < tops[1] && bottoms[1] < tops[2] && bottoms[2] < rows.input);
      assert.ok(rows.input + box / 2 < H);
      if (level === "compact") assert.ok(bottoms[1] < lanes.forward && lanes.backward < rows.input - box / 2);
      const under = rows.numbers === null ? rows.bottom : rows.numbers + 6;
      assert.ok(under < (tails?.top ?? rows.input), "numbers above the tails");
      if (tails) {
        assert.ok(tails.top + (level === "compact" ? 8 : 45) <= rows.input - box / 2, "five lanes of 9 px");
      }
    }
  });
}

/** @param {Geometry} g what the tests below look at, to a hundredth of a pixel */
function measures({ level, short, W, c, cx, rows, cell, box, gap, font, output, disc, arrow, aside, tails }) {
  const { loss: L, output: y, top, bottom, hidden, input, numbers } = rows;
  const sizes = {
    ...{
      W,
      c,
      first: cx(0),
      second: cx(1),
      L,
      y,
      top,
      bottom,
      hidden,
      input,
      numbers,
      tails: tails?.top ?? null,
    },
    ...{ cell, box, gap, font, width: output.width, height: output.height, least: disc[0], most: disc[1] },
    ...{
      thin: arrow.vertical,
      forward: arrow.forward,
      widest: arrow.widest,
      beside: aside.x,
      above: aside.y,
    },
  };
  const rounded = Object.entries(sizes).map(([name, size]) => [name, size && Number(size.toFixed(2))]);
  return { level, short, ...Object.fromEntries(rounded) };
}

test("wide columns have numbers in their cells and predictions on cards", () => {
  const wide = measures(geometry(4, viewWith({ width: 1164, height: 500 })));
  assert.deepEqual(wide, {
    ...{ level: "wide", short: false, W: 1164, c: 250, first: 207, second: 457 },
    ...{ L: 55.81, y: 132.56, top: 210.47, bottom: 408, hidden: 309.23, input: 478 },
    ...{ numbers: null, tails: 416, cell: 76, box: 34, gap: 4, font: 18, width: 128, height: 82 },
    ...{ least: 6, most: 25, thin: 1.4, forward: 3.4, widest: 15, beside: 9, above: 41.48 },
  });
  assert.deepEqual(measures(geometry(4, viewWith({ width: 1164, height: 300 }))), {
    ...{ ...wide, short: true, L: 34, y: 98, top: 154, bottom: 252, hidden: 203, input: 282 },
    ...{ tails: null, box: 28, least: 5, most: 21, above: 20.58 },
  });
  assert.equal(geometry(4, viewWith({ width: 1160, height: 329 })).short, true);
  assert.deepEqual(
    [geometry(4, viewWith({ width: 604 })), geometry(4, viewWith({ width: 603 }))].map(({ level }) => level),
    [
      "wide",
      "middle",
    ],
  );
});

test("cards have a line for each output, as many as there is room for", () => {
  const height = (/** @type {number} */ outputs, high = 500) =>
    geometry(4, { ...viewWith({ width: 1164, height: high }), outputs }).output.height;
  assert.deepEqual([2, 3, 4, 27].map((outputs) => height(outputs)), [46, 64, 82, 82]);
  assert.deepEqual([284, 249].map((high) => height(27, high)), [64, 46], "in a low picture");
});

test("middling columns have arrows in their gaps, narrow ones have lanes", () => {
  const middle = measures(geometry(20, viewWith({ width: 1164, height: 500 })));
  assert.deepEqual(middle, {
    ...{ level: "middle", short: false, W: 1164, c: 58, first: 31, second: 89 },
    ...{ L: 55.81, y: 104.65, top: 152.33, bottom: 382, hidden: 267.16, input: 478 },
    ...{ numbers: 395, tails: 406, cell: 19.33, box: 34, gap: 3, font: 18, width: 50, height: 28 },
    ...{ least: 5, most: 21, thin: 1.4, forward: 3, widest: 13, beside: 6, above: 46 },
  });
  const low = measures(geometry(20, viewWith({ width: 1164, height: 300 })));
  assert.deepEqual([low.L, low.y, low.top, low.bottom, low.input, low.box], [34, 70, 104, 246, 282, 26]);
  const compact = geometry(50, viewWith({ width: 1004, height: 500 }));
  assert.deepEqual(measures(compact), {
    ...{ level: "compact", short: false, W: 1004, c: 20, first: 12, second: 32 },
    ...{ L: 95.35, y: 113.95, top: 158.14, bottom: 394, hidden: 276.07, input: 478 },
    ...{ numbers: null, tails: 444, cell: 12.4, box: 14.8, gap: 2.5, font: 10, width: 14.8, height: 14.8 },
    ...{ least: 5, most: 10, thin: 1, forward: 1.8, widest: 14, beside: 4.2, above: 46 },
  });
  assert.deepEqual(Object.values(compact.lanes).map(Math.round), [146, 410]);
  const least = measures(geometry(30, viewWith({ width: 1204, height: 300 })));
  assert.deepEqual([least.L, least.y, least.top, least.bottom, least.input], [48, 66, 102, 222, 284]);
  assert.deepEqual([least.box, least.font, least.cell], [26, 15, 24.8]);
});

test("numbers stand under the states where they do not fit under their arrows, at a line sooner", () => {
  const numbers = (/** @type {number} */ c, isCut = false, height = 500) =>
    geometry(10, { ...viewWith({ width: 10 * c + 4, height }), isCut }).rows.numbers;
  assert.deepEqual([76, 75].map((c) => numbers(c)), [null, 395]);
  assert.deepEqual([104, 103].map((c) => numbers(c, true)), [null, 395]);
  assert.equal(numbers(75, true, 300), null, "in a low picture there is no room for a row");
});

test("in a high picture the rows above the states stand further apart, up to three tenths", () => {
  const tops = [430, 500, 559, 900].map((height) => geometry(4, viewWith({ width: 1164, height })).rows.top);
  assert.deepEqual(tops.map((top) => Number(top.toFixed(1))), [181, 210.5, 235.3, 235.3]);
});

test("columns get closer only where all of them come into sight, on phones never", () => {
  const c = (/** @type {number} */ T, /** @type {Partial<View>} */ changes) =>
    geometry(T, viewWith(changes)).c;
  assert.deepEqual([c(40, { width: 740 }), c(40, { width: 739 })], [18.4, 28.5]);
  assert.deepEqual([c(41, { width: 792 }), c(41, { width: 790 })].map((x) => Number(x.toFixed(2))), [
    19.22,
    28.5,
  ]);
  assert.equal(c(40, { width: 400, phone: true }), 44);
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
  assert.deepEqual([wide.c, wide.x(0), wide.whole], [250, 207, 1164]);
});

/** The picture of a screen of 1280 × 720 in the presenter view. @param {number} T @param {Partial<View> & {cell?: string}} [more] */
const presented = (T, more) =>
  geometry(T, viewWith({ width: 1150, height: 522, gutter: 118, present: true, ...more }));

test("in the presenter view letters, losses and norms have the sizes that the back row needs", () => {
  const [seven, fourteen] = [presented(7), presented(14)];
  assert.deepEqual([seven.level, fourteen.level], ["wide", "middle"]);
  assert.deepEqual([seven.font, seven.type.loss, seven.type.norm, seven.type.value], [28, 20, 21, 17]);
  assert.deepEqual([fourteen.font, fourteen.type.loss, fourteen.type.norm], [26, 17, 18.5]);
  assert.deepEqual([seven.hasCards, fourteen.hasCards], [false, false]);
});

test("in the presenter view cells with gates and long sequences have these sizes too", () => {
  const lstm = presented(7, { cell: "lstm" }), long = presented(40);
  assert.deepEqual([lstm.font, lstm.type.loss, lstm.type.norm, lstm.hasCards], [28, 20, 21, false]);
  const [h, c] = lstm.chains;
  assert.deepEqual([h.vector, c.vector, lstm.gates?.names], ["h", "c", ["f", "i", "o"]]);
  const gates = /** @type {NonNullable<Geometry["gates"]>} */ (lstm.gates);
  assert.ok(
    h.bottom < gates.top && gates.top + gates.height + 20 < c.top,
    "gates with their names between h and c",
  );
  assert.ok(c.bottom < Number(lstm.tails?.top) && lstm.arrow.widest < 0.2 * (h.bottom - h.top));
  assert.equal(long.level, "compact");
  assert.ok(long.font > 17 && long.font < 0.7 * long.c, "letters as large as their columns allow");
  assert.deepEqual([long.type.norm, long.type.block, long.isLarge], [17, 15, true]);
  assert.equal(presented(40, { cell: "lstm" }).chains.length, 2);
});

for (const cell of ["rnn", "lstm"]) {
  test(`in the presenter view 26 to 60 narrow columns of an ${cell} have their places`, () => {
    for (let T = 26; T <= 60; T += 1) {
      for (const at of [null, /** @type {Moment} */ ({ phase: "backward", walk: 0, t: 0, line: 1 })]) {
        const { level, H, c, box, rows, chains, tails, font, ruler, cell: wide } = presented(T, { at, cell });
        if (level !== "compact") continue;
        assert.ok(box < c && wide < c && font < c, "nothing wider than its column");
        assert.ok(rows.loss - 50 > ruler.bracket && rows.output - font / 2 > rows.loss);
        const heights = chains.flatMap((it) => [it.forward, it.top, it.bottom, it.backward]);
        const all = [
          rows.output + font / 2,
          ...heights,
          ...(tails ? [tails.top] : []),
          rows.input - box / 2,
          H,
        ];
        assert.deepEqual(all, all.toSorted((a, b) => a - b), `${T} columns`);
      }
    }
  });
}

test("a low picture of two that are compared has two letters for a prediction", () => {
  const low = viewWith({ width: 1164, height: 248 });
  assert.deepEqual([geometry(7, low).hasCards, geometry(7, { ...low, boxes: true }).hasCards], [true, false]);
  const { output, rows } = geometry(7, { ...low, boxes: true });
  assert.ok(
    output.width < 60 &&
      rows.bottom - rows.top > geometry(7, low).rows.bottom - geometry(7, low).rows.top + 17,
  );
  assert.equal(geometry(7, { ...viewWith({ width: 1164, height: 430 }), boxes: true }).hasCards, true);
});

for (let T = 1; T <= 25; T += 1) {
  test(`in the presenter view ${T} columns have their places, while they are played too`, () => {
    for (const at of [null, /** @type {Moment} */ ({ phase: "backward", walk: 0, t: 0, line: 1 })]) {
      for (const height of [420, 522, 640]) {
        const { H, c, cell, box, rows, output, loss, tails, type, lossAt, disc, ruler, below, aside } =
          presented(
            T,
            { at, height },
          );
        assert.ok(cell < c && box < c && output.width < c, "nothing wider than its column");
        const above = lossAt.number === null ? rows.loss - 6.5 - 1.5 * type.loss : rows.loss - disc[1] / 2;
        assert.ok(above >= ruler.bracket, "losses below the ruler");
        assert.ok(
          rows.loss + loss + 8 < rows.output - output.height / 2,
          "an arrow between loss and prediction",
        );
        assert.ok(rows.output + output.height / 2 + 12 < rows.top, "an arrow between prediction and state");
        assert.ok(rows.input + box / 2 < H && rows.bottom + 12 < rows.input - box / 2);
        const numbers = rows.numbers === null ? rows.bottom : rows.numbers + type.norm / 2;
        assert.ok(numbers <= (tails?.top ?? rows.input - box / 2), "numbers above the tails");
        if (tails) assert.ok(tails.top + tails.height <= rows.input - box / 2, "tails above the inputs");
        if (rows.numbers === null) {
          assert.ok(rows.hidden + aside.y + below + type.norm / 2 < rows.bottom, "numbers beside the states");
        }
        if (lossAt.number !== null) {
          const [left, right] = [
            lossAt.disc + disc[1] / 2,
            lossAt.number - lossAt.disc + 0.56 * 4 * type.loss,
          ];
          assert.ok(Math.max(left, right) <= c / 2, "a loss and its number within their column");
        }
      }
    }
  });
}
