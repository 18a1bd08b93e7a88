// Cell comparison panel: how far the gradient of the last loss reaches back in an RNN, an LSTM and a GRU.

import { answers, CELLS, COLORS, LOWEST, pathOf } from "./cells/answers.js";
import { element, rich } from "../../lib/dom.js";
import { bands, figure, LETTERS, lookOf, path, text } from "../../plot/figure.js";
import { decade, percent, sci, signed, visible } from "../../lib/format.js";
import { finite, logsOf, powerOfTen } from "../../lib/log-scale.js";
import { isSmaller } from "../../lib/trend.js";
import { timeAxis } from "../../plot/geometry.js";
import { line } from "../../plot/paths.js";

export { below } from "./cells/lag.js";

export const name = "cells";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["answers", "columns"]);

const HEIGHT = 300, TOP = 18, BOTTOM = 40, SMALLEST_RANGE = 2;
const LIFT = 15, LINE = 18, WIDTH = { wide: 120, phone: 92 }; // px of names: off their curves, each line, across
const SYMBOLS = { rnn: "circle", lstm: "square", gru: "triangle-up" };

/** @typedef {{cell: typeof CELLS[number], sizes: Row}} Curve */

/** @param {Result} result @param {View} view */
export function asks({ params }, { query }) {
  return CELLS.filter((cell) => cell !== params.cell).map((cell) => pathOf(query, cell));
}

/** The curves that are known so far. @param {Result} result @param {View} view @returns {Curve[]} */
export function curves(result, view) {
  return answers(result, view).map(({ cell, answer }) => ({ cell, sizes: fromLastLoss(answer) }));
}

/**
 * How large the gradient of the last loss is at every step, the last step's as 1. Of an lstm that is what
 * h and c carry together.
 * @param {Pick<Result, "credit" | "credit_c">} result
 * @returns {Row}
 */
export function fromLastLoss({ credit, credit_c: inside }) {
  const last = credit.length - 1;
  const sizes = credit[last].map((size, t) =>
    size === null ? null : finite(Math.hypot(size, inside?.[last][t] ?? 0))
  );
  const unit = sizes[last];
  return sizes.map((size) => (size === null || !unit ? null : finite(size / unit)));
}

/** @param {Result} result @param {View} view */
export function caption(result, view) {
  const { words } = view, { params } = result, bias = Number(params.gate_bias);
  const content = rich(facts(result, view).join(" "));
  if (isGiven(params)) return content; // seed and gate bias then do nothing
  const others = [0, 1, 2].map((value) =>
    element(
      "button",
      {
        type: "button",
        id: `bias-${value}`,
        "data-change": `gate_bias=${value}`,
        "aria-pressed": String(value === bias),
      },
      String(value),
    )
  );
  return [
    ...content,
    " ",
    element(
      "span",
      { class: "choices", role: "group", "aria-label": words("params.gate_bias.title") },
      words("params.gate_bias.title"),
      ...others,
    ),
  ];
}

/** Whether the weights are not those of a seed. @param {Result["params"]} params */
const isGiven = ({ weights, trained }) => Boolean(weights || trained);

/**
 * What is compared, who keeps most, and how far open the gates that keep are.
 * @param {Result} result @param {View} view
 */
export function facts(result, view) {
  const { words } = view, { params, weights } = result, n = result.tokens.length - 1;
  const told = [words("cells.caption")], bias = Number(params.gate_bias);
  const starts = curves(result, view).flatMap(({ cell, sizes }) =>
    sizes[0] === null ? [] : [{ cell, first: sizes[0] }]
  );
  if (starts.length === CELLS.length && n) {
    const [max, , min] = starts.toSorted((a, b) => b.first - a.first);
    const values = { high: sci(max.first), low: sci(min.first), n };
    const named = { most: max.cell.toUpperCase(), least: min.cell.toUpperCase() };
    if (values.high !== values.low) told.push(words("cells.fact", { ...values, ...named }));
  }
  if (isGiven(params)) {
    if (params.cell === "rnn") return told;
    const b = /** @type {number[]} */ (weights.b).slice(0, Number(params.hidden)),
      sign = params.cell === "gru" ? -1 : 1;
    const mean = sign * b.reduce((sum, value) => sum + value, 0) / b.length;
    return [...told, words("cells.given", { cell: String(params.cell).toUpperCase(), bias: signed(mean) })];
  }
  const shrinks = starts.some(({ first }) => isSmaller(first)); // else there is nothing to remedy
  const open = percent(1 / (1 + Math.exp(-bias)));
  return [
    ...told,
    words(bias > 0 ? shrinks ? "cells.open" : "cells.open_only" : bias < 0 ? "cells.shut" : "cells.half", {
      bias: String(bias).replace("-", "−"),
      open,
    }),
  ];
}

/** Which cell keeps most. @param {Result} result @param {View} view */
export function finding(result, view) {
  const last = result.tokens.length - 1;
  const [most] = curves(result, view).flatMap(({ cell, sizes }) =>
    sizes[0] === null ? [] : [{ cell, first: sizes[0] }]
  ).toSorted((a, b) => b.first - a.first);
  if (!most || !last) return { finding: "", note: "" };
  return {
    finding: most.cell.toUpperCase(),
    note: view.words("findings.cells", { n: last, size: sci(most.first) }),
  };
}

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const { drawn, whole } = axis(result, view);
  return figure(traces(result, view), shapes(result, view), { ...drawn, height: HEIGHT, whole }, view);
}

/** @param {Result} result @param {View} view */
export function dataKey(result, view) {
  return JSON.stringify([
    curves(result, view),
    result.tokens,
    view.phone ? null : view.columns,
    lookOf(view),
  ]);
}

