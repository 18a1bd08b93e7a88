// Predictions of the unrolled graph: which lines a card shows, how long its bars are, and what narrower columns say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cardMarks, cardTexts, linesOf } from "../../static/js/explorer/unrolled/cards.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { answer, viewWith } from "./recorded.js";

const LETTERS = [..."abcdef"];

/**
 * A run of one step with these outputs.
 * @param {Num[]} o @param {{vocabulary?: string[], target?: string, p?: boolean, params?: object}} [more] @returns {Result}
 */
function runOf(o, { vocabulary = LETTERS.slice(0, o.length), target = "a", p = true } = {}) {
  const result = answer("single");
  Object.assign(result, { vocabulary, targets: [target] });
  Object.assign(result.forward, { o: [o], p: p ? [o] : null });
  return result;
}

/** The names of a card's lines; the guess with !, the target with *. @param {Result} result @param {number} [most] */
const lines = (result, most = 4) =>
  linesOf(result, 0, most).map(({ name, isGuess, isTarget }) =>
    `${name}${isGuess ? "!" : ""}${isTarget ? "*" : ""}`
  ).join(" ");

test("all symbols are shown in their order if they fit, else the most probable ones first", () => {
  assert.equal(lines(runOf([0.1, 0.2, 0.4, 0.3])), "a* b c! d");
  assert.equal(lines(runOf([0.3, 0.1, 0.35, 0.05, 0.2])), "c! a* e b");
  assert.equal(lines(runOf([0.3, 0.1, 0.35, 0.05, 0.2]), 2), "c! a*");
});

test("the target is always among them, last if it is not among the best", () => {
  assert.equal(lines(runOf([0.3, 0.1, 0.35, 0.05, 0.2], { target: "d" })), "c! a e d*");
  assert.equal(lines(runOf([0.3, 0.1, 0.35, 0.05, 0.2], { target: "c" })), "c!* a e b");
  assert.equal(lines(runOf([0.3, 0.1, 0.35, 0.05, 0.2], { target: "d" }), 2), "c! d*");
});

test("of equally probable symbols the guess comes first, the others in their order", () => {
  assert.equal(lines(runOf([0.2, 0.2, 0.2, 0.2, 0.2], { target: "e" })), "a! b c e*");
  const tied = runOf([0.1, 0.1, 0.3, 0.3, 0.1, 0.1], { target: "f" });
  assert.equal(lines(tied), "c! d a f*");
});

test("after an overflow there is no guess, and every line stays", () => {
  assert.equal(lines(runOf([null, null, null])), "a* b c");
  assert.equal(lines(runOf([null, null, null, null, null], { target: "e" })), "a b c e*");
  assert.deepEqual(linesOf(runOf([null, 0.5]), 0, 4).map(({ value }) => value), [null, 0.5]);
});

test("a network of numbers says what it predicts and what it should", () => {
  assert.deepEqual(linesOf(answer("number"), 1, 4), [
    { name: "ŷ", value: 1.5607, isGuess: true, isTarget: false },
    { name: "y", value: 2, isGuess: false, isTarget: true },
  ]);
});

/** Left and right of the bars of a path. @param {string} path @returns {[number, number][]} */
const spans = (path) =>
  path.split("Z").filter(Boolean).map((bar) => {
    const x = [...bar.matchAll(/(-?[\d.]+),/g)].map(([, at]) => Number(at));
    return [Math.min(...x), Math.max(...x)];
  });

const WIDE = { width: 304, height: 500 }; // one column of 250 px in the middle of 304

/** @param {Result} result */
const marksOf = (result) => cardMarks(result, penOf(result, viewWith(WIDE)));

test("bars are as long as the probabilities, the target's in its own color", () => {
  const result = runOf([0.25, 0.75]), { tracks, bars, targetBars, checks, crosses } = marksOf(result);
  const [[left, right]] = spans(tracks), whole = right - left;
  assert.equal(whole, 44);
  assert.deepEqual(spans(targetBars), [[left, left + 0.25 * whole]]);
  assert.deepEqual(spans(bars), [[left, left + 0.75 * whole]]);
  assert.equal(checks.match(/M/g)?.length, 1, "the target");
  assert.equal(crosses.match(/M/g)?.length, 2, "a wrong guess: two strokes");
  assert.equal(marksOf(runOf([0.75, 0.25])).crosses, "", "a right one has none");
});

