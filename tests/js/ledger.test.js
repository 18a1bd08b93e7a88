// The ledger: numbers, cards of both passes and the update, cells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sci } from "../../static/js/lib/format.js";
import { asks, conventionOf, ledgerOf } from "../../static/js/explorer/ledger/ledger.js";
import { columnNode, stackNode } from "../../static/js/explorer/ledger/arrays.js";
import { column } from "../../static/js/explorer/ledger/pieces.js";
import { makeDocument } from "./document.js";
import { ownLoss } from "../../static/js/explorer/ledger/backward.js";
import { inputNames, shownRows } from "../../static/js/explorer/ledger/context.js";
import { columnSums, likeliest } from "../../static/js/explorer/ledger/forward.js";
import {
  exponentOf,
  formatCell,
  pluggedIn,
  sigmoid as gate,
  sigmoidSlope,
  tanhSlope,
  unit,
} from "../../static/js/explorer/ledger/numbers.js";
import { painter } from "../../static/js/explorer/ledger/paint.js";
import { sizesOf } from "../../static/js/explorer/ledger/sizes.js";
import { plain } from "../../static/js/lib/mathml.js";
import { momentAt, readMoment, schedule } from "../../static/js/explorer/timeline.js";
import { plainName, weight } from "../../static/js/explorer/notation.js";
import { answer, ANSWERS, recorded, viewWith } from "./recorded.js";

const RECORDED = [...ANSWERS, "gru-cut", "gru-reset-after", "numbers"];
const RNN = RECORDED.filter((name) => !["lstm", "gru", "gru-cut", "gru-reset-after"].includes(name));
const LAST_DIGIT = 3e-4; // the recordings are rounded to five figures

/** @param {string} written @param {Partial<View>} [changes] */
const seen = (written, changes = {}) => viewWith({ at: readMoment(written), ...changes });

/** @param {Result} result @param {string} written @param {Partial<View>} [changes] */
function ledger(result, written, changes = {}) {
  const moment = /** @type {Moment} */ (readMoment(written));
  return ledgerOf(result, seen(written, changes), moment);
}

/** @param {LedgerCard} card @returns {LedgerColumn[]} */
const columns = (card) => card.pieces.flatMap((piece) => (piece.kind === "column" ? [piece] : []));

/** @param {LedgerCard} card @returns {LedgerStack[]} */
const stacks = (card) => card.pieces.flatMap((piece) => (piece.kind === "stack" ? [piece] : []));

/** @param {(number | null)[]} actual @param {(number | null)[]} expected @param {string} [what] */
function near(actual, expected, what = "") {
  assert.equal(actual.length, expected.length, what);
  const max = Math.max(...expected.map((value) => Math.abs(value ?? 0)), 1e-6);
  actual.forEach((value, i) => {
    assert.ok(
      Math.abs((value ?? NaN) - (expected[i] ?? NaN)) <= LAST_DIGIT * max,
      `${what}: ${value} is not ${expected[i]}`,
    );
  });
}

/** @param {Table} table @param {number} [from] @param {number} [to] */
const part = (table, from = 0, to = Infinity) => table.map((row) => row.slice(from, to));

/** Steps and moments of the backward pass of a recorded answer that has blocks. @param {string} name */
const steps = (name) => answer(name).tokens.map((_, t) => t);

test("weights that are held at zero are not updated", () => {
  const free = answer("bptt"), result = { ...free, params: { ...free.params, recurrence: "zero" } };
  const [{ formula, caption, pieces }] = ledger(result, "u").cards;
  assert.equal(plain(formula).replaceAll(/\s/g, "").slice(-2), "=0");
  assert.match(caption, /held at 0/);
  assert.equal(pieces.length, 1);
  assert.equal(ledger(free, "u").cards[0].pieces.length, 5);
});

test("coverage 4: the products stacked above each other add up to the answer's a, which f makes h", () => {
  for (const name of RNN) {
    const result = answer(name);
    for (const t of steps(name)) {
      const [products, activated] = ledger(result, `f${t}.1`).cards;
      const groups = stacks(products)[0].groups;
      near(columnSums(groups.slice(0, 3)), result.forward.a?.[t] ?? [], `${name} ${t}`);
      near(groups[3].rows[0], result.forward.a?.[t] ?? []);
      const [a, h] = columns(activated);
      if (result.params.activation === "tanh") near(a.values.map(Math.tanh), h.values);
    }
  }
});

test("coverage 5: every array states its shape, and its rows and columns match", () => {
  const result = answer("bptt"), H = 8, D = 4;
  for (const card of ledger(result, "b2.4").cards) {
    for (const { shape, values } of columns(card)) assert.equal(values.length, { "N,H": H, "N,D": D }[shape]);
  }
  const [{ groups }] = stacks(ledger(result, "b2.3").cards[2]);
  assert.deepEqual(groups.map(({ shape }) => shape), ["H,H", "D,H", "H"]);
  assert.deepEqual([groups[0].rows.length, groups[0].rows[0].length], [H, H]);
});

test("coverage 6: all six backward lines are written, f′ by h alone", () => {
  const { cards } = ledger(answer("full"), "b2.4"),
    lines = cards.flatMap(({ formula, also = [] }) => [formula, ...also].map(plain));
  assert.deepEqual(lines, [
    ...["dh_2=e_2W_y^⊤+r_2", "da_2=dh_2⊙f′(a_2)", "f′(a_2)=1−h_2^2"],
    ...["dW_h+=h_1^⊤da_2", "dW_x+=x_2^⊤da_2", "db+=da_2"],
    ...["r_1=da_2W_h^⊤", "dx_2=da_2W_x^⊤"],
  ]);
  const atCut = ledger(answer("bptt"), "b2.4").cards[3], { formula, also = [] } = atCut;
  assert.deepEqual([formula, ...also].map(plain), ["da_2W_h^⊤", "dx_2=da_2W_x^⊤"], "which is not r₁");
  const result = answer("bptt"), [, h] = result.forward.h, [, slope] = result.forward.slope ?? [];
  for (const [i, value] of h.entries()) {
    assert.ok(Math.abs(1 - Number(value) ** 2 - Number(slope?.[i])) < 1e-5);
  }
});

test("coverage 6: each line of the backward step is the formula above it", () => {
  for (const name of ["bptt", "full", "randomized", "last", "squared"]) {
    const result = answer(name), { Wh, Wx } = result.weights, scale = name === "randomized" ? 2 : 1;
    for (const t of steps(name)) {
      const [, through, share, on] = ledger(result, `b${t}.4`).cards;
      const [slope, da] = columns(through);
      near(da.values, slope.values.map((value, j) => value * Number(result.truncated.dh[t][j])));
      const before = t ? result.forward.h[t - 1] : result.forward.h0, [Wh_rows] = stacks(share)[0].groups;
      Wh_rows.rows.forEach((row, i) => near(row, da.values.map((value) => Number(before[i]) * value)));
      const [r, ...others] = columns(on), dx = others[0], isPassedOn = r.scale !== "thrown";
      const back = (/** @type {Table} */ W) =>
        W.map((row) => row.reduce((/** @type {number} */ sum, w, j) => sum + Number(w) * da.values[j], 0));
      near(dx.values, back(/** @type {Table} */ (Wx)));
      const factor = isPassedOn ? scale : 1; // what is thrown away is the product as it is
      near(r.values, back(/** @type {Table} */ (Wh)).map((value) => factor * value), `${name} ${t}`);
      assert.equal(on.plug?.(String) ?? "", isPassedOn ? "" : "passed on: 0");
    }
  }
});

