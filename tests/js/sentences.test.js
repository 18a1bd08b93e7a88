// Sentences of the explorer's panels: what they say is computed, holds for the run, and is said in one way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { facts as credit } from "../../static/js/explorer/credit/facts.js";
import { productFacts, termFacts } from "../../static/js/explorer/pair/facts.js";
import { facts as cells } from "../../static/js/explorer/panels/cells.js";
import * as jacobian from "../../static/js/explorer/panels/jacobian.js";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { closestText } from "../../static/js/explorer/panels/schemes.js";
import { drawsText } from "../../static/js/explorer/panels/schemes/draws.js";
import { trend } from "../../static/js/lib/trend.js";
import { sameRuns } from "../../static/js/training/race/facts.js";
import { readingText } from "../../static/js/training/film/caption.js";
import { answer, recorded, viewWith } from "./recorded.js";

/** @param {Part[]} parts */
const text = (parts) => parts.map((part) => part.text).join("");

/** @returns {Pair} */
const pairOf = () => recorded("pair");

test("a cause is named only if the product without f′ shows it", () => {
  const { words } = viewWith(), result = answer("full");
  /** @param {number} ratio @param {number} alone @param {number} radius @param {number} [sigma] @param {string} [activation] */
  const textOf = (ratio, alone, radius, sigma = radius, activation = "tanh") =>
    jacobian.facts({
      ...result,
      params: { ...result.params, activation },
      jacobian: {
        ...result.jacobian,
        spectral_radius: radius,
        sigma_max_Wh: sigma,
        last_loss_ratio: ratio,
        last_loss_ratio_Wh: alone,
      },
    }, words);
  assert.match(textOf(1e-3, 7, 1.5), /multiplied by 1\.0\u00a0×\u00a010⁻³: \*\*it vanishes\.\*\*/);
  assert.match(textOf(1e-3, 7, 1.5), /W_h alone would multiply it by 7\.00: \*\*f′\(a_t\) is what/);
  assert.match(textOf(0.5, 0.7, 0.9), /\*\*it shrinks\.\*\* Even with f′ = 1.*multiply it by 0\.70\.$/);
  assert.match(textOf(0.5, 0.7, 1.2), /by 0\.70: a radius above 1 describes very many steps/);
  for (const [ratio, alone] of [[0.5, 0.9], [1, 0.5], [3, 40]]) {
    assert.doesNotMatch(textOf(ratio, alone, 1.2), /is what shrinks|Even|radius above 1/);
    assert.match(textOf(ratio, alone, 1.2), / With f′ = 1 at every step, W_h alone would multiply it by/);
  }
  /** @param {number} ratio @param {number} radius @param {number} sigma */
  const linear = (ratio, radius, sigma) => textOf(ratio, ratio, radius, sigma, "identity");
  assert.match(linear(1e-3, 1.5, 2), /although the radius is above 1: the radius describes very many steps/);
  assert.match(linear(1e-3, 0.9, 1.8), /singular value of W_h is above 1, which is necessary/);
  assert.match(linear(1e-3, 0.5, 0.6), /A radius below 1 suggests that/);
  assert.match(linear(40, 1.5, 2), /it grows\.\*\* A radius above 1 suggests/);
  assert.match(linear(40, 0.9, 2), /although the radius is below 1/);
  assert.match(linear(1.1, 1, 1), /it hardly changes\.\*\*$/);
});

test("what W_h alone makes of a gradient is the row times its transposed powers", () => {
  for (const name of ["full", "window", "squared", "scalar"]) {
    const { full, weights, jacobian: told, tokens } = answer(name), last = tokens.length - 1;
    const start = /** @type {number[]} */ (full.dh_output[last]), Wh = /** @type {number[][]} */ (weights.Wh);
    let row = start;
    for (let t = last; t > 0; t -= 1) {
      row = Wh.map((weights) => weights.reduce((a, w, i) => a + w * row[i], 0));
    }
    const ratio = Math.hypot(...row) / Math.hypot(...start);
    assert.ok(Math.abs(ratio / Number(told.last_loss_ratio_Wh) - 1) < 1e-3, name);
  }
  for (const name of ["lstm", "gru"]) assert.equal(answer(name).jacobian.last_loss_ratio_Wh, null);
});

