// The network as a loop: forward in blue at the right, the gradient in orange at the left, with scissors where it is cut.

import { SYMBOLS, textWidth } from "../../plot/figure.js";
import { sci, signed, subscript, visible } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { arrow, disc, roundBox, scissors } from "../../plot/paths.js";
import { row } from "../../plot/windowed.js";
import { shade } from "../unrolled/activation.js";
import { edgeState } from "../unrolled/backward.js";
import { fit } from "../unrolled/fit.js";
import { activationLimit } from "../unrolled/traces.js";
import { letter } from "./letter.js";

const ROOM_FOR_NUMBER = 14; // px of height of a cell
const BACK = 8; // px of the gradient's road

/** @typedef {{x: number, box: number, tall: number, out: number, chip: number}} Loop middle of the loop, width and height of its state, how far it goes out, and the size of a weight's name */

/**
 * How often the gradient is cut on its way round, or cut in part.
 * @param {Result} result @returns {{state: "cut" | "partly" | "whole", n: number}}
 */
export function cutsOf(result) {
  const states = result.tokens.slice(1).map((_, i) => edgeState(result, i + 1));
  for (const state of /** @type {const} */ (["cut", "partly"])) {
    const n = states.filter((it) => it === state).length;
    if (n) return { state, n };
  }
  return { state: "whole", n: 0 };
}

/**
 * The loop, at the selected step; where none is selected, all of the text goes through it.
 * @param {Result} result @param {{loop: Loop, rows: {loss: number, output: number, hidden: number, input: number}}} places @param {View} view
 */
export function loop(result, { loop: { x, box, tall, out }, rows }, view) {
  const { colors, words, isSelected, phone } = view, { hidden, output, input, loss } = rows;
  const T = result.tokens.length, t = isSelected ? view.t : T - 1, at = isSelected ? subscript(t) : "ₜ";
  const [half, high, low] = [box / 2, tall / 2, phone ? 15 : 20], aside = phone ? 6 : 9;
  const text = isSelected ? visible(result.tokens[t]) : result.tokens.map(visible).join("");
  const wide = Math.max(box, Math.min(box + 1.4 * out, textWidth(text, 18) + 20));
  const up = (/** @type {number} */ from, /** @type {number} */ to) =>
    arrow(x - aside, from, x - aside, to, 1.4);
  const down = (/** @type {number} */ from, /** @type {number} */ to) =>
    arrow(x + aside, from, x + aside, to, 1.4);
  const disk = phone ? 9 : 14;
  const forward = arrow(x, input - low - 3, x, hidden + high + 7, 1.4) +
    up(hidden - high - 7, output + low + 3) + up(output - low - 3, loss + disk + 3);
  const backward = down(output + low + 3, hidden - high - 7) + down(loss + disk + 3, output - low - 3);
  const state = result.forward.h[t], max = activationLimit(result), cell = tall / state.length;
  const cells = state.map((value, unit) =>
    svg("rect", {
      ...{
        x: x - half,
        y: hidden - high + cell * unit,
        width: box,
        height: Math.max(0.5, cell - (cell > 6 ? 1.5 : 0)),
      },
      ...{ rx: cell > 8 ? 2 : 0, fill: value === null ? "none" : shade(value / max, colors) },
    })
  );
  const numbers = cell < ROOM_FOR_NUMBER || phone
    ? []
    : state.flatMap((value, unit) =>
      value === null || Math.abs(value) >= 100
        ? []
        : [letter(signed(value), x, hidden - high + cell * (unit + 0.46), 13, ink(value / max, colors))]
    );
  const name = (/** @type {string} */ symbol, /** @type {number} */ y) =>
    phone ? [] : [letter(symbol + at, x - half - 24, y, 19, colors.ink, { family: SYMBOLS })];
  const shown = fit(text, wide - 12, phone ? 14 : 18);
  const lost = isSelected ? result.forward.loss[t] : result.forward.total_loss;
  return svg(
    "g",
    { class: "loop" },
    svg("path", { d: forward, fill: colors.forward }),
    svg("path", { d: backward, fill: colors.backward, opacity: 0.8 }),
    ...round(result, { x, half, high, hidden, out }, view),
    svg("path", {
      d: roundBox(x, hidden, box + 8, tall + 8, 7),
      fill: colors.node,
      stroke: colors.edge,
      "stroke-width": 1.5,
    }),
    ...cells,
    ...numbers,
    svg("path", {
      d: roundBox(x, output, Math.max(box, 60), 2 * low, 7) + roundBox(x, input, wide, 2 * low, 7),
      ...{ fill: colors.node, stroke: colors.edge, "stroke-width": 1.4 },
    }),
    ...(lost === null ? [] : [
      svg("path", { d: disc(x, loss, 2 * disk), fill: colors.loss }),
      letter(words("folded.loss", { loss: sci(lost) }), x + disk + 10, loss, 15, colors.loss, {
        anchor: "start",
        weight: 700,
      }),
    ]),
    letter(shown.text, x, input, shown.size, colors.ink, { weight: 700 }),
    ...(isSelected ? [guess(result, t, x, output, phone ? 15 : 20, colors)] : [
      letter("ŷₜ", x, output, phone ? 15 : 20, colors.ink, { family: SYMBOLS }),
    ]),
    ...(isSelected ? name("x", input) : []),
    ...(phone
      ? []
      : [letter(`h${at}`, x + half + 22, hidden - high + 4, 19, colors.ink, { family: SYMBOLS })]),
  );
}

