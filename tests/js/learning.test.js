// The learning panel: loss curve, likelihood and predictions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { curvePoints, lossCurve } from "../../static/js/explorer/panels/learning/curve.js";
import {
  exponent,
  likelihoodFormulas,
  losses,
  lossFormula,
  perplexity,
  sum,
} from "../../static/js/explorer/panels/learning/likelihood.js";
import { plain } from "../../static/js/lib/mathml.js";
import * as learning from "../../static/js/explorer/panels/learning.js";
import { makeDocument } from "./document.js";
import { answer, ANSWERS, recorded, viewWith } from "./recorded.js";

/** @param {number} a @param {number} b @param {number} by */
const near = (a, b, by) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

for (const name of ["bptt", "last", "long", "lstm", "word"]) {
  test(`the losses of ${name} add up to minus the logarithm of the product of the wanted shares`, () => {
    const result = answer(name), { vocabulary, targets, forward } = result;
    const product = losses(result).reduce(
      (product, { t }) => product * Number(forward.p?.[t][vocabulary.indexOf(targets[t])]),
      1,
    );
    near(10 ** exponent(result), product, 1e-3 * product);
    near(sum(result), -Math.log(product), 1e-3 * sum(result));
  });
}

test("the loss is written as the mean, the sum or the one loss that it is", () => {
  const mean = plain(lossFormula(answer("bptt")));
  assert.match(mean, /^L=14∑tL_t=0\.\d\d\+1\.\d\d\+1\.\d\d\+1\.\d\d4=1\.26$/);
  assert.match(plain(lossFormula(answer("last"))), /^L=L_3=1\.23$/);
  assert.match(plain(lossFormula(answer("number"))), /^L=∑tL_t=2\.9\u00a0×\u00a010⁻³\+0\.097≈0\.099$/);
});

/** A result with these losses. @param {number[]} losses @param {string} reduction @returns {Result} */
function withLosses(losses, reduction) {
  const result = answer("bptt"), sum = losses.reduce((sum, loss) => sum + loss, 0);
  const total_loss = reduction === "sum" ? sum : sum / losses.length;
  return {
    ...result,
    params: { ...result.params, reduction },
    forward: { ...result.forward, loss: losses, total_loss },
  };
}

test("where the printed terms do not give the printed sum, it is about equal", () => {
  const off = withLosses([0.296, 0.4553, 1.1266, 1.4946], "sum"); // 3.3725, of the printed ones 3.38
  assert.equal(plain(lossFormula(off)), "L=∑tL_t=0.30+0.46+1.13+1.49≈3.37");
  assert.equal(plain(likelihoodFormulas(off)[0]), "∑tL_t≈3.37=−lnP");
  const right = withLosses([0.3, 0.46, 1.13, 1.49], "sum");
  assert.equal(plain(lossFormula(right)), "L=∑tL_t=0.30+0.46+1.13+1.49=3.38");
  assert.equal(plain(likelihoodFormulas(right)[0]), "∑tL_t=3.38=−lnP");
  const mean = withLosses([0.304, 0.304, 0.304], "mean"), near = withLosses([0.304, 0.306], "mean");
  assert.match(plain(lossFormula(mean)), /0\.30\+0\.30\+0\.303=0\.30$/);
  assert.match(plain(lossFormula(near)), /0\.30\+0\.312=0\.30$/, "0.305 is as near to 0.30");
});

test("where the printed factors do not give the printed probability, it is about equal", () => {
  const off = withLosses([0.695, 1.535, 1.244, 1.565], "mean"); // 10^−2.188, of the printed ones 10^−2.17
  assert.equal(
    plain(likelihoodFormulas(off)[1]),
    "P=∏tp_t=0.50·0.22·0.29·0.21≈10^−2.19=6.5\u00a0×\u00a010⁻³",
  );
  const half = withLosses([Math.LN2, Math.LN2], "mean");
  assert.equal(plain(likelihoodFormulas(half)[1]), "P=∏tp_t=0.50·0.50=0.25");
  const third = withLosses([Math.log(3), Math.log(3)], "mean");
  assert.equal(plain(likelihoodFormulas(third)[1]), "P=∏tp_t=0.33·0.33=0.11");
  const other = withLosses([-Math.log(0.655), -Math.log(0.655)], "mean"); // 0.43; of the printed ones 0.44 or 0.42
  assert.match(plain(likelihoodFormulas(other)[1]), /0\.6[56]·0\.6[56]≈0\.43$/);
});

