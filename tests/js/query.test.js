import assert from "node:assert/strict";
import { test } from "node:test";
import { readHash, readQuery, segments, textProblem, writeHash, writeQuery } from "../../static/js/query.js";
import { controls } from "./recorded.js";

const all = controls();
const text = /** @type {Control} */ (all.find(({ name }) => name === "text"));
/** @param {string} search */
const read = (search) => readQuery(search, all);

test("an empty query is all defaults, and its canonical form is the version alone", () => {
  const { params, remarks } = read("");
  assert.equal(params.text, "hello");
  assert.equal(params.k, 2);
  assert.deepEqual(remarks, []);
  assert.equal(writeQuery(params, all), "?v=1");
});

test("a query survives reading and writing, in the schema's order and without defaults", () => {
  const written = writeQuery(read("?cut=0.5&k=3&text=banana&truncation=blocks&utm_source=x").params, all);
  assert.equal(written, "?v=1&text=banana&k=3&cut=0.5");
  assert.equal(writeQuery(read(written).params, all), written);
});

test("spaces, Korean and signs survive a link", () => {
  for (const odd of ["가 나+다&라=마#바", "👩‍👩‍👧‍👦?%25", "<b>\"'"]) {
    assert.equal(read(writeQuery(read(`?text=${encodeURIComponent(odd)}`).params, all)).params.text, odd);
  }
});

test("what is out of range is moved to its limit, and said", () => {
  for (
    const [search, name, used] of /** @type {[string, string, number][]} */ ([
      ["?k=0", "k", 1],
      ["?k=1001", "k", 1000],
      ["?steps=" + "9".repeat(5000), "steps", 1000],
      ["?gain=99", "gain", 3],
      ["?seed=-1", "seed", 0],
    ])
  ) {
    const { params, remarks } = read(search);
    assert.equal(params[name], used);
    assert.deepEqual(remarks.map(({ code, name }) => [code, name]), [["clamped", name]]);
    assert.ok((remarks[0].given ?? "").length <= 40);
  }
});

test("what cannot be read becomes the default, and is said", () => {
  for (
    const search of [
      "?k=5_0",
      "?k=5.0",
      "?k=%205",
      "?k=５",
      "?gain=NaN",
      "?gain=inf",
      "?truncation=x",
      "?text=a",
      "?text=",
    ]
  ) {
    const { params, remarks } = read(search);
    assert.equal(remarks[0].code, search.startsWith("?text") ? "instead" : "default", search);
    assert.equal(writeQuery(params, all), "?v=1", search);
  }
});

test("of a key that stands twice the last counts, and it is said", () => {
  const { params, remarks } = read("?k=3&k=4");
  assert.equal(params.k, 4);
  assert.equal(remarks[0].code, "repeated");
});

test("a length that says what the text says is dropped, and a long text is cropped", () => {
  assert.equal(writeQuery(read("?steps=4").params, all), "?v=1");
  const shorter = all.map((control) => (control.name === "steps" ? { ...control, maximum: 200 } : control));
  const { params, remarks } = readQuery("?text=" + "ab".repeat(150), shorter);
  assert.equal(params.steps, 200);
  assert.equal(remarks[0].code, "cropped");
});

test("a text is measured in graphemes, code points and different symbols", () => {
  assert.equal(segments("👩‍👩‍👧‍👦🇰🇷é가").length, 4);
  assert.equal(textProblem(text, "ab"), null);
  assert.deepEqual(textProblem(text, "👩‍👩‍👧‍👦"), { code: "too_few_symbols", limit: 2 });
  assert.equal(textProblem(text, "a".repeat(1002))?.code, "too_many_symbols");
  assert.equal(textProblem(text, "e\u0316".repeat(700))?.code, "too_long");
  const many = Array.from({ length: 257 }, (_, i) => String.fromCharCode(0x4e00 + i)).join("");
  assert.equal(textProblem(text, many)?.code, "too_many_different");
});

test("the hash holds what is looked at, and nothing unreadable", () => {
  const nothing = readHash("");
  assert.ok(Object.values(nothing).every((value) => value === null));
  assert.deepEqual(readHash("#t=3&theme=dark&x=1"), { ...nothing, t: 3, theme: "dark" });
  assert.deepEqual(readHash("#t=-1&theme=pink&at=b9.7&notation=abc&s=1.5"), nothing);
  assert.equal(writeHash({ ...nothing, t: 0 }), "#t=0");
  assert.equal(writeHash(nothing), "");
  const link = "#t=2&s=9&at=b4:9.1&panel=numbers%2Cnorms";
  assert.equal(writeHash(readHash(link)), link);
});
