// Minibatch lanes: positions, geometry, cursor, cold start and drawings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorAt, placeOf, readCursor } from "../../static/js/training/lanes/cursor.js";
import { picture as gapPicture } from "../../static/js/training/lanes/state-difference.js";
import { moment, placesOf } from "../../static/js/training/lanes/geometry.js";
import { distanceLines, facts, findingKey } from "../../static/js/training/lanes/cold-start.js";
import * as mask from "../../static/js/training/lanes/forgotten-mask.js";
import { findingKey as moreLanes, meanAndRange } from "../../static/js/training/lanes/other-batch-sizes.js";
import { picture } from "../../static/js/training/lanes/picture.js";
import { plan, positions, positionsText, rowsOf } from "../../static/js/training/lanes/positions.js";
import { rows } from "../../static/js/training/lanes/readings.js";
import { cellsOf, cutsOf, epochEndKey } from "../../static/js/training/lanes/row.js";
import { nameAt } from "../../static/js/training/lanes/series-bar.js";
import { upTo } from "../../static/js/training/lanes/weights-line.js";
import { labView } from "./race.js";

const LAB = { L: 1000, lanes: 2, k: 10, reading: /** @type {const} */ ("formula"), passes: 30 };
const BOOK = { ...LAB, reading: /** @type {const} */ ("book") };
const WIDE = { width: 1240, phone: false }, PHONE = { width: 366, phone: true };

/** @param {"formula" | "book"} reading @param {number} epoch @param {number} iteration @param {number} lane */
const at = (reading, epoch, iteration, lane) =>
  positionsText(positions(reading, LAB, epoch, iteration, lane));

/** All but the bounds of the blocks. @param {"formula" | "book"} reading @param {import("../../static/js/training/lanes/positions.js").Layout} layout */
const measures = (reading, layout) => {
  const { bounds, read, ...rest } = plan(reading, layout);
  assert.deepEqual([bounds.length, bounds.at(-1)], [rest.iterations + 1, read]);
  return rest;
};

test("own cuts stand between blocks of unequal length; those that a lane does not reach do nothing", () => {
  const own = { L: 24, lanes: 2, k: 5, cuts: [2, 7, 12, 40] };
  const { bounds, iterations } = plan("formula", own);
  assert.deepEqual([bounds, iterations], [[0, 2, 7, 12], 3], "twelve steps a lane");
  assert.deepEqual([0, 1, 2, 3].map((i) => positions("formula", own, 1, i, 1)), [
    ...[[[12, 14]], [[14, 19]], [[19, 24]], []],
  ]);
  assert.deepEqual(plan("book", own).bounds, [0, 2, 7, 10], "two whole blocks of five");
  assert.deepEqual(positions("book", own, 1, 0, 1), [[21, 23]], "time runs on");
  for (const reading of /** @type {const} */ (["formula", "book"])) {
    const equal = { L: 24, lanes: 2, k: 3 }, listed = { ...equal, cuts: [3, 6, 9, 12, 15] };
    assert.deepEqual(plan(reading, listed), plan(reading, equal));
  }
  const lab = { ...LAB, L: 24, cuts: [2, 7], passes: 1 },
    places = placesOf(lab, WIDE),
    width = places.onBlock(1) - places.left;
  const ends = moment(lab, places, { epoch: 0, iteration: 1 })[0];
  assert.ok(
    Math.abs((ends.to - ends.from) / width - 2.5) < 1e-9,
    "five steps are as wide as two and a half times two",
  );
  assert.equal(ends.label, "2–6");
  const label = JSON.stringify(picture(lab, places, { carried: true, resets: true }, labView()));
  assert.match(label, /blocks cut before t = 2, 7/);
});

test("the formula begins lanes at i·⌊L/N⌋ and every epoch there again", () => {
  assert.deepEqual(measures("formula", LAB), { inputs: 1000, length: 500, iterations: 50, starts: [0, 500] });
  assert.deepEqual([at("formula", 0, 0, 1), at("formula", 0, 12, 0), at("formula", 0, 49, 1)], [
    "500–509",
    "120–129",
    "990–999",
  ]);
  assert.equal(at("formula", 1, 0, 0), "0–9");
});

