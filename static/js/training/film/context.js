// Drawing context of the film strip, shared by all its parts, and the marks that they have in common.

import { arrow } from "../../plot/paths.js";
import { position, widthOf } from "../../plot/scale.js";
import { node } from "../../lib/tree.js";
import { largest } from "./cells.js";
import { barScaleOf } from "./bar-scale.js";
import { hasPast } from "./step-layout.js";
import { indexOf } from "./timeline.js";

/** @typedef {import("./timeline.js").Plan} Plan */
/** @typedef {import("./places.js").Places} Places */
/** @typedef {{film: Film, frames: Frame[], plan: Plan, at: Places, view: LabView, range: {low: number, high: number}, limit: number, losses: import("./bar-scale.js").BarScale}} Context limit: the size of a state with the full color */

const DECADES = { least: 1, most: 8 };
const NEGLIGIBLE = 1e-9;
const THIN = 1.4; // px of an arrow up or down: the chain of states has the stage

/** @param {Film} film @param {Frame[]} frames those shown @param {Plan} plan @param {Places} at @param {LabView} view @returns {Context} */
export function contextOf(film, frames, plan, at, view) {
  const states = largest(film.frames.flatMap(({ h, ghost, h_in }) => [...h, ...ghost, h_in]));
  const losses = barScaleOf(film.frames.flatMap(({ loss }) => loss));
  return { film, frames, plan, at, view, range: rangeOf(film.frames), limit: Math.max(1, states), losses };
}

/** The decades of what states pass back in a film strip, so that the scale is constant during playback. @param {Frame[]} frames */
function rangeOf(frames) {
  const sizes = frames.flatMap((
    frame,
  ) => [...frame.from_future, ...(hasPast(frame) ? [frame.handed_out] : [])]);
  const high = largest([sizes]);
  if (!high) return { low: -DECADES.least, high: 0 };
  const min = sizes.reduce(
    (/** @type {number} */ low, size) => size && size > high * NEGLIGIBLE ? Math.min(low, size) : low,
    high,
  );
  const top = Math.log10(high), bottom = Math.min(top - DECADES.least, Math.log10(min));
  return { low: Math.max(top - DECADES.most, bottom), high: top };
}

/** A group that is there once its beat has been played. @param {Context} context @param {number} frame @param {number} beat @param {...(Tree | string)} children */
export function playedFrom({ plan }, frame, beat, ...children) {
  return node("g", { "data-from": indexOf(plan, { pass: 1, frame, beat }) }, ...children);
}

/** A group that stands in the place of what this beat computes, until then. @param {Context} context @param {number} frame @param {number} beat @param {...(Tree | string)} children */
export function pendingUntil({ plan }, frame, beat, ...children) {
  const from = indexOf(plan, { pass: 1, frame, beat });
  return node("g", { "data-from": from, class: "pending" }, ...children);
}

/** A mark that is highlighted while one of these beats is played. @param {Context} context @param {number} frame @param {number[]} beats @param {Tree} tree @returns {Tree} */
export function litAt({ plan }, frame, beats, tree) {
  const on = beats.map((beat) => indexOf(plan, { pass: 1, frame, beat })).join(" ");
  return { ...tree, attributes: { ...tree.attributes, "data-on": on } };
}

/** An arrow of the chain of states. @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} [width] */
export function forward(x0, y0, x1, y1, width = 3.4) {
  return node("path", { class: "forward", d: arrow(x0, y0, x1, y1, width) });
}

/** A thin arrow up or down. @param {"forward" | "backward"} name @param {number} x @param {number} from @param {number} to */
export const upright = (name, x, from, to) =>
  node("path", { class: `${name} upright`, d: arrow(x, from, x, to, THIN) });

/** How wide the arrow of a gradient is: by the logarithm of its norm. @param {Context} context @param {number} size @param {number} widest */
export const thickness = ({ range }, size, widest) => widthOf(position(size, range), widest);

/** A dotted line where something is not yet computed. @param {number} x0 @param {number} x1 @param {number} y */
export const dotted = (x0, x1, y) =>
  node("path", { class: "dotted", d: `M${x0.toFixed(1)},${y.toFixed(1)}H${x1.toFixed(1)}` });

/** @param {number} x @param {number} y @param {string} words @param {string} [name] classes @param {Record<string, string | number>} [more] */
export function text(x, y, words, name = "", more = {}) {
  return node("text", { x: x.toFixed(1), y: y.toFixed(1), class: name, ...more }, words);
}

/** A letter with an index, as in a formula, and words after it. @param {number} x @param {number} y @param {string} letter @param {string | number} index @param {string} [name] @param {string} [words] */
export function symbol(x, y, letter, index, name = "", words = "") {
  return node(
    "text",
    { x: x.toFixed(1), y: y.toFixed(1), class: `symbol ${name}` },
    letter,
    node("tspan", { dy: 4, class: "index" }, String(index)),
    ...(words ? [node("tspan", { dy: -4, class: "after-symbol" }, ` ${words}`)] : []),
  );
}

/** A numbered disc. @param {number} x @param {number} y @param {number} number @param {number} [r] */
export function disc(x, y, number, r = 12) {
  const wide = Math.max(r, 3.8 * String(number).length + 5);
  return node(
    "g",
    { class: "update-disc" },
    node("rect", { x: x - wide, y: y - r, width: 2 * wide, height: 2 * r, rx: r }),
    text(x, y + 4.6, String(number), "number"),
  );
}
