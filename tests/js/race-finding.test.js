// The finding of a race: one sentence with its condition, only of what all contestants have reached; and the results by k.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as byK from "../../static/js/training/race/by-k.js";
import * as curves from "../../static/js/training/race/curves.js";
import { isFinished, verdictOf } from "../../static/js/training/race/finding.js";
import { openViews } from "../../static/js/training/views.js";
import { contestant, labView, race, recall } from "./race.js";

const { words } = labView();
const RECALL = { task: "recall", lag: 10, seeds: 5, lr: 0.005, cell: "rnn", hidden: 32 };
const TEXT = { task: "text", seeds: 5, lr: 0.3 };

/** @param {Race} of @param {Record<string, any>} [params] @param {any[]} [measured] @param {Words} [said] */
const found = (of, params = RECALL, measured = [], said = words) => verdictOf(of, params, measured, said);

/** Spaces that do not break as others. @param {string} text */
const plain = (text) => text.replaceAll("\u00a0", " ");

/** @typedef {[number, number, number]} Spread */
const LEARNED = /** @type {Spread} */ ([1, 0.99, 1]), FAILED = /** @type {Spread} */ ([0.52, 0.5, 0.55]);

test("only blocks longer than the lag is said where it is just those", () => {
  const rule = found(
    recall({
      "1": FAILED,
      "10": [0.64, 0.54, 0.84],
      "20": LEARNED,
      "40": LEARNED,
      "zeros.40": [0.88, 0.87, 0.89],
    }),
  );
  assert.equal(plain(rule.finding), "Only blocks longer than the lag learn it: k = 20, k = 40");
  assert.equal(plain(rule.short), "learned by k = 20, k = 40");
  assert.match(rule.condition, /10 steps before/);
  const exception = found(recall({ "1": FAILED, "10": LEARNED, "20": LEARNED }));
  assert.equal(plain(exception.finding), "Learned in every seed by k = 10, k = 20");
  const missing = found(recall({ "1": FAILED, "20": LEARNED, "40": [0.9, 0.5, 1] }));
  assert.equal(plain(missing.finding), "Learned in every seed by k = 20", "a longer one failed in a seed");
  assert.match(found(recall({ "1": FAILED, "5": FAILED })).finding, /^None of them/);
  assert.match(found(recall({ "20": LEARNED, "40": LEARNED })).finding, /^All of them/);
  const windows = recall({ "4": FAILED, full: LEARNED });
  Object.assign(windows.contestants[0], { scheme: "window" });
  assert.equal(found(windows).finding, "Only a reach beyond the lag learns it: full");
});

test("another learning rate is named only where all else is the same and it reached 0.9", () => {
  const map = { lags: [10], ks: [10], cells: [{ lag: 10, k: 10, mean: 0.94, min: 0.9, max: 0.97 }] };
  const of = recall({ "10": [0.64, 0.54, 0.84], "20": LEARNED });
  const measured = (
    /** @type {string} */ link,
    changed = {},
  ) => [{ map: { ...map, ...changed }, params: new URLSearchParams(link) }];
  const other = "task=recall&k=10&lr=0.001&hidden=32&budget=16000";
  assert.match(
    found(of, RECALL, measured(other)).condition,
    /At learning rate 0\.001 k = 10 reaches 0\.94 too/,
  );
  for (const link of [other.replace("0.001", "0.005"), other.replace("32", "16")]) {
    assert.doesNotMatch(found(of, RECALL, measured(link)).condition, /learning rate/, link);
  }
  const low = { cells: [{ lag: 10, k: 10, mean: 0.89, min: 0.9, max: 0.97 }] };
  assert.doesNotMatch(found(of, RECALL, measured(other, low)).condition, /learning rate/);
  assert.doesNotMatch(found(of, { ...RECALL, lag: 6 }, measured(other)).condition, /learning rate/);
});

