// The presenter view: sizes, stops and blanking.

import assert from "node:assert/strict";
import { test } from "node:test";
import { named } from "../../static/js/page/keyboard.js";
import { called, scheme } from "../../static/js/page/present/facts.js";
import { short, typed } from "../../static/js/page/present/typed.js";
import { enlargement } from "../../static/js/page/present/size.js";
import { neighbour, placeOf } from "../../static/js/page/present/stops.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { useCatalogue, words } from "../../static/js/lib/words.js";
import { cutInWords, standingOut } from "../../static/js/explorer/presenter/caption.js";
import { bars } from "../../static/js/explorer/presenter/steps.js";
import { answer, recorded } from "./recorded.js";

useHash(HASH);

/** @param {string} language */
function wordsIn(language) {
  useCatalogue(recorded(`words-${language}`));
  return words;
}

/** @param {number} width @param {number} height */
const size = (width, height) => enlargement({ width, height });

test("a screen of sixteen by nine is one of 1280 × 720, enlarged", () => {
  assert.equal(size(1280, 720), 1);
  assert.equal(size(1920, 1080), 1.5);
  assert.equal(size(3840, 2160), 3);
});

test("another shape is filled as far as its narrower side allows", () => {
  assert.equal(size(1280, 800), 1);
  assert.equal(size(1024, 768), 0.8);
  assert.equal(size(2560, 1080), 1.5);
});

test("letters stay readable on a phone, whichever way it is held", () => {
  assert.equal(size(390, 844), 1);
  assert.equal(size(844, 390), 0.75);
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

test("a state without a title is called by its text and its cell, and its truncation by its parameters", () => {
  const [en, ko] = [wordsIn("en"), (/** @type {Result["params"]} */ params) => scheme(params, wordsIn("ko"))];
  assert.equal(called(answer("window").params, en), "the quick brown fox");
  assert.equal(scheme(answer("bptt").params, wordsIn("en")), "blocks of 2");
  assert.equal(scheme(answer("full").params, wordsIn("en")), "full BPTT");
  assert.equal(scheme(answer("tbptt").params, wordsIn("en")), "TBPTT(2, 5)");
  assert.equal(ko(answer("bptt").params), "2스텝씩 블록");
  assert.equal(called(answer("lstm").params, wordsIn("ko")), "banana · LSTM");
  const long = called({ ...answer("bptt").params, text: "가".repeat(100) }, wordsIn("ko"));
  assert.equal(long, `${"가".repeat(24)}…`);
  const whole = called({ ...answer("bptt").params, text: "가".repeat(24) }, wordsIn("ko"));
  assert.equal(whole, "가".repeat(24));
  const own = (/** @type {string} */ cuts) =>
    scheme({ ...answer("bptt").params, truncation: "cuts", cuts }, wordsIn("en"));
  assert.deepEqual(["2,5", ""].map(own), ["cut at t = 2, 5", "full BPTT"]);
});

/** A caption as it is read. @param {Result} result @param {string} language */
const caption = (result, language) => cutInWords(result, wordsIn(language)).map(({ text }) => text).join("");

test("the caption says what is cut, what is left, and by what angle the gradient turns", () => {
  const result = answer("bptt"), { cosine } = result.comparison.recurrent;
  const angle = Math.round(Math.acos(Number(cosine)) * 180 / Math.PI);
  assert.equal(
    caption(result, "en"),
    `Blocks of 2 steps. 6 of 10 pairs of loss and step are kept; the gradient of the weights turns by ${angle}°. ` +
      "The forward pass does not change at all.",
  );
  assert.equal(
    caption(result, "ko"),
    `2스텝씩 블록으로 끊습니다. 손실과 시각의 쌍 10개 중 6개가 남습니다. 가중치의 기울기는 ${angle}° 돌아갑니다. ` +
      "순전파는 조금도 바뀌지 않습니다.",
  );
  const turn = cutInWords(result, wordsIn("en")).find(({ tone }) => tone);
  assert.deepEqual(turn, { text: `${angle}°`, strong: true, tone: "gradient" });
});

test("of a moment its beginning and its numbers stand out", () => {
  const tone = /** @type {const} */ ("gradient"), text = "only 0.14 of h₅, 1.2·10⁻⁸ is lost: ‖∂L/∂h₅‖ = 0.14";
  assert.deepEqual(standingOut([{ text: "Backward · t = 5 ① " }, { text, strong: true, tone }]), [
    { text: "Backward · t = 5 ① ", strong: true, tone },
    { text: "only " },
    { text: "0.14", strong: true, tone },
    { text: " of h₅, " },
    { text: "1.2·10⁻⁸", strong: true, tone },
    { text: " is lost: " },
    { text: "‖∂L/∂h₅‖ = 0.14", strong: true, tone },
  ]);
  assert.deepEqual(standingOut([{ text: "loss 2.5" }]), [{ text: "loss 2.5" }]);
});

test("what a full pass keeps is everything", () => {
  const { cells_total: total } = answer("full");
  assert.match(caption(answer("full"), "en"), new RegExp(`^Nothing is cut: all ${total} pairs`));
  assert.match(caption(answer("full"), "ko"), new RegExp(`쌍 ${total}개를 모두`));
});

test("more pairs than one can read are a part of the whole", () => {
  const many = { ...answer("bptt"), cells_kept: 5500, cells_total: 500500 };
  assert.match(caption(many, "en"), /steps\. 1\.1% of the pairs/);
  assert.match(caption({ ...many, cells_kept: 250250 }, "ko"), /가운데 50%만/);
});

test("a moment is one bar, and of a long run one bar is several", () => {
  const short = bars({ T: 7, length: 15 }, 8);
  assert.equal(short.length, 15);
  assert.deepEqual(short.slice(6, 10), ["forward done", "backward done", "backward now", "backward ahead"]);
  assert.equal(short[14], "update ahead");
  assert.equal(bars({ T: 7, length: 15 }, 14)[14], "update now");
  const long = bars({ T: 1000, length: 2001 }, 1500);
  assert.ok(long.length <= 93 && long.filter((bar) => bar.endsWith("now")).length === 1);
  assert.equal(long.filter((bar) => bar.startsWith("forward")).length, Math.ceil(1000 / 23));
});

test("of a long address the host is typed, and the code has the rest", () => {
  assert.equal(short("https://bptt.example/en/8.2"), "bptt.example/en/8.2");
  assert.equal(short("https://bptt.example/en/?v=1#t=1"), "bptt.example/en/?v=1#t=1");
  assert.equal(short("https://bptt.example/en/?v=1&text=backpropagation&k=5"), "bptt.example");
  assert.equal(short("https://bptt.example/"), "bptt.example");
  assert.equal(short(`https://x.example/${"a".repeat(23)}`), `x.example/${"a".repeat(23)}`);
  assert.equal(short(`https://x.example/${"a".repeat(24)}`), "x.example");
});

test("an address is written as it is typed, letters as letters and signs as they must be", () => {
  assert.equal(typed("https://bptt.example/ko/?v=1#t=1"), "bptt.example/ko/?v=1#t=1");
  assert.equal(typed("https://x.example/ko/?text=%EA%B0%80%EB%82%98+b"), "x.example/ko/?text=가나+b");
  assert.equal(typed("https://x.example/?text=a%26b%0Ac%FF"), "x.example/?text=a%26b%0Ac%FF");
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
