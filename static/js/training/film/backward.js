// Gradient arrows of one step in the film strip: from its own loss, and to the state before it within the
// block.

import { cross } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { numberOf } from "./timeline.js";
import { backward, disc, text } from "./context.js";
import { asideOf, hasPast, sizeOf, stateCenter, tracksOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
export function backwardArrows(context, spot) {
  const { frame, place, column, i } = spot, { at, plan } = context, n = frame.stop - frame.start;
  const s = stateCenter(context, place, column),
    { state, input, output, level } = at,
    x = s + asideOf(context);
  const widest = level === "wide" ? 11 : 7, own = frame.from_output[i], tracks = tracksOf(context);
  const nodes = [
    ...backward(context, own, [x, output.top - 15, x, output.top - 2], widest),
    ...backward(context, own, [x, output.top + output.height + 2, x, tracks.above], widest),
    ...backward(context, frame.dh[i], [x, tracks.below, x, input.y - input.height / 2 - 2], widest),
    ...(i > 0 ? passedBack(context, spot) : hasPast(frame) ? stub(context, spot) : []),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: 2 * n - 1 - i });
    nodes.push(disc(x + 20, (output.top + output.height + state.top) / 2 - 1, number, "walking"));
  }
  return nodes;
}

/** The gradient that a state passes back to the one before. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function passedBack(context, { frame, place, column, i }) {
  const { at } = context,
    tracks = tracksOf(context),
    s = stateCenter(context, place, column),
    size = frame.from_future[i - 1];
  const before = column > 0 ? stateCenter(context, place, column - 1) : s - at.c;
  const end = tracks.between ? before + at.cell / 2 + at.ghost + at.ghostGap + 2 : before + 2;
  const start = tracks.between ? s - at.cell / 2 - 4 : s - 2;
  const drawn = backward(context, size, [start, tracks.backward, end, tracks.backward], tracks.widest);
  const number = at.level === "wide"
    ? [text((start + end) / 2, tracks.backward + 22, sizeOf(size), "gradient")]
    : [];
  return [...drawn, ...number];
}

/** At the start of a block the gradient to the past is cut. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function stub(context, { place, column }) {
  const { at } = context, tracks = tracksOf(context), s = stateCenter(context, place, column);
  const start = tracks.between ? s - at.cell / 2 - 4 : s - 3,
    end = place.left - (at.level === "compact" ? 8 : 20);
  return [
    node("path", { class: "thin", d: `M${start},${tracks.backward}H${end}` }),
    node("path", { class: "backward", d: cross(end - 2, tracks.backward, 6, 1.4) }),
  ];
}