test("one scale of trend words for the page, and none for a single step", () => {
  const ratios = [1e-9, 0.0099, 0.0101, 0.79, 0.81, 1, 1.24, 1.26, 99, 101];
  const words = [
    "vanishes",
    "vanishes",
    "shrinks",
    "shrinks",
    "steady",
    "steady",
    "steady",
    "grows",
    "grows",
  ];
  assert.deepEqual(ratios.map(trend), [...words, "explodes"]);
  const view = viewWith(),
    word = { vanishes: "vanish", shrinks: "shrink", grows: "grow", explodes: "explode" };
  for (const ratio of ratios) {
    const result = answer("full"), pair = pairOf(), kind = trend(ratio);
    const verb = kind === "steady" ? null : new RegExp(`it ${kind}|does it ${word[kind]}\\?`);
    result.full.dh_norm = result.truncated.dh_norm = [ratio, 1, 1, 1];
    result.jacobian.last_loss_ratio = ratio;
    result.credit = [[1], [1, 1], [1, 1, 1], [ratio, 1, 1, 1]].map((
      row,
    ) => [...row, ...Array(4 - row.length).fill(null)]);
    const captions = [
      text(norms.facts(result, view.words)),
      jacobian.facts(result, view.words),
      text(productFacts(result, { ...pair, product: { ...pair.product, sigma_max: ratio } }, view)),
    ];
    for (const caption of captions) {
      assert.match(caption, verb ?? /it hardly changes|does it stay constant/, `${ratio}`);
    }
  }
  const short = answer("full");
  short.full.dh_norm = short.truncated.dh_norm = [0.001, 1];
  short.tokens = short.tokens.slice(0, 2);
  short.credit = [[1, null], [0.001, 1]];
  short.kept = [[1, null], [1, 1]];
  const one = { ...pairOf(), s: 1, t: 0, factors: pairOf().factors.slice(0, 1) };
  const said = [
    text(norms.facts(short, view.words)),
    jacobian.facts(short, view.words),
    text(credit(short, view)),
    text(productFacts(short, one, view)),
  ].join(" ");
  assert.match(said, /From t = 1 back to t = 0 .*multiplied by .*The past is on the left.*after 1 /);
  assert.doesNotMatch(said, /it (vanishes|shrinks|hardly|grows|explodes)|Why/);
});

test("no way back is told where no step passes a gradient to the one before", () => {
  const result = answer("full"), { words } = viewWith();
  assert.match(text(norms.facts(result, words)), /From t = 3 back to t = 0/);
  result.jacobian.sigma_max = [1.1, 0, 0, 0];
  assert.match(
    text(norms.facts(result, words)),
    / No step passes a gradient to the step before it: each receives one only from its own output\.$/,
  );
  result.jacobian.sigma_max = [0, 0, 1e-9, 0];
  assert.match(text(norms.facts(result, words)), /From t = 3 back to t = 0/);
});

test("of gradients that are all zero no share is cut off, and without an edge nothing is reweighted", () => {
  const view = viewWith(), result = answer("bptt");
  result.credit = result.credit.map((row) => row.map((size) => size === null ? null : 0));
  const said = text(credit(result, view));
  assert.match(said, /6 of 10 cells are kept; every gradient here is zero\./);
  assert.doesNotMatch(said, /%/);
  const random = answer("randomized");
  assert.match(text(credit(random, view)), /reweighted \(×\), so that the mean/);
  const alone = { ...random, tokens: ["a"], credit: [[1]], kept: [[1]], cells_kept: 1, cells_total: 1 };
  assert.doesNotMatch(text(credit(alone, view)), /reweighted/);
});

