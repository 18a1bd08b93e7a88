// The timeline of the explorer's player.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  atStep,
  backwardState,
  clampMoment,
  forwardState,
  indexOf,
  lineOn,
  linesOn,
  momentAt,
  readMoment,
  schedule,
  stepsOn,
  writeMoment,
} from "../../static/js/explorer/timeline.js";
import { answer, ANSWERS } from "./recorded.js";

for (const name of ANSWERS) {
  test(`${name} is played forward, then back along the scheme's own walks, then updated once`, () => {
    const result = answer(name), plan = schedule(result), T = result.tokens.length;
    const played = Array.from({ length: plan.length }, (_, i) => momentAt(plan, i));
    played.forEach((moment, i) => {
      assert.equal(indexOf(plan, moment), i);
      const written = writeMoment(moment, plan.separate);
      assert.deepEqual(readMoment(written), moment, written);
    });
    assert.deepEqual(played.slice(0, T).map(({ t }) => t), Array.from({ length: T }, (_, t) => t));
    assert.equal(played.filter(({ phase }) => phase === "update").length, 1);
    const swept = played.filter(({ phase }) => phase === "backward");
    const steps = result.walks.reduce((sum, { start, stop }) => sum + stop - start, 0);
    assert.equal(swept.length, plan.separate ? steps : T);
    assert.equal(swept[0].t, T - 1);
  });
}

test("lines lead through a step to the next one, both ways, and stop at either end", () => {
  const plan = schedule(answer("bptt")), first = momentAt(plan, 0);
  assert.deepEqual(linesOn(plan, first, -1), first);
  assert.equal(writeMoment(linesOn(plan, first, 5), false), "f1.2");
  assert.equal(writeMoment(linesOn(plan, first, 16), false), "b3.1");
  assert.equal(writeMoment(linesOn(plan, first, 999), false), "u");
  assert.equal(writeMoment(linesOn(plan, momentAt(plan, plan.length), -1), false), "b0.4");
});

test("a window is played loss by loss, the newest first", () => {
  const plan = schedule(answer("window")), T = plan.T;
  const written = [0, 1].map((i) => writeMoment(momentAt(plan, T + i), plan.separate));
  assert.deepEqual(written, [`b${T - 1}:${T - 1}.1`, `b${T - 1}:${T - 2}.1`]);
});

test("what is no moment is none, and one that this run lacks is moved to the nearest", () => {
  for (const written of [null, "", "x3", "f", "b3.9", "f3.0", "b-1.1"]) {
    assert.equal(readMoment(written), null);
  }
  const plan = schedule(answer("bptt"));
  assert.equal(indexOf(plan, { phase: "forward", walk: 0, t: 99, line: 1 }), 3);
});

/** @param {string} written @returns {Moment} */
function moment(written) {
  const next = readMoment(written);
  assert.ok(next, written);
  return next;
}

test("steps keep the line and lead from before the first to after the last moment", () => {
  const plan = schedule(answer("bptt"));
  /** @param {string | null} from @param {number} by */
  const led = (from, by) => {
    const next = stepsOn(plan, from === null ? null : moment(from), by);
    return next && writeMoment(next, false);
  };
  assert.equal(led(null, 1), "f0.1");
  assert.equal(led("f1.3", 1), "f2.3");
  assert.equal(led("f3.2", 1), "b3.2");
  assert.equal(led("b3.2", -1), "f3.2");
  assert.equal(led("b0.4", 1), "u");
  assert.equal(led("u", 1), null);
  assert.equal(led(null, -1), "u");
  assert.equal(led("f0.1", -1), "f0.1");
});

test("line by line every moment is visited once, forth and back", () => {
  for (const name of ["bptt", "window", "tbptt"]) {
    const plan = schedule(answer(name));
    const forth = [], back = [];
    for (let at = lineOn(plan, null, 1); at; at = lineOn(plan, at, 1)) forth.push(writeMoment(at, true));
    for (let i = 0, at = lineOn(plan, null, -1); at && i < forth.length; i += 1, at = lineOn(plan, at, -1)) {
      back.push(writeMoment(at, true));
    }
    assert.equal(forth.length, 4 * (plan.length - 1) + 1);
    assert.equal(new Set(forth).size, forth.length);
    assert.deepEqual(back.reverse(), forth);
  }
});

test("a moment of another run is moved to the nearest that this one has, its line kept", () => {
  const plan = schedule(answer("bptt"));
  assert.equal(writeMoment(clampMoment(plan, moment("b99.3")), false), "b3.3");
  const window = schedule(answer("window"));
  assert.equal(
    writeMoment(clampMoment(window, moment("b9.4")), true),
    "b9:9.4",
    "another scheme's step is kept",
  );
  assert.equal(writeMoment(clampMoment(window, moment("b2:1.4")), true), "b2:1.4");
  assert.equal(writeMoment(clampMoment(plan, moment("b9:2.4")), false), "b2.4");
});

test("a tapped step is looked for in the pass that is played, then in the next one that has it", () => {
  const plan = schedule(answer("window"));
  assert.equal(writeMoment(atStep(plan, moment("b4:4.2"), 3), true), "b4:3.2");
  assert.equal(writeMoment(atStep(plan, moment("b4:4.2"), 0), true), "b2:0.2");
  assert.equal(
    writeMoment(atStep(plan, moment("b3:3.2"), 5), true),
    "b5:5.2",
    "an earlier one if there is no later",
  );
  assert.equal(writeMoment(atStep(plan, moment("f4.2"), 1), true), "f1.2");
});

test("what happens first happens in the order of the passes", () => {
  assert.deepEqual([1, 2, 3].map((line) => forwardState(moment("f2.2"), 2, line)), [
    "done",
    "now",
    "not yet",
  ]);
  assert.deepEqual([1, 2, 3].map((t) => forwardState(moment("f2.2"), t, 1)), ["done", "done", "not yet"]);
  assert.deepEqual([1, 2, 3].map((t) => backwardState(moment("b2.2"), t, 4)), ["not yet", "not yet", "done"]);
  assert.deepEqual(["f3.4", "b0.1", "u"].map((at) => forwardState(moment(at), 3, 4)), [
    "now",
    "done",
    "done",
  ]);
  assert.deepEqual(["f3.4", "b0.1", "u"].map((at) => backwardState(moment(at), 3, 4)), [
    "not yet",
    "done",
    "done",
  ]);
});
