// Minibatch lanes: positions, geometry, cursor, cold start and drawings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorAt, placeOf, readCursor } from "../../static/js/training/lanes/cursor.js";
import { picture as gapPicture } from "../../static/js/training/lanes/state-difference.js";
import { moment, placesOf } from "../../static/js/training/lanes/geometry.js";
import { distanceLines, facts } from "../../static/js/training/lanes/cold-start.js";
import { meanAndRange } from "../../static/js/training/lanes/other-batch-sizes.js";
import { picture } from "../../static/js/training/lanes/picture.js";
import { plan, positions, positionsText, rowsOf } from "../../static/js/training/lanes/positions.js";
import { rows } from "../../static/js/training/lanes/readings.js";
import { epochEndKey } from "../../static/js/training/lanes/row.js";
import { labView } from "./race.js";

const LAB = { L: 1000, lanes: 2, k: 10, reading: /** @type {const} */ ("formula"), passes: 30 };
const BOOK = { ...LAB, reading: /** @type {const} */ ("book") };
const WIDE = { width: 1240, phone: false }, PHONE = { width: 366, phone: true };

/** @param {"formula" | "book"} reading @param {number} epoch @param {number} iteration @param {number} lane */
const at = (reading, epoch, iteration, lane) =>
  positionsText(positions(reading, LAB, epoch, iteration, lane));

test("the formula begins lanes at i·⌊L/N⌋ and every epoch there again", () => {
  assert.deepEqual(plan("formula", LAB), { inputs: 1000, length: 500, iterations: 50, starts: [0, 500] });
  assert.deepEqual([at("formula", 0, 0, 1), at("formula", 0, 12, 0), at("formula", 0, 49, 1)], [
    "500–509",
    "120–129",
    "990–999",
  ]);
  assert.equal(at("formula", 1, 0, 0), "0–9");
});

test("the book's code jumps 499, makes 49 iterations and never rewinds", () => {
  assert.deepEqual(plan("book", LAB), { inputs: 999, length: 499, iterations: 49, starts: [0, 499] });
  assert.deepEqual([at("book", 0, 0, 1), at("book", 1, 0, 0), at("book", 1, 0, 1)], [
    "499–508",
    "490–499",
    "989–998",
  ]);
  assert.equal(at("book", 1, 1, 1), "0–9", "around the end");
  assert.equal(at("book", 0, 49, 0), "", "no such iteration");
});

test("every position of every lane is read exactly once an epoch, whatever L, N and k", () => {
  for (const [L, lanes, k] of [[17, 1, 4], [17, 3, 4], [20, 4, 5], [9, 2, 10], [1000, 7, 13]]) {
    const layout = { L, lanes, k }, { iterations, length } = plan("formula", layout), read = Array(L).fill(0);
    for (let j = 0; j < iterations; j++) {
      for (let lane = 0; lane < lanes; lane++) {
        for (const [from, end] of positions("formula", layout, 3, j, lane)) {
          for (let t = from; t < end; t++) read[t]++;
        }
      }
    }
    assert.deepEqual(read, Array.from({ length: L }, (_, t) => (t < lanes * length ? 1 : 0)));
  }
});

test("a short last block is as short as it is", () => {
  assert.deepEqual(positions("formula", { L: 17, lanes: 2, k: 5 }, 0, 1, 1), [[13, 16]]);
});

test("a block of the book's code that is longer than the text goes round it", () => {
  assert.deepEqual(positions("book", { L: 8, lanes: 1, k: 7 }, 2, 0, 0), [[0, 7]]);
  assert.deepEqual(positions("book", { L: 8, lanes: 1, k: 5 }, 1, 0, 0), [[5, 7], [0, 3]]);
});

test("where not one whole block fits, the book's code reads one all the same", () => {
  const hello = { L: 4, lanes: 2, k: 2 };
  assert.deepEqual(plan("book", hello), { inputs: 3, length: 1, iterations: 1, starts: [0, 1] });
  assert.deepEqual(positions("book", hello, 1, 0, 1), [[0, 2]]);
});

test("the rows compared are the first, second, current and last of an epoch, and the next one's first", () => {
  const actual = rowsOf(LAB, { epoch: 0, iteration: 12 });
  assert.deepEqual(actual.map(({ epoch, iteration }) => [epoch, iteration]), [
    [0, 0],
    [0, 1],
    [0, 12],
    [0, 49],
    [1, 0],
  ]);
  assert.deepEqual(actual.filter(({ now }) => now).map(({ iteration }) => iteration), [12]);
  assert.equal(rowsOf({ L: 4, lanes: 2, k: 2 }, { epoch: 0, iteration: 0 }).length, 2);
});

