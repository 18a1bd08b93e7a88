// The initial state in the unrolled graph: a box before the first step, its arrow, and the gradient that comes back to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { initialPlace, initialStateShapes } from "../../static/js/explorer/unrolled/initial-state.js";
import { leadOf } from "../../static/js/explorer/unrolled/moment.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { compact, sci } from "../../static/js/lib/format.js";
import { length } from "../../static/js/plot/scale.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { answer, viewWith } from "./recorded.js";

/** An answer with another initial state. @param {string} name @param {object} state @returns {Result} */
const beginning = (name, state) => {
  const result = answer(name);
  return { ...result, forward: { ...result.forward, ...state } };
};
const H0 = [0.5, -0.5, 0, 0, 0, 0, 0, 0], ZEROS = H0.map(() => 0);

/** @param {Result} result @param {Partial<View>} [changes] */
function drawn(result, changes = {}) {
  const phone = Boolean(changes.phone), view = viewWith({ lead: leadOf(result, phone), ...changes });
  const { behind, above } = initialStateShapes(result, view, penOf(result, view));
  const { colors } = view;
  const filled = (/** @type {string} */ color) =>
    behind.filter((/** @type {any} */ shape) => shape.fillcolor === color && !shape.path.startsWith("M-9,"));
  return {
    texts: above.flatMap((/** @type {any} */ shape) => shape.label?.text ?? []),
    forward: /** @type {any[]} */ (filled(colors.forward)),
    backward: /** @type {any[]} */ (filled(colors.backward)),
  };
}

test("a state of zeros has no room and no box", () => {
  assert.equal(leadOf(answer("bptt"), false), 0);
  assert.deepEqual(drawn(answer("bptt")), { texts: [], forward: [], backward: [] });
  assert.ok(leadOf(beginning("bptt", { h0: H0 }), false) > leadOf(beginning("bptt", { h0: H0 }), true));
});

test("a given state is a box with its name, an arrow into the first step and the norm of its gradient", () => {
  const result = beginning("bptt", { h0: H0 }), { texts, forward, backward } = drawn(result);
  assert.deepEqual(texts, ["h₋₁", compact(sci(length(result.truncated.dh_initial)))]);
  assert.equal(forward.length, 1);
  assert.equal(backward.length, 1);
  const cut = { ...result, truncated: { ...result.truncated, dh_initial: ZEROS } };
  assert.deepEqual([drawn(cut).texts, drawn(cut).backward], [["h₋₁"], []], "nothing comes back");
});

test("of an LSTM each vector that is not zero has its box, in its own row", () => {
  const zeros = answer("lstm").forward.h0.map(() => 0), c0 = zeros.map((_, i) => i);
  assert.equal(drawn(beginning("lstm", { h0: zeros, c0 })).texts[0], "c₋₁");
  assert.deepEqual(
    drawn(beginning("lstm", { h0: c0, c0 })).texts.filter((text) => text.endsWith("₋₁")),
    ["h₋₁", "c₋₁"],
  );
});

test("the gradient comes last of a backward pass, and is not told while it is covered or one loss is followed", () => {
  const result = beginning("bptt", { h0: H0 });
  const at = (/** @type {string} */ moment) => drawn(result, { at: readMoment(moment) });
  assert.deepEqual(["f0.1", "b1.4", "b0.3"].map((moment) => at(moment).backward.length), [0, 0, 0]);
  assert.deepEqual(["b0.4", "u"].map((moment) => at(moment).backward.length), [1, 1]);
  assert.ok(at("b0.4").forward[0].opacity < at("f0.1").forward[0].opacity);
  const covered = drawn(result, { veil: "h.0" });
  assert.deepEqual([covered.texts, covered.backward.length], [["h₋₁"], 1]);
  assert.equal(drawn(result, { s: 3, t: 1, pair: { s: 3, t: 1 } }).backward.length, 0);
});

test("everywhere the box is in the picture before the first state, with an arrow between them", () => {
  for (
    const screen of [{}, { width: 344, height: 500, gutter: 46, phone: true }, { width: 1820, height: 860 }]
  ) {
    for (let T = 1; T <= 200; T += 1) {
      for (const cell of ["rnn", "lstm"]) {
        const lead = leadOf(beginning("bptt", { h0: H0 }), Boolean(screen.phone));
        const view = viewWith({ ...screen, lead }), g = geometry(T, { ...view, cell });
        for (const chain of g.chains) {
          const { x, width, from, to } = initialPlace(g, chain, lead);
          assert.ok(x - width / 2 >= 0, `${T}: begins at ${x - width / 2}`);
          assert.ok(x + width / 2 < g.cx(0) - g.cell / 2 - 3, `${T}: beside the state`);
          assert.ok(to - from >= 12, `${T}: an arrow of ${to - from}`);
        }
        assert.ok(g.cx(T - 1) + g.c / 2 <= g.W + 0.001);
      }
    }
  }
});

test("the picture draws it, and the names of the rows keep clear of it", () => {
  const result = beginning("bptt", { h0: H0 }), view = viewWith({ lead: leadOf(result, false) });
  assert.match(JSON.stringify(graph.shapes(result, view)), /h₋₁/);
  const shift = (/** @type {View} */ view) => Number(graph.gutter(result, view)[0].shift);
  const g = penOf(result, view), { x, width } = initialPlace(g, g.chains[0], Number(view.lead));
  assert.ok(shift(view) <= x - width / 2);
});

test("where only later columns are drawn, it is out of sight", () => {
  const result = beginning("long", { h0: [1, 0] });
  assert.deepEqual(drawn(result, { columns: { start: 20, stop: 40 } }).texts, []);
  const view = viewWith({ lead: leadOf(result, false), columns: { start: 0, stop: 20 } }),
    g = penOf(result, view);
  assert.ok(g.drawn.left <= initialPlace(g, g.chains[0], Number(view.lead)).x - 14);
});
