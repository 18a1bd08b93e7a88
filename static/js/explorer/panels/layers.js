// Time layers panel: T steps as one layer (Time RNN, xs → hs), a box for each block, and the stack of an RNNLM.

import { element, rich } from "../../lib/dom.js";
import { sci, subscript, visible } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";

export const name = "layers";
export const closed = true;
export const whole = true;

const ROW = 46, TALL = 62, GAP = 34, EDGE = 26, TOP = 24, BOTTOM = 44, NARROWEST = 190, MOST = 6;

/** @typedef {{start: number, stop: number, left: number, width: number}} Box */

/**
 * The layers of the result from the input up: their names, what they hold, and the shapes that they give.
 * @param {Result} result
 * @returns {{name: string, holds: string, out: string}[]}
 */
export function stack({ params, vocabulary }) {
  const cell = String(params.cell).toUpperCase(), symbols = vocabulary.length > 0;
  return [
    { name: symbols ? "Time Embedding" : "Time Affine", holds: "Wₓ", out: "H" },
    { name: `Time ${cell}`, holds: "Wₕ, b", out: "H" },
    { name: "Time Affine", holds: "Wᵧ, bᵧ", out: "V" },
    { name: symbols ? "Time Softmax with Loss" : "Time Squared Error", holds: "", out: "" },
  ];
}

/** A shape with its numbers: (N,T,H) = (1,2,8). @param {number} steps @param {number} size @param {string} letter */
function shape(steps, size, letter) {
  return `(N,T,${letter}) = (1,${steps},${size})`;
}

/**
 * The gradient at the start of a block, da Wₕᵀ, which truncation discards: self.dh of the textbook's code.
 * Null where the answer does not hold it, or where the cell has gates.
 * @param {Result} result @param {number} start
 */
export function discarded({ params, truncated, forward, weights, window: held }, start) {
  if (params.cell !== "rnn" || params.truncation !== "blocks" || start === 0) return null;
  const i = start - (held?.start ?? 0), dh = truncated.dh[i], slope = forward.slope?.[i];
  if (!dh || !slope) return null;
  const da = dh.map((value, j) => Number(value) * Number(slope[j]));
  const rows = /** @type {number[][]} */ (weights.Wh);
  return Math.hypot(...rows.map((row) => row.reduce((sum, w, j) => sum + w * da[j], 0)));
}

/** The blocks that are drawn; null stands for those left out. @param {Result} result @param {number} room px @returns {({start: number, stop: number} | null)[]} */
export function shown({ blocks }, room) {
  const most = Math.max(1, Math.min(MOST, Math.floor((room - 2 * EDGE + GAP) / (NARROWEST + GAP))));
  if (blocks.length <= most) return blocks;
  return most < 3 ? blocks.slice(0, most) : [...blocks.slice(0, most - 2), null, blocks[blocks.length - 1]];
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  return rich(sentence(result, words));
}

/** What is said above the picture. @param {Result} result @param {Words} words */
export function sentence(result, words) {
  const { params, blocks, tokens, vocabulary } = result, T = tokens.length;
  const cut = params.truncation === "blocks" && blocks.length > 1;
  const said = cut
    ? words("layers.blocks", { n: blocks.length, k: Number(params.k) })
    : words("layers.whole", { T });
  return `${said}${vocabulary.length ? ` ${words("layers.stack")}` : ""}`;
}

/** @param {Result} result @param {View} view @returns {Node} */
export function render(result, view) {
  const room = view.width + view.gutter - 40, list = shown(result, room), n = list.length;
  const width = Math.min(280, (room - 2 * EDGE - (n - 1) * GAP) / n);
  const layers = stack(result), heights = layers.map((_, i) => (i === 1 ? TALL : ROW));
  const height = TOP + heights.reduce((sum, h) => sum + h, 0) + 24 * layers.length + BOTTOM;
  const drawing = svg("svg", {
    ...{ width: room, height, viewBox: `0 0 ${room} ${height}`, role: "img" },
    "aria-label": view.words("layers.label", { n: result.blocks.length }),
  });
  list.forEach((block, i) => {
    const left = EDGE + i * (width + GAP);
    if (!block) {
      drawing.append(text(left + width / 2, height / 2, "…", view.colors.muted, 24));
      return;
    }
    drawing.append(...column(result, view, { ...block, left, width }, height));
    const box = middleOf(heights, height);
    drawing.append(...carried(result, view, { ...block, left, width }, box, i === 0));
  });
  return element("div", { class: "time-layers" }, drawing);
}