test("where the book's code reads elsewhere is marked", () => {
  const table = rows(LAB, { epoch: 0, iteration: 12 });
  assert.deepEqual(table[2].cells, [
    { text: "120–129", other: false },
    { text: "620–629", other: false },
    { text: "120–129", other: false },
    { text: "619–628", other: true },
  ]);
  assert.deepEqual(table[3].cells.slice(2), [{ text: "—", other: false }, { text: "—", other: false }]);
});

test("the cursor is read forgivingly and goes on into the next epoch", () => {
  const run = { iterations: 50, passes: 30 };
  assert.deepEqual(readCursor("0.12", run), { epoch: 0, iteration: 12 });
  assert.deepEqual(readCursor("99.99", run), { epoch: 29, iteration: 49 });
  assert.deepEqual(readCursor("x", run), { epoch: 0, iteration: 0 });
  assert.deepEqual(cursorAt(placeOf({ epoch: 0, iteration: 49 }, run) + 1, run), { epoch: 1, iteration: 0 });
  assert.deepEqual(cursorAt(-1, run), { epoch: 0, iteration: 0 });
});

for (const [name, size] of Object.entries({ WIDE, PHONE })) {
  for (
    const lab of [LAB, BOOK, { ...LAB, lanes: 24, k: 7 }, { ...LAB, L: 4, k: 2 }, {
      ...LAB,
      lanes: 1,
      k: 1000,
    }]
  ) {
    test(`${lab.lanes} lanes of ${lab.L} by the ${lab.reading} fit a ${name} picture at every moment`, () => {
      const places = placesOf(lab, size), { left, inner } = places;
      for (const place of [0, 1, places.iterations - 1, places.iterations, places.iterations * 3 - 1]) {
        for (
          const { from, to, ribbon } of moment(
            lab,
            places,
            cursorAt(place, { iterations: places.iterations, passes: 30 }),
          )
        ) {
          assert.ok(from >= left && to > from && to <= left + inner + 1e-9);
          assert.ok(ribbon && ribbon.from >= left && ribbon.to <= left + inner + 1e-9);
        }
      }
      const tree = picture(lab, places, { carried: true, resets: true }, labView());
      assert.doesNotMatch(JSON.stringify(tree), /NaN|null|Infinity/);
    });
  }
}

test("a block's words stand over it, spaces visible", () => {
  const tokens = [...("a b c d e f g h i j ".repeat(50))];
  const [first] = moment(LAB, placesOf(LAB, WIDE), { epoch: 0, iteration: 0 }, tokens);
  assert.equal(first.label, "0–9 “a␣b␣c␣d␣e␣”");
  assert.equal(moment(LAB, placesOf(LAB, PHONE), { epoch: 0, iteration: 0 }, tokens)[0].label, "0–9");
});

test("the tail that no lane reads is hatched and counted", () => {
  const lab = { ...LAB, lanes: 3 },
    tree = JSON.stringify(picture(lab, placesOf(lab, WIDE), { carried: true, resets: true }, labView()));
  assert.match(tree, /1 never read/);
  const all = JSON.stringify(picture(LAB, placesOf(LAB, WIDE), { carried: true, resets: true }, labView()));
  assert.doesNotMatch(all, /never read/);
});

/** @type {import("../../static/js/training/lanes/cold-start.js").Missed} */
const MISSED = {
  sensitive: false,
  ...{ at: 500, weights_lanes: 1, seeds: [0, 1], zeros: [[0.1, -1], [0.2, 0]], one: [[1, -1], [0.5, 0]] },
  ...{ norms: { h: [4.2, 4.5], difference: [3.6, 4.5] }, distance: [[3.6, 0.1, 0], [4.5, 0.02, 1e-9]] },
  ...{
    below: [33, null],
    first: { steps: 10, zeros: [1, 2], one: [0.5, 0.7] },
    half: { two: [0.75, 0.75], one: [0.7, 0.8] },
  },
};

test("the cold start of lane 2 is summarized over all seeds, including those that never catch up", () => {
  const captionValues = facts(MISSED);
  assert.deepEqual([captionValues.difference, captionValues.size, captionValues.below, captionValues.never], [
    "3.6–4.5",
    "4.2–4.5",
    "33",
    1,
  ]);
  assert.deepEqual([captionValues.first_zeros, captionValues.first_one, captionValues.half_one], [
    "1.50",
    "0.60",
    "0.750",
  ]);
  assert.equal(facts({ ...MISSED, below: [null, null] }).below, "");
});