test("coverage 9: the shares of all steps add up to the gradient, one running sum", () => {
  for (const name of RECORDED.filter((name) => answer(name).blocks.length)) {
    const result = answer(name), H = result.forward.h[0].length;
    const gates = { lstm: ["f", "g", "i", "o"], gru: ["z", "r", "n"] }[String(result.params.cell)] ?? [""];
    gates.forEach((gate, n) => {
      const [share, sum] = stacks(ledger(result, "b0.3", { gate: gate || null }).cards[2]);
      const { Wh, b } = /** @type {Record<string, Table>} */ (result.truncated.gradients);
      part(Wh, n * H, (n + 1) * H).forEach((row, i) => near(sum.groups[0].rows[i], row, `${name} ${gate}`));
      const last = sum.groups[sum.groups.length - 1].rows[0];
      near(last, /** @type {Row} */ (/** @type {unknown} */ (b)).slice(n * H, (n + 1) * H));
      assert.equal(share.groups[0].rows.length, sum.groups[0].rows.length, "the same rows beside each other");
      const before = stacks(ledger(result, "b1.3", { gate: gate || null }).cards[2])[1].groups[0].rows;
      share.groups[0].rows.forEach((row, i) =>
        near(row.map((value, j) => value + before[i][j]), sum.groups[0].rows[i])
      );
    });
  }
});

test("coverage 10: the gradient of a state is what comes from its output and what comes from the future", () => {
  for (const name of RECORDED.filter((name) => answer(name).blocks.length)) {
    for (const t of steps(name)) {
      const result = answer(name), [output, future, dh] = columns(ledger(result, `b${t}.1`).cards[0]);
      near(output.values.map((value, j) => value + future.values[j]), dh.values, `${name} ${t}`);
      near(dh.values, result.truncated.dh[t]);
    }
  }
});

test("coverage 15 and 19: at a cut nothing comes from the future, and the cut gradient is stated", () => {
  const result = answer("bptt"), [meeting] = ledger(result, "b1.1").cards, future = columns(meeting)[1];
  assert.ok(future.hatched && future.values.every((value) => value === 0));
  const thrown = Math.hypot(...result.full.dh_future[1].map(Number)).toFixed(2);
  assert.match(meeting.caption, new RegExp(`discarded here ‖r₁‖ = ${thrown}`));
  const cut = ledger(result, "b2.4").cards[3], [product] = columns(cut);
  assert.equal(Math.hypot(...product.values).toFixed(4), "0.1326", "the product that step 2 throws away");
  assert.deepEqual([product.head, product.scale], ["da₂W_hᵀ", "thrown"]);
  assert.equal(cut.plug?.(String), "passed on: 0");
  assert.match(cut.caption, /edge of the cut.*size 0.13 is discarded/);
  assert.match(columns(ledger(result, "b3.1").cards[0])[1].head, /no future/);
  assert.ok(!columns(ledger(answer("full"), "b1.1").cards[0])[1].hatched);
});

test("coverage 28: the loss says how it enters the total", () => {
  const lines = (/** @type {Result} */ result) => {
    const [piece] = ledger(result, "f1.4").cards[3].pieces;
    return piece.kind === "figure" ? piece.lines.join(" ") : "";
  };
  const result = answer("bptt"), chance = Number(result.forward.p?.[1][result.vocabulary.indexOf("l")]);
  assert.match(
    lines(result),
    new RegExp(`−ln ${chance.toFixed(3)} = ${Number(result.forward.loss[1]).toFixed(3)} .*÷ 4`),
  );
  assert.match(lines(answer("last")), /no loss/);
});

test("coverage 29: without a loss of its own a step gets everything from the future, and it says so", () => {
  const [meeting] = ledger(answer("last"), "b1.1").cards;
  assert.ok(columns(meeting)[0].hatched);
  assert.match(meeting.caption, /no loss here, so e₁ = 0/);
});

test("coverage 30: all terms are summed, then the weights move once", () => {
  const result = answer("bptt"), [card] = ledger(result, "u").cards;
  const [W, dW, next] = stacks(card).map(({ groups }) => groups[0].rows);
  dW.forEach((row, i) => near(row, /** @type {Table} */ (result.truncated.gradients.Wh)[i]));
  next.forEach((row, i) => near(row, row.map((_, j) => W[i][j] - 0.1 * dW[i][j])));
  assert.match(card.caption, /^4 terms are .* \*\*once\*\* \(η = 0.1\)/);
});

test("the first step adds nothing to dW_h, and the card says so", () => {
  const { rows } = stacks(ledger(answer("bptt"), "b0.3").cards[2])[0].groups[0];
  assert.ok(rows.flat().every((value) => value === 0));
  assert.match(
    ledger(answer("bptt"), "b0.3").cards[2].caption,
    /h₋₁ = 0, so \*\*the first step adds nothing\*\*/,
  );
});

test("a window's pass is asked for, told on its own, and sums its own terms", () => {
  const result = answer("tbptt"), walk = recorded("walk"), path = "/api/walk?v=1&walk=5";
  assert.deepEqual(asks(result, seen("b5:9.1")), [path]);
  assert.deepEqual(asks(answer("bptt"), seen("b1.1")), [], "where there are blocks, nothing more is needed");
  assert.ok(ledger(result, "b5:9.1").waiting);
  const there = { answers: { [path]: walk } }, { start, stop, newest_from } = walk.walk;
  for (let t = start; t < stop; t += 1) {
    const { cards, title, waiting } = ledger(result, `b5:${t}.3`, there),
      [output, future, dh] = columns(cards[0]);
    assert.ok(!waiting);
    assert.match(title, /L₁₀–L₁₁/);
    near(output.values.map((value, j) => value + future.values[j]), dh.values);
    assert.equal(Boolean(output.hatched), t < newest_from, "older losses do not feed this pass");
    assert.equal(Boolean(future.hatched), t === stop - 1);
    assert.equal(cards[3].plug?.(String) === "passed on: 0", t === start);
  }
  const [, sum] = stacks(ledger(result, `b5:${start}.3`, there).cards[2]);
  const b = walk.da[0].map((/** @type {number} */ _, /** @type {number} */ j) =>
    walk.da.reduce((/** @type {number} */ total, /** @type {number[]} */ row) => total + row[j], 0)
  );
  near(sum.groups[2].rows[0], b);
  assert.match(String(sum.head), /this pass \(5 of 5\)/);
});

