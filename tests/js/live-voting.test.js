// An answer of one page: sent once, replaced by a later one, tried again without a network, and told when it came late.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newName } from "../../static/js/page/live/kept.js";
import { voting } from "../../static/js/live/voting.js";
import { percent, rowsOf } from "../../static/js/page/live/bars.js";

/** @typedef {import("../../static/js/server/rooms.js").Reply} Reply */
/** @type {Api.Asked} */
const asked = {
  ...{ question: "8.2", round: 1, choices: ["h", "L", "W"], several: false, text: null, count: 0 },
  ...{ tally: null, first: null, begun: 7 },
};
const soon = () => new Promise((done) => setTimeout(done));
/** @param {number} status @returns {Reply} */
const reply = (status) => ({
  status,
  data: null,
  code: "",
  message: "why",
  limit: null,
  seconds: 0,
  etag: "",
});

/** @param {any} [kept] */
function page(kept = null) {
  /** @type {Api.Ballot[]} */
  const sent = [];
  /** @type {((reply: Reply) => void)[]} */
  const waiting = [];
  /** @type {{act: () => void, ms: number}[]} */
  const timers = [];
  const votes = voting(
    {
      send: (ballot) => {
        sent.push(ballot);
        return new Promise((done) => waiting.push(done));
      },
      set: (act, ms) => timers.push({ act, ms }),
      clear: () => {},
      random: () => 0,
      voter: "v".repeat(16),
      keep: () => {},
    },
    () => {},
    kept,
  );
  const answer = async (/** @type {number} */ status) => {
    waiting.shift()?.(reply(status));
    await soon();
  };
  return { votes, sent, timers, answer, fate: () => votes.about(asked).fate };
}

test("one answer is sent at once, and marked as sent when it has arrived", async () => {
  const { votes, sent, answer, fate } = page();
  votes.choose(asked, "L");
  assert.deepEqual(sent, [{ question: "8.2", round: 1, choices: ["L"], voter: "v".repeat(16) }]);
  assert.equal(fate(), "none");
  await answer(204);
  assert.equal(fate(), "sent");
});

test("an answer that is changed while the first is under way is sent after it", async () => {
  const { votes, sent, answer, fate } = page();
  votes.choose(asked, "L");
  votes.choose(asked, "h");
  votes.choose(asked, "W");
  assert.equal(sent.length, 1);
  await answer(204);
  assert.deepEqual(sent.map(({ choices }) => choices), [["L"], ["W"]]);
  assert.equal(fate(), "none");
  await answer(204);
  assert.equal(fate(), "sent");
});

test("several are marked first and sent together", async () => {
  const { votes, sent, answer } = page(), several = { ...asked, several: true };
  for (const value of ["L", "h", "L", "W"]) votes.choose(several, value);
  assert.equal(sent.length, 0);
  votes.submit(several);
  assert.deepEqual(sent[0].choices, ["h", "W"]);
  await answer(204);
  votes.choose(several, "h");
  assert.equal(votes.about(several).fate, "none"); // it is to be sent again
});

test("without a network it is tried again for as long as the question stands", async () => {
  const { votes, sent, timers, answer, fate } = page();
  votes.choose(asked, "L");
  await answer(0);
  assert.deepEqual([fate(), timers.map(({ ms }) => ms)], ["unsent", [1000]]);
  timers[0].act();
  await answer(503);
  assert.equal(timers[1].ms, 2000);
  votes.about({ ...asked, round: 2 });
  timers[1].act();
  await answer(204);
  assert.equal(votes.about({ ...asked, round: 2 }).fate, "none"); // of the other round nothing is known
  assert.equal(sent.length, 3);
});

test("too late, and not taken", async () => {
  for (
    const [status, fate]
      of /** @type {const} */ ([[409, "late"], [410, "late"], [422, "refused"], [404, "unsent"]])
  ) {
    const it = page();
    it.votes.choose(asked, "L");
    await it.answer(status);
    assert.equal(it.fate(), fate);
  }
});

test("nothing is sent of a question that stands no more, nor without a choice", () => {
  const { votes, sent } = page(),
    several = { ...asked, several: true },
    next = { ...several, question: "8.3" };
  votes.submit(several);
  votes.choose(several, "L");
  votes.submit(next);
  assert.deepEqual(sent, []);
  votes.choose(next, "h");
  votes.submit(next);
  assert.deepEqual(sent.map(({ question, choices }) => [question, choices]), [["8.3", ["h"]]]);
});

test("what failed of one answer does not slow the next, and a pause grows to its bound", async () => {
  const { votes, timers, answer, fate } = page();
  votes.choose(asked, "L");
  for (let i = 0; i < 9; i += 1) {
    await answer(i ? 503 : 429);
    assert.equal(fate(), "unsent");
    timers[i].act();
  }
  const pauses = timers.map(({ ms }) => ms);
  assert.deepEqual(pauses.slice(0, 4), [1000, 2000, 4000, 8000]);
  assert.equal(pauses[8], pauses[7]);
  await answer(204);
  assert.equal(fate(), "sent");
  votes.choose(asked, "h");
  assert.equal(fate(), "none");
  await answer(500);
  assert.equal(timers[9].ms, 1000, "begins anew");
});

test("what was marked is known after a reload, another question begins anew", () => {
  const { votes } = page({ key: "8.2/1/7", chosen: ["L"], fate: "sent", message: "" });
  assert.deepEqual(votes.about(asked).chosen, ["L"]);
  assert.deepEqual(votes.about({ ...asked, question: "8.3" }).chosen, []);
});

test("of a question that is asked anew nothing is known, for the server has dropped the votes", async () => {
  const { votes, sent, answer } = page();
  votes.choose(asked, "L");
  await answer(204);
  const anew = { ...asked, begun: 9 };
  assert.deepEqual([votes.about(anew).chosen, votes.about(anew).fate], [[], "none"]);
  votes.choose(anew, "L");
  await answer(204);
  assert.deepEqual([sent.length, votes.about(anew).fate], [2, "sent"]);
  assert.deepEqual(
    page({ key: "8.2/1/7", chosen: ["L"], fate: "sent", message: "" }).votes.about(anew).chosen,
    [],
  );
});

test("a voter's name is one that the server takes", () => {
  assert.match(newName(), /^[0-9a-f]{32}$/); // at most 40 of these letters for a page, 16 to 64 for a voter
  assert.notEqual(newName(), newName());
});

test("bars are shares of those who have answered, of both rounds", () => {
  const first = { count: 4, tally: { h: 3, L: 1, W: 0 } };
  assert.deepEqual(rowsOf({ ...asked, count: 8, tally: { h: 2, L: 6, W: 0 }, first }), [
    { value: "h", shares: [0.75, 0.25] },
    { value: "L", shares: [0.25, 0.75] },
    { value: "W", shares: [0, 0] },
  ]);
  assert.deepEqual(rowsOf({ ...asked, tally: { h: 0, L: 0, W: 0 } })[0].shares, [null]);
  assert.deepEqual([percent(2 / 3), percent(0), percent(null)], ["67%", "0%", "–"]);
});
