// Drawing context of the film strip, shared by all its parts, and the marks that they have in common.

import { arrow } from "../../plot/paths.js";
import { bucketOf, opacityOf, position, widthOf } from "../../plot/scale.js";
import { node } from "../../lib/tree.js";
import { largest } from "./cells.js";
import { barScaleOf } from "./bar-scale.js";
import { indexOf } from "./timeline.js";

/** @typedef {import("./timeline.js").Plan} Plan */
/** @typedef {import("./places.js").Places} Places */
/** @typedef {{film: Film, frames: Frame[], plan: Plan, at: Places, view: LabView, range: {low: number, high: number}, limit: number, weights: number, losses: import("./bar-scale.js").BarScale}} Context limit, weights: the sizes with the full color */

const DECADES = { least: 2, most: 8 };
const NEGLIGIBLE = 1e-9;

/** @param {Film} film @param {Frame[]} frames those shown @param {Plan} plan @param {Places} at @param {LabView} view @returns {Context} */
export function contextOf(film, frames, plan, at, view) {
  const states = largest(film.frames.flatMap(({ h, ghost, h_in }) => [...h, ...ghost, h_in]));
  const weights = largest(film.frames.flatMap(({ W }) => W.Wh));
  const losses = barScaleOf(film.frames.flatMap(({ loss }) => loss));
  return {
    ...{ film, frames, plan, at, view, range: rangeOf(film.frames), limit: Math.max(1, states), weights },
    losses,
  };
}

/** The decades of all gradients of a film strip, so that the scale is constant during playback. @param {Frame[]} frames */
function rangeOf(frames) {
  const sizes = frames.flatMap(({ from_output, from_future, dh }) => [...from_output, ...from_future, ...dh]);
  const high = largest([sizes]);
  if (!high) return { low: -DECADES.least, high: 0 };
  const min = sizes.reduce(
    (/** @type {number} */ low, size) => size && size > high * NEGLIGIBLE ? Math.min(low, size) : low,
    high,
  );
  const top = Math.log10(high), bottom = Math.min(top - DECADES.least, Math.log10(min));
  return { low: Math.max(top - DECADES.most, bottom), high: top };
}

/** A group that is dimmed until its beat has been played. @param {Context} context @param {number} frame @param {number} beat @param {...(Tree | string)} children */
export function playedFrom({ plan }, frame, beat, ...children) {
  return node("g", { "data-from": indexOf(plan, { pass: 1, frame, beat }) }, ...children);
}

/** A mark that is highlighted while one of these beats is played. @param {Context} context @param {number} frame @param {number[]} beats @param {Tree} tree @returns {Tree} */
export function litAt({ plan }, frame, beats, tree) {
  const on = beats.map((beat) => indexOf(plan, { pass: 1, frame, beat })).join(" ");
  return { ...tree, attributes: { ...tree.attributes, "data-on": on } };
}

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} [width] */
export function forward(x0, y0, x1, y1, width = 1.8) {
  return node("path", { class: "forward", d: arrow(x0, y0, x1, y1, width) });
}

/**
 * A gradient's arrow: its width follows the logarithm of the norm; zero has no arrow.
 * @param {Context} context @param {Num} size @param {number[]} line x0, y0, x1, y1 @param {number} widest
 * @returns {Tree[]}
 */
export function backward({ range }, size, [x0, y0, x1, y1], widest) {
  if (!size) return [];
  const at = position(size, range), opacity = opacityOf(bucketOf(at));
  return [node("path", { class: "backward", opacity, d: arrow(x0, y0, x1, y1, widthOf(at, widest)) })];
}

/** @param {number} x @param {number} y @param {string} words @param {string} [name] classes @param {Record<string, string | number>} [more] */
export function text(x, y, words, name = "", more = {}) {
  return node("text", { x: x.toFixed(1), y: y.toFixed(1), class: name, ...more }, words);
}

/** A letter with an index, as in a formula. @param {number} x @param {number} y @param {string} letter @param {string | number} index @param {string} [name] */
export function symbol(x, y, letter, index, name = "") {
  return node(
    "text",
    { x: x.toFixed(1), y: y.toFixed(1), class: `symbol ${name}` },
    letter,
    node("tspan", { dy: 4, class: "index" }, String(index)),
  );
}

/** A numbered disc. @param {number} x @param {number} y @param {number} number @param {string} name @param {number} [r] */
export function disc(x, y, number, name, r = 10) {
  const digits = String(number).length, wide = Math.max(r, 3.8 * digits + 4);
  return node(
    "g",
    { class: `disc ${name}` },
    node("rect", { x: x - wide, y: y - r, width: 2 * wide, height: 2 * r, rx: r }),
    text(x, y + 4.3, String(number), "number"),
  );
}
