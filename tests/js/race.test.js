// The race: curves, labels, names, costs, captions and the lag heatmap.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isTimed, updateAt } from "../../static/js/training/race/x-axis.js";
import { budgetFor } from "../../static/js/training/race/budget.js";
import { caption, learned } from "../../static/js/training/race/caption.js";
import { rows } from "../../static/js/training/race/costs.js";
import * as byK from "../../static/js/training/race/by-k.js";
import * as curves from "../../static/js/training/race/curves.js";
import { leads, learnedAt, nearChance, ranking, verdicts } from "../../static/js/training/race/facts.js";
import * as gradients from "../../static/js/training/race/gradients.js";
import * as heat from "../../static/js/training/race/lag-heatmap.js";
import { lastUpdate, link, ownContestant } from "../../static/js/training/race/inspect-weights.js";
import * as mapPanel from "../../static/js/training/race/map.js";
import { fullNames, shortNames } from "../../static/js/training/race/names.js";
import { comparison, formula } from "../../static/js/training/race/recall.js";
import * as samples from "../../static/js/training/race/samples.js";
import { spreadLabels } from "../../static/js/training/race/spread.js";
import { lineStyles, plotlyDash } from "../../static/js/training/race/line-styles.js";
import { inUnit, ticksOf, written } from "../../static/js/training/race/loss-units.js";
import { curvesTable } from "../../static/js/training/race/table.js";
import { formulaText } from "../../static/js/training/race/reset-vs-carried.js";
import { REQUESTED, runAfter } from "../../static/js/training/run.js";
import { ramp } from "../../static/js/plot/colormap.js";
import { contestant, labView, race, recall } from "./race.js";

/** @typedef {{type: string, x: number[], y: number[], text?: string[], name?: string, mode: string, line: {dash: string}}} Trace */
/** @param {Figure} figure @returns {Trace[]} */
const traces = (figure) => /** @type {Trace[]} */ (figure.data);

test("a label is placed at the end of its line, and moves only as far as others push it", () => {
  assert.deepEqual(spreadLabels([100, 20, 200], 16, 0, 300), [100, 20, 200]);
  assert.deepEqual(spreadLabels([50, 50], 16, 0, 300), [42, 58]);
  assert.deepEqual(spreadLabels([0, 0, 0], 16, 4, 300), [4, 20, 36]);
  assert.deepEqual(spreadLabels([300, 299], 16, 4, 296), [296, 280]);
});

test("no labels overlap, however close the lines end", () => {
  for (
    const ends of [[10, 11, 12, 13, 14, 90, 91, 92], [5, 5, 5, 5, 5, 5, 5, 5], [
      200,
      0,
      100,
      199,
      1,
      101,
      50,
      150,
    ]]
  ) {
    const placed = spreadLabels(ends, 17, 4, 260).sort((a, b) => a - b);
    placed.slice(1).forEach((y, i) => assert.ok(y - placed[i] >= 17 - 1e-6, String(placed)));
    assert.ok(placed[0] >= 4 && placed[placed.length - 1] <= 260 + 1e-6);
  }
});

test("no two of eight contestants share marker and line; the same k keeps its color and marker", () => {
  const entries = ["1", "5", "10", "20", "40", "zeros.10", "zeros.20", "zeros.40"];
  const { colors } = labView(), looks = lineStyles(entries.map((entry) => contestant(entry)), colors);
  /** @param {typeof looks} looks */
  const distinct = (looks) =>
    new Set(looks.map((look) => `${look.symbol} ${look.hollow} ${plotlyDash(look)}`)).size;
  assert.equal(distinct(looks), 8);
  assert.deepEqual([looks[5].color, looks[5].symbol], [looks[2].color, looks[2].symbol]);
  assert.ok(looks.slice(0, 5).every(({ dash, hollow }) => !dash.length && !hollow), "carried: solid");
  assert.ok(looks.slice(5).every(({ dash, hollow }) => dash.length && hollow), "zeros: dotted, hollow");
  const many = ["1", "2", "3", "4", "5", "6", "7", "8"].map((entry) => contestant(entry));
  assert.equal(distinct(lineStyles(many, colors)), 8);
});

test("colors go from the shortest k to the longest, spread over those that race", () => {
  const { colors } = labView();
  /** @param {string[]} entries */
  const colorsOf = (entries) =>
    lineStyles(entries.map((entry) => contestant(entry)), colors).map(({ color }) => color);
  const scale = [0, 1, 2, 3, 4].map((at) => ramp(colors, "place", at / 4));
  assert.deepEqual(colorsOf(["full", "20", "1", "10", "5"]), [4, 3, 0, 2, 1].map((at) => scale[at]));
  assert.deepEqual(colorsOf(["40", "3"]), [scale[4], scale[0]]);
  assert.deepEqual(colorsOf(["3", "full", "10"]), [scale[0], scale[4], scale[2]]);
});

