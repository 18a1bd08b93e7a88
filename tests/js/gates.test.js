// The unrolled graph of cells with gates: two chains of an LSTM, one of a GRU, and the gates between states and inputs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tablesOf } from "../../static/js/explorer/export/tables.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { describeTarget } from "../../static/js/explorer/describe-target.js";
import { describeRun, describeStep } from "../../static/js/explorer/readout.js";
import { gateMarks, gatePlaces, meanOf } from "../../static/js/explorer/unrolled/gates.js";
import { pathMarks } from "../../static/js/explorer/unrolled/path.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";
import { traces } from "../../static/js/explorer/unrolled/traces.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { inGraph } from "../../static/js/explorer/cuts/places.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { gradientRange, length, position, widthOf } from "../../static/js/plot/scale.js";
import { words } from "../../static/js/lib/words.js";
import { graphShapes } from "./graph-shapes.js";
import { answer, viewWith } from "./recorded.js";

const SCREENS = {
  projector: viewWith({ width: 1164, height: 430 }),
  large: viewWith({ width: 1804, height: 660 }),
  "low screen": viewWith({ width: 1164, height: 248 }),
  phone: viewWith({ width: 344, height: 400, gutter: 46, phone: true }),
};

for (const [name, screen] of Object.entries(SCREENS)) {
  for (const cell of ["lstm", "gru"]) {
    test(`on a ${name} every part of an ${cell}'s column has its place, for every length`, () => {
      for (let T = 1; T <= 200; T += 1) {
        for (const isCut of [false, true]) {
          const { chains, gates, rows, output, box, tails, level, short, lanes, H } = geometry(T, {
            ...{ ...screen, cell, isCut, outputs: 4 },
          });
          assert.equal(chains.length, cell === "lstm" ? 2 : 1);
          assert.equal(Boolean(gates), level !== "compact" && !short, "gates where there is room");
          const spans = [
            { top: rows.output - output.height / 2, bottom: rows.output + output.height / 2 },
            chains[0],
            ...(gates ? [{ top: gates.top, bottom: gates.top + gates.height }] : []),
            ...chains.slice(1),
            ...(tails
              ? [{ top: tails.top, bottom: tails.top + (level === "compact" ? 8 : tails.height) }]
              : []),
            { top: rows.input - box / 2, bottom: rows.input + box / 2 },
          ];
          spans.forEach(({ top, bottom }, i) => {
            assert.ok(bottom - top >= 8, `${T}: part ${i} is ${bottom - top} px high`);
            assert.ok(!i || top > spans[i - 1].bottom, `${T}: part ${i} under the one before`);
          });
          assert.ok(spans[spans.length - 1].bottom < H);
          if (level === "compact") {
            const heights = chains.flatMap((
              { forward, top, bottom, backward },
            ) => [forward, top, bottom, backward]);
            assert.deepEqual(heights, heights.toSorted((a, b) => a - b), "each between its two lanes");
            assert.deepEqual([heights[0], heights[heights.length - 1]], [lanes.forward, lanes.backward]);
          }
        }
      }
    });
  }
}

test("four units have room for numbers on a projector, in both states", () => {
  const { chains } = geometry(7, { ...SCREENS.projector, cell: "lstm", outputs: 4 });
  for (const { top, bottom } of chains) assert.ok((bottom - top) / 4 >= 15, `${bottom - top} px`);
});

/** @typedef {{path?: string, fillcolor: string, line: {color?: string, dash?: string}, label?: {text: string}}} Shape */

/** @param {Result} result @param {View} view */
const shapesOf = (result, view) => /** @type {Shape[]} */ (graphShapes(result, view));

/** The numbers under the arrows. @param {Result} result @param {View} view */
const numbers = (result, view) =>
  shapesOf(result, view).flatMap((
    { label },
  ) => (label && /^[\d.]+$|10/.test(label.text) ? [label.text] : []));