/** Time across; of a pooled matrix a place for every pooled step. @param {Result} result @param {View} view */
function axis({ tokens, credit }, view) {
  const at = timeAxis(tokens.length, view), pool = Math.ceil(tokens.length / credit.length);
  return {
    ...at,
    pool,
    xOf: (/** @type {number} */ i) => at.x(Math.min(tokens.length - 1, pool * (i + 0.5) - 0.5)),
  };
}

/** @param {Result} result @param {View} view */
function scale(result, view) {
  const logs = curves(result, view).flatMap(({ sizes }) => logsOf(sizes));
  const low = Math.max(LOWEST, Math.floor(Math.min(-SMALLEST_RANGE, ...logs))),
    high = Math.ceil(Math.max(0, ...logs));
  return {
    low,
    high,
    y: (/** @type {number} */ size) =>
      TOP + (HEIGHT - TOP - BOTTOM) * (high - Math.log10(size)) / (high - low),
  };
}

/** @param {Result} result @param {View} view */
function traces(result, view) {
  const { colors, words } = view, at = axis(result, view), { low, y } = scale(result, view);
  const known = curves(result, view), every = Math.ceil(11 / at.c);
  const lines = known.map(({ cell, sizes }) => {
    const indices = sizes.map((size) => (size && Math.log10(size) >= low ? y(size) : null));
    const color = colors[COLORS[cell]];
    return {
      type: "scatter",
      mode: "lines+markers",
      x: sizes.map((_, i) => at.xOf(i)),
      y: indices,
      hoverinfo: "text",
      hovertext: sizes.map((size, i) => `${cell.toUpperCase()} · t = ${at.pool * i}: ${sci(size)}`),
      cliponaxis: false,
      line: { color, width: 3, dash: cell === "gru" ? "7px,4px" : "solid" },
      marker: { symbol: SYMBOLS[cell], size: at.c > 20 ? 8.5 : at.c > 8 ? 5 : 2, color },
    };
  });
  return [
    ...lines,
    ...names(known, at, y, low, view).map(({ x, y, cell, size }) =>
      text([x], [y], [
        `${cell.toUpperCase()}  ${worded(size, low, words)}`,
      ], {
        size: view.phone ? 13 : 16,
        color: colors.ink,
        family: LETTERS,
        weight: 700,
      }, "middle right")
    ),
    text(
      at.steps.map(at.x),
      at.steps.map(() => HEIGHT - 13),
      at.steps.map((t) => (t % every ? "" : visible(result.tokens[t]))),
      {
        size: Math.max(10, Math.min(16, at.c / 2)),
        color: colors.muted,
      },
    ),
  ];
}

/**
 * A size in words: what is null became too large to hold on the way back.
 * @param {Num} size @param {number} low @param {View["words"]} words
 */
function worded(size, low, words) {
  if (size === null) return words("cells.beyond");
  return size && Math.log10(size) >= low ? sci(size) : words("cells.below", { low: decade(low) });
}

/**
 * A name for each curve with its value at step 0, on the left. Curves that begin close together have their names
 * in a stack above them all, or below them all where there is no room above.
 * @param {Curve[]} known @param {ReturnType<typeof axis>} at @param {(size: number) => number} y @param {number} low @param {View} view
 */
function names(known, at, y, low, { phone }) {
  const x = at.drawn.left + 6, wide = phone ? WIDTH.phone : WIDTH.wide;
  const starts = known.map(({ cell, sizes }) => {
    const beside = sizes.flatMap((size, i) =>
      size && Math.log10(size) >= low && (at.xOf(i) < x + wide || i === 0) ? [y(size)] : []
    );
    const own = beside.length ? beside : [HEIGHT - BOTTOM];
    return { cell, size: sizes[0], x, top: Math.min(...own), bottom: Math.max(...own) };
  });
  return stacks(starts).flatMap((stack) => {
    const top = Math.min(...stack.map(({ top }) => top)) - LIFT;
    const bottom = Math.max(...stack.map(({ bottom }) => bottom)) + LIFT;
    const first = top - LINE * (stack.length - 1);
    return stack.map((start, i) => ({ ...start, y: (first < LIFT ? bottom : first) + LINE * i }));
  });
}

/**
 * Those that stand too close for a name between them, from the top.
 * @template {{top: number, bottom: number}} S @param {S[]} starts
 * @returns {S[][]}
 */
export function stacks(starts) {
  /** @type {S[][]} */
  const groups = [];
  for (const start of starts.toSorted((a, b) => a.top - b.top)) {
    const above = groups.at(-1);
    const free = start.top - Math.max(0, ...(above ?? []).map(({ bottom }) => bottom));
    if (above && free < 2 * LIFT + LINE) above.push(start);
    else groups.push([start]);
  }
  return groups;
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const { colors } = view, at = axis(result, view), { left, width } = at.drawn, { y } = scale(result, view);
  const lines = ticks(result, view).map((e) => line(left, y(powerOfTen(e)), left + width, y(powerOfTen(e))))
    .join("");
  return [
    ...bands(result.blocks, { x: at.x, c: at.c, top: 0, bottom: HEIGHT - 26, steps: at.steps }, view),
    path(lines, { stroke: colors.line, width: 1 }),
  ];
}

/** @param {Result} result @param {View} view */
function ticks(result, view) {
  const { low, high } = scale(result, view), apart = Math.max(1, Math.ceil((high - low) / 6));
  return Array.from({ length: high - low + 1 }, (_, i) => high - i).filter((e) => (high - e) % apart === 0);
}

/** @param {Result} result @param {View} view */
export function gutter(result, view) {
  const { y } = scale(result, view);
  return ticks(result, view).map((e) => ({ word: decade(e), y: y(powerOfTen(e)) }));
}
