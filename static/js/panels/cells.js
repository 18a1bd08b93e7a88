// The same text and seed through every cell: how far the gradient of the last loss reaches back in each.

import { element, rich } from "../dom.js";
import { bands, figure, LETTERS, lookOf, path, text } from "../figure.js";
import { decade, sci, visible } from "../format.js";
import { timeAxis } from "../geometry.js";
import { line } from "../marks.js";
import { svg } from "../svg.js";

export const name = "cells";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["answers", "columns"]);

const CELLS = /** @type {const} */ (["rnn", "lstm", "gru"]);
const HEIGHT = 300, TOP = 18, BOTTOM = 40, LOWEST = -10, SMALLEST_RANGE = 2;
const LIFT = 15, LINE = 18, WIDTH = { wide: 120, phone: 92 }; // px of names: off their curves, each line, across
const SYMBOLS = { rnn: "circle", lstm: "square", gru: "triangle-up" };
const COLORS = { rnn: "cellRnn", lstm: "cellLstm", gru: "cellGru" };

/** @typedef {{cell: typeof CELLS[number], sizes: Row}} Curve */

/** @param {Result} result @param {View} view */
export function asks({ params }, { query }) {
  return CELLS.filter((cell) => cell !== params.cell).map((cell) => pathOf(query, cell));
}

/** The same question of another cell, written as the canonical query is. @param {string} query @param {string} cell */
export function pathOf(query, cell) {
  const asked = [...new URLSearchParams(query)].filter(([name]) => name !== "cell" && name !== "weights");
  const after = asked.findIndex(([name]) => !["v", "text", "targets", "steps", "unit"].includes(name));
  const place = after < 0 ? asked.length : after;
  if (cell !== "rnn") asked.splice(place, 0, ["cell", cell]);
  return `/api/bptt?${new URLSearchParams(asked)}`;
}

/** The curves that are known so far. @param {Result} result @param {View} view @returns {Curve[]} */
export function curves(result, view) {
  return CELLS.flatMap((cell) => {
    const answer = cell === result.params.cell ? result : view.answers[pathOf(view.query, cell)];
    return answer ? [{ cell, sizes: fromLastLoss(/** @type {Result} */ (answer)) }] : [];
  });
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
    size === null ? null : Math.hypot(size, inside?.[last][t] ?? 0)
  );
  const unit = sizes[last];
  return sizes.map((size) => (size === null || !unit ? null : size / unit));
}

/** @param {Result} result @param {View} view */
export function caption(result, view) {
  const { words } = view, { params } = result, known = curves(result, view);
  const said = known.flatMap(({ cell, sizes }) => sizes[0] === null ? [] : [{ cell, first: sizes[0] }]);
  const facts = [words("cells.caption")];
  if (said.length === CELLS.length && result.tokens.length > 1) {
    const [most, , least] = said.toSorted((a, b) => b.first - a.first);
    facts.push(words("cells.fact", {
      most: most.cell.toUpperCase(),
      least: least.cell.toUpperCase(),
      high: sci(most.first),
      low: sci(least.first),
      T: result.tokens.length - 1,
    }));
  }
  const bias = Number(params.gate_bias);
  facts.push(words(bias > 0 ? "cells.open" : bias < 0 ? "cells.shut" : "cells.half", { bias }));
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
    ...rich(facts.join(" ")),
    " ",
    element(
      "span",
      { class: "choices", role: "group", "aria-label": words("params.gate_bias.title") },
      words("params.gate_bias.title"),
      ...others,
    ),
  ];
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
  const logs = curves(result, view).flatMap(({ sizes }) =>
    sizes.flatMap((size) => (size ? [Math.log10(size)] : []))
  );
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
    const seen = sizes.map((size) => (size && Math.log10(size) >= low ? y(size) : null));
    const color = colors[COLORS[cell]];
    return {
      type: "scatter",
      mode: "lines+markers",
      x: sizes.map((_, i) => at.xOf(i)),
      y: seen,
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
        `${cell.toUpperCase()}  ${
          size && Math.log10(size) >= low ? sci(size) : words("cells.below", { low: decade(low) })
        }`,
      ], {
        size: view.phone ? 13 : 16,
        color: colors[COLORS[/** @type {typeof CELLS[number]} */ (cell)]],
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
  const found = [];
  for (const start of starts.toSorted((a, b) => a.top - b.top)) {
    const above = found.at(-1);
    const free = start.top - Math.max(0, ...(above ?? []).map(({ bottom }) => bottom));
    if (above && free < 2 * LIFT + LINE) above.push(start);
    else found.push([start]);
  }
  return found;
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const { colors } = view, at = axis(result, view), { left, width } = at.drawn, { y } = scale(result, view);
  const lines = ticks(result, view).map((e) => line(left, y(10 ** e), left + width, y(10 ** e))).join("");
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
  return ticks(result, view).map((e) => ({ word: decade(e), y: y(10 ** e) }));
}

