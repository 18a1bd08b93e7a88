// The player of the graph lab: what its buttons ask for at every moment, which of them can be pressed, and its clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beat, listen, show } from "../../static/js/graph/player.js";
import { isComplete, readMoment, timeline, writeMoment } from "../../static/js/graph/timeline.js";
import { elementById, makeDocument } from "./document.js";
import { recorded, viewWith } from "./recorded.js";

makeDocument();
viewWith();

/** @type {unknown[]} */
let asked = [];
listen({ look: (at) => asked.push(at), makeSteps: (steps) => asked.push(steps) });

/** @param {number} [steps] @returns {Graph} */
function graphOf(steps = 0, name = "product") {
  const graph = recorded("graphs")[name];
  return { ...graph, params: { ...graph.params, steps } };
}

/** What a button asks for at a moment. @param {keyof typeof import("../../static/js/graph/player.js").MOVES | "play"} name @param {Graph} graph @param {string | null} at */
function press(name, graph, at) {
  asked = [];
  show(graph, readMoment(at));
  elementById(`node-${name}`).click();
  return asked;
}

/** @param {string} name */
const isAble = (name) => !elementById(`node-${name}`).disabled;

test("a node forth and back goes through both passes and the update, and stops at the ends", () => {
  const graph = graphOf(), all = timeline(graph).map(writeMoment), last = all.length - 1;
  assert.deepEqual(all, ["f0", "f1", "f2", "b0", "b1", "b2", "u1"]);
  for (const [i, at] of all.entries()) {
    assert.deepEqual(press("forth", graph, at), i < last ? [all[i + 1]] : []);
    assert.deepEqual([isAble("forth"), isAble("back"), isAble("start"), isAble("end")], [
      i < last,
      i > 0,
      i > 0,
      true,
    ]);
    assert.deepEqual(press("back", graph, at), i > 0 ? [all[i - 1]] : []);
    assert.deepEqual(press("start", graph, at), ["f0"]);
    assert.deepEqual(press("end", graph, at), [null]);
    asked = [];
    assert.deepEqual([beat(1), beat(-1)], [i < last, i > 0]);
    assert.deepEqual(asked, [all[i + 1], all[i - 1]].filter(Boolean));
  }
  assert.deepEqual(press("forth", graph, null), ["f1"], "from the end the forward pass starts again");
  assert.equal(isAble("end"), false);
  assert.deepEqual([beat(1), beat(-1)], [false, false], "nothing is played");
});

test("a step downhill is shown first and then made; undo takes it back, and then the steps that were made", () => {
  const [none, two, most] = [0, 2, 100].map((steps) => graphOf(steps));
  assert.deepEqual(press("descend", two, "b1"), [], "not before every gradient is known");
  assert.equal(isAble("descend"), false);
  assert.deepEqual(press("descend", two, "b2"), ["u1"]);
  assert.deepEqual(press("descend", two, null), ["u1"]);
  assert.deepEqual(press("descend", two, "u1"), [3]);
  assert.equal(isAble("descend"), true);
  show(most, null);
  assert.equal(isAble("descend"), false);
  assert.deepEqual(press("undo", none, "u1"), [null]);
  assert.deepEqual(press("undo", two, "u1"), [1]);
  assert.deepEqual(press("undo", two, null), [1]);
  assert.deepEqual(press("undo", none, "b1"), []);
  assert.deepEqual([none, two].map((graph) => (show(graph, null), isAble("undo"))), [false, true]);
  show(none, readMoment("u1"));
  assert.equal(isAble("undo"), true);
  assert.ok(!isComplete(graphOf(0, "log(-x)"), null), "a graph that has no gradient");
  assert.deepEqual(press("descend", graphOf(0, "log(-x)"), null), []);
});

test("a button that is focused and cannot be pressed any more hands the focus to its neighbor", () => {
  const graph = graphOf(2), /** @type {string[]} */ focused = [];
  for (const name of ["descend", "back", "forth"]) {
    elementById(`node-${name}`).focus = () => focused.push(name);
  }
  for (const [name, at] of [["undo", null], ["forth", "u1"], ["back", "f0"], ["start", "f0"]]) {
    /** @type {any} */ (document).activeElement = elementById(`node-${name}`);
    show(name === "undo" ? graphOf() : graph, readMoment(at));
  }
  show(graph, readMoment("f1"));
  /** @type {any} */ (document).activeElement = null;
  assert.deepEqual(focused, ["descend", "back", "forth", "forth"]);
});

test("the track marks what is done and where the moment is, by name or, of many nodes, by number", () => {
  const graph = graphOf(), many = recorded("graphs")["latent-12"];
  /** @param {Graph} graph @param {string | null} at @returns {any[]} */
  const passes = (graph, at) => {
    show(graph, readMoment(at));
    return elementById("node-track").children;
  };
  /** @param {any} pass @returns {string[]} */
  const states = (pass) => pass.children.map((/** @type {any} */ node) => node.attributes.class ?? "");
  assert.deepEqual(passes(graph, "f1").slice(0, 2).map(states), [["now", "later"], ["later", "later"]]);
  assert.deepEqual(passes(graph, "f0").slice(0, 2).map(states), [["later", "later"], ["later", "later"]]);
  assert.deepEqual(passes(graph, "b2").slice(0, 2).map(states), [["", ""], ["", "now"]]);
  assert.deepEqual(passes(graph, null).slice(0, 2).map(states), [["", ""], ["", ""]]);
  assert.deepEqual(
    ["u1", "b2", null].map((at) => passes(graph, at)[2].attributes.class),
    ["beats-of update now", "beats-of update", "beats-of update"],
  );
  const [forward, backward] = passes(many, "b3");
  assert.ok(many.forward.length > 12);
  assert.equal(forward.children.at(-1).textContent, `${many.forward.length}/${many.forward.length}`);
  assert.equal(backward.children.at(-1).textContent, `3/${many.tape.length}`);
  assert.equal(forward.children[0].textContent, "");
  const [named] = passes(recorded("graphs")["chain-12"], null);
  assert.ok(
    named.children.length <= 12 && named.children.every((/** @type {any} */ node) => node.textContent),
  );
});

test("played, a node comes every 0.9 s to the end, from the start where it was there; a button pauses it", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const graph = graphOf(),
    button = elementById("node-play"),
    pressed = () => button.attributes["aria-pressed"];
  const playFrom = (/** @type {string | null} */ at) => press("play", graph, at);
  assert.deepEqual(playFrom("f1"), []);
  assert.equal(pressed(), "true");
  t.mock.timers.tick(899);
  assert.deepEqual(asked, []);
  t.mock.timers.tick(1);
  assert.deepEqual(asked, ["f2"]);
  show(graph, readMoment("u1"));
  t.mock.timers.tick(900);
  assert.deepEqual([asked.length, pressed()], [1, "false"], "it stops at the end");
  assert.deepEqual(playFrom("b2"), ["f0"], "where all is known it begins anew");
  elementById("node-forth").click();
  assert.equal(pressed(), "false");
  t.mock.timers.tick(9000);
  assert.deepEqual(asked, ["f0", "u1"], "a node by hand, and no more");
});
