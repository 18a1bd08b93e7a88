// What flows back through one step: from its own loss, and to the state before, inside the block alone.

import { cross } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { numberOf } from "./moments.js";
import { backward, disc, text } from "./context.js";
import { asideOf, handsOut, sizeOf, spine, ways } from "./step-layout.js";

/** @typedef {import("./context.js").Pen} Pen */
/** @typedef {import("./step-layout.js").Spot} Spot */

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
export function walkedBack(pen, spot) {
  const { frame, place, column, i } = spot, { at, plan } = pen, n = frame.stop - frame.start;
  const s = spine(pen, place, column), { state, input, output, level } = at, x = s + asideOf(pen);
  const widest = level === "wide" ? 11 : 7, own = frame.from_output[i], way = ways(pen);
  const made = [
    ...backward(pen, own, [x, output.top - 15, x, output.top - 2], widest),
    ...backward(pen, own, [x, output.top + output.height + 2, x, way.above], widest),
    ...backward(pen, frame.dh[i], [x, way.below, x, input.y - input.height / 2 - 2], widest),
    ...(i > 0 ? handed(pen, spot) : handsOut(frame) ? stub(pen, spot) : []),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: 2 * n - 1 - i });
    made.push(disc(x + 20, (output.top + output.height + state.top) / 2 - 1, number, "walking"));
  }
  return made;
}

/** The gradient that a state hands to the one before. @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function handed(pen, { frame, place, column, i }) {
  const { at } = pen, way = ways(pen), s = spine(pen, place, column), size = frame.from_future[i - 1];
  const before = column > 0 ? spine(pen, place, column - 1) : s - at.c;
  const end = way.between ? before + at.cell / 2 + at.ghost + at.ghostGap + 2 : before + 2;
  const start = way.between ? s - at.cell / 2 - 4 : s - 2;
  const drawn = backward(pen, size, [start, way.backward, end, way.backward], way.widest);
  const number = at.level === "wide"
    ? [text((start + end) / 2, way.backward + 22, sizeOf(size), "gradient")]
    : [];
  return [...drawn, ...number];
}

/** At the start of a block the gradient ends: what it would hand on is cut. @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function stub(pen, { place, column }) {
  const { at } = pen, way = ways(pen), s = spine(pen, place, column);
  const start = way.between ? s - at.cell / 2 - 4 : s - 3,
    end = place.left - (at.level === "compact" ? 8 : 20);
  return [
    node("path", { class: "thin", d: `M${start},${way.backward}H${end}` }),
    node("path", { class: "backward", d: cross(end - 2, way.backward, 6, 1.4) }),
  ];
}
