// Geometry of the unrolled graph: where columns, rows and cells are. One data unit is one CSS pixel, y grows downward.
//
// Three levels of detail by the width c of a column: wide with numbers in the cells and predictions as cards, middle with
// arrows in the gaps, compact with the arrows of W_h in lanes above and below the cells. Above all rows a ruler names the
// blocks; between the states and the inputs a strip shows how far back each loss reaches.

import { gatedRows, GATES } from "./gated-rows.js";

const WIDE = 150, MIDDLE = 44;
const TAILS = 52; // px of the strip between states and inputs
const NO_TAILS = 18; // px that the states are longer without it
const SHORT = 330; // px of height: with the ledger open there is no more
const TIGHTEST = 19.2,
  TIGHTEST_OF_FORTY = 18.4,
  NARROWEST = 28.5,
  NARROWEST_ON_PHONES = 44,
  NARROWEST_OF_WORDS = 54,
  WIDEST = 250;
// px of a column: in less, what is written under an arrow, or under half of one at a cut, stands under the states instead
const ROOM_FOR_NUMBERS = { whole: 76, cut: 104 };
const CARD = { width: 128, height: 82 }; // px of a prediction with four lines
const LINE = 18; // px of a line of a card
const BESIDE = 62; // px of a column whose loss stands beside its disc, and whose letters have their full size
const DESIGNED_FOR = 430, MOST_SPREAD = 1.3; // px of height; in more, the rows above the states stand further apart
export const THICKEST = 0.18; // of a state's height: an arrow beside one of two low states

/** @typedef {(usual: Geometry, run: {cell: string, hasTails: boolean}) => Partial<Geometry>} Enlarge */

/** What differs in the presenter view (presented.js), once it is loaded. @type {Enlarge | null} */
let enlarge = null;

/** From now on the presenter view has its own sizes. @param {Enlarge} sizes */
export function useEnlarged(sizes) {
  enlarge = sizes;
}

/**
 * @param {number} steps
 * @param {{width: number, height: number, phone: boolean, columns?: View["columns"], axis?: number, isCut?: boolean,
 *   outputs?: number, story?: View["story"], lead?: number,
 *   hasWords?: boolean, cell?: string, present?: boolean, at?: Moment | null, boxes?: boolean}} view with how many outputs a prediction has, how many px
 *   before the first column the initial state has, whether lines cross the arrows, and whether a low picture has two letters for a prediction in place of a card
 * @returns {Geometry}
 */
