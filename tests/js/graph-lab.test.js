// The graph lab: timeline, labels, routes, cards, fields and covered values.

import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf, obstacles } from "../../static/js/graph/captions.js";
import { wrongSigns } from "../../static/js/lib/arithmetic.js";
import { cards, cardText } from "../../static/js/graph/cards.js";
import { marksBetween, product, readPair, sumOf } from "../../static/js/graph/closed-form.js";
import { carried, edited, readValue, valuesWith } from "../../static/js/graph/fields.js";
import { cornersOf, overlap, widthOf } from "../../static/js/graph/labels.js";
import * as timeline from "../../static/js/graph/timeline.js";
import { formatShort, withNumbers } from "../../static/js/graph/numbers.js";
import { formatNumber } from "../../static/js/lib/format.js";
import { picture } from "../../static/js/graph/picture.js";
import { aside, pathOf, routes } from "../../static/js/graph/routes.js";
import { litEdge, litNode, progressAt } from "../../static/js/graph/progress.js";
import { spaceOf } from "../../static/js/graph/space.js";
import { rows } from "../../static/js/graph/table.js";
import { tied } from "../../static/js/graph/tie.js";
import { veilOf } from "../../static/js/graph/veil.js";
import { readQuery, writeQuery } from "../../static/js/page/query.js";
import { words } from "../../static/js/lib/words.js";
import { show as showLedger } from "../../static/js/graph/ledger.js";
import { elementById, makeDocument } from "./document.js";
import { recorded, viewWith } from "./recorded.js";

/** @type {Record<string, Graph>} */
const GRAPHS = recorded("graphs");
const PRODUCT = GRAPHS.product;
const ROOMS = [
  { width: 862, height: 560, phone: false },
  { width: 390, height: 410, phone: true },
  { width: 320, height: 410, phone: true },
  { width: 560, height: 500, phone: false },
  { width: 1500, height: 900, phone: false },
];

/** @param {Graph} graph @param {string | null} at @param {Parameters<typeof progressAt>[2]} [seen] */
const at = (graph, at, seen) => progressAt(graph, timeline.readMoment(at), seen);

/** @param {Graph} graph @param {typeof ROOMS[number]} room @param {GraphProgress} progress @param {string | null} [near] */
function labelled(graph, room, progress, near = null) {
  const { space, ways } = drawnIn(graph, room);
  return { space, labels: labelsOf(graph, progress, space, ways, { near }) };
}

/** Where nodes and edges are, at every moment. @param {Graph} graph @param {typeof ROOMS[number]} room */
function drawnIn(graph, room) {
  const space = spaceOf(graph, room);
  return { space, ways: routes(graph, space) };
}

/** @param {Tree} tree @param {(tree: Tree) => void} visit */
function walk(tree, visit) {
  visit(tree);
  for (const child of tree.children) if (typeof child !== "string") walk(child, visit);
}

