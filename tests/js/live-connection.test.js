// The connection to a room in a world without a network: what is tried when, and what is told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, pauseAfter } from "../../static/js/page/live/connection.js";

/** @typedef {import("../../static/js/server/rooms.js").Reply} Reply */

/** @param {Partial<Reply>} [over] @returns {Reply} */
const reply = (over) => ({
  ...{ status: 200, data: null, code: "", message: "", limit: null, seconds: 0, etag: "" },
  ...over,
});
const soon = () => new Promise((done) => setTimeout(done));

/** A clock that is turned by hand, streams that a test opens and breaks, and what was told. */
function world() {
  /** @type {{at: number, act: () => void}[]} */
  let timers = [];
  let time = 5e6; // a page is seldom as young as its clock
  /** @type {{name: string, value?: any}[]} */
  const told = [];
  /** @type {{how: any, end: (reply: Reply | null) => void, at: number}[]} */
  const streams = [];
  /** @type {{etag?: string}[]} */
  const asked = [];
  /** @type {Reply[]} */
  const answers = [];
  const connection = connect("482913", {
    value: (value) => told.push({ name: "value", value: value.revision }),
    count: (value) => told.push({ name: "count", value: value.count }),
    ended: (value) => told.push({ name: "ended", value }),
    link: (value) => told.push({ name: value.kind, value: "seconds" in value ? value.seconds : undefined }),
  }, {
    ask: (_, asking = {}) => {
      asked.push({ etag: asking.etag });
      return Promise.resolve(answers.shift() ?? reply({ status: 0 }));
    },
    stream: (_, how) => new Promise((end) => streams.push({ how, end, at: time })),
    now: () => time,
    set: (act, ms) => {
      const timer = { at: time + ms, act };
      timers.push(timer);
      return timer;
    },
    clear: (timer) => timers = timers.filter((one) => one !== timer),
    random: () => 0.5,
  });
  /** Let so many ms pass, in which what is due happens. @param {number} ms */
  async function pass(ms) {
    const until = time + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers = timers.filter((one) => one !== next);
      time = Math.max(time, next.at);
      next.act();
      await soon();
    }
    time = until;
  }
  const names = () => told.map(({ name }) => name);
  const latest = () => streams[streams.length - 1];
  return { told, names, streams, latest, asked, answers, connection, pass };
}

test("the pause doubles from 1 to 4 s up to 15 s", () => {
  assert.deepEqual([1, 2, 3, 4, 9].map((n) => pauseAfter(n, 0)), [1000, 2000, 4000, 8000, 15000]);
  assert.deepEqual([1, 2, 3].map((n) => pauseAfter(n, 0.999999)).map(Math.round), [4000, 8000, 15000]);
});

test("events come as they are, and a stream that breaks is opened again", async () => {
  const { names, told, latest, streams, pass } = world();
  latest().how.came("room", { revision: 5 });
  latest().how.came("count", { count: 2 });
  assert.deepEqual(names(), ["waiting", "open", "value", "count"]);
  latest().end(null);
  await soon();
  assert.deepEqual(told.at(-1), { name: "lost", value: 3 }); // 2.5 s
  await pass(2400);
  assert.equal(streams.length, 1);
  await pass(200);
  assert.equal(streams.length, 2);
  latest().how.came("room", { revision: 6 });
  assert.deepEqual(told.slice(-2), [{ name: "open", value: undefined }, { name: "value", value: 6 }]);
});

test("a stream that is silent for 40 s is dead, one with comments is not", async () => {
  const { latest, streams, pass } = world();
  latest().how.came("room", { revision: 5 });
  for (let i = 0; i < 5; i++) {
    await pass(15_000);
    latest().how.heard();
  }
  assert.equal(streams.length, 1);
  const [{ how: { signal } }] = streams;
  await pass(39_000);
  assert.equal(signal.aborted, false);
  await pass(2_000);
  assert.equal(signal.aborted, true);
  await pass(4_000);
  assert.equal(streams.length, 2);
});