test("a short name says what tells a contestant from the others, a full one all", () => {
  const { words } = labView();
  assert.deepEqual(shortNames([contestant("1"), contestant("zeros.10"), contestant("full")], words), [
    "k = 1",
    "k = 10 · zeros",
    "full",
  ]);
  assert.deepEqual(shortNames([contestant("10"), contestant("lstm.10")], words), [
    "RNN k = 10",
    "LSTM k = 10",
  ]);
  const [before, after] = ["before", "after"].map((reset_gate) =>
    contestant("5", { cell: "gru", reset_gate })
  );
  assert.deepEqual(shortNames([before, after], words), ["GRU k = 5", "GRU reset after k = 5"]);
  assert.deepEqual(fullNames([before, after], words), [
    "GRU · blocks k = 5",
    "GRU reset after · blocks k = 5",
  ]);
  const [own, other] = ["gain", "keras"].map((init) => contestant("zeros.5", { init }));
  assert.deepEqual(shortNames([own, other], words), [
    "k = 5 · zeros · normal",
    "k = 5 · zeros · Keras",
  ]);
  assert.deepEqual(fullNames([other, contestant("full", { init: "gain" })], words), [
    "blocks k = 5 · no carry-over · Keras",
    "full k = 4 · normal",
  ]);
  assert.deepEqual(shortNames([other], words), ["k = 5 · zeros"], "a start that all have is not named");
  const orders = [contestant("20"), contestant("20", { shuffled: true }), contestant("zeros.20")];
  assert.deepEqual(shortNames(orders, words), ["k = 20", "k = 20 · shuffled", "k = 20 · zeros"]);
  assert.deepEqual(fullNames(orders, words)[1], "blocks k = 20 · shuffled");
  assert.deepEqual(shortNames([orders[1]], words), ["k = 20"], "where all are shuffled the lab says so");
  const looks = lineStyles(orders, labView().colors).map(plotlyDash);
  assert.deepEqual(looks, ["solid", "7px,4px", "2px,3px"], "as the legend below the curves says");
  const [first, second] = lineStyles([orders[1], orders[0]], labView().colors).map(plotlyDash);
  assert.deepEqual([first, second], ["7px,4px", "solid"], "in whatever order they are named");
  const tbptt = contestant("5", { scheme: "tbptt", k1: 2 });
  const randomized = contestant("5", { scheme: "randomized", cut: 0.3 });
  assert.deepEqual(shortNames([tbptt, randomized], words), ["TBPTT 2, 5", "randomized 0.3"]);
  const cuts = contestant("5", { scheme: "cuts", cuts: [2, 5, 9] });
  assert.deepEqual(shortNames([tbptt, cuts], words), ["TBPTT 2, 5", "own cuts 2, 5, 9"]);
  assert.deepEqual(fullNames([cuts], words), ["own cuts 2, 5, 9"]);
  assert.deepEqual(fullNames([contestant("lstm.zeros.10"), contestant("full")], words), [
    "LSTM · blocks k = 10 · no carry-over",
    "RNN · full k = 4",
  ]);
  assert.deepEqual(fullNames([contestant("full")], words), ["full k = 4"]);
});

test("curves have a fixed range of x, a band and a line each, and a name at the end", () => {
  const figure = curves.draw(race(), labView()),
    { xaxis } = /** @type {{xaxis: {range: number[]}}} */ (/** @type {unknown} */ (figure.layout));
  assert.deepEqual(xaxis.range, [0, 80]);
  const lines = traces(figure).filter(({ name }) => name),
    names = traces(figure).filter(({ mode }) => mode === "text");
  assert.deepEqual(lines.map(({ x }) => x), [[0, 40, 80], [0, 40, 80], [0, 40, 80]]);
  const ends =
    /** @type {{mode: string, x: number[], y: number[], marker: {symbol: string}}[]} */ (figure.data)
      .filter(({ mode }) => mode === "markers");
  assert.deepEqual(ends.map(({ x, y }) => [x, y]), [[[80], [0.5]], [[80], [0.5]], [[80], [0.5]]]);
  assert.equal(new Set(ends.map(({ marker }) => marker.symbol)).size, 3);
  assert.deepEqual(names.map(({ text }) => text?.[0].trim()), ["k = 1", "k = 2", "full"]);
  const updates = curves.draw(race({ match: "updates" }), labView());
  assert.deepEqual(traces(updates).find(({ name }) => name === "k = 2")?.x, [0, 20, 40]);
});

