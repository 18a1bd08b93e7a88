// The rules of lessons 1 to 6, on answers of the server and on small ones made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { undimmed } from "../../static/js/lessons/links.js";
import { written } from "../../static/js/lessons/live.js";
import * as bptt from "../../static/js/lessons/rules/bptt.js";
import * as graph from "../../static/js/lessons/rules/graph.js";
import * as hello from "../../static/js/lessons/rules/hello.js";
import * as order from "../../static/js/lessons/rules/order.js";
import * as step from "../../static/js/lessons/rules/step.js";
import * as unroll from "../../static/js/lessons/rules/unroll.js";
import { largest, smallest, steps, subscript } from "../../static/js/lessons/rules/vectors.js";
import { answer, recorded } from "./recorded.js";

/** What a lab answers. @param {object} actual @returns {LabAnswers} */
const lab = (actual) => /** @type {any} */ ({ params: {}, seen: {}, ...actual });
/** @param {string} name */
const run = (name) => lab({ bptt: answer(name) });
/** A run with other states, chances or losses. @param {string} name @param {object} forward */
const changed = (name, forward) => {
  const bptt = answer(name);
  return lab({ bptt: { ...bptt, forward: { ...bptt.forward, ...forward } } });
};
/** @param {unknown} value @param {number} expected */
const near = (value, expected) =>
  assert.ok(Math.abs(Number(value) - expected) < 1e-3 * Math.abs(expected), `${value} is not ${expected}`);

const RULES = { ...order, ...graph, ...step, ...unroll, ...hello, ...bptt };
const OF_RUNS = { ...step, ...unroll, ...hello, ...bptt, likelier: order.likelier, same: order.sameStates };

test("a live number that is rounded does not look exact", () => {
  assert.deepEqual([1.998, 2.14, 0.2996, -1.0004].map(written), ["2.00", "2.14", "0.300", "−1.00"]);
  assert.deepEqual([2, 0.5, 0.1 + 0.2, -1.1, 140, 0].map(written), ["2", "0.5", "0.3", "−1.1", "140", "0"]);
  assert.deepEqual([123.4, 1234.5, 99.96].map(written), ["123", "1230", "100"]);
  const [less, more] = [5e-10, 5e-9]; // of a number, on either side of what counts as equal
  assert.deepEqual(
    [50 * (1 + less), 50 * (1 + more), 0.01 * (1 + less), 0.01 * (1 + more)].map(written),
    ["50", "50.0", "0.01", "0.0100"],
  );
});

test("a live number has a power of ten where it is large or small", () => {
  const plain = (/** @type {number} */ value) => written(value).replaceAll("\u00a0", " ");
  assert.deepEqual([999999, 1e6, -1e6].map(plain), ["999,999", "1.00 × 10⁶", "−1.00 × 10⁶"]);
  assert.deepEqual([0.001, 0.00099999, -1.5e-4].map(plain), ["0.001", "1.00 × 10⁻³", "−1.50 × 10⁻⁴"]);
  assert.deepEqual([99999.5, 100000.5].map(plain), ["100000", "1.00 × 10⁵"]);
  assert.deepEqual([999.4, 999.6, 1000.5].map(written), ["999", "1000", "1000"]);
  assert.deepEqual(["x", null, undefined, NaN, -Infinity].map(written), ["x", "–", "–", "–", "–"]);
});

test("at a lesson's end no mark is dimmed or covered, and the lab stays where it was", () => {
  const place = { page: "", search: "?v=1", hash: "#t=2&only=h.2&veil=norms&look=norms&theme=dark" };
  assert.equal(undimmed(place).hash, "#t=2&theme=dark");
});

test("rules of different lessons have different names", () => {
  const modules = [order, graph, step, unroll, hello, bptt];
  assert.equal(Object.keys(RULES).length, modules.flatMap((module) => Object.keys(module)).length);
});

for (const [name, rule] of Object.entries(OF_RUNS)) {
  test(`${name} offers at most eight choices, all different, the right ones among them, whatever the run`, () => {
    const numbers = ["squashed", "forgetting", "sixLines", "meeting"].includes(name);
    for (const of of numbers ? ["number"] : ["full", "last", "long", "word"]) {
      const actual = lab({ ...run(of), pair: recorded("pair"), params: answer(of).params });
      const { choices = [], right = [] } = rule(actual, actual);
      assert.equal(new Set(choices).size, choices.length);
      assert.ok(
        choices.length <= 8 && right.every((one) => choices.includes(one)),
        `${of}: ${choices} ${right}`,
      );
      if (choices.length && name !== "whatReturns") assert.ok(right.length, of);
    }
  });
}

test("many steps leave the right ones among the choices", () => {
  assert.deepEqual(steps(40, [30]).right, ["t = 30"]);
  assert.equal(steps(40, [30]).choices.at(-1), "t = 30");
  assert.equal(steps(40, [30]).choices.length, 8);
  assert.deepEqual(largest([1, 3, 3 - 1e-14]), [1, 2]);
  assert.deepEqual(smallest([1, 0, 3]), [1]);
  assert.equal(subscript(12), "₁₂");
});

