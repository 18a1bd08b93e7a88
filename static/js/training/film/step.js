// One step of a block in the film strip: input, state beside that of frozen weights, prediction, loss and
// gradients.

import { visible } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { backwardArrows, pendingArrow } from "./backward.js";
import { dotted, forward, litAt, pendingUntil, playedFrom, text, upright } from "./context.js";
import { loss, prediction } from "./prediction.js";
import { box, rightOf, stateCenter, stepAt, tracksOf } from "./step-layout.js";
import { ghostOf, stateOf } from "./state.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
export function stepColumn(context, spot) {
  const { frame, i } = spot, n = frame.stop - frame.start, back = 2 * n - 1 - i;
  return [
    lit(context, spot, [i, back]),
    reserved(context, spot),
    pendingUntil(context, frame.frame, i, ...notYetRead(context, spot)),
    pendingUntil(context, frame.frame, back, ...pendingArrow(context, spot)),
    playedFrom(context, frame.frame, i, ...readForward(context, spot)),
    playedFrom(context, frame.frame, back, ...backwardArrows(context, spot)),
  ];
}

/** What is visible from the start: the input, and an empty box for the state. @param {Context} context @param {Spot} spot */
function reserved(context, { frame, place, column, i }) {
  const { at, film } = context, s = stateCenter(context, place, column), { input, state } = at;
  const w = Math.min(at.box, at.c - 6), token = visible(film.tokens[stepAt(film, frame, i)]);
  const high = state.bottom - state.top;
  return node(
    "g",
    {},
    box(s, input.y, w, input.height, 6),
    text(s, input.y + input.height * 0.18, token, "letter read"),
    box(s, state.top + high / 2, at.cell + 4, high + 4, 6),
  );
}

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
function notYetRead(context, { place, column }) {
  const { at } = context,
    s = stateCenter(context, place, column),
    { output } = at,
    tracks = tracksOf(context);
  const middle = output.top + output.height / 2, wide = Math.min(at.card, at.c - 6);
  const line = column === 0 || !tracks.between ? [] : [
    dotted(rightOf(context, stateCenter(context, place, column - 1)), s - at.cell / 2 - 6, tracks.forward),
  ];
  return [box(s, middle, wide, output.height, 8, "box empty"), text(s, middle + 5, "?", "unknown"), ...line];
}

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
function readForward(context, spot) {
  const { frame, place, column, i } = spot, { at } = context, tracks = tracksOf(context);
  const s = stateCenter(context, place, column), { input, output, cell, aside } = at, x = s - aside;
  return [
    ...arrived(context, spot),
    upright("forward", at.level === "compact" ? x : s, input.y - input.height / 2 - 2, tracks.below),
    ...stateOf(context, frame.h[i], s - cell / 2, cell, true),
    ...ghostOf(context, spot, s),
    upright("forward", x, tracks.above, output.top + output.height + 3),
    ...prediction(context, spot, s),
    ...(at.level === "compact" ? [] : [upright("forward", x, output.top - 2, output.top - 11)]),
    ...loss(context, spot, s),
  ];
}

/** The arrow from the state before; at a block's first step block-boundary.js draws it. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function arrived(context, { place, column }) {
  if (column === 0) return [];
  const { at } = context, { between, forward: y } = tracksOf(context);
  const s = stateCenter(context, place, column), before = stateCenter(context, place, column - 1);
  const width = at.level === "wide" ? 3.4 : 2.6;
  return between
    ? [forward(rightOf(context, before), y, s - at.cell / 2 - 4, y, width)]
    : [forward(before + 2, y, s - 2, y, 2)];
}

/** What is playing: the state of the present beat. @param {Context} context @param {Spot} spot @param {number[]} beats */
function lit(context, { frame, place, column }, beats) {
  const { at } = context, s = stateCenter(context, place, column), { top, bottom } = at.state;
  const around = at.level === "compact" ? 4 : 7, high = bottom - top + 2 * around;
  return litAt(context, frame.frame, beats, box(s, (top + bottom) / 2, at.cell + 2 * around, high, 9, "lit"));
}