/** The two ways round. @param {Result} result @param {{x: number, half: number, high: number, hidden: number, out: number}} at @param {View} view */
function round(result, { x, half, high, hidden, out }, { colors, words, phone }) {
  const dy = Math.min(0.5 * high, 40), [upper, lower] = [hidden - dy, hidden + dy], swing = 0.9 * out;
  /** A way from one height to the other, on one side. @param {number} side @param {number} from @param {number} to @param {number} short px that the head needs */
  const way = (side, from, to, short) => {
    const edge = x + side * (half + 5), far = edge + side * out * 1.25;
    return `M${edge},${from}C${far},${from + Math.sign(from - hidden) * swing} ${far},${
      to + Math.sign(to - hidden) * swing
    } ${edge + side * short},${to + Math.sign(to - hidden) * 0.28 * short}`;
  };
  const head = (/** @type {number} */ side, /** @type {number} */ y, /** @type {number} */ width) => {
    const edge = x + side * (half + 4), long = 2 * width + 8, tilt = Math.sign(y - hidden) * 0.28 * long;
    return arrow(edge + side * long, y + tilt, edge, y, width);
  };
  const { state, n } = cutsOf(result), left = x - half - 5 - 0.94 * out;
  const size = phone ? 20 : 25, said = n ? words(`folded.${state}`, { n }) : "";
  const room = textWidth(said, 14), isBeside = left - size / 2 - 6 > room;
  return [
    svg("path", { d: way(1, upper, lower, 10), fill: "none", stroke: colors.forward, "stroke-width": 3.4 }),
    svg("path", { d: head(1, lower, 3.4), fill: colors.forward }),
    svg("path", {
      d: way(-1, lower, upper, 16),
      fill: "none",
      stroke: colors.backward,
      "stroke-width": BACK,
    }),
    svg("path", { d: head(-1, upper, BACK), fill: colors.backward }),
    ...(state === "whole" ? [] : [
      svg("path", {
        class: "scissors",
        d: disc(left, hidden, size),
        fill: colors.node,
        stroke: colors.ink,
        "stroke-width": 1.6,
      }),
      svg("path", {
        d: scissors(left, hidden, 0.62 * size),
        fill: "none",
        stroke: colors.ink,
        "stroke-width": 1.6,
      }),
      isBeside
        ? letter(said, left - size / 2 - 6, hidden, 14, colors.ink, { anchor: "end", weight: 600 })
        : letter(said, Math.max(room / 2 + 4, left), hidden + 0.8 * out + 12, 12, colors.ink, {
          weight: 600,
        }),
    ]),
  ];
}

/** Black on light cells, white on dark ones. @param {number} value −1 … 1 @param {Record<string, string>} colors */
function ink(value, colors) {
  const [red, green, blue] = (shade(value, colors).match(/\d+/g) ?? []).map(Number);
  return 0.3 * red + 0.59 * green + 0.11 * blue > 128 ? "#000000" : "#ffffff";
}

/**
 * The most probable symbol, in the color of the target or of a wrong guess.
 * @param {Result} result @param {number} t @param {number} x @param {number} y @param {number} size @param {Record<string, string>} colors
 */
export function guess(result, t, x, y, size, colors) {
  const scores = row(result, result.forward.o, t) ?? [],
    known = /** @type {number[]} */ (scores.filter(Number.isFinite));
  const symbol = result.vocabulary[scores.indexOf(Math.max(...known))] ?? "";
  const color = symbol === result.targets[t] ? colors.forward : colors.loss;
  return letter(symbol && visible(symbol), x, y, size, color);
}