for (const room of ROOMS) {
  test(`no label covers another, a node or a field in ${room.width} × ${room.height}`, () => {
    for (const [name, graph] of Object.entries(GRAPHS)) {
      const all = timeline.timeline(graph), some = Math.ceil(all.length / 4);
      const { space, ways } = drawnIn(graph, room);
      for (const moment of [null, ...all.filter((_, i) => i % some === 0)]) {
        const labels = labelsOf(graph, progressAt(graph, moment), space, ways, { near: null });
        const boxes = [...labels.entries()],
          fixed = obstacles(graph, space),
          when = timeline.writeMoment(moment);
        for (const [i, [key, label]] of boxes.entries()) {
          for (const [other, box] of boxes.slice(0, i)) {
            assert.ok(!overlap(label, box), `${name} ${when}: ${key} ${other}`);
          }
          for (const box of fixed) assert.ok(!overlap(label, box), `${name} ${when}: ${key} on a node`);
          for (const { x, y } of cornersOf(label)) {
            assert.ok(x >= 0 && y >= 0 && x <= space.width && y <= space.height, `${name}: ${key} outside`);
          }
        }
      }
    }
  });

  test(`nodes stand apart inside of ${room.width} × ${room.height}, and fields inside of their nodes`, () => {
    for (const [name, graph] of Object.entries(GRAPHS)) {
      const space = spaceOf(graph, room), boxes = obstacles(graph, { ...space, fields: {} });
      for (const [input, field] of Object.entries(space.fields)) {
        const node = space.at[input], { box } = space.level;
        assert.ok(Math.abs(field.x - node.x) + space.field.width / 2 <= box.width / 2, `${name} ${input}`);
        assert.ok(field.x - space.field.width / 2 >= node.x - box.width / 2 + 28, "beside the name");
        assert.ok(space.field.height <= box.height && field.y === node.y);
      }
      assert.ok(space.width >= room.width && space.height >= room.height);
      for (const [i, box] of boxes.entries()) {
        for (const other of boxes.slice(0, i)) {
          assert.ok(
            !overlap({ ...box, width: box.width - 6, height: box.height - 6 }, other),
            `${name} ${i}`,
          );
        }
        for (const { x, y } of cornersOf(box)) {
          assert.ok(
            x >= -0.5 && y >= -0.5 && x <= space.width + 0.5 && y <= space.height + 0.5,
            `${name} ${i}`,
          );
        }
      }
    }
  });
}

test("small graphs have every label, of the longest kind", () => {
  const { labels } = labelled(PRODUCT, ROOMS[0], at(PRODUCT, null));
  const sentences = [...labels.values()].map(({ text }) => text);
  assert.equal(labels.size, 2 * PRODUCT.edges.length + 2 + PRODUCT.forward.length);
  for (const text of ["1·z = 3", "1·p = 3", "3·1 = 3", "3·(−1) = −3", "p = x − y", "9"]) {
    assert.ok(sentences.includes(text), text);
  }
});

test("every term of a weight used three times is written at its arrow, beside a lesson too", () => {
  for (const height of [300, 312, 330, 400, 560]) {
    const { labels } = labelled(GRAPHS.chain, { width: 868, height, phone: false }, at(GRAPHS.chain, "u1"));
    GRAPHS.chain.edges.forEach(({ from }, i) => {
      if (from === "w") assert.match(labels.get(`grad.${i}`)?.text ?? "", /0\.036$/, `${height}: ${i}`);
    });
  }
});

test("a formula of one's own says every gradient, in fewer figures where there is little room", () => {
  const loss = GRAPHS["(sigmoid(w*x + b) - y)**2"], steep = { ...loss, grad: { ...loss.grad } };
  steep.edges = loss.edges.map((edge) => ({ ...edge, gradient: edge.gradient && edge.gradient * 0.0123 }));
  for (const graph of [loss, steep]) {
    const { labels } = labelled(graph, ROOMS[0], at(graph, null));
    graph.edges.forEach(({ gradient }, i) =>
      assert.ok(gradient === null || labels.has(`grad.${i}`), String(i))
    );
  }
});

test("without room for all labels, the current node and the one under the cursor come first", () => {
  const graph = GRAPHS["latent-12"], room = ROOMS[3];
  const count = (/** @type {GraphProgress} */ progress, /** @type {string | null} */ near) =>
    graph.edges.filter((edge, i) =>
      (edge.from === "h.3" || edge.to === "h.3") &&
      labelled(graph, room, progress, near).labels.has(`grad.${i}`)
    ).length;
  assert.ok(count(at(graph, null), "h.3") > count(at(graph, null), null));
});

test("edges begin and end at their nodes, and the two of one pair part", () => {
  for (const graph of Object.values(GRAPHS)) {
    const space = spaceOf(graph, ROOMS[0]), { ways } = routes(graph, space);
    ways.forEach((route, i) => {
      const { from, to } = graph.edges[i],
        reach = Math.hypot(space.level.box.width, space.level.box.height) / 2 + 8;
      for (const [spot, node] of /** @type {const} */ ([[route[0], from], [route[route.length - 1], to]])) {
        const away = Math.hypot(spot.x - space.at[node].x, spot.y - space.at[node].y);
        assert.ok(
          away > Math.min(space.level.r, space.level.box.height / 2) - 2 && away < reach,
          `${from} ${to}`,
        );
      }
    });
  }
  const twice = GRAPHS["x*x"],
    [first, second] = routes(twice, spaceOf(twice, ROOMS[0])).ways.map((route) => route[24]);
  assert.ok(Math.hypot(first.x - second.x, first.y - second.y) > 40);
});

