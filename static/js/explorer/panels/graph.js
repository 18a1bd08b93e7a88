// Unrolled graph: forward arrows in blue, gradients in orange, and the cuts that no gradient crosses.
//
// What depends on the forward pass is drawn as traces, what depends on gradients and on the truncation
// as shapes, so that moving a slider sends shapes alone.

import { bands, figure, lookOf, path } from "../../plot/figure.js";
import { opacityOf } from "../../plot/scale.js";
import { backwardMarks } from "../unrolled/backward.js";
import { cutShapes } from "../unrolled/cuts.js";
import { gateMarks } from "../unrolled/gates.js";
import { ghostShapes } from "../unrolled/ghost.js";
import { dimShapes, drawWithHighlight, outlineShapes } from "../unrolled/highlight.js";
import { forwardMarks } from "../unrolled/forward.js";
import { forwardState } from "../timeline.js";
import { withoutTruncation } from "../truncation.js";
import { initialState, inputGradients, playback } from "../unrolled/moment.js";
import { pathMarks } from "../unrolled/path.js";
import { penOf } from "../unrolled/pen.js";
import { rulerShapes } from "../unrolled/ruler.js";
import { hasBrackets, hasTails, tailShapes } from "../unrolled/tails.js";
import { isPlayback, momentOf, traces } from "../unrolled/traces.js";
import { asks as walks } from "../unrolled/walks.js";
import { wireMarks } from "../unrolled/wires.js";

const EDGE = 4; // px of a row that is beside the picture whatever its width
const WORDS = 9; // px above and below the middle of a number that crosses a line
const THIN = 0.74; // opacity of the arrows that are not part of the chain

export const name = "graph";
export const whole = true; // or follows what is held
export const follows = /** @type {(keyof View)[]} */ ([
  ...["pair", "answers", "columns", "held", "wire", "at", "over"],
  ...["only", "veil", "contrast", "story", "inputs", "begun"],
]);

/** The answers about what is selected. @param {Result} result @param {View} view */
export const asks = (result, view) => [...walks(result, view), ...inputGradients.asks(result, view)];

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const g = penOf(result, view), size = { ...g.drawn, height: g.H, whole: g.W };
  return figure(traces(result, view, g), shapes(result, view), size, view);
}

/**
 * What the traces are drawn from: while it stays the same, only shapes need to be sent.
 * @param {Result} result @param {View} view
 */
export function dataKey(result, view) {
  const { params, forward } = result;
  return JSON.stringify([
    withoutTruncation(params),
    forward.total_loss,
    view.held,
    view.columns,
    lookOf(view),
    isPlayback(view),
    marked(view),
    penOf(result, view).rows.numbers,
  ]);
}

/**
 * Whether the shapes of a truncation can go over into those of another: of the same steps, one tail a loss, and both passes
 * drawn whole.
 * @param {Result} before @param {Result} result @param {View} view
 */
export function canMove(before, result, view) {
  const { at, pair, story, over, only, veil } = view;
  return before.tokens.length === result.tokens.length && !hasBrackets(result, penOf(result, view)) &&
    !(at || pair || story || over || only || veil);
}

/** Which marks are lit and veiled. @param {View} view */
const marked = ({ only, veil, contrast }) => [only, veil, contrast];

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const g = penOf(result, view), { colors } = view;
  /** @type {[number, number][]} */
  const gaps = g.chains.flatMap(({ numbers }) => (numbers ? [[numbers - WORDS, numbers + WORDS]] : []));
  return [
    ...(view.story && view.story.beat < 3 ? [] : [
      ...bands(
        result.blocks,
        { x: g.cx, c: g.c, top: g.ruler.from, bottom: g.H - 2, steps: g.steps, gaps },
        view,
      ),
      ...rulerShapes(result.blocks, blockName(result, view), view, g),
    ]), // the scissors of the story come last
    path(wireMarks(view.wire, g), { fill: colors.select, opacity: 0.6 }),
    ...drawWithHighlight(g, view, (g) => marks(result, view, g), dimShapes, outlineShapes),
  ];
}

