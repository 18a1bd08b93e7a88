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

test("knob and pointer on a track of 300 px, whose steps have no room for lines", () => {
  const plan = schedule(answer("bptt")),
    moment = (/** @type {Moment | null} */ at) => at && writeMoment(at, false);
  assert.deepEqual(layout(plan, 300), {
    ...{ part: 114, back: 122, update: 244, width: 300, forward: 28.5, backward: 28.5 },
  });
  const at = (/** @type {Partial<Moment>} */ changes) => ({ ...momentAt(plan, 0), ...changes });
  assert.equal(knobAt(plan, at({ t: 1, line: 2 }), 300), 42.75);
  assert.equal(knobAt(plan, at({ phase: "backward", t: 2, line: 1 }), 300), 157.625);
  assert.deepEqual([knobAt(plan, momentAt(plan, 8), 300), knobAt(plan, null, 300)], [272, 294]);
  const under = [0, 28, 29, 117, 118, 150, 151, 239, 240, 287, 288].map((x) =>
    moment(momentUnder(plan, x, 300))
  );
  assert.deepEqual(under, ["f0.1", "f0.1", "f1.1", "f3.1", "b3.1", "b3.1", "b2.1", "b0.1", "u", "u", null]);
});

test("on a track of 800 px the pointer finds lines", () => {
  const plan = schedule(answer("bptt")), part = 364, back = 372;
  const under = [0, 91, 136, 150, part, back, back + 46, back + 91 + 30].map((x) => {
    const at = momentUnder(plan, x, 800);
    return at && writeMoment(at, false);
  });
  assert.deepEqual(under, ["f0.1", "f0.4", "f1.2", "f1.3", "f3.4", "b3.1", "b3.2", "b2.1"]);
});
