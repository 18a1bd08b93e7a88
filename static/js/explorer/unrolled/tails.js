// Reach of each loss: a tail from its own step back to the last step that it still changes, as thick as what arrives there,
// between the states and the inputs. Of a long sequence, one bracket for each backward pass.

import { path } from "../../plot/figure.js";
import { disc, line, rect } from "../../plot/paths.js";
import { mixed } from "../../plot/scale.js";
import { creditTable, decadesOf, firstStep } from "../credit/table.js";
import { marksIn } from "./selectors.js";

const MOST_TAILS = 24; // losses
const PITCH = { least: 2.1, most: 9 }; // px from one lane to the next
const GAP = 1.6; // px between two lanes
const DECADES = 2; // of sizes that differ in thickness
const MOST_LANES = 8, THICK = { least: 3, most: 5 }; // of the brackets, and px of one
const DOT = 5; // px
const CLEAR = 4; // px between the last lane and the boxes of the inputs

/** @typedef {{start: number, stop: number, lane: number}} Laned from the first step to the last, both in it */

/** Whether the strip shows something in this picture; it would give away what is covered. @param {Result} result @param {View} view @param {Geometry} g */
export function hasTails(result, view, g) {
  const T = result.tokens.length;
  if (!g.tails || view.story || T < 2 || g.level !== "compact" && g.lit || marksIn(view.veil).length) {
    return false;
  }
  return hasBrackets(result, g) || result.credit.length === T;
}

/** Whether one bracket stands for a backward pass, because tails would be too many. @param {Result} result @param {Geometry} g */
export const hasBrackets = (result, g) => g.level === "compact" || result.tokens.length > MOST_TAILS;

/**
 * @param {Result} result @param {View} view @param {Geometry} g
 * @returns {object[]} shapes
 */
export function tailShapes(result, view, g) {
  if (!g.tails || !hasTails(result, view, g)) return [];
  const { colors, pair, tween } = view;
  const all = hasBrackets(result, g) ? brackets(result, g) : tails(result, g, pair?.s ?? null, tween);
  return [
    path(all.others, { fill: colors.ghost, opacity: 0.35 }),
    path(all.marks, { fill: colors.backward, opacity: 0.92 }),
    path(all.ends, { fill: colors.ink }),
    path(all.dots, { fill: colors.loss }),
    path(all.otherDots, { fill: colors.ghost, opacity: 0.6 }),
    path(all.rest, { stroke: colors.muted, width: 1.5, dash: "1.5px,4px" }),
  ];
}

/**
 * Each interval in the first lane that is free there.
 * @param {{start: number, stop: number}[]} intervals @returns {Laned[]}
 */
export function inLanes(intervals) {
  /** @type {number[]} the last step in each lane */
  const ends = [];
  return intervals.map(({ start, stop }) => {
    const free = ends.findIndex((end) => end < start), lane = free < 0 ? ends.length : free;
    ends[lane] = stop;
    return { start, stop, lane };
  });
}

/** The reach of each loss in its lane. @param {import("../credit/table.js").CreditTable} table */
function reaches(table) {
  const losses = Array.from({ length: table.T }, (_, s) => s).filter((s) => table.has(s));
  return inLanes(losses.map((s) => ({ start: firstStep(table, s), stop: s })));
}

/**
 * The loss whose tail is at a point of the figure; null where is none.
 * @param {Result} result @param {View} view @param {Geometry} g @param {number} x @param {number} y
 */
export function tailAt(result, view, g, x, y) {
  if (!g.tails || !hasTails(result, view, g) || hasBrackets(result, g)) return null;
  const laned = reaches(creditTable(result)), lanes = lanesIn(g, laned);
  const lane = Math.round((y - lanes.y(0)) / lanes.pitch), t = Math.round((x - g.cx(0)) / g.c);
  return laned.find((tail) => tail.lane === lane && tail.start <= t && t <= tail.stop)?.stop ?? null;
}

