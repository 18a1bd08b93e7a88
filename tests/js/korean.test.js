// Korean particles after filled-in values, and line breaks that a particle never follows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bound, particle, WORD_JOINER } from "../../static/js/lib/korean.js";
import { useCatalogue, words } from "../../static/js/lib/words.js";

/** @param {string} pair @param {string[]} texts */
function read(pair, ...texts) {
  return texts.map((text) => particle(text, pair)).join(" ");
}

test("a particle follows the last sound of what stands before it", () => {
  assert.equal(read("이/가", "기울기", "손실", "글"), "가 이 이");
  assert.equal(
    read("은/는", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    "은 은 는 은 는 는 은 은 은 는",
  );
  assert.equal(read("이/가", "a₁", "h₂", "L₃", "10⁻⁹", "W_h", "33%"), "이 가 이 가 가 가");
  assert.equal(
    read("을/를", "l", "m", "n", "r", "x", "RNN", "LSTM", "GRU", "h"),
    "을 을 을 을 를 을 을 를 를",
  );
  assert.equal(read("이/가", "가", "각", "힝", "힣"), "가 이 이 이", "from the first syllable to the last");
  assert.equal(read("이/가", "⁰", "₀", "⁹", "₉", "10⁶"), "이 이 가 가 이");
  assert.equal(read("이/가", "(3)", "‘글’", "“hello”", "1,000"), "이 이 가 이");
});

test("로 follows a vowel and ㄹ, 으로 every other consonant", () => {
  assert.equal(read("으로/로", "1", "2", "3", "6", "7", "8", "0"), "로 로 으로 으로 로 로 으로");
  assert.equal(read("으로/로", "글", "손", "기"), "로 으로 로");
});

test("a catalogue takes the particle with the value or alone", () => {
  useCatalogue({ with: "{k|은/는} 크다", alone: "‘{text}’{text||과/와} 같다" });
  assert.equal(words("with", { k: 12 }), "12는 크다");
  assert.equal(words("with", { k: 3 }), "3은 크다");
  assert.equal(words("alone", { text: "글" }), `‘글’${WORD_JOINER}과 같다`);
  assert.equal(words("alone", { text: "너" }), `‘너’${WORD_JOINER}와 같다`);
});

test("no line begins with a particle: brackets, quotes and % are joined to the Hangul after them", () => {
  for (const closer of [")", "”", "’", "%", "⌋"]) {
    assert.equal(bound(`x${closer}은`), `x${closer}${WORD_JOINER}은`);
    assert.equal(bound(`x${closer} 은`), `x${closer} 은`);
  }
  assert.equal(bound("f(x) and 3% of it"), "f(x) and 3% of it");
});