test("the book's code jumps 499, makes 49 iterations and never rewinds", () => {
  assert.deepEqual(measures("book", LAB), { inputs: 999, length: 499, iterations: 49, starts: [0, 499] });
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
  assert.deepEqual(measures("book", hello), { inputs: 3, length: 1, iterations: 1, starts: [0, 1] });
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

test("the name of a lane stands in its part of the ribbon: in the middle, beside what is read, or upon it", () => {
  const part = { x: 100, width: 400 };
  assert.deepEqual(nameAt(part, { x: 110, width: 20 }, 50), { x: 300, isOver: false });
  assert.deepEqual(nameAt(part, { x: 290, width: 20 }, 50), { x: 358, isOver: false }, "8 px to its right");
  assert.deepEqual(nameAt(part, { x: 310, width: 20 }, 50), { x: 242, isOver: false }, "8 px to its left");
  assert.deepEqual(nameAt(part, { x: 240, width: 280 }, 40), { x: 428, isOver: false }, "where room is left");
  assert.deepEqual(nameAt(part, { x: 240, width: 280 }, 55), { x: 240, isOver: true });
  assert.deepEqual(nameAt(part, { x: 300, width: 400 }, 50), { x: 300, isOver: true });
  assert.deepEqual(nameAt(part, { x: 300, width: 100 }, 150), { x: 300, isOver: false }, "wider than both");
  assert.deepEqual(nameAt(part, { x: 232, width: 20 }, 50), { x: 300, isOver: false }, "just clear of it");
  assert.deepEqual(nameAt(part, { x: 240, width: 280 }, 54), { x: 442, isOver: false }, "just inside");
  assert.deepEqual(nameAt(part, { x: 360, width: 280 }, 54), { x: 158, isOver: false }, "just inside");
  const narrow = { x: 235, width: 130 };
  assert.deepEqual(nameAt(narrow, { x: 301, width: 110 }, 51), { x: 301, isOver: true }, "just upon it");
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

test("the distance of the states is a line by decades, ringed where a seed has caught up, above both states", () => {
  const missed = /** @type {any} */ ({
    ...{ at: 10, zeros: [[0.5, -1], [0, 0]], one: [[1, -1], [0.5, 0]], below: [2, null] },
    distance: [[1, 0.1, 0.009], [0.5, 0.02, 0.02]],
  });
  const { children, attributes } = gapPicture(missed, labView({ width: 480 })),
    trees = /** @type {Tree[]} */ (children);
  const all = (/** @type {string} */ tag) => trees.filter((tree) => tree.tag === tag);
  const [first, second] = all("path").map(({ attributes: { d } }) =>
    String(d).slice(1).split("L").map((point) => point.split(",").map(Number))
  );
  assert.deepEqual([first.length, second.length], [3, 3]);
  assert.ok(first[0][1] < first[1][1] && first[1][1] < first[2][1], "it falls");
  const decades = [first[0][1], first[1][1]], rings = all("circle");
  assert.equal(rings.length, 1, "of the one seed that caught up");
  assert.equal(Number(rings[0].attributes.cx), first[2][0]);
  assert.ok(
    Math.abs(Number(rings[0].attributes.cy) - (decades[1] + decades[1] - decades[0])) < 0.2,
    "at 0.01",
  );
  const texts = all("text").map((tree) => tree.children.join(""));
  for (const written of ["‖Δh‖", "10⁻²", "below 0.01", "one lane", "from h₉", "lane 2", "from 0"]) {
    assert.ok(texts.includes(written), written);
  }
  const cells = all("rect").map(({ attributes: { y, height } }) => Number(y) + Number(height));
  assert.equal(cells.length, 8);
  assert.ok(
    Math.max(...cells) <= Number(attributes.height) &&
      Math.max(...first.map(([, y]) => y)) < Math.min(...cells),
  );
});

test("many steps are numbered by fives or tens, many decades by twos", () => {
  const steps = Array.from({ length: 40 }, (_, t) => 10 ** (-t / 7));
  const missed = /** @type {any} */ ({
    at: 100,
    zeros: steps.map(() => [0]),
    one: steps.map(() => [1]),
    distance: [steps],
    below: [null],
  });
  const numbers = (/** @type {number} */ width) =>
    /** @type {Tree[]} */ (gapPicture(missed, labView({ width })).children)
      .filter(({ tag }) => tag === "text").map(({ children }) => children.join("")).filter((text) =>
        /^1/.test(text)
      );
  assert.deepEqual(numbers(600), ["10⁻²", "10⁻⁴", "10⁻⁶", "100", "120", "100", "105", "110", "115", "120"]);
  assert.deepEqual(numbers(400), ["10⁻²", "10⁻⁴", "10⁻⁶", "100", "120", "100", "110", "120"]);
});

test("the finding about lane 2 and about more lanes is what this run shows", () => {
  const key = (/** @type {(number | null)[]} */ below) =>
    findingKey(facts({ ...MISSED, below })).replace("training.lanes.missed_finding", "");
  assert.deepEqual([key([33, 40]), key([33, null]), key([null, null])], ["", "_some", "_never"]);
  const of = (
    /** @type {number} */ lanes,
    /** @type {number | null} */ mean,
    spread = 0.05,
  ) => /** @type {any} */ ({
    lanes,
    updates: { mean, min: mean === null ? null : mean - spread, max: mean === null ? null : mean + spread },
  });
  const found = (/** @type {any[]} */ others) =>
    moreLanes(others).replace("training.lanes.others_finding", "");
  assert.equal(found([of(1, 1.13), of(2, 0.88), of(10, 0.55)]), "_better");
  assert.equal(found([of(2, 0.88), of(1, 1.13)]), "_better", "in whatever order they come");
  assert.equal(found([of(1, 0.5), of(10, 0.9)]), "_worse");
  assert.equal(found([of(1, 0.5), of(10, 0.55)]), "_equal", "the ranges of the seeds overlap");
  assert.equal(found([of(1, 0.5), of(10, null)]), "", "all of them diverged");
});

test("cells, cuts and updates stand for the blocks that are read", () => {
  const places = placesOf(LAB, WIDE), count = (/** @type {string} */ d) => d.split("M").length - 1;
  for (const iteration of [0, 12, 49]) {
    assert.equal(count(cellsOf(places, 0, 0, iteration)), iteration);
    assert.equal(count(cutsOf(places, 1, iteration)), iteration);
    const { x, dots, joined } = upTo(places, iteration);
    assert.equal(x, places.onBlock(iteration + 1));
    assert.equal(count(dots), 49, "all updates but the one that is shown large");
    assert.equal(count(joined), 2, "from lane 1 to lane 2, and from there to the update");
  }
  assert.ok(places.rail.top >= places.row(1) + places.cell);
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

/** The nodes of a drawing with a class. @param {Tree} tree @param {string} name @returns {Tree[]} */
const drawnAs = (tree, name) => [
  ...(tree.attributes.class === name ? [tree] : []),
  ...tree.children.flatMap((child) => typeof child === "string" ? [] : drawnAs(child, name)),
];

const PADDED = { ...LAB, L: 40, lanes: 3, k: 5, passes: 2, lengths: [20, 12, 5] };

test("lanes of their own lengths are read one after another, and what they lack is padding", () => {
  const { starts, length, iterations } = plan("formula", PADDED);
  assert.deepEqual([starts, length, iterations], [[0, 20, 32], 20, 4]);
  assert.deepEqual(plan("book", PADDED), plan("formula", PADDED), "whichever convention");
  /** @param {number} lane */
  const read = (lane) => [0, 1, 2, 3].map((i) => positionsText(positions("book", PADDED, 1, i, lane)));
  assert.deepEqual(read(0), ["0–4", "5–9", "10–14", "15–19"]);
  assert.deepEqual(read(1), ["20–24", "25–29", "30–31", ""]);
  assert.deepEqual(read(2), ["32–36", "", "", ""]);
  const places = placesOf(PADDED, WIDE), [, , last] = moment(PADDED, places, { epoch: 0, iteration: 2 });
  assert.equal(places.left_out, 3);
  assert.deepEqual([last.isPadding, last.label, last.range], [true, "", "32–36"]);
  assert.equal(last.ribbon?.from, places.onRibbon(37), "its cursor has come to the end");
  assert.ok(moment(PADDED, places, { epoch: 0, iteration: 0 }).every(({ isPadding }) => !isPadding));
});

test("padding is hatched from the end of a lane to that of the longest", () => {
  const places = placesOf(PADDED, WIDE);
  const hatched = drawnAs(
    picture(PADDED, places, { carried: true, resets: true }, labView()),
    "lane-padding",
  );
  assert.deepEqual(hatched.map(({ attributes: { x, width } }) => Number(x) + Number(width)), [
    ...[places.left + places.inner, places.left + places.inner],
  ]);
  assert.ok(Math.abs(Number(hatched[1].attributes.x) - places.left - places.inner / 4) < 0.1);
  const equal = picture(LAB, placesOf(LAB, WIDE), { carried: true, resets: true }, labView());
  assert.equal(drawnAs(equal, "lane-padding").length, 0);
});

test("the card of a forgotten mask has both runs and the padded blocks", () => {
  const spread = (/** @type {number} */ mean) => ({
    ...{ mean, min: mean - 0.01, max: mean + 0.01, count: 9, diverged: 0, change: 0 },
  });
  const block = { start: 5, stop: 10, padded: 8, steps: 15, cosine: 0.5, relative_error: 0.75 };
  const both = { masked: { loss: 2, norm: 1 }, counted: { loss: 1.5, norm: 0.8 } };
  const padding = /** @type {mask.Padding} */ ({
    ...{ lengths: [20, 12, 5], symbol: "t" },
    blocks: [{ ...block, ...both, start: 0, stop: 5, padded: 0 }, { ...block, ...both }],
    runs: [
      { padding: "masked", reported: spread(0.5), real: spread(0.5) },
      { padding: "counted", reported: spread(0.4), real: spread(0.7) },
    ],
  });
  const { words } = labView(), found = mask.facts(padding);
  assert.equal(
    words(mask.findingKey(padding), found),
    "Without a mask the run reports a loss of 0.40; on the symbols it is 0.70",
  );
  assert.match(
    words("training.lanes.mask_caption", found),
    /^8 of 30 steps are padding.*“t”.*\*\*0.50\*\*.*t = 5–9/,
  );
  const short = { ...padding, runs: [] };
  assert.equal(
    words(mask.findingKey(short), mask.facts(short)),
    "Without a mask 27% of what is averaged is padding",
  );
  assert.equal(
    mask.findingKey({ ...padding, blocks: padding.blocks.slice(0, 1) }),
    "training.lanes.mask_none",
  );
});
