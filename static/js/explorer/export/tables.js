// CSV tables of a run for spreadsheets; each column names its unit.

import { held, row } from "../../plot/windowed.js";

/** @typedef {import("../../lib/csv.js").NumberTable} NumberTable */

/**
 * Every table of an answer. Of a long sequence, wide arrays have the steps that the answer holds.
 * @param {Result} result
 * @returns {NumberTable[]}
 */
export function tablesOf(result) {
  return [
    steps(result),
    perUnit("states", "h", result, result.forward.h, { start: 0, stop: result.tokens.length }),
    perUnit("gradients_exact", "dL/dh", result, result.full.dh, held(result)),
    perUnit("gradients_truncated", "dL/dh", result, result.truncated.dh, held(result)),
    credit(result),
    comparison(result),
    schemes(result),
    weights(result),
    initial(result),
    ...saturation(result),
    learning(result),
    cost(result),
    ...draws(result),
    ...perInput("input_gradients_exact", result, result.full.dx),
    ...perInput("input_gradients_truncated", result, result.truncated.dx),
  ];
}

/** The gates of an LSTM or GRU, or the slope f'(a_t) of a plain network. @param {Result} result @returns {NumberTable[]} */
function saturation(result) {
  const { slope, gates } = result.forward, range = held(result);
  return [
    ...(slope ? [perUnit("slopes", "f'(a)", result, slope, range)] : []),
    ...Object.entries(gates ?? {}).map(([gate, values]) =>
      perUnit(`gate_${gate}`, gate, result, values, range)
    ),
  ];
}

/** The state that enters step 0, and its gradient. @param {Result} result @returns {NumberTable} */
function initial({ forward: { h0, c0 }, full, truncated }) {
  /** @param {string} name @param {Row} values @param {Row | null | undefined} exact @param {Row | null | undefined} cut */
  const rows = (name, values, exact, cut) =>
    values.map((value, unit) => [name, unit, value, exact?.[unit] ?? null, cut?.[unit] ?? null]);
  return {
    name: "initial_state",
    columns: ["state", "unit", "value", "gradient exact", "gradient truncated"],
    rows: [
      ...rows("h", h0, full.dh_initial, truncated.dh_initial),
      ...rows("c", c0 ?? [], full.dc_initial, truncated.dc_initial),
    ],
  };
}

/** @param {Result} result @returns {NumberTable} */
function learning({ training }) {
  return {
    name: "learning",
    columns: ["update", "total loss (nats)"],
    rows: training.loss.map((loss, n) => [n, loss]),
  };
}

/** @param {Result} result @returns {NumberTable} */
function cost({ cost: { growth } }) {
  return {
    name: "cost",
    columns: ["T (steps)", "cached exact (steps)", "cached truncated (steps)"],
    rows: growth.T.map((T, i) => [T, growth.full[i], growth.truncated[i]]),
  };
}

/** @param {Result} result @returns {NumberTable[]} */
function draws({ draws }) {
  if (!draws) return [];
  const { unbiased, biased } = draws;
  return [{
    name: "draws",
    columns: [
      "draw",
      ...["cosine with 1/(1-c)", "relative error with 1/(1-c)"],
      ...["cosine without", "relative error without"],
    ],
    rows: unbiased.cosine.map((cosine, i) => [
      ...[i, cosine, unbiased.relative_error[i]],
      ...[biased.cosine[i], biased.relative_error[i]],
    ]),
  }];
}

/** @param {Result} result @returns {NumberTable} */
function steps(result) {
  const { tokens, targets, forward, full, truncated, jacobian, vocabulary } = result;
  return {
    name: "steps",
    columns: [
      ...["t (step)", "input", "target", "p(target)", "loss (nats)", "|dL/dh| exact", "|dL/dh| truncated"],
      ...["sigma_max(J)", "sigma_min(J)"],
      ...(full.dc_norm ? ["|dL/dc| exact", "|dL/dc| truncated"] : []),
      ...["|dL/dx| exact", "|dL/dx| truncated"],
    ],
    rows: tokens.map((token, t) => [
      t,
      token,
      targets[t],
      row(result, forward.p, t)?.[vocabulary.indexOf(targets[t])] ?? null,
      forward.loss[t],
      full.dh_norm[t],
      truncated.dh_norm[t],
      jacobian.sigma_max[t],
      jacobian.sigma_min[t],
      ...(full.dc_norm ? [full.dc_norm[t], truncated.dc_norm?.[t] ?? null] : []),
      ...[full.dx_norm[t], truncated.dx_norm[t]],
    ]),
  };
}

