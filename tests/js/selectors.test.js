// Selectors of marks in only= and veil=: highlighting and covering.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as credit from "../../static/js/explorer/panels/credit.js";
import * as graph from "../../static/js/explorer/panels/graph.js";
import { describeTarget } from "../../static/js/explorer/describe-target.js";
import { statusLine } from "../../static/js/explorer/status-line.js";
import { highlightText } from "../../static/js/explorer/unrolled/highlight-text.js";
import { litBy, rowsIn, touches, veiledBy } from "../../static/js/explorer/unrolled/selectors.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{type: string, path?: string, opacity?: number, fillcolor?: string, layer?: string, line: {width: number, color?: string, dash?: string}, label?: {text: string, font: {color: string}}}} Shape */
/** @typedef {{type: string, mode?: string, opacity?: number, text?: string[], z?: Num[][], marker?: {size: number[]}}} Trace */

const BLOCKS = [{ start: 0, stop: 2 }, { start: 2, stop: 4 }];
const NODES = /** @type {const} */ (["x", "h", "y", "L"]);

const LOW = 300; // px: a picture without the tails of the losses, which are no marks

/** @param {Result} result @param {Partial<View>} changes */
const shapesOf = (result, changes) => /** @type {Shape[]} */ (graph.shapes(result, viewWith(changes)));
/** @param {Result} result @param {Partial<View>} changes */
const tracesOf = (
  result,
  changes,
) => /** @type {Trace[]} */ (/** @type {unknown} */ (graph.draw(result, viewWith(changes)).data));
/** @param {Result} result @param {Partial<View>} changes everything that is written in the picture */
const written = (result, changes) => [
  ...shapesOf(result, changes).flatMap(({ label }) => (label ? [label.text] : [])),
  ...tracesOf(result, changes).flatMap(({ text }) => text ?? []),
];
/** @param {Shape[]} shapes @param {string} color arrows of this color */
const arrows = (shapes, color) =>
  shapes.filter(({ fillcolor, path }) => fillcolor === color && path?.includes("Z"))
    .reduce((sum, { path }) => sum + (path?.match(/Z/g)?.length ?? 0), 0);

test("without a name nothing is dimmed and nothing is veiled", () => {
  assert.equal(litBy(null, BLOCKS), null);
  assert.equal(litBy("row.2", BLOCKS), null, "a row of the credit matrix dims no network");
  assert.equal(litBy("nonsense,h", BLOCKS), null);
  assert.equal(veiledBy("readout,credit", BLOCKS)("h", 1), false);
});

test("a named arrow lights what it joins", () => {
  const lit = litBy("out.1,fut.1", BLOCKS);
  assert.ok(lit);
  for (
    const [kind, t]
      of /** @type {const} */ ([["out", 1], ["err", 1], ["y", 1], ["L", 1], ["h", 1], ["back", 2], ["h", 2]])
  ) {
    assert.ok(lit(kind, t), `${kind}.${t}`);
  }
  for (
    const [kind, t]
      of /** @type {const} */ ([["out", 2], ["h", 0], ["x", 1], ["fwd", 2], ["back", 1], ["up-y", 1], [
        "share",
        1,
      ]])
  ) {
    assert.ok(!lit(kind, t), `${kind}.${t}`);
  }
});

test("fut.t and back.(t+1) are one arrow", () => {
  for (const written of ["fut.1", "back.2"]) assert.ok(veiledBy(written, BLOCKS)("back", 2), written);
});

test("all blue arrows are one mark, and light no state", () => {
  const lit = litBy("fwd.*", BLOCKS);
  assert.ok(lit?.("fwd", 3) && lit("up-x", 0) && lit("up-L", 2));
  assert.ok(!lit?.("h", 1) && !lit?.("back", 1));
  assert.ok(litBy("fwd.2", BLOCKS)?.("h", 1), "one alone joins two states");
});

test("a block is its steps and what leads between them", () => {
  const lit = litBy("block.1", BLOCKS);
  assert.ok(NODES.every((kind) => lit?.(kind, 2) && lit(kind, 3) && !lit(kind, 1)));
  assert.ok(lit?.("back", 3) && !lit("back", 2), "the cut edge is of no block");
});

