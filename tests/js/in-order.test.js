// Request order: at most two requests at once, and no older result after a newer one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inOrder, inTurn } from "../../static/js/server/in-order.js";

/** A server whose answers come when they are told to. */
function slowServer() {
  /** @type {Map<string, (answer: any) => void>} */
  const waiting = new Map();
  const ask = (/** @type {string} */ question) => new Promise((answer) => waiting.set(question, answer));
  const reply = (/** @type {string} */ question) => waiting.get(question)?.({ result: question });
  return { ask, reply, waiting };
}

test("an older answer is not shown after a newer one, and a newer one after an older one is", () => {
  const next = inOrder();
  const [first, second, third] = [next(), next(), next()];
  assert.equal(second(), true);
  assert.equal(first(), false);
  assert.equal(third(), true);
  assert.equal(second(), false);
});

test("of two questions under way the older one's answer is outdated once the newer is answered", async () => {
  const { ask, reply } = slowServer(), asked = inTurn(ask);
  const older = asked("k=1"), newer = asked("k=2");
  reply("k=2");
  assert.deepEqual(await newer, { result: "k=2" });
  reply("k=1");
  assert.deepEqual(await older, { outdated: true });
});

test("answers in the order of their questions are all shown", async () => {
  const { ask, reply } = slowServer(), asked = inTurn(ask);
  const older = asked("k=1"), newer = asked("k=2");
  reply("k=1");
  assert.deepEqual(await older, { result: "k=1" });
  reply("k=2");
  assert.deepEqual(await newer, { result: "k=2" });
});

test("a third question waits, and so does one that is under way already", async () => {
  const { ask, reply, waiting } = slowServer(), asked = inTurn(ask);
  const first = asked("k=1");
  assert.equal(await asked("k=1"), null);
  asked("k=2");
  assert.equal(await asked("k=3"), null);
  assert.deepEqual([...waiting.keys()], ["k=1", "k=2"]);
  reply("k=1");
  await first;
  asked("k=3");
  assert.deepEqual([...waiting.keys()], ["k=1", "k=2", "k=3"]);
});

test("a refusal is passed on, and no later answer is outdated by it", async () => {
  const asked = inTurn(() => Promise.resolve({ problems: [] }));
  assert.deepEqual(await asked("k=0"), { problems: [] });
});
