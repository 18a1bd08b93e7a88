// The panels below the graph: what they compute from an answer before they draw it.
import assert from "node:assert/strict";
import { makeDocument } from "./document.js";
import { test } from "node:test";
import { pathOf } from "../../static/js/explorer/panels/cells/answers.js";
import { byLag } from "../../static/js/explorer/panels/cells/lag.js";
import { PANELS } from "../../static/js/explorer/panels.js";
import * as cells from "../../static/js/explorer/panels/cells.js";
import * as gates from "../../static/js/explorer/panels/gates.js";
import * as comparison from "../../static/js/explorer/panels/comparison.js";
import * as numbers from "../../static/js/explorer/panels/numbers.js";
import * as saturation from "../../static/js/explorer/panels/saturation.js";
import { sci } from "../../static/js/lib/format.js";
import { median } from "../../static/js/lib/numbers.js";
import { meanMark, range, stacked } from "../../static/js/explorer/panels/schemes/draws.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

const VIEWS = { wide: viewWith(), phone: viewWith({ width: 344, height: 500, gutter: 46, phone: true }) };

/** @param {unknown} node @returns {number[]} */
function numbersIn(node) {
  if (typeof node === "number") return [node];
  if (Array.isArray(node)) return node.flatMap(numbersIn);
  if (node && typeof node === "object") return Object.values(node).flatMap(numbersIn);
  return [];
}

for (const name of ANSWERS) {
  for (const [shape, view] of Object.entries(VIEWS)) {
    test(`${name}: cells, gates and slopes are drawn on a ${shape} screen without a missing number`, () => {
      const result = answer(name);
      for (const panel of [cells, gates, saturation]) {
        if ("applies" in panel && !panel.applies(result)) continue;
        const figure = panel.draw(result, view);
        assert.ok(numbersIn(figure).every(Number.isFinite));
        assert.doesNotMatch(JSON.stringify(figure.layout), /NaN|undefined|Infinity/);
      }
    });
  }
}

test("under its gates an LSTM shows what comes back along its own road, and how much of it", () => {
  const result = answer("lstm"), [first, ...later] = /** @type {Table} */ (result.truncated.dc);
  const back = gates.strips(result).at(-1);
  assert.equal(back?.word, "∂L/∂c");
  assert.deepEqual(back?.values[0], first.map((value) => Math.abs(Number(value))));
  const [one, last] = [first, later[later.length - 1]].map((row) => Math.hypot(...row.map(Number)));
  assert.ok(Math.abs(Number(gates.arrivingNorm(result)) - one / last) < 1e-12);
  assert.equal(gates.arrivingNorm(answer("gru")), null);
  assert.equal(gates.strips(answer("gru")).some(({ word }) => word === "∂L/∂c"), false);
});

test("a draw is a dot on its place of the axis, where others stand it stands on them", () => {
  const span = { low: 0, high: 1, room: 220 };
  const [first, second, far, ...none] = stacked([0, 0, 1, null], span);
  assert.equal(first.x, second.x);
  assert.ok(second.y < first.y && far.y === first.y);
  assert.ok(far.x - first.x > 190 && far.x < 220);
  assert.deepEqual(none, []);
});

test("both kinds of draws stand on one axis: errors from 0, cosines up to 1", () => {
  const { draws } = answer("randomized");
  assert.ok(draws);
  const errors = range(draws, "relative_error"), cosines = range(draws, "cosine");
  for (const kind of [draws.unbiased, draws.biased]) {
    assert.ok(
      kind.relative_error.every((error) => Number(error) >= errors.low && Number(error) <= errors.high),
    );
    assert.ok(kind.cosine.every((cosine) => Number(cosine) >= cosines.low && Number(cosine) <= cosines.high));
  }
  assert.deepEqual([errors.low, cosines.low, cosines.high], [0, 0.8, 1]);
});

test("the mean of the draws is marked on their axis, and its word keeps inside", () => {
  const span = { low: 0, high: 2, room: 120 };
  assert.deepEqual(meanMark(0.5, span), { x: 33, word: 39, anchor: "start" });
  assert.deepEqual(meanMark(1.5, span), { x: 83, word: 77, anchor: "end" });
  assert.deepEqual([-1, 3].map((mean) => meanMark(mean, span).x), [8, 108], "beyond its ends");
});

