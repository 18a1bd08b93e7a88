// A busy server is not asked the same again before its time, whatever is redrawn meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDocument } from "./document.js";
import { viewWith } from "./recorded.js";

Object.assign(globalThis, { location: { href: "http://localhost/en/" } }); // read as the modules are loaded
const { asker } = await import("../../static/js/page/ask.js");
const { isBusy, markReached } = await import("../../static/js/page/retry.js");

const BUSY = { failure: /** @type {const} */ ("busy"), seconds: 30 };

/** A page that stays at its query. @param {string} query @param {string[]} shown */
function page(query, shown) {
  return {
    read: () => ({ query }),
    ...{ soon: () => {}, update: () => {}, refuse: () => {} },
    show: (/** @type {string} */ _, /** @type {string} */ result) => shown.push(result),
  };
}

test("a redraw does not repeat the question that the server was too busy for; another question is asked", async () => {
  makeDocument();
  viewWith();
  /** @type {string[]} */
  const asked = [];
  /** @type {string[]} */
  const shown = [];
  const ask = asker((question) => {
    asked.push(question);
    return Promise.resolve(question === "?k=2" ? BUSY : { result: question });
  });
  await ask(page("?k=2", shown), "?k=2");
  assert.ok(isBusy());
  await ask(page("?k=2", shown), "?k=2");
  assert.deepEqual(asked, ["?k=2"]);
  await ask(page("?k=3", shown), "?k=3");
  assert.deepEqual(shown, ["?k=3"]);
  assert.ok(!isBusy());
  await ask(page("?k=2", shown), "?k=2");
  assert.deepEqual(asked, ["?k=2", "?k=3", "?k=2"]);
  markReached();
});

test("without a network every redraw asks again: it may be back", async () => {
  /** @type {string[]} */
  const asked = [];
  const ask = asker((question) => {
    asked.push(question);
    return Promise.resolve({ failure: /** @type {const} */ ("offline") });
  });
  for (let i = 0; i < 2; i += 1) await ask(page("", []), "");
  assert.equal(asked.length, 2);
  markReached();
});
