// A talk: its text, its fragment, and where one is in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fromPlan,
  minutesOf,
  MOST_STOPS,
  readTalk,
  withoutNotes,
  writeTalk,
} from "../../static/js/talk/format.js";
import { addressForAudience, packed, unpacked } from "../../static/js/talk/fragment.js";
import { moved } from "../../static/js/talk/list.js";
import { isSame, opened, stepsOf, targetOfPath, withKeys } from "../../static/js/talk/opened.js";
import { stopsOfBookmarks } from "../../static/js/talk/storage.js";
import { behind, clock } from "../../static/js/talk/time.js";
import { veilWith } from "../../static/js/talk/ask.js";
import { choicesOf, writeChoices } from "../../static/js/page/live/own-question.js";
import { readHash, writeHash } from "../../static/js/page/hash.js";
import { recorded } from "./recorded.js";

const BASE = "https://bptt.example";
const STEPS = ["1.5", "8.2", "8.5", "12.2"];
const site = { base: BASE, isStep: (/** @type {string} */ number) => STEPS.includes(number) };
/** @param {string} text */
const read = (text) => readTalk(text, site);
/** @param {string} to @param {number} [minutes] @param {string} [title] @param {string} [note] */
const stop = (to, minutes = 3, title = "", note = "") => ({ to, minutes, title, note });

test("a line's fields are told apart by their shape, in any order", () => {
  const said = stop("8.2", 6, "Does it learn when cut?", "Ask the class, one minute in pairs");
  for (
    const line of [
      "Does it learn when cut? | 6' | 8.2 | Ask the class, one minute in pairs",
      "8.2 | 6' | Does it learn when cut? | Ask the class, one minute in pairs",
      "Does it learn when cut?|Ask the class, one minute in pairs|6′|8.2",
      "  6 ’ | Does it learn when cut? | 8.2|Ask the class, one minute in pairs | more ",
    ]
  ) assert.deepEqual(read(line).stops, [said], line);
});

test("the first line may name the talk; what is missing is left to the step", () => {
  const text = "\n# Cut and learn\n8.2\n\n1.5 | 0'\r\n/en/?v=1&k=3#t=1 | Three | 10'";
  const { name, stops, unknown } = read(text);
  assert.equal(name, "Cut and learn");
  assert.deepEqual(stops, [stop("8.2"), stop("1.5", 0), stop("/en/?v=1&k=3#t=1", 10, "Three")]);
  assert.deepEqual(unknown, []);
  assert.equal(minutesOf(stops), 13);
  assert.equal(
    writeTalk({ name, stops }),
    "# Cut and learn\n8.2\n1.5 | 0'\n/en/?v=1&k=3#t=1 | 10' | Three",
  );
  assert.deepEqual(read("").stops, []);
});

test("what is written is read as it was, whatever its texts are", () => {
  const texts = [
    "",
    "A | B",
    "a\\",
    "\\|",
    "6'",
    "8.2",
    `${BASE}/en/`,
    "# no name",
    "~",
    "가 나",
    "x".repeat(900),
  ];
  const stops = texts.flatMap((title, i) =>
    texts.map((note) => stop(STEPS[i % 4], i % 4 === 1 ? 3 : i, title, note))
  );
  for (let from = 0; from < stops.length; from += MOST_STOPS) {
    const talk = { name: "A | 6' # 이름", stops: stops.slice(from, from + MOST_STOPS) };
    assert.deepEqual(read(writeTalk(talk)), { ...talk, unknown: [] });
  }
});

test("a line that opens nothing of this site is named by its number", () => {
  const hostile = [
    ...[
      "https://other.example/en/",
      "//other.example/",
      "/\\other.example",
      "/en/../../x",
      "javascript:alert(1)",
    ],
    ...[
      "1.3",
      "99.1",
      "8.2.1",
      "6'",
      "# second name",
      "just words",
      `${BASE}.org/en/`,
      `${BASE}@example.org/`,
    ],
    ...["/en/\u0000", "/en/ k", "\\/en/", "data:text/html,x", "/%2e%2e/x"],
  ];
  const { stops, unknown } = read(["8.2", ...hostile, "1.5"].join("\n"));
  assert.deepEqual(stops, [stop("8.2"), stop("1.5")]);
  assert.deepEqual(unknown.map(({ line }) => line), hostile.map((_, i) => i + 2));
});