test("the LSTM's cell: what meets in c_t is what step t+1 handed on, gate by gate the answer's da", () => {
  const result = answer("lstm");
  for (const t of steps("lstm")) {
    const [meeting, through] = ledger(result, `b${t}.1`).cards, s = columns(meeting)[3];
    near(columns(through).flatMap(({ values }) => values), result.truncated.da[t]);
    if (columns(meeting)[1].hatched) {
      assert.ok(s.values.every((value) => Math.abs(value) < 1e-5), "nothing comes along c");
    } else near(s.values, columns(ledger(result, `b${t + 1}.4`).cards[3])[1].values, `step ${t}`);
  }
  for (const t of steps("lstm")) {
    const columns_ = columns(ledger(result, `f${t}.2`).cards[1]),
      [f, before, i, g, c, o, h] = columns_.map(({ values }) => values);
    near(f.map((_, j) => f[j] * before[j] + i[j] * g[j]), c);
    near(o.map((_, j) => o[j] * Math.tanh(c[j])), h);
  }
});

test("the gated cells' sums are what their gates are made of, and the plugged-in line is the answer's", () => {
  const sigmoid = (/** @type {number} */ a) => 1 / (1 + Math.exp(-a));
  for (const [name, gates] of /** @type {[string, string][]} */ ([["lstm", "fgio"], ["gru", "zrn"]])) {
    const result = answer(name), T = result.tokens.length;
    for (const gate of gates) {
      for (let t = 0; t < T; t += 1) {
        const { groups } = stacks(ledger(result, `f${t}.1`, { gate }).cards[0])[0], a = groups[3].rows[0];
        const f = gate === "g" || gate === "n" ? Math.tanh : sigmoid;
        near(a.map(f), result.forward.gates?.[gate]?.[t] ?? [], `${name} ${gate} ${t}`);
        const plug = ledger(result, `b${t}.2`, { gate }).cards[1].plug?.((value) => value.toPrecision(8)) ??
          "";
        const [left, right] = plug.split(/ [=≈] /).map((side) =>
          side.split(" × ").reduce(
            (product, factor) => product * Number(factor.replace(/[()]/g, "").replace("−", "-")),
            1,
          )
        );
        assert.ok(Math.abs(left - right) <= 0.04 * Math.abs(right) + 2e-4, plug);
      }
    }
  }
});

test("the GRU hands on what goes past its gates and what goes through them", () => {
  const result = answer("gru-cut"), scale = 1 / (1 - Number(result.params.cut));
  result.tokens.forEach((_, t) => {
    const card = ledger(result, `b${t}.4`).cards[3], [delta, past, through] = columns(card);
    if (delta.scale === "thrown") return assert.ok(!past && card.plug, "nothing is passed on at a cut");
    near(delta.values, past.values.map((value, j) => scale * (value + through.values[j])), `step ${t}`);
  });
});

test("every moment of every recorded result is described in both languages without a missing number", () => {
  for (const name of RECORDED) {
    const result = answer(name), plan = schedule(result);
    for (const language of ["ko", "en"]) {
      for (let index = 0; index < plan.length; index += Math.max(1, plan.length >> 4)) {
        const moment = momentAt(plan, index),
          { title, cards, waiting } = ledgerOf(result, viewWith({ at: moment }, language), moment);
        const sentences = [
          title,
          ...cards.flatMap(({ caption, formula, plug }) => [
            caption,
            plain(formula),
            ...(plug && !waiting ? [plug((value) => formatCell(value, -1, 2))] : []),
          ]),
        ];
        for (const text of sentences) {
          assert.doesNotMatch(text, /undefined|NaN|null|\[object|[{}]/, `${name} ${text}`);
        }
      }
    }
  }
});

test("a moment beyond this run is moved to the nearest", () => {
  assert.match(ledger(answer("bptt"), "b99.2").title, /t = 3/);
  assert.match(ledger(answer("bptt"), "f99.2").title, /t = 3/);
});

test("missing numbers, where a run overflowed, stay missing", () => {
  const result = answer("bptt");
  result.truncated.da[2] = Array(8).fill(null);
  const [, through, share] = ledger(result, "b2.3").cards;
  assert.ok(columns(through)[1].values.every(Number.isNaN));
  assert.ok(stacks(share)[1].groups[2].rows[0].every(Number.isNaN), "and the sum with them");
  assert.equal(formatCell(NaN, 0, 2), "–");
});

test("of a long sequence's answer only the steps it holds are told, and the whole sum instead of a part", () => {
  const result = answer("long");
  result.window = { start: 20, stop: 40 };
  for (const part of [result.full, result.truncated]) {
    for (const name of /** @type {const} */ (["dh", "da", "dh_output", "dh_future"])) {
      part[name] = part[name].slice(20, 40);
    }
  }
  result.forward.o = result.forward.o.slice(20, 40);
  result.forward.p = result.forward.p?.slice(20, 40) ?? null;
  const whole = answer("long"), { cards } = ledger(result, "b30.3");
  near(columns(cards[0])[2].values, whole.truncated.dh[30]);
  const [, sum] = stacks(cards[2]);
  assert.match(String(sum.head), /sum of 60 terms/);
  near(sum.groups[0].rows.flat(), /** @type {Table} */ (whole.truncated.gradients.Wh).flat());
  assert.deepEqual(["b50.1", "f50.1", "b30.1", "f30.1"].map((at) => ledger(result, at).waiting), [
    ...[true, true, false, false],
  ]);
});

test("every notation names the same three matrices in its own letters", () => {
  const names = (/** @type {string} */ notation) =>
    ["Wx", "Wh", "Wy"].map((name) => plainName(name, notation));
  assert.deepEqual(["wx", "uvw", "book", "pair"].map(names), [
    ["W_x", "W_h", "W_y"],
    ["U", "W", "V"],
    ["W_X⁽¹⁾", "W_H⁽¹⁾", "W⁽²⁾"],
    ["W_xh", "W_hh", "W_hy"],
  ]);
  assert.equal(plain(weight("Wh", "book", { transposed: true })), "W_H^(1)⊤");
  const formula = (/** @type {string} */ notation) =>
    plain(ledger(answer("bptt"), "b2.1", { notation }).cards[0].formula);
  assert.deepEqual(["wx", "uvw"].map(formula), ["dh_2=e_2W_y^⊤+r_2", "dh_2=e_2V^⊤+r_2"]);
});

test("numbers are written in one power of ten, and a line of arithmetic says where rounding shows", () => {
  assert.deepEqual([exponentOf(0.26), exponentOf(0), exponentOf(12)], [-1, 0, 1]);
  assert.deepEqual([unit(-2), unit(0)], ["×10⁻²", ""]);
  assert.deepEqual([formatCell(-0.0391, -1, 2), formatCell(0.00001, -1, 2)], ["−0.39", "0"]);
  assert.equal(pluggedIn(["1.96", "−0.39"], "+", "1.57"), "1.96 + (−0.39) = 1.57");
  assert.equal(pluggedIn(["1.57", "0.99"], "×", "1.56"), "1.57 × 0.99 ≈ 1.56");
});

test("of W_x all rows are shown while there are four at most, beside four units, else the input's own", () => {
  /** @param {string[]} vocabulary @param {string} token @param {number} H */
  const rows = (vocabulary, token, H) =>
    shownRows(
      /** @type {import("../../static/js/explorer/ledger/context.js").Context} */ ({
        ...{ result: { tokens: [token], vocabulary }, t: 0, H },
      }),
    );
  assert.deepEqual(rows([..."abcd"], "c", 4), [0, 1, 2, 3]);
  assert.deepEqual(rows([..."abcde"], "c", 4), [2]);
  assert.deepEqual(rows([..."abcd"], "c", 5), [2]);
  assert.deepEqual(rows([..."ab"], "b", 5), [1]);
  assert.deepEqual(rows(["a"], "a", 64), [0]);
  assert.deepEqual(rows([], "0", 64), [0], "a number has one row, 0 too");
  const names = (/** @type {string[]} */ vocabulary, /** @type {string} */ token) =>
    inputNames(
      /** @type {Result} */ ({ ...answer("bptt"), tokens: [token], vocabulary }),
      0,
      (a) => `‘${a}’`,
    );
  assert.deepEqual([names(["a", "b"], "b"), names([], "0.5")], [["‘a’ 0", "‘b’ 1"], ["0.5"]]);
});

test("the five most probable symbols are shown, and always the target", () => {
  const sizes = [0.1, 0.3, 0.05, 0.2, 0.15, 0.12, 0.08];
  assert.deepEqual(likeliest(sizes, 2), [1, 3, 4, 5, 2]);
  assert.deepEqual(likeliest(sizes, 1), [1, 3, 4, 5, 0]);
  assert.deepEqual(likeliest([0.5, 0.5], 0), [0, 1]);
  const rising = [0.01, 0.02, 0.1, 0.2, 0.3, 0.17, 0.2];
  assert.deepEqual(likeliest(rising, 0), [4, 3, 6, 5, 0], "the first symbol too");
  assert.deepEqual(likeliest(rising, -1), [4, 3, 6, 5, 2], "no target");
  assert.deepEqual(likeliest(rising.slice(1), 0), [0, 1, 2, 3, 4, 5], "of six all");
});

test("every shade can be read, in both themes", () => {
  const pairs = [["#3b4f6b", "#9fb0c6", "#f5f4f2", "#f5a983", "#c23d08"], [
    "#b9cbe3",
    "#5b6f8b",
    "#232a33",
    "#a9552b",
    "#ff9c66",
  ]];
  for (const stops of pairs) {
    const paint = painter(Object.fromEntries(stops.map((color, i) => [`gradient${i}`, color])));
    for (let value = -1; value <= 1; value += 0.05) {
      const { fill, ink } = paint("gradient", value, 1);
      const light = /** @type {number[]} */ (fill.match(/\d+/g)?.map(Number)).map((c) =>
        ((c / 255 + 0.055) / 1.055) ** 2.4
      );
      const level = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2], black = ink === "#000";
      assert.ok((black ? (level + 0.05) / 0.05 : 1.05 / (level + 0.05)) >= 4.3);
    }
  }
});

