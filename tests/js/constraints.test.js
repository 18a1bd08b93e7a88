// Constraints between parameters, each at its boundary, by controls with small limits.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accompanied,
  boundsOf,
  cropped,
  defaultFor,
  maximumFor,
  problemOf,
  weightsNeeded,
  wholeLength,
} from "../../static/js/page/constraints.js";

/** @typedef {import("../../static/js/page/query.js").Params} Params */

/** @param {string} name @param {Partial<Control>} [more] @returns {Control} */
const control = (name, more = {}) => ({
  ...{ name, group: null, kind: "text", default: "", choices: null, minimum: null, maximum: null, step: 1 },
  ...{ at_least: null, at_most: null, idle_value: null, only_with: {}, not_with: {}, limits: null },
  ...{ usual: null, gates: null, times_steps: null, draws: null },
  ...more,
});

const LIMITS = {
  too_long: 10,
  too_few_symbols: 2,
  too_many_symbols: 5,
  too_many_different: 3,
  not_numbers: 100,
};
const CONTROLS = [
  control("text", { limits: LIMITS }),
  control("targets", { limits: { too_long: 10 } }),
  control("cell", { gates: { rnn: 1, lstm: 4 } }),
  control("vocabulary", { limits: { too_long: 10 } }),
  control("weights", { limits: { too_long: 200, not_numbers: 50 } }),
  ...["h0", "c0"].map((name) => control(name, { limits: { too_long: 50, not_numbers: 50 } })),
  control("cuts", { limits: { too_long: 20, not_cuts: 9 } }),
  control("contest"),
];

/** @param {string} name @param {string} value @param {Params} [params] */
const problem = (name, value, params = {}) =>
  problemOf(
    /** @type {Control} */ (CONTROLS.find((one) => one.name === name)),
    value,
    { unit: "char", text: "abc", hidden: 2, cell: "rnn", ...params },
    CONTROLS,
  );

test("a text is refused just beyond each limit, with its longest start that fits", () => {
  for (const text of ["ab", "abcab", "abc"]) assert.equal(problem("text", text), null, text);
  assert.deepEqual(problem("text", "a"), { code: "too_few_symbols", limit: 2 });
  assert.deepEqual(problem("text", "abcabc"), {
    ...{ code: "too_many_symbols", limit: 5, fits: { text: "abcab", n: 5 } },
  });
  assert.deepEqual(problem("text", "abcd"), {
    ...{ code: "too_many_different", limit: 3, fits: { text: "abc", n: 3 } },
  });
  assert.equal(problem("text", "abcdef")?.code, "too_many_symbols", "of two the first");
  const words = { unit: "word" };
  assert.equal(problem("text", "aaaa bb cc", words), null, "ten characters");
  assert.deepEqual(problem("text", "aaaa bb ccc", words), {
    ...{ code: "too_long", limit: 10, fits: { text: "aaaa bb", n: 2 } },
  });
  assert.deepEqual(cropped("aaaa bb cc", "word", LIMITS), { text: "aaaa bb cc", n: 3 });
  assert.deepEqual(cropped("a  b\tc", "word", LIMITS), { text: "a b c", n: 3 });
});

test("numbers may all be different, and are as large as allowed at most", () => {
  const numbers = { unit: "number" };
  for (const text of ["1 2 3 4", "-100 100"]) assert.equal(problem("text", text, numbers), null, text);
  for (const text of ["1 101", "-100.5 1", "1 x"]) {
    assert.deepEqual(problem("text", text, numbers), { code: "not_numbers", limit: 100 }, text);
  }
  assert.equal(cropped("1 2 3 4 5 6", "number", LIMITS).text, "1 2 3 4 5");
});

