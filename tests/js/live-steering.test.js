// Steering of a room in a world without a network: how often it sends, what it does when the server is away, and whom it obeys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { askedOf, readOwn } from "../../static/js/page/live/own-question.js";
import { steering } from "../../static/js/page/live/steering.js";
import { throttled } from "../../static/js/page/live/throttle.js";

/** @typedef {import("../../static/js/server/rooms.js").Reply} Reply */

const soon = () => new Promise((done) => setTimeout(done));
/** @param {number} status @param {Partial<Reply>} [over] @returns {Reply} */
const reply = (status, over) => ({
  ...{ status, data: null, code: "", message: "", limit: null, seconds: 0, etag: "" },
  ...over,
});
const address = (/** @type {number | string} */ t) => ({ path: "/en/", query: "?v=1", fragment: `#t=${t}` });

/** A clock that is turned by hand. */
function clock() {
  /** @type {{at: number, act: () => void}[]} */
  let timers = [];
  let time = 0;
  return {
    now: () => time,
    set: (/** @type {() => void} */ act, /** @type {number} */ ms) => {
      const timer = { at: time + ms, act };
      timers.push(timer);
      return timer;
    },
    clear: (/** @type {any} */ timer) => {
      timers = timers.filter((one) => one !== timer);
    },
    pass: async (/** @type {number} */ ms) => {
      await soon(); // what has been answered is heard
      const until = time + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        time = next.at;
        next.act();
        await soon();
      }
      time = until;
    },
  };
}

function lecture() {
  const time = clock();
  /** @type {(Api.Change & {at: number})[]} */
  const sent = [];
  /** @type {Reply[]} */
  const answers = [];
  /** @type {any[]} */
  const told = [];
  const steers = steering(
    { sender: "me", wanted: { address: address(0), phase: "show", paused: false, vote: null } },
    (one) => told.push(one),
    {
      ...time,
      random: () => 0,
      put: (change) => {
        sent.push({ ...change, at: time.now() });
        return Promise.resolve(answers.shift() ?? reply(204));
      },
    },
  );
  return { steers, sent, answers, told, pass: time.pass };
}
const fragments = (/** @type {Api.Change[]} */ sent) => sent.map(({ address }) => address.fragment);
/** @param {Partial<Api.Room>} over @returns {Api.Room} */
const room = (over) => ({
  ...{
    revision: 1,
    address: address(0),
    phase: "show",
    paused: false,
    away: false,
    sender: "me",
    listeners: 1,
  },
  ...{ vote: null, ...over },
});

test("a throttle calls at once, then once a pause, and after the last time for certain", async () => {
  const time = clock();
  /** @type {number[]} */
  const calls = [];
  const it = throttled(200, () => calls.push(time.now()), time);
  for (let i = 0; i < 10; i++) {
    it.ask();
    await time.pass(50);
  }
  await time.pass(1000);
  assert.deepEqual(calls, [0, 200, 400, 600]);
  it.ask();
  it.ask();
  it.cancel();
  await time.pass(1000);
  assert.deepEqual(calls, [0, 200, 400, 600, 1500]);
});

test("a slider that is dragged moves the class five times a second, and the last place always arrives", async () => {
  const { steers, sent, pass } = lecture();
  await pass(1000);
  for (let t = 1; t <= 50; t++) {
    steers.change({ address: address(t) });
    await pass(20);
  }
  await pass(1000);
  assert.ok(sent.length <= 8, String(sent.length));
  assert.equal(sent.at(-1)?.address.fragment, "#t=50");
  const pauses = sent.slice(2).map(({ at }, i) => at - sent[i + 1].at);
  assert.ok(pauses.every((pause) => pause >= 200), String(pauses));
});

test("what is as it was is not sent, but for the beat every 15 s", async () => {
  const { steers, sent, pass } = lecture();
  await pass(1000);
  steers.change({ address: address(0) });
  await pass(13_900);
  assert.equal(sent.length, 1);
  await pass(60_000);
  assert.equal(sent.length, 5);
  assert.deepEqual(new Set(fragments(sent)), new Set(["#t=0"]));
});

test("a page whose timers are slow says the same again when an event wakes it", async () => {
  const { steers, sent, pass } = lecture();
  await pass(11_000);
  steers.wake();
  assert.equal(sent.length, 1);
  await pass(2_000);
  steers.wake();
  assert.equal(sent.length, 2);
});