test("time runs along the axis where every point has its time", () => {
  const one = contestant("1"), seconds = [0, 0.2, 0.6];
  const timed = race({ contestants: [{ ...one, points: { ...one.points, seconds } }] });
  assert.ok(isTimed(timed));
  assert.ok(!isTimed(race()));
  const { data, layout } = curves.draw(timed, labView(), "measure", "time");
  assert.deepEqual(/** @type {Trace[]} */ (data).find(({ name }) => name)?.x, seconds);
  assert.match(JSON.stringify(layout), /"range":\[0,0.6\],.*computing time/);
  assert.deepEqual(gradients.decades(timed.contestants[0], "time").x, [0.2, 0.6]);
  const { points } = timed.contestants[0];
  assert.equal(updateAt(points, "time", 0.4), 60);
  assert.equal(updateAt(points, "steps", 0), 0);
  const uneven = { ...points, u: [0, 10, 20, 80], steps: [0, 5, 40, 50] };
  assert.deepEqual([3, 20, 45, 60].map((at) => updateAt(uneven, "steps", at)), [6, 14, 50, 80]);
  assert.equal(updateAt({ ...uneven, steps: [0, 5, 5, 50] }, "steps", 5), 10, "of two points the first");
  assert.equal(updateAt({ ...uneven, u: [], steps: [] }, "steps", 5), 0, "no point yet");
  assert.equal(updateAt(points, "steps", 99), 80);
});

test("a race that has just begun is drawn too, and so is one that has no points yet", () => {
  const none = { u: [], steps: [], mean: [], min: [], max: [], accuracy: [], grad: [] };
  const one = { ...none, u: [0], steps: [0], mean: [2], min: [1], max: [3], accuracy: [0.2], grad: [null] };
  for (const points of [none, one]) {
    const begun = race({ contestants: [contestant("1", { points, final: null, accuracy: null })] });
    for (const figure of [curves.draw(begun, labView()), gradients.draw(begun, labView())]) {
      assert.doesNotMatch(JSON.stringify(figure), /null|NaN|undefined/);
    }
  }
});

test("what shoots up leaves the picture, and a loss that only falls fills it", () => {
  const lines = [[2, 1, 0.5], [2, 40, 1]].map((mean) => ({ x: [], u: [], mean, min: mean, max: mean }));
  assert.ok(curves.rangeOf(lines, race(), "measure")[1] < 6);
  assert.equal(curves.rangeOf(lines.slice(0, 1), race(), "measure")[1], 1.04 * 2);
  const small = [{ ...lines[0], mean: [0.5, 0.25], max: [0.6, 0.3] }];
  assert.deepEqual(curves.rangeOf(small, race(), "measure"), [0, 1.04 * 0.6], "less than 1 fills it too");
});

test("accuracy has chance as a line with a name, a loss has none", () => {
  const figure = curves.draw(recall({ 1: [0.5, 0.4, 0.6] }), labView());
  assert.ok(traces(figure).some(({ text }) => text?.[0].includes("chance")));
  assert.equal(/** @type {object[]} */ (figure.layout.shapes).length, 1);
  assert.equal(/** @type {object[]} */ (curves.draw(race(), labView()).layout.shapes).length, 0);
});

test("the formula is exact at its ends: nothing inside a block is chance, everything is all but the lag's share", () => {
  assert.equal(formula(10, 10, 2), 0.5);
  assert.equal(formula(10, 40, 2), 0.875);
  assert.equal(formula(4, 5, 2), 0.6);
  assert.equal(formula(10, 1, 4), 0.25);
  assert.deepEqual([formulaText(2), formulaText(4)].map((text) => text.slice(4, 7)), ["½·m", "3/4"]);
});

test("carried, zeros and the formula stand side by side by k", () => {
  const run = recall({ 5: [0.53, 0.5, 0.55], 20: [1, 0.99, 1], "zeros.20": [0.75, 0.74, 0.76] });
  assert.deepEqual(comparison(run, { lag: 10, cues: 2 }), [
    { k: 5, carried: 0.53, zeros: null, formula: 0.5 },
    { k: 20, carried: 1, zeros: 0.75, formula: 0.75 },
  ]);
});

test("nobody leads whose seeds overlap with the next one's", () => {
  const apart = race({
    contestants: [
      contestant("1"),
      contestant("2", { final: { mean: 0.2, min: 0.1, max: 0.3, each: [] } }),
    ],
  });
  assert.deepEqual(ranking(apart).map(({ index }) => index), [1, 0]);
  assert.ok(leads(ranking(apart)));
  assert.ok(!leads(ranking(race())));
  assert.ok(!leads([]));
  const ends = (/** @type {[number, number][]} */ ...ranges) =>
    leads(/** @type {any[]} */ (ranges.map(([low, high]) => ({ low, high }))));
  assert.ok(ends([1, 2], [2.1, 3]) && ends([4, 5], [2, 3.9]));
  assert.ok(!ends([1, 2], [2, 3]) && !ends([4, 5], [3, 4]), "where one ends and the other begins at once");
  const wide = contestant("full", { final: { mean: 5, min: 0.2, max: 9, each: [] } });
  assert.ok(!leads(ranking({ ...apart, contestants: [...apart.contestants, wide] })));
});

