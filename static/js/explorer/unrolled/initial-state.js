// Initial state of the unrolled graph, where it is not zero: a small box before the first step, whose arrow enters it, and the
// gradient that comes back to it.

import { label, path, SYMBOLS } from "../../plot/figure.js";
import { arrow, roundBox } from "../../plot/paths.js";
import { bucketOf, gradientRange, length, opacityOf, position, widthOf } from "../../plot/scale.js";
import { backwardState, forwardState } from "../timeline.js";
import { MIDDLE, numberAt } from "./backward.js";
import { forwardWidth } from "./forward.js";
import { useInitialState } from "./moment.js";
import { edge } from "./places.js";
import { momentOf } from "./traces.js";
import { passOf } from "./walks.js";

/** @typedef {import("./places.js").Chain} Chain */

const BOX = { wide: 40, middle: 30, compact: 28 }, TALL = 28, FLAT = 18; // px
const TYPE = { wide: 17, middle: 14, compact: 13 }, ON_WALL = 20; // px of letters
const LEAST = 20; // px of an arrow
const DIM = 0.38, PALE = 0.5, GHOST = 0.16; // of arrows: behind a backward pass, beside a chosen loss, not yet there

/** The gradient of each vector before the first step. */
const GRADIENT = /** @type {const} */ ({ h: "dh_initial", c: "dc_initial" });

/**
 * Where the box of a vector is, and its arrows: from the box to the first step.
 * @param {Geometry} g @param {Chain} chain @param {number} lead px that the boxes have before the first column
 */
export function initialPlace(g, chain, lead) {
  const { to } = edge(0, g, chain), width = BOX[g.level];
  const inLanes = g.level === "compact", side = inLanes ? 1.5 : width / 2 + g.gap + 1;
  const near = inLanes ? g.cx(0) - g.cell / 2 - width / 2 - LEAST : to - LEAST - side;
  const x = Math.max(g.left - lead + width / 2, Math.min(g.cx(0) - g.c, near));
  return { x, width, height: Math.min(TALL, Math.max(FLAT, chain.bottom - chain.top)), from: x + side, to };
}

/**
 * @param {Result} result @param {View} view @param {Geometry} g
 * @returns {{behind: object[], above: object[]}} shapes behind the states and above them
 */
export function initialStateShapes(result, view, g) {
  if (!view.lead || g.steps[0] !== 0 || !g.has("h", 0)) return { behind: [], above: [] };
  const { colors } = view, at = momentOf(view), isChosen = Boolean(view.pair && !result.window && !at);
  let boxes = "", arrows = "";
  /** @type {object[]} */
  const gradients = [], labels = [];
  for (const chain of g.chains) {
    const { vector, forward } = chain, state = vector === "h" ? result.forward.h0 : result.forward.c0;
    if (!state?.some(Boolean)) continue;
    const { x, width, height, from, to } = initialPlace(g, chain, view.lead);
    boxes += roundBox(x, chain.hidden, width, height, 6);
    arrows += arrow(from, forward, to, forward, forwardWidth("fwd", g));
    labels.push(
      label(x, chain.hidden, `${vector}₋₁`, {
        size: g.isLarge ? ON_WALL : TYPE[g.level],
        color: colors.ink,
        family: SYMBOLS,
      }),
    );
    if (!isChosen) gradients.push(...comesBack(result, view, g, chain, { from, to }, labels));
  }
  const opacity = !at || at.phase === "update"
    ? isChosen ? PALE : 1
    : at.phase === "backward"
    ? DIM
    : forwardState(at, 0, 1) === "not yet"
    ? GHOST
    : 1;
  return {
    behind: [path(arrows, { fill: colors.forward, opacity }), ...gradients],
    above: [path(boxes, { fill: colors.node, stroke: colors.edge, width: 1.3, layer: "above" }), ...labels],
  };
}

/**
 * The gradient of a vector of the initial state, once it has come, and its norm.
 * @param {Result} result @param {View} view @param {Geometry} g @param {Chain} chain @param {{from: number, to: number}} between px
 * @param {object[]} labels
 */
function comesBack(result, view, g, chain, { from, to }, labels) {
  const { colors, range = gradientRange(result) } = view, y = chain.backward, at = momentOf(view);
  if (
    at &&
    (backwardState(at, 0, 4) === "not yet" || at.phase === "backward" && passOf(result, view, at).separate)
  ) {
    return [];
  }
  const size = length(result.truncated[GRADIENT[chain.vector]] ?? null);
  if (!size) return [];
  const isVeiled = g.veiled("back", 0) || g.veiled("h", 0), place = isVeiled ? MIDDLE : position(size, range);
  if (!isVeiled) labels.push(...numberAt(0, size, g, chain, colors.backward, [from, to]));
  return [
    path(arrow(to, y, from, y, widthOf(place, g.arrow.widest)), {
      ...{ fill: colors.backward, opacity: opacityOf(bucketOf(place)) },
    }),
  ];
}

useInitialState(initialStateShapes);