/** @param {Result} result @param {Geometry} g @param {number | null} chosen the only loss that keeps its color @param {View["tween"]} [tween] */
function tails(result, g, chosen, tween) {
  const table = creditTable(result), { high } = decadesOf(table), laned = reaches(table);
  const before = tween && reaches(creditTable(tween.before)), lanesBefore = before && lanesIn(g, before);
  const { y, pitch } = lanesIn(g, laned),
    paths = { marks: "", others: "", rest: "", ends: "", dots: "", otherDots: "" };
  laned.forEach(({ start, stop: s, lane }) => {
    const thick = (/** @type {number} */ t) => {
      const size = table.size(s, t), at = size ? 1 + (Math.log10(size) - high) / DECADES : 0;
      return Math.max(1, (pitch - GAP) * (0.14 + 0.86 * Math.min(1, Math.max(0, at))));
    };
    const isOther = chosen !== null && s !== chosen, was = before?.find(({ stop }) => stop === s);
    let left = leftOf(start, g), middle = y(lane);
    if (tween && was && lanesBefore) {
      left = mixed(leftOf(was.start, g), left, tween.part);
      middle = mixed(lanesBefore.y(was.lane), middle, tween.part);
    }
    const steps = Array.from({ length: s + 1 }, (_, i) => s - i).filter((t) => t === s || g.cx(t) >= left);
    const first = steps[steps.length - 1];
    /** @type {[number, number][]} x and half the thickness, from the loss back */
    const points = steps.map((t) => [g.cx(t), thick(t) / 2]);
    if (left < g.cx(first)) points.push([left, thick(first) / 2]);
    const tail = points.length > 1 ? ribbon(points, middle) : "",
      dot = disc(g.cx(s), middle, Math.min(DOT + 2, pitch + 1));
    if (isOther) {
      paths.others += tail;
      paths.otherDots += dot;
    } else {
      paths.marks += tail;
      paths.dots += dot;
    }
    if (start && !isOther) paths.ends += rect(left - 2, middle - pitch / 2, 2, pitch);
    if (s === chosen && left > g.cx(0)) paths.rest += line(g.cx(0), middle, left, middle); // what is thrown away
  });
  return paths;
}

/** Where the tail of a loss ends that reaches back to a step. @param {number} start @param {Geometry} g */
const leftOf = (start, g) => start ? g.cx(start) - g.c / 2 + 2 : g.cx(0);

/** One bracket for each backward pass. @param {Result} result @param {Geometry} g */
function brackets(result, g) {
  const [first] = g.steps, last = g.steps[g.steps.length - 1];
  const laned = inLanes(
    result.walks.map(({ start, stop }) => ({ start, stop: stop - 1 })).toSorted((a, b) => a.stop - b.stop),
  ).filter(({ start, stop, lane }) => lane < MOST_LANES && stop >= first && start <= last);
  const { y, pitch } = lanesIn(g, laned), thick = Math.max(THICK.least, Math.min(THICK.most, pitch - GAP));
  const paths = { marks: "", others: "", rest: "", ends: "", dots: "", otherDots: "" };
  for (const { start, stop, lane } of laned) {
    const left = start ? g.cx(start) - g.c / 2 + 2 : g.cx(0);
    paths.marks += rect(left, y(lane) - thick / 2, Math.max(0, g.cx(stop) - left), thick);
    paths.dots += disc(g.cx(stop), y(lane), thick + 4);
    if (start) paths.ends += rect(left - 2, y(lane) - thick, 2, 2 * thick);
  }
  return paths;
}

/** The middle of each lane. @param {Geometry} g @param {Laned[]} laned */
function lanesIn(g, laned) {
  const { top, height } = /** @type {NonNullable<Geometry["tails"]>} */ (g.tails);
  const aboveBoxes = g.rows.input - g.box / 2 - top;
  const room = g.level === "compact" ? aboveBoxes : Math.min(height, aboveBoxes - CLEAR);
  const count = Math.max(...laned.map(({ lane }) => lane + 1));
  const pitch = Math.max(PITCH.least, Math.min(PITCH.most, room / count));
  return { pitch, y: (/** @type {number} */ lane) => top + pitch * (lane + 0.5) };
}

/** A band through points of a row. @param {[number, number][]} points x and half its thickness @param {number} y */
function ribbon(points, y) {
  const at = (/** @type {number} */ x, /** @type {number} */ side) =>
    `${x.toFixed(1)},${(y + side).toFixed(1)}`;
  const over = points.map(([x, half]) => at(x, -half)),
    under = points.toReversed().map(([x, half]) => at(x, half));
  return `M${[...over, ...under].join("L")}Z`;
}
