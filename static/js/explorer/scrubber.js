// Scrubber track of the player: the forward pass, the backward pass and the update, side by side.

import { byId, element } from "../lib/dom.js";
import { visible } from "../lib/format.js";
import { indexOf, momentAt } from "./timeline.js";
import { inUnits } from "../lib/unit.js";

const GAP = 8, UPDATE = 56, END = 6; // px between the parts, of the update, from the knob to the end
const ROOM_FOR_LETTER = 13, ROOM_FOR_WALK = 9; // px a step or a walk needs
const ROOM_FOR_LINES = 40; // px a step needs for its four lines to be told apart

/** @typedef {import("./timeline.js").Schedule} Schedule */

/**
 * The layout of a track of a given width.
 * @param {Schedule} plan
 * @param {number} width px
 */
export function layout({ T, length }, width) {
  const part = Math.max(0, width - UPDATE - 2 * GAP) / 2, back = part + GAP, walked = length - 1 - T;
  return {
    part,
    back,
    update: width - UPDATE,
    width,
    forward: part / T,
    backward: part / Math.max(1, walked),
  };
}

/**
 * The position of the knob.
 * @param {Schedule} plan @param {Moment | null} at @param {number} width px
 */
export function knobAt(plan, at, width) {
  const place = layout(plan, width);
  if (!at) return width - END;
  if (at.phase === "update") return place.update + UPDATE / 2;
  const done = indexOf(plan, at) + at.line / 4;
  return at.phase === "forward" ? place.forward * done : place.back + place.backward * (done - plan.T);
}

/**
 * The moment at a point of the track.
 * @param {Schedule} plan @param {number} x @param {number} width px
 * @returns {Moment | null}
 */
export function momentUnder(plan, x, width) {
  const place = layout(plan, width), { T, length } = plan;
  if (x >= width - 2 * END) return null;
  if (x >= place.update - GAP / 2) return momentAt(plan, length - 1);
  const back = x >= place.back - GAP / 2, step = back ? place.backward : place.forward;
  const first = back ? T : 0, last = back ? length - 2 : T - 1, done = (x - (back ? place.back : 0)) / step;
  if (step < ROOM_FOR_LINES) return momentAt(plan, Math.min(last, first + Math.max(0, Math.floor(done))));
  const lines = Math.min(4 * (last - first + 1), Math.max(1, Math.round(4 * done))) - 1;
  return { ...momentAt(plan, first + (lines >> 2)), line: lines % 4 + 1 };
}

/**
 * Draw the track of a result.
 * @param {Result} result @param {Schedule} plan @param {number} width px
 */
export function showTrack({ tokens, blocks }, plan, width) {
  const { part, back, update, forward, backward } = layout(plan, width), { T, length } = plan;
  const cuts = new Set(blocks.map(({ start }) => start));
  put(byId("letters"), 0, part, forward < ROOM_FOR_LETTER ? [`0 → ${T - 1}`] : tokens.map(visible));
  const walked = Array.from(
    { length: backward < ROOM_FOR_LETTER ? 0 : length - 1 - T },
    (_, i) => visible(tokens[momentAt(plan, T + i).t]),
  );
  put(byId("sweep"), back, part, walked.length ? walked : [`${T - 1} → 0`]);
  const stops = plan.separate
    ? plan.offsets.slice(1, -1).map((offset) => offset - T)
    : [...cuts].filter((start) => start > 0).map((start) => T - start);
  const ticks = part / (stops.length + 1) < ROOM_FOR_WALK ? [] : stops;
  byId("pass-ends").replaceChildren(...ticks.map((stop) => {
    const tick = element("span", { class: plan.separate ? "walk" : "cut" });
    tick.style.left = inUnits(back + backward * stop);
    return tick;
  }));
  const box = byId("update-box");
  box.style.left = inUnits(update);
  box.style.width = inUnits(UPDATE);
}

/**
 * One part of the track: its letters, or from where to where it goes.
 * @param {HTMLElement} box @param {number} left @param {number} width px @param {string[]} words
 */
function put(box, left, width, words) {
  box.style.left = inUnits(left);
  box.style.width = inUnits(width);
  box.replaceChildren(element("i", { class: "fill" }), ...words.map((word) => element("span", {}, word)));
}

/**
 * Fill the computed part, and move the knob.
 * @param {Schedule} plan @param {Moment | null} at @param {number} width px
 */
export function showProgress(plan, at, width) {
  const place = layout(plan, width), x = knobAt(plan, at, width), stop = at ? indexOf(plan, at) : plan.length;
  const done = stop + (at?.line ?? 0) / 4;
  fill(byId("letters"), Math.min(place.part, x), done);
  fill(byId("sweep"), Math.min(place.part, Math.max(0, x - place.back)), done - plan.T);
  byId("update-box").classList.toggle("done", stop >= plan.length - 1);
  byId("knob").style.transform = `translateX(${inUnits(x)})`;
}

/** @param {HTMLElement} box @param {number} width px @param {number} done steps, counting part of the current one */
function fill(box, width, done) {
  const [bar, ...letters] = /** @type {HTMLElement[]} */ ([...box.children]);
  if (bar) bar.style.width = inUnits(width);
  letters.forEach((letter, i) => letter.classList.toggle("done", i + 0.5 < done));
}
