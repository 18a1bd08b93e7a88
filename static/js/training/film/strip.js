// The whole strip as one drawing: blocks, what passes between them, and the weights below.

import { textWidth } from "../../plot/figure.js";
import { roundBox } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { column } from "./step.js";
import { gate } from "./block-boundary.js";
import { doneAt, numberOf } from "./moments.js";
import { from, litAt, text } from "./context.js";
import { rail } from "./weights-row.js";
import { spine, stepsOf } from "./step-layout.js";

/** @typedef {import("./context.js").Pen} Pen */

const TYPE = 14; // px of the words of a pill

/** @param {Pen} pen @returns {Tree} */
export function strip(pen) {
  const { at, frames } = pen;
  return node(
    "svg",
    {
      width: at.width,
      height: at.height,
      viewBox: `0 0 ${at.width} ${at.height}`,
      class: `strip-of-blocks level-${at.level}`,
      "aria-hidden": "true",
    },
    ...frames.map((frame, i) => panel(pen, frame, i)),
    ...frames.map((_, i) => node("g", {}, ...gate(pen, i))),
    node("g", {}, ...gate(pen, -1)),
    ...frames.flatMap((frame, i) => columns(pen, frame, i)),
    ...rail(pen),
  );
}

/** @param {Pen} pen @param {Frame} frame @param {number} i */
function panel(pen, frame, i) {
  const { at, view } = pen,
    { left, width } = at.frames[i],
    { top, bottom } = at.frame,
    n = frame.stop - frame.start;
  const d = roundBox(left + width / 2, (top + bottom) / 2, width, bottom - top, 12),
    middle = left + width / 2;
  const steps = stepsOf(pen.film, frame);
  const key = width > 168 ? "training.film.block_steps" : "training.film.block";
  return node(
    "g",
    {},
    node("path", { class: "panel", d }),
    litAt(
      pen,
      frame.frame,
      Array.from({ length: 2 * n + 1 }, (_, beat) => beat),
      node("path", { class: "band", d }),
    ),
    text(middle, at.title, view.words(key, { n: frame.block + 1, steps }), "title"),
    ...pills(pen, frame, i),
  );
}

/** Two pills: which beats the block is read in, and walked back in. @param {Pen} pen @param {Frame} frame @param {number} i @returns {Tree[]} */
function pills(pen, frame, i) {
  const { at, plan, view } = pen,
    { left, width } = at.frames[i],
    n = frame.stop - frame.start,
    { y, height } = at.pill;
  const half = width / 2, wide = Math.min(132, half - 6);
  return /** @type {const} */ (["forward", "backward"]).map((phase, side) => {
    const first = side * n, beats = Array.from({ length: n }, (_, beat) => first + beat);
    const number = (/** @type {number} */ beat) => numberOf(plan, { pass: 1, frame: frame.frame, beat });
    const [low, high] = [number(first), number(first + n - 1)],
      span = low === high ? String(low) : `${low}–${high}`;
    const x = left + half + (side ? 1 : -1) * (wide / 2 + 3);
    const full = view.words(side ? "training.film.backward" : "training.film.forward", { beats: span }),
      sign = side ? "←" : "→";
    const words = [full, `${span} ${sign}`, `${low} ${sign}`]
      .find((words) => textWidth(words, TYPE) < wide - 10) ?? String(low);
    const pill = node("rect", {
      class: `pill ${phase}`,
      x: x - wide / 2,
      y: y - height / 2,
      width: wide,
      height,
      rx: height / 2,
    });
    return from(
      ...[pen, frame.frame, first],
      litAt(pen, frame.frame, beats, pill),
      text(x, y + 4.6, words, `pill-words ${phase}`),
    );
  });
}

/** @param {Pen} pen @param {Frame} frame @param {number} i @returns {Tree[]} */
function columns(pen, frame, i) {
  const place = pen.at.frames[i];
  return place.columns.flatMap((step, column_) =>
    step === null
      ? [text(place.x(column_), (pen.at.state.top + pen.at.state.bottom) / 2, "⋯", "omitted")]
      : column(pen, { frame, place, column: column_, i: step })
  );
}

/** Where the playhead is in the strip: the middle of what is played now. @param {Pen} pen @param {import("./moments.js").Place} place */
export function middleOf(pen, { frame, beat }) {
  const i = pen.frames.findIndex((one) => one.frame === frame);
  if (i < 0) return null;
  const place = pen.at.frames[i], { phase, step } = doneAt(pen.plan.lengths[frame], beat);
  if (phase === "update") return place.left + place.width + pen.at.gate / 2;
  const column_ = place.columns.indexOf(step);
  return spine(pen, place, column_ < 0 ? place.columns.indexOf(null) : column_);
}
