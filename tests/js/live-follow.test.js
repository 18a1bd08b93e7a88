// A page that follows a lecture: what it takes of a room, what its strip says, and which address it opens.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as follow from "../../static/js/live/follow.js";
import {
  digitsOf,
  goesInPlace,
  isPrivate,
  lengthOf,
  opened,
  ownOf,
  published,
  spaced,
} from "../../static/js/page/live/room-address.js";

const ADDRESS = { path: "/en/", query: "?v=1", fragment: "#t=1" };
/** @param {Partial<Api.Room>} [over] @returns {Api.Room} */
const room = (over) => ({
  ...{ revision: 10, address: ADDRESS, phase: "show", paused: false, away: false, sender: "a", listeners: 4 },
  ...{ vote: null, ...over },
});
/** @type {Api.Asked} */
const asked = {
  ...{ question: "8.2", round: 1, choices: ["h", "L"], several: false, text: null, count: 2 },
  ...{ tally: null, first: null, begun: 7 },
};
const open = follow.linked(follow.begun(), { kind: "open" }, 0);
const following = follow.take(open, room());
const says = (/** @type {follow.State} */ state) => follow.stripOf(state).kind;

test("an older revision is ignored, the same one with news is taken", () => {
  assert.equal(follow.take(following, room({ revision: 9, paused: true })), following);
  assert.equal(follow.take(following, room({ away: true })).room?.away, true);
  assert.equal(follow.take(following, room({ revision: 11, paused: true })).room?.paused, true);
});

test("counts belong to the revision that they name", () => {
  const voting = follow.take(following, room({ revision: 11, phase: "vote", vote: asked }));
  const counted = follow.count(voting, { revision: 11, listeners: 9, count: 5 });
  assert.deepEqual([counted.room?.listeners, counted.room?.vote?.count], [9, 5]);
  assert.equal(follow.count(voting, { revision: 10, listeners: 9, count: 5 }), voting);
  assert.equal(follow.audience(/** @type {Api.Room} */ (counted.room)), 8); // without the lecturer's page
  assert.equal(follow.audience(room({ listeners: 1, vote: { ...asked, count: 3 } })), 3);
});

test("the strip says where one is, and offers the way from there", () => {
  assert.deepEqual(follow.stripOf(follow.begun()), { kind: "joining", action: null });
  assert.deepEqual(follow.stripOf(follow.take(open, room({ address: null }))), {
    kind: "waiting",
    action: null,
  });
  assert.deepEqual(follow.stripOf(following), { kind: "follow", action: "explore" });
  assert.equal(says(follow.linked(following, { kind: "slow" }, 0)), "slow");
  assert.equal(says(follow.take(following, room({ revision: 11, paused: true }))), "paused");
  assert.equal(says(follow.take(following, room({ revision: 11, phase: "vote", vote: asked }))), "open");
  const lost = follow.linked(following, { kind: "lost", seconds: 4 }, 0);
  assert.deepEqual(follow.stripOf(lost), { kind: "lost", seconds: 4, action: "now" });
  const full = follow.linked(following, { kind: "full", seconds: 30, limit: 2000 }, 0);
  assert.deepEqual(follow.stripOf(full), { kind: "crowded", limit: 2000, action: null });
});

test("who explores is told that the lecture has moved, and is called by a question, and is not pulled back", () => {
  const own = follow.explore(following);
  assert.deepEqual(follow.stripOf(own), { kind: "own", action: "back" });
  const moved = follow.take(own, room({ revision: 11, address: { ...ADDRESS, fragment: "#t=2" } }));
  assert.equal(says(moved), "moved");
  assert.equal(says(follow.take(moved, room({ revision: 12 }))), "moved"); // it is not forgotten
  const called = follow.take(own, room({ revision: 12, phase: "vote", vote: asked }));
  assert.deepEqual([says(called), follow.isLed(called)], ["called", false]);
  assert.deepEqual([says(follow.back(moved)), follow.isLed(follow.back(moved))], ["follow", true]);
});

