// What passes from block to block, and what does not: the state goes on as it is, the gradient ends at the line.

import { cross } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { forward, from, symbol, text } from "./context.js";
import { sizeOf, spine, stepAt, ways } from "./step-layout.js";
import { stateOf } from "./state.js";

/** @typedef {import("./context.js").Pen} Pen */

const STRIP = { wide: 18, middle: 16, compact: 13 };
const WORDS_FROM = 160; // px of a gate that has room for words beside the line

/**
 * Between the blocks of two frames, before the first one, or after the last one.
 * @param {Pen} pen @param {number} after which shown frame it follows; −1: before all of them
 * @returns {Tree[]}
 */
export function gate(pen, after) {
  const { frames, at, plan } = pen, left = frames[after], right = frames[after + 1];
  const x = left ? at.frames[after].left + at.frames[after].width : 0;
  const made = [];
  if (left) {
    const beat = 2 * (left.stop - left.start);
    made.push(cutLine(pen, x), from(pen, left.frame, left.stop - left.start, ...noFuture(pen, after, x)));
    if (right) made.push(from(pen, left.frame, beat, ...carried(pen, after, x)));
  } else if (plan.lengths.length) made.push(node("g", {}, ...start(pen)));
  return made;
}

/** @param {Pen} pen @param {number} x */
function cutLine({ at }, x) {
  return node("path", { class: "cut", d: `M${x + 14},${at.frame.top + 6}V${at.frame.bottom - 4}` });
}

/** At the end of a block nothing comes from the future: exactly 0. @param {Pen} pen @param {number} after @param {number} x @returns {Tree[]} */
function noFuture(pen, after, x) {
  const { at, view, frames } = pen, place = at.frames[after], way = ways(pen);
  const last = spine(pen, place, place.columns.length - 1), size = frames[after].from_future.at(-1);
  const start = way.between ? last + at.cell / 2 + at.ghost + at.ghostGap + 3 : last + 4;
  const roomy = at.gate >= WORDS_FROM;
  return [
    node("path", { class: "nothing", d: `M${start},${way.backward}H${x + 16}` }),
    text(x + 20, way.backward + 5, sizeOf(size ?? null), "zero"),
    ...(roomy ? [text(x + 20, way.backward + 23, view.words("training.film.future"), "note")] : []),
  ];
}

/** Where a pass begins, or what is shown of it: with zeros, or with a state from before. @param {Pen} pen @returns {Tree[]} */
function start(pen) {
  const { frames, at } = pen,
    [first] = frames,
    way = ways(pen),
    x = at.first / 2 - 4,
    width = STRIP[at.level];
  const place = at.frames[0], into = spine(pen, place, 0) - (way.between ? at.cell / 2 + 4 : 2);
  return [
    ...strip(pen, first, x),
    forward(x + width / 2 + 4, way.forward, into, way.forward, 2),
    ...title(pen, first, x, null),
  ];
}

/** @param {Pen} pen @param {number} after @param {number} x @returns {Tree[]} */
function carried(pen, after, x) {
  const { frames, at } = pen, right = frames[after + 1], way = ways(pen), half = STRIP[at.level] / 2;
  const place = at.frames[after], last = spine(pen, place, place.columns.length - 1);
  const middle = x + at.gate * (at.level === "compact" ? 0.48 : 0.64), next = at.frames[after + 1];
  const start = way.between ? last + at.cell / 2 + at.ghost + at.ghostGap + 3 : last + 3;
  const into = spine(pen, next, 0) - (way.between ? at.cell / 2 + 4 : 2);
  const whole = right.state !== "zeros";
  return [
    ...(whole ? [forward(start, way.forward, middle - half - 4, way.forward, 2.2)] : [
      forward(start, way.forward, x + 12, way.forward, 2.2),
      node("path", { class: "forward", d: cross(x + 13, way.forward, 6, 1.4) }),
    ]),
    ...strip(pen, right, middle),
    forward(middle + half + 4, way.forward, into, way.forward, 2.2),
    ...title(pen, right, middle, frames[after]),
  ];
}

/** The state that a block starts from. @param {Pen} pen @param {Frame} frame @param {number} x @returns {Tree[]} */
function strip(pen, { state, h_in }, x) {
  const { at } = pen, width = STRIP[at.level], { top, bottom } = at.state;
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
    ...stateOf(pen, h_in, x - width / 2, width, false),
  ];
}

/** @param {Pen} pen @param {Frame} frame @param {number} x @param {Frame | null} before @returns {Tree[]} */
function title(pen, { state, gap, carried_difference, came_from }, x, before) {
  const { at, view, film } = pen, { words } = view, y = at.state.top - (ways(pen).between ? 0 : 16);
  const small = at.level === "compact",
    line = (/** @type {string} */ text_, /** @type {number} */ up, name = "note middle") =>
      text(x, y - up, text_, name);
  if (state === "zeros") {
    return [
      line("0", 12, "zero-state"),
      ...(small ? [] : [text(x, at.state.bottom + 20, words("training.film.zeros"), "note middle")]),
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
  return [
    node(
      "text",
      { x: x.toFixed(1), y: y - 29, class: "symbol middle" },
      "h",
      node("tspan", { dy: 4, class: "index" }, String(from)),
      node("tspan", { dy: -4, class: "carried-label" }, ` ${words("training.film.as_is")}`),
    ),
    line(words("training.film.same", { size: sizeOf(carried_difference) }), 13),
  ];
}
