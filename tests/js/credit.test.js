// The credit matrix: its numbers, boundary, inset, margin and caption.

import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped } from "../../static/js/lib/format.js";
import { gradientColor } from "../../static/js/explorer/credit/colors.js";
import { boundary, cutOverlay, hatch, scissors, stairs } from "../../static/js/explorer/credit/boundary.js";
import { cutShare, facts, trendOf } from "../../static/js/explorer/credit/facts.js";
import { insetBox } from "../../static/js/explorer/credit/inset.js";
import { places } from "../../static/js/explorer/credit/places.js";
import { selectionShapes } from "../../static/js/explorer/credit/selection.js";
import { creditTable, decadesOf, eachCell, marginals } from "../../static/js/explorer/credit/table.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as credit from "../../static/js/explorer/panels/credit.js";
import { makeDocument } from "./document.js";
import { answer, ANSWERS, recorded, viewWith } from "./recorded.js";

/** @typedef {{type: string, path?: string, fillcolor?: string, opacity?: number, line: {color?: string, width: number}, label?: {text: string}}} Shape */

const wide = viewWith(), phone = viewWith({ width: 344, height: 500, gutter: 46, phone: true });

/** The schemes as they are written down, not as they are drawn. @type {Record<string, (s: number, t: number, p: Record<string, number>) => boolean>} */
const SCHEMES = {
  full: () => true,
  blocks: (s, t, { k }) => Math.floor(s / k) === Math.floor(t / k),
  window: (s, t, { k }) => s - t < k,
  tbptt: (s, t, { k, k1 }) => t >= k1 * (Math.floor(s / k1) + 1) - k,
};

/** @param {Result} result @param {View} [view] */
const shapesOf = (result, view = wide) => /** @type {Shape[]} */ (credit.shapes(result, view));

/** @param {Result} result @param {View} [view] */
const textOf = (result, view = wide) =>
  shapesOf(result, view).flatMap(({ label }) => (label?.text ? [label.text] : []));

/** @param {Result} result @param {View} [view] */
const caption = (result, view = wide) => facts(result, view).map(({ text }) => text).join("");

/** The area of rectangles drawn as one path. @param {string} path */
function area(path) {
  return path.split("Z").filter(Boolean).reduce((sum, box) => {
    const points = box.replace("M", "").split("L").map((point) => point.split(",").map(Number));
    const [x, y] = [0, 1].map((i) => points.map((point) => point[i]));
    return sum + (Math.max(...x) - Math.min(...x)) * (Math.max(...y) - Math.min(...y));
  }, 0);
}

/** A view with a chosen pair, and the answer about it. @param {Pair} pair @param {Partial<View>} [more] */
function choosing(pair, more = {}) {
  const path = `/api/pair?v=1&s=${pair.s}&t=${pair.t}`;
  return viewWith({
    s: pair.s,
    t: pair.t,
    pair: { s: pair.s, t: pair.t },
    answers: { [path]: pair },
    ...more,
  });
}

for (const name of ["bptt", "full", "window", "tbptt", "long", "scalar", "lstm", "gru"]) {
  test(`the boundary of ${name} runs between what its scheme keeps and what it throws away, and nowhere else`, () => {
    const result = answer(name), { params } = result, T = result.tokens.length;
    const keeps = SCHEMES[String(params.truncation)],
      numbers = /** @type {Record<string, number>} */ (params);
    const expected = [];
    for (let s = 0; s < T; s += 1) {
      for (let t = 0; t <= s; t += 1) {
        const here = keeps(s, t, numbers);
        if (t > 0 && here !== keeps(s, t - 1, numbers)) expected.push(`${s} ${t} down`);
        if (t < s && here !== keeps(s - 1, t, numbers)) expected.push(`${s} ${t} across`);
      }
    }
    const drawn = stairs(creditTable(result)).map(({ s, t, across }) =>
      `${s} ${t} ${across ? "across" : "down"}`
    );
    assert.deepEqual(drawn.sort(), expected.sort());
    const at = places(creditTable(result), wide);
    assert.equal(boundary(creditTable(result), at).match(/M/g)?.length ?? 0, expected.length);
  });
}

test("the boundary of a random sample steps down at its cuts", () => {
  const result = answer("randomized"), starts = result.blocks.slice(1).map(({ start }) => start);
  const downs = stairs(creditTable(result)).filter(({ across }) => !across).map(({ t }) => t);
  assert.deepEqual([...new Set(downs)].sort(), starts);
});

