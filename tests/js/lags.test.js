// The lag panel: which loss and which values of k it compares, and the norms that it draws.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  comparedIn,
  lossOf,
  offeredKs,
  pathTo,
  requests,
} from "../../static/js/explorer/panels/lags/compared.js";
import { byLag, curvesOf, keptByLag } from "../../static/js/explorer/panels/lags/curves.js";
import { facts, finding, heightIn } from "../../static/js/explorer/panels/lags.js";
import { answer, recorded, viewWith } from "./recorded.js";

const blocks = answer("bptt"), query = "?v=1&k=2";

test("the loss is the selected one, else the latest of those that reach back furthest", () => {
  assert.equal(lossOf(blocks, { s: 2 }), 2);
  const reach = blocks.kept.map((row) => row.filter((weight) => weight).length);
  const s = lossOf(blocks, { s: null });
  assert.equal(reach[s], Math.max(...reach));
  assert.ok(reach.slice(s + 1).every((other) => other < reach[s]));
  const last = answer("last");
  assert.equal(lossOf(last, { s: 0 }), last.tokens.length - 1, "a step without a loss");
});

test("k is compared with its half and its double, or as the link says; cells where there is no k", () => {
  const T = blocks.tokens.length, k = Number(blocks.params.k);
  const usual = [...new Set([Math.ceil(k / 2), k, Math.min(T, 2 * k)])];
  assert.deepEqual(comparedIn(blocks, {}), { kind: "k", ks: usual });
  assert.deepEqual(comparedIn(blocks, { lag: "3,1,900,1" }), { kind: "k", ks: [1, 3, T] });
  assert.deepEqual(comparedIn(blocks, { lag: "cells" }).kind, "cells");
  for (const name of ["full", "randomized", "cuts"]) {
    assert.equal(comparedIn(answer(name), { lag: "1,2" }).kind, "cells", name);
  }
  assert.deepEqual(offeredKs(blocks, [T]).filter((k) => k > T), []);
});

test("requests name the loss, and k or the cell", () => {
  assert.equal(pathTo("?v=1&text=ab&k=2", 1, { k: 5 }), "/api/pair?v=1&text=ab&k=5&s=1&t=1");
  assert.equal(pathTo("?v=1&text=ab&k=2", 1, { cell: "gru" }), "/api/pair?v=1&text=ab&cell=gru&k=2&s=1&t=1");
  assert.equal(requests(blocks, viewWith({ query, lag: "1,2,4" })).length, 3);
  assert.equal(requests(blocks, viewWith({ query, lag: "cells" })).length, 3);
});

test("by lag the newest step comes first, and what is cut is 0", () => {
  const pair = { credit: [0.1, 0.2, 0.4], kept_row: [0, 0.5, 1] };
  assert.deepEqual(byLag(pair), [0.4, 0.2, 0.1]);
  assert.deepEqual(keptByLag(pair), [0.4, 0.1, 0]);
  assert.deepEqual(byLag({ credit: [3, 0], credit_c: [4, 1] }), [1, 5]);
  assert.deepEqual(keptByLag({ credit: [null, 1], kept_row: [1, 1] }), [1, null]);
});

test("the curves are the row of the credit matrix, as far as blocks of k keep it", () => {
  const s = 3, full = /** @type {Pair} */ (recorded("pair")), ks = [1, 2, 3];
  const answers = Object.fromEntries(ks.map((k) => [
    pathTo(query, s, { k }),
    { ...full, kept_row: full.credit.map((_, t) => (Math.floor(t / k) === Math.floor(s / k) ? 1 : 0)) },
  ]));
  const view = viewWith({ query, s, lag: "1,2,3", answers });
  const { exact, curves, kind } = curvesOf(blocks, view);
  assert.equal(kind, "k");
  assert.deepEqual(exact?.sizes, blocks.credit[s].slice(0, s + 1).toReversed());
  assert.deepEqual(curves.map(({ name, last }) => [name, last]), [["k = 1", 0], ["k = 2", 1], ["k = 3", 0]]);
  for (const { sizes, last } of curves) {
    sizes.forEach((size, lag) => assert.equal(size, lag <= last ? exact?.sizes[lag] : 0));
  }
  assert.match(facts(blocks, view).join(" "), /k = 1: 1, k = 2: 2, k = 3: 1/);
  assert.match(finding(blocks, view).finding, /→/);
});

test("nothing is said before the answers are there", () => {
  const view = viewWith({ query });
  assert.deepEqual(facts(blocks, view), []);
  assert.equal(finding(blocks, view).finding, "");
});

test("the figure fits the window below the tabs, down to a least height", () => {
  const fitting = (/** @type {number | undefined} */ below) => heightIn({ below, height: 267 });
  assert.deepEqual([undefined, 400, 250, 223, 150].map(fitting), [187, 187, 168, 141, 140]);
});
