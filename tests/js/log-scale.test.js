// Scales take finite sizes alone: whatever an answer holds, nothing is drawn at NaN or at infinity.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PANELS } from "../../static/js/explorer/panels.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { lines } from "../../static/js/explorer/overview.js";
import { thumbnail } from "../../static/js/explorer/start-page/thumbnail.js";
import { finite, hasLog, logsOf, powerOfTen } from "../../static/js/lib/log-scale.js";
import { length } from "../../static/js/plot/scale.js";
import { makeDocument } from "./document.js";
import { panelOf, resultOf, viewOf } from "./drawings/explorer.js";

const LARGEST = Number.MAX_VALUE, SMALLEST = Number.MIN_VALUE;

test("only finite sizes above 0 have a logarithm", () => {
  assert.deepEqual([1, SMALLEST, LARGEST].map(hasLog), [true, true, true]);
  assert.deepEqual([0, -1, NaN, Infinity, null, undefined].map(hasLog), Array(6).fill(false));
  assert.deepEqual(logsOf([100, null, 0, Infinity, NaN, 0.1]), [2, -1]);
});

test("a power of ten is neither 0 nor infinite, and an overflow is no number", () => {
  assert.deepEqual([-2, 0, 308].map(powerOfTen), [0.01, 1, 1e308]);
  assert.deepEqual([-400, 309].map(powerOfTen), [SMALLEST, LARGEST]);
  assert.deepEqual([2, Infinity, -Infinity, NaN].map(finite), [2, null, null, null]);
  assert.equal(length([LARGEST, LARGEST]), null);
  assert.equal(length([3e200, 0]), 3e200);
});

/** Sizes at both ends of what numbers can hold, in turn. */
const EXTREMES = {
  immense: [LARGEST, 1e308, 1e300],
  both: [LARGEST, SMALLEST, 1e-5, 0, 1e200],
  "with gaps": [LARGEST, null, SMALLEST, null, 3],
  tiny: [SMALLEST, 1e-320, 0],
};

/** @param {any} node @param {(Num)[]} sizes @param {{i: number}} [at] @returns {any} */
function replaced(node, sizes, at = { i: 0 }) {
  if (Array.isArray(node)) return node.map((child) => replaced(child, sizes, at));
  if (typeof node === "number") return sizes[at.i++ % sizes.length];
  if (!node || typeof node !== "object") return node;
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, replaced(child, sizes, at)]));
}

/** @param {Result} result @param {Num[]} sizes @returns {Result} */
function extreme(result, sizes) {
  const [credit, credit_c] = [result.credit, result.credit_c].map((table) => replaced(table, sizes));
  const [full, truncated] = [result.full, result.truncated].map((run) => ({
    ...run,
    ...replaced(run, sizes),
  }));
  const { sigma_max, sigma_min } = result.jacobian;
  const jacobian = { ...result.jacobian, ...replaced({ sigma_max, sigma_min }, sizes) };
  return { ...result, credit, credit_c, full, truncated, jacobian };
}

/** Whatever of a drawing is no number. @param {any} node @param {Set<object>} [seen] @returns {string[]} */
function faults(node, seen = new Set()) {
  if (typeof node === "number") return Number.isFinite(node) ? [] : [String(node)];
  if (typeof node === "string") return /NaN|Infinity/.test(node) ? [node.slice(0, 200)] : [];
  if (!node || typeof node !== "object" || seen.has(node)) return [];
  seen.add(node);
  return Object.values(node).flatMap((child) => faults(child, seen));
}

/** @param {Panel} panel @param {Result} result @param {View} view */
const drawnBy = (panel, result, view) => [
  ...[panelOf(panel, result, view), panel.card?.(result, view), panel.finding?.(result, view)],
];

for (const name of ["bptt", "window", "lstm", "gru", "scalar", "last", "long"]) {
  for (const [kind, sizes] of Object.entries(EXTREMES)) {
    test(`${name} with sizes ${kind} is drawn at finite places`, () => {
      makeDocument();
      const result = extreme(resultOf(name), sizes);
      const lost = { ...result, forward: { ...result.forward, loss: replaced(result.forward.loss, sizes) } };
      const others = Object.fromEntries(
        ["rnn", "lstm", "gru"].map((
          cell,
        ) => [`/api/bptt?v=1${cell === "rnn" ? "" : `&cell=${cell}`}`, result]),
      );
      for (const phone of [false, true]) {
        const view = viewOf(result, { phone, answers: others });
        assert.deepEqual(
          faults([graph.draw(result, view), thumbnail(result), lines(lost, 1164)]),
          [],
          "graph",
        );
        for (const panel of PANELS.filter(({ applies }) => applies?.(result) !== false)) {
          assert.deepEqual(faults(drawnBy(panel, result, view)), [], panel.name);
        }
      }
    });
  }
}