test("a diverged seed is named with its update, hides no other, and takes part in no verdict", () => {
  const lost = contestant("20", {
    diverged_at: [4, null, null],
    final: { mean: 2.1, min: 2.08, max: 2.13, each: [null, 2.08, 2.13] },
  });
  const other = contestant("zeros.20", { final: { mean: 2.2, min: 2.2, max: 2.2, each: [2.2, 2.2, 2.2] } });
  const run = race({ contestants: [lost, other] }), params = { seeds: 3, seed: 7 };
  const text = (/** @type {Race} */ shown, language = "en") =>
    caption(shown, params, labView({}, language).words).replaceAll("\u00a0", " ");
  assert.match(
    text(run),
    /Among the seeds that did not diverge, \*\*k = 20\*\* has the lowest mean loss/,
  );
  assert.match(text(run), /left out of lines, bands and means: k = 20, seed 7 at update 4\./);
  assert.match(text(run), /range of the seeds that did not diverge\./);
  assert.match(text(run, "ko"), /k = 20 시드 7\(갱신 4번째\)/);
  const none = { mean: null, min: null, max: null, each: [null, null, null] };
  const all = contestant("20", { diverged_at: [4, 9, 1234], final: none });
  const alone = text(race({ contestants: [all, other] }));
  assert.match(alone, /seed 7 at update 4, k = 20, seed 8 at update 9, k = 20, seed 9 at update 1,234\./);
  assert.doesNotMatch(alone, /least/);
  const answers = recall({ 1: [1, 1, 1], 10: [0.5, 0.5, 0.5] });
  for (const one of answers.contestants) one.diverged_at = [null, 12];
  assert.deepEqual(verdicts(answers), { learned: [], near: [], between: [0, 1] });
});

test("the texts of a first seed that diverged are said to be its texts", () => {
  const { words } = labView(),
    of = (/** @type {(number | null)[]} */ ...diverged_at) =>
      samples.caption(contestant("20", { diverged_at }), "blocks k = 20", 7, words);
  assert.match(
    of(1234, null),
    /^blocks k = 20, temperature 0\.7, seed 7, .* This seed diverged at update 1,234;/,
  );
  assert.doesNotMatch(of(null, 4), /diverged/, "another seed than the one that writes");
});

test("steps that differ are not called the same: a run completes its last update", () => {
  const { words } = labView(), params = { seeds: 1, seed: 0, budget: 1 };
  const entries = [contestant("2", { steps: 2 }), contestant("full", { steps: 1234 })];
  const text = (/** @type {Partial<Race>} */ changes) =>
    caption(race({ contestants: entries, ...changes }), params, words).replaceAll("\u00a0", " ");
  assert.match(text({}), /the steps read for a budget of 1 differ: k = 2: 2, full: 1,234\./);
  assert.doesNotMatch(text({ match: "updates" }), /budget/);
  assert.doesNotMatch(text({ contestants: [entries[0], entries[0]] }), /budget/);
});

for (const language of ["en", "ko"]) {
  test(`contestants that share the first place are named together, none as the best (${language})`, () => {
    const { words } = labView({}, language), params = { seeds: 2, seed: 0 };
    const ended = (/** @type {string} */ entry, /** @type {number} */ mean) =>
      contestant(entry, { final: { mean, min: mean - 0.1, max: mean + 0.1, each: [] } });
    const entries = [ended("1", 1.3801), ended("2", 1.38), ended("full", 1.38)];
    for (const measure of /** @type {const} */ (["loss", "error"])) {
      const shown = race({ contestants: entries, measure });
      const names = ["k\u00a0=\u00a02", words("training.race.schemes.full")].join(", ");
      const text = caption(shown, params, words);
      assert.ok(text.startsWith(words(`training.race.${measure}_tied`, { names })), text);
      assert.doesNotMatch(text, /overlap|겹칩니다/);
    }
    const [best] = entries.slice(1);
    const alone = caption(race({ contestants: [best, ended("full", 1.3801)] }), params, words);
    assert.ok(alone.startsWith(words("training.race.loss_close", { name: "k\u00a0=\u00a02" })), alone);
  });
}

test("what another processor may change is marked, and no verdict rests on it", () => {
  const { words } = labView(), params = { seeds: 5, seed: 0 };
  /** @param {number} mean @param {Partial<Contestant>} [changes] */
  const ended = (mean, changes = {}) =>
    contestant("1", { final: { mean, min: mean - 0.1, max: mean + 0.1, each: [] }, ...changes });
  const chaotic = { sensitive_from: 1320, final_change: 0.5 }, calm = ended(1);
  const text = (/** @type {Contestant[]} */ ...contestants) =>
    caption(race({ contestants }), params, words).replaceAll("\u00a0", " ");
  assert.match(text(calm, ended(2)), /has the lowest final loss in every seed/);
  assert.doesNotMatch(text(calm, ended(2)), /ensitive/);
  const reversed = text(calm, ended(1.4, chaotic));
  assert.match(reversed, /lowest final loss here, but another kind of processor could reverse that/);
  assert.match(reversed, /Sensitive to rounding: k = 1 from update 1,320 on\./);
  assert.match(text(calm, ended(2, chaotic)), /has the lowest final loss in every seed/);
  assert.match(text(calm, ended(1.05)), /overlap/);

  const results = (/** @type {Contestant} */ one) => rows(race({ contestants: [one] }), null, words)[0];
  assert.deepEqual([results(calm).result, results(calm).accuracy], ["1.00", "1.00"]);
  assert.deepEqual([results(ended(1, chaotic)).result, results(ended(1, chaotic)).accuracy], [
    "≈ 1.00",
    "≈ 1.00",
  ]);
  assert.equal(results(ended(1.001, { sensitive_from: 9, final_change: 1e-6 })).result, "1.00");
  assert.equal(
    results(ended(1.001, { sensitive_from: 9, final_change: 1e-4 })).result,
    "≈ 1.00",
    "a hundred times",
  );

  const at = (/** @type {(number | null)[]} */ learned_at) =>
    contestant("1", { learned_at, sensitive_from: 100 });
  const when = (/** @type {Contestant} */ one) => learned(race({ contestants: [one] }), words);
  assert.match(when(at([12, 40])), /12–40\.$/);
  assert.match(when(at([12, 140])), /12–140, depending on the processor/);
  assert.match(when(at([12, null])), /12 \(1 of 2 seeds\), depending on the processor/);

  const answers = recall({ 10: [1, 1, 1], 20: [0.5, 0.5, 0.5] });
  for (const one of answers.contestants) one.final_change = 0.3;
  assert.deepEqual(verdicts(answers), { learned: [], near: [], between: [0, 1] });
});

