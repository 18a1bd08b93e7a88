// Folded view: the network as a loop. Beside it stand the terms of the gradient of W_h, one a use; or, where a weight is chosen,
// the same network unrolled, in which the weight is wired to every use.

import { element, rich } from "../../lib/dom.js";
import { SYMBOLS } from "../../plot/figure.js";
import { percent, round, sci } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { GLYPHS, NAMES, WIRES } from "../switches.js";
import { letter } from "./letter.js";
import { loop } from "./loop.js";
import { terms } from "./terms.js";
import { band, unrolled, wireGroup } from "./wires.js";

const NARROWEST = 26, WIDEST = 200; // px of an unrolled column
const TALLEST = 158, SMALLEST = 46; // px of the loop's state
const BESIDE = 38; // px from the middle of the loop to the names of the weights of its ends

/** @typedef {typeof WIRES[number]} Wire */
/** @typedef {ReturnType<typeof places>} Places */

/**
 * The layout.
 * @param {number} T @param {Pick<View, "width" | "gutter" | "height" | "phone" | "wire">} view
 */
export function places(T, { width, gutter, height, phone, wire }) {
  const W = width + gutter, H = height - (phone ? 96 : 52);
  const tall = Math.max(SMALLEST, Math.min(TALLEST, 0.36 * H));
  const loop = phone
    ? { x: wire ? 64 : 92, box: 40, tall: Math.min(tall, 90), out: wire ? 26 : 34, chip: 14 }
    : { x: wire ? 176 : 232, box: 84, tall, out: wire ? 84 : 92, chip: 14 };
  const from = phone ? (wire ? 150 : 190) : wire ? 400 : 500, room = W - from - (phone ? 8 : 20);
  const c = Math.min(WIDEST, Math.max(NARROWEST, room / T));
  const fits = Math.max(3, Math.floor((room + 0.01) / c));
  const drawnSteps = T <= fits
    ? Array.from({ length: T }, (_, t) => t)
    : [...Array.from({ length: fits - 2 }, (_, t) => t), -1, T - 1]; // −1: those left out
  const rows = { loss: 0.08 * H, output: 0.25 * H, hidden: 0.58 * H, input: 0.93 * H };
  const node = Math.min(phone ? 34 : 52, 0.56 * c);
  return {
    ...{ W, H, loop, from, c, drawnSteps, rows, node },
    x: (/** @type {number} */ i) => from + c * (i + 0.5),
    buses: { // the height of each weight's wire
      Wx: (rows.hidden + loop.tall / 2 + rows.input) / 2,
      Wh: rows.hidden - loop.tall / 2 - 16,
      Wy: (rows.output + rows.hidden - loop.tall / 2) / 2 + 8,
    },
  };
}

/**
 * The drawing with its caption.
 * @param {Result} result @param {View} view
 */
export function folded(result, view) {
  const { words, wire, phone } = view, T = result.tokens.length, at = places(T, view);
  const beside = wire
    ? [band(at, view), ...WIRES.map((name) => wireGroup(name, at, view)), unrolled(result, at, view)]
    : [terms(result, view, { left: at.from, right: at.W - (phone ? 8 : 30), top: 4, bottom: at.H, phone })];
  return element(
    "div",
    { class: "folded-picture" },
    svg(
      "svg",
      {
        width: at.W,
        height: at.H,
        viewBox: `0 0 ${at.W} ${at.H}`,
        role: "group",
        "aria-label": words("folded.label", { T }),
      },
      ...beside,
      loop(result, at, view),
      ...WIRES.map((name) => chip(name, at, view)),
      ...(wire || phone ? [] : [uses(T, at, view)]),
    ),
    element("p", { class: "caption" }, ...rich(captionOf(result, view))),
  );
}

/** What is wired, or what the terms add up to. @param {Result} result @param {View} view */
function captionOf(result, { words, wire }) {
  const T = result.tokens.length, { relative_error: error, norm_ratio: ratio } = result.comparison.Wh;
  if (wire) {
    const uses = { Wx: T, Wh: T - 1, Wy: T };
    return words(`folded.${wire}`, { n: uses[wire], size: sci(norm(result.truncated.gradients[wire])) });
  }
  if (error === null || ratio === null) return words("folded.sum_none", { n: T - 1 });
  if (error === 0) return words("folded.sum_full", { n: T - 1, size: sci(norm(result.full.gradients.Wh)) });
  return words("folded.sum", { n: T - 1, ratio: round(ratio, 2), error: percent(error) });
}

/** How often W_h is used, under its name. @param {number} T @param {Places} at @param {View} view */
function uses(T, { loop: { x, box, out }, rows }, { words, colors }) {
  return letter(words("folded.times", { n: T - 1 }), x + box / 2 + out + 26, rows.hidden, 14, colors.muted, {
    anchor: "start",
  });
}

/** @param {Row | Table} matrix */
function norm(matrix) {
  const all = matrix.flat();
  return all.includes(null) ? null : Math.hypot(.../** @type {number[]} */ (all));
}

/** The weight's name on its arrow: a button. @param {Wire} name @param {Places} at @param {View} view */
function chip(name, { loop, rows, buses }, { colors, words, wire, phone }) {
  const lit = wire === name, x = name === "Wh" ? loop.x + loop.box / 2 + loop.out : loop.x + BESIDE;
  const y = name === "Wh" ? rows.hidden : buses[name];
  return svg(
    "g",
    {
      ...{ class: "chip", role: "button", tabindex: 0, "aria-pressed": String(lit) },
      "aria-label": words("switches.light", { name: NAMES[name] }),
      "data-look": lit ? "wire=" : `wire=${name}`,
    },
    svg("circle", { cx: x, cy: y, r: Math.max(18, loop.chip), fill: "transparent" }),
    svg("circle", {
      ...{ cx: x, cy: y, r: loop.chip, fill: lit ? colors.select : colors.background },
      ...{ stroke: colors.forward, "stroke-width": 2 },
    }),
    letter(GLYPHS[name], x, y, phone ? 13 : 17, lit ? colors["on-select"] : colors.forward, {
      family: SYMBOLS,
    }),
  );
}