for (const name of ANSWERS) {
  test(`of ${name} exactly the cells that are not kept lie under the overlay`, () => {
    const result = answer(name), table = creditTable(result);
    for (const view of [wide, phone]) {
      const at = places(table, view), cell = at.c * at.rh;
      const veiled = area(cutOverlay(table, at)) / cell;
      assert.ok(
        Math.abs(veiled - (result.cells_total - result.cells_kept)) < 0.03 * Math.max(1, veiled),
        `${veiled}`,
      );
    }
    assert.ok(
      textOf(result).includes(`${grouped(result.cells_kept)} of ${grouped(result.cells_total)} cells kept`),
    );
  });

  test(`the credit of ${name} is drawn on a wide screen and a phone without a missing number`, () => {
    for (
      const view of [wide, phone, viewWith({ pair: { s: 3, t: 1 } }), viewWith({ dark: true, width: 700 })]
    ) {
      const drawn = JSON.stringify(credit.draw(answer(name), view), (_, value) => {
        assert.ok(typeof value !== "number" || Number.isFinite(value));
        return value;
      });
      assert.doesNotMatch(drawn, /NaN|undefined|Infinity/);
    }
    for (const language of ["ko", "en"]) {
      const view = viewWith({ pair: { s: 3, t: 1 } }, language);
      assert.doesNotMatch(caption(answer(name), view), /undefined|NaN|null|[{}]/);
    }
  });

  test(`the sums of ${name} by step, by loss and by lag are sums of the same cells`, () => {
    const table = creditTable(answer(name)), { steps, losses, lags } = marginals(table);
    let all = 0, kept = 0;
    eachCell(table, (s, t) => {
      all += table.size(s, t) ?? 0;
      if (table.kept(s, t)) kept += table.size(s, t) ?? 0;
    });
    for (const sums of [steps, losses]) {
      assert.ok(Math.abs(sums.reduce((sum, part) => sum + part.all, 0) - all) < 1e-9 * all);
      assert.ok(Math.abs(sums.reduce((sum, part) => sum + part.kept, 0) - kept) < 1e-9 * all);
    }
    assert.ok(Math.abs(lags.reduce((sum, part) => sum + part.all * part.cells, 0) - all) < 1e-9 * all);
  });
}

test("there is one heatmap, and neither it nor any other trace knows the truncation", () => {
  const cut = answer("bptt"), full = answer("full");
  const traces = /** @type {{type: string}[]} */ (credit.traces(cut, wide));
  assert.equal(traces.filter(({ type }) => type === "heatmap").length, 1);
  assert.deepEqual(traces, credit.traces(full, wide));
  assert.equal(credit.dataKey(cut, wide), credit.dataKey(full, wide));
  assert.notDeepEqual(credit.shapes(cut, wide), credit.shapes(full, wide));
  const other = { ...cut, params: { ...cut.params, gain: 2 } };
  assert.notEqual(credit.dataKey(cut, wide), credit.dataKey(other, wide));
});

test("the playhead and the moments move no trace either", () => {
  const at = /** @type {Moment} */ ({ phase: "backward", walk: 2, t: 1, line: 1 });
  const window = answer("window"), playing = viewWith({ t: 1, at });
  assert.equal(credit.dataKey(window, wide), credit.dataKey(window, playing));
  assert.equal(
    shapesOf(window, playing).length,
    shapesOf(window).length + 1,
    "the row that is playing is outlined",
  );
});

test("columns align with the graph's, and fit the width on phones", () => {
  for (const name of ["bptt", "window", "long"]) {
    const table = creditTable(answer(name)), g = geometry(table.T, wide), at = places(table, wide);
    for (let t = 0; t < table.T; t += 1) assert.ok(Math.abs(at.x(t) - g.cx(t)) < 1e-9);
    const small = places(table, phone);
    assert.ok(small.left(0) >= 0 && small.right <= phone.width && small.width === phone.width);
    if (table.T > 12) assert.ok(Math.abs(small.rh - small.c) < 1e-9, "cells are square");
  }
});

test("rows are 46, 25 and 11 px high by the length of the text", () => {
  assert.deepEqual(
    [4, 6, 7, 20, 21, 40].map((T) => places({ n: T, T, pool: 1 }, wide).rh),
    [46, 46, 25, 25, 11, 11],
  );
});

