// Positions that each minibatch lane reads, by the formula and by the textbook's code.
//
// The formula: lane i starts at i·⌊L/N⌋, and every epoch begins there again. The book's code has one input
// less (its last symbol is a target only), reads whole blocks alone (at least one) and never rewinds: its time runs on from
// epoch to epoch, around the end of the text. Blocks have k steps each, or lie between the cuts that are listed.
// Lanes of lengths of their own are pieces of the text one after another; what they have less than the longest is padding.

/** @typedef {"formula" | "book"} Reading */
/** @typedef {{L: number, lanes: number, k: number, cuts?: number[], lengths?: number[]}} Layout L: inputs of the formula; lengths: of lanes that have their own */
/** @typedef {[number, number]} Piece from, up to and without */

/**
 * What an epoch is made of; bounds: the steps of a lane where blocks begin, and the end of the last.
 * @param {Reading} reading
 * @param {Layout} layout
 */
export function plan(reading, { L, lanes, k, cuts = [], lengths = [] }) {
  const isBook = reading === "book" && !lengths.length, inputs = isBook && L > lanes ? L - 1 : L;
  const length = lengths.length ? Math.max(...lengths) : Math.floor(inputs / lanes);
  const read = isBook ? k * Math.max(1, Math.floor(inputs / (lanes * k))) : length;
  const inner = cuts.length
    ? cuts.filter((t) => t < read)
    : Array.from({ length: Math.ceil(read / k) - 1 }, (_, i) => (i + 1) * k);
  const startOf = (/** @type {number} */ lane) =>
    lengths.length ? lengths.slice(0, lane).reduce((sum, steps) => sum + steps, 0) : lane * length;
  const starts = Array.from({ length: lanes }, (_, lane) => startOf(lane));
  return { inputs, length, read, iterations: inner.length + 1, starts, bounds: [0, ...inner, read] };
}

/**
 * The positions that a lane reads in one iteration: one piece, two where the book's code runs over the end, none of
 * padding.
 * @param {Reading} reading
 * @param {Layout} layout
 * @param {number} epoch @param {number} iteration both from 0
 * @param {number} lane from 0
 * @returns {Piece[]} nothing where the epoch has no such iteration
 */
export function positions(reading, layout, epoch, iteration, lane) {
  const { inputs, read, iterations, starts, bounds } = plan(reading, layout);
  if (iteration >= iterations) return [];
  const size = bounds[iteration + 1] - bounds[iteration], { lengths = [] } = layout;
  if (reading === "formula" || lengths.length) {
    const from = starts[lane] + bounds[iteration];
    const end = Math.min(from + size, starts[lane] + (lengths[lane] ?? Infinity));
    return end > from ? [[from, end]] : [];
  }
  const from = (starts[lane] + epoch * read + bounds[iteration]) % inputs, end = from + size;
  return end <= inputs ? [[from, end]] : [[from, inputs], ...around(end - inputs, inputs)];
}

/** What is read after the end: from the start again, as often as needed. @param {number} left @param {number} inputs @returns {Piece[]} */
function around(left, inputs) {
  return left <= inputs ? [[0, left]] : [[0, inputs], ...around(left - inputs, inputs)];
}

/** Positions as text: 120–129, or 990–998, 0. @param {Piece[]} pieces */
export function positionsText(pieces) {
  return pieces.map(([from, end]) => (end - from === 1 ? `${from}` : `${from}–${end - 1}`)).join(", ");
}

/**
 * The rows worth comparing: the first two iterations, the current one, the last, the first of the next epoch.
 * @param {Layout} layout
 * @param {{epoch: number, iteration: number}} now
 * @returns {{epoch: number, iteration: number, now: boolean}[]}
 */
export function rowsOf(layout, now) {
  const last = plan("formula", layout).iterations - 1;
  const rows = [[0, 0], [0, 1], [0, last], [1, 0], [now.epoch, now.iteration]]
    .filter(([, iteration]) => iteration <= last)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const different = rows.filter((row, i) => !i || String(row) !== String(rows[i - 1]));
  return different.map(([epoch, iteration]) => ({
    epoch,
    iteration,
    now: epoch === now.epoch && iteration === now.iteration,
  }));
}
