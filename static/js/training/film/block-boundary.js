// Block boundary of the film strip: the state is carried across, the gradient stops.

import { textWidth } from "../../plot/figure.js";
import { cross } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { forward, playedFrom, symbol, text } from "./context.js";
import { sizeOf, stateCenter, stepAt, tracksOf } from "./step-layout.js";
import { stateOf } from "./state.js";

/** @typedef {import("./context.js").Context} Context */

const STRIP = { wide: 18, middle: 16, compact: 13 };
const TYPE = 14, EDGE = 2; // px: of the words, and what the left edge of the film keeps free
const WORDS_FROM = 160; // px of a gate that has room for words beside the line

/**
 * Between the blocks of two frames, before the first one, or after the last one.
 * @param {Context} context @param {number} after which shown frame it follows; −1: before all of them
 * @returns {Tree[]}
 */
export function blockBoundary(context, after) {
  const { frames, at, plan } = context, left = frames[after], right = frames[after + 1];
  const x = left ? at.frames[after].left + at.frames[after].width : 0;
  const nodes = [];
  if (left) {
    const beat = 2 * (left.stop - left.start);
    nodes.push(
      cutLine(context, x),
      playedFrom(context, left.frame, left.stop - left.start, ...noFuture(context, after, x)),
    );
    if (right) nodes.push(playedFrom(context, left.frame, beat, ...carried(context, after, x)));
  } else if (plan.lengths.length) nodes.push(node("g", {}, ...start(context)));
  return nodes;
}

/** @param {Context} context @param {number} x */
function cutLine({ at }, x) {
  return node("path", { class: "cut", d: `M${x + 14},${at.frame.top + 6}V${at.frame.bottom - 4}` });
}

/** At the end of a block the gradient from the future is exactly 0. @param {Context} context @param {number} after @param {number} x @returns {Tree[]} */
function noFuture(context, after, x) {
  const { at, view, frames } = context, place = at.frames[after], tracks = tracksOf(context);
  const last = stateCenter(context, place, place.columns.length - 1), size = frames[after].from_future.at(-1);
  const start = tracks.between ? last + at.cell / 2 + at.ghost + at.ghostGap + 3 : last + 4;
  const roomy = at.gate >= WORDS_FROM;
  return [
    node("path", { class: "nothing", d: `M${start},${tracks.backward}H${x + 16}` }),
    text(x + 20, tracks.backward + 5, sizeOf(size ?? null), "zero"),
    ...(roomy ? [text(x + 20, tracks.backward + 23, view.words("training.film.future"), "note")] : []),
  ];
}

/** The start of the epoch or of its visible part: zeros, or a carried state. @param {Context} context @returns {Tree[]} */
function start(context) {
  const { frames, at } = context,
    [first] = frames,
    tracks = tracksOf(context),
    x = at.first / 2 - 4,
    width = STRIP[at.level];
  const place = at.frames[0], into = stateCenter(context, place, 0) - (tracks.between ? at.cell / 2 + 4 : 2);
  return [
    ...strip(context, first, x),
    forward(x + width / 2 + 4, tracks.forward, into, tracks.forward, 2),
    ...title(context, first, x, null),
  ];
}

/** @param {Context} context @param {number} after @param {number} x @returns {Tree[]} */
function carried(context, after, x) {
  const { frames, at } = context,
    right = frames[after + 1],
    tracks = tracksOf(context),
    half = STRIP[at.level] / 2;
  const place = at.frames[after], last = stateCenter(context, place, place.columns.length - 1);
  const middle = x + at.gate * (at.level === "compact" ? 0.48 : 0.64), next = at.frames[after + 1];
  const start = tracks.between ? last + at.cell / 2 + at.ghost + at.ghostGap + 3 : last + 3;
  const into = stateCenter(context, next, 0) - (tracks.between ? at.cell / 2 + 4 : 2);
  const whole = right.state !== "zeros";
  return [
    ...(whole ? [forward(start, tracks.forward, middle - half - 4, tracks.forward, 2.2)] : [
      forward(start, tracks.forward, x + 12, tracks.forward, 2.2),
      node("path", { class: "forward", d: cross(x + 13, tracks.forward, 6, 1.4) }),
    ]),
    ...strip(context, right, middle),
    forward(middle + half + 4, tracks.forward, into, tracks.forward, 2.2),
    ...title(context, right, middle, frames[after]),
  ];
}

/** Where words centered at x are whole at the left edge of the film. @param {number} x @param {string} words */
export const insideOf = (x, words) => Math.max(x, textWidth(words, TYPE) / 2 + EDGE);

/** The state that a block starts from. @param {Context} context @param {Frame} frame @param {number} x @returns {Tree[]} */
function strip(context, { state, h_in }, x) {
  const { at } = context, width = STRIP[at.level], { top, bottom } = at.state;
  return [
    node("rect", {
      ...{
        class: `strip ${state}`,
        x: x - width / 2 - 4,
        y: top - 4,
        width: width + 8,
        height: bottom - top + 8,
        rx: 6,
      },
    }),
    ...stateOf(context, h_in, x - width / 2, width, false),
  ];
}

/** @param {Context} context @param {Frame} frame @param {number} x @param {Frame | null} before @returns {Tree[]} */
function title(context, { state, gap, carried_difference, came_from }, x, before) {
  const { at, view, film } = context,
    { words } = view,
    y = at.state.top - (tracksOf(context).between ? 0 : 16);
  const small = at.level === "compact",
    line = (/** @type {string} */ text_, /** @type {number} */ up, name = "note middle") =>
      text(insideOf(x, text_), y - up, text_, name);
  if (state === "zeros") {
    return [
      line("0", 12, "zero-state"),
      ...(small ? [] : [
        text(
          insideOf(x, words("training.film.zeros")),
          at.state.bottom + 20,
          words("training.film.zeros"),
          "note middle",
        ),
      ]),
    ];
  }
  const [start, stop] = film.schedule.blocks[came_from ?? before?.block ?? 0];
  const from = stepAt(film, { start }, stop - start - 1);
  if (small) {
    return [symbol(x, y - 12, "h", from, state === "wrong" ? "middle wrong" : "middle")];
  }
  if (state === "wrong") {
    return [
      line(words("training.film.wrong"), 29, "note middle wrong strong"),
      ...(gap === null ? [] : [line(words("training.film.gap", { size: sizeOf(gap) }), 13)]), // its own past was not run yet
    ];
  }
  const asIs = ` ${words("training.film.as_is")}`;
  return [
    node(
      "text",
      { x: insideOf(x, `h${from}${asIs}`).toFixed(1), y: y - 29, class: "symbol middle" },
      "h",
      node("tspan", { dy: 4, class: "index" }, String(from)),
      node("tspan", { dy: -4, class: "carried-label" }, asIs),
    ),
    line(words("training.film.same", { size: sizeOf(carried_difference) }), 13),
  ];
}