test("cells shrink as units become more, and numbers go where there is no room", () => {
  const wide = { phone: false, width: 1164 };
  assert.deepEqual([4, 8, 16, 64].map((H) => sizesOf(H, wide).vector.height), [42, 23, 15, 5]);
  assert.deepEqual(
    [8, 9, 17].map((H) => [sizesOf(H, wide).vector.numbers, sizesOf(H, wide).matrix.numbers]),
    [
      [true, true],
      [true, false],
      [false, false],
    ],
  );
  assert.ok(sizesOf(8, { phone: false, width: 1800 }).matrix.width > sizesOf(8, wide).matrix.width);
});

test("once all terms are in, their sum is said to be shorter than their lengths together", () => {
  const result = answer("full"), { step_norms: lengths, gradients } = result.full;
  const parts = lengths.Wh.reduce((/** @type {number} */ sum, size) => sum + Number(size), 0);
  const whole = Math.hypot(.../** @type {number[]} */ (gradients.Wh.flat(2)));
  const content = ledger(result, "b0.3", { words: (key, values = {}) => `${key} ${Object.values(values)}` });
  assert.match(content.cards[2].caption, new RegExp(`ledger.lengths ${sci(whole)},${sci(parts)}$`));
  const before = ledger(result, "b1.3", { words: (key) => key });
  assert.doesNotMatch(before.cards[2].caption, /lengths/);
});

/** What is written above a step's cards, by cell and gate, with n for t - 1: forward, then backward. */
const FORMULAS = {
  bptt: {
    "": ["a_t=h_nW_h+x_tW_x+b", "h_t=f(a_t)", "da_t=dh_t⊙f′(a_t)", "dW_h+=h_n^⊤da_t", "r_n=da_tW_h^⊤"],
  },
  lstm: Object.fromEntries(
    /** @type {const} */ ([
      ["f", "dc_t⊙c_n⊙σ′"],
      ["g", "dc_t⊙i_t⊙tanh′"],
      ["i", "dc_t⊙g_t⊙σ′"],
      ["o", "dh_t⊙tanhc_t⊙σ′"],
    ]).map(([gate, product]) => [gate, [
      `a_t,${gate}=h_nW_h,${gate}+x_tW_x,${gate}+b_${gate}`,
      "c_t=f_t⊙c_n+i_t⊙g_t,h_t=o_t⊙tanhc_t",
      `da_t,${gate}=${product}`,
      `dW_h,${gate}+=h_n^⊤da_t`,
      "r_n=da_tW_h^⊤",
    ]]),
  ),
};

test("the formulas of a step are those of its cell and gate, with the subscripts of their steps", () => {
  for (const [name, gates] of Object.entries(FORMULAS)) {
    for (const [gate, formulas] of Object.entries(gates)) {
      for (const t of [1, 3]) {
        const changes = /** @type {Partial<View>} */ (gate ? { gate } : {});
        const [sum, activated] = ledger(answer(name), `f${t}.4`, changes).cards;
        const [, through, share, on] = ledger(answer(name), `b${t}.4`, changes).cards;
        assert.deepEqual(
          [sum, activated, through, share, on].map(({ formula }) => plain(formula)),
          formulas.map((formula) =>
            formula.replace(/(?<=_)t/g, String(t)).replace(/(?<=_)n/g, String(t - 1))
          ),
        );
      }
    }
  }
});

