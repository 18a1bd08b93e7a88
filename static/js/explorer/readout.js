// Sentences of the status line: the run, one step, one loss, or one moment of the player.

import { round, sci, signed, subscript, visible } from "../lib/format.js";
import { creditTable, firstStep } from "./credit/table.js";
import { largestChange } from "./gradient-change.js";
import { edgeState } from "./unrolled/backward.js";
import { meanOf } from "./unrolled/gates.js";
import { passOf } from "./unrolled/walks.js";
import { targetOutput } from "./predictions.js";
import { HOLE } from "../lib/symbols.js";
import { length } from "../plot/scale.js";
import { row } from "../plot/windowed.js";

/**
 * Describe the step under the playhead.
 * @param {Result} result @param {number} t @param {Words} words
 * @returns {Part[]}
 */
export function describeStep(result, t, words) {
  const { tokens, targets, full, truncated } = result;
  const size = truncated.dh_norm[t], exact = full.dh_norm[t];
  /** @type {Part[]} */
  const parts = [
    {
      text: words(String(result.params.targets ?? "").trim() ? "readout.column_wanted" : "readout.column", {
        t,
        token: quoted(tokens[t]),
        target: quoted(targets[t]),
        prediction: prediction(result, t),
      }),
    },
    { text: " · " },
    { text: words("readout.gradient", { t: subscript(t), size: sci(size) }), strong: true, tone: "gradient" },
  ];
  if (result.params.truncation !== "full") {
    parts.push({ text: ` ${words("readout.exact", { exact: sci(exact) })}` });
  }
  const kept = t ? keptAt(result, t, words) : null;
  return kept ? [...parts, { text: ` · ${kept}` }] : parts;
}

/** Of a GRU, how much of the state before is kept at a step. @param {Result} result @param {number} t @param {Words} words */
function keptAt(result, t, words) {
  const z = meanOf(result, "z", t);
  if (z === null) return null;
  return words("readout.update_gate_at", {
    ...{ t: subscript(t), before: subscript(t - 1), z: round(z, 2), kept: round(1 - z, 2) },
  });
}

/**
 * Describe how far back the gradient of one loss reaches.
 * @param {Result} result @param {number} s @param {Words} words
 * @returns {Part[]}
 */
export function describeLoss(result, s, words) {
  const loss = result.forward.loss[s];
  if (loss === null) return [{ text: words("readout.no_loss", { t: subscript(s) }) }];
  const table = creditTable(result), start = table.n < table.T ? null : firstStep(table, s);
  const head = { text: words("readout.following", { s: subscript(s), loss: sci(loss) }) };
  if (start === null) return [head];
  const reach = words("readout.reach", { n: s - start + 1, all: s + 1 });
  return [head, { text: " · " }, { text: reach, strong: true, tone: "gradient" }];
}

/**
 * Describe the run where nothing is selected: what its cell carries, else the step whose gradient the truncation changes most,
 * or how much reaches the start.
 * @param {Result} result @param {Words} words
 * @returns {Part[]}
 */
export function describeRun(result, words) {
  const carried = carriedBy(result, words);
  if (carried) return carried;
  const { full, truncated } = result, change = largestChange(full.dh_norm, truncated.dh_norm);
  const t = change ?? 0, size = truncated.dh_norm[t];
  if (!size && change === null) return [{ text: words("readout.none_reaches_start") }];
  /** @type {Part[]} */
  const parts = [
    { text: `${words(change === null ? "readout.reaches_start" : "readout.largest_change", { t })} ` },
    { text: words("readout.gradient", { t: subscript(t), size: sci(size) }), strong: true, tone: "gradient" },
  ];
  return change === null
    ? parts
    : [...parts, { text: ` ${words("readout.exact", { exact: sci(full.dh_norm[t]) })}` }];
}

/**
 * What a cell with gates carries: of an LSTM how much longer the gradient is along c than along h, of a GRU how much of the
 * state is kept. @param {Result} result @param {Words} words @returns {Part[] | null}
 */
