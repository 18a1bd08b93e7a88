// The weight matrices panel.

import assert from "node:assert/strict";
import { test } from "node:test";
import { weightsNeeded } from "../../static/js/page/constraints.js";
import { learnedState, matrices, size, written } from "../../static/js/explorer/panels/matrices.js";
import { answer, ANSWERS, controls } from "./recorded.js";

for (const name of [...ANSWERS, "gru-reset-after"]) {
  test(`the weights of ${name} are as many as a link must carry, each with where it comes from and goes to`, () => {
    const result = answer(name), all = matrices(result);
    assert.equal(size(all).n, weightsNeeded(result.params, controls()));
    assert.equal(written(all).split(",").length, size(all).n);
    for (const { rows, from, to } of all) {
      assert.equal(rows.length, from.length);
      assert.ok(rows.every((row) => row.length === to.length));
    }
  });
}

test("a link carries them matrix by matrix and row by row", () => {
  const { weights: { Wx, Wh, b, Wy, by } } = answer("bptt");
  assert.equal(written(matrices(answer("bptt"))), [Wx, Wh, b, Wy, by].flat(2).join());
  const own = answer("gru-reset-after").weights;
  assert.equal(
    written(matrices(answer("gru-reset-after"))),
    [own.Wx, own.Wh, own.b, own.bh, own.Wy, own.by].flat(2).join(),
  );
});

test("few weights can be typed over, more are read, and one that overflowed is left alone", () => {
  const small = answer("bptt");
  assert.deepEqual(size(matrices(small)), { n: 140, edited: true, drawn: true });
  small.weights.b[3] = null;
  assert.equal(size(matrices(small)).edited, false);
});

test("the columns of a gated cell are its units, gate by gate in the textbook's order", () => {
  for (const [name, gates] of [["lstm", "fgio"], ["gru", "zrn"], ["gru-reset-after", "zrn"], ["bptt", "0"]]) {
    const [{ to }] = matrices(answer(name));
    assert.equal(to.filter((unit) => unit.endsWith("0")).map((unit) => unit[0]).join(""), gates);
    assert.equal(to.length, gates.length * Number(answer(name).params.hidden));
  }
});

test("up to 400 numbers can be changed in their table, up to 5,000 are drawn, and none where one is missing", () => {
  /** @param {number} n @param {Num} [value] */
  const of = (n, value = 0) => size([{ .../** @type {any} */ ({}), rows: [Array(n).fill(value)] }]);
  assert.deepEqual([400, 401].map((n) => of(n).edited), [true, false]);
  assert.deepEqual([5000, 5001].map((n) => of(n).drawn), [true, false]);
  assert.deepEqual(of(3, null), { n: 3, edited: false, drawn: true });
});

test("a learned initial state goes with the weights into a link, so that descent goes on from it", () => {
  const lstm = answer("lstm"), { h0, c0 } = lstm.forward;
  /** @param {Record<string, string | number>} params @param {Result} [of] */
  const taken = (params, of = lstm) => learnedState({ ...of, params: { ...of.params, ...params } });
  assert.deepEqual(taken({ updates: 3, initial_state: "learned" }), { h0: h0.join(), c0: c0?.join() });
  assert.deepEqual(taken({ updates: 3, initial_state: "given" }), {});
  assert.deepEqual(taken({ updates: 0, initial_state: "learned" }), {});
  const rnn = answer("bptt");
  assert.deepEqual(taken({ updates: 1, initial_state: "learned" }, rnn), { h0: rnn.forward.h0.join() });
});