test("the cosine of two single numbers is exactly 1, that of two vectors is rounded to it", () => {
  const scalar = answer("scalar"), cut = { cosine: 1, relative_error: 0.17, norm_ratio: 0.83 };
  const rows = { Wx: cut, Wh: cut, b: { ...cut, cosine: -1 }, Wy: cut, by: cut, recurrent: cut, all: cut };
  const of = { ...scalar, comparison: rows };
  assert.deepEqual(
    ["Wh", "b", "Wx", "recurrent"].map((row) => comparison.cosineText(of, /** @type {"Wh"} */ (row))),
    [
      "1.000",
      "−1.000",
      "≈ 1",
      "≈ 1",
    ],
  );
  assert.equal(comparison.cosineText({ ...answer("bptt"), comparison: rows }, "Wh"), "≈ 1");
});

test("draws of one value are stacked, at most seventeen rows high", () => {
  const at = stacked([0, null, 0.5, 0.5, 1, ...Array(18).fill(1)], { low: 0, high: 1, room: 72 });
  const near = (/** @type {number} */ value) => Number(value.toFixed(6));
  assert.deepEqual(at.slice(0, 4).map(({ x, y }) => [near(x), near(y)]), [
    ...[[10.4, 53.4], [36.4, 53.4], [36.4, 50.8], [62.4, 53.4]],
  ]);
  assert.deepEqual(at.slice(-3).map(({ y }) => near(y)), [11.8, 11.8, 11.8]);
  assert.equal(at.length, 22);
});

test("a curve of a cell is 1 at the last step, an lstm's what h and c carry together", () => {
  const credit = [[3, null], [4, 2]], inside = [[0, null], [3, 0]];
  assert.deepEqual(cells.fromLastLoss({ credit }), [2, 1]);
  assert.deepEqual(cells.fromLastLoss({ credit, credit_c: inside }), [2.5, 1]);
});

test("a cell whose gradient is lost on the way to step 0 takes no part in what is said, whatever step 1 gets", () => {
  const full = answer("full"), view = viewWith(), T = full.tokens.length;
  const row = (
    /** @type {Num} */ first,
    /** @type {Num} */ second,
  ) => [first, second, ...Array(T - 2).fill(1)];
  /** @param {Num} first @param {Num} second */
  const run = (first, second) => ({ ...full, credit: full.credit.map(() => row(first, second)) });
  const others = { lstm: run(0.5, 0.5), gru: run(0.25, 0.25) };
  const answers = Object.fromEntries(
    Object.entries(others).map(([cell, its]) => [pathOf("?v=1", cell), its]),
  );
  const said = (/** @type {Result} */ result) => [
    cells.finding(result, { ...view, answers }).finding,
    cells.facts(result, { ...view, answers }).length,
  ];
  assert.deepEqual(said(run(0.75, null)), ["RNN", 3]);
  assert.deepEqual(said(run(null, 0.75)), ["LSTM", 2]);
  assert.deepEqual(cells.finding(run(0.75, 1), view), {
    finding: "RNN",
    note: view.words("findings.cells", { n: T - 1, size: "0.75" }),
  });
});

test("the gates of a GRU come with the form it has, and whose form that is", () => {
  makeDocument();
  const said = (/** @type {string} */ name) => JSON.stringify(gates.caption(answer(name), viewWith()));
  assert.match(said("gru"), / acts before Wₕ.*Cho et al\. 2014, Keras with reset_after=False/);
  assert.match(said("gru-reset-after"), / acts after Wₕ.*PyTorch, Keras 3/);
  assert.doesNotMatch(said("lstm"), /acts/);
});

test("credit by lag is a mean over the losses, relative to lag 0", () => {
  assert.deepEqual(byLag({ credit: [[2, null, null], [1, 4, null], [0.3, 2, 6]] }), [1, 0.375, 0.075]);
});

test("the other cells are asked in the order of a canonical link, so that an answer is known again", () => {
  const query = "?v=1&text=banana&hidden=4&truncation=window";
  assert.equal(pathOf(query, "lstm"), "/api/bptt?v=1&text=banana&cell=lstm&hidden=4&truncation=window");
  assert.equal(pathOf("?v=1&cell=gru&k=3", "rnn"), "/api/bptt?v=1&k=3");
  assert.equal(pathOf("?v=1&cell=gru&reset_gate=after&k=3", "rnn"), "/api/bptt?v=1&k=3");
  assert.equal(pathOf("?k=3", "lstm"), "/api/bptt?cell=lstm&k=3");
  assert.equal(cells.asks(answer("lstm"), viewWith()).length, 2);
});