test("both vectors of an LSTM have an arrow forward and one back at every edge, cut ones included", () => {
  const result = answer("lstm"), view = viewWith({ width: 1164, height: 430 });
  const edges = result.tokens.length - 1, cuts = result.blocks.length - 1;
  const count = (/** @type {(shape: Shape) => boolean} */ which) =>
    shapesOf(result, view).filter(which).map(({ path }) => path?.match(/Z/g)?.length ?? 0);
  assert.equal(
    shapesOf(result, view).filter(({ line }) => line.color === view.colors.ghost && line.dash)
      .reduce((sum, { path }) => sum + (path?.match(/M[\d.]/g)?.length ?? 0), 0),
    2 * cuts,
    "an outline of what is thrown away on each",
  );
  assert.ok(count(({ fillcolor }) => fillcolor === view.colors.forward).includes(2 * edges));
  assert.equal(numbers(result, view).length, 2 * edges);
});

test("the numbers under the arrows are the norms along h and along c, of what is kept, and of what is thrown away", () => {
  const result = answer("lstm"), view = viewWith({ width: 1164, height: 430 });
  const sizes = result.tokens.slice(1).flatMap((_, i) => {
    const isCut = result.blocks.some(({ start }) => start === i + 1),
      part = isCut ? result.full : result.truncated;
    return [part.dh_future, part.dc_future ?? []].map((rows) => Number(length(rows[i])?.toPrecision(2)));
  });
  assert.deepEqual(numbers(result, view).map((number) => Number(number.replace("×10⁻³", "e-3"))), sizes);
});

test("both chains share one scale of widths, which reaches from the least to the greatest of both", () => {
  const result = answer("lstm"), { low, high } = gradientRange(result);
  const all = [...result.full.dh_future, ...(result.full.dc_future ?? [])].map(length).filter(Boolean).map(
    Number,
  );
  const logs = [...all, ...result.full.dh_norm.map(Number)].map(Math.log10);
  assert.ok(Math.abs(high - Math.max(...logs)) < 1e-9);
  assert.ok(low <= Math.min(...logs) + 1e-9 && low <= high - 1);
  const g = penOf(result, viewWith({ width: 1164, height: 430 }));
  assert.ok(
    g.arrow.widest < (g.chains[0].bottom - g.chains[0].top) / 4,
    "no wider than half of its way to the other",
  );
  assert.ok(widthOf(position(10 ** high, { low, high }), g.arrow.widest) === g.arrow.widest);
});

test("a followed loss goes back along both vectors: along c by what c alone brings", () => {
  const result = answer("lstm"), s = result.tokens.length - 1, view = viewWith({ s, pair: { s, t: 0 } });
  result.kept = result.kept.map((row) => row.map((value) => (value === null ? null : 1)));
  const back = pathMarks(result, view, penOf(result, view));
  const written = back.labels.flatMap((shape) => {
    const { label } = /** @type {Shape} */ (shape);
    return label ? [label.text] : [];
  });
  const expected = Array.from({ length: s }, (_, i) => s - 1 - i).flatMap((t) =>
    [result.credit[s][t], result.credit_c_future?.[s][t]].map((size) => Number(Number(size).toPrecision(2)))
  );
  assert.deepEqual(
    written.map((text) => Number(text.replace(/×10⁻(.)/, (_, n) => `e-${"⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(n)}`))),
    expected,
  );
});

/** The boxes of a path. @param {string} path */
const boxes = (path) =>
  [...path.matchAll(/M(-?[\d.]+),(-?[\d.]+)L(-?[\d.]+),[^L]*L[^,]*,(-?[\d.]+)/g)].map(([, ...at]) =>
    at.map(Number)
  );