test("moments are read, written and kept within what there is", () => {
  for (const text of ["f0", "f2", "b0", "b12", "u1"]) {
    assert.equal(timeline.writeMoment(timeline.readMoment(text)), text);
  }
  for (const text of ["", "f", "x1", "f-1", "f1.2", "b1234", null, undefined]) {
    assert.equal(timeline.readMoment(text), null);
  }
  assert.equal(timeline.writeMoment(timeline.clampMoment(PRODUCT, timeline.readMoment("f9"))), "f2");
  assert.equal(timeline.writeMoment(timeline.clampMoment(PRODUCT, timeline.readMoment("u7"))), "u1");
});

test("stepping forward visits every moment, and stepping back reverses it", () => {
  for (const graph of Object.values(GRAPHS)) {
    const all = timeline.timeline(graph).map(timeline.writeMoment);
    let now = /** @type {GraphMoment | null} */ (timeline.readMoment("f0"));
    const met = [];
    while (now) {
      met.push(timeline.writeMoment(now));
      now = timeline.momentAfter(graph, now, 1);
    }
    assert.deepEqual(met, all);
    now = timeline.readMoment("u1");
    const back = [];
    while (now) {
      back.unshift(timeline.writeMoment(now));
      now = timeline.momentAfter(graph, now, -1);
    }
    assert.deepEqual(back, all);
  }
  assert.equal(timeline.writeMoment(timeline.momentAfter(PRODUCT, null, 1)), "f1");
  assert.equal(timeline.writeMoment(timeline.momentAfter(PRODUCT, null, -1)), "b1");
});

test("b1 of the product has the gradients of p and z, and those of x and y to come", () => {
  const progress = at(PRODUCT, "b1");
  assert.equal(progress.present, "f");
  assert.deepEqual(progress.grad, { f: 1, p: 3, z: 3 });
  assert.deepEqual(progress.backward, ["future", "future", "present", "present"]);
  assert.deepEqual(at(PRODUCT, "b2").grad, { f: 1, p: 3, z: 3, x: 3, y: -3 });
  assert.deepEqual(at(PRODUCT, "f1").forward, ["present", "present", "future", "future"]);
  assert.ok(at(PRODUCT, "f2").backward.every((when) => when === null));
  assert.deepEqual(at(PRODUCT, "b0").grad, { f: 1 });
});

test("the gradient of a weight used three times grows term by term", () => {
  const { chain } = GRAPHS, sums = ["b1", "b2", "b3"].map((moment) => at(chain, moment).grad.w);
  assert.deepEqual(sums.map((sum) => Number(sum?.toFixed(6))), [0.036, 0.072, 0.108]);
  assert.deepEqual(["b2", "b3"].map((moment) => at(chain, moment).whole.has("w")), [false, true]);
});

test("at the end every gradient is that of the answer", () => {
  for (const graph of Object.values(GRAPHS)) assert.deepEqual(at(graph, null).grad, graph.grad);
});

test("an input that nothing uses has the gradient 0 as soon as the backward pass begins", () => {
  assert.equal(at(GRAPHS["ar-5"], "b0").grad["x.0"], 0);
  assert.equal("x.0" in at(GRAPHS["ar-5"], "f1").grad, false);
});