test("an exploding start does not set the axis, but a loss that only grows does", () => {
  const line = (/** @type {number[]} */ mean) => [{ x: [], u: [], mean, min: mean, max: mean }];
  const top = curves.rangeOf(line([1.2e43, 3.1, 2.1]), race(), "measure")[1];
  assert.ok(top > 3.1 && top < 10, String(top));
  assert.ok(curves.rangeOf(line([1e43, 1e44]), race(), "measure")[1] > 1e43);
});

test("where every seed has its own cuts, the range of their updates is written", () => {
  const drawn = contestant("5", {
    scheme: "randomized",
    cut: 0.3,
    updates: 40,
    updates_by_seed: [38, 37, 1043],
  });
  assert.deepEqual(rows(race({ contestants: [drawn] }), null, labView().words)[0].of, "[37–1,043]");
  const point = {
    contestant: 0,
    u: 1,
    steps: 2,
    mean: 1,
    min: 1,
    max: 1,
    accuracy: 0,
    grad: 1,
    diverged_at: [4],
  };
  const run = { ...REQUESTED, race: race({ contestants: [drawn] }) };
  const after = runAfter(run, { name: "point", data: JSON.stringify(point), id: "" });
  assert.deepEqual(after.race?.contestants[0].diverged_at, [4]);
});

test("recall is learned, near chance or neither, by all seeds and not by their mean", () => {
  const run = recall({ 1: [0.52, 0.5, 0.56], 10: [0.6, 0.5, 0.7], 14: [0.89, 0.5, 1], 20: [1, 0.99, 1] });
  assert.deepEqual(verdicts(run), { learned: [3], near: [0], between: [1, 2] });
  assert.ok(Math.abs(nearChance(0.5) - 2 / 3) < 1e-12);
});

for (const language of ["en", "ko"]) {
  test(`the caption states only what the run shows (${language})`, () => {
    const { words } = labView({}, language), params = { seeds: 5 };
    const running = race({ contestants: [contestant("1", { final: null }), contestant("2")] });
    assert.equal(caption(running, params, words), words("training.race.band", { n: 5 }));
    const ended = caption(recall({ 5: [0.53, 0.5, 0.55], 20: [1, 0.99, 1] }), params, words);
    assert.match(ended, /\*\*k\u00a0=\u00a020\*\*/);
    assert.match(ended, /67%/);
    for (const alone of [race(), recall({ 20: [1, 1, 1] })]) {
      const text = caption(alone, { seeds: 1 }, words);
      assert.doesNotMatch(text, /range of|범위입니다|in every|모든 시드|overlap|겹칩니다/);
      assert.ok(text.endsWith(words("training.race.one_seed")));
    }
  });
}

test("a cancelled run shows how many updates it made", () => {
  const { words } = labView(), stopped = contestant("1", { final: null, updates: 15000 });
  const [row] = rows(race({ contestants: [stopped] }), null, words);
  assert.deepEqual([row.updates, row.of], ["80", "of 15,000"]);
});

test("costs are written beside the newest values, and time where it was measured", () => {
  const { words } = labView(), [first] = rows(race(), null, words);
  assert.deepEqual([first.name, first.time, first.result, first.range], [
    "blocks k = 1",
    "–",
    "0.50",
    "[0.40–0.60]",
  ]);
  assert.equal(rows(race(), [2.04, null, 12.6], words)[0].time, "2.0 s");
  assert.equal(rows(race(), [2.04, null, 12.6], words)[2].time, "13 s");
  const running = race({ contestants: [contestant("1", { final: null, accuracy: null })] });
  assert.equal(rows(running, null, words)[0].result, "0.50");
});