test("the columns of an LSTM are headed by the steps of their vectors", () => {
  const result = answer("lstm");
  const heads = (/** @type {LedgerCard} */ card) => columns(card).map(({ head }) => head);
  assert.deepEqual(heads(ledger(result, "f3.4").cards[1]), ["f₃", "⊙ c₂", "i₃", "⊙ g₃", "c₃", "o₃", "h₃"]);
  const [meeting, through] = ledger(result, "b2.4").cards;
  assert.deepEqual(heads(meeting), ["output", "future", "dh₂", "s₂", "dc₂"]);
  assert.deepEqual(heads(through), ["da₂ f", "da₂ g", "da₂ i", "da₂ o"]);
  const passedBack = (/** @type {string} */ at) => heads(ledger(result, at).cards[3]);
  assert.deepEqual(passedBack("b3.4"), ["r₂", "s₂"]);
  assert.deepEqual(passedBack("b2.4"), ["da₂W_hᵀ", "dc₂⊙f₂"]);
  assert.deepEqual(passedBack("b0.4"), ["∂L/∂h₋₁", "∂L/∂c₋₁"]);
});

test("before the first step the product is the gradient of the initial state, not used unless it is learned", () => {
  const { caption, pieces, formula, plug } = ledger(answer("full"), "b0.4").cards[3];
  const [product] = pieces.flatMap((piece) => piece.kind === "column" ? [piece] : []);
  assert.equal(Math.hypot(...product.values).toFixed(3), "0.159");
  assert.equal(product.head, "∂L/∂h₋₁");
  assert.equal(plug?.(String), "passed on: 0");
  assert.match(plain(formula), /^da_0W_h\^⊤$/);
  assert.match(caption, /∂L\/∂h₋₁.*not used/);
  const full = answer("full"), learned = { ...full.params, updates: 2, initial_state: "learned" };
  assert.match(ledger({ ...full, params: learned }, "b0.4").cards[3].caption, /which is learned/);
});

/** @typedef {{answer: Result, walks: any[]}} Recorded an answer, and its backward passes where they are played apart */

/** Cells, schemes and k: 1, a short last block, T - 1 and more than T. @type {() => Recorded[]} */
const LEDGERS = () => recorded("ledgers");
const sigmoid = (/** @type {number} */ a) => 1 / (1 + Math.exp(-a));

/** @param {any} row @returns {number[]} */
const nums = (row) => row.map(Number);
/** @param {number[]} a @param {number[][]} W */
const rowTimes = (a, W) => W[0].map((_, j) => a.reduce((sum, value, i) => sum + value * W[i][j], 0));
/** @param {number[]} a @param {number[][]} W a Wᵀ */
const timesTransposed = (a, W) => W.map((row) => row.reduce((sum, w, j) => sum + w * a[j], 0));
/** @param {...number[]} vectors */
const plus = (...vectors) => vectors[0].map((_, j) => vectors.reduce((sum, vector) => sum + vector[j], 0));
/** @param {...number[]} vectors */
const product = (...vectors) => vectors[0].map((_, j) => vectors.reduce((all, vector) => all * vector[j], 1));
/** @param {number} factor @param {number[]} vector */
const scaled = (factor, vector) => vector.map((value) => factor * value);

/**
 * One backward step from its formulas, given what the step after it passes on.
 * @param {any} result @param {number} t @param {number[]} fromOutput @param {number[][]} fromFuture r (and s)
 */
function backwardStep(result, t, fromOutput, fromFuture) {
  const { weights, forward, params: { cell } } = result, H = fromOutput.length;
  const Wh = weights.Wh.map(nums), h = nums(t ? forward.h[t - 1] : forward.h0);
  const dh = plus(fromOutput, fromFuture[0]),
    slopes = (/** @type {number[]} */ v) => v.map((s) => s * (1 - s));
  const flat = (/** @type {number[]} */ v) => v.map((s) => 1 - s * s);
  if (cell === "rnn") {
    const da = product(dh, flat(nums(forward.h[t])));
    return { dh, da, dstate: [dh], back: [timesTransposed(da, Wh)] };
  }
  const gate = Object.fromEntries(
    Object.entries(forward.gates).map(([name, rows]) => [name, nums(/** @type {any[]} */ (rows)[t])]),
  );
  if (cell === "lstm") {
    const { f, g, i, o, c } = gate, out = c.map(Math.tanh);
    const before = t ? nums(forward.gates.c[t - 1]) : Array(H).fill(0);
    const dc = plus(fromFuture[1], product(dh, o, flat(out)));
    const da = [
      product(dc, before, slopes(f)),
      product(dc, i, flat(g)),
      product(dc, g, slopes(i)),
      product(dh, out, slopes(o)),
    ].flat();
    return { dh, da, dstate: [dh, dc], back: [timesTransposed(da, Wh), product(dc, f)] };
  }
  const { z, r, n } = gate, old = h, keep = z.map((value) => 1 - value);
  if (weights.bh) {
    const m = plus(rowTimes(h, Wh.map((/** @type {number[]} */ row) => row.slice(2 * H))), nums(weights.bh));
    const dn = product(dh, z, flat(n)), dr = product(dn, m, slopes(r));
    const dz = product(dh, plus(n, scaled(-1, old)), slopes(z)), past = product(keep, dh);
    const through = timesTransposed([dz, dr, product(dn, r)].flat(), Wh);
    return { dh, da: [dz, dr, dn].flat(), dstate: [dh], back: [plus(past, through)], past, through };
  }
  const of = (/** @type {number} */ k) =>
    Wh.map((/** @type {number[]} */ row) => row.slice(k * H, (k + 1) * H));
  const dn = product(dh, z, flat(n)), toReset = timesTransposed(dn, of(2));
  const dz = product(dh, plus(n, scaled(-1, old)), slopes(z)), dr = product(toReset, old, slopes(r));
  const past = product(keep, dh);
  const through = plus(timesTransposed(dz, of(0)), timesTransposed(dr, of(1)), product(r, toReset));
  return { dh, da: [dz, dr, dn].flat(), dstate: [dh], back: [plus(past, through)], past, through };
}

/** @param {number[]} found @param {number[]} expected @param {string} what */
function alike(found, expected, what) {
  assert.equal(found.length, expected.length, what);
  const size = Math.max(...expected.map(Math.abs), 1e-3);
  found.forEach((value, j) =>
    assert.ok(Math.abs(value - expected[j]) <= 2e-6 * size, `${what}: ${found} is not ${expected}`)
  );
}

/** @param {any} result @param {number} t */
const resetAt = ({ forward }, t) => nums(forward.gates.r[t]);

/** @param {any} result @param {number} t */
function inputs(result, t) {
  const x = result.vocabulary.map((/** @type {string} */ symbol) => Number(symbol === result.tokens[t]));
  const target = result.vocabulary.map((/** @type {string} */ symbol) =>
    Number(symbol === result.targets[t])
  );
  return { x, target };
}