function carriedBy(result, words) {
  const z = meanOf(result, "z"), { truncated } = result;
  if (z !== null) {
    return stressed(words, "readout.update_gate", "z", round(z, 2), { kept: round(1 - z, 2) });
  }
  const [along, beside] = [truncated.dc_future, truncated.dh_future].map((rows) =>
    (rows ?? []).reduce((sum, row) => sum + (length(row) ?? 0), 0)
  );
  if (!along) return null;
  if (!beside) return [{ text: words("readout.carried_c") }];
  return stressed(words, "readout.carried", "ratio", `${round(along / beside, 1)}×`, {}, "gradient");
}

/**
 * A sentence with one value in bold.
 * @param {Words} words @param {string} key @param {string} name of the value @param {string} value @param {Record<string, string>} others
 * @param {Part["tone"]} [tone] @returns {Part[]}
 */
function stressed(words, key, name, value, others, tone) {
  const gap = "\u0000", [before, after] = words(key, { ...others, [name]: gap }).split(gap);
  return [{ text: before }, { text: value, strong: true, ...(tone && { tone }) }, { text: after }];
}

/**
 * Describe a moment of the player.
 * @param {Result} result @param {View} view @param {Moment} at
 * @returns {Part[]}
 */
export function describeMoment(result, view, { phase, t, line, walk }) {
  const { words } = view, { tokens, targets, forward } = result;
  if (phase === "update") return [{ text: words("moment.update") }];
  const at = subscript(t), before = subscript(t - 1), names = { t, at, before, token: quoted(tokens[t]) };
  const head = { text: `${words(`moment.${phase}`, names)} ${"①②③④"[line - 1]} ` };
  if (phase === "forward") {
    const loss = forward.loss[t], values = { target: quoted(targets[t]), prediction: prediction(result, t) };
    const key = line === 4 && loss === null ? "none" : line;
    const text = words(`moment.forward_${key}`, {
      ...names,
      ...values,
      loss: loss === null ? "" : sci(loss),
    });
    return [head, { text }];
  }
  const pass = passOf(result, view, { phase, t, line, walk });
  const [output, future, sum, through, handed] = [
    pass.gradient("dh_output", t),
    t < pass.stop - 1 ? pass.gradient("dh_future", t) : null,
    pass.gradient("dh", t),
    pass.gradient("da", t),
    t > pass.start ? pass.gradient("dh_future", t - 1) : null,
  ].map((vector) => sci(vector && length(vector)));
  const cut = pass.separate ? t === pass.start : t > 0 && edgeState(result, t) === "cut";
  const fromCut = !pass.separate && t < pass.stop - 1 && edgeState(result, t + 1) === "cut";
  const keys = [
    t === pass.stop - 1 ? "1_first" : fromCut ? "1_cut" : "1",
    "2",
    t ? "3" : "3_start",
    t ? (cut ? "4_cut" : "4") : "4_start",
  ];
  const text = words(`moment.backward_${keys[line - 1]}`, {
    ...{ ...names, output, future, sum, through, handed },
    thrown: sci(length(row(result, result.full.dh_future, t))),
  });
  return [head, { text, strong: true, tone: "gradient" }];
}

/** What a step says of its target. @param {Result} result @param {number} t */
export function prediction(result, t) {
  const { forward } = result,
    target = targetOutput(result, t),
    p = row(result, forward.p, t)?.[target],
    o = row(result, forward.o, t)?.[target],
    loss = forward.loss[t];
  if (result.targets[t] === HOLE && loss === null) return "–";
  const text = forward.p ? `p = ${round(p, 2)}` : `o = ${o === null || o === undefined ? "–" : signed(o)}`;
  return loss === null ? text : `${text}, L = ${sci(loss)}`;
}

/** A symbol isolated from the writing direction around it. @param {string} symbol */
export function quoted(symbol) {
  return `\u2068${visible(symbol)}\u2069`;
}