test("what is matched changes the budget too, to about as much work", () => {
  assert.equal(budgetFor("updates", { k: 10, budget: 15000 }, [1, 10, 50, 500]), 1000);
  assert.equal(budgetFor("updates", { k: 2, budget: 80 }, [1, 2, 4]), 40);
  assert.equal(budgetFor("steps", { k: 10, budget: 600 }, [1, 10]), 6000);
  assert.equal(budgetFor("updates", { k: 1000, budget: 1 }, []), 1);
});

test("the stairs run where k passes the lag", () => {
  assert.deepEqual(heat.stairs([4, 6, 10], [1, 5, 10, 20]), [[0, 1], [1, 1], [1, 2], [2, 2], [2, 3], [3, 3]]);
});

test("a cell says per cent, a star where the seeds are far apart, and nothing before it is there", () => {
  assert.equal(heat.accuracyText({ mean: 0.894, min: 0.5, max: 1 }), "89*");
  assert.equal(heat.accuracyText({ mean: 1, min: 0.99, max: 1 }), "100");
  assert.equal(heat.accuracyText({ mean: null, min: null, max: null }), "");
  assert.equal(heat.accuracyText({ mean: 0.894, min: 0.8, max: 0.9, change: 0.02 }), "≈89");
  assert.equal(heat.accuracyText({ mean: 0.894, min: 0.8, max: 0.9, change: 0.001, diverged: 1 }), "89*");
  assert.deepEqual([0.4, 0.5, 0.75, 1].map((mean) => heat.shareAboveChance(mean, 0.5)), [0, 0, 0.5, 1]);
});

/** @type {LagMap} */
const MAP = {
  ...{ lags: [4, 10], ks: [5, 10, 20], hidden: 16, lanes: 8, seeds: 5, budget: 8000, chance: 0.5 },
  cells: [4, 10].flatMap((lag) =>
    [5, 10, 20].map((k) =>
      lag === 10 && k === 20
        ? { lag, k, mean: null, min: null, max: null }
        : { lag, k, mean: k > lag ? 1 : 0.52, min: 0.5, max: 1 }
    )
  ),
};

test("the heatmap leaves a gap for a cell that is not measured yet", () => {
  const [cells, numbers] = /** @type {{z: Table, text: string[]}[]} */ (/** @type {unknown} */ (heat.draw(
    MAP,
    labView({ width: 400 }),
    0.5,
  ).data));
  assert.deepEqual(cells.z, [[1, 0.52], [1, 0.52], [1, null]]);
  assert.equal(numbers.text.length, 5);
});

test("the map's caption counts what is below the stairs", () => {
  assert.doesNotMatch(mapPanel.caption(MAP, 0.5, labView().words, "rnn"), /below it/);
  const cells = MAP.cells.map((cell) => ({ ...cell, mean: cell.mean ?? 1 }));
  const text = mapPanel.caption({ ...MAP, cells }, 0.5, labView().words, "rnn");
  assert.match(text, /Of the 2 below it, 2 stay under 67% and 0 reach 95%/);
});

test("the curves go into a table, one row a point", () => {
  const { columns, rows } = curvesTable(race(), labView().words);
  assert.equal(rows.length, 9);
  assert.deepEqual(rows[1], ["blocks k = 1", 40, 40, 1, 0.9, 1.1, 0.5, 0.1]);
  assert.equal(columns.length, 8);
});

test("the explorer is given the whole training link, and which update", () => {
  const params = {
    cell: "rnn",
    activation: "tanh",
    hidden: 8,
    state: "carried",
    k: 2,
    match: "steps",
    budget: 80,
  };
  const text = link({ query: "?v=1&text=a%26b", params, text: "a&b", L: 2 }, 7);
  assert.equal(
    text,
    "?v=1&text=a%26b&k=2&cell=rnn&activation=tanh&hidden=8&trained=v%3D1%26text%3Da%2526b&at_update=7",
  );
  assert.match(
    link({ query: "?v=1", params: { ...params, recurrence: "zero" }, text: "", L: 2 }, 7),
    /recurrence=zero&trained/,
  );
  assert.match(link({ query: "?v=1", params: { ...params, hidden: 64 }, text: "", L: 1000 }, 7), /steps=500/);
  assert.equal(ownContestant(race(), params)?.entry, "2");
  const others = [{ shuffled: true }, { init: "keras" }, {}].map((own) =>
    contestant("2", { init: "gain", ...own })
  );
  const lab = { ...params, init: "gain", shuffle: "0" };
  assert.equal(ownContestant(race({ contestants: others }), lab), others[2]);
  assert.equal(ownContestant(race({ contestants: others }), { ...lab, shuffle: "1" }), others[0]);
  assert.equal(ownContestant(race({ contestants: others }), { ...lab, init: "keras" }), others[1]);
  const state = /** @type {LabState} */ (/** @type {unknown} */ ({ race: race(), params, film: null }));
  assert.equal(lastUpdate(state), 40);
  assert.equal(lastUpdate({ ...state, params: { ...params, k: 3, match: "updates" } }), 80);
});