test("an open gate is a remedy only where a curve shrinks", () => {
  const view = viewWith(), { words } = view, result = answer("lstm"), T = result.tokens.length;
  const told = (/** @type {number} */ first) => {
    const sizes = Array(T).fill(1).fill(first, 0, 1);
    const zero = Array(T).fill(0);
    const last = (/** @type {number[]} */ row) => result.credit.map((_, s) => s === T - 1 ? row : zero);
    const params = { ...result.params, gate_bias: 1 };
    return cells({ ...result, params, credit: last(sizes), credit_c: last(zero) }, view).join(" ");
  };
  assert.match(told(0.5), /73% open: that is the remedy/);
  assert.match(told(0.9), /73% open\.$/);
  assert.ok(told(2).endsWith(words("cells.open_only", { bias: "1", open: "73%" })));
});

test("the closest scheme is named, and all of them where they are equally close", () => {
  const { words } = viewWith(), { schemes, params } = answer("bptt");
  /** @param {Record<string, number | null>} errors @param {string} truncation */
  const told = (errors, truncation) => {
    const set = Object.entries(errors).map((
      [name, error],
    ) => [name, { ...schemes[name], relative_error: error, backward_steps: 7 }]);
    return closestText({ full: schemes.full, ...Object.fromEntries(set) }, { ...params, truncation }, words);
  };
  const all = { blocks: 0.3, window: 0.2, tbptt: 0.2, randomized: 0.5 };
  assert.equal(
    told({ ...all, tbptt: 0.4 }, "blocks"),
    "Closest here: **window**, relative error 20% at 7 backward steps.",
  );
  assert.match(
    told({ ...all, tbptt: 0.4 }, "window"),
    /^Closest here: \*\*window\*\*, the selected scheme, relative/,
  );
  assert.equal(told(all, "blocks"), "Equally close here: **window, TBPTT**, relative error 20%.");
  assert.match(
    told(all, "tbptt"),
    /^Equally close here, the selected scheme among them: \*\*window, TBPTT\*\*/,
  );
  assert.match(
    told({ ...all, blocks: 0.2 + 1e-7 }, "blocks"),
    /the selected scheme among them: \*\*blocks, window, TBPTT/,
  );
  assert.equal(told({ ...all, blocks: 0 }, "blocks"), "Equal to the full gradient here: **blocks**.");
  assert.match(
    told({ blocks: 0, window: 0, tbptt: 0, randomized: 0 }, "full"),
    /: \*\*blocks, window, TBPTT, randomized/,
  );
  assert.equal(told({ blocks: null, window: null, tbptt: null, randomized: null }, "blocks"), "");
});

test("draws that never cut, or cannot be compared, are not said to be off", () => {
  const { words } = viewWith(), { params, schemes, draws: recordedDraws } = answer("randomized");
  const draws = /** @type {NonNullable<Result["draws"]>} */ (recordedDraws);
  /** @param {(error: Num) => Num} change @param {number} [cut] */
  const told = (change, cut = 0.3) => {
    const one = (/** @type {typeof draws.biased} */ kind) => ({
      ...kind,
      relative_error: kind.relative_error.map(change),
    });
    return drawsText(
      { ...draws, unbiased: one(draws.unbiased), biased: one(draws.biased) },
      { ...params, cut },
      schemes,
      words,
    );
  };
  assert.match(told(() => 8.5e-17, 0), /^None of the \*\*200 random samples\*\* cuts anything/);
  const equal = /^All \*\*200 random samples\*\* are equal to the full gradient, up to rounding\.$/;
  assert.match(told(() => 8.5e-17), equal);
  assert.match(told(() => 0), equal, "what is cut may carry nothing, as with W_h = 0");
  assert.match(told(() => 4.2e-4), /at least 0\.042%; |at least 0\.042%, or at least 0\.042% /);
  let n = 0;
  assert.match(told(() => (n += 1) % 3 ? 8.5e-17 : 0.2), /at least 0%/);
  assert.match(told(() => null), /cannot be compared/);
  const text = told((error) => error),
    sorted = draws.unbiased.relative_error.map(Number).toSorted((a, b) => a - b);
  const half = sorted.filter((error) => error >= sorted[100]).length;
  assert.match(text, /Half have a relative error of at least/);
  assert.doesNotMatch(text, /error above|exceed|more than/);
  assert.ok(half >= 100);
});