/** The marks that the geometry has. @param {Result} result @param {View} view @param {Geometry} g */
function marks(result, view, g) {
  const { colors } = view, still = forwardMarks(result, g);
  const at = momentOf(view),
    drawMoment = isPlayback(view) ? playback() : null,
    { behind, above } = at && drawMoment ? drawMoment(result, view, g, at) : view.pair && !result.window // a pooled table knows no single path
      ? chosen(result, view, g, still, view.pair)
      : everything(result, view, g, still);
  const isOpen = (/** @type {number} */ t) =>
    !at || !isPlayback(view) || forwardState(at, t, 2) !== "not yet";
  const gates = gateMarks(result, g, isOpen), before = initialState.shapes(result, view, g);
  return [
    ...before.behind,
    ...behind,
    path(still.boxes, { fill: colors.node, stroke: colors.edge, width: 1.3 }),
    path(still.cards, { fill: colors.node, stroke: colors.line, width: 1.3 }),
    path(
      still.frames,
      g.level === "compact"
        ? { fill: colors.node, stroke: colors.line, width: 1 }
        : { fill: colors.node, stroke: colors.edge, width: 1.5 },
    ),
    ...(g.gates ? [path(gates.backs, { fill: colors.panel }), path(gates.bars, { fill: colors.muted })] : []),
    path(still.tracks, { fill: colors.panel }),
    path(still.bars, { fill: colors.edge }),
    path(still.targetBars, { fill: colors.forward }),
    path(still.crosses, { stroke: colors.loss, width: 2.2 }),
    path(still.checks, { stroke: colors.forward, width: 2.2 }),
    ...inputGradients.shapes(result, view, g),
    ...before.above,
    ...above,
  ];
}

/**
 * What is drawn behind and above the boxes where one loss is followed on its way back.
 * @param {Result} result @param {View} view @param {Geometry} g @param {ReturnType<typeof forwardMarks>} still
 * @param {NonNullable<View["pair"]>} pair
 */
function chosen(result, view, g, still, pair) {
  const { colors } = view, back = pathMarks(result, view, g), own = forwardMarks(result, g, pair.s);
  const cuts = cutShapes(back.cuts, colors);
  return {
    behind: [
      ...tailShapes(result, view, g),
      ...back.behind,
      path(still.thin, { fill: colors.forward, opacity: THIN / 2 }),
      path(still.arrows, { fill: colors.forward, opacity: 0.5 }),
      path(back.thin, { fill: colors.backward, opacity: THIN }),
      ...back.buckets.map((marks, i) => path(marks, { fill: colors.backward, opacity: opacityOf(i) })),
      ...cuts.behind,
    ],
    above: [
      path(still.losses, { fill: colors.ghost, opacity: 0.6 }),
      path(own.losses, { fill: colors.loss }),
      path(still.noLosses, { fill: colors.ghost }),
      ...cuts.above,
      ...back.labels,
    ],
  };
}

/**
 * What is drawn behind and above the boxes once everything has happened.
 * @param {Result} result @param {View} view @param {Geometry} g @param {ReturnType<typeof forwardMarks>} still
 */
function everything(result, view, g, still) {
  const { colors } = view, back = backwardMarks(result, view, g), exact = ghostShapes(result, view, g);
  const cuts = cutShapes(back.cuts, colors);
  return {
    behind: [
      ...tailShapes(result, view, g),
      path(still.thin, { fill: colors.forward, opacity: THIN }),
      path(still.arrows, { fill: colors.forward }),
      ...exact.behind,
      path(back.outlines, { stroke: colors.ghost, width: 1.3, dash: "4px,3px" }),
      path(back.thin, { fill: colors.backward, opacity: THIN }),
      ...back.buckets.map((marks, i) => path(marks, { fill: colors.backward, opacity: opacityOf(i) })),
      ...exact.above,
      ...cuts.behind,
    ],
    above: [
      path(still.losses, { fill: colors.loss }),
      path(still.noLosses, { fill: colors.ghost }),
      ...cuts.above,
      ...back.labels,
    ],
  };
}

