// Caption of the credit matrix: sentences that are computed from the run.

import { percent, sci, subscript } from "../../lib/format.js";
import { trend } from "../../lib/trend.js";
import { creditTable, eachCell, marginals } from "./table.js";

/**
 * @param {Result} result
 * @param {View} view
 * @returns {Part[]}
 */
export function facts(result, { words, pair }) {
  const table = creditTable(result),
    { n, pool } = table,
    { params, cells_kept: kept, cells_total: total } = result;
  /** @type {Part[]} */
  const parts = [];
  /** @param {string} key @param {Record<string, unknown>} [values] @param {boolean} [strong] */
  const say = (key, values, strong = false) =>
    parts.push({ text: (parts.length ? " " : "") + words(key, values), strong });
  say(result.credit_c ? "credit.row_lstm" : "credit.row");
  if (pool > 1) say("credit.pooled", { pool });
  if (Array.from({ length: n }, (_, s) => table.has(s)).filter(Boolean).length === 1 && n > 1) {
    say("credit.one_loss");
  }
  if (kept < total) {
    say("credit.hatched", {}, true);
    const share = cutShare(result);
    if (!isSent(table)) say("credit.lost_nothing", { kept, total });
    else if (share === null) say("credit.lost_beyond", { kept, total });
    else say("credit.lost", { kept, total, share: percent(share) });
  } else say(total === 1 ? "credit.nothing_cut_once" : "credit.nothing_cut", { total }, true);
  const hasEdges = result.tokens.length > 1;
  if (params.truncation === "randomized" && Number(params.cut) > 0 && hasEdges) say("credit.weighted");
  const past = trendOf(result);
  if (past) {
    const values = { from: sci(past.from), to: sci(past.to), n: past.steps };
    if (past.steps === 1) say("credit.past_once", values);
    else say("credit.past", { ...values, trend: words(`trend.${trend(past.ratio)}`) });
  }
  if (pair && table.has(Math.floor(pair.s / pool))) {
    const s = Math.floor(pair.s / pool), t = Math.floor(pair.t / pool), weight = table.kept(s, t);
    const key = weight === 0
      ? "credit.chosen_cut"
      : weight === 1
      ? "credit.chosen_kept"
      : "credit.chosen_weighted";
    say(key, {
      cell: `L${subscript(pair.s)} → h${subscript(pair.t)}`,
      size: sci(table.size(s, t)),
      weight: Number(weight.toFixed(2)),
    }, true);
  }
  return parts;
}

/** Whether any gradient is sent at all: more than zeros, or what overflows. @param {ReturnType<typeof creditTable>} table */
function isSent(table) {
  let sent = false;
  eachCell(table, (s, t) => {
    sent ||= table.size(s, t) !== 0;
  });
  return sent;
}

/** The share of all norms that is cut; null after an overflow. @param {Result} result @returns {Num} */
export function cutShare(result) {
  if (result.overflow_at) return null;
  const { losses } = marginals(creditTable(result));
  const [kept, all] = losses.reduce(([a, b], sum) => [a + sum.kept, b + sum.all], [0, 0]);
  return all ? 1 - kept / all : 0;
}

/**
 * How the norm changes on its way into the past: the mean on the diagonal against the mean at the largest lag
 * that a third of the losses still reach, so that no single row decides.
 * @param {Result} result
 */
export function trendOf(result) {
  const table = creditTable(result), { lags } = marginals(table);
  const rows = Array.from({ length: table.n }, (_, s) => s).filter(table.has);
  const lag = Math.max(...rows.length > 2 ? rows.slice(-Math.ceil(rows.length / 3)).slice(0, 1) : rows);
  if (!(lag > 0)) return null;
  let from = 0, to = 0, finite = true, count = 0;
  eachCell(table, (s, t) => {
    if (s - t !== 0 && s - t !== lag) return;
    finite &&= table.size(s, t) !== null;
    if (t === s && s >= lag) from += table.size(s, t) ?? 0;
    if (s - t === lag) [to, count] = [to + (table.size(s, t) ?? 0), count + 1];
  });
  if (!finite || !count || !(from > 0) || lags.length < 2) return null;
  return { ratio: to / from, from: from / count, to: to / count, steps: lag * table.pool };
}
