// Gradient arrows of one step in the film strip: from its own loss, to the state before it within the block, and what is
// cut at the block's start.

import { arrow, disc, hatch, headOf, rect, scissors } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { gateOf, startOf } from "./places.js";
import { dotted, text, thickness, upright } from "./context.js";
import { hasPast, rightOf, sizeOf, stateCenter, tracksOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

const SCISSORS = { wide: 26, middle: 22, compact: 18 }; // px of the disc around them
const ROOM_FOR_LOST = 14; // px of an outline

/** @param {Context} context @param {Spot} spot @returns {Tree[]} */
export function backwardArrows(context, spot) {
  const { frame, place, column, i } = spot, { at } = context, { output, level, aside } = at;
  const x = stateCenter(context, place, column) + aside, { above } = tracksOf(context);
  const own = frame.from_output[i]
    ? [
      ...(level === "compact" ? [] : [upright("backward", x, output.top - 11, output.top - 2)]),
      upright("backward", x, output.top + output.height + 3, above),
    ]
    : [];
  return [...own, ...(i > 0 ? passedBack(context, spot) : cutOff(context, spot))];
}

/** Where an arrow from a state to the one before begins and ends. @param {Context} context @param {Spot} spot */
function spanOf(context, { place, column }) {
  const { at } = context, { between } = tracksOf(context), s = stateCenter(context, place, column);
  const before = column > 0 ? stateCenter(context, place, column - 1) : s - at.c;
  return between
    ? { from: s - at.cell / 2 - 4, to: rightOf(context, before) }
    : { from: s - 2, to: before + 2 };
}

/** The gradient that a state passes back to the one before. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function passedBack(context, spot) {
  const { from, to } = spanOf(context, spot), { backward: y, number, widest } = tracksOf(context);
  const size = spot.frame.from_future[spot.i - 1];
  return [
    ...(size
      ? [node("path", { class: "backward", d: arrow(from, y, to, y, thickness(context, size, widest)) })]
      : []),
    ...(context.at.level === "compact" ? [] : [text((from + to) / 2, number, sizeOf(size), "gradient")]),
  ];
}

/** What stands there until it is computed. @param {Context} context @param {Spot} spot @returns {Tree[]} */
export function pendingArrow(context, spot) {
  const { backward: y, number } = tracksOf(context);
  if (spot.i === 0) {
    const place = boundaryOf(context, spot);
    return place ? [dotted(place.line, spanOf(context, spot).from - 2, y)] : [];
  }
  const { from, to } = spanOf(context, spot);
  const unknown = context.at.level === "compact" ? [] : [text((from + to) / 2, number, "?", "unknown")];
  return [dotted(to + 2, from - 2, y), ...unknown];
}

/** Where the gradient of a block's first step is cut, and where it would have ended; at the left edge the block before is out of sight. @param {Context} context @param {Spot} spot */
function boundaryOf(context, { frame }) {
  if (!hasPast(frame)) return null;
  const { at, frames } = context, i = frames.indexOf(frame);
  if (i === 0) return at.phone ? null : { line: startOf(at).line, end: null };
  const place = at.frames[i - 1], last = stateCenter(context, place, place.columns.length - 1);
  return { line: gateOf(at, i - 1).line, end: tracksOf(context).between ? rightOf(context, last) : last + 4 };
}

/** At the start of a block the gradient ends at scissors; what would have gone on is a hatched outline. @param {Context} context @param {Spot} spot @returns {Tree[]} */
function cutOff(context, spot) {
  const place = boundaryOf(context, spot);
  if (!place) return [];
  const { at, view } = context, { backward: y, number, widest } = tracksOf(context), { line, end } = place;
  const size = spot.frame.handed_out, r = SCISSORS[at.level] / 2, { from } = spanOf(context, spot);
  const width = size ? thickness(context, size, widest) : 0;
  const written = at.level === "wide" ? line - 58 : at.phone ? line : (line + (end ?? line)) / 2;
  return [
    ...(width ? [node("path", { class: "backward", d: rect(line, y - width / 2, from - line, width) })] : []),
    ...(width && end !== null ? lost(line - r, end, y, width) : []),
    node("path", { class: "scissors-disc", d: disc(line, y, 2 * r) }),
    node("path", { class: "scissors", d: scissors(line, y, 1.5 * r) }),
    ...(at.level === "compact" || end === null
      ? []
      : [text(written, number, sizeOf(size), "lost-number middle")]),
    ...(at.level === "wide" && end !== null
      ? [text(written, number + 18, view.words("training.film.lost"), "note middle")]
      : []),
  ];
}

/** The hatched outline of an arrow that is thrown away. @param {number} from @param {number} to @param {number} y @param {number} width @returns {Tree[]} */
function lost(from, to, y, width) {
  if (from - to < ROOM_FOR_LOST) return [];
  const { head } = headOf(width, from - to);
  return [
    node("path", { class: "lost-hatch", d: hatch(to + head, from, y, width) }),
    node("path", { class: "lost-outline", d: arrow(from, y, to, y, width) }),
  ];
}