/** @param {Result} result @param {View} view */
function blockName({ params }, { words }) {
  const [name, nameAndSteps] = params.truncation === "randomized"
    ? ["graph.segment", "graph.segment_steps"]
    : ["graph.block", "graph.block_steps"];
  return (
    /** @type {{start: number, stop: number}} */ { start, stop },
    /** @type {number} */ i,
    /** @type {number} */ room,
  ) => {
    const steps = stop - start > 1 ? `${start}–${stop - 1}` : `${start}`;
    if (room > 150) return words(nameAndSteps, { n: i + 1, steps });
    if (room > 74) return words(name, { n: i + 1 });
    return room > 24 ? String(i + 1) : "";
  };
}

/**
 * What a point of the figure stands for.
 * @param {Point} point
 * @returns {Target | null} unit: below the H of h are the H of c, after an empty row
 */
export function target({ data, pointNumber, customdata }) {
  if (data.type === "heatmap" && Array.isArray(pointNumber)) {
    return { kind: "h", unit: pointNumber[0], t: (data.meta ?? 0) + pointNumber[1] / 2 };
  }
  if (!customdata) return null;
  const [kind, t, of] = customdata;
  return of ? { kind, t, of } : { kind, t };
}

/**
 * The names of the rows beside the graph, with their heights.
 * @param {Result} result
 * @param {View} view
 * @returns {Tick[]}
 */
export function gutter(result, view) {
  const g = penOf(result, view), { rows, tails, chains, gates } = g, { words } = view;
  const inLanes = g.level === "compact", free = g.left - (view.lead ?? 0) - EDGE;
  const shift = g.W > view.width ? 0 : Math.max(0, free);
  const rowNames = [
    { symbol: "L", word: words("graph.loss"), y: rows.loss - (inLanes ? 26 : 0) },
    { symbol: "ŷ", word: inLanes ? "" : words("graph.prediction"), y: rows.output },
    ...chains.map(({ vector, hidden }) => ({
      symbol: vector,
      word: words(vector === "h" ? "graph.hidden" : "graph.cell"),
      y: hidden,
    })),
    { symbol: "x", word: inLanes ? "" : words("graph.input"), y: rows.input },
  ].map((row) => ({ ...row, subscript: "t", ...(g.short && { word: "" }), lane: "", shift }));
  if (gates && view.at?.phase === "backward") { // the names of the gradients stand there
    for (const row of rowNames) if (chains.some(({ vector }) => vector === row.symbol)) row.word = "";
  }
  /** @type {Tick[]} */
  const named = [...rowNames];
  if (view.at?.phase === "backward" && !inLanes) {
    for (const { vector, hidden } of chains) {
      const under = g.short ? 26 : gates ? (g.isLarge ? 36 : 30) : 44;
      named.push({
        symbol: `d${vector}`,
        subscript: "t",
        word: "",
        y: hidden + under,
        lane: "gradient",
        shift,
      });
    }
  }
  if (inputGradients.areDrawn(result, view) && !inLanes && !g.short) {
    named[named.length - 1] = { ...named[named.length - 1], word: "" };
    named.push({ symbol: "dx", subscript: "t", word: "", y: g.rows.input + 18, lane: "gradient", shift });
  }
  if (gates) named.push(...gateNames(gates, words, shift));
  if (tails && hasTails(result, view, g)) {
    const isPerPass = hasBrackets(result, g);
    const y = tails.top + (inLanes ? 4 : Math.min(tails.height / 2, 16));
    named.push({ word: words(isPerPass ? "graph.passes" : "graph.reach"), y, lane: "reach", shift });
  }
  if (!inLanes) return named;
  return [
    ...named,
    ...chains.flatMap(({ vector, forward, backward }) => [
      { word: vector === "h" ? "Wₕ →" : "f ⊙ c →", y: forward, lane: "forward" },
      { word: `← ∂L/∂${vector}`, y: backward, lane: "backward" },
    ]),
  ];
}

/** The names of the gates beside the picture: each where they stand below each other. @param {import("../../plot/gated-rows.js").Gates} gates @param {Words} words @param {number} shift @returns {Tick[]} */
function gateNames({ names, top, height, beside }, words, shift) {
  if (beside) return [{ word: words("graph.gates"), y: top + height / 2, lane: "gates", shift }];
  const high = height / names.length;
  return names.map((name, i) => ({
    word: "",
    symbol: name,
    y: top + high * (i + 0.5),
    lane: "gates",
    shift,
  }));
}