test("who first predicts everything right is said with how many seeds do", () => {
  assert.deepEqual(learnedAt({ learned_at: [4, 13, 4] }), { range: "4–13", n: 3, seeds: 3 });
  assert.deepEqual(learnedAt({ learned_at: [4, null] }), { range: "4", n: 1, seeds: 2 });
  const { words } = labView(), all = [contestant("1", { learned_at: [4, 4] })];
  const contestants = [...all, contestant("2", { learned_at: [9, null] })];
  contestants.push(contestant("5", { learned_at: [null, null] }));
  const text = learned(race({ contestants }), words).replaceAll("\u00a0", " ");
  assert.match(text, /k = 1: 4, k = 2: 9 \(1 of 2 seeds\), k = 5: in none of 2 seeds/);
  assert.equal(learned(race({ contestants: contestants.slice(2) }), words), "");
  assert.equal(learnedAt({ learned_at: null }), null);
});

test("measuring takes as long as there are steps, and gates", () => {
  assert.equal(mapPanel.secondsOf({ match: "steps", budget: 8000, cell: "rnn" }), 14);
  assert.equal(mapPanel.secondsOf({ match: "steps", budget: 400, cell: "gru" }), 2);
});

test("the stairs of the map run between its cells, whose centers are whole numbers", () => {
  const lags = [4, 6],
    ks = [1, 5],
    cells = lags.flatMap((lag) => ks.map((k) => ({ lag, k, mean: 0.5, min: 0, max: 1 })));
  const map = /** @type {LagMap} */ ({ lags, ks, cells });
  const colors = { background: "#ffffff", forward: "#0000ff", muted: "#888888", ink: "#000000" };
  const view =
    /** @type {any} */ ({ colors, font: "sans", words: (/** @type {string} */ key) => key, width: 600 });
  const { shapes } = /** @type {any} */ (heat.draw(map, view, 0.5)).layout;
  assert.deepEqual(
    shapes.map((/** @type {any} */ { path }) => path).filter(Boolean),
    ["M-0.5,0.5L0.5,0.5L0.5,1.5L1.5,1.5"],
  );
});

test("a curve's points are those that are known, with the range of the seeds where it is known", () => {
  const points = {
    u: [0, 5, 10],
    steps: [0, 50, 100],
    mean: [3, null, 1],
    min: [2, null, null],
    max: [4, null, 1.5],
    accuracy: [null, 0.5, 1],
  };
  const one = /** @type {any} */ ({ points });
  assert.deepEqual(curves.lineOf(one, "updates", "measure"), {
    ...{ x: [0, 10], u: [0, 10], mean: [3, 1], min: [2, 1], max: [4, 1.5] },
  });
  assert.deepEqual(curves.lineOf(one, "steps", "accuracy"), {
    ...{ x: [50, 100], u: [5, 10], mean: [0.5, 1], min: [0.5, 1], max: [0.5, 1] },
  });
});

test("a loss is shown up to two and a half times the first one, an accuracy from below chance", () => {
  /** @param {object} of @param {number[]} mean @param {number[]} min @param {number[]} max @param {"measure" | "accuracy"} [quantity] */
  const range = (of, mean, min, max, quantity = "measure") =>
    curves.rangeOf([{ x: [], u: [], mean, min, max }], /** @type {any} */ (of), quantity).map((y) =>
      Number(y.toFixed(3))
    );
  const loss = { measure: "loss", chance: null };
  assert.deepEqual([range(loss, [2, 1], [], [4]), range(loss, [2], [], [9])], [[0, 4.16], [0, 5.2]]);
  assert.deepEqual([range(loss, [], [], []), range(loss, [2], [], [4], "accuracy")], [[0, 1], [-0.02, 1.03]]);
  const share = { measure: "accuracy", chance: 0.5 };
  assert.deepEqual([range(share, [], [0.45], []), range(share, [], [0.2], [])], [[0.39, 1.03], [0.19, 1.03]]);
  assert.deepEqual(range({ ...share, chance: 0 }, [], [0], []), [-0.02, 1.03]);
});

test("the explorer takes as many steps of a run as its hidden units allow", () => {
  const steps = (/** @type {number} */ hidden, /** @type {number} */ L) => {
    const params = /** @type {any} */ ({ k: 5, cell: "gru", activation: "tanh", hidden });
    return new URLSearchParams(link({ query: "?v=1&k=5", params, text: "a", L }, 7)).get("steps");
  };
  assert.deepEqual([steps(64, 501), steps(64, 500), steps(32, 1000)], ["500", null, null]);
});

test("the axis of gradients has whole decades, 1 among them, and at least one", () => {
  const range = (/** @type {(number | null)[]} */ grad) => {
    const one = contestant("1"), points = { ...one.points, grad };
    return gradients.draw(race({ contestants: [{ ...one, points }] }), labView()).layout.yaxis;
  };
  const ranges = [[1, 1, 1], [30, 5, 2], [null, 0.02, 0.5], [0.02, 3, 200]].map((grad) =>
    /** @type {{range: number[]}} */ (range(grad)).range
  );
  assert.deepEqual(ranges, [[0, 1], [0, 2], [-2, 0], [-2, 3]]);
});

