// Block boundary of the film strip: the state crosses the line as a copy, the gradient does not (backward.js).

import { textWidth } from "../../plot/figure.js";
import { cross } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { dotted, forward, pendingUntil, playedFrom, symbol, text } from "./context.js";
import { gateOf, startOf } from "./places.js";
import { box, hasPast, rightOf, sizeOf, stateCenter, stepAt, tracksOf } from "./step-layout.js";
import { stateOf } from "./state.js";

/** @typedef {import("./context.js").Context} Context */

const TYPE = 14, EDGE = 2; // px: of the words, and what the left edge of the film keeps free
const SYMBOL = 22, CLEAR = 8; // px: of h with its index and a space, and between the cut and the words beside it
const CARRIED = 3.4; // px of the arrow

/**
 * Between the blocks of two frames, before the first one, or after the last one.
 * @param {Context} context @param {number} after which shown frame it follows; −1: before all of them
 * @returns {Tree[]}
 */
export function blockBoundary(context, after) {
  const { frames } = context, left = frames[after], right = frames[after + 1];
  if (!left) return [node("g", {}, ...start(context))];
  if (!right) return ending(context, after);
  const beat = 2 * (left.stop - left.start);
  return [
    cutLine(context, after),
    pendingUntil(context, left.frame, beat, ...notYetCarried(context, after)),
    playedFrom(context, left.frame, beat, ...carried(context, after)),
  ];
}

/** @param {Context} context @param {number} after */
function cutLine({ at }, after) {
  const { line } = gateOf(at, after);
  return node("path", { class: "cut", d: `M${line.toFixed(1)},${at.frame.top}V${at.frame.bottom - 6}` });
}

/** Nothing comes to the last block in sight from the future. @param {Context} context @param {number} after @returns {Tree[]} */
function ending(context, after) {
  const { at, frames, view } = context, place = at.frames[after];
  const last = stateCenter(context, place, place.columns.length - 1), size = frames[after].from_future.at(-1);
  if (at.level !== "wide" || size !== 0) return [];
  const x = rightOf(context, last) + 8,
    y = tracksOf(context).backward,
    beat = frames[after].stop - frames[after].start;
  return [
    playedFrom(context, frames[after].frame, beat, ...lines(x, y - 4, view.words("training.film.future"))),
  ];
}

/** Words in two lines: what stands before a line break, and after it. @param {number} x @param {number} y @param {string} words */
const lines = (x, y, words) => words.split("\n").map((line, i) => text(x, y + 16 * i, line, "note"));

/** The start of the epoch or of its visible part: zeros, or a carried state. @param {Context} context @returns {Tree[]} */
function start(context) {
  const { frames: [first], at } = context;
  if (at.phone) return [];
  const y = tracksOf(context).forward, { strip: x } = startOf(at), into = intoFirst(context, 0);
  return [
    forward(x + at.strip / 2 + 5, y, into, y, 2.4),
    ...strip(context, first, x),
    ...(first.start > 0 || first.state !== "zeros" ? title(context, first, x, null, null) : []),
  ];
}

/** Where the arrow into a block ends. @param {Context} context @param {number} i */
function intoFirst(context, i) {
  const s = stateCenter(context, context.at.frames[i], 0);
  return tracksOf(context).between ? s - context.at.cell / 2 - 4 : s - 2;
}

/** Where the arrow out of a block begins. @param {Context} context @param {number} i */
function outOfLast(context, i) {
  const place = context.at.frames[i], last = stateCenter(context, place, place.columns.length - 1);
  return tracksOf(context).between ? rightOf(context, last) : last + 3;
}

/** @param {Context} context @param {number} after */
function notYetCarried(context, after) {
  return [dotted(outOfLast(context, after), intoFirst(context, after + 1) - 4, tracksOf(context).forward)];
}

/** The state that crosses the line, unbroken; or zeros in its place. @param {Context} context @param {number} after @returns {Tree[]} */
function carried(context, after) {
  const { frames, at } = context, right = frames[after + 1], { line, strip: x } = gateOf(at, after);
  const y = tracksOf(context).forward, from = outOfLast(context, after), into = intoFirst(context, after + 1);
  const isCut = right.state === "zeros", half = at.strip / 2 + 5, width = at.level === "wide" ? CARRIED : 2.6;
  const blocked = [
    forward(from, y, line - 2, y, width),
    node("path", { class: "crossed", d: cross(line, y, 6, 1.6) }),
  ];
  if (at.phone) {
    return isCut
      ? [...blocked, text(into - 12, y + 5, "0", "zero-state")]
      : [forward(from, y, into, y, width)];
  }
  return [
    ...(isCut ? blocked : [forward(from, y, x - half, y, width)]),
    forward(x + half, y, into, y, width),
    ...strip(context, right, x),
    ...title(context, right, x, frames[after], line),
  ];
}

/** Where words centered at x are whole at the left edge of the film. @param {number} x @param {string} words */
export const insideOf = (x, words) => Math.max(x, textWidth(words, TYPE) / 2 + EDGE);

/** The state that a block starts from. @param {Context} context @param {Frame} frame @param {number} x @returns {Tree[]} */
function strip(context, frame, x) {
  const { state, h_in } = frame, kind = hasPast(frame) ? state : "beginning";
  const { at } = context, { top, bottom } = at.state, middle = (top + bottom) / 2;
  const around = box(x, middle, at.strip + 4, bottom - top + 4, 6, `strip ${kind}`);
  if (h_in.every((value) => value === 0)) return [around, text(x, middle + 5, "0", "zero-state")];
  return [around, ...stateOf(context, h_in, x - at.strip / 2 + 1, at.strip - 2, false)];
}

/** What is carried, and that it is the same. @param {Context} context @param {Frame} frame @param {number} x @param {Frame | null} before @param {number | null} line where the cut is; null at the left edge of the film, with less room @returns {Tree[]} */
function title(context, { state, gap, carried_difference, came_from, h_in }, x, before, line) {
  const { at, view: { words }, film } = context, y = at.state.top - (tracksOf(context).between ? 0 : 16);
  const [start, stop] = film.schedule.blocks[came_from ?? before?.block ?? 0];
  const from = stepAt(film, { start }, stop - start - 1), isSmall = at.level !== "wide" || line === null;
  const note = (/** @type {string} */ sentence, name = "") =>
    text(insideOf(x, sentence), y - 12, sentence, `note middle ${name}`);
  if (state === "zeros") {
    return isSmall
      ? []
      : [heading(x, y - 28, words("training.film.zeros")), note(words("training.film.zeros_note"))];
  }
  if (isSmall) return [symbol(x, y - 10, "h", from, state === "wrong" ? "middle wrong" : "middle")];
  if (state === "wrong") {
    return [
      symbol(x, y - 28, "h", from, "middle wrong", words("training.film.wrong")),
      ...(gap === null ? [] : [note(words("training.film.gap", { size: sizeOf(gap) }))]), // its own past was not run yet
    ];
  }
  const same = words("training.film.same", { n: h_in.length, size: sizeOf(carried_difference) });
  const asIs = words("training.film.as_is"), half = (SYMBOL + textWidth(asIs, TYPE)) / 2;
  return [symbol(Math.max(x, Number(line) + CLEAR + half), y - 28, "h", from, "middle", asIs), note(same)];
}

/** @param {number} x @param {number} y @param {string} words */
const heading = (x, y, words) => text(insideOf(x, words), y, words, "after-symbol middle");