test("steps that receive nothing are counted before the largest difference among the others", () => {
  const { words } = viewWith(), result = answer("full");
  result.full.dh_norm = [1, 2, 3, 4];
  result.truncated.dh_norm = [0, 0, 1, 4];
  assert.match(
    text(norms.facts(result, words)),
    /2 steps receive no gradient at all\. Among the others the largest difference is at t = 2: 3\.00 exact, 1\.00/,
  );
  result.truncated.dh_norm = [0, 2, 3, 4];
  assert.match(text(norms.facts(result, words)), /1 step receives no gradient at all\.$/);
});

test("at t = 0 there is no earlier step to choose, and one term is one term", () => {
  const pair = { ...pairOf(), s: 0, t: 0, factors: [], norms: [] }, view = viewWith({ of: "Wx" });
  assert.match(text(productFacts(answer("full"), pair, view)), /^This is the loss and the state at t = 0/);
  assert.match(text(termFacts(answer("full"), pair, view)), /has one term: there is no step before t = 0/);
});

test("the cells panel names the gates' bias only where it is the one in use", () => {
  const result = answer("lstm"), view = viewWith();
  const told = (/** @type {object} */ params, /** @type {number[]} */ b = result.weights.b.map(Number)) =>
    cells({ ...result, params: { ...result.params, ...params }, weights: { ...result.weights, b } }, view)
      .join(" ");
  assert.match(told({ gate_bias: 1 }), /With a bias of 1 the gate that retains the state starts 73% open/);
  assert.match(
    told({ gate_bias: -0.5 }),
    /With a gate bias of −0\.5 the gate that retains the state starts only 38% open/,
  );
  const H = Number(result.params.hidden), b = Array.from({ length: 4 * H }, (_, i) => (i < H ? -5 : 3));
  const own = told({ weights: ".1,.2", gate_bias: 1 }, b);
  assert.match(
    own,
    /The weights of the LSTM are given: its gate that retains the state has a mean bias of −5\.00/,
  );
  assert.doesNotMatch(own, /remedy/);
  const gru = answer("gru"), opened = Array.from({ length: 3 * H }, (_, i) => (i < H ? -5 : 3));
  const given = { ...gru, params: { ...gru.params, weights: "1" }, weights: { ...gru.weights, b: opened } };
  assert.match(cells(given, view).join(" "), /mean bias of \+5\.00/);
});

test("shuffled blocks that start from zeros receive the state of no other place", () => {
  const { words } = viewWith(), values = { k: 2, n: 2, lanes: 1 };
  const told = (/** @type {string} */ state, /** @type {string} */ shuffle) =>
    readingText({ state, shuffle }, values, words).join(" ");
  assert.match(told("carried", "1"), /the state of another place/);
  assert.match(
    told("zeros", "1"),
    /every block starts from \*\*zeros\*\*.*each starts from zeros, so only the order/,
  );
  assert.doesNotMatch(told("zeros", "1"), /another place|passed on/);
  assert.doesNotMatch(told("carried", "0"), /shuffled/);
});

test("contestants that made the same run are said to have", () => {
  const spread = { mean: 1, min: 0.5, max: 2 };
  let taken = 0; // a run that is watched has its times, which differ
  const one = (/** @type {number} */ at, /** @type {unknown} */ final) => ({
    points: { mean: [at, 1], seconds: [0, taken += 0.01] },
    final,
  });
  const race = /** @type {Race} */ (/** @type {unknown} */ ({
    contestants: [one(1, spread), one(2, spread), one(1, spread), one(3, null), one(3, null)],
  }));
  assert.deepEqual(sameRuns(race), [[0, 2]]);
});