test("a gate has a bar for each unit, as high as it is open, and none at a step that has not come", () => {
  for (const [name, gates] of Object.entries({ lstm: ["f", "i", "o"], gru: ["z", "r"] })) {
    const result = answer(name), g = penOf(result, viewWith({ width: 1164, height: 430 })), H = 8;
    const T = result.tokens.length, { backs, bars } = gateMarks(result, g, () => true);
    assert.equal(boxes(backs).length, T * gates.length);
    assert.equal(boxes(bars).length, T * gates.length * H);
    const places = gatePlaces(1, g, H), first = boxes(bars).slice(gates.length * H, gates.length * H + H);
    assert.deepEqual(places.map(({ gate }) => gate), gates);
    first.forEach(([left, top, right, foot], unit) => {
      const open = Number(result.forward.gates?.[gates[0]][1][unit]);
      assert.ok(Math.abs((foot - top) / places[0].height - open) < 0.01, `${name}, unit ${unit}`);
      assert.ok(right - left >= 1.9, "two pixels");
    });
    assert.equal(boxes(gateMarks(result, g, (t) => t < 2).bars).length, 2 * gates.length * H);
  }
});

test("gates are gray and without numbers; a covered state covers them", () => {
  const result = answer("gru"), view = viewWith({ width: 1164, height: 430, veil: "h.1" });
  const { bars } = gateMarks(result, penOf(result, view), () => true), all = result.tokens.length;
  assert.equal(boxes(bars).length, (all - 1) * 16);
  const muted = shapesOf(result, view).filter(({ fillcolor }) => fillcolor === view.colors.muted);
  assert.ok(muted.some(({ path }) => path === bars));
});

test("gates of 64 units still fit between their neighbors", () => {
  for (const width of [1164, 344]) {
    const g = geometry(6, { ...viewWith({ width, height: 430 }), cell: "lstm" });
    for (let t = 1; t < 6; t += 1) {
      const right = Math.max(...gatePlaces(t - 1, g, 64).map(({ left, width }) => left + width));
      assert.ok(right < Math.min(...gatePlaces(t, g, 64).map(({ left }) => left)));
    }
  }
});

test("while the player runs gates appear with their state, and both states show their gradient", () => {
  const result = answer("lstm");
  const at = (/** @type {string} */ moment) =>
    shapesOf(result, viewWith({ width: 1164, height: 430, at: readMoment(moment) }));
  const bars = (/** @type {string} */ moment) =>
    at(moment).filter(({ fillcolor }) => fillcolor === viewWith().colors.muted).map(({ path }) =>
      boxes(path ?? "").length
    );
  assert.ok(bars("f2.1").includes(2 * 24), "two states are there");
  assert.ok(bars("f2.2").includes(3 * 24));
  const covers = at("b3.4").filter(({ fillcolor }) => fillcolor === viewWith().colors.node);
  assert.ok(covers.some(({ path }) => boxes(path ?? "").length === 2 * result.tokens.length));
});

test("a covered gradient is a question mark on both vectors", () => {
  const result = answer("lstm"), view = viewWith({ width: 1164, height: 430, veil: "back.1" });
  assert.equal(shapesOf(result, view).filter(({ label }) => label?.text === "?").length, 2);
});

test("cells of c come after an empty row, and the line below tells their numbers", () => {
  const result = answer("lstm"), view = viewWith({ width: 1164, height: 430 });
  const heat = /** @type {any} */ (traces(result, view)).find((/** @type {any} */ it) =>
    it.type === "heatmap"
  );
  assert.equal(heat.z.length, 17);
  assert.ok(heat.z[8].every((/** @type {Num} */ value) => value === null));
  assert.deepEqual(heat.z[9][2], result.forward.gates?.c?.[1][0]);
  const target = graph.target({ data: { type: "heatmap", meta: 0 }, pointNumber: [9, 2] });
  const says = (/** @type {Target} */ at) =>
    describeTarget(result, at, words).map(({ text }) => text).join("");
  assert.match(says(/** @type {Target} */ (target)), /^c₁, unit 0: value /);
  assert.match(says({ kind: "backward", t: 1, of: "c" }), /^backward: c₁ passes /);
  assert.match(says({ kind: "backward", t: 2, of: "c" }), /^cut: c₂ passes nothing to c₁; discarded /);
  const values = result.forward.gates?.f?.[1].map((value) => Number(value).toFixed(2)).join(
    ", ",
  );
  assert.equal(
    says({ kind: "gates", t: 1, of: "f" }),
    `forget gate f₁, the share of c₀ that is kept: ${values}`,
  );
});