test("the slope of a gate is that of its function, by its pre-activation", () => {
  for (const name of ["lstm", "gru", "gru-cut", "gru-reset-after"]) {
    const result = answer(name), strips = saturation.strips(result), { gates } = result.forward;
    assert.deepEqual(
      strips.map(({ word }) => word),
      (name === "lstm" ? "fgio" : "zrn").split("").map((g) => `${g}′`),
    );
    for (const { word, values } of strips) {
      const opens = !["g′", "n′"].includes(word), of = gates?.[word[0]] ?? [];
      values.flat().forEach((slope, i) => {
        const gate = Number(of.flat()[i]), expected = opens ? gate * (1 - gate) : 1 - gate * gate;
        assert.ok(Math.abs(Number(slope) - expected) < 1e-4, `${name} ${word}: ${slope} is not ${expected}`);
      });
    }
  }
});

test("a gate that is rounded to 1 still has its slope, and what overflowed has none", () => {
  const result = structuredClone(answer("lstm")), H = result.forward.h[0].length;
  result.weights.b = Array.from({ length: 4 * H }, (_, i) => i < H ? 20 : 0);
  const f = saturation.strips(result)[0].values.flat().map(Number);
  assert.ok(f.every((slope) => slope > 1e-11 && slope < 1e-7), String(f));
  result.forward.h[0] = Array(H).fill(null);
  assert.deepEqual(
    saturation.strips({ ...result, forward: { ...result.forward } })[0].values[1],
    Array(H).fill(null),
  );
});

test("slopes of all functions are shaded on one scale, from 0 to 1", () => {
  const full = answer("full"), { forward } = full;
  const sigmoid = { ...full, forward: { ...forward, slope: [[0.25, 0.05], [0.2, null]] } };
  for (const one of [sigmoid, full, answer("lstm")]) {
    for (const { low, high } of saturation.strips(one)) assert.deepEqual([low, high], [0, 1]);
  }
  assert.deepEqual(saturation.shares(sigmoid), { mean: 0.5 / 3, shut: 1 / 3 });
  assert.equal(saturation.shares({ ...full, forward: { ...forward, slope: [[null, null]] } }), null);
});

test("what a gated cell keeps is its forget gate, or what its update gate leaves", () => {
  const { forward } = answer("lstm");
  assert.equal(gates.meanKeep({ forward: { ...forward, gates: { f: [[0.5, 0.7]] } } }), 0.6);
  assert.equal(gates.meanKeep({ forward: { ...forward, gates: { z: [[0.25, 0.75]] } } }), 0.5);
});

test("names of curves that begin close together are stacked, others stand alone", () => {
  const starts = [[200, 210], [20, 30], [205, 240], [60, 70]].map(([top, bottom]) => ({ top, bottom }));
  assert.deepEqual(cells.stacks(starts).map((stack) => stack.map(({ top }) => top)), [[20, 60], [200, 205]]);
});

test("the name of a curve keeps clear of what begins under it, and of nothing beyond its end", () => {
  const sizes = [0.01, 0.01, ...Array(8).fill(1)], tokens = [..."abcdefghij"];
  const result = { ...answer("full"), tokens, credit: tokens.map(() => sizes) };
  const name = (/** @type {number} */ width) => {
    const { data } = cells.draw(result, viewWith({ width, phone: true, height: 500, gutter: 46 }));
    const { x, y, text } = /** @type {any[]} */ (data).find(({ text }) => /RNN/.test(String(text)));
    return [x[0], y[0], text[0]];
  };
  assert.deepEqual(name(380), [6, 275, "RNN  0.010"], "the third step stands under its end");
  assert.deepEqual(name(384), [6, 245, "RNN  0.010"], "the third step is at its end");
});

test("half of the samples are above their median", () => {
  assert.equal(median([5, null, 1, 9]), 5);
  assert.equal(median([null]), null);
});

