// Film strip as one drawing: blocks, the boundaries between them, and the weights below.

import { textWidth } from "../../plot/figure.js";
import { roundBox } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { stepColumn } from "./step.js";
import { blockBoundary } from "./block-boundary.js";
import { doneAt, numberOf } from "./timeline.js";
import { litAt, playedFrom, text } from "./context.js";
import { weightsRow } from "./weights-row.js";
import { stateCenter, stepsOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */

const TYPE = 14; // px of the words of a pill

/** @param {Context} context @returns {Tree} */
export function strip(context) {
  const { at, frames } = context;
  return node(
    "svg",
    {
      width: at.width,
      height: at.height,
      viewBox: `0 0 ${at.width} ${at.height}`,
      class: `strip-of-blocks level-${at.level}`,
      "aria-hidden": "true",
    },
    ...frames.map((frame, i) => panel(context, frame, i)),
    ...frames.map((_, i) => node("g", {}, ...blockBoundary(context, i))),
    node("g", {}, ...blockBoundary(context, -1)),
    ...frames.flatMap((frame, i) => columns(context, frame, i)),
    ...weightsRow(context),
  );
}

/** @param {Context} context @param {Frame} frame @param {number} i */
function panel(context, frame, i) {
  const { at, view } = context,
    { left, width } = at.frames[i],
    { top, bottom } = at.frame,
    n = frame.stop - frame.start;
  const d = roundBox(left + width / 2, (top + bottom) / 2, width, bottom - top, 12),
    middle = left + width / 2;
  const steps = stepsOf(context.film, frame);
  const name = view.minutes ? "minute" : "block", key = `training.film.${name}${width > 168 ? "_steps" : ""}`;
  return node(
    "g",
    {},
    node("path", { class: "panel", d }),
    litAt(
      context,
      frame.frame,
      Array.from({ length: 2 * n + 1 }, (_, beat) => beat),
      node("path", { class: "band", d }),
    ),
    text(middle, at.title, view.words(key, { n: frame.block + 1, steps }), "title"),
    ...pills(context, frame, i),
  );
}

/** Two pills with the beats of the block's forward and backward pass. @param {Context} context @param {Frame} frame @param {number} i @returns {Tree[]} */
function pills(context, frame, i) {
  const { at, plan, view } = context,
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
    return playedFrom(
      ...[context, frame.frame, first],
      litAt(context, frame.frame, beats, pill),
      text(x, y + 4.6, words, `pill-words ${phase}`),
    );
  });
}

/** @param {Context} context @param {Frame} frame @param {number} i @returns {Tree[]} */
function columns(context, frame, i) {
  const place = context.at.frames[i];
  return place.columns.flatMap((step, column_) =>
    step === null
      ? [text(place.x(column_), (context.at.state.top + context.at.state.bottom) / 2, "⋯", "omitted")]
      : stepColumn(context, { frame, place, column: column_, i: step })
  );
}

/** The position of the playhead: the center of the current beat. @param {Context} context @param {import("./timeline.js").Place} place */
export function middleOf(context, { frame, beat }) {
  const i = context.frames.findIndex((one) => one.frame === frame);
  if (i < 0) return null;
  const place = context.at.frames[i], { phase, step } = doneAt(context.plan.lengths[frame], beat);
  if (phase === "update") return place.left + place.width + context.at.gate / 2;
  const column_ = place.columns.indexOf(step);
  return stateCenter(context, place, column_ < 0 ? place.columns.indexOf(null) : column_);
}
