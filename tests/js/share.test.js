// The share sheet: links, embeds and hidden controls.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromQueryToHash, hidden, keepHidden } from "../../static/js/page/visibility.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash } from "../../static/js/page/hash.js";
import { frameOf, isLoopback, pathOf, readable } from "../../static/js/page/share/link.js";
import { stateOf } from "../../static/js/page/share/share.js";

useHash(HASH);

const wishes = { language: "en", step: true, hide: [] };
/** @param {string} hash */
const shown = (hash) => ({ page: "", query: "?v=1", seen: readHash(hash) });

test("a link holds what is looked at, but for the theme", () => {
  assert.equal(pathOf(shown("#t=1&theme=dark"), wishes), "/en/?v=1#t=1");
  assert.equal(
    pathOf(shown("#at=b2.3&panel=credit&over=1"), wishes),
    "/en/?v=1#at=b2.3&over=1&panel=credit",
  );
  assert.equal(pathOf({ ...shown("#t=1"), page: "ab" }, wishes), "/en/ab?v=1#t=1");
});

test("a link may leave out the step, speak another language, hide controls, and stand in a frame", () => {
  for (const hash of ["#t=3&over=1", "#at=f3.2&over=1"]) {
    assert.equal(pathOf(shown(hash), { ...wishes, step: false }), "/en/?v=1#over=1");
  }
  assert.equal(pathOf(shown("#t=1"), { ...wishes, language: "ko" }), "/ko/?v=1#t=1");
  const path = pathOf(shown("#t=1&hide=text"), { ...wishes, hide: ["k", "player"] });
  assert.equal(path, "/en/?v=1#t=1&hide=k%2Cplayer");
  assert.deepEqual(hidden(readHash(path.slice(path.indexOf("#")))), ["k", "player"]);
  assert.equal(pathOf(shown("#t=1&hide=text"), wishes), "/en/?v=1#t=1", "the sheet's choice counts");
  assert.equal(pathOf(shown("#t=1&show=k"), wishes), "/en/?v=1#t=1", "this one too");
  assert.equal(
    pathOf(shown("#t=1&hide=text"), { ...wishes, show: ["k", "player"] }),
    "/en/?v=1#t=1&show=k%2Cplayer",
  );
  assert.equal(pathOf(shown("#t=1"), { ...wishes, show: [] }), "/en/?v=1#t=1&show=none");
  assert.equal(pathOf(shown("#t=1"), wishes, true), "/embed/en/?v=1#t=1");
});

test("a state names its place, and no step in a lab that has none to select", () => {
  const state = { page: "", query: "", state: "hello", place: "" };
  const at = (/** @type {string} */ place, /** @type {object} */ seen) =>
    stateOf({ ...state, place, seen: /** @type {Seen} */ (seen) }, true);
  assert.equal(at("", { t: null }), "hello");
  assert.equal(at("", {}), "hello", "a race");
  assert.equal(at("block 2", {}), "hello, block 2");
});

test("only a computer's own address is a loopback address", () => {
  for (const own of ["localhost", "a.localhost:80", "127.0.0.1:8000", "127.3.2.1", "[::1]:8000", "0.0.0.0"]) {
    assert.ok(isLoopback(`http://${own}`), own);
  }
  for (const other of ["bptt.example", "192.168.0.7:8000", "127.example", "localhost.example", "[fe80::1]"]) {
    assert.ok(!isLoopback(`https://${other}`), other);
  }
});

test("the markup of a frame cannot be left by a title or a link", () => {
  assert.equal(
    frameOf("https://bptt.example/embed/ko/?v=1&k=3#t=1", '<b>"x"&'),
    '<iframe src="https://bptt.example/embed/ko/?v=1&amp;k=3#t=1" title="&lt;b>&quot;x&quot;&amp;" ' +
      'width="100%" height="640" loading="lazy"></iframe>',
  );
});

test("an address on the wall has its letters as letters, where they can be told from one another", () => {
  assert.deepEqual(readable("https://bptt.example/ko/?v=1&text=%EC%95%88%EB%85%95#t=1"), [
    "bptt.example",
    "/ko/?v=1&text=안녕#t=1",
  ]);
  for (const rest of ["/en/?text=a%26b%23", "/en/?text=%E2%80%AEab", "/en/?text=%FF", "/en/?text=%CC%81"]) {
    assert.deepEqual(readable(`https://bptt.example${rest}`), ["bptt.example", rest]);
  }
});

test("what is hidden is a list of names, and lives in the hash", () => {
  assert.deepEqual(hidden(readHash("#hide=k,gate_bias")), ["k", "gate_bias"]);
  assert.deepEqual(hidden(readHash("#hide=%3Cb%3E")), []);
  assert.deepEqual(hidden(readHash("")), []);
  const url = (/** @type {string} */ rest) => new URL(`https://bptt.example/en/${rest}`);
  assert.deepEqual(fromQueryToHash(url("?v=1&hide=k,text&seed=3#t=2")), [
    "?v=1&seed=3",
    "#t=2&hide=k%2Ctext",
  ]);
  assert.deepEqual(fromQueryToHash(url("?hide=k#hide=text")), ["?", "#hide=text"]);
  assert.deepEqual(fromQueryToHash(url("?hide=k&hide=seed")), ["?", "#hide=seed"], "the last one holds");
  assert.deepEqual(fromQueryToHash(url("?v=1#t=2&lit=3")), ["?v=1", "#t=2&lit=3"]);
});

test("what is hidden keeps its value, whatever else is asked", () => {
  const seen = readHash("#hide=k,steps");
  const kept = (/** @type {string} */ asked, /** @type {string} */ search) =>
    String(keepHidden(new URLSearchParams(asked), search, seen));
  assert.equal(kept("?v=1&k=9&seed=4", "?v=1&k=3"), "v=1&seed=4&k=3");
  assert.equal(kept("?v=1&text=abc", "?v=1&steps=12"), "v=1&text=abc&steps=12");
  assert.equal(kept("?k=9", ""), "", "the default is a value too");
});
