// Backward passes of window and tbptt, one for each loss or group of losses: the one being played, the ones
// before it, and which of them to request.

import { schedule } from "../timeline.js";
import { length } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";

const BEFORE = 16; // earlier backward passes whose sum is requested
const SOON = 2; // steps before the first walk begins

/** @typedef {"dh_output" | "dh_future" | "dh" | "dc_future" | "dc" | "da"} Name */

/** @param {View} view @param {number} walk */
export const walkPath = ({ query }, walk) => `/api/walk${query}&walk=${walk}`;

/** @param {View} view @param {number} walk */
const answerOf = (view, walk) => /** @type {Walk | null | undefined} */ (view.answers[walkPath(view, walk)]);

/**
 * The backward passes to request for a moment and for the next one.
 * @param {Result} result @param {View} view
 * @returns {string[]}
 */
export function asks({ tokens, blocks, walks }, view) {
  const { at } = view;
  if (!at || at.phase === "update" || blocks.length) return [];
  if (at.phase === "forward") return at.t + SOON < tokens.length ? [] : [walkPath(view, walks.length - 1)];
  const mine = walks[at.walk], earlier = walks.slice(at.walk + 1, at.walk + 1 + BEFORE);
  const needed = [at.walk, ...(at.walk ? [at.walk - 1] : [])];
  earlier.forEach(({ start }, i) => {
    if (start < mine.stop) needed.push(at.walk + 1 + i);
  });
  return needed.map((walk) => walkPath(view, walk));
}

/**
 * The current backward pass: its steps, its gradients, and the passes before it.
 * @param {Result} result
 * @param {View} view
 * @param {Moment} at
 */
export function passOf(result, view, at) {
  const { walks, separate, T } = schedule(result);
  const { start, stop } = walks.find(({ walk }) => walk === at.walk) ?? { start: 0, stop: T };
  const answer = separate ? answerOf(view, at.walk) : null;
  /** @param {Name} name @param {number} t @returns {Row | null} */
  const gradient = (name, t) =>
    separate ? answer?.[name]?.[t - start] ?? null : row(result, result.truncated[name], t);
  /**
   * The gradient that earlier backward passes have brought to step t;
   * null if none has arrived, undefined if it is unknown.
   * @param {Name} name @param {number} t @returns {Row | null | undefined}
   */
  const before = (name, t) => {
    if (!separate || at.phase !== "backward") return null;
    const here = result.walks.flatMap((walk, i) => (reaches(walk, name, t) ? [i] : []));
    const done = here.filter((i) => i > at.walk);
    if (!done.length) return null;
    if (done.length === here.length) return row(result, result.truncated[name], t) ?? undefined;
    const rows = done.map((i) => answerOf(view, i)?.[name]?.[t - result.walks[i].start]);
    if (rows.some((values) => !values)) return undefined;
    return /** @type {Row[]} */ (rows).reduce((sum, values) => sum.map((value, i) => add(value, values[i])));
  };
  return { start, stop, separate, gradient, before };
}

/**
 * Whether a backward pass brings this gradient to step t; dh_future arrives over the edge from t + 1.
 * @param {Result["walks"][number]} walk @param {Name} name @param {number} t
 */
function reaches({ start, stop, newest_from: newest }, name, t) {
  if (name === "dh_output") return newest <= t && t < stop;
  return start <= t && t < (name.endsWith("_future") ? stop - 1 : stop);
}

/** @param {Num} a @param {Num} b */
const add = (a, b) => (a === null || b === null ? null : a + b);

/** @param {Row | null | undefined} vector */
export const sizeOf = (vector) => (vector ? length(vector) : null);