test("a room that was known and is not found is away, for ten minutes", () => {
  const gone = follow.linked(following, { kind: "unknown", seconds: 3 }, 1000);
  assert.deepEqual([says(gone), follow.isNoRoom(gone)], ["away", false]);
  const still = follow.linked(gone, { kind: "unknown", seconds: 3 }, 600_000);
  assert.equal(says(still), "away");
  assert.equal(says(follow.linked(still, { kind: "unknown", seconds: 3 }, 602_000)), "ended");
  const back = follow.take(follow.linked(still, { kind: "open" }, 2000), room({ revision: 20 }));
  assert.equal(says(back), "follow");
  assert.equal(says(follow.take(following, room({ away: true }))), "away"); // and so is a silent lecturer
});

test("after a reload a known room is away too, an unknown number is a mistake", () => {
  const reloaded = follow.linked(follow.begun(true), { kind: "unknown", seconds: 3 }, 0);
  assert.deepEqual([says(reloaded), follow.isNoRoom(reloaded)], ["away", false]);
  for (const kind of /** @type {const} */ (["unknown", "often", "off"])) {
    assert.equal(follow.isNoRoom(follow.linked(follow.begun(), { kind, seconds: 9 }, 0)), true);
  }
  assert.equal(follow.isNoRoom(follow.end(follow.begun(), null)), true);
});

test("the end leaves the last picture, and an address if the lecturer left one", () => {
  assert.deepEqual(follow.stripOf(follow.end(following, null)), { kind: "ended", action: null });
  assert.deepEqual(follow.stripOf(follow.end(following, ADDRESS)), { kind: "ended", action: "talk" });
  assert.equal(follow.isLed(follow.end(following, null)), false);
  assert.equal(
    follow.question(follow.end(follow.take(following, room({ phase: "vote", vote: asked })), null)),
    null,
  );
});

test("what is published has neither theme nor view nor token", () => {
  const here = new URL(
    "https://a.example/ko/?v=1&text=%EA%B0%80#t=1&theme=dark&view=present&steer=abc&lab=%3Fk%3D3",
  );
  const address = published(here);
  assert.deepEqual(address, { path: "/ko/", query: "?v=1&text=%EA%B0%80", fragment: "#t=1&lab=%3Fk%3D3" });
  assert.equal(lengthOf(address), 40);
  assert.equal(published(new URL("https://a.example/en/#view=present")).fragment, "");
});

test("the talk with its notes is no page for the class", () => {
  const paths = ["/en/talk", "/ko/talk", "/en/", "/en/lessons/bptt", "/en/training"];
  assert.deepEqual(paths.map(isPrivate), [true, true, false, false, false]);
});

test("a phone opens the address in its own language, theme and notation", () => {
  const address = {
    path: "/ko/lessons/bptt",
    query: "",
    fragment: "#m=2&notation=uvw&theme=dark&view=present",
  };
  assert.deepEqual(opened(address, "en", { theme: null, notation: "book" }), {
    ...{ path: "/en/lessons/bptt", query: "", fragment: "#m=2&notation=book" },
  });
  assert.equal(opened(address, "ko", { theme: "light", notation: null })?.fragment, "#m=2&theme=light");
});

test("nothing is followed but pages, and never a lecture inside a lecture", () => {
  const own = { theme: null, notation: null };
  for (
    const path of [
      "/api/rooms/482913",
      "/482913",
      "/en/live/482913",
      "/ko/live/",
      "/static/x.js",
      "/embed/en/",
    ]
  ) {
    assert.equal(opened({ path }, "en", own), null, path);
  }
  assert.equal(opened({ path: "/ko/lessons/" }, "en", own)?.path, "/en/lessons/");
  assert.deepEqual(["/en/", "/ko/ab", "/en/graph", "/en/lessons/bptt", "/en/lessons/"].map(goesInPlace), [
    ...[true, true, true, false, false],
  ]);
});

test("what a reader has chosen is read from the fragment, and nothing else is", () => {
  assert.deepEqual(ownOf("#t=1&theme=dark&notation=wo"), { theme: "dark", notation: "wo" });
  assert.deepEqual(ownOf("#theme=%22%3E&notation="), { theme: null, notation: null });
});

test("a number is read however it is typed", () => {
  for (const typed of ["482913", "482 913", "482-913", " 4 8 2 9 1 3 ", "482913　", "４８２９１３"]) {
    assert.equal(digitsOf(typed), "482913", typed);
  }
  assert.equal(digitsOf("48a2"), "482");
  assert.equal(spaced("482913"), "482 913");
});
