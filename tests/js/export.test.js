// The exported CSV tables.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWords, useCatalogue } from "../../static/js/lib/words.js";
import { toCsv } from "../../static/js/lib/csv.js";
import { tablesOf } from "../../static/js/explorer/export/tables.js";
import { answer, ANSWERS, recorded } from "./recorded.js";

for (const name of ANSWERS) {
  test(`${name}: every table has a name and as many cells in a row as columns`, () => {
    const tables = tablesOf(answer(name));
    assert.equal(new Set(tables.map((table) => table.name)).size, tables.length);
    for (const { columns, rows } of tables) {
      assert.ok(rows.length);
      for (const row of rows) assert.equal(row.length, columns.length);
    }
  });
}

test("tables hold the answer's own numbers", () => {
  const result = answer("bptt"),
    tables = Object.fromEntries(tablesOf(result).map((table) => [table.name, table.rows]));
  assert.deepEqual(tables.steps.map((row) => row[5]), result.full.dh_norm);
  assert.deepEqual(tables.states.map((row) => row.slice(2)), result.forward.h);
  assert.deepEqual(tables.gradients_truncated.map((row) => row.slice(2)), result.truncated.dh);
  assert.deepEqual(tables.input_gradients_exact.map((row) => row.slice(2)), result.full.dx);
  assert.deepEqual(tables.input_gradients_truncated.map((row) => row.slice(2)), result.truncated.dx);
  assert.deepEqual(tables.steps.map((row) => row.slice(-2)), [
    ...result.full.dx_norm.map((size, t) => [size, result.truncated.dx_norm[t]]),
  ]);
  assert.equal(tables.credit.length, result.cells_total);
  assert.equal(tables.credit.filter((row) => row[3]).length, result.cells_kept);
  const [first] = tables.weights;
  assert.deepEqual(first.slice(0, 4), ["Wx", 0, 0, /** @type {Table} */ (result.weights.Wx)[0][0]]);
});

test("text with commas, quotes or spaces is quoted, and so is every comment", () => {
  const table = { name: "x", columns: ["a", "b,c"], rows: [['say "hi"', null], [" ", 1.5], ["#", -2]] };
  const csv = toCsv(table, ["one, two", "=1+1"]);
  const lines = ['\ufeff"# one, two"', '"# =1+1"', 'a,"b,c"', '"say ""hi""",', '" ",1.5', '"#",-2', ""];
  assert.deepEqual(csv.split("\r\n"), lines);
});

test("text that a spreadsheet would evaluate is exported as text, and numbers stay numbers", () => {
  const rows = ["=1+1", "+1", "-", "@a", "\t=1", "\r", "-0.5", "1e-3", "a=1", -2].map((value) => [value]);
  const [, ...lines] = toCsv({ name: "x", columns: ["a"], rows }, []).split("\r\n");
  const written = [
    '"\'=1+1"',
    '"\'+1"',
    '"\'-"',
    '"\'@a"',
    '"\'\t=1"',
    '"\'\r"',
    "-0.5",
    "1e-3",
    "a=1",
    "-2",
    "",
  ];
  assert.deepEqual(lines, written);
});

test("every table has a name in the catalogue", () => {
  useCatalogue(recorded("words-en"));
  for (const name of ANSWERS) {
    for (const table of tablesOf(answer(name))) {
      assert.ok(hasWords(`export.tables.${table.name}`), table.name);
    }
  }
});
