// The lesson plan: lines that are steps of the course, links with or without a title, or neither.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stopsOf, usual } from "../../static/js/lessons/lesson-plan.js";

const COURSE = [
  { number: 1, id: "1", title: "One", moments: [{ title: "A", hour: true }, { title: "B", hour: false }] },
  { number: 12, id: "12", title: "Two", moments: [{ title: "C", hour: false }, { title: "D", hour: true }] },
];
const BASE = "https://bptt.example";

test("the usual plan names the steps that belong to it", () => {
  assert.deepEqual(usual(COURSE), ["1.1", "12.2"]);
});

test("a step has the title of the course or its own, and its path in the language", () => {
  const { stops, unknown } = stopsOf(["1.1", "", " 12.2 ", "Own | title | 1.2"], COURSE, "ko", BASE);
  assert.deepEqual(stops, [
    { title: "1.1 A", path: "/ko/1.1" },
    { title: "12.2 D", path: "/ko/12.2" },
    { title: "1.2 Own | title", path: "/ko/1.2" },
  ]);
  assert.deepEqual(unknown, []);
});

test("a line that is neither step nor link is named by its number", () => {
  const lines = ["1.3", "1.0", "2.1", "", "1.1.1", "https://other.example/en/", "1.1"];
  const { stops, unknown } = stopsOf(lines, COURSE, "en", BASE);
  assert.deepEqual(stops.map(({ path }) => path), ["/en/1.1"]);
  assert.deepEqual(unknown.map(({ line }) => line), [1, 2, 3, 5, 6]);
});

test("a link of the site is its own title, unless it has one", () => {
  const { stops } = stopsOf([`${BASE}/en/?k=3`, `Three|${BASE}/en/?k=3`], COURSE, "en", BASE);
  assert.deepEqual(stops.map(({ path }) => path), ["/en/?k=3", "/en/?k=3"]);
  assert.deepEqual(stops.map(({ title }) => title), [`${BASE}/en/?k=3`, "Three"]);
});
