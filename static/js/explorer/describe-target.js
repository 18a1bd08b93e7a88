// Sentences of the status line about the mark under the pointer, or one that a link names. Loaded after the first picture.

import { round, sci, signed, subscript } from "../lib/format.js";
import { length } from "../plot/scale.js";
import { row } from "../plot/windowed.js";
import { predictedSymbol } from "./predictions.js";
import { prediction, quoted } from "./readout.js";
import { edgeState } from "./unrolled/backward.js";
import { meanOf } from "./unrolled/gates.js";
import { FUTURE } from "./unrolled/places.js";

const MOST_VALUES = 8; // of a gate that are told one by one

/**
 * Describe the mark under the pointer.
 * @param {Result} result @param {Target} target @param {Words} words
 * @returns {Part[]}
 */
export function describeTarget(result, { kind, t, unit = 0, of }, words) {
  const { tokens, targets, forward, truncated, full } = result, at = subscript(t), before = subscript(t - 1);
  if (kind === "x") return [{ text: words("marks.input", { t: at, token: quoted(tokens[t]) }) }];
  if (kind === "y") {
    return [{
      text: words(result.vocabulary.length ? "marks.output" : "marks.output_number", {
        t: at,
        predicted: quoted(predictedSymbol(result, t)),
        target: quoted(targets[t]),
        prediction: prediction(result, t),
      }),
    }];
  }
  if (kind === "L") return [{ text: lossInWords(result, t, words) }];
  const H = forward.h[0].length;
  if (kind === "gates") {
    const gate = String(of), values = row(result, forward.gates?.[gate], t) ?? [];
    const mean = words("marks.gate_mean", { mean: round(meanOf(result, gate, t) ?? NaN, 2) });
    const all = values.length > MOST_VALUES ? mean : values.map((value) => round(value ?? NaN, 2)).join(", ");
    return [{ text: words(`marks.gate_${gate}`, { t: at, before: t ? before : "₋₁", values: all }) }];
  }
  if (kind === "h" && unit > H) { // those of c come after an empty row
    const own = unit - H - 1, c = row(result, forward.gates?.c, t)?.[own] ?? null;
    const [dc, exact] = [truncated, full].map(({ dc }) => sci(row(result, dc, t)?.[own]));
    const values = { t: at, unit: own, c: c === null ? "–" : signed(c), dc };
    return [{ text: words("marks.unit_c", values) }, ...exactBeside(dc, exact, words)];
  }
  if (kind === "h") {
    const h = forward.h[t][unit],
      dh = sci(row(result, truncated.dh, t)?.[unit]),
      exact = sci(row(result, full.dh, t)?.[unit]);
    const values = { t: at, unit, h: h === null ? "–" : signed(h), dh };
    return [{ text: words("marks.unit", values) }, ...exactBeside(dh, exact, words)];
  }
  const along = of === "c" ? "_c" : "", future = FUTURE[of === "c" ? "c" : "h"];
  if (kind === "forward") return [{ text: words(`marks.forward${along}`, { before, t: at }) }];
  const [exact, size] = [full, truncated].map((part) => sci(length(row(result, part[future], t - 1))));
  const state = edgeState(result, t);
  return [
    { text: words(`marks.backward${along}_${state}`, { before, t: at, exact, size }), tone: "gradient" },
    ...(state === "whole" ? exactBeside(size, exact, words) : []),
  ];
}

/** The exact number in brackets, if it differs. @param {string} size @param {string} exact @param {Words} words */
function exactBeside(size, exact, words) {
  return size === exact ? [] : [{ text: ` ${words("readout.exact", { exact })}` }];
}

/** A loss, and for symbols what it is in bits and as a perplexity. @param {Result} result @param {number} t @param {Words} words */
function lossInWords({ forward, params }, t, words) {
  const loss = forward.loss[t], at = { t: subscript(t), loss: sci(loss) };
  if (loss === null) return words("readout.no_loss", at);
  const bits = loss / Math.LN2, perplexity = Math.exp(loss);
  if (params.loss !== "cross_entropy" || !Number.isFinite(perplexity)) return words("marks.loss", at);
  return words("marks.loss_bits", { ...at, bits: sci(bits), perplexity: sci(perplexity) });
}