export function geometry(
  steps,
  {
    width,
    height: H,
    phone,
    columns,
    axis = 0,
    isCut = false,
    outputs = Infinity,
    story = null,
    hasWords = false,
    cell = "rnn",
    present = false,
    at = null,
    boxes = false,
    lead = 0,
  },
) {
  const T = Math.max(steps, axis);
  const tightest = T <= 40 ? TIGHTEST_OF_FORTY : TIGHTEST; // the 40 letters of a lesson fit beside its text
  const room = width - 4 - lead, tight = !phone && room / T >= tightest; // close together is better than out of sight
  const narrowest = phone
    ? (hasWords ? NARROWEST_OF_WORDS : NARROWEST_ON_PHONES)
    : tight
    ? tightest
    : NARROWEST;
  const c = Math.min(WIDEST, Math.max(narrowest, room / T));
  const W = Math.max(width, Math.floor(c * T + 4 + lead)), left = Math.max((W - c * T) / 2, lead && lead + 2);
  const start = Math.min(columns?.start ?? 0, steps - 1), stop = Math.min(columns?.stop ?? T, steps);
  const level = c >= WIDE ? "wide" : c >= MIDDLE ? "middle" : "compact";
  const short = H < SHORT,
    numbers = level === "middle" && !short && c < ROOM_FOR_NUMBERS[isCut ? "cut" : "whole"];
  const isGated = cell in GATES;
  const hasCards = level === "wide" && !(boxes && short);
  const output = cardOf(
    hasCards || level === "compact" ? level : "middle",
    short ? H : Infinity,
    c,
    isGated ? Math.min(outputs, short ? 2 : 3) : outputs,
  );
  const rows = short
    ? shortRows(level, H, output.height)
    : rowsOf(isGated && level === "wide" ? "gated" : level, H, numbers, story ? NO_TAILS : 0);
  const sizes = sizesOf(level, c, short),
    stack = isGated
      ? gatedRows(cell, {
        ...{ ...rows, level, short, numbers, hasTails: !story },
        floor: rows.input - sizes.box / 2 - 4,
      })
      : { states: [rows], gates: null, foot: rows.bottom, tails: null };
  const chains = stack.states.map((state, i) => chainOf(i, state, { level, isGated, numbers })),
    [{ top, bottom, hidden }] = chains,
    { foot } = stack,
    widest = { wide: 15, middle: 13, compact: 14 }[level];
  /** @type {Geometry} */
  const usual = {
    level,
    short,
    W,
    H,
    c,
    left,
    cx: (t) => left + c * (t + 0.5),
    steps: Array.from({ length: stop - start }, (_, i) => start + i),
    drawn: stop - start < steps
      ? wholePixels(left + c * start - (start ? 0 : lead), left + c * stop)
      : { left: 0, width: W },
    rows: { ...rows, top, bottom, hidden, foot, numbers: numbers ? bottom + 13 : null },
    chains,
    gates: stack.gates,
    lanes: { forward: chains[0].forward, backward: chains[chains.length - 1].backward },
    tails: short || story
      ? null
      : stack.tails ?? { top: foot + (numbers ? 24 : level === "compact" ? 50 : 8), height: TAILS },
    ...sizes,
    aside: { x: level === "wide" ? 9 : level === "middle" ? 6 : 4.2, y: asideOf(bottom - top, isGated) },
    output,
    arrow: {
      forward: { wide: 3.4, middle: 3, compact: 1.8 }[level],
      widest: isGated && level !== "compact" ? Math.min(widest, THICKEST * (bottom - top)) : widest,
      vertical: level === "compact" ? 1 : 1.4,
    },
    scissors: { wide: 26, middle: Math.min(24, 0.42 * c), compact: Math.min(20, 0.75 * c) }[level],
    below: 20,
    pill: level === "wide" ? { flat: 30, upright: 30 } : { flat: 24, upright: 22 },
    ruler: { name: 8, bracket: 17, from: 24, grip: 32 },
    hasCards,
    isLarge: false,
    ...lettersOf(level, c),
    has: () => true,
    lit: null,
    veiled: () => false,
  };
  const isPlaying = at !== null && at.phase !== "update";
  return present && !phone && enlarge
    ? { ...usual, ...enlarge(usual, { cell, hasTails: !isPlaying && T > 1 }) }
    : usual;
}

/** Whole pixels around the drawn columns: plotly.js rounds the size of a plot. @param {number} from @param {number} to px */
function wholePixels(from, to) {
  const left = Math.floor(from);
  return { left, width: Math.ceil(to) - left };
}

/**
 * The time axis of a panel: the graph's, with the same columns drawn; on phones the whole of it squeezed to the width.
 * @param {number} T
 * @param {View} view
 */
export function timeAxis(T, view) {
  if (!view.phone) {
    const { cx, c, steps, drawn, W } = geometry(T, view);
    return { x: cx, c, steps, drawn, whole: W };
  }
  const c = (view.width - 8) / Math.max(T, view.axis ?? 0);
  return {
    x: (/** @type {number} */ t) => c * (t + 0.5) + 4,
    c,
    steps: Array.from({ length: T }, (_, t) => t),
    drawn: { left: 0, width: view.width },
    whole: view.width,
  };
}

/**
 * The arrows between the states of one vector that is carried: h, and of an LSTM c below it.
 * @param {number} i which vector @param {{top: number, bottom: number}} state
 * @param {{level: Level, isGated: boolean, numbers: boolean}} look @returns {Geometry["chains"][number]}
 */