test("the loss is shown in bits and as a perplexity: the same curve with another scale beside it", () => {
  const nats = curves.draw(race(), labView());
  /** @param {Figure} figure */
  const axis = (figure) =>
    /** @type {{yaxis: {range: number[], tickvals: number[], ticktext: string[]}}} */ (
      /** @type {unknown} */ (figure.layout)
    ).yaxis;
  for (const unit of /** @type {const} */ (["bits", "perplexity"])) {
    const figure = curves.draw(race(), labView(), unit), { tickvals, ticktext, range } = axis(figure);
    assert.deepEqual(range, axis(nats).range);
    const line = traces(figure).find(({ name }) => name === "k = 2");
    assert.deepEqual(line?.y, [2, 1, 0.5]);
    assert.deepEqual(
      line?.text?.map(Number),
      [2, 1, 0.5].map((loss) => Number(inUnit(loss, unit).toPrecision(3))),
    );
    assert.ok(tickvals.length >= 3 && tickvals.length <= 10);
    tickvals.forEach((at, i) => assert.ok(Math.abs(inUnit(at, unit) - Number(ticktext[i])) < 1e-9));
    assert.ok(tickvals[0] === 0 && tickvals[tickvals.length - 1] <= range[1]);
  }
  assert.equal(axis(nats).tickvals, undefined);
  assert.equal(inUnit(Math.log(8), "bits"), 3);
  assert.ok(Math.abs(inUnit(Math.log(8), "perplexity") - 8) < 1e-12);
  assert.deepEqual(ticksOf(3, "perplexity")?.text, ["1", "1.5", "3", "5", "7", "10", "15"]);
  assert.deepEqual(ticksOf(2.1, "bits")?.text, ["0", "1", "2", "3"]);
});

test("the table of a race has the unit of its curves", () => {
  const { words } = labView(), of = race();
  assert.deepEqual(rows(of, null, words, "perplexity").map(({ result, range }) => [result, range])[0], [
    "1.65",
    "[1.49–1.82]",
  ]);
  assert.equal(rows(of, null, words, "bits")[0].result, "0.72");
  assert.equal(rows(of, null, words)[0].result, "0.50");
});

/** A race whose contestants all diverge after two huge losses. */
function exploded() {
  const huge = [1.1e6, 8.1e282, null], nothing = { mean: null, min: null, max: null };
  const points = { ...contestant("5").points, mean: huge, min: huge, max: huge, grad: [null, 1e7, 1e120] };
  const of = { points, final: { ...nothing, each: [null, null] }, diverged_at: [2, 2] };
  return race({ contestants: ["5", "full", "zeros.5"].map((entry) => contestant(entry, of)) });
}

test("losses that explode stay where a browser can place them, and their axis is short", () => {
  const view = labView({ width: 460 });
  for (const quantity of /** @type {curves.Quantity[]} */ (["measure", "bits", "perplexity"])) {
    const figure = curves.draw(exploded(), view, quantity);
    const { range, ticktext } =
      /** @type {{yaxis: {range: number[], ticktext: string[]}}} */ (figure.layout).yaxis;
    for (const y of traces(figure).flatMap((trace) => trace.y)) assert.ok(y <= 1e6 * range[1], String(y));
    assert.ok(ticktext.length > 0 && ticktext.every((text) => text.length < 8), ticktext.join());
  }
  assert.deepEqual(ticksOf(2.86e6, "nats"), {
    at: [0, 5e5, 1e6, 1.5e6, 2e6, 2.5e6],
    text: ["0", "5.0×10⁵", "1.0×10⁶", "1.5×10⁶", "2.0×10⁶", "2.5×10⁶"],
  });
  assert.ok(ticksOf(Number.MAX_VALUE, "bits")?.at.every(Number.isFinite));
  assert.equal(written(Infinity), "∞");
  const { ticktext } =
    /** @type {{yaxis: {ticktext: string[]}}} */ (gradients.draw(exploded(), view).layout).yaxis;
  assert.ok(ticktext.length <= 21, String(ticktext.length));
});

test("where every run diverged, the results say that there are none in place of an empty scale", () => {
  const room = { width: 460, height: 200, lag: null }, view = labView();
  const said = JSON.stringify(byK.picture(exploded(), room, view));
  assert.ok(said.includes(view.words("training.race.by_k_none")));
  assert.doesNotMatch(said, /1e-9|5e-10/);
  const going = race({ contestants: exploded().contestants.map((one) => ({ ...one, final: null })) });
  assert.doesNotMatch(JSON.stringify(byK.picture(going, room, view)), /1e-9|5e-10/);
  const running = race({ contestants: exploded().contestants.map((one) => ({ ...one, final: null })) });
  running.contestants[0].points.mean[2] = running.contestants[0].points.max[2] = 1.7e308;
  const drawn = JSON.stringify(byK.picture(running, room, view));
  assert.ok(drawn.includes("1.7×10³⁰⁸") && !/null|NaN|Infinity|e\+/.test(drawn), drawn);
});