test("below the tabs the whole matrix fits the window, with rows that are no higher than usual", () => {
  for (const [below, sizes] of /** @type {const} */ ([[223, [1, 4, 7, 14, 20]], [316, [7, 14, 40]]])) {
    for (const T of sizes) {
      const table = { n: T, T, pool: 1 },
        usual = places(table, wide),
        at = places(table, viewWith({ below }));
      assert.ok(60 + at.height <= below + 1e-9 && at.rh <= usual.rh, `T = ${T} in ${below} px`);
      assert.ok(at.rh >= 2 && at.top <= usual.top);
    }
  }
  for (const [T, least] of [[40, 5], [60, 200 / 60], [100, 2], [160, 2]]) { // rows can be told apart, or make a shape
    assert.equal(places({ n: T, T, pool: 1 }, viewWith({ below: 223 })).rh, least, `T = ${T}`);
  }
  const roomy = viewWith({ below: 900 });
  for (const T of [4, 7, 40]) {
    assert.equal(places({ n: T, T, pool: 1 }, roomy).height, places({ n: T, T, pool: 1 }, wide).height);
  }
  const cut = answer("bptt");
  assert.notEqual(credit.dataKey(cut, wide), credit.dataKey(cut, viewWith({ below: 223 })));
  for (const name of ANSWERS) {
    const view = viewWith({ below: 223 }), at = places(creditTable(answer(name)), view);
    const { layout } = credit.draw(answer(name), view);
    assert.equal(layout.height, at.height);
  }
});

test("the inset does not overlap the cells", () => {
  for (let T = 1; T <= 60; T += 1) {
    for (const view of [wide, phone, viewWith({ width: 900 }), viewWith({ below: 223 })]) {
      const at = places({ n: T, T, pool: 1 }, view), box = insetBox(at);
      if (box.base === null) continue;
      assert.ok(box.bars > 0 && box.right <= at.width, `T = ${T}`);
      for (let t = 0; t < T; t += 1) {
        if (at.left(t + 1) > box.left + 0.5) {
          assert.ok(
            at.y(t) >= box.bottom - 5,
            `T = ${T}: the cell of step ${t} on a ${view.width} px screen`,
          );
        }
      }
    }
  }
});

test("many-to-one has a single row", () => {
  const result = answer("last"), last = result.tokens.length - 1, rows = new Set();
  eachCell(creditTable(result), (s) => rows.add(s));
  assert.deepEqual([...rows], [last]);
  assert.match(caption(result), /only one row/);
});

test("an LSTM's credit counts both vectors, and its caption says so", () => {
  const result = answer("lstm"), table = creditTable(result);
  const [h, c] = [result.credit[4][1], result.credit_c?.[4][1]].map(Number);
  assert.ok(c > 0);
  assert.ok(Math.abs(Number(table.size(4, 1)) - Math.sqrt(h * h + c * c)) < 1e-12);
  assert.match(caption(result), /√/);
  assert.doesNotMatch(caption(answer("gru")), /√/);
});

test("few cells show their norm, and the weight of a random sample", () => {
  assert.ok(textOf(answer("bptt")).includes("0.27"), "∂L₃/∂h₃");
  const label = (/** @type {number} */ rows) => {
    const shapes = /** @type {any[]} */ (shapesOf(answer("randomized"), viewWith({ room: 5 * rows + 224 })));
    const at = shapes.findIndex(({ label }) => label?.text === "×2");
    return at < 0 ? [] : [shapes[at].y0 - shapes[at - 1].y0];
  };
  assert.deepEqual([label(36), label(36.2), label(40)], [[], [19], [19]], "where a row is higher than 36 px");
  assert.deepEqual(textOf(answer("randomized")).filter((text) => text.startsWith("×")), ["×2"]);
  assert.deepEqual(textOf(answer("long")).filter((text) => /^0\./.test(text)), []);
});

test("a click on a cell follows that loss to that step, and on the chosen one lets go", () => {
  const result = answer("bptt"),
    point = { data: { type: "heatmap" }, pointNumber: /** @type {[number, number]} */ ([3, 1]) };
  assert.deepEqual(credit.hit(point, result, wide), { s: 3, t: 1 });
  assert.deepEqual(credit.hit(point, result, viewWith({ pair: { s: 3, t: 1 } })), { s: null });
  assert.equal(credit.hit({ data: { type: "scatter" }, pointNumber: 0 }, result, wide), null);
});