test("what leaves a state is veiled with what comes to it", () => {
  for (const written of ["out.1", "fut.1", "h.1"]) assert.ok(veiledBy(written, BLOCKS)("share", 1), written);
  assert.ok(!veiledBy("out.1", BLOCKS)("share", 0));
  assert.ok(touches(veiledBy("fut.1", BLOCKS), 1) && touches(veiledBy("fut.1", BLOCKS), 2));
  assert.ok(!touches(veiledBy("fut.1", BLOCKS), 0));
});

test("rows of the credit matrix are named by their loss", () => {
  assert.deepEqual([0, 1, 2].map(rowsIn("row.1") ?? (() => true)), [false, true, false]);
  assert.ok(rowsIn("h.1,row.*")?.(3));
  assert.equal(rowsIn("h.1"), null);
});

test("lit and dimmed marks together are all of them", () => {
  for (const name of ["full", "bptt"]) {
    for (const at of [null, /** @type {Moment} */ ({ phase: "backward", walk: 0, t: 1, line: 4 })]) {
      const result = answer(name),
        view = viewWith(),
        count = (/** @type {string | null} */ only) =>
          arrows(shapesOf(result, { only, at, height: LOW }), view.colors.backward);
      assert.equal(count("out.1,back.1"), count(null), `${name} ${at?.phase}`);
      const blue = (/** @type {string | null} */ only) =>
        arrows(shapesOf(result, { only, at, height: LOW }), view.colors.forward);
      assert.equal(blue("fwd.1"), blue(null));
    }
  }
});

test("what is not named stands back, states and numbers less so", () => {
  const result = answer("full"), shapes = shapesOf(result, { only: "fwd.*" });
  const blue = shapes.filter(({ fillcolor, path }) =>
    fillcolor === viewWith().colors.forward && (path?.length ?? 0) > 20
  );
  assert.equal(Math.max(...blue.map(({ opacity }) => opacity ?? 1)), 1);
  const orange = shapes.filter(({ fillcolor, path }) =>
    fillcolor === viewWith().colors.backward && (path?.length ?? 0) > 20
  );
  assert.ok(orange.length && orange.every(({ opacity }) => (opacity ?? 1) <= 0.22));
  const maps = tracesOf(result, { only: "h.1" }).filter(({ type }) => type === "heatmap");
  assert.deepEqual(maps.map(({ opacity }) => opacity), [0.35, undefined]);
  const columns = maps.map(({ z }) => z?.[0].filter((value) => value !== null).length);
  assert.deepEqual(columns, [3, 1], "each state is drawn once");
});

test("with more contrast nothing is dimmed and what is named has an outline", () => {
  const shapes = shapesOf(answer("full"), { only: "back.2", contrast: true }), { ink } = viewWith().colors;
  assert.ok(
    shapes.some(({ line, path }) => line.color === ink && line.width > 2 && (path?.length ?? 0) > 20),
  );
  assert.ok(
    tracesOf(answer("full"), { only: "back.2", contrast: true }).every(({ opacity }) => (opacity ?? 1) === 1),
  );
});

test("a veiled arrow has middle width whatever it carries, nothing and a cut included", () => {
  const cut = answer("bptt"), whole = answer("full"), veil = "back.*,out.*";
  const orange = (/** @type {Result} */ result) =>
    shapesOf(result, { veil }).filter(({ fillcolor }) => fillcolor === viewWith().colors.backward);
  assert.deepEqual(orange(cut), orange(whole), "cut or not cut is not to be seen");
  whole.truncated.dh_output[1].fill(0);
  assert.deepEqual(orange(answer("full")), orange(whole), "nor whether it is nothing");
});

test("no veiled number is written in the picture, at no moment", () => {
  const moments = /** @type {(Moment | null)[]} */ ([
    null,
    { phase: "forward", walk: 0, t: 3, line: 4 },
    { phase: "backward", walk: 0, t: 0, line: 4 },
  ]);
  for (const name of ["bptt", "full", "window", "squared"]) {
    for (const at of moments) {
      const texts = written(answer(name), { at, veil: "h.*,y.*,L.*,back.*,out.*" });
      assert.ok(texts.includes("?"), name);
      const numbers = texts.filter((text) => /[0-9]/.test(text) && !/block|t =/.test(text));
      assert.deepEqual(numbers, [], `${name} ${at?.phase}`);
    }
  }
});