test("a stop is checked as every path of this site is, by the table that the server keeps too", () => {
  /** @type {[string, string | null][]} */
  const cases = recorded("site-paths");
  for (const [text, path] of cases) {
    if (/[\n\r|]/.test(text) || text !== text.trim()) continue; // not one field of a line
    assert.equal(read(`${text} | title`).stops[0]?.to ?? null, path, JSON.stringify(text));
  }
});

test("no more stops are read than a lecture has", () => {
  const { stops, unknown } = read("8.2\n".repeat(MOST_STOPS + 5));
  assert.equal(stops.length, MOST_STOPS);
  assert.equal(unknown.length, 5);
});

test("a list of before means what it meant: only its last bar ends a title", () => {
  const list = `8.2\nOwn | title | 1.5\nA | 6' | /en/?v=1&k=10\n\nHome | ${BASE}/ko/\nnonsense`;
  const { stops, unknown } = read(fromPlan(list, site));
  assert.deepEqual(stops, [
    stop("8.2"),
    stop("1.5", 3, "Own | title"),
    stop("/en/?v=1&k=10", 3, "A | 6'"),
    stop("/ko/", 3, "Home"),
  ]);
  assert.deepEqual(unknown, [{ line: 6, text: "nonsense" }]);
});

test("the audience's talk has no notes", () => {
  const talk = read("# Name\n8.2 | 6' | Title | secret\n1.5 | | secret");
  assert.equal(writeTalk(withoutNotes(talk)), "# Name\n8.2 | 6' | Title\n1.5");
});

test("a short talk is a readable fragment, a long one is packed, and both are read", async () => {
  const short = "# Cut\n8.2 | 6' | 끊기\n1.5";
  assert.equal(await packed(short), short);
  const long = `# 긴 강의안\n${"8.2 | 6' | 끊으면 배우는가? | 둘이서 1분 동안 의논합니다\n".repeat(20)}`
    .trim();
  const written = await packed(long);
  assert.match(written, /^~[\w-]+$/);
  assert.ok(written.length < encodeURIComponent(long).length / 10);
  for (const text of [short, long]) assert.equal(await unpacked(await packed(text)), text);
});

test("what was not packed by us is not read, and nothing unpacks without end", async () => {
  for (const other of ["~", "~x", "~!!", "~AAAA", "~%%%"]) assert.equal(await unpacked(other), null, other);
  const bomb = await packed("a".repeat(5_000_000));
  assert.ok(bomb.length < 10_000);
  assert.equal(await unpacked(bomb), null);
  assert.equal(await unpacked("a".repeat(500_000)), null);
});

const COURSE = [{
  number: 8,
  id: "truncated",
  title: "Cut",
  moments: [{ title: "A" }, { title: "Only orange" }],
}];

test("a stop opens a step of the course, or a link in its part of the site", () => {
  const open = (/** @type {string} */ to, title = "") => opened(stop(to, 3, title), COURSE, "ko");
  const step = open("8.2");
  assert.equal(step.path, "/ko/lessons/truncated#m=2");
  assert.equal(step.short, "/ko/8.2");
  assert.equal(step.called, "8.2 Only orange");
  assert.equal(step.section, "lessons");
  assert.equal(open("8.2", "Own").called, "8.2 Own");
  assert.equal(open("/en/8.1").path, "/en/lessons/truncated#m=1");
  const sections = [
    "/ko/?v=1",
    "/ko/training#at=1.0.0",
    "/en/graph",
    "/ko/ab?b=k%3D3",
    "/ko/lessons/bptt",
    "/docs",
    "/",
  ];
  assert.deepEqual(
    sections.map((to) => open(to).section),
    ["explorer", "training", "graph", "ab", "lessons", "other", "explorer"],
  );
  assert.equal(open("/ko/?text=%EA%B0%80").called, "/ko/?text=가");
  assert.ok(stepsOf(COURSE)("8.2") && !stepsOf(COURSE)("8.3") && !stepsOf(COURSE)("9.1"));
  assert.equal(targetOfPath("/ko/8.2"), "8.2");
  assert.equal(targetOfPath("/ko/?v=1"), "/ko/?v=1");
});

