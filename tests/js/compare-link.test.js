// The query of the comparison page, and figures on shared axes.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counterpart,
  differences,
  queryBefore,
  readComparison,
  writeComparison,
} from "../../static/js/explorer/compare-link.js";
import { writeQuery } from "../../static/js/page/query.js";
import { geometry } from "../../static/js/plot/geometry.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import * as norms from "../../static/js/explorer/panels/norms.js";
import { gradientRange } from "../../static/js/plot/scale.js";
import { answer, controls, viewWith } from "./recorded.js";

const all = controls();

test("an address of two is that of A, and B's in one more key", () => {
  const { a, b } = readComparison(
    "?v=1&text=banana&k=3&b=text%3D%EA%B0%80%EB%82%98%26truncation%3Dwindow",
    all,
  );
  assert.equal(writeQuery(a, all), "?v=1&text=banana&k=3");
  assert.equal(writeQuery(b, all), "?v=1&text=%EA%B0%80%EB%82%98&truncation=window");
});

test("whatever stands in a text, both sides survive the link", () => {
  for (const odd of ["가 나+다&라=마#바", "?b=1&b=2", "100%25 & more", "👩‍👩‍👧‍👦?%25"]) {
    const one = readComparison(`?text=${encodeURIComponent(odd)}&k=1`, all).a;
    const two = readComparison(`?text=${encodeURIComponent(odd + odd)}`, all).a;
    const again = readComparison(writeComparison(one, two, all), all);
    assert.deepEqual([again.a, again.b, again.remarks], [one, two, []]);
  }
});

test("without b both sides are the same, and b says so when empty: the defaults", () => {
  const { a, b } = readComparison("?v=1&k=3", all);
  assert.deepEqual(a, b);
  assert.equal(readComparison("?v=1&k=3&b=", all).b.k, 2);
  assert.match(writeComparison(a, readComparison("", all).a, all), /&k=3&b=$/);
});

test("a state is compared with the whole gradient, and a whole one with blocks that cut", () => {
  const of = (/** @type {string} */ query) => writeQuery(counterpart(readComparison(query, all).a), all);
  assert.equal(of("?v=1"), "?v=1&truncation=full");
  assert.equal(of("?v=1&text=banana&truncation=window&k=3"), "?v=1&text=banana&truncation=full&k=3");
  assert.equal(of("?v=1&truncation=full"), "?v=1");
  assert.equal(of("?v=1&truncation=cuts"), "?v=1");
  assert.equal(of("?v=1&k=9"), "?v=1", "k = 9 cuts nothing of four steps");
  assert.equal(of("?v=1&text=ab&truncation=full"), "?v=1&text=ab&k=1");
  const { a, b } = readComparison("", all);
  assert.deepEqual([writeQuery(a, all), writeQuery(b, all)], ["?v=1", "?v=1&truncation=full"]);
});

test("a bare link compares what the explorer showed where it was clicked", () => {
  const came = (/** @type {string} */ referrer) => {
    const { a, b } = readComparison("", all, queryBefore(referrer, "https://site"));
    return [writeQuery(a, all), writeQuery(b, all)];
  };
  assert.deepEqual(came("https://site/ko/?v=1&text=banana&k=3"), [
    "?v=1&text=banana&k=3",
    "?v=1&text=banana&truncation=full&k=3",
  ]);
  for (const other of ["", "https://site/en/", "https://site/en/training?k=3", "https://elsewhere/en/?k=3"]) {
    assert.deepEqual(came(other), ["?v=1", "?v=1&truncation=full"], other);
  }
  assert.equal(readComparison("?v=1", all, "?v=1&k=3").a.k, 2, "a link that asks is obeyed");
});

test("what is out of range on either side is moved to its limit, and said of both", () => {
  const { a, b, remarks } = readComparison("?v=1&k=0&b=k%3D5000%26zzz%3D1", all);
  assert.deepEqual([a.k, b.k], [1, 1000]);
  assert.deepEqual(remarks.map(({ code, name }) => [code, name]), [["clamped", "k"], ["clamped", "k"]]);
});

test("differences name every parameter that differs, the length by its number", () => {
  const { a, b } = readComparison("?v=1&k=2&b=k%3D4%26steps%3D9", all);
  assert.deepEqual(differences(a, b, all).map(({ control, from, to }) => [control.name, from, to]), [
    ["steps", 4, 9],
    ["k", 2, 4],
  ]);
  assert.deepEqual(differences(a, a, all), []);
});

test("two pictures of different lengths have their columns at the same places", () => {
  const view = viewWith({ axis: 40 }), long = geometry(40, view), short = geometry(7, view);
  assert.equal(short.c, long.c);
  for (let t = 0; t < 7; t += 1) assert.equal(short.cx(t), long.cx(t));
  assert.deepEqual(short.steps, [0, 1, 2, 3, 4, 5, 6]);
  for (const panel of [graph, norms]) {
    const figure = panel.draw(answer("bptt"), view);
    assert.doesNotMatch(JSON.stringify(figure), /NaN|undefined|Infinity/);
  }
});

test("arrows of B are as wide as arrows of A of the same size", () => {
  const a = answer("bptt"), b = answer("full");
  for (const part of [b.full, b.truncated]) {
    for (const rows of [part.dh_output, part.dh_future, part.da]) {
      for (const row of rows) row.forEach((value, i) => row[i] = value === null ? null : 10 * value);
    }
    part.dh_norm = part.dh_norm.map((size) => (size === null ? null : 10 * size));
  }
  const own = graph.shapes(b, viewWith()), held = graph.shapes(b, viewWith({ range: gradientRange(a) }));
  assert.notDeepEqual(held, own);
  assert.deepEqual(graph.shapes(a, viewWith({ range: gradientRange(a) })), graph.shapes(a, viewWith()));
});

test("both norms have room on one axis", () => {
  const runs = [answer("bptt"), answer("window")], { low, high } = norms.decadesOf(runs);
  for (const { full, truncated } of runs) {
    for (const size of [...full.dh_norm, ...truncated.dh_norm]) {
      if (size) assert.ok(Math.log10(size) >= low && Math.log10(size) <= high);
    }
  }
});