test("of losses a leader is named only where all seeds are ahead, ties and overlaps are said", () => {
  const of = (/** @type {Spread[]} */ finals) =>
    race({
      contestants: finals.map(([mean, min, max], i) =>
        contestant(String(i + 1), { final: { mean, min, max, each: [] } })
      ),
    });
  const says = (/** @type {Spread[]} */ finals) => plain(found(of(finals), TEXT).finding);
  assert.equal(says([[0.1, 0.08, 0.12], [0.3, 0.2, 0.4]]), "k = 1 ends with the lowest loss in every seed");
  assert.match(says([[0.1, 0.05, 0.25], [0.3, 0.2, 0.4]]), /^No clear winner: k = 1/);
  assert.equal(
    says([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1], [0.2, 0.2, 0.2]]),
    "k = 1, k = 2 share the lowest mean loss",
  );
  assert.equal(says([[0.1, 0.1, 0.1]]), "Only k = 1 runs: there is nothing to compare");
  const unsure = of([[0.1, 0.08, 0.12], [0.3, 0.2, 0.4]]);
  unsure.contestants[0].final_change = 0.1;
  assert.match(found(unsure, TEXT).finding, /rounding could reverse/);
  const diverged = of([[0.1, 0.08, 0.12], [0.3, 0.2, 0.4]]);
  diverged.contestants[0].diverged_at = [null, 7];
  assert.match(plain(found(diverged, TEXT).finding), /^Among the seeds that did not diverge, k = 1/);
});

test("one seed is no verdict, and where every run diverged that is all there is to say", () => {
  assert.equal(found(recall({ "20": LEARNED }), { ...RECALL, seeds: 1 }).finding, "One seed is no verdict");
  const lost = race({
    contestants: [contestant("1", { final: { mean: null, min: null, max: null, each: [null] } })],
  });
  assert.equal(found(lost, TEXT).finding, "Every run diverged");
});

test("the condition says what was equal, and what was not", () => {
  assert.equal(
    plain(found(race(), TEXT).condition),
    "For the same steps read, updates made: k = 1: 80, full: 20.",
  );
  const equal = race({
    match: "updates",
    contestants: ["1", "2"].map((entry) => contestant(entry, { updates: 40, steps: 80 })),
  });
  assert.equal(found(equal, TEXT).condition, "Every contestant made the same number of updates.");
});

test("every verdict has its words in both languages", () => {
  const korean = labView({}, "ko").words;
  const all = [
    race(),
    recall({ "1": FAILED, "20": LEARNED }),
    recall({ "1": FAILED, "2": FAILED }),
    race({ measure: "error" }),
  ];
  for (const of of all) {
    for (const said of [words, korean]) {
      for (const text of Object.values(found(of, of.measure === "accuracy" ? RECALL : TEXT, [], said))) {
        assert.doesNotMatch(text, /[{}]|undefined|training\./);
      }
    }
  }
});

test("a race is finished when every contestant is", () => {
  const of = race();
  assert.ok(isFinished(of));
  of.contestants[1].final = null;
  assert.ok(!isFinished(of));
});

/** @param {Tree} tree @returns {Tree[]} */
const all = (
  tree,
) => [
  tree,
  .../** @type {Tree[]} */ (tree.children.filter((child) => typeof child !== "string")).flatMap(all),
];
const ROOM = { width: 560, height: 200, lag: /** @type {number | null} */ (10) };
/** @param {Race} of @param {typeof ROOM} [room] */
const drawn = (of, room = ROOM) => all(byK.picture(of, room, labView()));
/** @param {Tree[]} trees @param {string} name */
const named = (trees, name) =>
  trees.filter(({ attributes }) => String(attributes.class ?? "").split(" ").includes(name));