test("only a pair that has a loss is asked for", () => {
  const result = answer("last"), last = result.tokens.length - 1;
  assert.deepEqual(credit.asks(result, wide), []);
  assert.deepEqual(credit.asks(result, viewWith({ pair: { s: 1, t: 0 } })), []);
  assert.deepEqual(credit.asks(result, viewWith({ pair: { s: last, t: 0 } })), [
    `/api/pair?v=1&s=${last}&t=0`,
  ]);
});

test("the terms of a row stand below it, grey where they are thrown away, one alone for W_y", () => {
  const pair = /** @type {Pair} */ (recorded("pair")), result = answer("bptt"), view = choosing(pair);
  const bars = (/** @type {View} */ seen) => {
    const below = places(creditTable(result), seen).bottom;
    return [seen.colors.ghost, seen.colors.backward].map((color) =>
      shapesOf(result, seen).filter(({ fillcolor, path }) =>
        fillcolor === color && Number(path?.match(/,([\d.]+)/)?.[1]) > below
      ).map(({ path }) => path?.match(/Z/g)?.length ?? 0).reduce((a, b) => a + b, 0)
    );
  };
  assert.deepEqual(bars(view), [1, 2], "W_h: nothing at step 0, step 1 beyond the cut, 2 and 3 kept");
  assert.deepEqual(bars(choosing(pair, { of: "b" })), [2, 2]);
  assert.deepEqual(bars(choosing(pair, { of: "Wy" })), [0, 1]);
  assert.deepEqual(bars(viewWith({ pair: { s: 3, t: 0 } })), [0, 0], "until the answer has come");
});

test("the caption states the share that is cut and the trend of the norms, computed from the run", () => {
  const result = answer("bptt");
  assert.match(caption(result), /6 of 10 cells are kept; 25% of the total gradient magnitude is cut off/);
  assert.match(caption(answer("full")), /Nothing is cut: all 10 cells/);
  assert.match(caption(answer("randomized")), /mean over all samples is exact/);
  const lost = result.credit.flatMap((row, s) => row.filter((_, t) => t <= s && !result.kept[s][t])).map(
    Number,
  );
  const all = result.credit.flatMap((row, s) => row.filter((_, t) => t <= s)).map(Number);
  const sum = (/** @type {number[]} */ sizes) => sizes.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(Number(cutShare(result)) - sum(lost) / sum(all)) < 1e-12);
  for (
    const [factor, word] of /** @type {[number, RegExp][]} */ ([[0.1, /shrinks/], [1, /hardly/], [5, /grow/]])
  ) {
    const made = answer("full");
    made.credit = made.credit.map((row, s) => row.map((_, t) => (t <= s ? factor ** (s - t) : null)));
    assert.match(caption(made), word);
    assert.equal(trendOf(made)?.steps, 2, "two of four losses reach as far");
    assert.ok(Math.abs(Number(trendOf(made)?.to) - factor ** Number(trendOf(made)?.steps)) < 1e-12);
  }
});

test("the caption states whether the chosen cell is kept", () => {
  const choose = (/** @type {string} */ name, /** @type {number} */ s, /** @type {number} */ t) =>
    caption(answer(name), viewWith({ pair: { s, t } }));
  assert.match(choose("bptt", 3, 0), /L₃ → h₀, norm 0.052, cut off/);
  assert.match(choose("bptt", 3, 2), /L₃ → h₂, norm 0.18, kept\./);
  assert.match(choose("randomized", 2, 1), /kept and reweighted by 2/);
});

test("a run without gradients, or with numbers that overflowed, is drawn all the same", () => {
  for (const made of [0, null, 1e-320]) {
    const result = answer("bptt");
    result.credit = result.credit.map((row, s) => row.map((_, t) => (t <= s && t < 3 ? made : null)));
    const { low, high } = decadesOf(creditTable(result));
    assert.ok(high > low);
    assert.doesNotMatch(JSON.stringify(credit.draw(result, wide)), /NaN|Infinity/);
    assert.ok(caption(result).length > 20);
  }
});

