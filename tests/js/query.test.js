// The query and the hash of the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accompanied, cropped, problemOf, wholeLength } from "../../static/js/page/constraints.js";
import { shortened } from "../../static/js/page/cuts.js";
import { HASH } from "../../static/js/explorer/hash.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { readQuery, writeQuery } from "../../static/js/page/query.js";
import { symbolsOf } from "../../static/js/lib/symbols.js";
import { controls, recorded } from "./recorded.js";

useHash(HASH);

const all = controls();
/** @param {string} name @param {string} value @param {string} [search] what else is asked */
const problem = (name, value, search = "") =>
  problemOf(
    /** @type {Control} */ (all.find((control) => control.name === name)),
    value,
    read(search).params,
    all,
  );
/** @param {string} search */
const read = (search) => readQuery(search, all);

test("an empty query is all defaults, and its canonical form is the version alone", () => {
  const { params, remarks } = read("");
  assert.equal(params.text, "hello");
  assert.equal(params.k, 2);
  assert.deepEqual(remarks, []);
  assert.equal(writeQuery(params, all), "?v=1");
});

test("a link of a version that does not exist is read as version 1, and it is said", () => {
  for (const v of ["0", "2", "", "01"]) {
    const { params, remarks } = read(`?v=${v}&k=3`);
    assert.equal(params.k, 3);
    assert.deepEqual(remarks, [{ code: "version", name: "v", given: v }]);
  }
  assert.deepEqual(read("?v=1&k=3").remarks, []);
});

test("a query survives reading and writing, in the schema's order and without defaults", () => {
  const written = writeQuery(read("?cut=0.5&k=3&text=banana&truncation=blocks&utm_source=x").params, all);
  assert.equal(written, "?v=1&text=banana&k=3&cut=0.5");
  assert.equal(writeQuery(read(written).params, all), written);
});

test("choosing randomized truncation brings a draw that cuts something, and leaving it takes that back", () => {
  const after = (/** @type {string} */ before, /** @type {string} */ search) =>
    accompanied(read(before).params, read(search).params, all);
  assert.deepEqual(after("?k=3", "?k=3&truncation=randomized"), { cut_seed: "4043" });
  assert.deepEqual(after("?text=abc", "?text=abc&truncation=randomized"), { cut_seed: "106" });
  assert.deepEqual(after("?steps=2", "?steps=2&truncation=randomized"), { cut_seed: "106" });
  assert.deepEqual(after("?steps=1", "?steps=1&truncation=randomized"), {});
  assert.deepEqual(after("?truncation=randomized&cut_seed=4043", "?truncation=full&cut_seed=4043"), {
    cut_seed: "0",
  });
  for (const chosen of ["cut_seed=7", "cut_seed=0&truncation=randomized"]) { // the reader's own, and an old link
    assert.deepEqual(after(`?${chosen}`, `?${chosen}&truncation=randomized&cut=0.5`), {});
  }
  assert.deepEqual(after("?truncation=randomized&cut_seed=7", "?cut_seed=7"), {});
  assert.deepEqual(after("?truncation=randomized", "?truncation=randomized&cut_seed=5"), {});
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
    assert.equal(
      remarks[0].given,
      search.slice(name.length + 2).slice(0, 40),
      "what was given, of a long one its start",
    );
    const { minimum: low, maximum: high } = all.find((control) => control.name === name) ?? {};
    assert.deepEqual([remarks[0].used, remarks[0].low, remarks[0].high], [used, low, high]);
  }
});

test("remarks stand in the order in which the parameters are read: those with one value, texts, and what follows", () => {
  const names = (/** @type {string} */ search) => read(search).remarks.map(({ name }) => name);
  assert.deepEqual(names("?text=a&k=0&gain=99&targets=abc"), ["gain", "k", "text", "targets"]);
  assert.deepEqual(names("?weights=x&text=a"), ["text", "weights"]);
});

