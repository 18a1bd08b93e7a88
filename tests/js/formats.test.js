// The number format panel: its requests, its chart, and what it says of the recorded vanishing run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asks, finding, render } from "../../static/js/explorer/panels/formats.js";
import { answersOf, pathTo } from "../../static/js/explorer/panels/formats/answers.js";
import { pathOf } from "../../static/js/explorer/panels/formats/chart.js";
import { facts } from "../../static/js/explorer/panels/formats/facts.js";
import { backText } from "../../static/js/explorer/panels/formats/table.js";
import { makeDocument } from "./document.js";
import { answer, recorded, viewWith } from "./recorded.js";

const query = "?v=1&gain=0.5&k=3", plain = recorded("formats"), scaled = recorded("formats-scaled");
const answers = { [pathTo(query, 0)]: plain, [pathTo(query, 10)]: scaled };
/** @param {Partial<View>} [changes] @param {string} [language] */
const viewOf = (changes, language) => viewWith({ query, answers, scale: null, ...changes }, language);
const result = answer("bptt");

/** @param {any} node @returns {string} */
const plainText = (node) => typeof node === "string" ? node : (node.children ?? []).map(plainText).join("");

/** The elements of a kind. @param {any} node @param {string} tag @returns {any[]} */
const every = (node, tag) =>
  typeof node === "string" ? [] : [
    ...(node.tag === tag ? [node] : []),
    ...(node.children ?? []).flatMap((/** @type {any} */ child) => every(child, tag)),
  ];

test("no rounding error depends on the truncation, so moving k asks for nothing", () => {
  assert.equal(pathTo("?v=1&text=ab&truncation=window&k=3", 0), "/api/formats?v=1&text=ab");
  assert.equal(
    pathTo("?v=1&k1=2&cut=0.1&cut_seed=4&cuts=2&hidden=3", 8),
    "/api/formats?v=1&hidden=3&loss_scale=8",
  );
  assert.deepEqual(asks(result, viewOf()), [pathTo(query, 0)]);
  assert.deepEqual(asks(result, viewOf({ scale: 10 })), [pathTo(query, 0), pathTo(query, 10)]);
});

test("until the answer with the loss scaled is there, the other one is shown", () => {
  assert.equal(answersOf(viewOf({ scale: 10 })).shown, scaled);
  assert.equal(answersOf(viewOf({ scale: 9 })).shown, plain);
  assert.equal(answersOf(viewOf({ answers: {} })).shown, null);
});

test("it finds the window that is as exact as bfloat16, in both languages", () => {
  assert.deepEqual(finding(result, viewOf()), {
    finding: "k = 5",
    note: "a window of 5 steps leaves out no more than bfloat16 rounds off",
  });
  assert.match(finding(result, viewOf({}, "ko")).note, /^5스텝 창/);
  const whole = {
    ...plain,
    formats: plain.formats.map((/** @type {any} */ one) => ({ ...one, window: 42 })),
  };
  const none = {
    ...plain,
    formats: plain.formats.map((/** @type {any} */ one) => ({ ...one, window: null })),
  };
  const found = [whole, none].map((one) => finding(result, viewOf({ answers: { [pathTo(query, 0)]: one } })));
  assert.equal(found[0].note, "only the whole gradient is as exact as bfloat16");
  assert.deepEqual(found[1], { finding: "", note: "" });
  assert.deepEqual(finding(result, viewOf({ answers: {} })), { finding: "", note: "" });
});

test("it says from which k on a window beats float32, and that blocks never come near where they do not", () => {
  const said = facts(result, viewOf()).join(" ");
  assert.match(said, /From \*\*k = 17\*\* on/);
  assert.match(said, /below k = 42 their smallest error is 0\.0(2|3)/);
  assert.match(said, /to the bit/);
  assert.doesNotMatch(facts(answer("gru"), viewOf()).join(" "), /nn\.RNN/);
  const near = { ...plain, blocks: plain.blocks.map(() => 1e-4) };
  assert.doesNotMatch(
    facts(result, viewOf({ answers: { [pathTo(query, 0)]: near } })).join(" "),
    /never come near/,
  );
});

test("the table tells where the gradient of the last loss is 0, is stuck, or goes on", () => {
  const words = viewOf().words,
    none = { zero_after: null, unit_zero_after: null, stuck_after: null, stuck_at: null };
  const say = (/** @type {object} */ more) => backText(/** @type {any} */ ({ ...none, ...more }), 41, words);
  assert.equal(say({}), "not 0 in 41 steps");
  assert.equal(
    say({ zero_after: 18, unit_zero_after: 9 }),
    "**exactly 0** after 18 steps, in one unit after 9",
  );
  assert.equal(say({ zero_after: 1, unit_zero_after: 1 }), "**exactly 0** after 1 step");
  assert.equal(say({ unit_zero_after: 9 }), "0 in one unit after 9 steps, never in all");
  assert.equal(
    say({ stuck_after: 143, stuck_at: 2.4e-7 }),
    "**stuck** at 2.4\u00a0×\u00a010⁻⁷ after 143 steps",
  );
});

test("with the loss scaled a cell also has what holds without it, where that differs", () => {
  makeDocument();
  const rows = (/** @type {Partial<View>} */ changes) =>
    every(render(result, viewOf(changes)), "tr").slice(1).map((row) => row.children.map(plainText));
  const [unscaled, now] = [{}, { scale: 10 }].map(rows);
  assert.deepEqual(unscaled.map(([name, , , window]) => [name, window]), [
    ["float32", "k = 17"],
    ["bfloat16", "k = 5"],
    ["float16", "k = 8"],
  ]);
  assert.match(unscaled[2][2], /exactly 0 after 18 steps/);
  assert.match(now[2][2], /exactly 0 after 25 steps.*unscaled: exactly 0 after 18 steps/);
  assert.doesNotMatch(now[1][2], /unscaled/);
});

