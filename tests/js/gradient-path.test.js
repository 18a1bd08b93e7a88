// Places of the gradient arrows of the unrolled graph: of all losses, and of one that is followed back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { backwardMarks, gradientLabel } from "../../static/js/explorer/unrolled/backward.js";
import { pathMarks } from "../../static/js/explorer/unrolled/path.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { answer, recorded, viewWith } from "./recorded.js";

// Four steps with a cut before step 2: middles at 207, 457, 707 and 957, the cut at 582, edges at a height of
// 350.7 from 8 px beside a cell 76 px wide to 8 px beside the next.
const WIDE = { width: 1164, height: 500 };

/** The smallest boxes around the outlines of a path: left, top, right, bottom. @param {string} path */
const boxes = (path) =>
  path.split("Z").filter(Boolean).map((outline) => {
    const points = [...outline.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)],
      [x, y] = [1, 2].map((i) => points.map((p) => Number(p[i])));
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)].join(" ");
  });

/** @param {object[]} labels */
const texts = (labels) =>
  /** @type {any[]} */ (labels).filter(({ label }) => label).map(({ x0, y0, label }) =>
    [label.text, x0 + 1, Number((y0 + 1).toFixed(1)), label.font.size].join(" ")
  );

test("gradients of all losses run thin through output and state, and as wide as their norm to the step before", () => {
  const view = viewWith(WIDE), result = answer("bptt");
  const { buckets, thin, cuts, labels, outlines } = backwardMarks(result, view, penOf(result, view));
  assert.deepEqual(buckets.slice(0, 4), ["", "", "", ""]);
  assert.deepEqual([boxes(buckets[4]), boxes(buckets[5])], [["253 336.8 411 364.7"], [
    "753 335.8 911 365.6",
  ]]);
  const down = [212.1, 462.1, 712.1, 962.1];
  assert.deepEqual(
    boxes(thin),
    down.flatMap((
      x,
    ) => [`${x} 70.8 ${(x + 7.8).toFixed(1)} 87.6`, `${x} 177.6 ${(x + 7.8).toFixed(1)} 206.5`]),
    "as thin for a large loss as for a small one",
  );
  assert.deepEqual(boxes(cuts.stubs), ["582 345.1 661 356.3"], "what arrives ends at the line");
  assert.deepEqual(boxes(cuts.outlines), ["503 337.5 569 363.9"], "what would have come, as wide");
  assert.deepEqual(boxes(cuts.discs), ["569 337.7 595 363.7"]);
  assert.deepEqual(texts(labels), ["0.15 332 370.7 15", "0.13 540.5 370.7 15", "0.18 832 370.7 15"]);
  assert.equal(outlines, "");
});

test("of a partly cut edge the exact outline is wider than what is left, and says how many losses pass", () => {
  const result = answer("window"), T = result.tokens.length, view = viewWith({ ...WIDE, width: T * 90 });
  const { buckets, outlines, labels } = backwardMarks(result, view, penOf(result, view));
  const [outline] = boxes(outlines),
    kept = buckets.flatMap(boxes).find((box) => box.split(" ")[0] === outline.split(" ")[0]);
  const [high, low] = [outline, kept ?? ""].map((box) =>
    Number(box.split(" ")[3]) - Number(box.split(" ")[1])
  );
  assert.ok(high > low, `${high} and ${low}`);
  const shares = texts(labels).filter((text) => text.includes("/")).map((text) => text.split(" ")[0]);
  assert.deepEqual([shares[0], shares.at(-1)], [`2/${T - 1}`, "2/3"], "k = 3");
});

test("one loss is followed back, hatched beyond the cut, with a pill as far as the step that is chosen", () => {
  const pair = recorded("pair"), result = answer("bptt");
  const view = viewWith({ ...WIDE, pair: { s: 3, t: 2 }, answers: { "/api/pair?v=1&s=3&t=2": pair } });
  const { buckets, thin, cuts, behind: [pills], labels } = pathMarks(result, view, penOf(result, view));
  assert.deepEqual(buckets.flatMap(boxes), ["753 335.8 911 365.6"]);
  assert.deepEqual(boxes(thin), ["962.1 70.8 969.9 87.6", "962.1 177.6 969.9 206.5"]);
  assert.deepEqual(boxes(cuts.stubs), ["582 346.4 661 355"]);
  assert.deepEqual(boxes(cuts.outlines), ["503 340 569 361.5", "253 342.3 411 359.1"]);
  assert.deepEqual(boxes(cuts.discs), ["569 337.7 595 363.7"], "one pair of scissors");
  const path = (/** @type {object} */ shape) => boxes(/** @type {{path: string}} */ (shape).path);
  assert.deepEqual(path(pills), ["750 335.7 914 365.7"]);
  assert.deepEqual(
    texts(labels),
    ["0.18 832 370.7 15", "0.082 540.5 370.7 15", "0.052 332 370.7 15"],
    "row s = 3 of the credit matrix",
  );
  assert.deepEqual(path(labels[3]), [
    ...["229 44.6 270.2 67", "198.6 47.4 215.4 64.2", "142 90.6 272 174.6"],
    ...["479 44.6 520.2 67", "446.2 45 467.8 66.6", "392 90.6 522 174.6"],
    ...["729 44.6 770.2 67", "695.2 44 718.8 67.6", "642 90.6 772 174.6"],
  ], "numbers and discs of the other losses, and predictions");
  assert.deepEqual(
    path(labels[4]),
    path(labels[3]).slice(6),
    "those in the shaded block are shaded again",
  );
  assert.deepEqual(
    path(labels[5]),
    ["893 91.6 1021 173.6"],
    "the ring around the prediction of the chosen one",
  );
});

test("a number under an arrow is smaller, then shorter, where there is less room", () => {
  const label = (/** @type {number} */ size, /** @type {number} */ room) => {
    const { text, font } = /** @type {any} */ (gradientLabel(0, 0, size, "#000", room)).label;
    return [text, Number(font.size.toFixed(2))];
  };
  assert.deepEqual([label(0.058, 99), label(0.058, 41.5), label(0.058, 20)], [
    ["0.058", 15],
    ["0.058", 12.5],
    ["0.058", 11],
  ]);
  assert.deepEqual(label(0.18, 41.5), ["0.18", 12.5], "a shorter one is no larger than its neighbors");
  assert.deepEqual([label(1.2e-4, 80), label(1.2e-4, 50)], [["1.2×10⁻⁴", 15], ["1×10⁻⁴", 12.78]]);
});
