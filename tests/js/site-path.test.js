// Paths of this site from typed text: the table that the server's function is held against, too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sitePath } from "../../static/js/lib/site-path.js";
import { readTalk } from "../../static/js/talk/format.js";
import { recorded } from "./recorded.js";

const BASE = "https://bptt.example";
/** @type {[string, string | null][]} */
const CASES = recorded("site-paths");

test("a path of this site is what leads to it, and nothing else", () => {
  for (const [text, path] of CASES) assert.equal(sitePath(text), path, JSON.stringify(text));
});

test("a browser opens the very path that was checked", () => {
  for (const path of CASES.flatMap(([, path]) => path ?? [])) {
    const { origin, href } = new URL(path, BASE);
    assert.equal(origin, BASE);
    assert.equal(href, BASE + path);
  }
});

test("the site's own address may stand before the path", () => {
  assert.equal(sitePath(`${BASE}/en/`, BASE), "/en/");
  for (const other of [`${BASE}.org/en/`, `${BASE}@example.org/`, BASE, `${BASE}//example.org`]) {
    assert.equal(sitePath(other, BASE), null, other);
  }
});

test("a stop that leads elsewhere is not in the talk", () => {
  const lines = ["A title | /en/?v=1&k=2", "/..//example.org/", `Home | ${BASE}/ko/`, "https://example.org/"];
  const { stops, unknown } = readTalk(lines.join("\n"), { base: BASE, isStep: () => false });
  assert.deepEqual(stops.map(({ to, title }) => [to, title]), [["/en/?v=1&k=2", "A title"], [
    "/ko/",
    "Home",
  ]]);
  assert.deepEqual(unknown.map(({ line }) => line), [2, 4]);
});