test("an unreadable value becomes the default, with a notice", () => {
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

test("a bad value is remarked on under its name, and the corrected link says nothing", () => {
  for (
    const [search, name] of [
      ["text=", "text"],
      ["text=a", "text"],
      ["text=" + "a".repeat(1002), "text"],
      ["steps=0", "steps"],
      ["steps=1001", "steps"],
      ["steps=5_0", "steps"],
      ["steps=50.0", "steps"],
      ["steps=５", "steps"],
      ["steps=" + "9".repeat(5000), "steps"],
      ["k=0", "k"],
      ["k=1001", "k"],
      ["gain=NaN", "gain"],
      ["gain=99", "gain"],
      ["truncation=none", "truncation"],
      ["cell=elman", "cell"],
      ["unit=letter", "unit"],
      ["unit=number&text=banana", "text"],
      ["targets=ab", "targets"],
      ["weights=1,2,3", "weights"],
      ["hidden=64&steps=1000", "hidden"],
      ["updates=500&steps=100", "updates"],
      ["lr=11", "lr"],
      ["k=3&k=4", "k"],
    ]
  ) {
    const { params, remarks } = read(`?${search}`);
    assert.ok(remarks.some((remark) => remark.name === name), search.slice(0, 40));
    assert.deepEqual(read(writeQuery(params, all)).remarks, [], search.slice(0, 40));
  }
});

test("the last value of a repeated key counts, with a notice", () => {
  const { params, remarks } = read("?k=3&k=4");
  assert.equal(params.k, 4);
  assert.equal(remarks[0].code, "repeated");
});

test("a length that says what the text says is dropped, and what is longer than 1000 steps is cropped", () => {
  assert.equal(writeQuery(read("?steps=4").params, all), "?v=1");
  const long = "ab".repeat(500) + "c";
  assert.deepEqual(read("?text=" + long).remarks, []);
  const { params, remarks } = read(`?text=${long}&targets=${long}`);
  assert.equal(params.steps, 1000);
  assert.deepEqual(remarks, [{ code: "cropped", name: "text", given: "1001", used: 1000 }]);
});

test("a text falls into the very symbols that the server reads", () => {
  const read = /** @type {{unit: string, text: string, symbols: string[]}[]} */ (recorded("symbols"));
  assert.ok(read.length > 20);
  for (const { unit, text, symbols } of read) {
    const mine = symbolsOf(text.normalize("NFC"), unit);
    assert.deepEqual(unit === "number" ? mine.map(Number) : mine, symbols, JSON.stringify(text));
  }
});

test("every unit has a usual text, which a link leaves out", () => {
  for (
    const [search, text, T] of /** @type {[string, string, number][]} */ ([
      ["?unit=char", "hello", 4],
      ["?unit=word", "you say goodbye and I say hello .", 7],
      ["?unit=number", "1 2 1 2 1", 4],
    ])
  ) {
    const { params, remarks } = read(search);
    assert.equal(params.text, text);
    assert.equal(wholeLength(params), T);
    assert.deepEqual(remarks, []);
    assert.equal(writeQuery(params, all), search === "?unit=char" ? "?v=1" : `?v=1&${search.slice(1)}`);
  }
  assert.equal(
    writeQuery(read("?unit=word&text=hello+world").params, all),
    "?v=1&text=hello+world&unit=word",
  );
});

test("a text that the unit cannot read becomes the unit's usual text, and that is said", () => {
  for (const search of ["?unit=number&text=banana", "?unit=number&text=1+1001", "?unit=number&text=1"]) {
    const { params, remarks } = read(search);
    assert.equal(params.text, "1 2 1 2 1");
    assert.deepEqual(remarks.map(({ code, name }) => [code, name]), [["instead", "text"]]);
  }
  assert.equal(read("?unit=word&text=banana").params.text, "you say goodbye and I say hello .");
  assert.equal(read("?unit=char&text=1+2+3").params.text, "1 2 3");
});

test("own targets are as many as the text has symbols, and then every symbol is a step", () => {
  assert.equal(wholeLength(read("?text=abc&targets=xyz").params), 3);
  assert.equal(wholeLength(read("?unit=word&text=a+b+c&targets=+x+y,+z").params), 3);
  assert.equal(wholeLength(read("?unit=word&text=a+b+c&targets=+").params), 2);
  assert.deepEqual(problem("targets", "ab"), { code: "targets_count", limit: 5, given: 2 });
  assert.equal(problem("targets", "world"), null);
  assert.equal(problem("targets", ""), null);
  assert.deepEqual(problem("targets", "1 x", "?unit=number&text=1+2"), { code: "not_numbers", limit: 1000 });
  const han = Array.from({ length: 400 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const [first, second] = [han.slice(0, 200).join(""), han.slice(200).join("")];
  assert.deepEqual(problem("targets", second, `?text=${first}`), { code: "too_many_different", limit: 256 });
  const { params, remarks } = read("?targets=ab");
  assert.equal(params.targets, "");
  assert.deepEqual(remarks, [{
    code: "instead",
    name: "targets",
    problem: { code: "targets_count", limit: 5, given: 2 },
  }]);
});

test("custom weights fill every matrix of the network", () => {
  assert.deepEqual(problem("weights", "1"), { code: "weights_count", limit: 140, given: 1 });
  assert.deepEqual(problem("weights", "1", "?cell=lstm&hidden=1"), {
    code: "weights_count",
    limit: 32,
    given: 1,
  });
  assert.deepEqual(problem("weights", "1", "?cell=gru&hidden=2&text=ab&targets=cd")?.limit, 54);
  assert.equal(problem("weights", ".5,.1,0,2,0", "?unit=number&hidden=1"), null);
  assert.equal(problem("weights", ".5, .1 0  2,0", "?unit=number&hidden=1"), null);
  assert.equal(problem("weights", ""), null);
  for (const wrong of ["1;2", "100.1", "NaN", "1e3"]) {
    assert.equal(problem("weights", wrong)?.code, "not_numbers");
  }
  assert.equal(problem("weights", "1".repeat(20001))?.code, "too_long");
  assert.equal(read("?unit=number&hidden=1&weights=.5,.1,0,2,0").params.weights, ".5,.1,0,2,0");
  assert.equal(read("?unit=number&hidden=2&weights=.5,.1,0,2,0").params.weights, "");
});

test("what is too much work at a length is lowered, and said", () => {
  const { params, remarks } = read("?steps=1000&hidden=64&updates=500");
  assert.deepEqual([params.hidden, params.updates], [32, 40]);
  assert.deepEqual(remarks.map(({ code, name, used }) => [code, name, used]), [
    ["lowered", "hidden", 32],
    ["lowered", "updates", 40],
  ]);
  assert.deepEqual(read("?steps=500&hidden=64&updates=80").remarks, []);
});

test("a text is measured in graphemes, code points and different symbols", () => {
  assert.equal(symbolsOf("👩‍👩‍👧‍👦🇰🇷é가", "char").length, 4);
  assert.equal(problem("text", "ab"), null);
  assert.deepEqual(problem("text", "👩‍👩‍👧‍👦"), { code: "too_few_symbols", limit: 2 });
  assert.equal(problem("text", "a".repeat(1002))?.code, "too_many_symbols");
  assert.equal(problem("text", "e\u0316".repeat(700))?.code, "too_long");
  const many = Array.from({ length: 257 }, (_, i) => String.fromCharCode(0x4e00 + i)).join("");
  assert.equal(problem("text", many)?.code, "too_many_different");
  const numbers = Array.from({ length: 257 }, (_, i) => i).join(" ");
  assert.equal(problem("text", numbers, "?unit=number"), null);
});

test("the hash holds the view state and nothing unreadable", () => {
  const nothing = readHash("");
  assert.ok(Object.values(nothing).every((value) => value === null));
  assert.deepEqual(readHash("#t=3&theme=dark&x=1"), { ...nothing, t: 3, theme: "dark" });
  assert.deepEqual(readHash("#t=-1&theme=pink&at=b9.7&notation=abc&s=1.5"), nothing);
  assert.equal(writeHash({ ...nothing, t: 0 }), "#t=0");
  assert.equal(writeHash(nothing), "");
  const link = "#t=2&s=9&at=b4:9.1&panel=numbers%2Cnorms";
  assert.equal(writeHash(readHash(link)), link);
});

test("a text that is too long is offered its longest start within all limits", () => {
  const limits = { too_long: 1300, too_many_symbols: 1001, too_many_different: 256 };
  assert.deepEqual(cropped("ab".repeat(800), "char", limits), { text: "ab".repeat(500) + "a", n: 1001 });
  const family = "👩‍👩‍👧‍👦"; // 7 code points, one symbol
  assert.deepEqual(cropped(family.repeat(300), "char", limits), { text: family.repeat(185), n: 185 });
  assert.deepEqual(cropped("word ".repeat(400), "word", limits), {
    text: Array(260).fill("word").join(" "),
    n: 260,
  });
  assert.deepEqual(cropped("1, 2 ".repeat(600), "number", limits).n, 650);
  const different = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0xac00 + i)).join("");
  assert.equal(cropped(different, "char", limits).n, 256);
  for (
    const [text, search] of [["x".repeat(1301), ""], ["word ".repeat(400), "?unit=word"], [different, ""]]
  ) {
    const fits = problem("text", text, search)?.fits?.text ?? "";
    assert.equal(problem("text", fits, search), null);
  }
  assert.equal(problem("text", "a")?.fits, undefined);
});

test("a k₂ below k₁ in an entry of a race is said to count as k₁", () => {
  const { params, remarks } = readQuery(
    "?contest=tbptt:5:2,tbptt.2.5,zeros.tbptt.10.9,full",
    recorded("training-controls"),
  );
  assert.equal(params.contest, "tbptt:5:2,tbptt.2.5,zeros.tbptt.10.9,full");
  assert.deepEqual(
    remarks,
    ["tbptt:5:2", "tbptt.10.9"].map((given) => ({
      code: "k2_raised",
      name: "contest",
      given,
    })),
  );
});

test("k₂ below k₁ is raised to k₁, where TBPTT is chosen, and said where the link gives k", () => {
  const { params, remarks } = read("?text=the+quick+brown+fox&truncation=tbptt&k1=5&k=3");
  assert.equal(params.k, 5);
  assert.deepEqual(remarks, [{ code: "raised", name: "k", given: "3", used: 5, by: "k1" }]);
  assert.match(writeQuery(params, all), /&k=5&k1=5$/);
  assert.deepEqual(read(writeQuery(params, all)).remarks, []);
  const usual = read("?truncation=tbptt&k1=5");
  assert.deepEqual([usual.params.k, usual.remarks], [5, []], "k is not given, so there is nothing to say");
  for (const other of ["blocks", "window", "full", "randomized"]) {
    assert.equal(read(`?truncation=${other}&k1=5&k=3`).params.k, 3, "k₁ has no effect there");
  }
  assert.equal(read("?truncation=tbptt&k1=3&k=5").params.k, 5);
});

test("a window τ above n is lowered to n, where it has an effect", () => {
  const graph = recorded("graph-controls"),
    asked = (/** @type {string} */ search) => readQuery(search, graph);
  const { params, remarks } = asked("?preset=ar&n=3&tau=7");
  assert.equal(params.tau, 3);
  assert.deepEqual(remarks, [{ code: "limited", name: "tau", given: "7", used: 3, by: "n" }]);
  assert.equal(asked("?preset=chain&n=3&tau=7").params.tau, 7);
  assert.equal(asked("?preset=ar&n=3&tau=7&formula=x*y").params.tau, 7);
});

test("cuts are sorted and kept once, and those after the last step are dropped where they have an effect", () => {
  const cuts = (/** @type {string} */ search) => read(search);
  assert.equal(cuts("?truncation=cuts&cuts=3,%202,,3,").params.cuts, "2,3");
  assert.deepEqual(cuts("?truncation=cuts&cuts=3,2").remarks, []);
  const beyond = cuts("?truncation=cuts&cuts=9,2,4,3"); // hello: the last step is 3
  assert.equal(beyond.params.cuts, "2,3");
  assert.deepEqual(beyond.remarks, [{ code: "cuts_dropped", name: "cuts", given: "4, 9", used: 3 }]);
  assert.deepEqual(cuts("?cuts=9,2").params.cuts, "2,9"); // idle: the list waits for a longer sequence
  assert.deepEqual(cuts("?cuts=9,2").remarks, []);
  assert.equal(cuts("?truncation=cuts&cuts=1&text=ab").params.cuts, "");
  for (const wrong of ["0", "2;3", "-1", "1.5", "1000", "x"]) {
    const { params, remarks } = cuts(`?truncation=cuts&cuts=${encodeURIComponent(wrong)}`);
    assert.equal(params.cuts, "");
    assert.deepEqual(remarks, [{
      code: "instead",
      name: "cuts",
      problem: { code: "not_cuts", limit: 3 }, // the last step of this text
    }], wrong);
  }
  const own = read("?truncation=cuts&cuts=3%2C2").params;
  assert.match(writeQuery(own, all), /&cuts=2,3(&|$)/, "as people write it");
  assert.equal(problem("cuts", "2,"), null); // half typed
});

test("a list of cuts is shortened where there is little room", () => {
  assert.equal(shortened("2,5,9"), "2, 5, 9");
  assert.equal(shortened("10,20,30,40,50,60"), "10, 20, 30, 40, …");
  assert.equal(shortened("7"), "7");
  assert.equal(shortened("1,22,333,4444"), "1, 22, 333, 4444", "sixteen characters");
  assert.equal(shortened("1,22,333,44444"), "1, 22, 333, …");
  assert.equal(shortened("12345678901234567,3"), "12345678901234567, …", "one at least");
});
