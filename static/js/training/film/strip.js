// Film strip as one drawing: blocks, the boundaries between them, and the weights below.

import { textWidth } from "../../plot/figure.js";
import { roundBox } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { stepColumn } from "./step.js";
import { blockBoundary } from "./block-boundary.js";
import { doneAt } from "./timeline.js";
import { text } from "./context.js";
import { gateOf } from "./places.js";
import { weightsRow } from "./weights-row.js";
import { stateCenter, stepsOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */

const TYPE = 13; // px of the name of a block

/** @param {Context} context @returns {Tree} */
export function strip(context) {
  const { at, frames } = context;
  return node(
    "svg",
    {
      ...{
        width: at.width.toFixed(0),
        height: at.height,
        viewBox: `0 0 ${at.width.toFixed(0)} ${at.height}`,
      },
      ...{ class: `strip-of-blocks level-${at.level}`, "aria-hidden": "true" },
    },
    node("rect", {
      class: "weights-ground",
      x: 0,
      y: at.frame.bottom,
      width: at.width.toFixed(0),
      height: at.height - at.frame.bottom,
    }),
    ...frames.map((frame, i) => panel(context, frame, i)),
    ...frames.flatMap((frame, i) => columns(context, frame, i)),
    ...[-1, ...frames.keys()].map((after) => node("g", {}, ...blockBoundary(context, after))),
    ...weightsRow(context),
  );
}

/** The ground of a block and the bracket with its name; every second one of an epoch is tinted. @param {Context} context @param {Frame} frame @param {number} i */
function panel(context, frame, i) {
  const { at } = context,
    { left, width } = at.frames[i],
    { top, bottom } = at.frame,
    middle = left + width / 2;
  const d = roundBox(middle, (top + bottom) / 2, width, bottom - top, 10),
    y = at.bracket,
    right = left + width - 4;
  return node(
    "g",
    {},
    node("path", { class: frame.frame % 2 ? "panel zebra" : "panel", d }),
    node("path", { class: "bracket", d: `M${left + 4},${y + 5}V${y}H${right.toFixed(1)}V${y + 5}` }),
    nameOf(context, frame, middle, width),
  );
}

/** The longest name of a block that has room. @param {Context} context @param {Frame} frame @param {number} x @param {number} width */
function nameOf(context, frame, x, width) {
  const { at, view } = context, name = view.minutes ? "minute" : "block", n = frame.block + 1;
  const block = view.words(`training.film.${name}`, { n }), steps = ` · t = ${stepsOf(context.film, frame)}`;
  const all = ` · ${view.words("training.film.all_with")} `,
    fits = (/** @type {string} */ words) => textWidth(words, TYPE) < width - 8;
  const rest = fits(`${block}${steps}${all}W00`) ? [steps, all] : fits(block + steps) ? [steps] : [];
  return node(
    "text",
    { x: x.toFixed(1), y: at.title, class: "title" },
    node("tspan", { class: "name" }, block),
    ...rest,
    ...(rest.length > 1
      ? [
        node("tspan", { class: "math-letter" }, "W"),
        node("tspan", { class: "index", dy: 4 }, String(frame.W.number)),
      ]
      : []),
  );
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
  if (phase === "update") return gateOf(context.at, i).line;
  const column_ = place.columns.indexOf(step);
  return stateCenter(context, place, column_ < 0 ? place.columns.indexOf(null) : column_);
}