test("every column of every backward card is its own formula, for all cells, schemes and block lengths", () => {
  let cards = 0;
  for (const { answer: result, walks } of LEDGERS()) {
    const { params, blocks, weights } = /** @type {any} */ (result), T = result.tokens.length;
    const H = result.forward.h[0].length, Wy = weights.Wy.map(nums), Wx = weights.Wx.map(nums);
    const scale = params.truncation === "randomized" ? 1 / (1 - params.cut) : 1;
    const answers = Object.fromEntries(walks.map((walk, i) => [`/api/walk?v=1&walk=${i}`, walk]));
    const passes = walks.length
      ? walks.map(({ walk }, i) => ({ ...walk, at: (/** @type {number} */ t) => `b${i}:${t}` }))
      : [{ start: 0, stop: T, newest_from: 0, at: (/** @type {number} */ t) => `b${t}` }];
    const gates = { rnn: [""], lstm: ["f", "g", "i", "o"], gru: ["z", "r", "n"] }[String(params.cell)] ?? [];
    for (const pass of passes) {
      const cuts = walks.length ? [pass.start] : blocks.map((/** @type {any} */ { start }) => start);
      const zero = () => Array(H).fill(0);
      let future = params.cell === "lstm" ? [zero(), zero()] : [zero()];
      /** @type {number[][]} */
      let sum = [], dbh = zero();
      for (let t = pass.stop - 1; t >= pass.start; t -= 1) {
        const what = `${JSON.stringify([params.cell, params.truncation, params.k])} ${pass.at(t)}`;
        const { x, target } = inputs(result, t), p = nums(/** @type {any} */ (result.forward.p)[t]);
        const e = t < pass.newest_from ? scaled(0, p) : scaled(1 / T, plus(p, scaled(-1, target)));
        const fromOutput = timesTransposed(e, Wy), step = backwardStep(result, t, fromOutput, future);
        const left = (/** @type {string} */ gate) => {
          const h = nums(t ? result.forward.h[t - 1] : result.forward.h0);
          return gate === "n" && !weights.bh ? product(h, resetAt(result, t)) : h;
        };
        /** The gradient of the product with Wh: that of n meets the reset, where it comes after. */
        const dm = (/** @type {string} */ gate, /** @type {number} */ k) => {
          const da = step.da.slice(k * H, (k + 1) * H);
          return gate === "n" && weights.bh ? product(da, resetAt(result, t)) : da;
        };
        const dWh = gates.flatMap((gate, k) => [left(gate).map((h) => scaled(h, dm(gate, k)))]);
        if (weights.bh) dbh = plus(dbh, dm("n", 2));
        sum = sum.length
          ? sum.map((block, k) => plus(block, dWh[k].flat()))
          : dWh.map((block) => block.flat());
        gates.forEach((gate, k) => {
          const { cards: [meet, through, share, on] } = ledger(result, `${pass.at(t)}.4`, {
            answers,
            gate: gate || null,
          });
          cards += 4;
          const met = columns(meet).map(({ values }) => values);
          [fromOutput, future[0], step.dh, ...(params.cell === "lstm" ? [future[1], step.dstate[1]] : [])]
            .forEach((expected, i) => alike(met[i], expected, `${what} meeting ${i}`));
          const das = columns(through).filter(({ head }) => head.startsWith("da"));
          alike(das.flatMap(({ values }) => values), step.da, `${what} da`);
          const [term, soFar] = stacks(share).map(({ groups }) => groups[0].rows.flat());
          alike(term, dWh[k].flat(), `${what} term ${gate}`);
          alike(soFar, sum[k], `${what} sum ${gate}`);
          const inside = weights.bh && gate === "n";
          if (inside) {
            const [term, soFar] = stacks(share).map(({ groups }) => groups[1].rows.flat());
            alike(term, dm(gate, k), `${what} dbh`);
            alike(soFar, dbh, `${what} sum of dbh`);
          }
          const [Wx_rows, b] = stacks(share)[0].groups.slice(inside ? 2 : 1),
            da = step.da.slice(k * H, (k + 1) * H);
          const shown = x.map((/** @type {number} */ _, /** @type {number} */ i) => i)
            .filter((/** @type {number} */ i) => x.length <= 4 || x[i]);
          alike(
            Wx_rows.rows.flat(),
            shown.flatMap((/** @type {number} */ i) => scaled(x[i], da)),
            `${what} dWx`,
          );
          alike(b.rows.flat(), da, `${what} db`);
          const passed = columns(on), isCut = cuts.includes(t);
          const vectors = passed.filter(({ head }) => !head.startsWith("dx"));
          if (isCut) {
            const thrown = vectors.filter(({ scale }) => scale === "thrown").map(({ values }) => values);
            thrown.forEach((values, i) => alike(values, step.back[i], `${what} thrown ${i}`));
            assert.equal(thrown.length, vectors.length);
            assert.equal(thrown.length, step.back.length);
            assert.equal(on.plug?.(String), "passed on: 0");
          } else {
            const expected = params.cell === "gru"
              ? [scaled(scale, step.back[0]), step.past, step.through]
              : step.back.map((vector) => scaled(scale, vector));
            assert.equal(vectors.length, expected.length);
            vectors.forEach(({ values, hatched }, i) => {
              assert.ok(!hatched);
              alike(values, /** @type {number[]} */ (expected[i]), `${what} passed on ${i}`);
            });
          }
          if (params.cell === "rnn") {
            alike(passed[passed.length - 1].values, timesTransposed(step.da, Wx), `${what} dx`);
            assert.match(passed[passed.length - 1].head, /^dx/);
          }
        });
        future = cuts.includes(t) ? future.map(zero) : step.back.map((vector) => scaled(scale, vector));
      }
    }
  }
  assert.ok(cards > 1000, String(cards));
});