test("results stand from the shortest k to the longest, zeros beside the same k, the lag between them", () => {
  const of = recall({ "40": LEARNED, "10": FAILED, "20": LEARNED, "zeros.20": [0.75, 0.74, 0.76] }),
    trees = drawn(of);
  const labels = named(trees, "k-name").map((
    { children, attributes },
  ) => [children[0], Number(attributes.x)]);
  assert.deepEqual(labels.map(([name]) => name), ["10", "20", "40"]);
  const line = Number(/M([\d.]+)/.exec(String(named(trees, "lag-line")[0].attributes.d))?.[1]);
  assert.ok(Number(labels[0][1]) < line && line < Number(labels[1][1]));
  const [zeros] = named(trees, "zeros");
  assert.ok(
    Number(zeros.attributes.cx) > Number(labels[1][1]) && Number(zeros.attributes.cx) < Number(labels[2][1]),
  );
  assert.equal(named(trees, "range").length, 3, "of carried states alone");
  assert.deepEqual(named(trees, "value").map(({ children }) => children[0]), ["0.52", "1.00", "1.00"]);
});

test("the line of the lag is there only where k is on both sides of it", () => {
  assert.equal(named(drawn(recall({ "1": FAILED, "5": FAILED })), "lag-line").length, 0);
  const longer = drawn(recall({ "20": LEARNED, "40": LEARNED }));
  assert.deepEqual([named(longer, "lag-line").length, named(longer, "longer").length], [0, 1]);
  assert.equal(named(drawn(race(), { ...ROOM, lag: null }), "lag-line").length, 0);
});

test("whatever the numbers are, the results are drawn inside the picture", () => {
  const odd = race({
    contestants: [contestant("1", { final: { mean: null, min: null, max: null, each: [] } })],
  });
  const none = race({
    contestants: [
      contestant("1", { final: null, points: { ...contestant("1").points, mean: [], min: [], max: [] } }),
    ],
  });
  const eight = recall(Object.fromEntries([1, 2, 5, 10, 20, 40, 60, 80].map((k) => [String(k), FAILED])));
  for (const of of [odd, none, eight, race(), recall({ "20": [0, 0, 0] })]) {
    for (const { tag, attributes } of drawn(of)) {
      assert.doesNotMatch(JSON.stringify(attributes), /NaN|null|Infinity/, tag);
      if (tag === "text") assert.ok(Number(attributes.y) >= 0 && Number(attributes.y) <= ROOM.height);
    }
  }
});

test("while a race runs what is still to come is shaded, and nothing at its end", () => {
  const shapes = (
    /** @type {Race} */ of,
    isRunning = true,
  ) => /** @type {any[]} */ (curves.draw(of, { ...labView(), isRunning }).layout.shapes);
  const half = race({ x_max: { steps: 160, updates: 160 } });
  const [rest, now] = shapes(half);
  assert.deepEqual([rest.x0, rest.x1, now.x0, now.x1], [80, 160, 80, 80]);
  assert.deepEqual([shapes(race()), shapes(half, false)], [[], []]);
});

test("a link opens the view that it names, else the one that it is about, else the first", () => {
  const views = ["film", "lanes", "race"],
    open = (/** @type {object} */ seen, of = views, isFramed = false) =>
      openViews(of, /** @type {Seen} */ (seen), isFramed);
  assert.deepEqual(open({}), ["film"]);
  assert.deepEqual(open({ open: "race", at: "1.0.0" }), ["race"]);
  assert.deepEqual([open({ at: "1.0.0", it: "0.1" }), open({ it: "0.1" }), open({ update: 0 })], [["film"], [
    "lanes",
  ], ["race"]]);
  assert.deepEqual([open({ look: "missed" }), open({ look: "weights" }), open({ look: "map" })], [["lanes"], [
    "film",
  ], ["race"]]);
  assert.deepEqual([open({ panel: "gradients" }), open({ panel: "numbers" })], [["race"], ["film"]]);
  assert.deepEqual(
    open({ open: "film" }, ["race"]),
    ["race"],
    "what a task does not have, or a link hides, is not opened",
  );
  assert.deepEqual(open({}, []), []);
  assert.deepEqual([open({ at: "1.0.0" }, views, true), open({ open: "lanes" }, views, true)], [views, [
    "lanes",
  ]]);
});