test("targets are as many as the text's symbols, and count among the different ones", () => {
  for (const targets of ["", "bca", "aaa"]) assert.equal(problem("targets", targets), null, targets);
  assert.deepEqual(problem("targets", "bc"), { code: "targets_count", limit: 3, given: 2 });
  assert.deepEqual(problem("targets", "abca"), { code: "targets_count", limit: 3, given: 4 });
  assert.deepEqual(problem("targets", "bcd"), { code: "too_many_different", limit: 3 });
  assert.equal(problem("targets", "bcd", { text: "bcd" }), null);
  assert.equal(problem("targets", "4 5", { unit: "number", text: "1 2" }), null);
  assert.deepEqual(problem("targets", "4 x", { unit: "number", text: "1 2" }), {
    ...{ code: "not_numbers", limit: 100 },
  });
  assert.deepEqual([wholeLength({ text: "abc" }), wholeLength({ text: "abc", targets: "bca" })], [2, 3]);
});

test("weights are as many as the matrices have entries", () => {
  // Wx (V, GH), Wh (H, GH), b (GH), Wy (H, V) and by (V), with H = 2 and G matrices a gate.
  const sizes = /** @type {[Params, number][]} */ ([
    [{ text: "ab" }, 4 + 4 + 2 + 4 + 2],
    [{ text: "ab", cell: "lstm" }, 16 + 16 + 8 + 4 + 2],
    [{ text: "1 2 3", unit: "number" }, 2 + 4 + 2 + 2 + 1],
    [{ text: "ab", targets: "bc" }, 6 + 4 + 2 + 6 + 3],
    [{ text: "ab", hidden: 3 }, 6 + 9 + 3 + 6 + 2],
  ]);
  for (const [params, needed] of sizes) {
    const all = { unit: "char", hidden: 2, cell: "rnn", ...params };
    assert.equal(weightsNeeded(all, CONTROLS), needed);
    assert.equal(problem("weights", Array(needed).fill("0.5").join(" "), all), null);
    for (const given of [needed - 1, needed + 1]) {
      assert.deepEqual(problem("weights", Array(given).fill("0").join(" "), all), {
        ...{ code: "weights_count", limit: needed, given },
      });
    }
  }
  assert.equal(problem("weights", ""), null);
  const one = { unit: "char", hidden: 2, cell: "rnn" };
  for (const good of ["", "0.5, -0.5"]) assert.equal(problem("h0", good, one), null);
  assert.deepEqual(problem("h0", "1", one), { code: "weights_count", limit: 2, given: 1 });
  assert.deepEqual(problem("c0", "1 51", one), { code: "not_numbers", limit: 50 });
  for (const weights of ["x", "51", "-50.1"]) {
    assert.deepEqual(problem("weights", weights), { code: "not_numbers", limit: 50 }, weights);
  }
});

test("cuts go as far as allowed, and what only the server reads is not refused", () => {
  for (const cuts of ["", "3,9", "9,3"]) assert.equal(problem("cuts", cuts), null, cuts);
  for (const cuts of ["3,10", "10,3", "x", "0"]) {
    assert.deepEqual(problem("cuts", cuts), { code: "not_cuts", limit: 9 }, cuts);
  }
  assert.equal(problem("contest", "?"), null);
});

test("a draw comes with the choice that uses it, by the length, and goes with it", () => {
  const draw = control("seed", { default: 0, draws: [3, 7, 9], only_with: { scheme: ["random"] } });
  /** @param {string} from @param {string} to @param {Params} [after] @param {Params} [before] */
  const brought = (from, to, after = {}, before = {}) =>
    accompanied({ scheme: from, seed: 0, ...before }, { scheme: to, seed: 0, steps: 3, ...after }, [draw]);
  assert.deepEqual([2, 3, 4, 5, 90].map((steps) => brought("full", "random", { steps }).seed), [
    ...["3", "7", "9", "9", "9"],
  ]);
  assert.deepEqual(brought("full", "random", { steps: 1 }), {}, "one step has no edge to cut");
  assert.deepEqual(brought("full", "random", { steps: null, text: "abc" }), { seed: "3" });
  assert.deepEqual(brought("random", "random"), {});
  assert.deepEqual(brought("full", "random", { seed: 5 }, { seed: 5 }), {}, "what is set stays");
  assert.deepEqual(brought("full", "random", { seed: 7 }), {}, "what is set with it stays");
  assert.deepEqual(brought("random", "full", { seed: 7 }, { seed: 7 }), { seed: "0" });
  assert.deepEqual(brought("random", "full", { seed: 5 }, { seed: 5 }), {});
});