test("above two hundred steps pooled cells fit the width", () => {
  const n = 200, T = 1000, base = answer("full");
  const triangle = (/** @type {(s: number, t: number) => number} */ value) =>
    Array.from({ length: n }, (_, s) => Array.from({ length: n }, (_, t) => (t <= s ? value(s, t) : null)));
  const result = {
    ...base,
    tokens: Array(T).fill("a"),
    credit: triangle((s, t) => 0.9 ** (s - t)),
    kept: triangle((s, t) => (s === t ? 0.4 : 0)),
    blocks: Array.from({ length: 100 }, (_, i) => ({ start: 10 * i, stop: 10 * i + 10, h_in: [] })),
  };
  for (const view of [wide, phone]) {
    const drawn = credit.draw(result, view), at = places(creditTable(result), view);
    assert.equal(at.width, view.width);
    assert.ok(at.right <= view.width && at.left(n) === at.right);
    const [heatmap] = /** @type {{z: Table}[]} */ (drawn.data);
    assert.ok(heatmap.z.length <= 400 && heatmap.z[0].length <= 400);
    assert.doesNotMatch(JSON.stringify(drawn), /NaN|Infinity/);
  }
  assert.match(caption(result), /5 × 5/);
  const corner = { data: { type: "heatmap" }, pointNumber: /** @type {[number, number]} */ ([199, 0]) };
  assert.deepEqual(credit.hit(corner, result, wide), { s: 995, t: 0 });
});

test("each step of a pooled matrix has the loss, the weight and the place of its cell", () => {
  makeDocument();
  const base = answer("full");
  const result = {
    ...base,
    tokens: Array(5).fill("a"),
    params: { ...base.params, loss_at: "2,3,4" },
    credit: [[null, null, null], [10, 2, null], [400, 30, 3]],
    kept: [[null, null, null], [0, 1, null], [0, 0.5, 1]],
    cells_kept: 3,
    blocks: [],
  };
  for (const s of [0, 1, 2, 3, 4]) {
    for (let t = 0; t <= s; t += 1) {
      const pair = {
        ...recorded("pair"),
        s,
        t,
        terms: { ...recorded("pair").terms, Wh: Array(s + 1).fill(1) },
      };
      const view = choosing(pair, { query: "?v=1" }), at = places(creditTable(result), view);
      const row = s >> 1, column = t >> 1, what = `L${s} → h${t}`;
      assert.equal(credit.asks(result, view).length, Number(row > 0), what);
      const below = JSON.stringify(credit.below(result, view));
      assert.equal(below.includes(view.words("pair.no_loss", { s })), row === 0, what);
      const weight = result.kept[row][column];
      for (
        const [told, is] of /** @type {[RegExp, boolean][]} */ ([
          [/cut off/, weight === 0],
          [/kept\./, weight === 1],
          [/reweighted by 0.5/, weight === 0.5],
        ])
      ) assert.equal(told.test(caption(result, view).slice(caption(result).length)), is, what);
      const names = JSON.stringify(credit.margin(result, view));
      assert.equal(names.includes("loss chosen"), row > 0, what);
      const outlines = shapesOf(result, view).filter(({ line }) =>
        line.color === view.colors.ink && line.width === 3
      );
      const [x, y, right] = [at.left(column), at.y(row), at.left(column + 1)].map((px) => px.toFixed(1));
      assert.ok(outlines.some(({ path }) => path?.startsWith(`M${x},${y}L${right},${y}`)), what);
      const selection = /** @type {Shape[]} */ (selectionShapes(creditTable(result), at, view));
      const bars = (/** @type {string} */ color) =>
        selection.filter(({ fillcolor }) => fillcolor === view.colors[color])
          .map(({ path }) => path?.match(/Z/g)?.length ?? 0).reduce((a, b) => a + b, 0);
      const all = Array.from({ length: s + 1 }, (_, q) => (result.kept[row][q >> 1] ?? 0) > 0);
      assert.equal(bars("backward"), all.filter(Boolean).length, what);
      assert.equal(bars("ghost"), all.filter((is) => !is).length, what);
    }
  }
});

test("colors of signed numbers run from the first to the last, with the middle one for 0", () => {
  const colors = Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`gradient${n}`, `#${`${n}0`.repeat(3)}`]));
  const shades = [-2, -1, -0.75, -0.5, 0, 0.5, 1, 2].map((value) => gradientColor(value, colors));
  const gray = (/** @type {number} */ n) => `rgb(${n},${n},${n})`;
  assert.deepEqual(shades, [0, 0, 8, 16, 32, 48, 64, 64].map(gray));
});

