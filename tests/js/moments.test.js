import assert from "node:assert/strict";
import { test } from "node:test";
import { indexOf, linesOn, momentAt, readMoment, schedule, writeMoment } from "../../static/js/moments.js";
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