test("lesson 6: the last state has no future, and two gradients add as vectors", () => {
  const last = bptt.lastFuture(run("full"), null);
  assert.deepEqual(last.right, ["none"]);
  near(last.values?.out, 0.26756);
  const { right, values } = bptt.longerTogether(run("full"), null);
  assert.deepEqual(right, ["yes"]);
  near(values?.sum, 0.22704);
  near(values?.longer, 0.18301);
  assert.equal(values?.angle, 96);
  const opposed = answer("full");
  opposed.full.dh_future[2] = opposed.full.dh_output[2].map((value) => -0.5 * Number(value));
  opposed.full.dh[2] = opposed.full.dh_output[2].map((value) => 0.5 * Number(value));
  assert.deepEqual(bptt.longerTogether(lab({ bptt: opposed }), null).right, ["no"]);
});

test("lesson 6: step 0 adds nothing, one loss uses Wy once, by hand -0.1515 - 0.0344 = -0.1859", () => {
  assert.deepEqual(bptt.addsNothing(run("full"), null).right, ["t = 0"]);
  const terms = bptt.termsOfOneLoss(lab({ pair: recorded("pair") }), null);
  assert.deepEqual([terms.right, terms.values], [["1"], { steps: 4 }]);
  const { values } = bptt.meeting(run("number"), null);
  for (
    const [name, expected] of Object.entries({ out: -0.15153, fut: -0.034364, sum: -0.1859, da: -0.34364 })
  ) {
    near(values?.[name], expected);
  }
});

test("lesson 5: the target's entry alone is negative, and where no loss is no gradient starts", () => {
  assert.deepEqual(hello.negativeEntry(run("full"), null).right, ["e"]);
  near(hello.negativeEntry(run("full"), null).values?.entry, 0.49736 - 1);
  assert.equal(
    hello.negativeEntry(run("full"), null).values?.entries,
    "h +0.144, e −0.503, l +0.159, o +0.199",
  );
  assert.deepEqual(hello.starts(run("last"), null).right, ["1"]);
  assert.deepEqual(hello.starts(run("full"), null).right, ["4"]);
  assert.deepEqual(hello.starts(run("full"), null).choices, ["1", "2", "3", "4"]);
  assert.deepEqual(hello.starts(run("window"), null).choices, ["1", "2", "17", "18"]);
  assert.deepEqual(hello.worstNow(changed("full", { loss: [1, 3, 2, 3] }), null).right, ["t = 1", "t = 3"]);
});

test("lesson 5: the sum's gradients are T times the mean's", () => {
  const sum = answer("full");
  sum.full.dh = sum.full.dh.map((row) => row.map((value) => 4 * Number(value)));
  assert.deepEqual(hello.sumOrMean(run("full"), lab({ bptt: sum })).right, ["4"]);
});

test("lesson 5: who knows only the last word gets one of two unlike followers wrong", () => {
  const { right, values } = hello.sameWord(run("word"), null);
  assert.deepEqual([right, values?.T], [["6"], 7]);
});

test("lesson 4: other outputs leave the states alone, a longer text the weights", () => {
  const p = (answer("full").forward.p ?? []).map((row) => [...row].reverse());
  const actual = unroll.whatReturns(run("full"), changed("full", { p, loss: [1, 2, 3, 4] }));
  assert.deepEqual(actual.right, ["y", "L"]);
  assert.equal(actual.values?.h, 0);
  assert.deepEqual(unroll.moreWeights(run("full"), run("full")).right, ["0"]);
  assert.equal(unroll.moreWeights(run("full"), null).values?.count, 140);
});

test("lesson 4: which states a longer text changes is read off the states", () => {
  const h = answer("full").forward.h, two = changed("full", { h: h.slice(0, 2) });
  assert.deepEqual(unroll.pastAlone(two, run("full")).right, ["none"]);
  const moved = changed("full", { h: [h[0], h[2], h[2], h[3]] });
  assert.deepEqual(unroll.pastAlone(two, moved).right, ["h₁"]);
  assert.deepEqual(unroll.shorterThanItsParts(run("full"), null).right, ["shorter"]);
});

test("lesson 3: forgetting, shapes, letters never read, and the steepest slope", () => {
  const number = { ...run("number"), params: { activation: "tanh" } };
  number.bptt.params = { ...number.bptt.params, activation: "tanh" };
  const { right, values } = step.forgetting(number, null);
  assert.deepEqual(right, ["smaller"]);
  near(values?.without, Math.tanh(1));
  const same = changed("number", { h: [[0], [Math.tanh(0.5)]], a: [[0], [0.5]] });
  same.bptt.params = { ...same.bptt.params, activation: "tanh" };
  assert.deepEqual(step.forgetting(same, null).right, ["same"]);
  near(step.sixLines(run("number"), null).values?.dWh, -0.1588);
  assert.deepEqual(step.shapeOfInputGradient(run("full"), null).right, ["(4,8)"]);
  assert.deepEqual(step.neverRead(run("full"), null).right, ["o"]);
  assert.deepEqual(step.steepest(changed("full", { slope: [[0.2, 0.2499]] }), null).right, ["1/4"]);
  assert.deepEqual(step.steepest(changed("full", { slope: [[0.2, 0.26]] }), null).right, ["1/2"]);
});