test("sizes are summed by the step they reach and by the loss they come from, and averaged by the lag between", () => {
  const table = creditTable(
    /** @type {Result} */ (/** @type {unknown} */ ({
      tokens: ["a", "b", "c"],
      credit: [[1, null, null], [10, 2, null], [400, 30, 3]],
      kept: [[1, null, null], [0, 1, null], [0, 0.5, 1]],
    })),
  );
  const { steps, losses, lags } = marginals(table);
  assert.deepEqual(steps.map(({ kept, all }) => [kept, all]), [[1, 411], [17, 32], [3, 3]]);
  assert.deepEqual(losses.map(({ kept, all }) => [kept, all]), [[1, 1], [2, 12], [18, 433]]);
  assert.deepEqual(lags.map(({ kept, all }) => [kept, all]), [[2, 2], [7.5, 20], [0, 400]]);
});

/** Blocks of two in four steps, with a tenth of the gradient from step to step. */
function tenths() {
  const result = answer("bptt");
  result.credit = result.credit.map((row, s) => row.map((_, t) => (t <= s ? 10 ** (t - s) : null)));
  return result;
}

test("cells stand in columns of the graph and rows of 46 px, letters and terms below", () => {
  const table = creditTable(tenths()), { edge, left, x, y, ...at } = places(table, wide);
  assert.deepEqual(at, {
    ...{ T: 4, n: 4, c: 250, rh: 46, top: 66, bottom: 250, terms: 250, height: 278 },
    ...{ width: 1164, right: 1082, phone: false },
  });
  assert.deepEqual([edge(0), edge(1), left(1), x(1), y(1)], [82, 332, 332, 457, 112]);
  const chosen = places(table, viewWith({ pair: { s: 1, t: 0 } }));
  assert.deepEqual([chosen.bottom, chosen.terms, chosen.height], [250, 312, 340]);
  const pooled = places({ n: 2, T: 5, pool: 3 }, viewWith({ width: 508 }));
  assert.deepEqual([pooled.c, pooled.left(1), pooled.left(2), pooled.right], [300, 304, 504, 504]);
  assert.deepEqual([pooled.x(0), pooled.x(1), pooled.width], [154, 404, 508], "the last one has two steps");
});

test("in a frame rows are as low as its height asks, 5 px at least", () => {
  /** @param {number} n @param {Partial<View>} changes */
  const rh = (n, changes) => places({ n, T: n, pool: 1 }, viewWith(changes)).rh;
  assert.deepEqual([rh(40, { room: 400 }), rh(40, { room: 600 })], [5, 9.4]);
  assert.deepEqual([rh(4, { room: 300 }), rh(4, { room: 400, pair: { s: 1, t: 0 } })], [19, 28.5]);
  assert.equal(rh(100, {}), 6.2);
});

test("colors follow the logarithm of the size, over two decades and a half in few steps", () => {
  const [map, letters] = /** @type {any[]} */ (credit.traces(tenths(), wide));
  assert.deepEqual([map.x, map.y], [[82, 332, 582, 832, 1082], [66, 112, 158, 204, 250]]);
  assert.deepEqual(map.z, [[0, null, null, null], [-1, 0, null, null], [-2, -1, 0, null], [-2.6, -2, -1, 0]]);
  assert.deepEqual([map.zmin, map.zmax, map.xgap, map.ygap], [-2.6, 0, 2, 2]);
  assert.deepEqual(map.text[2], ["L₂ → h₀: 0.010", "L₂ → h₁: 0.10", "L₂ → h₂: 1.00", ""]);
  assert.deepEqual(map.colorscale.map((/** @type {[number, string]} */ [at]) => at), [0, 1 / 3, 2 / 3, 1]);
  assert.deepEqual([letters.x, letters.y[0], letters.text], [[207, 457, 707, 957], 266, [
    "h",
    "e",
    "l",
    "l",
  ]]);
});