test("where every gradient is 0 there is nothing to compare, and no dash stands for a number", () => {
  makeDocument();
  const result = structuredClone(answer("bptt")),
    none = { cosine: null, relative_error: null, norm_ratio: null };
  result.comparison = { ...result.comparison, recurrent: none };
  const text = (/** @type {string} */ language) =>
    comparison.caption(result, viewWith({}, language)).map(plainText).join("");
  assert.match(text("en"), /is 0 here, so there is no direction.*6 of 10 pairs/);
  assert.match(text("ko"), /모두 0이므로/);
  for (const language of ["en", "ko"]) assert.ok(!text(language).includes("–"), text(language));
});

/** @param {any} node @returns {string} */
const plainText = (node) => typeof node === "string" ? node : (node.children ?? []).map(plainText).join("");

test("the table of steps begins with the initial state: what reaches h₋₁, of an LSTM also c₋₁", () => {
  makeDocument();
  for (
    const [name, more]
      of /** @type {[string, string[]][]} */ ([["window", []], ["lstm", ["exact_c", "truncated_c"]]])
  ) {
    const result = answer(name), shown = viewWith(), { words } = shown;
    const table = /** @type {any} */ (numbers.render(result, shown)).children[0];
    const [head, first, second] = [table.children[0].children[0], ...table.children[1].children];
    const cell = (/** @type {any} */ row, /** @type {string} */ key) =>
      plainText(row.children[head.children.map(plainText).indexOf(words(`table.${key}`))]);
    const size = (/** @type {Row | null | undefined} */ row) =>
      sci(Math.hypot(.../** @type {number[]} */ (row ?? [])));
    assert.deepEqual(["t", "input", "loss", "sigma"].map((key) => cell(first, key)), ["−1", "–", "–", "–"]);
    assert.equal(cell(second, "t"), "0");
    assert.equal(cell(first, "exact"), size(result.full.dh_initial));
    for (const key of ["truncated", "future"]) {
      assert.equal(cell(first, key), size(result.truncated.dh_initial), key);
    }
    if (!more.length) continue;
    assert.equal(cell(first, "exact_c"), size(result.full.dc_initial));
    assert.equal(cell(first, "truncated_c"), size(result.truncated.dc_initial));
  }
});

test("the recurrent weights of a GRU that resets after the product include the bias inside the reset", () => {
  makeDocument();
  const said = (/** @type {string} */ name, /** @type {string} */ language) =>
    plainText(comparison.render(answer(name), viewWith({ notation: "wx" }, language)));
  assert.match(said("gru-reset-after", "en"), /Wx, Wh, b, bh together/);
  assert.match(said("gru-reset-after", "ko"), /Wx, Wh, b, bh 함께/);
  assert.match(said("gru", "en"), /Wx, Wh, b together/);
});

test("the panels stand in this order, and the page knows which are closed, half as wide, and follow what", () => {
  const table = PANELS.map(({ name, closed, half, whole, follows = [], slider = null }) => [
    name,
    [closed && "closed", half && "half", whole && "whole"].filter(Boolean).join(" "),
    follows.join(" "),
    slider,
  ]);
  assert.deepEqual(table, [
    ["norms", "whole", "columns below", null],
    ["credit", "whole", "pair of at answers only contrast below", null],
    ["schemes", "whole", "notation", null],
    ["cost", "half whole", "", null],
    ["comparison", "half whole", "notation", null],
    ["lags", "closed whole", "answers s lag below", null],
    ["formats", "closed whole", "answers scale notation format", null],
    ["cells", "closed", "answers columns", null],
    ["gates", "closed", "columns", null],
    ["saturation", "closed", "columns", null],
    ["learning", "closed", "answers", "updates"],
    ["matrices", "closed whole", "notation", null],
    ["layers", "closed whole", "", null],
    ["jacobian", "closed whole", "columns", null],
    ["numbers", "closed", "", null],
  ]);
});

test("strips are 15 px a unit, all of them together 60 to 240 px and 8 px apart", () => {
  /** @param {string} name @param {typeof gates | typeof saturation} panel */
  const heights = (name, panel) =>
    [1, 2, 8, 64].map((hidden) => {
      const result = answer(name);
      return panel.draw({ ...result, params: { ...result.params, hidden } }, viewWith()).layout.height;
    });
  assert.deepEqual(heights("bptt", saturation), [60, 60, 120, 240].map((high) => high + 8 + 30));
  assert.deepEqual(heights("gru", gates), [60, 90, 240, 240].map((high) => high + 3 * 8 + 30));
  assert.deepEqual(heights("lstm", gates), [90, 180, 240, 240].map((high) => high + 6 * 8 + 30));
});