test("the pointer is felt by gates and by the arrows of c", () => {
  const result = answer("lstm"),
    felt = /** @type {any} */ (traces(result, viewWith({ width: 1164, height: 430 })).at(-1));
  const kinds = new Set(
    felt.customdata.map((/** @type {any[]} */ [kind, , of]) => [kind, of].filter(Boolean).join(" ")),
  );
  for (const kind of ["backward", "backward c", "forward c", "gates f", "gates i", "gates o"]) {
    assert.ok(kinds.has(kind), kind);
  }
});

test("where nothing is selected the line says what the cell carries: the mean along c against h, the share that is kept", () => {
  const said = (/** @type {Part[]} */ parts) => parts.map(({ text }) => text).join("");
  const lstm = answer("lstm"), { dh_future: h, dc_future: c } = lstm.truncated;
  const [along, beside] = [c ?? [], h].map((rows) => rows.reduce((sum, row) => sum + Number(length(row)), 0));
  assert.equal(
    said(describeRun(lstm, words)),
    `two vectors are carried: the gradient along c is ${
      Number((along / beside).toFixed(1))
    }× that along h (mean)`,
  );
  const gru = answer("gru"), z = (gru.forward.gates?.z ?? []).flat().map(Number);
  const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
  assert.ok(Math.abs(Number(meanOf(gru, "z")) - mean) < 1e-9);
  assert.equal(
    said(describeRun(gru, words)),
    `update gate z: mean ${mean.toFixed(2)}; the rest, ${(1 - mean).toFixed(2)}, keeps the old state`,
  );
  assert.match(said(describeStep(gru, 2, words)), /z₂: mean 0\.\d+, so 0\.\d+ of h₁ is kept$/);
  lstm.truncated.dh_future = h.map((row) => row.map(() => 0));
  assert.match(said(describeRun(lstm, words)), /no gradient comes along h/);
});

test("a click on either arrow cuts both vectors", () => {
  const { y } = inGraph(answer("lstm"), viewWith({ width: 1164, height: 430 }));
  assert.deepEqual(
    y,
    penOf(answer("lstm"), viewWith({ width: 1164, height: 430 })).chains.map(({ backward }) => backward),
  );
  assert.equal(inGraph(answer("bptt"), viewWith()).y.length, 1);
});

test("the rows are named, each vector and the gates", () => {
  const names = (/** @type {string} */ name, changes = {}) =>
    graph.gutter(answer(name), viewWith({ width: 1164, height: 430, ...changes })).map(({ symbol, word }) =>
      symbol ?? word
    );
  const below = "reach of each loss";
  assert.deepEqual(names("lstm"), ["L", "ŷ", "h", "c", "x", "dx", "gates 0\u2060…\u20601", below]);
  assert.deepEqual(names("gru", { width: 6 * 60 }), ["L", "ŷ", "h", "x", "dx", "z", "r", below]);
});

test("an exported table has the gradients of c", () => {
  const [steps] = tablesOf(answer("lstm")), { dc_norm } = answer("lstm").full;
  const column = steps.columns.indexOf("|dL/dc| exact");
  assert.deepEqual(steps.rows.map((row) => row[column]), dc_norm);
  assert.equal(tablesOf(answer("gru"))[0].columns.includes("|dL/dc| exact"), false);
  const lstm = answer("lstm"), initial = tablesOf(lstm).find(({ name }) => name === "initial_state");
  const H = lstm.forward.h0.length;
  assert.deepEqual(initial?.rows.map(([state, unit]) => `${state}${unit}`), [
    ...Array.from("hc").flatMap((state) => Array.from({ length: H }, (_, unit) => `${state}${unit}`)),
  ]);
  assert.deepEqual(initial?.rows[H + 1].slice(2), [
    lstm.forward.c0?.[1],
    lstm.full.dc_initial?.[1],
    lstm.truncated.dc_initial?.[1],
  ]);
});