test("differences lie on a logarithmic axis, with zero at the floor and inside the box", () => {
  const box = { left: 10, width: 100, top: 20, height: 60 },
    { lines, y, decades } = distanceLines(MISSED.distance, box);
  assert.equal(lines.length, 2);
  for (const line of lines) {
    for (const point of line.slice(1).split("L")) {
      const [x, at] = point.split(",").map(Number);
      assert.ok(x >= 10 && x <= 110 && at >= 20 && at <= 80.01, point);
    }
  }
  assert.equal(y(decades[0]), 20);
});

test("the strips and lines are drawn without a missing number, in both themes' colours", () => {
  assert.doesNotMatch(JSON.stringify(gapPicture(MISSED, labView({ width: 340 }))), /NaN|null|Infinity/);
});

test("a mean has its range only where seeds differ", () => {
  assert.deepEqual(meanAndRange({ mean: 0.888, min: 0.81, max: 0.93 }), ["0.89", "[0.81–0.93]"]);
  assert.deepEqual(meanAndRange({ mean: 1, min: 1, max: 1 }), ["1.00", ""]);
});

test("the states of both starts are strips, and their difference a line by decades", () => {
  const missed = /** @type {any} */ ({
    ...{ at: 10, zeros: [[0.5, -1], [0, 0]], one: [[1, -1], [0.5, 0]] },
    distance: [[1, 0.1], [0.5, 0.01]],
  });
  const { children, attributes } = gapPicture(missed, labView({ width: 480 }));
  assert.deepEqual([attributes.width, attributes.height], [480, 266]);
  const drawn = /** @type {Tree[]} */ (children).map(
    ({ tag, attributes: { x, y, x1, x2, y1, d, ...rest }, children }) => {
      if (tag === "text") return `${children.join("")} ${x} ${y} ${rest["text-anchor"]}`;
      if (tag === "rect") return `${x} ${y} ${rest.width} ${rest.height}`;
      return tag === "line" ? `${x1} ${x2} ${y1}` : `${d} ${rest["stroke-width"]} ${rest.opacity}`;
    },
  );
  assert.deepEqual(drawn, [
    ...["10 74 14 start", "one lane 66 45 end", "from h₉ 66 62 end"],
    ...["74.00 20.00 199.00 27.40", "74.00 48.00 199.00 27.40"],
    ...["274.00 20.00 199.00 27.40", "274.00 48.00 199.00 27.40"],
    ...["lane 2 66 113 end", "from 0 66 130 end"],
    ...["74.00 88.00 199.00 27.40", "74.00 116.00 199.00 27.40"],
    ...["274.00 88.00 199.00 27.40", "274.00 116.00 199.00 27.40"],
    ...["‖Δh‖ 66 158 end", "74 474 162", "74 474 202", "10⁻¹ 66 207 end", "74 474 242", "10⁻² 66 247 end"],
    ...["M74.0,174.0L474.0,242.0 1.1 0.6", "M74.0,162.0L474.0,202.0 2.6 1", "10 74 260 start"],
  ]);
});

test("many steps are numbered by fives or tens, many decades by twos", () => {
  const steps = Array.from({ length: 40 }, (_, t) => 10 ** (-t / 7));
  const missed = /** @type {any} */ ({
    at: 100,
    zeros: steps.map(() => [0]),
    one: steps.map(() => [1]),
    distance: [steps],
  });
  const numbers = (/** @type {number} */ width) =>
    /** @type {Tree[]} */ (gapPicture(missed, labView({ width })).children)
      .filter(({ tag }) => tag === "text").map(({ children }) => children.join("")).filter((text) =>
        /^1/.test(text)
      );
  assert.deepEqual(numbers(600), ["100", "105", "110", "115", "120", "10⁻²", "10⁻⁴", "10⁻⁶", "100", "120"]);
  assert.deepEqual(numbers(400), ["100", "110", "120", "10⁻²", "10⁻⁴", "10⁻⁶", "100", "120"]);
});

test("at an epoch's end a lane goes back or runs on, with its state only if it is carried and kept", () => {
  const ends = (/** @type {string} */ reading) =>
    [[true, false], [true, true], [false, false]].map(([carried, resets]) =>
      epochEndKey(reading, { carried, resets })
    );
  const [book, formula] = ["runs_on", "back"].map((way) => `training.lanes.${way}`);
  assert.deepEqual(ends("book"), [`${book}_carried`, `${book}_zero`, `${book}_zero`]);
  assert.deepEqual(ends("formula"), [`${formula}_carried`, `${formula}_zero`, `${formula}_zero`]);
});
