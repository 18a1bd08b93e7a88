// The part in sight and the fragment: what the page wrote itself is not scrolled to, and is written once at rest.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { atRest, sightInAddress } from "../../static/js/page/sight.js";

test("what the page writes after scrolling is not asked for until it comes from elsewhere", () => {
  const sight = sightInAddress();
  assert.equal(sight.isAsked(null), false, "nothing is named at first");
  assert.equal(sight.isAsked(50), true);
  sight.isShown(50);
  assert.equal(sight.isAsked(50), false, "it is there");
  sight.writes(100, 50);
  assert.equal(sight.isAsked(100), false, "the page's own");
  sight.isShown(100);
  sight.isShown(50); // back in the history
  assert.equal(sight.isAsked(100), true, "and forth again");
  sight.writes(50, 50);
  sight.isShown(null);
  assert.equal(sight.isAsked(50), true, "what was in the address already is not the page's own");
});

test("scrolling rests once no event has come for a fifth of a second", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let rested = 0;
  const scroll = atRest(() => rested += 1);
  for (let i = 0; i < 5; i += 1) {
    scroll();
    mock.timers.tick(199);
  }
  assert.equal(rested, 0);
  mock.timers.tick(1);
  assert.equal(rested, 1);
  mock.timers.tick(5000);
  assert.equal(rested, 1);
  mock.timers.reset();
});