export function chainOf(i, { top, bottom }, { level, isGated, numbers }) {
  const hidden = (top + bottom) / 2, aside = asideOf(bottom - top, isGated), inLanes = level === "compact";
  return {
    ...{ vector: i ? "c" : "h", top, bottom, hidden },
    forward: inLanes ? top - 12 : hidden - aside,
    backward: inLanes ? bottom + 16 : hidden + aside,
    numbers: numbers ? bottom + 13 : null,
  };
}

/** Rows of a picture with room for the tails of the losses. @param {Level | "gated"} level @param {number} H @param {boolean} numbers @param {number} spare px that the tails do not need */
function rowsOf(level, H, numbers, spare) {
  const spread = Math.min(MOST_SPREAD, Math.max(1, H / DESIGNED_FOR)), input = H - 22;
  const [loss, output, top, below] = {
    wide: [48, 114, 181, 92],
    gated: [46, 94, 148, 92],
    middle: [48, 90, 131, numbers ? 118 : 100],
    compact: [82, 98, 136, 106],
  }[level];
  return {
    loss: spread * loss,
    output: spread * output,
    top: spread * top,
    bottom: H - below + spare,
    input,
  };
}

/** Rows as close as they can stand. @param {Level} level @param {number} H @param {number} card px of height */
function shortRows(level, H, card) {
  const [loss, output, top, bottom, input] = {
    wide: [34, 57 + card / 2, 72 + card, H - 48, H - 18],
    middle: [34, 70, 104, H - 54, H - 18],
    compact: [48, 66, 102, H - 78, H - 16],
  }[level];
  return { loss, output, top, bottom, input };
}

/** The box of a prediction; a low picture has room for fewer lines. @param {Level} level @param {number} H @param {number} c @param {number} outputs */
function cardOf(level, H, c, outputs) {
  if (level === "compact") return { width: 0.74 * c, height: Math.min(26, 0.74 * c) };
  if (level === "middle") return { width: Math.min(54, c - 8), height: 28 };
  const lines = Math.min(outputs, H < 250 ? 2 : H < 285 ? 3 : 4);
  return { width: CARD.width, height: CARD.height - LINE * (4 - lines) };
}

/** The sizes of letters, and how far a loss's disc is from the middle of its column and its number from the disc. @param {Level} level @param {number} c */
function lettersOf(level, c) {
  const wide = level === "wide", isRoomy = c >= BESIDE;
  return {
    lossAt: { disc: level === "middle" && isRoomy ? 16 : 0, number: wide ? 22 : isRoomy ? 15 : null },
    type: {
      ...{
        guess: isRoomy ? 15.5 : 13,
        unequal: 10,
        mark: 11,
        loss: wide ? 16 : isRoomy ? 13 : 12.5,
        norm: 15,
      },
      ...{ value: 13, weight: 17, block: 13, unknown: 17 },
    },
  };
}

/** How far the two arrows of an edge are from the middle of the states. @param {number} tall px of the states @param {boolean} isGated */
export const asideOf = (tall, isGated) => Math.min(46, isGated ? 0.25 * tall : Math.max(13, 0.21 * tall));

/** @param {Level} level @param {number} c @param {boolean} short */
function sizesOf(level, c, short) {
  return {
    wide: { cell: 76, box: short ? 28 : 34, loss: 14, gap: 4, font: 18, disc: short ? [5, 21] : [6, 25] },
    middle: {
      cell: Math.min(28, Math.max(16, c / 3)),
      box: Math.min(short ? 26 : 34, c - 12),
      loss: 12,
      gap: 3,
      font: 18,
      disc: [5, Math.min(21, 0.4 * c)],
    },
    compact: {
      cell: 0.62 * c,
      box: Math.min(26, 0.74 * c),
      loss: 1,
      gap: 2.5,
      font: Math.min(15, Math.max(10, c / 2)),
      disc: [5, 10],
    },
  }[level];
}