test("of many losses the first ones and the last are written", () => {
  const written = plain(lossFormula(answer("long")));
  assert.equal(written.match(/\+/g)?.length, 5);
  assert.match(written, /…\+1\.07/);
  const [, product] = likelihoodFormulas(answer("long")).map(plain);
  assert.match(product, /^P=∏tp_t=0\.\d+·.*…·0\.34=10\^−23\.98$/);
});

test("of a single loss the probability is that of a single symbol", () => {
  const [sum, product] = likelihoodFormulas(answer("last")).map(plain);
  assert.equal(sum, "L_3=1.23=−lnP");
  assert.equal(product, "P=p_3=0.29");
});

test("losses lie between the floor and the upper edge, and missing ones leave a gap", () => {
  const box = { end: 4, top: 2, left: 100, right: 500 };
  const points = curvePoints([2, 1, null, 90, 0, 1], box);
  assert.deepEqual(points.map(({ x }) => x), [100, 200, 400, 500]);
  assert.equal(points[0].y, points[2].y, "what grows runs along the edge");
  assert.equal(points[1].y, (points[0].y + points[3].y) / 2);
});

test("the number of the last loss stands beside its point, above it near the floor, and within the picture", () => {
  makeDocument();
  const view = viewWith({ width: 480, gutter: 104 }), left = 104, right = 564;
  const numberOf = (/** @type {Row} */ losses, /** @type {number} */ end) => {
    const drawn = lossCurve(losses, [], end, null, view), at = /** @type {any[]} */ ([...drawn.children]);
    const { attributes } = at.find(({ attributes }) => attributes.class === "here") ?? { attributes: null };
    return attributes &&
      [attributes.x, attributes.y, attributes["text-anchor"]].map((one) => Number(one) || one);
  };
  const atHeight = (/** @type {number} */ y) => 1.08 * (124 - y) / 116;
  const near = left + 12;
  assert.deepEqual(numberOf([1], 9), [near, 20, "start"], "not above the upper edge");
  assert.deepEqual(numberOf([1, atHeight(94)], 1)?.[1], 88, "30 px above the floor it is beside");
  assert.deepEqual(numberOf([1, atHeight(95)], 1)?.[1], 86, "and lower it is above");
  assert.deepEqual(numberOf([1, 1], 1), [right - 12, 20, "end"]);
  assert.deepEqual(numberOf(Array(361).fill(1), 460), [right - 100 + 12, 20, "start"]);
  assert.deepEqual(numberOf(Array(362).fill(1), 460), [right - 99 - 12, 20, "end"]);
  assert.equal(numberOf([1, null], 9), null);
  assert.equal(numberOf([1, 1, 1], 1), null, "beyond the slider there is none");
});

test("the loss of a run after its updates is asked for without the truncation, so that k can move", () => {
  const paths = ["?v=1&text=ab&k=3&truncation=window&updates=7", "?v=1&text=ab&updates=90"].map((query) =>
    learning.pathOf(query, 50)
  );
  assert.deepEqual(paths, Array(2).fill("/api/bptt?v=1&text=ab&updates=50"));
  assert.equal(learning.pathOf("?v=1", 0, { start: 50, stop: 250 }), "/api/bptt?v=1&updates=0&from=50");
});

test("after updates it says what was right before them once that run is known, and not what is right now", () => {
  const result = answer("bptt"), params = { ...result.params, updates: 20 };
  const learned = { ...result, params, training: { ...result.training, loss: [1.26, 0.5] } };
  const view = viewWith(), first = { ...result, targets: result.targets.map(() => "?") };
  const said = (/** @type {Record<string, unknown>} */ answers) =>
    JSON.stringify(learning.caption(learned, { ...view, answers: /** @type {any} */ (answers) }));
  makeDocument();
  const known = { [learning.pathOf(view.query, 0, result.window)]: first };
  assert.doesNotMatch(said({}), /likel/);
  assert.match(said(known), /likel/);
  assert.ok(said(known).length > said({}).length);
});

