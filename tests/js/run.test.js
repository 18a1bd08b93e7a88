// Training runs: server-sent events, their order, and the state they lead to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventsIn } from "../../static/js/server/sse.js";
import { readHash, useHash, writeHash } from "../../static/js/page/hash.js";
import { readQuery, writeQuery } from "../../static/js/page/query.js";
import { mapAfter, REQUESTED, runAfter } from "../../static/js/training/run.js";
import { recorded } from "./recorded.js";

/** @param {string} name @param {unknown} data @param {string} [id] */
const event = (name, data, id = "") => ({ name, data: JSON.stringify(data), id });

const contestant = {
  entry: "2",
  points: { u: [], steps: [], mean: [], min: [], max: [], accuracy: [], grad: [] },
  samples: [],
};
const race = { measure: "loss", contestants: [contestant, { ...contestant, entry: "full" }] };

test("events are read however the network cuts them", () => {
  const text =
    'id: 1\nevent: point\ndata: {"a":1}\n\n: alive\n\nevent: done\r\ndata: {\r\ndata: }\r\n\r\nid: 3\nev';
  for (let cut = 0; cut <= text.length; cut++) {
    const first = eventsIn(text.slice(0, cut)), second = eventsIn(first.rest + text.slice(cut));
    const actual = [...first.events, ...second.events];
    assert.deepEqual(actual, [
      { name: "point", id: "1", data: '{"a":1}' },
      { name: "done", id: "", data: "{\n}" },
    ]);
    assert.equal(second.rest, "id: 3\nev");
  }
});

test("curves grow point by point, each contestant's own, with its time", () => {
  let run = runAfter(REQUESTED, event("start", { race, total: 4 }, "0"));
  run = runAfter(
    run,
    event("point", {
      contestant: 1,
      u: 0,
      steps: 0,
      mean: 2,
      min: 1,
      max: 3,
      accuracy: 0.5,
      grad: null,
      seconds: 0.2,
    }, "1"),
  );
  run = runAfter(
    run,
    event("point", {
      contestant: 1,
      u: 4,
      steps: 8,
      mean: 1,
      min: 1,
      max: 1,
      accuracy: 1,
      grad: 0.3,
      seconds: 0.4,
      sample: { u: 4, text: "ello" },
    }, "2"),
  );
  run = runAfter(run, event("progress", { done: 0.5, left: 3 }));
  assert.deepEqual(run.race?.contestants[0].points.u, []);
  assert.deepEqual(run.race?.contestants[1].points.mean, [2, 1]);
  assert.deepEqual(run.race?.contestants[1].points.accuracy, [0.5, 1]);
  assert.deepEqual(run.race?.contestants[1].samples, [{ u: 4, text: "ello" }]);
  assert.deepEqual(run.seconds, [0, 0.4]);
  assert.deepEqual(run.running, { done: 0.5, left: 3 });
  assert.deepEqual(run.race?.contestants[1].points.seconds, [0.2, 0.4]);
  const points = { ...contestant.points, u: [0, 4] },
    whole = { ...race, contestants: [contestant, { points }] };
  const done = runAfter(run, event("done", { race: whole })),
    alone = runAfter(REQUESTED, event("done", { race: whole }));
  assert.deepEqual(done.race?.contestants[1].points.seconds, [0.2, 0.4], "the whole answer has no times");
  assert.equal(alone.race?.contestants[1].points.seconds, undefined);
  assert.equal(run.last, "2");
  assert.deepEqual(contestant.points.u, [], "nothing is written to what came before");
});

test("the last event is the whole answer, times stay; a failure ends the run as well", () => {
  const running = runAfter(REQUESTED, event("start", { race, total: 4 }));
  const done = runAfter(running, event("done", { race: { ...race, measure: "accuracy" } }));
  assert.equal(done.ended, "done");
  assert.equal(done.race?.measure, "accuracy");
  assert.deepEqual(done.seconds, [0, 0]);
  assert.equal(done.running, null);
  assert.equal(runAfter(running, event("failed", {})).ended, "failed");
  assert.equal(runAfter(running, event("something new", {})).ended, null);
});

test("a run that begins anew forgets what it had", () => {
  const running = runAfter(
    runAfter(REQUESTED, event("start", { race })),
    event("point", { contestant: 0, u: 1, steps: 1 }),
  );
  assert.deepEqual(runAfter(running, event("start", { race })).race?.contestants[0].points.u, []);
});

test("the heat map is filled cell by cell", () => {
  const map = { lags: [4], ks: [1, 5], cells: [{ lag: 4, k: 1, mean: null }, { lag: 4, k: 5, mean: null }] };
  const begun = mapAfter(null, event("start", { map })), cell = { lag: 4, k: 5, mean: 1, min: 1, max: 1 };
  assert.deepEqual(mapAfter(begun, event("cell", cell))?.cells, [map.cells[0], cell]);
});

test("the training lab's hash holds what it looks at, and nothing of the explorer", () => {
  useHash({ at: (written) => written, of: (written) => written });
  assert.deepEqual(readHash("#at=1.2.3&t=4&of=2"), { at: "1.2.3", of: "2" });
  assert.equal(writeHash({ at: "1.2.3", of: null, t: 4 }), "#at=1.2.3");
});

test("the training lab's query is canonical too", () => {
  const controls = /** @type {Control[]} */ (recorded("training-controls"));
  const { params, remarks } = readQuery(
    "?v=1&k=10&text=%40river-en&lr=.005&contest=1,full&hidden=999",
    controls,
  );
  assert.deepEqual(remarks.map(({ code, name }) => `${code} ${name}`), ["clamped hidden"]);
  assert.equal(
    writeQuery(params, controls),
    "?v=1&text=%40river-en&k=10&lr=0.005&hidden=128&contest=1%2Cfull",
  );
  assert.equal(writeQuery(readQuery("", controls).params, controls), "?v=1");
});
