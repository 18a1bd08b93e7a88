// Layout of one step of the film strip, and the format of its numbers.

import { sci } from "../../lib/format.js";
import { node } from "../../lib/tree.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./places.js").FramePlace} FramePlace */
/** @typedef {{frame: Frame, place: FramePlace, column: number, i: number}} Spot column: where it is drawn; i: the step in its block */

const ROOM_FOR_ARROW = 13; // px between states

/** The text position of a block's step; the textbook's code wraps around the end of the text. @param {Pick<Film, "schedule">} film @param {Pick<Frame, "start">} frame @param {number} i */
export function stepAt({ schedule: { reading, L } }, { start }, i) {
  return reading === "book" ? (start + i) % (L - 1) : start + i;
}

/** Which steps a block holds, in words: 0–3, or 998–2 where it goes on from the beginning. @param {Film} film @param {Frame} frame */
export function stepsOf(film, frame) {
  const n = frame.h.length, [first, last] = [stepAt(film, frame, 0), stepAt(film, frame, n - 1)];
  return n > 1 ? `${first}–${last}` : String(first);
}

/** The middle of a state. @param {Context} context @param {FramePlace} place @param {number} column */
export const stateCenter = ({ at }, place, column) => place.x(column) - at.shift;

/** Where what is beside a state ends at its right. @param {Context} context @param {number} s its middle */
export const rightOf = ({ at }, s) => s + at.cell / 2 + at.ghost + at.ghostGap + (at.ghost ? 4 : 6);

/** The heights of the arrows between states: between the boxes, or above and below if space is short. @param {Pick<Context, "at">} context */
export function tracksOf({ at }) {
  const { state, level, c, cell, ghost, ghostGap } = at, high = state.bottom - state.top;
  const between = level !== "compact" && c - cell - ghost - ghostGap >= ROOM_FOR_ARROW;
  return {
    between,
    above: between ? state.top - 5 : state.top - 22, // where arrows up and down end
    below: between ? state.bottom + 5 : state.bottom + 22,
    forward: between ? state.top + 0.25 * high : state.top - 13,
    backward: between ? state.top + 0.7 * high : state.bottom + 13,
    number: level === "wide" ? state.top + 0.7 * high + 24 : state.bottom + 20, // where a norm is written
    widest: level === "wide" ? 15 : level === "middle" ? 12 : 9,
  };
}

/** @param {number} cx @param {number} cy @param {number} width @param {number} height @param {number} rx @param {string} [name] */
export function box(cx, cy, width, height, rx, name = "box") {
  return node("rect", { class: name, x: cx - width / 2, y: cy - height / 2, width, height, rx });
}

/** Whether there is a past that the block's start could pass a gradient to. @param {Frame} frame */
export const hasPast = ({ start, state }) => start > 0 || state !== "zeros";

/** A formatted norm; it reads 0 only if it is exactly 0. @param {Num} value */
export function sizeOf(value) {
  return value === null ? "–" : sci(value);
}