test("what lies beyond the cut is thrown away in the bars above and in the inset's by lag", () => {
  const { colors } = wide;
  const drawn = (/** @type {string} */ color) =>
    shapesOf(tenths()).filter(({ fillcolor }) => fillcolor === color).map(({ path }) => path);
  assert.deepEqual(drawn(colors.backward), [
    // Of the sums 1.111, 1.11, 1.1 and 1 the kept 1.1, 1, 1.1 and 1, the largest sum 40 px high.
    "M187.0,18.4L227.0,18.4L227.0,58.0L187.0,58.0ZM437.0,22.0L477.0,22.0L477.0,58.0L437.0,58.0Z" +
    "M687.0,18.4L727.0,18.4L727.0,58.0L687.0,58.0ZM937.0,22.0L977.0,22.0L977.0,58.0L937.0,58.0Z",
    "M888.0,102.0L951.0,102.0L951.0,178.0L888.0,178.0ZM953.0,142.9L1016.0,142.9L1016.0,178.0L953.0,178.0Z",
  ]);
  assert.deepEqual(drawn(colors.ghost), [
    "M187.0,18.0L227.0,18.0L227.0,18.4L187.0,18.4ZM437.0,18.0L477.0,18.0L477.0,22.0L437.0,22.0Z",
    // A third of lag 1, all of the lags 2 and 3.
    "M953.0,125.4L1016.0,125.4L1016.0,142.9L953.0,142.9ZM1018.0,148.8L1081.0,148.8L1081.0,178.0L1018.0,178.0Z" +
    "M1083.0,172.2L1146.0,172.2L1146.0,178.0L1083.0,178.0Z",
  ]);
  assert.deepEqual(drawn(colors.veil).slice(1), [
    "M82.0,158.0L582.0,158.0L582.0,204.0L82.0,204.0ZM82.0,204.0L582.0,204.0L582.0,250.0L82.0,250.0Z",
  ]);
});

test("the boundary is a staircase, and scissors point down at it from above", () => {
  const table = creditTable(tenths()), at = places(table, wide);
  assert.equal(
    boundary(table, at),
    "M82.0,158.0L332.0,158.0M332.0,158.0L582.0,158.0M582.0,158.0L582.0,204.0M582.0,204.0L582.0,250.0",
  );
  const { dashes, blades, thick } = scissors([2], table, at, () => 10);
  assert.deepEqual([dashes, thick], ["M582.0,10.0L582.0,68.9", 2.4], "4 px above the row, 34 · 1.15 px high");
  assert.ok(blades.startsWith("M586.6,83.3L576.3,108.0M594.2,78.1L593.5,80.7"), "a blade and its ring");
  assert.ok(blades.includes("M577.4,83.3L587.8,108.0M580.4,78.1"), "the other blade");
  assert.ok(blades.endsWith("M582.0,108.0L582.0,158.0"));
  assert.equal(scissors([2], table, at, () => 69).dashes, "", "no room for a dashed line");
  const many = scissors(Array.from({ length: 300 }, (_, t) => t), table, at, () => 10);
  assert.deepEqual(
    [many.thick, many.blades.match(/M/g)?.length],
    [1.2, 300],
    "lines alone, no room for scissors",
  );
  assert.deepEqual(scissors([], table, at, () => 10).blades, "");
  const under = scissors([2], table, at, () => 90, () => 90), top = /,([\d.]+)/g;
  assert.ok(
    [...under.blades.matchAll(top)].every(([, y]) => Number(y) >= 90),
    "under the inset they are smaller",
  );
  assert.equal(scissors([2], table, at, () => 104, () => 104).blades, "M582.0,108.0L582.0,158.0");
});

test("cut cells are hatched: closely where large, one line in every second small one", () => {
  const table = creditTable(tenths()), at = places(table, wide);
  const lines = hatch(table, at).split("M").filter(Boolean);
  assert.deepEqual(lines.slice(0, 3), [
    "105.0,159.0L83.0,181.0",
    "115.0,159.0L83.0,191.0",
    "125.0,159.0L83.0,201.0",
  ]);
  assert.equal(lines[3], "135.0,159.0L91.0,203.0", "the corner is passed");
  const long = creditTable(answer("long")),
    narrow = places(long, wide),
    first = hatch(long, narrow).split("M")[1];
  const x = narrow.left(1), y = narrow.y(7);
  assert.equal(
    first,
    `${(narrow.left(2) - 1).toFixed(1)},${(y + 1).toFixed(1)}L${(x + 1).toFixed(1)},${
      (y + narrow.rh - 1).toFixed(1)
    }`,
  );
});