for (const language of ["ko", "en"]) {
  test(`the ledger describes every moment of every graph in ${language}`, () => {
    viewWith({}, language);
    for (const graph of Object.values(GRAPHS)) {
      for (const moment of [null, ...timeline.timeline(graph)]) {
        for (const card of cards(graph, progressAt(graph, moment), words)) {
          assert.ok(card.title && !/undefined|NaN|null|\{/.test(cardText(card)), cardText(card));
        }
      }
    }
  });
}

test("the ledger plugs the numbers in", () => {
  viewWith({}, "en");
  const textOf = (/** @type {string | null} */ moment) =>
    cards(PRODUCT, at(PRODUCT, moment), words).map(cardText).join(" ");
  assert.match(textOf("f1"), /p = x − y = 4 − 1 = 3/);
  assert.match(textOf("b1"), /∂f\/∂p = 1 · z = 1 · 3 = 3/);
  assert.match(textOf("b2"), /∂f\/∂y = ∂f\/∂p · \(−1\) = 3 · \(−1\) = −3/);
  assert.match(textOf("u1"), /9 − 0\.1 · 27 = 6\.3/);
  assert.match(textOf("u1"), /f = 6\.48/);
  const { chain } = GRAPHS,
    of = (/** @type {string} */ moment) => cards(chain, at(chain, moment), words).map(cardText).join(" ");
  assert.match(of("b3"), /0\.036 \+ 0\.036 \+ 0\.036 = 0\.108/);
});

test("who cannot see the cards is told the first one, or that it is covered", () => {
  makeDocument();
  viewWith({}, "en");
  for (const moment of [null, "b2", "u1"]) {
    const progress = at(PRODUCT, moment), first = cards(PRODUCT, progress, words)[0];
    showLedger(PRODUCT, progress);
    assert.deepEqual(elementById("node-said").children, [cardText(first)]);
    assert.equal(elementById("ledger-cards").children.length, cards(PRODUCT, progress, words).length);
  }
  showLedger(PRODUCT, at(PRODUCT, "b2", { veil: "ledger" }));
  assert.deepEqual(elementById("node-said").children, [words("veil.covered")]);
  assert.equal(elementById("ledger-cards").children.length, 1);
});

test("a value that is not a number has no gradient on cards, arrows and rows", () => {
  viewWith({}, "en");
  const graph = GRAPHS["log(-x)"];
  assert.deepEqual(Object.values(graph.grad), [null, null, null]);
  for (const moment of [null, ...timeline.timeline(graph)]) {
    const progress = progressAt(graph, moment), { labels } = labelled(graph, ROOMS[0], progress);
    for (const [key, { text }] of labels) if (key.startsWith("grad.")) assert.match(text, /^[?–]$/);
    for (const { gradient } of rows(graph, progress)) assert.match(gradient, /^[?–]/);
    for (const [, orange] of cards(graph, progress, words).flatMap(({ lines }) => lines)) {
      if (orange?.tone === "orange") assert.match(orange.text, /–$/);
    }
    assert.equal(timeline.isComplete(graph, moment), false);
  }
  const textOf = (/** @type {string} */ moment) =>
    cards(graph, at(graph, moment), words).map(cardText).join(" ");
  assert.match(textOf("b0"), /f is not a number, or too large, so it has no derivative/);
  assert.match(textOf("b2"), /you cannot take a descent step/);
});

test("what is spoken of a card has one full stop after each sentence", () => {
  for (const language of ["ko", "en"]) {
    viewWith({}, language);
    for (const graph of Object.values(GRAPHS)) {
      for (const moment of timeline.timeline(graph)) {
        for (const card of cards(graph, progressAt(graph, moment), words)) {
          assert.doesNotMatch(cardText(card), /\.\s*\.|[^.]$/, cardText(card));
        }
      }
    }
  }
});

test("covered values appear in no drawing, card or table", () => {
  viewWith({}, "en");
  for (const moment of [null, ...timeline.timeline(PRODUCT)]) {
    const progress = progressAt(PRODUCT, moment, { veil: "grad.y,value.f,after" });
    const { tree } = picture(PRODUCT, progress, { ...ROOMS[0], near: null, words });
    let drawn = "";
    walk(tree, ({ tag, children }) => tag === "text" && (drawn += `${children.join("")}\n`));
    const sentence = cards(PRODUCT, progress, words).map(cardText).join(" ");
    const listed = JSON.stringify(
      rows(PRODUCT, progress).map((
        { value, gradient, after, truth, promise },
      ) => [value, gradient, after, truth, promise]),
    );
    for (const text of [drawn, sentence, listed]) {
      assert.doesNotMatch(text, /−3\b|\b9\b|6\.48|6\.3|1\.3\b/, `${timeline.writeMoment(moment)}: ${text}`);
    }
  }
  assert.equal(veilOf("grad.*").grad("anything"), true);
  assert.equal(veilOf(null).any, false);
});

test("the table has a question mark for what is covered and for what would give it away", () => {
  /** @param {string | null} veil @param {string} [moment] @param {Graph} [graph] */
  const table = (veil, moment = "u1", graph = PRODUCT) =>
    rows(graph, at(graph, moment, { veil })).map(({ node: _, ...row }) => Object.values(row).join(" "));
  const open = ["4 3 3.7", "1 −3 1.3", "3 3 2.7", "3 3 ·", "9 1 · 6.48 6.3"], last = "9 1 · ? ?";
  assert.deepEqual(table(null), open);
  assert.deepEqual(table("grad.y"), [open[0], "1 ? ?", open[2], open[3], last]);
  assert.deepEqual(table("value.f"), [...open.slice(0, 4), "? 1 · ? ?"]);
  assert.deepEqual(table("value.x"), ["? 3 3.7", ...open.slice(1)]);
  assert.deepEqual(table("after"), ["4 3 ?", "1 −3 ?", "3 3 ?", open[3], last]);
  assert.deepEqual(table(null, "b1"), ["4 ? ·", "1 ? ·", "3 3 3 − 0.1 · 3 = 2.7", "3 3 ·", "9 1 ·"]);
  assert.deepEqual(table(null, "b1", GRAPHS.chain)[0], "0.2 0.036 … ·", "a sum that is not whole");
  const fixed = { ...PRODUCT, nodes: PRODUCT.nodes.map((node) => ({ ...node, moves: node.name === "x" })) };
  assert.deepEqual(table(null, "u1", fixed).slice(0, 3), ["4 3 3.7", "1 −3 1", "3 3 3"], "fixed inputs stay");
});

test("nodes are spread over the room, but no farther than reads well, in the middle of what is left", () => {
  const { at: wide, fields, end, level } = spaceOf(PRODUCT, ROOMS[4]);
  assert.equal(level.name, "roomy");
  assert.deepEqual([wide.p.x - wide.x.x, wide.f.x - wide.p.x], [300, 300]);
  assert.deepEqual([wide.y.y - wide.x.y, wide.z.y - wide.y.y], [178, 178]);
  const right = 38 + 62 + 14 + 6 + widthOf("f", 28); // the disc, the arrow, and the output's name
  assert.ok(Math.abs(wide.x.x - (20 + 54) - (1500 - wide.f.x - right)) < 1e-9, "as much room on either side");
  assert.deepEqual([wide.y.y, fields.y.y], [450, 450], "a value stands in its node");
  assert.deepEqual([end.x - wide.f.x, end.y], [100, wide.f.y]);
  const { at: low, width, height } = spaceOf(PRODUCT, { width: 390, height: 240, phone: true });
  assert.deepEqual([width, height], [390, 240]);
  assert.ok(low.y.y - low.x.y >= 44 && low.z.y - low.y.y >= 44, "fingers tell them apart");
});

/**
 * The ways between an input x at (100, 100) and an operation f at (400, 100), with a third node s.
 * @param {XY} s @param {number} height @param {number} [twins] edges from x to f
 */
function waysAround(s, height, twins = 1) {
  const at = { x: { x: 100, y: 100 }, s, f: { x: 400, y: 100 } }, end = { x: 498, y: 100 };
  const level = { r: 36, box: { width: 72, height: 60 } };
  const graph = {
    nodes: [["x", "input"], ["s", "op"], ["f", "op"]].map(([name, kind]) => ({ name, kind })),
    edges: Array.from({ length: twins }, (_, slot) => ({ from: "x", to: "f", slot })),
    output: "f",
  };
  const space = { at, level, fields: {}, end, width: 520, height };
  return routes(/** @type {any} */ (graph), /** @type {any} */ (space));
}

test("an edge runs straight from border to border where it is free", () => {
  const { ways: [way], out } = waysAround({ x: 250, y: 300 }, 400);
  assert.equal(way.length, 49);
  assert.ok(way.every(({ y, dx, dy }) => Math.abs(y - 100) < 1e-9 && dx === 1 && Math.abs(dy) < 1e-9));
  assert.ok(Math.abs(way[0].x - 141) < 0.3, "5 px beside the input's box of 72 px");
  assert.ok(Math.abs(way[48].x - 359) < 0.3, "5 px beside the disc of 36 px");
  assert.ok(Math.abs(way[12].x - way[0].x - (way[48].x - way[0].x) / 4) < 1e-9);
  assert.ok(Math.abs(out[0].x - 441) < 0.3 && out[48].x === 498, "the arrow that leaves the output");
});

test("around a node an edge takes the flattest curve that keeps 12 px away and within the picture", () => {
  const middle = (/** @type {XY} */ s, /** @type {number} */ height) => waysAround(s, height).ways[0][24].y;
  assert.ok(Math.abs(middle({ x: 250, y: 100 }, 400) - 172) < 1, "a bow of 0.24 · 300 px, downwards");
  assert.ok(Math.abs(middle({ x: 250, y: 100 }, 181) - 28) < 1, "upwards where there is no room below");
  assert.ok(Math.abs(middle({ x: 250, y: 147 }, 400) - 61) < 1, "0.13 · 300 px, away from the node");
  assert.ok(Math.abs(middle({ x: 250, y: 149 }, 400) - 100) < 1e-9);
});

test("of two edges of one pair the second is 44 px away at least", () => {
  const { ways } = waysAround({ x: 250, y: 300 }, 400, 2);
  assert.ok(Math.abs(ways[0][24].y - 100) < 1e-9);
  assert.ok(Math.abs(ways[1][24].y - 172) < 1);
});

test("a way is moved to its left and written with one decimal", () => {
  const way = [{ x: 0, y: 0, dx: 1, dy: 0 }, { x: 10, y: 0, dx: 0, dy: 1 }];
  assert.deepEqual(aside(way, 4).map(({ x, y }) => [x, y]), [[0, -4], [14, 0]]);
  assert.equal(pathOf([{ x: 1, y: 2.25 }, { x: -3, y: 4 }]), "M1.0 2.3L-3.0 4.0");
});

test("only named nodes and their edges are highlighted", () => {
  const progress = at(PRODUCT, null, { only: "p" });
  assert.deepEqual(PRODUCT.edges.map((edge) => litEdge(progress, edge)), [true, true, true, false]);
  assert.deepEqual(["p", "x", "f"].map((name) => litNode(progress, name)), [true, false, false]);
  const edge = at(PRODUCT, null, { only: "z..f" });
  assert.deepEqual(PRODUCT.edges.map((one) => litEdge(edge, one)), [false, false, false, true]);
  assert.deepEqual(["z", "f", "x"].map((name) => litNode(edge, name)), [true, true, false]);
});

test("a pair lights the factors between its steps and says their product", () => {
  const graph = GRAPHS["recursion-5"];
  assert.deepEqual(readPair("0.4", graph), { i: 0, t: 4 });
  assert.deepEqual(readPair("9.9", graph), { i: 4, t: 4 });
  assert.equal(readPair("0.4", PRODUCT), null);
  assert.equal(marksBetween({ i: 2, t: 4 }), "b.2..a.2,a.2..a.3,c.3..a.3,a.3..a.4,c.4..a.4");
  const { left, letters, numbers, factors } = product(graph, { i: 0, t: 4 }, at(graph, null));
  assert.equal(left + letters, "∂a₄/∂b₀ = c₁ · c₂ · c₃ · c₄");
  assert.equal(numbers, "0.5 · 0.5 · 0.5 · 0.5 = 0.0625");
  assert.equal(factors, "4");
  assert.equal(product(graph, { i: 2, t: 2 }, at(graph, null)).numbers, "1");
  assert.equal(product(graph, { i: 0, t: 4 }, at(graph, null, { veil: "closed" })).factors, "?");
  assert.equal(sumOf(2), "a₂ = b₂ + c₂·b₁ + c₂·c₁·b₀");
});

test("numbers are written as people read them", () => {
  assert.deepEqual([3, -0.25, 0.46212, 1e6, -1e-7, 0, null, 0.1 + 0.2].map((value) => formatNumber(value)), [
    ...["3", "−0.25", "0.4621", "1\u00a0×\u00a010⁶", "−1\u00a0×\u00a010⁻⁷", "0", "–", "0.3"],
  ]);
  assert.deepEqual([0.46212, -12.3, 3.6e-4, -4567, 0, null].map((value) => formatShort(value)), [
    ...["0.46", "−12", "4×10⁻⁴", "−5×10³", "0", "–"],
  ]);
  assert.equal(withNumbers("{0} − {1}", [-1, -2]), "−1 − (−2)");
  assert.equal(withNumbers("{0} ** {1}", [-3, 2]), "(−3) ** 2");
  assert.equal(withNumbers("{y}·(1 − {y})", [], -0.5), "(−0.5)·(1 − (−0.5))");
});

test("values of the link are those that are not the usual ones", () => {
  assert.equal(valuesWith(PRODUCT, { x: 5 }), "x:5");
  assert.equal(valuesWith(PRODUCT, { x: 4 }), "");
  const moved = (/** @type {number} */ steps) => ({
    ...PRODUCT,
    params: { ...PRODUCT.params, steps },
    value: { ...PRODUCT.value, x: 3.7 },
  });
  assert.deepEqual(
    [0, 1].map((steps) => valuesWith(moved(steps), {})),
    ["", "x:3.7"],
    "after a step of descent",
  );
  assert.equal(valuesWith(moved(1), { y: 2 }), "x:3.7,y:2");
  assert.equal(readValue(" −.5 "), -0.5);
  assert.equal(readValue("1,5"), 1.5);
  for (const text of ["", "1e9", "x", "--1"]) assert.equal(readValue(text), null);
});

test("tying and untying keeps the value of the weight", () => {
  assert.deepEqual(tied(GRAPHS.layers), { preset: "tied", values: "" });
  assert.deepEqual(tied(GRAPHS.tied), { preset: "layers", values: "" });
  const other = { ...GRAPHS.tied, value: { ...GRAPHS.tied.value, w: 0.7 } };
  assert.deepEqual(tied(other), { preset: "layers", values: "w1:0.7,w2:0.7" });
});

test("a link of the lab says only what is not usual", () => {
  const controls = recorded("graph-controls");
  const asked = "?v=1&preset=recursion&n=7&lr=0.1&steps=7&values=b.0%3A2";
  assert.equal(
    writeQuery(readQuery(asked, controls).params, controls),
    "?v=1&preset=recursion&values=b.0%3A2&n=7&steps=7",
  );
  assert.equal(writeQuery(readQuery("?formula=", controls).params, controls), "?v=1");
});

test("beside a lesson on a phone a small graph is whole, with its fields", () => {
  const room = { width: 390, height: 240, phone: true }, space = spaceOf(PRODUCT, room);
  assert.deepEqual([space.width, space.height], [room.width, room.height]);
  assert.deepEqual(Object.keys(space.fields).toSorted(), ["x", "y", "z"]);
});

test("a step of descent can be made once the backward pass is done, and not before", () => {
  for (const graph of Object.values(GRAPHS)) {
    if (timeline.lacksGradient(graph)) continue;
    const complete = timeline.timeline(graph).filter((moment) => timeline.isComplete(graph, moment));
    assert.deepEqual(complete.map(timeline.writeMoment), [`b${graph.tape.length}`, "u1"]);
    assert.ok(timeline.isComplete(graph, null));
  }
});

test("a formula in the place of a preset begins with the values on the screen", () => {
  assert.equal(carried(PRODUCT, "x:1"), "x:4,y:1,z:3");
  assert.equal(carried({ ...PRODUCT, value: { ...PRODUCT.value, y: null } }, ""), "x:4,z:3");
  assert.equal(carried({ ...PRODUCT, params: { ...PRODUCT.params, formula: "x*y" } }, "x:1"), "x:1");
  assert.equal(carried(undefined, "x:1"), "x:1");
  assert.equal(carried(GRAPHS["ar-2"], ""), "", "no values of a series");
});

test("a graph of twelve edges says all its numbers, if need be across each other", () => {
  const graph = GRAPHS.latent, progress = at(graph, null), { labels } = labelled(graph, ROOMS[4], progress);
  const wanted = graph.edges.flatMap((
    _,
    i,
  ) => [`value.${i}`, ...(progress.backward[i] ? [`grad.${i}`] : [])]);
  assert.equal(graph.edges.length, 12);
  assert.deepEqual(wanted.filter((key) => !labels.has(key)), []);
});

test("every line of every card adds up as it is printed, or says ≈", () => {
  for (const [name, graph] of Object.entries(GRAPHS)) {
    for (const moment of [null, ...timeline.timeline(graph)]) {
      for (const { lines } of cards(graph, progressAt(graph, moment), words)) {
        for (const line of lines) {
          const text = line.map((piece) => piece.text).join("");
          assert.deepEqual(wrongSigns(text), [], `${name} ${timeline.writeMoment(moment)}: ${text}`);
        }
      }
    }
  }
});

test("a slope that rounding would print as 0 is printed by its value", () => {
  const texts = (/** @type {string} */ name) =>
    timeline.timeline(GRAPHS[name]).flatMap((moment) =>
      cards(GRAPHS[name], progressAt(GRAPHS[name], moment), words)
        .flatMap(({ lines }) => lines.map((line) => line.map(({ text }) => text).join("")))
    );
  const { grad, edges } = GRAPHS.saturated, slope = edges.find(({ form }) => form === "(1 − {y}²)");
  assert.ok(Number(slope?.local) > 0 && Number(slope?.local) < 1e-14 && Number(grad.w) > 0);
  const shown = formatNumber(slope?.local, 5);
  assert.ok(
    texts("saturated").some((text) => text.includes(`· (${shown}) =`)),
    texts("saturated").join("\n"),
  );
  assert.ok(!texts("saturated").some((text) => text.includes("1 − 1²")));
  assert.ok(!texts("zero power").some((text) => text.includes("log 0")), texts("zero power").join("\n"));
});

test("a graph stands in the middle, whatever its columns and rows begin with", () => {
  for (const name of ["product", "chain-5", "latent-2"]) {
    for (const room of ROOMS) {
      const graph = GRAPHS[name], { at, width, height } = spaceOf(graph, room);
      const nodes = graph.nodes.map((node) => ({ ...node, column: node.column + 3, row: node.row - 2 }));
      const moved = spaceOf({ ...graph, nodes }, room);
      assert.deepEqual([moved.width, moved.height], [width, height]);
      for (const [key, { x, y }] of Object.entries(moved.at)) {
        assert.ok(Math.hypot(x - at[key].x, y - at[key].y) < 1e-9, `${name}: ${key}`);
      }
    }
  }
});

test("a field is being edited as long as it differs, and its value in use is the one it began with", () => {
  makeDocument();
  /** @param {string} value @param {string} defaultValue @param {Num | undefined} used */
  const isEdited = (value, defaultValue, used) => {
    const field = { id: "value-x", value, defaultValue, classList: { contains: () => true } };
    Object.assign(document, { activeElement: field });
    return edited(/** @type {any} */ ({ value: { x: used } })) !== null;
  };
  assert.deepEqual([isEdited("4", "3", 3), isEdited("3", "3", 3), isEdited("4", "3", 5)], [
    true,
    false,
    false,
  ]);
  assert.deepEqual([isEdited("4", "", null), isEdited("4", "", undefined)], [true, true], "no number yet");
});
