// When the server does not answer: the seconds until the next attempt, counted down, and longer each time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDocument } from "./document.js";
import { viewWith } from "./recorded.js";

Object.assign(globalThis, { location: { href: "http://localhost/en/" } }); // read as the modules are loaded
const { isBusy, markReached, retryLater } = await import("../../static/js/page/retry.js");

/**
 * A page and its clock: `pass` lets so many seconds go by, of which one after the other is counted.
 * @param {(clock: {pass: (seconds: number) => void, running: () => number}) => void} scenario
 */
function withClock(scenario) {
  const real = { now: Date.now, random: Math.random, setInterval, clearInterval };
  /** @type {Map<number, () => void>} */
  const ticking = new Map();
  let now = 1e12, last = 0;
  makeDocument();
  viewWith();
  Date.now = () => now;
  Math.random = () => 0.5;
  Object.assign(globalThis, {
    setInterval: (/** @type {() => void} */ tick) => (ticking.set(last += 1, tick), last),
    clearInterval: (/** @type {number} */ id) => ticking.delete(id),
  });
  try {
    scenario({
      pass: (seconds) => {
        for (let i = 0; i < seconds; i += 1) {
          now += 1000;
          for (const tick of [...ticking.values()]) tick();
        }
      },
      running: () => ticking.size,
    });
  } finally {
    markReached();
    Object.assign(Date, { now: real.now });
    Object.assign(Math, { random: real.random });
    Object.assign(globalThis, { setInterval: real.setInterval, clearInterval: real.clearInterval });
  }
}

test("without a network it asks again after 2, 4, 8 and then every 15 seconds, and from 2 once it was reached", () => {
  withClock(({ pass, running }) => {
    let asked = 0;
    for (const seconds of [2, 4, 8, 15, 15]) {
      asked = 0;
      retryLater({ failure: "offline" }, () => asked += 1);
      pass(seconds - 1);
      assert.equal(asked, 0, `not before ${seconds} s`);
      pass(1);
      assert.equal(asked, 1, `after ${seconds} s`);
      pass(30);
      assert.deepEqual([asked, running()], [1, 0], "once");
      assert.equal(isBusy(), false);
    }
    markReached();
    retryLater({ failure: "offline" }, () => asked += 1);
    pass(2);
    assert.equal(asked, 2);
  });
});

test("a busy server is asked by chance up to twice as late as it says, and is busy until then", () => {
  withClock(({ pass }) => {
    let asked = 0;
    retryLater({ failure: "busy", seconds: 6 }, () => asked += 1);
    pass(8);
    assert.deepEqual([asked, isBusy()], [0, true]);
    pass(1);
    assert.deepEqual([asked, isBusy()], [1, false]);
  });
});

test("a new failure takes the place of the one before, and an answer ends the waiting", () => {
  withClock(({ pass, running }) => {
    /** @type {string[]} */
    const asked = [];
    retryLater({ failure: "offline" }, () => asked.push("first"));
    retryLater({ failure: "offline" }, () => asked.push("second"));
    assert.equal(running(), 1);
    pass(4);
    assert.deepEqual(asked, ["second"]);
    retryLater({ failure: "offline" }, () => asked.push("third"));
    markReached();
    pass(30);
    assert.deepEqual([asked, running()], [["second"], 0]);
  });
});
