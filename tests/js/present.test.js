// The presenter view: sizes, stops, bookmarks and blanking.

import assert from "node:assert/strict";
import { test } from "node:test";
import { named } from "../../static/js/page/keyboard.js";
import { sound } from "../../static/js/page/present/bookmarks.js";
import { called, facts, typed } from "../../static/js/page/present/facts.js";
import { enlarged } from "../../static/js/page/present/size.js";
import { neighbour, placeOf } from "../../static/js/page/present/stops.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { useCatalogue, words } from "../../static/js/lib/words.js";
import { answer, recorded } from "./recorded.js";

useHash(HASH);

/** @param {string} language */
function wordsIn(language) {
  useCatalogue(recorded(`words-${language}`));
  return words;
}

/** @param {number} width @param {number} height @param {number} [T] */
const size = (width, height, T = 4) => enlarged({ width, height }, T);

test("at 1080 lines everything is 1.7 times as large, at 2160 twice that", () => {
  assert.ok(Math.abs(size(1920, 1080).unit - 1.7) < 0.005);
  assert.ok(Math.abs(size(3840, 2160).unit - 3.4) < 0.01);
});

test("on a projector nothing is less than half as large again as usual", () => {
  for (const [width, height] of [[1024, 768], [1280, 720], [1280, 800], [1366, 768], [1400, 1050]]) {
    for (const T of [1, 4, 40, 1000]) {
      const { unit, graph } = size(width, height, T);
      assert.ok(unit >= 1.5 && graph >= 1.5, `${width} × ${height}, T = ${T}: ${unit}, ${graph}`);
    }
  }
});

test("a phone shows it in the usual size, whichever way it is held", () => {
  assert.deepEqual(size(390, 844), { unit: 1, graph: 1 });
  assert.deepEqual(size(844, 390), { unit: 1, graph: 1 });
});

test("the graph is a little smaller where all columns are seen then, and not where they are not", () => {
  const { unit, graph } = size(1920, 1080, 40);
  assert.ok(graph < unit);
  assert.ok(1920 / graph - 104 - 12 >= 28.5 * 40);
  assert.equal(size(1920, 1080, 1000).graph, unit);
});

const stops = [
  { search: "?v=1", hash: "", title: "a" },
  { search: "?v=1&k=3", hash: "#t=1", title: "b" },
  { search: "?v=1&k=3", hash: "#t=2", title: "c" },
];

test("the place is the state's own stop, else that of its query, the last one visited before others", () => {
  assert.equal(placeOf(stops, { search: "?v=1", hash: "#t=3" }, -1), 0);
  assert.equal(placeOf(stops, { search: "?v=1&k=3", hash: "#t=2" }, -1), 2);
  assert.equal(placeOf(stops, { search: "?v=1&k=3", hash: "#t=2" }, 1), 2);
  assert.equal(placeOf(stops, { search: "?v=1&k=3", hash: "#t=9" }, 2), 2);
  assert.equal(placeOf(stops, { search: "?v=1&k=3", hash: "#t=9" }, 0), 1);
  assert.equal(placeOf(stops, { search: "?v=1&k=4", hash: "" }, 2), -1);
});

test("the talk begins at its first stop and stays at either end", () => {
  assert.equal(neighbour(3, -1, 1), 0);
  assert.equal(neighbour(3, -1, -1), 0);
  assert.equal(neighbour(3, 1, 1), 2);
  assert.equal(neighbour(3, 2, 1), 2);
  assert.equal(neighbour(3, 0, -1), 0);
});

test("T, k, blocks and pairs are those of the answer", () => {
  const words = wordsIn("en");
  assert.deepEqual(facts(answer("bptt"), words), [
    ["T", "4"],
    ["k", "2"],
    ["blocks", "2"],
    ["pairs kept", "6/10"],
  ]);
  assert.deepEqual(facts(answer("full"), words).map(([name]) => name), ["T", "blocks", "pairs kept"]);
  assert.deepEqual(facts(answer("tbptt"), words).slice(0, 3), [["T", "18"], ["k₁", "2"], ["k₂", "5"]]);
  const [, , parts] = facts(answer("randomized"), wordsIn("ko"));
  assert.deepEqual(parts, ["구간", String(answer("randomized").blocks.length)]);
});

test("more pairs than one can read are a part of the whole", () => {
  const many = { ...answer("bptt"), cells_kept: 5500, cells_total: 500500 };
  assert.equal(facts(many, wordsIn("en")).at(-1)?.[1], "1.1%");
  assert.equal(facts({ ...many, cells_kept: 250250 }, wordsIn("en")).at(-1)?.[1], "50%");
});

test("a state without a title is called by its text, its cell and its scheme", () => {
  assert.equal(called(answer("window").params, wordsIn("en")), "the quick brown fox · window");
  assert.equal(called(answer("lstm").params, wordsIn("ko")), "banana · LSTM · 블록");
  const long = called({ ...answer("bptt").params, text: "가".repeat(100) }, wordsIn("ko"));
  assert.equal(long, `${"가".repeat(24)}… · 블록`);
});

test("an address is written as it is typed, letters as letters and signs as they must be", () => {
  assert.equal(typed("https://bptt.example/ko/?v=1#t=1"), "bptt.example/ko/?v=1#t=1");
  assert.equal(typed("https://x.example/ko/?text=%EA%B0%80%EB%82%98+b"), "x.example/ko/?text=가나+b");
  assert.equal(typed("https://x.example/?text=a%26b%0Ac%FF"), "x.example/?text=a%26b%0Ac%FF");
});

test("what is kept of bookmarks is what can be followed", () => {
  assert.deepEqual(sound([stops[0], null, 1, {}, { search: 1, hash: "", title: "" }]), [stops[0]]);
  for (const other of [null, {}, "text", 1]) assert.deepEqual(sound(other), []);
});

test("a letter's key is known in every layout and case", () => {
  const typedKey = (/** @type {string} */ key, /** @type {string} */ code) => named({ key, code });
  assert.equal(typedKey("f", "KeyF"), "f");
  assert.equal(typedKey("F", "KeyF"), "f");
  assert.equal(typedKey("ㄹ", "KeyF"), "f");
  assert.equal(typedKey("Process", "KeyF"), "f");
  assert.equal(typedKey("b", "KeyN"), "b"); // Dvorak
  assert.equal(typedKey("PageDown", "PageDown"), "PageDown");
  assert.equal(typedKey("[", "BracketLeft"), "[");
  assert.equal(typedKey("?", "Slash"), "?");
});

test("the view is part of a link", () => {
  assert.equal(writeHash(readHash("#t=1&view=present")), "#t=1&view=present");
  assert.equal(readHash("#view=other").view, null);
});
