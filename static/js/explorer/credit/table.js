// Credit matrix as numbers: the norm of each cell, how much of it is kept, and sums by step, by loss and by
// lag.

const MOST = 1e300; // of a sum: a multiple of it is finite, too

/**
 * @typedef {object} CreditTable
 * @property {number} T steps
 * @property {number} n rows and columns: T, or fewer where the answer is pooled
 * @property {number} pool steps in a column
 * @property {(s: number, t: number) => Num} size what loss s sends to step t, exact; null where nothing is known
 * @property {(s: number, t: number) => number} kept the scheme's weight, 0 where it is thrown away
 * @property {(s: number) => boolean} has whether row s has a loss
 */

/** @typedef {{kept: number, all: number}} Share */

/**
 * LSTMs carry two vectors, and the credit of both counts.
 * @param {Result} result
 * @returns {CreditTable}
 */
export function creditTable({ tokens, credit, credit_c: cells, kept }) {
  const T = tokens.length, n = credit.length;
  const has = credit.map((row, s) => row.some((size, t) => t <= s && size !== null));
  return {
    T,
    n,
    pool: Math.ceil(T / n),
    size: (s, t) => {
      const size = credit[s][t], other = cells?.[s][t];
      if (other === undefined || other === null || size === null) return size;
      const both = Math.hypot(size, other);
      return Number.isFinite(both) ? both : null;
    },
    kept: (s, t) => kept[s][t] ?? 0,
    has: (s) => has[s],
  };
}

/** The first of the steps in a row that loss s still reaches. @param {CreditTable} table @param {number} s */
export function firstStep({ kept }, s) {
  let t = s;
  while (t > 0 && kept(s, t - 1) > 0) t -= 1;
  return t;
}

/**
 * Visit every cell on and below the diagonal whose row has a loss.
 * @param {CreditTable} table
 * @param {(s: number, t: number) => void} visit
 */
export function eachCell({ n, has }, visit) {
  for (let s = 0; s < n; s += 1) if (has(s)) { for (let t = 0; t <= s; t += 1) visit(s, t); }
}

/**
 * Runs of neighboring cells of a row that are all kept or all cut.
 * @param {CreditTable} table
 * @param {boolean} isKept
 * @returns {{s: number, from: number, to: number}[]} to is exclusive
 */
export function runs(table, isKept) {
  /** @type {{s: number, from: number, to: number}[]} */
  const rows = [];
  eachCell(table, (s, t) => {
    if (table.kept(s, t) > 0 !== isKept) return;
    const last = rows[rows.length - 1];
    if (last?.s === s && last.to === t) last.to = t + 1;
    else rows.push({ s, from: t, to: t + 1 });
  });
  return rows;
}

/**
 * Sums by step, by loss, and means by lag, of what is kept and of everything.
 * @param {CreditTable} table
 */
export function marginals(table) {
  const empty = () => Array.from({ length: table.n }, () => ({ kept: 0, all: 0, cells: 0 }));
  const steps = empty(), losses = empty(), lags = empty();
  eachCell(table, (s, t) => {
    const all = table.size(s, t) ?? 0, kept = all * Math.min(1, table.kept(s, t));
    for (const sum of [steps[t], losses[s], lags[s - t]]) {
      sum.kept = Math.min(MOST, sum.kept + kept);
      sum.all = Math.min(MOST, sum.all + all);
      sum.cells += 1;
    }
  });
  for (const sum of lags) {
    sum.kept /= sum.cells || 1;
    sum.all /= sum.cells || 1;
  }
  return { steps, losses, lags };
}

/**
 * Decades of the color scale: those of the exact run, so that truncation never rescales it.
 * @param {CreditTable} table
 */
export function decadesOf(table) {
  let min = Infinity, max = 0;
  eachCell(table, (s, t) => {
    const size = table.size(s, t);
    if (!size) return;
    min = Math.min(min, size);
    max = Math.max(max, size);
  });
  if (!(max > 0)) return { low: -1, high: 0 };
  const high = Math.log10(max), span = table.n > 20 ? 6 : 2.6;
  return { low: Math.max(Math.min(Math.log10(min), high - 0.3), high - span), high };
}
