// Every figure is as it was in every state of its sweep.

import assert from "node:assert/strict";
import { test } from "node:test";
import { digest } from "./digest.js";
import { recorded } from "./recorded.js";
import { digestsOf, sceneOf, SWEEPS } from "./sweeps.js";

/** @type {Record<string, string>} digests by figure, one after the other */
const BEFORE = recorded("sweeps");

/** @param {string} name @param {unknown} value */
const withoutAnswers = (name, value) => name === "answers" ? undefined : value;

for (const figure of Object.keys(SWEEPS)) {
  test(`${figure} is drawn as it was in every state`, () => {
    const before = (BEFORE[figure] ?? "").split(" "),
      changed = digestsOf(figure).map((now, i) => now !== before[i]);
    const state = changed.indexOf(true), count = changed.filter(Boolean).length;
    assert.ok(
      state < 0,
      `${figure} has changed in ${count} of ${changed.length} states, first in state ${state}:
${state < 0 ? "" : JSON.stringify(sceneOf(figure, state), withoutAnswers)}
To see it, run this here and at the last commit, and compare:
  deno run --allow-read=. tests/js/sweeps.js "${figure}" ${state}
If it is right, record it with python -m tests.record.`,
    );
  });
}

test("nothing is recorded that is not drawn any more", () => {
  assert.deepEqual(Object.keys(BEFORE).sort(), Object.keys(SWEEPS).sort());
});

test("a digest overlooks a last digit, and nothing else", () => {
  const of = (/** @type {unknown} */ more) =>
    digest({ path: "M10.14,20L30,40", opacity: 0.5, text: "L₁", ...Object(more) });
  assert.equal(of({ path: "M10.1402,20L30,40", opacity: 0.50003 }), of({ path: "M10.1398,20L30,40" }));
  const others = [{ path: "M10.3,20L30,40" }, { opacity: 0.51 }, { text: "L₂" }, { more: 1 }].map(of);
  assert.equal(new Set([...others, of({})]).size, 5);
});