test("the slider ends where the form's does", () => {
  /** @type {Control[]} */
  const controls = recorded("controls");
  const updates = controls.find(({ name }) => name === "updates");
  assert.equal(learning.lastReachable(answer("bptt")), updates?.maximum);
  const many = { tokens: Array(1000).fill("a") };
  assert.equal(learning.lastReachable(many), Math.floor(Number(updates?.times_steps) / 1000));
});

test("a prediction is correct if the most probable symbol is the target", () => {
  for (const name of ["bptt", "lstm", "word", "last"]) {
    const result = answer(name), p = result.forward.p ?? [];
    const best = p.map((row) => row.indexOf(Math.max(...row.map(Number))));
    const hits = best.filter((symbol, t) =>
      result.forward.loss[t] !== null && result.vocabulary[symbol] === result.targets[t]
    ).length;
    assert.equal(learning.correctCount(result), hits);
  }
});

test("how much likelier is a number, or where it is large a power of ten", () => {
  assert.deepEqual([0.5, -0.3, 9.4, -400].map(learning.factorText), ["3.16", "0.50", "10⁹", "10⁻⁴⁰⁰"]);
});

test("it opens by itself where there are updates", () => {
  assert.deepEqual([0, 1, "20"].map((updates) => learning.opens({ updates })), [false, true, true]);
});

test("what it needs of the server are the run before its updates and the run after all of them", () => {
  for (const name of ANSWERS) {
    const paths = learning.asks(answer(name), viewWith({ query: "?v=1&k=2" }));
    assert.deepEqual(paths.map((path) => new URLSearchParams(path.split("?")[1]).get("updates")), [
      "0",
      "500",
    ]);
  }
});

test("perplexity is exp of the mean loss, also of a sum, and not the mean of exp: 1/p averages higher", () => {
  const of = (/** @type {(number | null)[]} */ loss) =>
    perplexity(/** @type {any} */ ({ forward: { loss } }));
  const two = of([Math.log(2), null, Math.log(8)]);
  near(Number(two?.perplexity), 4, 1e-12); // the geometric mean of 2 and 8
  near(Number(two?.bits), 2, 1e-12);
  near(Number(two?.mean), 5, 1e-12); // the arithmetic one
  assert.equal(two?.n, 2);
  assert.equal(of([null]), null);
  for (const name of ["bptt", "word", "last"]) {
    const result = answer(name), units = perplexity(result), V = result.vocabulary.length;
    near(Number(units?.perplexity), Math.exp(sum(result) / losses(result).length), 1e-9);
    near(2 ** Number(units?.bits), Number(units?.perplexity), 1e-9);
    assert.ok(Number(units?.mean) >= Number(units?.perplexity) - 1e-9 && V > 1);
  }
});

makeDocument();

test("the panel says both under cross-entropy alone, and the mean of exp only of several losses", () => {
  const said = (/** @type {string} */ name, language = "en") =>
    JSON.stringify(learning.render(answer(name), viewWith({}, language)));
  for (const [language, word] of [["en", "bits per symbol"], ["ko", "비트"]]) {
    assert.ok(said("bptt", language).includes(word), language);
    assert.ok(!said("squared", language).includes(word), language);
  }
  assert.ok(said("bptt").includes("one unlikely target"));
  assert.ok(!said("last").includes("one unlikely target"));
});

test("the caption says that the initial state is learned, too, and of an LSTM both vectors", () => {
  const said = (/** @type {string} */ name, /** @type {string} */ initial_state) => {
    const result = answer(name), params = { ...result.params, updates: 1, initial_state };
    const caption = learning.caption({ ...result, params }, viewWith({ answers: {} }));
    return JSON.stringify(caption);
  };
  assert.ok(said("bptt", "learned").includes("initial state h₋₁ is "));
  assert.ok(said("lstm", "learned").includes("h₋₁ and c₋₁"));
  assert.ok(!said("lstm", "given").includes("initial state"));
});