test("the inset is as large as the triangle allows, with a scale where there is room", () => {
  /** @param {number} n @param {Partial<View>} [changes] */
  const box = (n, changes) => insetBox(places({ n, T: n, pool: 1 }, viewWith(changes)));
  assert.deepEqual(box(4), {
    left: 888,
    right: 1148,
    count: 84,
    base: 178,
    bars: 76,
    scale: null,
    bottom: 200,
  });
  assert.deepEqual(box(10), {
    left: 760,
    right: 1160,
    count: 84,
    base: 146,
    bars: 44,
    scale: 176,
    bottom: 212,
  });
  assert.deepEqual(box(40), {
    left: 760,
    right: 1160,
    count: 84,
    base: 252,
    bars: 150,
    scale: 282,
    bottom: 318,
  });
  const small = box(10, { width: 344, phone: true });
  assert.deepEqual([small.right, small.count, small.base, small.bars, small.bottom], [338, 80, 170, 76, 188]);
  assert.equal(small.left.toFixed(2), "196.88");
});

test("few cells have their size in their middle, cells of a sample its weight below", () => {
  const labels = /** @type {any[]} */ (shapesOf(tenths())).filter(({ label }) => label?.text);
  const places = labels.map(({ x0, y0, label }) => [label.text, Math.round(x0 + 1), y0 + 1, label.font.size]);
  assert.deepEqual(places.slice(0, 4), [
    ...[["1.00", 207, 89, 17], ["0.10", 207, 135, 17], ["1.00", 457, 135, 17], ["0.010", 207, 181, 17]],
  ]);
  const { ink, muted } = wide.colors;
  assert.deepEqual(labels.slice(3, 5).map(({ label }) => label.font.color), [muted, muted], "cut");
  assert.ok(![ink, muted].includes(labels[5].label.font.color), "kept");
  assert.deepEqual(places.find(([text]) => text === "6 of 10 cells kept")?.slice(2), [84, 23]);
});

test("a chosen cell is outlined with its row up to the loss, and the terms stand below", () => {
  const result = tenths(),
    pair = /** @type {any} */ ({
      ...{ s: 3, t: 1 },
      terms: { Wh: [0, 0.1, 0.4, 0.2], Wx: [], b: [0.4, 0.2, 0.1, 0.3], Wy: 0.3 },
    });
  const view = choosing(pair), { select, ink, line, ghost, backward, muted } = view.colors;
  const shapes = /** @type {any[]} */ (shapesOf(result, view)).slice(shapesOf(result).length);
  const drawn = shapes.map(({ path, line, fillcolor, label }) =>
    label?.text ?? [path, line.color ?? fillcolor, line.width]
  );
  const outline = (/** @type {number} */ right) =>
    `M332.0,204.0L${right}.0,204.0L${right}.0,250.0L332.0,250.0Z`;
  assert.deepEqual(drawn, [
    ["M957.0,253.0L957.0,260.0", select, 2.4],
    [outline(1082), select, 4],
    [outline(582), ink, 3],
    ["M82.0,306.0L1082.0,306.0", line, 1],
    ["M437.0,295.0L477.0,295.0L477.0,306.0L437.0,306.0Z", ghost, 0],
    [
      "M687.0,262.0L727.0,262.0L727.0,306.0L687.0,306.0ZM937.0,284.0L977.0,284.0L977.0,306.0L937.0,306.0Z",
      backward,
      0,
    ],
    ...["0.10", "0.40", "0.20"],
  ]);
  const labels = shapes.slice(-3);
  assert.deepEqual(labels.map(({ x0, y0 }) => [x0 + 1, y0 + 1]), [[511, 297], [761, 297], [1011, 297]]);
  assert.deepEqual(labels.map(({ label }) => label.font.color), [muted, backward, backward]);
});

test("two steps are enough for a trend, one is not", () => {
  const { credit, ...result } = answer("number"), [to, from] = credit[1];
  const trend = trendOf({ ...result, credit });
  assert.deepEqual([trend?.from, trend?.to, trend?.steps], [from, to, 1]);
  assert.equal(trendOf({ ...result, credit: [[1]], kept: [[1]], tokens: ["a"] }), null);
});

test("what h and c carry counts together, where both are known; what overflowed in h is unknown", () => {
  const result = answer("lstm"), rows = /** @type {Num[][]} */ ([[3, null], [null, 3]]);
  const cells = /** @type {Num[][]} */ ([[4, null], [5, null]]);
  const table = creditTable({ ...result, credit: rows, credit_c: cells });
  assert.deepEqual([table.size(0, 0), table.size(1, 0), table.size(1, 1)], [5, null, 3]);
  assert.equal(creditTable({ ...result, credit: rows, credit_c: undefined }).size(0, 0), 3);
});