test("a network that holds the stream back is asked every few seconds, with the tag, and the stream is tried again", async () => {
  const { latest, names, asked, answers, pass, streams } = world();
  answers.push(reply({ data: { revision: 5 }, etag: '"a"' }), reply({ status: 304, etag: '"a"' }));
  answers.push(reply({ data: { revision: 6 }, etag: '"b"' }));
  await pass(8_100);
  assert.deepEqual(names(), ["waiting", "slow", "value"]);
  await pass(8_100);
  assert.deepEqual(asked.slice(0, 3), [{ etag: "" }, { etag: '"a"' }, { etag: '"a"' }]);
  assert.deepEqual(names(), ["waiting", "slow", "value", "value"]);
  answers.push(...Array(40).fill(reply({ status: 304, etag: '"b"' })));
  await pass(25_000); // the stream is dead
  assert.equal(streams[0].how.signal.aborted, true);
  await pass(60_000);
  assert.equal(streams.length, 2);
  latest().how.came("room", { revision: 7 });
  const before = asked.length;
  await pass(20_000);
  assert.equal(asked.length, before); // events are enough
  assert.equal(names().at(-2), "open");
});

test("a network that lets the first event through and holds back the rest is asked until a stream goes on", async () => {
  const { latest, names, asked, answers, pass, streams } = world();
  answers.push(...Array(60).fill(reply({ status: 304, etag: '"a"' })));
  latest().how.heard();
  latest().how.came("room", { revision: 5 });
  await pass(39_000);
  assert.equal(asked.length, 0);
  await pass(2_000); // dead
  assert.equal(names().at(-1), "slow");
  await pass(4_000);
  assert.equal(streams.length, 2);
  latest().how.heard();
  latest().how.came("room", { revision: 6 });
  assert.deepEqual(names().slice(-2), ["slow", "value"]);
  const before = asked.length;
  await pass(12_000);
  assert.ok(asked.length >= before + 2); // it may be held back again
  latest().how.heard(); // a comment, as it is sent
  assert.equal(names().at(-1), "open");
  const after = asked.length;
  await pass(12_000);
  latest().how.heard();
  await pass(12_000);
  assert.equal(asked.length, after);
});

test("a number without a room, one that has ended, and one too many", async () => {
  const unknown = world();
  unknown.latest().end(reply({ status: 404, code: "no_room" }));
  await soon();
  assert.equal(unknown.names().at(-1), "unknown");
  await unknown.pass(4000);
  assert.equal(unknown.streams.length, 2); // it may come back
  const ended = world(), address = { path: "/en/talk", query: "", fragment: "" };
  ended.latest().end(reply({ status: 410, data: { address } }));
  await soon();
  assert.deepEqual(ended.told.at(-1), { name: "ended", value: address });
  await ended.pass(60_000);
  assert.equal(ended.streams.length, 1);
  const often = world();
  often.latest().end(reply({ status: 429, seconds: 40 }));
  await soon();
  assert.deepEqual(often.told.at(-1), { name: "often", value: 40 });
  await often.pass(60_000);
  assert.equal(often.streams.length, 1);
});

test("a full room shows its present picture and is tried when the server says", async () => {
  const { latest, told, answers, pass, streams } = world();
  answers.push(reply({ data: { revision: 5 } }));
  latest().end(reply({ status: 503, code: "room_full", seconds: 30, limit: 2000 }));
  await soon();
  await soon();
  assert.deepEqual(told.slice(-2).map(({ name }) => name).sort(), ["full", "value"]);
  await pass(29_000);
  assert.equal(streams.length, 1);
  await pass(9_000);
  assert.equal(streams.length, 2);
});

test("a page that is seen again opens a stream that may be dead at once, and leaves a living one alone", async () => {
  const { latest, connection, streams, pass } = world();
  latest().how.came("room", { revision: 5 });
  latest().how.heard();
  await pass(10_000);
  connection.wake();
  assert.equal(streams.length, 1);
  await pass(10_000);
  connection.wake();
  assert.equal(streams.length, 2);
  latest().end(reply({ status: 0 }));
  await soon();
  connection.wake(); // the network is back
  assert.equal(streams.length, 3);
});

test("nothing happens after the end", async () => {
  const { latest, connection, names, streams, pass } = world();
  latest().how.came("ended", { address: null });
  assert.equal(names().at(-1), "ended");
  connection.wake();
  await pass(100_000);
  assert.equal(streams.length, 1);
});