/** The height of the middle of the Time RNN. @param {number[]} heights @param {number} height */
function middleOf(heights, height) {
  return height - BOTTOM - 24 - heights[0] - 24 - heights[1] / 2;
}

/** One block: its symbols, its layers from below, and its targets. @param {Result} result @param {View} view @param {Box} box @param {number} height */
function column(result, { colors }, { start, stop, left, width }, height) {
  const { tokens, targets, weights } = result, T = stop - start, middle = left + width / 2;
  const sizes = { H: weights.Wh.length, V: weights.by.length };
  const nodes = [],
    said = (/** @type {(string | number)[]} */ list) => list.map((one) => visible(String(one))).join(" ");
  let y = height - BOTTOM;
  nodes.push(text(middle, y + 20, `xs = ${clip(said(tokens.slice(start, stop)))}`, colors.ink, 13));
  nodes.push(text(middle, y + 37, `t = ${start}–${stop - 1} · (N,T) = (1,${T})`, colors.muted, 12));
  stack(result).forEach(({ name: title, holds, out }, i) => {
    const tall = i === 1 ? TALL : ROW;
    nodes.push(line(middle, y, middle, y - 24, colors.forward));
    y -= 24 + tall;
    nodes.push(svg("rect", {
      ...{
        x: left,
        y,
        width,
        height: tall,
        rx: 8,
        fill: colors.panel,
        stroke: i === 1 ? colors.select : colors.line,
      },
      "stroke-width": i === 1 ? 2.5 : 1.5,
    }));
    nodes.push(text(middle, y + tall / 2 - 3, `${title}${holds ? ` · ${holds}` : ""}`, colors.ink, 13, 600));
    const goal = i === 3 ? `ts = ${clip(said(targets.slice(start, stop)))}` : "";
    const letter = /** @type {"H" | "V"} */ (out);
    const array = i === 1 ? "hs " : "";
    const given = out ? array + shape(T, sizes[letter], letter) : goal;
    nodes.push(text(middle, y + tall / 2 + 14, given, colors.muted, 12));
  });
  nodes.push(text(middle, y - 8, "L", colors.ink, 14, 700));
  return nodes;
}

/** The state that enters the Time RNN and leaves it, and the gradient that is not passed back. @param {Result} result @param {View} view @param {Box} box @param {number} y @param {boolean} first */
function carried(result, { colors }, { start, stop, left, width }, y, first) {
  const T = result.tokens.length, dh = discarded(result, start), right = left + width;
  const nodes = [
    line(left - (first ? EDGE : GAP), y - 8, left - 2, y - 8, colors.forward),
    text(
      left - (first ? EDGE : GAP) / 2,
      y - 14,
      first ? "0" : `h${subscript(start - 1)}`,
      colors.forward,
      12,
    ),
  ];
  if (stop === T) {
    nodes.push(
      line(right, y - 8, right + EDGE - 4, y - 8, colors.forward),
      text(right + EDGE / 2, y - 14, `h${subscript(T - 1)}`, colors.forward, 12),
    );
  }
  if (dh !== null) {
    nodes.push(
      svg("line", {
        ...{ x1: left, y1: y + 12, x2: left - GAP / 2, y2: y + 12, stroke: colors.backward },
        ...{ "stroke-width": 2.5, "stroke-dasharray": "4 3" },
      }),
      text(left - GAP / 2 - 2, y + 17, "✕", colors.ghost, 14, 700),
      text(left - GAP / 2, y + 50, `self.dh ${sci(dh)}`, colors.backward, 12, 600),
    );
  }
  return nodes;
}

/** At most so many characters. @param {string} said */
const clip = (said) => (said.length > 22 ? `${said.slice(0, 21)}…` : said);

/** An arrow. @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {string} color */
function line(x1, y1, x2, y2, color) {
  const [dx, dy] = [Math.sign(x2 - x1), Math.sign(y2 - y1)], tip = 6;
  const d = `M${x1},${y1}L${x2},${y2}M${x2 - tip * dx - tip / 2 * dy},${
    y2 - tip * dy - tip / 2 * dx
  }L${x2},${y2}L${x2 - tip * dx + tip / 2 * dy},${y2 - tip * dy + tip / 2 * dx}`;
  return svg("path", { d, fill: "none", stroke: color, "stroke-width": 2 });
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {number} size @param {number} [weight] */
function text(x, y, words, fill, size, weight = 400) {
  const how = { x, y, fill, "text-anchor": "middle", "font-size": size, "font-weight": weight };
  return svg("text", how, words);
}
