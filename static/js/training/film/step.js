// One step of a block in the film strip: input, state beside that of frozen weights, prediction, loss and
// gradients.

import { visible } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { backwardArrows } from "./backward.js";
import { numberOf } from "./timeline.js";
import { disc, forward, litAt, playedFrom, text } from "./context.js";
import { loss, prediction } from "./prediction.js";
import { asideOf, box, stateCenter, stepAt, tracksOf } from "./step-layout.js";
import { ghostOf, stateOf } from "./state.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

const TIGHT = 125; // px of a wide column on a phone

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
export function stepColumn(context, spot) {
  const { frame, i } = spot, n = frame.stop - frame.start;
  return [
    reserved(context, spot),
    playedFrom(context, frame.frame, i, ...readForward(context, spot)),
    playedFrom(context, frame.frame, 2 * n - 1 - i, ...backwardArrows(context, spot)),
    lit(context, spot, n),
  ];
}

/** What is visible from the start: the input, and empty boxes for the rest. @param {Context} context @param {Spot} spot */
function reserved(context, { frame, place, column, i }) {
  const { at, film } = context,
    s = stateCenter(context, place, column),
    { input, state } = at,
    w = Math.min(at.box, at.c - 6);
  const token = visible(film.tokens[stepAt(film, frame, i)]);
  return node(
    "g",
    {},
    box(s, input.y, w, input.height, 6),
    text(s, input.y + at.input.height * 0.17, token, "letter read"),
    box(s, (state.top + state.bottom) / 2, at.cell + 4, state.bottom - state.top + 4, 5),
  );
}

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
function readForward(context, spot) {
  const { frame, place, column, i } = spot, { at, plan } = context;
  const s = stateCenter(context, place, column),
    { state, input, output, level, cell } = at,
    aside = asideOf(context),
    tracks = tracksOf(context);
  const nodes = [
    ...arrived(context, spot),
    forward(s - aside, input.y - input.height / 2 - 2, s - aside, tracks.below),
    ...stateOf(context, frame.h[i], s - cell / 2, cell, true),
    ...ghostOf(context, spot, s),
    forward(s - aside, tracks.above, s - aside, output.top + output.height + 2),
    ...prediction(context, spot, s),
    forward(s - aside, output.top - 3, s - aside, output.top - 15),
    ...loss(context, spot, s),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: i });
    nodes.push(
      disc(
        s - (at.c < TIGHT ? 26 : 31),
        (state.bottom + input.y - input.height / 2) / 2 + 2,
        number,
        "reading",
      ),
    );
  }
  return nodes;
}

/** The arrow from the state before; at a block's first step block-boundary.js draws it. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function arrived(context, { place, column }) {
  if (column === 0) return [];
  const { at } = context,
    tracks = tracksOf(context),
    s = stateCenter(context, place, column),
    before = stateCenter(context, place, column - 1);
  const start = before + at.cell / 2 + at.ghost + at.ghostGap + 3;
  return tracks.between
    ? [forward(start, tracks.forward, s - at.cell / 2 - 4, tracks.forward)]
    : [forward(before + 2, tracks.forward, s - 2, tracks.forward)];
}

/** A frame around the current state. @param {Context} context @param {Spot} spot @param {number} n */
function lit(context, { frame, place, column, i }, n) {
  const { at } = context, s = stateCenter(context, place, column), { top, bottom } = at.state;
  const rect = node("rect", {
    ...{
      class: "lit",
      x: s - at.cell / 2 - 4,
      y: top - 4,
      width: at.cell + 8,
      height: bottom - top + 8,
      rx: 7,
    },
  });
  return litAt(context, frame.frame, [i, 2 * n - 1 - i], rect);
}