test("maxima and bounds that other parameters set hold where both have an effect", () => {
  assert.deepEqual([7, 8, 100, 101].map((steps) => maximumFor(control("H", { times_steps: 100 }), steps)), [
    ...[14, 12, 1, 0],
  ]);
  assert.equal(maximumFor(control("H"), 7), Infinity);
  const k1 = control("k1", { at_most: "k", only_with: { scheme: ["tbptt"] } });
  const k = control("k", { at_least: "k1", not_with: { scheme: ["full"] } });
  const bounds = (/** @type {Control} */ of, /** @type {string} */ scheme) =>
    boundsOf(of, { scheme, k: 5, k1: 2 }, [k1, k]);
  const none = { low: { name: "", value: -Infinity }, high: { name: "", value: Infinity } };
  assert.deepEqual(bounds(k1, "tbptt"), { ...none, high: { name: "k", value: 5 } });
  assert.deepEqual(bounds(k, "tbptt"), { ...none, low: { name: "k1", value: 2 } });
  assert.deepEqual([bounds(k, "blocks"), bounds(k1, "blocks"), bounds(k, "full")], [none, none, none]);
});

test("the default of a text is the one of its unit", () => {
  const text = control("text", { default: "hello", usual: { number: "1 2" } });
  assert.deepEqual(["number", "char", null].map((unit) => defaultFor(text, { unit })), [
    ...["1 2", "hello", "hello"],
  ]);
});

test("a vocabulary has every symbol of text and targets, once", () => {
  for (const value of ["", "abc", "cba"]) assert.equal(problem("vocabulary", value), null, value);
  assert.deepEqual(problem("vocabulary", "ab"), { code: "not_in_vocabulary", limit: 1, given: "c" });
  assert.equal(problem("vocabulary", "abx", { text: "abab" }), null);
  assert.deepEqual(problem("vocabulary", "abcd"), { code: "too_many_different", limit: 3 });
  assert.deepEqual(problem("vocabulary", "abc", { targets: "abd" }), {
    code: "not_in_vocabulary",
    limit: 1,
    given: "d",
  });
  assert.deepEqual(problem("vocabulary", "abcb"), { code: "too_many_different", limit: 3 });
  assert.deepEqual(problem("vocabulary", "aba", { text: "ab" }), {
    code: "twice_in_vocabulary",
    limit: 1,
    given: "a",
  });
  assert.equal(problem("vocabulary", "ab", { unit: "number" }), null);
});

test("packed weights are counted and bounded, for the symbols of the vocabulary", () => {
  const ones = (/** @type {number} */ n) => `f32:${"AACAPwAAgD8AAIA_".repeat(n / 3)}`; // 1.0, three times
  const small = { hidden: 1 }; // V + 1 + 1 + V + V numbers
  assert.equal(problem("weights", `${ones(9)}AACAPwAAgD8`, small), null);
  assert.deepEqual(problem("weights", ones(12), small), { code: "weights_count", limit: 11, given: 12 });
  assert.equal(problem("weights", `${ones(12)}AACAPwAAgD8`, { ...small, vocabulary: "abcx" }), null);
  assert.deepEqual(problem("weights", "f32:AACA", small), { code: "not_packed", limit: 0 });
  assert.deepEqual(problem("weights", "f32:AADKQg", small), { code: "not_numbers", limit: 50 });
});