test("two links are one stop whatever the theme, the view and the order of their keys", () => {
  assert.ok(isSame("/en/?v=1&k=3#t=1", "/en/?k=3#theme=dark&t=1&view=present&from=2"));
  assert.ok(isSame("/en/?a=1&b=2#at=b3", "/en/?b=2&a=1#at=b3"));
  for (const other of ["/en/?k=4#t=1", "/en/?k=3#t=2", "/ko/?k=3#t=1", "/en/?k=3"]) {
    assert.ok(!isSame("/en/?v=1&k=3#t=1", other), other);
  }
  assert.equal(
    withKeys("/en/?v=1#t=1&view=present", { view: null, theme: "dark" }),
    "/en/?v=1#t=1&theme=dark",
  );
  assert.equal(withKeys("/en/?v=1", { view: "present", theme: null }), "/en/?v=1#view=present");
  assert.equal(withKeys("/en/#view=present", { view: null }), "/en/");
});

test("one is behind once the minutes of a stop are over, and ahead before they begin", () => {
  const stops = [stop("8.2", 4), stop("8.5", 6), stop("1.5", 6)], minute = 60_000;
  const at = (/** @type {number} */ place, /** @type {number} */ minutes) =>
    behind(stops, place, minutes * minute);
  assert.deepEqual([at(0, 0), at(0, 4), at(0, 4.9), at(0, 5), at(0, 7.5)], [0, 0, 0, 1, 3]);
  assert.deepEqual([at(1, 4), at(1, 3.5), at(1, 3), at(2, 1.2), at(2, 16)], [0, 0, -1, -8, 0]);
  assert.deepEqual([0, 59_999, 760_000, 3_600_000].map(clock), ["0:00", "0:59", "12:40", "60:00"]);
});

test("a stop is moved up and down the list", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 1, 1), ["a", "b", "c"]);
});

test("bookmarks of before become stops, and what was no bookmark does not", () => {
  const list = [{ search: "?v=1&text=a|b", hash: "#t=1", title: "A | B" }, null, 1, {}, {
    search: 1,
    hash: "",
    title: "",
  }];
  assert.deepEqual(stopsOfBookmarks(list, "ko"), [stop("/ko/?v=1&text=a%7Cb#t=1", 3, "A | B")]);
  for (const other of [null, {}, "text", 1]) assert.deepEqual(stopsOfBookmarks(other, "ko"), []);
});

test("a question has at most five choices, each once, and bars between them", () => {
  assert.deepEqual(choicesOf("left| right ||left|a|b|c|d"), ["left", "right", "a", "b", "c"]);
  assert.deepEqual(choicesOf(null), []);
  assert.equal(writeChoices("left\n right \n\nup | down"), "left|right|up / down");
  assert.equal(writeChoices(" \n"), null);
});

test("covers are turned on and off by name, and what else is covered stays", () => {
  assert.equal(veilWith("row.2,L.*", { "L.*": false, "back.*,fut.*": true }), "row.2,back.*,fut.*");
  assert.equal(veilWith(null, { "readout": false }), null);
  assert.equal(veilWith("back.*,fut.*", { "back.*,fut.*": true, "readout": true }), "back.*,fut.*,readout");
});

test("question, choices and covers are part of a link", () => {
  const hash = "#veil=back.*%2Creadout&ask=Where%20to%3F&choices=left%7Cright";
  assert.equal(writeHash(readHash(hash)), hash);
  assert.equal(readHash(`#ask=${"a".repeat(400)}`).ask?.length, 300);
  assert.equal(readHash("#ask=").ask, null);
});

test("what a lecture leaves to its audience is the talk without notes", async () => {
  const talk = { name: "Cut", stops: [stop("8.2", 6, "Why?", "secret"), stop("/ko/?v=1#t=2")] };
  const { path, query, fragment } = await addressForAudience(talk, "ko");
  assert.deepEqual([path, query], ["/ko/talk", ""]);
  assert.match(fragment, /^#stops=[!-~]+$/);
  const text = await unpacked(decodeURIComponent(fragment.slice("#stops=".length)));
  assert.deepEqual(read(text ?? "").stops, [stop("8.2", 6, "Why?"), stop("/ko/?v=1#t=2")]);
});