test("veiled states have no colour, and a veiled loss the middle size", () => {
  const [map] = tracesOf(answer("full"), { veil: "h.1,L.*" }), H = map.z?.length;
  assert.equal(map.z?.flat().filter((value) => value !== null).length, 3 * Number(H));
  const discs = tracesOf(answer("full"), { veil: "L.*" }).find(({ mode }) => mode === "markers");
  assert.equal(new Set(discs?.marker?.size).size, 1);
});

test("the line below the picture says which marks are lit", () => {
  const result = answer("full"), seen = (/** @type {string} */ only, veil = "") => viewWith({ only, veil });
  const textOf = (/** @type {View} */ it) =>
    highlightText(result, it, it.words)?.map(({ text }) => text).join("");
  assert.match(
    textOf(seen("out.2,fut.2")) ?? "",
    /^dh₂ = from its output 0\.\d+ \+ from the future 0\.\d+ → norm 0\.\d+$/,
  );
  assert.match(textOf(seen("out.2,fut.2", "fut.2")) ?? "", /h₃ → h₂: hidden until you answer/);
  assert.match(textOf(seen("fwd.*")) ?? "", /every blue arrow/);
  assert.match(textOf(seen("x.1,h.1,y.1,L.1")) ?? "", /x₁, h₁, ŷ₁, L₁/);
  assert.equal(highlightText(result, seen("row.1"), seen("row.1").words), null);
});

test("of a lit row of the credit matrix the others stand back", () => {
  const result = answer("full"),
    veils = (/** @type {string | null} */ only) =>
      /** @type {Shape[]} */ (credit.shapes(result, viewWith({ only }))).filter(({ fillcolor, opacity }) =>
        fillcolor === viewWith().colors.background && opacity === 0.78
      ).map(({ path }) => path?.match(/Z/g)?.length);
  assert.deepEqual(veils("row.1"), [3]);
  assert.deepEqual(veils(null), []);
});

test("the line below tells what is pointed at, then what is lit, and once time was moved the step", () => {
  const result = answer("full"), view = viewWith({ only: "out.2,fut.2" });
  /** @param {View} it @param {{pointed?: Target, moved?: boolean}} reader */
  const line = (it, { pointed, moved = false } = {}) =>
    statusLine(result, it, { pointed: pointed ?? null, moved }, { describeTarget, highlightText }).map((
      { text },
    ) => text).join("");
  assert.match(line(view), /^dh₂ = /);
  assert.match(line(view, { moved: true }), /^t = 1 /);
  assert.match(line(view, { pointed: { kind: "L", t: 3 } }), /^Loss L₃|^loss L₃|L₃/);
  assert.equal(line(viewWith({ veil: "L.3" }), { pointed: { kind: "x", t: 3 } }), "hidden until you answer");
  assert.equal(line(viewWith({ veil: "readout" })), "hidden until you answer");
  assert.match(line(viewWith({ veil: "L.3" })), /^t = 1 /, "another step may be told of");
});

test("a loss of symbols is told in bits and as a perplexity, too, where that is a number", () => {
  const { words } = viewWith(), result = answer("full"), L = Math.log(4);
  /** @param {Num} loss @param {"cross_entropy" | "squared_error"} kind */
  const told = (loss, kind = "cross_entropy") =>
    describeTarget(
      {
        ...result,
        params: { ...result.params, loss: kind },
        forward: { ...result.forward, loss: [loss, loss, loss, loss] },
      },
      { kind: "L", t: 2 },
      words,
    )[0].text;
  assert.equal(
    told(L),
    "loss L₂ = 1.39, which is 2.00 bits: as uncertain as a choice among 4.00 equally likely symbols",
  );
  assert.equal(told(L, "squared_error"), "loss L₂ = 1.39");
  assert.equal(told(800), "loss L₂ = 800.0");
  assert.match(told(null), /no loss here/);
});