test("a curve leaves the chart at its foot, and a gap stays a gap", () => {
  const at = {
    x: (/** @type {number} */ k) => k,
    y: (/** @type {number} */ e) => -Math.log10(e),
    right: 9,
    floor: 9,
    low: -3,
    high: 0,
  };
  assert.equal(pathOf([1, 2, 3, 4], [0.1, 0.01, 1e-4, 1e-5], at), "M1.0,1.0L2.0,2.0L3.0,4.0");
  assert.equal(pathOf([1, 2, 3], [0.1, null, 0.01], at), "M1.0,1.0M3.0,2.0");
  assert.equal(pathOf([1, 2], [0, null], at), "");
});

test("the chart has a level line for every format that has an error, and a ring where a window reaches it", () => {
  makeDocument();
  const [drawn] = every(render(result, viewOf()), "svg");
  assert.equal(every(drawn, "circle").length, 3);
  const names = every(drawn, "text").map(plainText);
  for (
    const word of ["float32", "bfloat16", "float16", "k = 5", "k = 8", "k = 17", "window of k", "blocks of k"]
  ) {
    assert.ok(names.includes(word), word);
  }
  const heights = ["bfloat16", "float16"].map((name) =>
    Number(every(drawn, "text").find((text) => plainText(text) === name)?.attributes.y)
  );
  assert.ok(Math.abs(heights[0] - heights[1]) >= 16);
  const overflowing = {
    ...plain,
    window: plain.window.map(() => null),
    blocks: plain.blocks.map(() => null),
    formats: plain.formats.map((/** @type {any} */ one) => ({
      ...one,
      error: null,
      window: null,
      overflow: true,
    })),
  };
  const empty = render(result, viewOf({ answers: { [pathTo(query, 0)]: overflowing } }));
  assert.doesNotMatch(JSON.stringify(every(empty, "svg")[0]), /NaN|Infinity/);
  assert.match(plainText(empty), /overflow/);
});

test("computed in a format, the chart follows the gradient of the last loss to where it is exactly 0", () => {
  makeDocument();
  const drawn = (/** @type {Partial<View>} */ changes) => render(result, viewOf(changes));
  const [chart] = every(drawn({ format: "float16" }), "svg"), texts = every(chart, "text").map(plainText);
  assert.ok(texts.includes("exactly 0 after 18 steps"), texts.join());
  assert.ok(texts.includes("float16") && texts.includes("float64") && !texts.includes("bfloat16"));
  assert.equal(every(chart, "circle").length, 1);
  const floor = 176 - 30,
    curves = every(chart, "path").filter(({ attributes }) => attributes.fill === "none");
  assert.equal(curves.length, 2);
  assert.ok(String(curves[1].attributes.d).endsWith(`,${floor.toFixed(1)}`), "it falls to the foot");
  assert.doesNotMatch(JSON.stringify(chart), /NaN|Infinity/);
  const fine = every(every(drawn({ format: "float32" }), "svg")[0], "circle");
  assert.equal(fine.length, 0, "not 0 in 41 steps");
  assert.match(
    plainText(drawn({ format: "float16" })),
    /gradient of L₄₁ on its way back, computed in float16/,
  );
});

test("the format is chosen with a switch whose first choice is the chart of errors by k", () => {
  makeDocument();
  const buttons = (/** @type {string | null} */ format) =>
    every(render(result, viewOf({ format })), "button").map((button) => [
      plainText(button),
      button.attributes["data-look"],
      button.attributes["aria-pressed"],
    ]);
  assert.deepEqual(buttons(null), [
    ["float64", "format=", "true"],
    ["float32", "format=float32", "false"],
    ["bfloat16", "format=bfloat16", "false"],
    ["float16", "format=float16", "false"],
  ]);
  assert.equal(buttons("float16")[3][2], "true");
});

test("a gradient that sticks has its ring on the curve, and one that is nowhere to be told has no curve", () => {
  makeDocument();
  const [one] = plain.formats.slice(2),
    norms = one.norms.map((/** @type {number} */ size) => Math.max(size, 1e-6));
  const stuck = { ...one, zero_after: null, unit_zero_after: null, stuck_after: 12, stuck_at: 1e-6, norms };
  const shown = { ...plain, formats: [...plain.formats.slice(0, 2), stuck] };
  const chart = (/** @type {any} */ of) =>
    every(render(result, viewOf({ format: "float16", answers: { [pathTo(query, 0)]: of } })), "svg")[0];
  assert.ok(Number(every(chart(shown), "circle")[0].attributes.cy) < 176 - 30);
  const lost = { ...stuck, stuck_after: null, norms: norms.map(() => null) };
  const none = chart({
    ...plain,
    norms: plain.norms.map(() => null),
    formats: [...plain.formats.slice(0, 2), lost],
  });
  assert.doesNotMatch(JSON.stringify(none), /NaN|Infinity/);
});

test("with one step it says that there is nothing to compare, and draws no empty chart", () => {
  const one = { ...plain, k: [1], window: [0], blocks: [], s: 0 };
  const view = viewOf({ answers: { [pathTo(query, 0)]: one } });
  const said = view.words("formats.single");
  assert.deepEqual(finding(result, view), { finding: "T = 1", note: said });
  makeDocument();
  const drawn = render(result, view);
  assert.equal(plainText(drawn), said);
  assert.equal(every(drawn, "svg").length, 0);
});