/**
 * Mean size of the gradient by distance s − t, relative to distance 0.
 * @param {Pick<Result, "credit" | "credit_c">} result
 * @returns {Row}
 */
export function byLag({ credit, credit_c: inside }) {
  const means = credit.map((_, lag) => {
    const sizes = credit.slice(lag).flatMap((row, i) => {
      const size = row[i];
      return size === null ? [] : [Math.hypot(size, inside?.[i + lag][i] ?? 0)];
    });
    return sizes.length ? sizes.reduce((sum, size) => sum + size, 0) / sizes.length : null;
  });
  const unit = means[0];
  return means.map((mean) => (mean === null || !unit ? null : mean / unit));
}

const LAG = { height: 190, left: 104, right: 90, top: 26, bottom: 34 };

/** The same cells by distance. @param {Result} result @param {View} view */
export function below(result, view) {
  const { colors, words, width, gutter: side, phone } = view, room = width + side - (phone ? 8 : 12);
  const known = CELLS.flatMap((cell) => {
    const answer = cell === result.params.cell ? result : view.answers[pathOf(view.query, cell)];
    return answer ? [{ cell, means: byLag(/** @type {Result} */ (answer)) }] : [];
  });
  const logs = known.flatMap(({ means }) => means.flatMap((mean) => (mean ? [Math.log10(mean)] : [])));
  const low = Math.max(LOWEST, Math.floor(Math.min(-1, ...logs))), high = Math.ceil(Math.max(0, ...logs));
  const left = phone ? 46 : LAG.left, n = result.credit.length, floor = LAG.height - LAG.bottom;
  const x = (/** @type {number} */ lag) => left + (room - left - LAG.right) * lag / Math.max(1, n - 1);
  const y = (/** @type {number} */ mean) =>
    LAG.top + (floor - LAG.top) * (high - Math.log10(mean)) / (high - low);
  const pool = Math.ceil(result.tokens.length / n), small = { fill: colors.muted, "font-size": 13 };
  const ends = known.map(({ cell, means }) => {
    const last = means.findLastIndex((mean) => mean && Math.log10(mean) >= low);
    return { cell, x: x(last) + 10, y: y(means[last] || 1) + 5 };
  }).toSorted((a, b) => a.y - b.y);
  ends.forEach((end, i) => end.y = Math.max(end.y, i ? ends[i - 1].y + 17 : 0));
  return svg(
    "svg",
    { width: room, height: LAG.height, role: "img", "aria-label": words("cells.lag_help") },
    svg(
      "text",
      { x: left, y: 15, fill: colors.ink, "font-size": 15, "font-weight": 600 },
      words("cells.lag"),
    ),
    ...[low, high].flatMap((e) => [
      svg("path", { d: `M${left},${y(10 ** e)}H${room - LAG.right}`, stroke: colors.line }),
      svg("text", { ...small, x: left - 8, y: y(10 ** e) + 5, "text-anchor": "end" }, decade(e)),
    ]),
    ...[0, Math.floor((n - 1) / 2), n - 1].filter((lag, i, all) => all.indexOf(lag) === i).map((lag) =>
      svg(
        "text",
        { ...small, x: x(lag), y: LAG.height - 12, "text-anchor": "middle" },
        `s − t = ${pool * lag}`,
      )
    ),
    ...known.map(({ cell, means }) => {
      const points = means.flatMap((mean, lag) =>
        mean && Math.log10(mean) >= low ? [`${x(lag).toFixed(1)},${y(mean).toFixed(1)}`] : []
      );
      return svg("path", {
        ...{ d: `M${points.join("L")}`, fill: "none", stroke: colors[COLORS[cell]], "stroke-width": 3 },
        ...(cell === "gru" ? { "stroke-dasharray": "7 4" } : {}),
      });
    }),
    ...ends.map(({ cell, x, y }) =>
      svg(
        "text",
        { x, y, fill: colors[COLORS[cell]], "font-size": 15, "font-weight": 700 },
        cell.toUpperCase(),
      )
    ),
  );
}
