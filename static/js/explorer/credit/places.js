// Layout of the credit matrix: columns align with the graph's; on phones or when pooled it is fitted to the
// width.

import { geometry } from "../../plot/geometry.js";

const TOP = 66, LETTERS = 28, TERMS = 62;
const LOW = { top: 36, letters: 20, words: 60 }; // px where the matrix has only the window below the tabs
const SIDE = 4; // px free on either side of a squeezed matrix
const TALLEST = 620, THINNEST = 2; // px
const READ = 200; // px of the whole matrix at least, unless its rows are as high as those in a frame
const WORDS = 130, IN_FRAME = 5; // px of a panel's title and caption, and of the thinnest row for its room in a frame

/** @typedef {ReturnType<typeof places>} Places */

/**
 * @param {{n: number, T: number, pool: number}} table
 * @param {View} view
 */
export function places({ n, T, pool }, view) {
  const g = geometry(T, view), squeezed = view.phone || n < T;
  const step = squeezed ? (view.width - 2 * SIDE) / T : g.c, first = squeezed ? SIDE : g.cx(0) - g.c / 2;
  const c = step * pool, usual = rowHeight(n, c, view), low = lowRows(n, usual, view);
  const rh = low ?? usual, top = low ? LOW.top : TOP, bottom = top + rh * n;
  const below = view.pair ? TERMS : 0;
  const edge = (/** @type {number} */ t) => first + step * t;
  return {
    T,
    n,
    c,
    rh,
    edge,
    /** @param {number} i left end of a column */
    left: (i) => edge(Math.min(i * pool, T)),
    /** @param {number} i middle of a column */
    x: (i) => (edge(i * pool) + edge(Math.min((i + 1) * pool, T))) / 2,
    /** @param {number} i upper end of a row */
    y: (i) => top + rh * i,
    top,
    bottom,
    terms: bottom + below,
    height: bottom + below + (low ? LOW.letters : LETTERS),
    width: squeezed ? view.width : g.W,
    right: edge(T),
    phone: view.phone,
  };
}

/** Inside an iframe the whole matrix fits the height, as long as its rows stay distinguishable. @param {number} n @param {number} c @param {View} view */
function rowHeight(n, c, { phone, pair, room = Infinity }) {
  if (phone) return Math.max(THINNEST, Math.min(n <= 6 ? 46 : 26, c));
  const high = n <= 6 ? 46 : n <= 20 ? 25 : Math.max(THINNEST, Math.min(11, TALLEST / n));
  const free = room - WORDS - TOP - LETTERS - (pair ? TERMS : 0);
  return Math.min(high, Math.max(IN_FRAME, free / n));
}

/** Whether the head is low, as where the whole matrix is to fit the window. @param {{top: number}} at */
export const isLow = ({ top }) => top < TOP;

/**
 * Rows with which the whole matrix fits between the tabs and the end of the window, as far as they can be told apart; null where
 * it fits with the usual ones.
 * @param {number} n @param {number} usual @param {View} view
 */
function lowRows(n, usual, { below = Infinity }) {
  if (below >= LOW.words + TOP + LETTERS + n * usual) return null;
  const least = Math.max(THINNEST, Math.min(IN_FRAME, READ / n));
  return Math.min(usual, Math.max(least, (below - LOW.words - LOW.top - LOW.letters) / n));
}
