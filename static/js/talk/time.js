// Time in a talk: minutes gone against minutes planned.

import { minutesOf } from "./format.js";

/** @typedef {import("./format.js").Stop} Stop */

const MINUTE = 60_000; // ms

/** Such as 12:40. @param {number} ms */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * By how many whole minutes one is behind the plan, negative: ahead of it. A stop has its minutes, so one is behind once
 * they are over, and ahead before they begin.
 * @param {Stop[]} stops @param {number} place @param {number} ms since the talk began
 */
export function behind(stops, place, ms) {
  const begin = minutesOf(stops.slice(0, place)),
    end = begin + (stops[place]?.minutes ?? 0),
    gone = ms / MINUTE;
  if (gone > end) return Math.floor(gone - end);
  return gone < begin ? -Math.floor(begin - gone) + 0 : 0;
}
