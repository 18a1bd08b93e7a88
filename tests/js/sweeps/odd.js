// Odd answers: recorded ones with numbers that are missing, zero, equal, large or small, as training may make them.

const ROWS = ["dh_output", "dh_future", "dh", "da", "dc", "dx", "dh_norm", "dx_norm", "Wx", "Wh", "b"]; // by step, of a run
export const ODD = /** @type {const} */ ([
  ...["missing", "zero", "equal", "large", "small", "uncut", "surprised", "shaken", "halves", "gaps"],
  ...["trained", "long trained", "run away"],
]);
const GIVEN = [
  "params",
  "tokens",
  "targets",
  "blocks",
  "walks",
  "cost",
  "schedule",
  "window",
  "nodes",
  "edges",
];
const COUNTS = [
  ...["cells_kept", "cells_total", "n", "start", "stop", "block", "number", "row", "column", "order"],
  ...["came_from", "frame", "from"],
];

/** @typedef {typeof ODD[number]} Kind */

/** @type {WeakMap<object, Map<Kind, any>>} */
const MADE = new WeakMap();

/** Made once for every answer and kind. @template {object} T @param {T} answer @param {Kind} kind @param {() => T} make @returns {T} */
function once(answer, kind, make) {
  const made = MADE.get(answer) ?? new Map();
  if (!made.has(kind)) made.set(kind, make());
  MADE.set(answer, made);
  return made.get(kind);
}

/** @param {Result} result @param {Kind} kind */
export const odd = (result, kind) => once(result, kind, () => oddOf(result, kind));

/**
 * An answer of any lab with all its numbers changed a little, or rounded to halves, so that many are equal, or some of them missing.
 * @template {object} T @param {T} answer @param {"shaken" | "halves" | "gaps"} kind
 */
export const shaken = (answer, kind) => once(answer, kind, () => shakenOf(answer, kind));

/** @param {Result} result @param {Kind} kind @returns {Result} */
function oddOf(result, kind) {
  const { full, truncated, forward, tokens } = result, middle = Math.floor(tokens.length / 2);
  if (kind === "shaken" || kind === "halves" || kind === "gaps") return shakenOf(result, kind);
  if (kind === "trained") return trained(result, 30, (n) => 2.2 * 0.9 ** n);
  if (kind === "long trained") return trained(result, 500, (n) => 1 + 1 / (1 + n));
  if (kind === "run away") {
    return { ...trained(result, 12, (n) => 2 ** n), overflow_at: { pass: "update", step: 12 } };
  }
  if (kind === "uncut") return { ...result, truncated: full };
  if (kind === "surprised") {
    const loss = forward.loss.map((value, t) => value === null ? null : t % 3 ? value * 100 : 0.0123);
    const [o, h] = [forward.o, forward.h].map((rows) => mapped(rows, (value) => value * 2500));
    return { ...result, forward: { ...forward, loss, o, h } };
  }
  if (kind === "missing") {
    const loss = forward.loss.map((value, t) => t < middle ? value : null), early = [result.truncated, full];
    const [cut, whole] = early.map((run) => byStep(run, (value, t) => t < middle ? null : value));
    const h = forward.h.map((row, t) => t < middle ? row : row.map(() => null));
    return {
      ...{ ...result, truncated: cut, full: whole, forward: { ...forward, loss, h, total_loss: null } },
      overflow_at: { pass: "forward", step: middle },
    };
  }
  const change = {
    zero: (/** @type {number} */ value, /** @type {number} */ t) => t < middle ? 0 : value,
    equal: () => 0.5,
    large: (/** @type {number} */ value, /** @type {number} */ t) => value * 10 ** (3 * (tokens.length - t)),
    small: (/** @type {number} */ value, /** @type {number} */ t) => value * 10 ** (-2 * (tokens.length - t)),
  }[kind];
  return {
    ...result,
    truncated: byStep(truncated, change),
    full: kind === "zero" ? full : byStep(full, change),
  };
}

/** After so many updates, with these losses. @param {Result} result @param {number} updates @param {(n: number) => number} loss @returns {Result} */
function trained(result, updates, loss) {
  const training = { ...result.training, loss: Array.from({ length: updates + 1 }, (_, n) => loss(n)) };
  return { ...result, training, params: { ...result.params, updates } };
}

/** @template T @param {T} answer @param {"shaken" | "halves" | "gaps"} kind @returns {T} */
function shakenOf(answer, kind) {
  let i = 0;
  const change = (/** @type {number} */ value) => {
    i = (i * 5 + 3) % 17;
    if (kind === "halves") return Math.round(2 * value) / 2;
    return kind === "shaken" ? value * (0.4 + i / 13) : i % 7 ? value : null;
  };
  /** @param {any} node @param {string} [name] @returns {any} */
  const changed = (node, name = "") => {
    if (GIVEN.includes(name) || COUNTS.includes(name)) return node;
    if (Array.isArray(node)) return node.map((child) => changed(child));
    if (typeof node === "number") return change(node);
    if (!node || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, changed(child, key)]));
  };
  return changed(answer);
}

/** @param {Gradients} run @param {(value: number, t: number) => Num} change @returns {Gradients} */
function byStep(run, change) {
  const changed = Object.entries({ ...run, ...run.step_norms }).flatMap(([name, rows]) =>
    ROWS.includes(name) && rows
      ? [[name, /** @type {any[]} */ (rows).map((row, t) => mapped(row, (value) => change(value, t)))]]
      : []
  );
  const { Wx, Wh, b, ...rows } = Object.fromEntries(changed);
  return { ...run, ...rows, step_norms: { ...run.step_norms, Wx, Wh, b } };
}

/** @param {any} node @param {(value: number) => Num} change @returns {any} */
function mapped(node, change) {
  if (Array.isArray(node)) return node.map((child) => mapped(child, change));
  return node === null ? null : change(node);
}
