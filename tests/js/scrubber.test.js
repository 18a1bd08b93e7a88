// The scrubber's track.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOn, momentAt, schedule, writeMoment } from "../../static/js/explorer/timeline.js";
import { knobAt, layout, momentUnder } from "../../static/js/explorer/scrubber.js";
import { answer } from "./recorded.js";

for (const name of ["bptt", "window", "tbptt", "long"]) {
  test(`${name}: a pointer on the knob's place finds the moment, in order from left to right`, () => {
    const plan = schedule(answer(name)), width = 700, { forward, backward } = layout(plan, width);
    let before = -1;
    for (let line = 0; line < 4 * (plan.length - 1); line += 1) {
      const at = linesOn(plan, momentAt(plan, 0), line), x = knobAt(plan, at, width);
      assert.ok(x > before, "the knob moves on");
      before = x;
      const step = at.phase === "forward" ? forward : backward, next = momentUnder(plan, x - 0.01, width);
      const expected = step < 40 ? { ...at, line: 1 } : at;
      assert.equal(next && writeMoment(next, true), writeMoment(expected, true));
    }
  });
}

test("the parts, the gaps and the update fill the track, and its end is when everything has happened", () => {
  const plan = schedule(answer("bptt")), width = 700, { part, back, update } = layout(plan, width);
  assert.equal(part + 8, back);
  assert.equal(back + part + 8, update);
  assert.equal(update + 56, width);
  assert.equal(momentUnder(plan, width, width), null);
  assert.equal(momentUnder(plan, update + 10, width)?.phase, "update");
  assert.deepEqual(momentUnder(plan, -5, width), momentAt(plan, 0));
  assert.ok(knobAt(plan, null, width) > knobAt(plan, momentAt(plan, plan.length - 1), width));
});

test("a track without room, as before the page is laid out, breaks nothing", () => {
  const plan = schedule(answer("window"));
  for (const at of [null, momentAt(plan, 0), momentAt(plan, plan.T)]) {
    assert.ok(Number.isFinite(knobAt(plan, at, 0)));
  }
});