test("while the server is away it is tried at growing distances, and the room is open again afterwards", async () => {
  const { steers, sent, answers, told, pass } = lecture();
  await pass(100);
  answers.push(reply(0), reply(503, { seconds: 5 }), reply(0), reply(201));
  steers.change({ address: address(1) });
  await pass(200);
  assert.deepEqual(told, [{ kind: "silent", seconds: 1 }]);
  steers.change({ address: address(2) }); // it is sent with the next try, and at once
  await pass(20_000);
  assert.deepEqual(fragments(sent).slice(0, 3), ["#t=0", "#t=1", "#t=2"]);
  assert.deepEqual(told.map(({ kind }) => kind), ["silent", "silent", "silent", "again"]);
  assert.equal(sent.at(-1)?.address.fragment, "#t=2");
});

test("an address that no room holds leaves the class where it is, and is told once", async () => {
  const { steers, sent, told, pass } = lecture();
  await pass(1000);
  steers.change({ address: address("x".repeat(40_000)) });
  steers.change({ address: address("x".repeat(40_001)) });
  await pass(20_000);
  assert.deepEqual(told, [{ kind: "long", n: 40_011, limit: 32_768 }]);
  assert.deepEqual(new Set(fragments(sent)), new Set(["#t=0"]));
  steers.change({ address: address(3) });
  await pass(300);
  assert.deepEqual([told.at(-1), sent.at(-1)?.address.fragment], [{ kind: "fine" }, "#t=3"]);
});

test("who steers last steers: the other page falls silent", async () => {
  const { steers, sent, told, pass } = lecture();
  await pass(100);
  steers.saw(room({ revision: 5, sender: "before" })); // what the room held before this page
  assert.equal(steers.isStopped(), false);
  steers.saw(room({ revision: 6 }));
  steers.saw(room({ revision: 5, sender: "other" })); // out of date
  assert.equal(steers.isStopped(), false);
  steers.saw(room({ revision: 7, sender: "other" }));
  assert.deepEqual([told, steers.isStopped()], [[{ kind: "moved" }], true]);
  steers.change({ address: address(9) });
  await pass(60_000);
  assert.equal(sent.length, 1);
});

test("the next change says the latest revision that was seen, so that a lost room begins after it", async () => {
  const { steers, sent, pass } = lecture();
  await pass(100);
  steers.saw(room({ revision: 77 }));
  steers.change({ paused: true });
  await pass(300);
  assert.deepEqual([sent[1].revision, sent[1].paused, sent[1].sender], [77, true, "me"]);
});

test("a wrong token and an ended lecture end it, too many rooms are waited for", async () => {
  for (const [status, kind] of /** @type {const} */ ([[403, "denied"], [401, "denied"], [410, "ended"]])) {
    const it = lecture();
    await it.pass(100);
    it.answers.push(reply(status));
    it.steers.change({ address: address(1) });
    await it.pass(60_000);
    assert.deepEqual([it.told, it.sent.length], [[{ kind }], 2]);
  }
  const full = lecture();
  await full.pass(100);
  full.answers.push(reply(503, { code: "too_many_rooms", limit: 200, seconds: 60 }));
  full.steers.change({ address: address(1) });
  await full.pass(300);
  assert.deepEqual(full.told, [{ kind: "full", limit: 200, seconds: 60 }]);
});

test("a question of one's own has a text and two to five different choices", () => {
  const form = (/** @type {string} */ text, /** @type {string[]} */ ...choices) => {
    const data = new FormData();
    data.set("text", text);
    choices.forEach((choice, i) => data.set(`choice-${i + 1}`, choice));
    return data;
  };
  assert.deepEqual(readOwn(form(" Is it?  Really ", "yes", "", " no ")), {
    text: "Is it? Really",
    choices: ["yes", "no"],
  });
  for (
    const wrong of [
      form("", "a", "b"),
      form("Why?", "a"),
      form("Why?", "a", "a"),
      form("Why?", "a", "b", "b"),
    ]
  ) {
    assert.equal(readOwn(wrong), null);
  }
});

test("the question that an address holds has one name for the same words", () => {
  const asked = askedOf({ ask: " Which? ", choices: "left|right||left" });
  assert.deepEqual([asked?.text, asked?.choices, asked?.several], ["Which?", ["left", "right"], false]);
  assert.match(asked?.question ?? "", /^ask-[0-9a-z]{1,7}$/);
  assert.equal(askedOf({ ask: "Which?", choices: "left|right" })?.question, asked?.question);
  assert.notEqual(askedOf({ ask: "Which?", choices: "right|left" })?.question, asked?.question);
  assert.equal(askedOf({ ask: "Which?", choices: "left" }), null);
  assert.equal(askedOf({ ask: null, choices: "left|right" }), null);
  const long = askedOf({ ask: "a".repeat(400), choices: `${"b".repeat(200)}|c` });
  assert.deepEqual([long?.text?.length, long?.choices[0].length], [300, 100]); // as long as a room takes
});