test("lesson 1: the likelier text, and states that are the same to the last digit", () => {
  const unlikely = changed("full", { loss: [9, 9, 9, 9] });
  assert.deepEqual(order.likelier(run("full"), unlikely).right, ["first"]);
  assert.deepEqual(order.likelier(unlikely, run("full")).right, ["second"]);
  const { h } = answer("full").forward;
  const alike = changed("full", { h: [h[0], h[1], h[2], h[2]] });
  assert.deepEqual(order.sameStates(alike, run("full")).right, ["h₂, h₃"]);
  assert.deepEqual(order.sameStates(run("full"), null).right, ["nowhere"]);
});

test("lesson 1: chances multiply, and states are compared number by number", () => {
  const half = changed("full", { loss: [Math.LN2, Math.LN2] }), quarter = order.productOfChances(half, null);
  near(quarter.values?.P, 1 / 4);
  near(quarter.values?.sum, 2 * Math.LN2);
  near(order.likelier(half, changed("full", { loss: [Math.LN2] })).values?.other, 1 / 2);
  assert.deepEqual(order.likelier(half, half).right, ["equal"]);
  const { choices, values } = order.sameStates(run("full"), null);
  assert.deepEqual(choices, ["h₀, h₁", "h₁, h₂", "h₂, h₃", "nowhere"]);
  near(values?.same, 0.52677 + 0.46744);
  near(values?.least, 1.386294);
  const h = [[1, 2], [1, 2], [4, 6], [7, 7]], past = [[0, 0], [3, 4], [0, 0], [0, 0]];
  near(order.sameStates(changed("full", { h }), changed("full", { h: past })).values?.apart, 5);
  const alike = order.sameStates(changed("full", { h: Array(9).fill([1, 2]) }), null);
  assert.equal(alike.right?.length, 7);
  assert.deepEqual(alike.choices, [...(alike.right ?? []), "nowhere"]);
});

test("lesson 1: a value outside of the window does nothing", () => {
  const ask = (/** @type {number} */ grad) =>
    order.beyondTheWindow(lab({ graph: { grad: { "x.0": grad } } }), null);
  assert.deepEqual([0, 0.1, -0.1].map((grad) => ask(grad).right?.[0]), ["still", "up", "down"]);
  const matters = (/** @type {number} */ grad) =>
    order.stillMatters(lab({ graph: { grad: { "x.0": grad } } }), null);
  assert.deepEqual([matters(0).right, matters(1e-9).right], [["no"], ["yes"]]);
});

const PRODUCT = {
  nodes: ["x", "y", "z", "p", "f"].map((name) => ({ name })),
  output: "f",
  tape: ["f", "p"],
  value: { x: 4, y: 1, z: 3, p: 3, f: 9 },
  grad: { x: 3, y: -3, z: 3, p: 3, f: 1 },
  update: { after: { x: 3.7, y: 1.3, z: 2.7 }, promise: 6.3, truth: 6.48 },
};

test("lesson 2: what comes next, the promise, and one large step", () => {
  const a = lab({ graph: PRODUCT, seen: { at: "b1" } });
  assert.deepEqual(graph.nextBack(a, null).right, ["p"]);
  assert.ok(!graph.nextBack(a, null).choices?.includes("f"));
  assert.deepEqual(graph.promise(a, null).right, ["8.7"]);
  a.params.lr = 0.1;
  const far = lab({ graph: { ...PRODUCT, update: { after: {}, promise: -4.5, truth: 0 } } });
  const { choices, right } = graph.oneDescent(a, far);
  assert.deepEqual([choices, right], [["−4.5", "0", "6.48", "9"], ["0"]]);
  assert.equal(graph.oneDescent(a, far).values?.to, "(3.7, 1.3, 2.7)");
  near(graph.oneDescent(a, far).values?.slope, 27);
});

test("lesson 2: tied weights add, and a recursion multiplies as many factors as steps lie between", () => {
  const apart = lab({ graph: { grad: { w1: 0.39322, w2: 0.46212 } } });
  assert.deepEqual(graph.tiedTogether(apart, lab({ graph: { grad: { w: 0.85534 } } })).right, ["sum"]);
  const nodes = ["b.0", "c.1", "c.2", "a.0", "a.1", "a.2"].map((name) => ({ name }));
  const recursion = lab({
    graph: { nodes, closed: { products: [[1], [0.5, 1], [0.25, 0.5, 1]], sums: [] } },
  });
  const { right, values } = graph.factorsBetween(recursion, null);
  assert.deepEqual([right, values], [["2"], { factors: 2, product: 0.25, last: "a₂" }]);
});
