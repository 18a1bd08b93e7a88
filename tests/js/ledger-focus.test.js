// The focus in the ledger, whose buttons are made anew at every moment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { show } from "../../static/js/explorer/ledger/ledger.js";
import { readMoment } from "../../static/js/explorer/timeline.js";
import { elementById, makeDocument } from "./document.js";
import { answer, viewWith } from "./recorded.js";

test("who steps by keyboard keeps the button at the same place, and nothing scrolls", () => {
  makeDocument();
  /** @type {unknown[]} */
  const focused = [];
  const buttons = [0, 1, 2].map((i) => ({
    matches: (/** @type {string} */ selector) => selector === ":focus" && i === 1,
    focus: (/** @type {object} */ how) => focused.push([i, how]),
  }));
  const place = elementById("ledger");
  place.querySelectorAll = () => buttons;
  show(answer("bptt"), viewWith({ at: readMoment("f1.1") }));
  assert.deepEqual(focused, [[1, { preventScroll: true }]]);
  buttons[1].matches = () => false;
  show(answer("bptt"), viewWith({ at: readMoment("f1.2") }));
  assert.equal(focused.length, 1, "who is elsewhere stays there");
});