test("every column of every forward card and of the update is its own formula, for all cells", () => {
  for (const { answer: result } of LEDGERS().filter(({ answer }) => answer.params.truncation === "full")) {
    const { params, weights, forward } = /** @type {any} */ (result), H = forward.h[0].length;
    const [Wx, Wh, Wy] = [weights.Wx, weights.Wh, weights.Wy].map((W) => W.map(nums));
    const gates = { rnn: [""], lstm: ["f", "g", "i", "o"], gru: ["z", "r", "n"] }[String(params.cell)] ?? [];
    result.tokens.forEach((_, t) => {
      const h = nums(t ? forward.h[t - 1] : forward.h0), { x, target } = inputs(result, t);
      gates.forEach((gate, k) => {
        const what = `${params.cell} ${gate} ${t}`;
        const { cards: [sum, activated, prediction, loss] } = ledger(result, `f${t}.4`, {
          gate: gate || null,
        });
        const isInside = gate === "n" && weights.bh;
        const left = gate === "n" && !isInside ? product(h, resetAt(result, t)) : h;
        const part = (/** @type {number[]} */ row) => row.slice(k * H, (k + 1) * H);
        const m = rowTimes(left, Wh.map(part));
        const a = plus(
          isInside ? product(resetAt(result, t), plus(m, nums(weights.bh))) : m,
          ...[rowTimes(x, Wx.map(part)), part(nums(weights.b))],
        );
        const { groups } = stacks(sum)[0];
        alike(groups[groups.length - 1].rows[0], a, `${what} a`);
        alike(columnSums(groups.slice(0, -1)), a, `${what} products`);
        const values = columns(activated).map(({ values }) => values), after = nums(forward.h[t]);
        if (params.cell === "rnn") [a, a.map(Math.tanh)].forEach((v, i) => alike(values[i], v, `${what} h`));
        else {
          const value = gate === "g" || gate === "n" ? a.map(Math.tanh) : a.map(sigmoid);
          alike(nums(forward.gates[gate][t]), value, `${what} gate`);
        }
        if (params.cell === "lstm") {
          const [f, before, i, g, c, o, next] = values;
          alike(c, plus(product(f, before), product(i, g)), `${what} c`);
          alike(next, product(o, c.map(Math.tanh)), `${what} h`);
        }
        if (params.cell === "gru") {
          const [z, before, n, next] = values;
          alike(next, plus(product(z.map((v) => 1 - v), before), product(z, n)), `${what} h`);
        }
        const scores = plus(rowTimes(after, Wy), nums(weights.by)), largest = Math.max(...scores);
        const exps = scores.map((score) => Math.exp(score - largest));
        const p = scaled(1 / exps.reduce((one, two) => one + two, 0), exps);
        const [chances] = prediction.pieces;
        assert.ok(chances.kind === "chances");
        alike(chances.rows.map(({ share }) => share), p, `${what} p`);
        chances.rows.forEach(({ score }, i) =>
          assert.ok(Math.abs(Number(score.replace("−", "-")) - scores[i]) < 0.00501)
        );
        const [figure] = loss.pieces, wanted = -Math.log(p[target.indexOf(1)]);
        assert.ok(figure.kind === "figure" && figure.text === sci(wanted));
      });
    });
    gates.forEach((gate, k) => {
      const [W, dW, next] = stacks(ledger(result, "u", { gate: gate || null }).cards[0]).map((s) =>
        s.groups[0].rows
      );
      const part = (/** @type {number[]} */ row) => row.slice(k * H, (k + 1) * H);
      alike(W.flat(), Wh.map(part).flat(), "W");
      alike(dW.flat(), /** @type {any} */ (result).truncated.gradients.Wh.map(nums).map(part).flat(), "dW");
      alike(next.flat(), plus(W.flat(), scaled(-params.lr, dW.flat())), "next");
    });
  }
});

/**
 * The formulas of the cards, and the heads of their columns.
 * @param {string} name @param {string} at @param {string} [gate]
 */
function written(name, at, gate) {
  const { cards } = ledger(answer(name), at, { gate: gate ?? null });
  return cards.map((card) => [plain(card.formula), columns(card).map(({ head }) => head).join(" ")]);
}

test("formulas and columns of the forward pass name their step and the one before", () => {
  assert.deepEqual(written("bptt", "f2.2").slice(0, 2), [
    ["a_2=h_1W_h+x_2W_x+b", ""],
    ["h_2=f(a_2)", "a₂ h₂"],
  ]);
  assert.deepEqual(written("lstm", "f2.2", "i").slice(0, 2), [
    ["a_2,i=h_1W_h,i+x_2W_x,i+b_i", ""],
    ["c_2=f_2⊙c_1+i_2⊙g_2,h_2=o_2⊙tanhc_2", "f₂ ⊙ c₁ i₂ ⊙ g₂ c₂ o₂ h₂"],
  ]);
  assert.deepEqual(written("gru", "f2.2", "r").slice(0, 2), [
    ["a_2,r=h_1W_h,r+x_2W_x,r+b_r", ""],
    ["h_2=(1−z_2)⊙h_1+z_2⊙n_2", "z₂ h₁ n₂ h₂"],
  ]);
  assert.equal(
    written("gru-reset-after", "f2.2", "n")[0][0],
    "a_2,n=r_2⊙(h_1W_h,n+b_h)+x_2W_x,n+b_n",
  );
  assert.equal(written("lstm", "f0.2")[1][0], "c_0=f_0⊙c_−1+i_0⊙g_0,h_0=o_0⊙tanhc_0");
});

test("formulas and columns of the backward pass name their step and the one before", () => {
  assert.deepEqual(written("full", "b2.4"), [
    ["dh_2=e_2W_y^⊤+r_2", "output future dh₂"],
    ["da_2=dh_2⊙f′(a_2)", "1−h₂² da₂"],
    ["dW_h+=h_1^⊤da_2", ""],
    ["r_1=da_2W_h^⊤", "r₁ dx₂"],
  ]);
  assert.deepEqual(written("lstm", "b1.4", "f"), [
    ["dh_1=e_1W_y^⊤+r_1", "output ✂ cut dh₁ s₁ dc₁"],
    ["da_1,f=dc_1⊙c_0⊙σ′", "da₁ f da₁ g da₁ i da₁ o"],
    ["dW_h,f+=h_0^⊤da_1", ""],
    ["r_0=da_1W_h^⊤", "r₀ s₀"],
  ]);
  assert.deepEqual(written("gru", "b1.4", "z"), [
    ["dh_1=e_1W_y^⊤+δ_1", "output ✂ cut dh₁"],
    ["da_1,z=dh_1⊙(n_1−h_0)⊙σ′", "da₁ z da₁ r da₁ n"],
    ["dW_h,z+=h_0^⊤da_1", ""],
    ["δ_0=(1−z_1)⊙dh_1+ρ_1", "δ₀ (1−z)dh ρ₁"],
  ]);
});

test("every gate has a formula of its own, with what comes in and what it meets", () => {
  const through = (/** @type {string} */ name, /** @type {string} */ gate) => {
    const [, card] = ledger(answer(name), "b2.2", { gate }).cards;
    return [plain(card.formula), card.caption.replace(/.*where /, "")];
  };
  assert.deepEqual([..."fgio"].map((gate) => through("lstm", gate)), [
    ["da_2,f=dc_2⊙c_1⊙σ′", "σ′ = f₂ (1 − f₂)"],
    ["da_2,g=dc_2⊙i_2⊙tanh′", "tanh′ = 1 − g₂²"],
    ["da_2,i=dc_2⊙g_2⊙σ′", "σ′ = i₂ (1 − i₂)"],
    ["da_2,o=dh_2⊙tanhc_2⊙σ′", "σ′ = o₂ (1 − o₂)"],
  ]);
  assert.deepEqual([..."zrn"].map((gate) => through("gru", gate)), [
    ["da_2,z=dh_2⊙(n_2−h_1)⊙σ′", "σ′ = z₂ (1 − z₂)"],
    ["da_2,r=da_2,nW_h,n^⊤⊙h_1⊙σ′", "σ′ = r₂ (1 − r₂)"],
    ["da_2,n=dh_2⊙z_2⊙tanh′", "tanh′ = 1 − n₂²"],
  ]);
  assert.equal(written("gru", "b2.3", "n")[2][0], "dW_h,n+=(r_2⊙h_1)^⊤da_2");
  assert.deepEqual([..."zrn"].map((gate) => through("gru-reset-after", gate)), [
    ["da_2,z=dh_2⊙(n_2−h_1)⊙σ′", "σ′ = z₂ (1 − z₂)"],
    ["da_2,r=da_2,n⊙(h_1W_h,n+b_h)⊙σ′", "σ′ = r₂ (1 − r₂)"],
    ["da_2,n=dh_2⊙z_2⊙tanh′", "tanh′ = 1 − n₂²"],
  ]);
  assert.equal(written("gru-reset-after", "b2.3", "n")[2][0], "dW_h,n+=h_1^⊤(r_2⊙da_2)");
  assert.equal(written("gru-reset-after", "b2.3", "r")[2][0], "dW_h,r+=h_1^⊤da_2");
});

