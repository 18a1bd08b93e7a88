// The explorer on paper: the credit matrix, the table of numbers and the words around them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { check, facts, settings, title } from "../../static/js/explorer/paper/heading.js";
import { matrix } from "../../static/js/explorer/paper/matrix.js";
import { rowsOf } from "../../static/js/explorer/paper/numbers.js";
import { creditTable } from "../../static/js/explorer/credit/table.js";
import { sci } from "../../static/js/lib/format.js";
import { words } from "../../static/js/lib/words.js";
import { makeDocument } from "./document.js";
import { answer, ANSWERS, viewWith } from "./recorded.js";

makeDocument();
const SHEET = { gutter: 104, left: 106, c: 80, width: 700, most: 300 };

/** @param {Tree} tree @returns {Tree[]} */
const parts = ({ children }) => children.filter((child) => typeof child !== "string");

/** @param {Result} result @param {Partial<typeof SHEET>} [sheet] */
const drawn = (result, sheet = {}) => parts(matrix(result, viewWith(), { ...SHEET, ...sheet }));

const textOf = (/** @type {(Node | string)[]} */ all) =>
  all.map((part) => typeof part === "string" ? part : part.textContent).join("");

test("a cell of the matrix on paper is filled if it is kept, and hatched if it is thrown away", () => {
  for (const name of ANSWERS) {
    const result = answer(name), table = creditTable(result), cells = drawn(result);
    const count = (/** @type {string} */ kind) =>
      cells.filter(({ attributes }) => attributes.class === kind).length;
    let kept = 0, thrown = 0;
    for (let s = 0; s < table.n; s += 1) {
      for (let t = 0; t <= s && table.has(s); t += 1) table.kept(s, t) > 0 ? kept += 1 : thrown += 1;
    }
    assert.deepEqual([count("kept"), count("thrown")], [kept, thrown], name);
    const hatch = cells.find(({ attributes }) => attributes.class === "hatch");
    assert.equal(Boolean(hatch?.attributes.d), thrown > 0, name);
    for (const { attributes: { width, height } } of cells.filter(({ tag }) => tag === "rect")) {
      assert.ok(Number(width) > 0 && Number(height) > 0, name);
    }
  }
});

test("scissors point at the place where the matrix on paper is cut, unless they would touch each other", () => {
  const blades = (/** @type {Tree[]} */ cells) =>
    cells.filter(({ attributes }) => attributes.class === "scissors").map(({ attributes: { d } }) =>
      String(d)
    );
  const result = answer("bptt"), [{ start }] = result.blocks.slice(1), [d, same] = blades(drawn(result));
  assert.equal(d, same, "on a halo");
  assert.equal(d.match(/M/g)?.length, 4, "two blades and two rings of the only cut");
  const points = [...d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  const at = SHEET.left + SHEET.c * start, tip = Math.max(...points.map(([, y]) => y));
  assert.equal(tip, 26 * start);
  for (const [x] of points) assert.ok(Math.abs(x - at) < 9, "beside the numbers");
  assert.equal(blades(drawn(result, { width: SHEET.left + 8 }))[0], "");
});

test("cells with room have their numbers, in the columns of the picture", () => {
  const result = answer("bptt"), cells = drawn(result), { size } = creditTable(result);
  const numbers = cells.filter(({ tag, attributes }) =>
    tag === "text" && attributes["text-anchor"] === "middle"
  );
  assert.equal(numbers[0].children[0], sci(size(0, 0)));
  assert.equal(numbers[0].attributes.x, SHEET.left + SHEET.c / 2);
  const narrow = drawn(result, { c: 20 }).filter(({ tag, attributes }) =>
    tag === "text" && attributes["text-anchor"] === "middle"
  );
  assert.equal(narrow.length, 0);
});

test("the table has a row for every step, of a long sequence as many as a page holds", () => {
  const result = answer("bptt"), rows = rowsOf(result, null);
  assert.equal(rows.length, result.tokens.length);
  assert.deepEqual(rows[1].slice(0, 2), ["1", `${result.tokens[1]} → ${result.targets[1]}`]);
  assert.deepEqual(rows[1].slice(-2), [sci(result.truncated.dh_norm[1]), sci(result.full.dh_norm[1])]);
  assert.equal(rowsOf(answer("number"), null)[0].length, rows[0].length - 1); // no probability
  assert.ok(rowsOf(answer("long"), null).length < 50);
});

test("what is covered in the picture is covered in the table", () => {
  const rows = rowsOf(answer("bptt"), "L.1,h.2");
  assert.deepEqual(rows[1].slice(3, 5), ["?", "?"]);
  assert.deepEqual(rows[2].slice(4), ["?", "?", "?", "?"]);
  assert.ok(!rows[0].includes("?"));
});

test("the heading says what is cut and how far the gradient is off, unless that is asked", () => {
  for (const language of ["en", "ko"]) {
    for (const name of ANSWERS) {
      const result = answer(name), view = viewWith({ veil: null }, language);
      for (const text of [title(result.params, words), settings(result, view), textOf(facts(result, view))]) {
        assert.ok(text.length > 5 && !/[{}]|undefined|NaN/.test(text), `${name}: ${text}`);
      }
      assert.ok(check(result, view), name);
    }
  }
  const result = answer("bptt"), view = viewWith({ veil: "comparison,proof,L.*" });
  assert.deepEqual(facts(result, view), ["?"]);
  assert.equal(check(result, view), "");
  assert.match(settings(result, view), /mean cross-entropy \?$/);
});
