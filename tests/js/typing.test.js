// When what is typed with an input method counts.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { listen, restOf } from "../../static/js/page/typing.js";

/** A field that is told of events, as a browser tells it. */
function typing() {
  const field = new EventTarget();
  /** @type {[string, boolean][]} what counted, and whether it is settled */
  const counted = [];
  const state = { value: "hello" };
  listen(/** @type {any} */ (field), (settled) => void counted.push([state.value, settled]));
  /** @param {string} kind @param {string} [data] @param {string} [value] */
  const tell = (kind, data, value) => {
    if (value !== undefined) state.value = value;
    field.dispatchEvent(Object.assign(new Event(kind), { data }));
  };
  /** @param {string} data */
  const compose = (data) => {
    tell("compositionupdate", data);
    tell("input", data, `hello${data}`);
  };
  return { counted, tell, compose };
}

test("a lone letter of Hangul never counts, a syllable after a rest, a word sooner", () => {
  for (const lone of ["ㅎ", "하ㄴ", "ㅋㅋ", "\u1112", "ㆍ"]) assert.equal(restOf(lone), Infinity, lone);
  assert.equal(restOf("한"), 1000);
  assert.equal(restOf("한".normalize("NFD")), 1000);
  assert.equal(restOf("wor"), 400);
});

test("한 counts once, when its composition ends", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { counted, tell, compose } = typing();
  tell("compositionstart", "");
  for (const data of ["ㅎ", "하", "한"]) {
    compose(data);
    mock.timers.tick(300);
  }
  assert.deepEqual(counted, []);
  tell("compositionend", "한");
  mock.timers.tick(5000);
  assert.deepEqual(counted, [["hello한", false]]);
  mock.timers.reset();
});

test("a syllable that is left standing counts after a rest, a lone letter does not", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { counted, tell, compose } = typing();
  tell("compositionstart", "");
  compose("ㅎ");
  mock.timers.tick(5000);
  assert.deepEqual(counted, []);
  compose("하");
  mock.timers.tick(999);
  assert.deepEqual(counted, []);
  mock.timers.tick(1);
  assert.deepEqual(counted, [["hello하", false]]);
  mock.timers.reset();
});

test("a browser may say that the field was left before the composition ends, or never tell of its end", () => {
  const early = typing(); // Safari: input without isComposing, change, then the end
  early.tell("compositionstart", "");
  early.compose("한");
  early.tell("input", undefined, "hello");
  early.tell("input", undefined, "hello한");
  early.tell("change");
  assert.deepEqual(early.counted, []);
  early.tell("compositionend", "한");
  assert.deepEqual(early.counted, [["hello한", true]]);
  const never = typing();
  never.tell("compositionstart", "");
  never.compose("한");
  never.tell("blur");
  assert.deepEqual(never.counted, [["hello한", false]]);
});

test("without a composition every input counts, and leaving the field settles it", () => {
  const { counted, tell } = typing();
  tell("input", "x", "hellox");
  tell("change");
  assert.deepEqual(counted, [["hellox", false], ["hellox", true]]);
});

test("what settled one composition does not settle the next", () => {
  const { counted, tell, compose } = typing();
  tell("compositionstart", "");
  compose("한");
  tell("change");
  tell("compositionend", "한");
  tell("compositionstart", "");
  compose("글");
  tell("compositionend", "글");
  assert.deepEqual(counted, [["hello한", true], ["hello글", false]]);
});

test("after a composition input counts again, and leaving the field adds nothing", () => {
  const { counted, tell, compose } = typing();
  tell("compositionstart", "");
  compose("한");
  tell("compositionend", "한");
  tell("input", "x", "hello한x");
  tell("blur");
  assert.deepEqual(counted, [["hello한", false], ["hello한x", false]]);
});

test("a syllable does not count by its rest once another composition has begun", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { counted, tell, compose } = typing();
  tell("compositionstart", "");
  compose("하");
  mock.timers.tick(500);
  tell("compositionstart", "");
  mock.timers.tick(5000);
  assert.deepEqual(counted, []);
  compose("word");
  mock.timers.tick(400);
  assert.deepEqual(counted, [["helloword", false]]);
  mock.timers.reset();
});