test("the captions of gated cells name what meets and what is handed on", () => {
  const captions = (/** @type {string} */ name) =>
    ledger(answer(name), "b1.4").cards.map(({ caption }) => caption);
  assert.match(captions("lstm")[0], /dc₁ = s₁ \(c’s future\) \+ dh₁ ⊙ o₁ ⊙ \(1 − tanh² c₁\)$/);
  assert.match(captions("lstm")[3], /back to h₀.*And along c: s₀ = dc₁ ⊙ f₁\.$/);
  assert.match(captions("gru")[3], /back to h₀.* ρ₁: .*for n, times r₁\.$/);
  assert.match(captions("gru-reset-after")[3], /back to h₀.* ρ₁: r ⊙ da for n/);
});

test("the numbers plugged in are those of the unit", () => {
  const plugged = (
    /** @type {string} */ name,
    /** @type {string} */ at,
    /** @type {number} */ card,
    gate = "",
  ) =>
    ledger(answer(name), at, { gate: gate || null }).cards[card].plug?.((value) => Number(value).toFixed(3));
  assert.equal(plugged("bptt", "f2.2", 1), "tanh(+1.51) = +0.91");
  assert.equal(plugged("lstm", "f2.2", 1), "0.56 × tanh(−0.30) ≈ −0.17");
  assert.equal(plugged("gru", "f2.2", 1), "0.83 × −0.15 + 0.17 × −0.67 = −0.24");
  assert.equal(plugged("full", "b2.4", 0), "0.027 + 0.037 = 0.064");
  assert.equal(plugged("bptt", "b3.4", 0), "0.034 + 0 = 0.034");
  assert.equal(plugged("bptt", "b3.4", 1), "0.034 × 0.88 = 0.030");
  assert.equal(plugged("lstm", "b1.4", 1, "f"), "-0.023 × 0.13 × 0.21 = -0.001");
  assert.equal(plugged("gru", "b1.4", 1, "z"), "-0.157 × (−0.70) × 0.21 = 0.023");
});

test("that of W_x one row alone changes is said only where it has more", () => {
  const share = (/** @type {string} */ name) => ledger(answer(name), "b1.3").cards[2].caption;
  assert.match(share("bptt"), /in W_x only the row of the nonzero input/);
  assert.doesNotMatch(share("numbers"), /only the row/);
});

test("the slope of a saturated gate is not lost in the gate's own value", () => {
  const near1 = (/** @type {number} */ found, /** @type {number} */ wanted) =>
    assert.ok(Math.abs(found / wanted - 1) < 1e-14, `${found} is not ${wanted}`);
  for (const a of [-700, -40, -3, 0, 2, 19, 40, 300]) {
    near1(gate(a), a < 0 ? Math.exp(a) / (1 + Math.exp(a)) : 1 / (1 + Math.exp(-a)));
    near1(sigmoidSlope(a), Math.exp(-Math.abs(a)) / (1 + Math.exp(-Math.abs(a))) ** 2);
    if (Math.abs(a) < 350) near1(tanhSlope(a), 1 / Math.cosh(a) ** 2);
  }
});

test("many-to-one, only the last step has a loss of its own", () => {
  const result = answer("last"), T = result.tokens.length;
  const own = (/** @type {number} */ t) => ownLoss(/** @type {any} */ ({ result, t, T, pass: null }));
  assert.deepEqual([0, T - 2, T - 1].map(own), ["no_loss", "no_loss", null]);
});

test("the power of ten stands above the numbers that it multiplies, and above no others", () => {
  makeDocument();
  /** @param {any} node @returns {string[]} texts of its rows of powers */
  const powers = (node) =>
    (node.children ?? []).flatMap((/** @type {any} */ child) =>
      child.attributes?.class === "power" ? [child.children.join("")] : powers(child)
    );
  const look = {
    sizes: sizesOf(2, { phone: false, width: 1280 }),
    paint: () => ({ fill: "", ink: "" }),
    max: /** @type {Record<LedgerScale, number>} */ ({}),
    powers: { vectors: -2, matrices: -5 },
    scaled: true,
    unit: 0,
    shape: () => "",
  };
  const node = (/** @type {Partial<LedgerColumn>} */ how, changes = {}) =>
    columnNode(column("dh", [0.01, 0.02], how), { ...look, ...changes });
  assert.deepEqual(powers(node({})), ["×10⁻²"]);
  assert.deepEqual(powers(node({ power: null })), [""], "as high as its neighbors, but without a unit");
  assert.deepEqual(powers(node({}, { powers: { vectors: 0, matrices: -5 } })), [""]);
  const label = (/** @type {number} */ n) => {
    const made = columnNode(column("h", Array(n).fill(0.5), { power: null }), look);
    return [...made.children].map((child) => child.getAttribute("aria-label")).find(Boolean);
  };
  assert.equal(label(2), "h: 0.50, 0.50");
  assert.equal(label(16)?.split(",").length, 16);
  assert.doesNotMatch(label(16) ?? "", /…/, "sixteen numbers are read out");
  assert.match(label(17) ?? "", /^h: (0\.50, ){15}0\.50 …$/);
  assert.equal(label(0), "h: 0");
  assert.deepEqual(powers(node({}, { scaled: false })), [], "no row where nothing has a unit");
  const stack = /** @type {LedgerStack} */ ({
    kind: "stack",
    groups: [{ name: "W", spoken: "W", shape: "H,H", rows: [[1e-5, 2e-5]] }],
    scale: "weights",
    power: "matrices",
    decimals: 1,
  });
  const top = { name: "da", spoken: "da", values: [0.01, 0.02] };
  for (const how of [{ top }, { head: "sum", bare: true }]) {
    assert.deepEqual(powers(stackNode({ ...stack, ...how }, look)), ["×10⁻⁵"]);
  }
  const spoken = /** @type {any} */ (node({})).children[2].attributes["aria-label"];
  assert.equal(spoken, "dh: (1.00, 2.00)\u00a0×\u00a010⁻²");
});

test("the ledger of a GRU says whose reset it has, in both languages", () => {
  const of = (/** @type {string} */ name, language = "en") =>
    conventionOf(answer(name), viewWith({}, language).words);
  assert.match(of("gru"), /before Wₕ.*Cho et al/);
  assert.match(of("gru-reset-after"), /after Wₕ.*PyTorch and Keras 3/);
  assert.match(of("gru-reset-after", "ko"), /뒤.*PyTorch/);
  assert.equal(of("lstm") + of("bptt"), "");
});
