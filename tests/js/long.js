// Answers about sequences of any length, made of a recorded one: cropped, or repeated, pooled and with a window of rows.

import { answer } from "./recorded.js";

/**
 * The recorded long run, its steps repeated up to T, holding in full only the steps of a window.
 * @param {number} T
 * @param {{start: number, stop: number} | null} [window]
 * @returns {Result}
 */
export function longAnswer(T, window = null) {
  const result = answer("long"), short = result.tokens.length;
  /** @template R @param {R[]} rows @returns {R[]} */
  const repeated = (rows) => Array.from({ length: T }, (_, t) => rows[t % short]);
  /** @param {unknown} node @param {string} [name] @returns {any} */
  const stretched = (node, name) => {
    if (!Array.isArray(node)) {
      if (!node || typeof node !== "object") return node;
      const parts = Object.entries(node).filter(([key]) => !window || key !== "dx");
      return Object.fromEntries(parts.map(([key, value]) => [key, stretched(value, key)]));
    }
    if (node.length !== short) return node;
    const long = repeated(node);
    return window && Array.isArray(node[0]) && name !== "h" ? long.slice(window.start, window.stop) : long;
  };
  const { kept: _k, credit: _c, blocks: _b, walks: _w, weights, ...rest } = result;
  const pool = Math.ceil(T / 200), cells = Math.ceil(T / pool), k = Number(result.params.k);
  const table = Array.from(
    { length: cells },
    (_, s) => Array.from({ length: cells }, (_, t) => (t > s ? null : 0.5)),
  );
  const starts = Array.from({ length: Math.ceil(T / k) }, (_, i) => i * k);
  const runs = starts.map((start) => ({ start, stop: Math.min(T, start + k) }));
  return {
    ...stretched(rest),
    weights,
    kept: table,
    credit: table,
    blocks: runs.map((run) => ({ ...run, h_in: [0, 0] })),
    walks: runs.map((run) => ({ ...run, newest_from: run.start })),
    ...(window && { window, pool }),
  };
}

/** The first steps of the recorded long run. @param {number} T @returns {Result} */
export function croppedAnswer(T) {
  const { blocks, walks, ...result } = answer("long"), whole = result.tokens.length;
  /** @param {any} node @returns {any} */
  const cropped = (node) => {
    if (Array.isArray(node)) return (node.length === whole ? node.slice(0, T) : node).map(cropped);
    if (!node || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, cropped(child)]));
  };
  /** @template {{start: number, stop: number}} R @param {R[]} runs */
  const within = (runs) =>
    runs.filter(({ start }) => start < T).map((run) => ({ ...run, stop: Math.min(T, run.stop) }));
  return { ...cropped(result), blocks: within(blocks), walks: within(walks) };
}

/** A long run whose gradients fall off and are cut after k steps. @param {number} T @returns {Result} */
export function cutAnswer(T) {
  const result = longAnswer(T), cells = result.kept.length, pool = Math.ceil(T / cells);
  const k = Math.max(2, Math.round(Number(result.params.k) / pool));
  const kept = result.kept.map((row, s) =>
    row.map((_, t) => t > s ? null : Math.floor(t / k) === Math.floor(s / k) ? 1 : 0)
  );
  const credit = kept.map((row, s) => row.map((_, t) => t > s ? null : 0.8 ** (s - t) * (1 + t / cells)));
  return { ...result, kept, credit };
}
