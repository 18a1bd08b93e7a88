// What the picture says at one place, in words.

import { sci, signed, subscript, visible } from "./format.js";
import { edgeState } from "./unrolled/backward.js";
import { length } from "./scale.js";
import { row } from "./steps.js";

/**
 * The column under the playhead.
 * @param {Result} result @param {number} t @param {Words} words
 * @returns {Part[]}
 */
export function playhead(result, t, words) {
  const { tokens, targets, full, truncated } = result;
  const size = truncated.dh_norm[t], exact = full.dh_norm[t];
  /** @type {Part[]} */
  const said = [
    {
      text: words("readout.column", {
        t,
        token: shown(tokens[t]),
        target: shown(targets[t]),
        prediction: prediction(result, t),
      }),
    },
    { text: " · " },
    { text: words("readout.gradient", { t: subscript(t), size: sci(size) }), strong: true, tone: "gradient" },
  ];
  if (result.params.truncation !== "full") {
    said.push({ text: ` ${words("readout.exact", { exact: sci(exact) })}` });
  }
  return said;
}

/**
 * What the pointer is on.
 * @param {Result} result @param {Target} target @param {Words} words
 * @returns {Part[]}
 */
export function describe(result, { kind, t, unit = 0 }, words) {
  const { tokens, targets, forward, truncated, full } = result, at = subscript(t), before = subscript(t - 1);
  if (kind === "x") return [{ text: words("readout.input", { t: at, token: shown(tokens[t]) }) }];
  if (kind === "y") {
    return [{
      text: words("readout.output", { t: at, target: shown(targets[t]), prediction: prediction(result, t) }),
    }];
  }
  if (kind === "L") {
    const loss = forward.loss[t];
    return [{
      text: loss === null
        ? words("readout.no_loss", { t: at })
        : words("readout.loss", { t: at, loss: sci(loss) }),
    }];
  }
  if (kind === "h") {
    const h = forward.h[t][unit],
      dh = sci(row(result, truncated.dh, t)?.[unit]),
      exact = sci(row(result, full.dh, t)?.[unit]);
    const values = { t: at, unit, h: h === null ? "–" : signed(h), dh };
    return [{ text: words("readout.unit", values) }, ...beside(dh, exact, words)];
  }
  if (kind === "forward") return [{ text: words("readout.forward", { before, t: at }) }];
  const [exact, size] = [full, truncated].map(({ dh_future: rows }) => sci(length(row(result, rows, t - 1))));
  const state = edgeState(result, t);
  return [
    { text: words(`readout.backward_${state}`, { before, t: at, exact, size }), tone: "gradient" },
    ...(state === "whole" ? beside(size, exact, words) : []),
  ];
}

/** The untruncated number in brackets, where it is another one. @param {string} size @param {string} exact @param {Words} words */
function beside(size, exact, words) {
  return size === exact ? [] : [{ text: ` ${words("readout.exact", { exact })}` }];
}

/** @param {Result} result @param {number} t */
function prediction(result, t) {
  const { forward, targets, vocabulary } = result,
    wanted = vocabulary.indexOf(targets[t]),
    p = row(result, forward.p, t)?.[wanted],
    o = row(result, forward.o, t)?.[wanted],
    loss = forward.loss[t];
  const said = forward.p
    ? `p = ${p === null || p === undefined ? "–" : p.toFixed(2)}`
    : `o = ${o === null || o === undefined ? "–" : signed(o)}`;
  return loss === null ? said : `${said}, L = ${sci(loss)}`;
}

/** A symbol that keeps its own direction of writing. @param {string} symbol */
function shown(symbol) {
  return `\u2068${visible(symbol)}\u2069`;
}