/**
 * @param {string} name @param {string} what @param {Result} result @param {Table} values
 * @param {{start: number, stop: number}} range
 * @returns {NumberTable}
 */
function perUnit(name, what, result, values, { start, stop }) {
  const units = values[0].map((_, unit) => `${what} unit ${unit}`);
  const rows = Array.from({ length: stop - start }, (_, i) => [
    start + i,
    result.tokens[start + i],
    ...(values[i] ?? []),
  ]);
  return { name, columns: ["t (step)", "input", ...units], rows };
}

/**
 * The gradient of every input, a column a symbol of the vocabulary; none of a long sequence.
 * @param {string} name @param {Result} result @param {Table | null} [values] @returns {NumberTable[]}
 */
function perInput(name, { tokens, vocabulary }, values) {
  if (!values) return [];
  const symbols = vocabulary.length ? vocabulary : ["number"];
  return [{
    name,
    columns: ["t (step)", "input", ...symbols.map((symbol) => `dL/dx ${symbol}`)],
    rows: values.map((row, t) => [t, tokens[t], ...row]),
  }];
}

/** @param {Result} result @returns {NumberTable} */
function credit({ credit, credit_c: inside, kept, pool }) {
  const columns = [
    "s (loss)",
    "t (step)",
    "|d(g L_s)/dh_t| exact",
    ...(inside ? ["|d(g L_s)/dc_t| exact"] : []),
  ];
  const p = pool ?? 1;
  const rows = credit.flatMap((sizes, s) =>
    sizes.flatMap((size, t) =>
      t > s || size === null ? [] : [[s * p, t * p, size, ...(inside ? [inside[s][t]] : []), kept[s][t]]]
    )
  );
  return { name: "credit", columns: [...columns, "kept (weight)"], rows };
}

/** @param {Result} result @returns {NumberTable} */
function comparison({ comparison }) {
  return {
    name: "comparison",
    columns: ["parameter", "cosine", "relative error", "length ratio"],
    rows: Object.entries(comparison).map(([name, like]) => [
      name,
      like.cosine,
      like.relative_error,
      like.norm_ratio,
    ]),
  };
}

/** @param {Result} result @returns {NumberTable} */
function schemes({ schemes }) {
  const keys = /** @type {const} */ ([
    ...["cells_kept", "cosine", "relative_error", "norm_ratio"],
    ...["cached_steps", "backward_steps", "updates"],
  ]);
  return {
    name: "schemes",
    columns: [
      "scheme",
      "cells kept",
      "cosine",
      "relative error",
      "length ratio",
      "cached (steps)",
      "backward (steps)",
      "updates",
    ],
    rows: Object.entries(schemes).map((
      [name, scheme],
    ) => [name, ...keys.map((key) => scheme[/** @type {"cosine"} */ (key)])]),
  };
}

/** @param {Result} result @returns {NumberTable} */
function weights({ weights, full, truncated }) {
  /** @param {Row | Table} W @returns {[number, number, Num][]} */
  const cells = (W) =>
    W.flatMap((row, i) =>
      Array.isArray(row)
        ? row.map((value, j) => /** @type {[number, number, Num]} */ ([i, j, value]))
        : [/** @type {[number, number, Num]} */ ([0, i, row])]
    );
  const rows = Object.entries(weights).flatMap(([name, W]) => {
    const exact = cells(full.gradients[name]), cut = cells(truncated.gradients[name]);
    return cells(W).map(([i, j, value], place) => [name, i, j, value, exact[place][2], cut[place][2]]);
  });
  return {
    name: "weights",
    columns: ["parameter", "row", "column", "weight", "gradient exact", "gradient truncated"],
    rows,
  };
}
