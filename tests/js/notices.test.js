// Notices above the picture: one of each name, none without a text, and a button that helps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { notice, remarkOn, sayWhileTyping } from "../../static/js/page/notices.js";
import { words } from "../../static/js/lib/words.js";
import { elementById, makeDocument } from "./document.js";
import { viewWith } from "./recorded.js";

makeDocument();
viewWith();
const box = elementById("notices");

/** What each notice says, in order. @returns {string[]} */
const said = () => box.children.map((/** @type {any} */ line) => line.querySelector("p").textContent);
/** @param {number} i */
const remedyOf = (i) => box.children[i].querySelector(".remedy");

test("a notice takes the place of the older one of its name, and an empty text or its button removes it", () => {
  box.replaceChildren();
  notice("link", "");
  assert.deepEqual(said(), [], "nothing to remove");
  notice("link", "one");
  notice("typing", "two", true);
  notice("link", "three");
  assert.deepEqual(said(), ["three", "two"]);
  assert.deepEqual(box.children.map((/** @type {any} */ line) => line.attributes.class), [
    "notice",
    "notice bad",
  ]);
  notice("link", "");
  assert.deepEqual(said(), ["two"]);
  box.children[0].querySelector(".quiet").click();
  assert.deepEqual(said(), []);
});

test("what a notice says once more stays the same element, and its button does what was asked last", () => {
  box.replaceChildren();
  /** @type {string[]} */
  const done = [];
  /** @param {string} what */
  const remedy = (what) => ({ label: "crop", act: () => done.push(what) });
  notice("link", "long");
  const plain = box.children[0];
  notice("link", "long");
  assert.equal(box.children[0], plain);
  notice("link", "long", false, remedy("first"));
  const first = box.children[0];
  assert.notEqual(first, plain, "it has a button now");
  notice("link", "long", false, remedy("second"));
  assert.equal(box.children[0], first);
  remedyOf(0).click();
  assert.deepEqual(done, ["second"]);
  notice("link", "longer", false, remedy("third"));
  assert.notEqual(box.children[0], first);
  remedyOf(0).click();
  assert.deepEqual(done, ["second", "third"]);
});

test("a text that is too long can be cropped, as if its start were typed", () => {
  box.replaceChildren();
  /** @type {any} */
  const problem = { code: "too_long", limit: 3, given: 5, fits: { text: "abc", n: 3 } };
  sayWhileTyping("text", problem);
  assert.equal(said().length, 1);
  const field = elementById("text"), /** @type {[string, boolean][]} */ events = [];
  field.dispatchEvent = (/** @type {Event} */ { type, bubbles }) => events.push([type, bubbles]);
  assert.equal(remedyOf(0).textContent, words("notices.crop", { n: 3 }));
  remedyOf(0).click();
  assert.equal(field.value, "abc");
  assert.deepEqual(events, [["input", true], ["change", true]]);
  sayWhileTyping("text", null);
  assert.deepEqual(said(), []);
  sayWhileTyping("text", { ...problem, fits: undefined });
  assert.equal(remedyOf(0), null, "what does not help is not offered");
  remarkOn([]);
  assert.equal(said().length, 1);
});

test("a link that was changed is told in one notice: what was given, what is used, and because of what", () => {
  box.replaceChildren();
  const title = (/** @type {string} */ name) => words(`params.${name}.title`);
  /** @type {any} */
  const long = { code: "too_long", limit: 3, fits: { text: "abc", n: 3 } };
  remarkOn([
    { code: "version", name: "v", given: "2" },
    { code: "clamped", name: "hidden", given: "99", used: 12, low: 1, high: 12 },
    { code: "raised", name: "k2", given: "2", used: 5, by: "k1" },
    { code: "cropped", name: "text", given: "9", used: 5 },
    { code: "instead", name: "text", problem: { code: "too_long", limit: 4 } },
    { code: "instead", name: "text", problem: long },
  ]);
  assert.deepEqual(said(), [[
    "The link asks for version 2 of its format; there is only version 1, which it is read as.",
    `${title("hidden")}: 99 is outside 1 … 12, so 12 is shown.`,
    `${words("k_label.tbptt")}: 2 is below ${title("k1")} = 5, so 5 is used.`,
    "The text has 9 symbols; its first 5 steps are shown.",
    `${title("text")} must have at most 4 characters. The default is shown.`,
    `${title("text")} must have at most 3 characters. The default is shown.`,
  ].join(" ")]);
  assert.equal(remedyOf(0).textContent, words("notices.crop", { n: 3 }), "of the first that can be helped");
  sayWhileTyping("text", long);
  assert.equal(
    said()[1],
    `${title("text")} must have at most 3 characters. The previous result is still shown.`,
  );
});
