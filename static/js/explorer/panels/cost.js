// Cost panel: steps stored at once, steps of the backward pass, and how memory grows with the sequence
// length.

import { grouped, inPercent } from "../../lib/format.js";
import { element, rich } from "../../lib/dom.js";
import { svg } from "../../lib/svg.js";

export const name = "cost";
export const half = true;
export const whole = true;

const LEFT = 104, RIGHT = 104, BOX = 17, ROW = 22, CHART = 110, MOST = 640, LEAST = LEFT + RIGHT + 40;

/** @param {Result} result @param {View} view */
export function caption({ cost: { full, truncated } }, { words }) {
  const memory = truncated.cached_steps < full.cached_steps ? "memory_less" : "memory_same";
  const work = truncated.backward_steps < full.backward_steps
    ? "work_less"
    : truncated.backward_steps > full.backward_steps
    ? "work_more"
    : "work_same";
  const updates = truncated.updates > 1 ? ` ${words("cost.updates", { n: truncated.updates })}` : "";
  return rich(words(`cost.${memory}`) + " " + words(`cost.${work}`) + updates);
}

/** @param {Result} result @param {View} view @returns {Node} */
export function render(result, view) {
  const { words, colors } = view, { full, truncated, growth } = result.cost, T = result.tokens.length;
  const room = view.width + view.gutter,
    width = Math.max(LEAST, Math.min(MOST, (view.phone ? room : room / 2) - 40));
  const max = Math.max(full.cached_steps, truncated.cached_steps);
  const saved = inPercent(1 - truncated.cached_steps / full.cached_steps);
  const walked = Math.max(full.backward_steps, truncated.backward_steps);
  const same = truncated.backward_steps === full.backward_steps ? ` ${words("cost.equal")}` : "";
  const height = 2 * (20 + 2 * ROW) + 14 + CHART + 40;
  const drawing = svg("svg", { width, height, role: "img", "aria-label": costText(result, words) });
  /** @param {number} y @param {string} word */
  const head = (y, word) => drawing.append(text(LEFT, y, word, colors.ink, "start", 14, 700));
  /** @param {number} y @param {string} word @param {number} n @param {number} of @param {string} color @param {string} value */
  const row = (y, word, n, of, color, value) => {
    drawing.append(
      text(LEFT - 8, y + 14, word, colors.muted, "end", 14),
      ...boxes(y, n, of, width - LEFT - RIGHT, colors[color], colors.line),
      text(width - RIGHT + 8, y + 14, value, colors.ink, "start", 15, 700),
    );
  };
  head(14, words("cost.cached"));
  row(20, words("cost.full"), full.cached_steps, max, "ink", String(full.cached_steps));
  row(
    20 + ROW,
    words("cost.truncated"),
    truncated.cached_steps,
    max,
    "ink",
    truncated.cached_steps + (saved === "0" ? "" : ` −${saved}%`),
  );
  const second = 20 + 2 * ROW + 26;
  head(second - 6, words("cost.backward"));
  row(second, words("cost.full"), full.backward_steps, walked, "ink", String(full.backward_steps));
  row(
    second + ROW,
    words("cost.truncated"),
    truncated.backward_steps,
    walked,
    "ink",
    truncated.backward_steps + same,
  );
  drawing.append(...chart(growth, T, { top: second + 2 * ROW + 12, width }, view));
  const floats = words("cost.floats", {
    full: grouped(full.cached_floats),
    truncated: grouped(truncated.cached_floats),
  });
  return element("div", { class: "cost" }, drawing, element("p", { class: "small" }, floats));
}

/**
 * Boxes for steps, the counted ones filled; too many to tell apart, a bar.
 * @param {number} y @param {number} n @param {number} of @param {number} room @param {string} fill @param {string} line
 */
function boxes(y, n, of, room, fill, line) {
  const each = room / of, gap = each > 5 ? 1.5 : 0;
  if (!gap) {
    return [
      svg("rect", { x: LEFT, y, width: room, height: BOX, rx: 2, fill: "none", stroke: line }),
      svg("rect", { x: LEFT, y, width: room * n / of, height: BOX, rx: 2, fill }),
    ];
  }
  return Array.from({ length: of }, (_, i) =>
    svg("rect", {
      ...{ x: (LEFT + i * each).toFixed(2), y, width: (each - gap).toFixed(2), height: BOX, rx: 2 },
      ...{ fill: i < n ? fill : "none", stroke: i < n ? fill : line },
    }));
}

/**
 * Steps remembered at once against the length, with a dot where this sequence is.
 * @param {Result["cost"]["growth"]} growth @param {number} T @param {{top: number, width: number}} place @param {View} view
 */
function chart({ T: lengths, full, truncated }, T, { top, width }, { words, colors }) {
  const longest = lengths[lengths.length - 1], floor = top + CHART, right = width - RIGHT;
  const x = (/** @type {number} */ n) => LEFT + (right - LEFT) * n / longest;
  const y = (/** @type {number} */ n) => floor - CHART * n / Math.max(...full, ...truncated);
  /** @param {number[]} sizes */
  const line = (sizes) =>
    "M" +
    [[0, 0], ...sizes.map((size, i) => [lengths[i], size])].map(([n, size]) =>
      `${x(n).toFixed(1)},${y(size).toFixed(1)}`
    ).join("L");
  const here = lengths.indexOf(T), end = lengths.length - 1;
  const apart = Math.abs(y(full[end]) - y(truncated[end])) > 16;
  return [
    svg("line", { x1: LEFT, x2: right, y1: floor, y2: floor, stroke: colors.line }),
    svg("path", { d: line(full), fill: "none", stroke: colors.ink, "stroke-width": 2 }),
    svg("path", { d: line(truncated), fill: "none", stroke: colors.ink, "stroke-width": 3.2 }),
    svg("circle", {
      cx: x(T),
      cy: y(full[here]),
      r: 5,
      fill: colors.background,
      stroke: colors.ink,
      "stroke-width": 2,
    }),
    svg("circle", { cx: x(T), cy: y(truncated[here]), r: 5, fill: colors.ink }),
    text(LEFT - 8, top + 12, words("cost.cached_short"), colors.muted, "end", 14),
    ...(apart ? [text(right + 8, y(full[end]) + 8, words("cost.full"), colors.ink, "start", 14)] : []),
    text(right + 8, y(truncated[end]) + 4, words("cost.truncated"), colors.ink, "start", 14, 700),
    text(x(T), floor + 17, `T = ${T}`, colors.muted, "middle", 14),
    text(right, floor + 17, String(longest), colors.muted, "end", 14),
  ];
}

/** @param {Result} result @param {View["words"]} words */
function costText({ cost: { full, truncated } }, words) {
  return words("cost.spoken", {
    cached: truncated.cached_steps,
    cached_full: full.cached_steps,
    walked: truncated.backward_steps,
    walked_full: full.backward_steps,
  });
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} anchor @param {number} size @param {number} [weight] */
function text(x, y, words, fill, anchor, size, weight = 400) {
  const attributes = { x, y, fill, "text-anchor": anchor, "font-size": size, "font-weight": weight };
  return svg("text", attributes, words);
}
