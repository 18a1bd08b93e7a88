// One step of a block: what it reads, its state beside that of frozen weights, what it predicts and loses, and what flows back.

import { visible } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { walkedBack } from "./backward.js";
import { numberOf } from "./moments.js";
import { disc, forward, from, litAt, text } from "./context.js";
import { loss, prediction } from "./prediction.js";
import { asideOf, box, spine, stepAt, ways } from "./step-layout.js";
import { ghostOf, stateOf } from "./state.js";

/** @typedef {import("./context.js").Pen} Pen */
/** @typedef {import("./step-layout.js").Spot} Spot */

const TIGHT = 125; // px of a wide column on a phone

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
export function column(pen, spot) {
  const { frame, i } = spot, n = frame.stop - frame.start;
  return [
    reserved(pen, spot),
    from(pen, frame.frame, i, ...readForward(pen, spot)),
    from(pen, frame.frame, 2 * n - 1 - i, ...walkedBack(pen, spot)),
    lit(pen, spot, n),
  ];
}

/** What is there from the beginning: the input, and the places of the rest. @param {Pen} pen @param {Spot} spot */
function reserved(pen, { frame, place, column, i }) {
  const { at, film } = pen,
    s = spine(pen, place, column),
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

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function readForward(pen, spot) {
  const { frame, place, column, i } = spot, { at, plan } = pen;
  const s = spine(pen, place, column),
    { state, input, output, level, cell } = at,
    aside = asideOf(pen),
    way = ways(pen);
  const made = [
    ...arrived(pen, spot),
    forward(s - aside, input.y - input.height / 2 - 2, s - aside, way.below),
    ...stateOf(pen, frame.h[i], s - cell / 2, cell, true),
    ...ghostOf(pen, spot, s),
    forward(s - aside, way.above, s - aside, output.top + output.height + 2),
    ...prediction(pen, spot, s),
    forward(s - aside, output.top - 3, s - aside, output.top - 15),
    ...loss(pen, spot, s),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: i });
    made.push(
      disc(
        s - (at.c < TIGHT ? 26 : 31),
        (state.bottom + input.y - input.height / 2) / 2 + 2,
        number,
        "reading",
      ),
    );
  }
  return made;
}

/** The arrow from the state before; into the first one of a block it comes through the gate (gate.js). @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function arrived(pen, { place, column }) {
  if (column === 0) return [];
  const { at } = pen, way = ways(pen), s = spine(pen, place, column), before = spine(pen, place, column - 1);
  const start = before + at.cell / 2 + at.ghost + at.ghostGap + 3;
  return way.between
    ? [forward(start, way.forward, s - at.cell / 2 - 4, way.forward)]
    : [forward(before + 2, way.forward, s - 2, way.forward)];
}

/** A frame round the state that is read or walked through now. @param {Pen} pen @param {Spot} spot @param {number} n */
function lit(pen, { frame, place, column, i }, n) {
  const { at } = pen, s = spine(pen, place, column), { top, bottom } = at.state;
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
  return litAt(pen, frame.frame, [i, 2 * n - 1 - i], rect);
}