test("the least bar is a pixel, and what is not known has none", () => {
  const { bars, targetBars } = marksOf(runOf([null, 1e-9, 1]));
  assert.equal(targetBars, "");
  assert.deepEqual(spans(bars).map(([left, right]) => right - left), [1, 44]);
});

test("signed outputs grow from a common zero to both sides", () => {
  const { tracks, bars, targetBars } = marksOf(runOf([-0.5, 1.5], { p: false }));
  const [[left, right]] = spans(tracks), zero = left + (right - left) / 4; // of −0.5 … 1.5
  assert.deepEqual([spans(targetBars), spans(bars)], [[[left, zero]], [[zero, right]]]);
});

test("bars of numbers have room for the targets and for outputs as large as numbers get", () => {
  const numbers = (/** @type {Num} */ o, /** @type {string} */ target) =>
    marksOf(runOf([o], { vocabulary: [], target, p: false }));
  const { tracks, bars, targetBars, checks } = numbers(1, "4"), [[left, right]] = spans(tracks);
  assert.deepEqual([spans(bars), spans(targetBars)], [[[left, left + 11]], [[left, right]]]);
  assert.equal(checks, "", "a number is not simply right or wrong");
  for (const o of [1.7e308, -1.7e308]) assert.doesNotMatch(JSON.stringify(numbers(o, "-3")), /NaN|Infinity/);
  assert.equal(spans(numbers(0, "0").bars)[0][0], left);
});

/** What is written, where and in which color. @param {Result} result @param {Partial<View>} [changes] */
function written(result, changes = {}) {
  const view = viewWith({ height: 500, ...changes });
  const names = Object.fromEntries(Object.entries(view.colors).map(([name, color]) => [color, name]));
  return cardTexts(result, view, penOf(result, view)).flatMap((trace) => {
    const { text, textfont } = /** @type {any} */ (trace);
    return text.map((/** @type {string} */ word, /** @type {number} */ i) =>
      `${word} ${names[Array.isArray(textfont.color) ? textfont.color[i] : textfont.color]}`
    );
  });
}

test("on a card a wrong guess has the color of losses, the target that of the forward pass", () => {
  assert.deepEqual(written(runOf([0.25, 0.75]), WIDE), ["a forward", "b loss", "25% forward", "75% ink"]);
  assert.deepEqual(written(runOf([0.75, 0.25]), WIDE), ["a forward", "b muted", "75% forward", "25% ink"]);
});

test("in middling columns guess and target stand on two sides, a right guess alone before its check", () => {
  assert.deepEqual(written(runOf([0.25, 0.75]), { width: 84 }), ["b loss", "≠ muted", "a forward"]);
  assert.deepEqual(written(runOf([0.75, 0.25]), { width: 84 }), ["a forward"]);
  assert.deepEqual(written(runOf([1.5], { vocabulary: [], target: "2", p: false }), { width: 84 }), [
    "1.5 ink",
  ]);
  assert.deepEqual(written(runOf([null, null]), { width: 84 }), [" ink"], "no guess after an overflow");
});

test("in narrow columns the guess stands alone, underlined where it is right", () => {
  const long = answer("long"), view = viewWith({ width: 1204, height: 500 }), g = penOf(long, view);
  const right = long.targets.filter((target, t) =>
    target ===
      long.vocabulary[Number(long.forward.o[t][0] ?? 0) >= Number(long.forward.o[t][1] ?? 0) ? 0 : 1]
  ).length;
  const texts = written(long, { width: 1204 });
  assert.equal(texts.length, long.tokens.length);
  assert.equal(texts.filter((text) => text.endsWith("forward")).length, right);
  assert.equal(texts.filter((text) => text.endsWith("loss")).length, long.tokens.length - right);
  assert.equal(cardMarks(long, g).checks.match(/M/g)?.length, right);
});

test("a covered prediction has a question mark and nothing else", () => {
  const result = runOf([0.25, 0.75]);
  for (const width of [304, 84, 40]) {
    assert.deepEqual(written(result, { width, veil: "y.0" }), ["? muted"], `${width} px`);
    const view = viewWith({ width, height: 500, veil: "y.0" });
    assert.equal(Object.values(cardMarks(result, penOf(result, view))).join(""), "");
  }
});
