// Folded view: the network as a loop beside the same network unrolled; each weight is wired to every use.

import { element, rich } from "../lib/dom.js";
import { LETTERS, SYMBOLS } from "../plot/figure.js";
import { sci, subscript, visible } from "../lib/format.js";
import { arrow, rect, roundBox } from "../plot/paths.js";
import { row } from "../plot/windowed.js";
import { svg } from "../lib/svg.js";
import { shade } from "./unrolled/activation.js";
import { activationLimit } from "./unrolled/traces.js";
import { GLYPHS, NAMES, WIRES } from "./switches.js";

const NARROWEST = 26, WIDEST = 200; // px of an unrolled column

/** @typedef {typeof WIRES[number]} Wire */
/** @typedef {ReturnType<typeof places>} Places */

/**
 * The layout.
 * @param {number} T @param {View} view
 */
export function places(T, { width, gutter, height, phone }) {
  const W = width + gutter, H = height - (phone ? 96 : 52);
  const loop = phone ? { x: 44, box: 46, out: 34, chip: 14 } : { x: 170, box: 84, out: 92, chip: 19 };
  const from = phone ? 132 : 400, room = W - from - (phone ? 8 : 20);
  const c = Math.min(WIDEST, Math.max(NARROWEST, room / T));
  const fits = Math.max(3, Math.floor((room + 0.01) / c));
  const drawnSteps = T <= fits
    ? Array.from({ length: T }, (_, t) => t)
    : [...Array.from({ length: fits - 2 }, (_, t) => t), -1, T - 1]; // −1: those left out
  const rows = { loss: 0.1 * H, output: 0.3 * H, hidden: 0.6 * H, input: 0.92 * H };
  const node = Math.min(phone ? 34 : 52, 0.56 * c);
  return {
    ...{ W, H, loop, from, c, drawnSteps, rows, node },
    x: (/** @type {number} */ i) => from + c * (i + 0.5),
    buses: { // the height of each weight's wire
      Wx: (rows.hidden + rows.input) / 2 + (loop.box - node) / 4,
      Wh: rows.hidden - loop.box / 2 - 16,
      Wy: (rows.output + rows.hidden) / 2 - 22,
    },
  };
}

/**
 * The drawing with its caption.
 * @param {Result} result @param {View} view
 */
export function folded(result, view) {
  const { words, wire } = view, T = result.tokens.length, at = places(T, view);
  const uses = { Wx: T, Wh: T - 1, Wy: T };
  const caption = wire
    ? words(`folded.${wire}`, { n: uses[wire], size: sci(norm(result.truncated.gradients[wire])) })
    : words("folded.caption", { T });
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
      band(at, view),
      ...WIRES.map((name) => wireGroup(name, at, view)),
      unrolled(result, at, view),
      loop(result, at, view),
      ...WIRES.map((name) => chip(name, at, view)),
    ),
    element("p", { class: "caption" }, ...rich(caption)),
  );
}

/** @param {Row | Table} matrix */
function norm(matrix) {
  const all = matrix.flat();
  return all.includes(null) ? null : Math.hypot(.../** @type {number[]} */ (all));
}

/** The band over the current step. @param {Places} at @param {View} view */
function band({ drawnSteps, x, c, H }, { t, colors }) {
  const i = drawnSteps.indexOf(t) >= 0 ? drawnSteps.indexOf(t) : drawnSteps.indexOf(-1);
  return svg("rect", {
    x: x(i) - c / 2,
    y: 0,
    width: c,
    height: H,
    rx: 8,
    fill: colors.select,
    "fill-opacity": 0.17,
  });
}

/**
 * The wire of one weight, with a dot on every arrow that uses it.
 * @param {Wire} name @param {Places} at @param {View} view
 */
function wireGroup(name, at, { colors, wire }) {
  const { x, drawnSteps, c, rows, buses, loop } = at, y = buses[name], lit = wire === name;
  const dots = drawnSteps.flatMap((t, i) => {
    if (t < 0 || (name === "Wh" && (t === 0 || drawnSteps[i - 1] < 0))) return [];
    return [{ x: name === "Wh" ? x(i) - c / 2 : x(i), y: name === "Wh" ? rows.hidden : y }];
  });
  const chipX = name === "Wh" ? loop.x + loop.box / 2 + loop.out : loop.x;
  const last = dots.length ? dots[dots.length - 1].x : chipX;
  const stubs = name === "Wh" ? dots.map((dot) => `M${dot.x},${y}V${dot.y}`).join("") : "";
  const start = name === "Wh" ? `M${chipX},${rows.hidden}V${y}` : `M${chipX},${y}`;
  return svg(
    "g",
    { class: lit ? "wire lit" : "wire" },
    svg("path", {
      d: `${start}H${last}${stubs}`,
      fill: "none",
      stroke: lit ? colors.select : colors.line,
      "stroke-width": lit ? 5 : 1.5,
    }),
    ...dots.map((dot) =>
      svg("circle", {
        cx: dot.x,
        cy: dot.y,
        r: lit ? Math.min(9, c / 4) : 3,
        fill: lit ? colors.select : colors.ghost,
      })
    ),
  );
}

/** @param {Result} result @param {Places} at @param {View} view */
function unrolled(result, at, { colors, t: now }) {
  const { drawnSteps, x, c, rows, node } = at, font = Math.min(17, 0.6 * node), half = node / 2;
  let arrows = "", boxes = "", losses = "";
  /** @type {Node[]} */
  const texts = [];
  drawnSteps.forEach((t, i) => {
    const px = x(i);
    if (i) arrows += arrow(x(i - 1) + half + 2, rows.hidden, px - half - 2, rows.hidden, 1.8);
    if (t < 0) {
      texts.push(letter("⋯", px, rows.hidden - 1, 20, colors.muted));
      return;
    }
    arrows += arrow(px, rows.input - half - 2, px, rows.hidden + half + 2, 1.8) +
      arrow(px, rows.hidden - half - 2, px, rows.output + half + 2, 1.8) +
      arrow(px, rows.output - half - 2, px, rows.loss + 8, 1.8);
    for (const y of [rows.output, rows.hidden, rows.input]) boxes += roundBox(px, y, node, node, 5);
    losses += roundBox(px, rows.loss, 12, 12, 6);
    texts.push(letter(visible(result.tokens[t]), px, rows.input, font, colors.ink));
    texts.push(guess(result, t, px, rows.output, font, colors));
    if (c > 44) texts.push(letter(`h${subscript(t)}`, px, rows.hidden, font, colors.ink, SYMBOLS));
    if (t === now) boxes += roundBox(px, rows.hidden, node + 5, node + 5, 6);
  });
  return svg(
    "g",
    {},
    svg("path", { d: arrows, fill: colors.forward }),
    svg("path", { d: boxes, fill: colors.node, stroke: colors.edge, "fill-rule": "nonzero" }),
    svg("path", { d: losses, fill: colors.loss }),
    ...texts,
  );
}

/** The loop, at the current step. @param {Result} result @param {Places} at @param {View} view */
function loop(result, { loop: { x, box, out, chip }, rows, from }, { colors, words, t, phone }) {
  const half = box / 2, { hidden, output, input, loss } = rows, small = phone ? 12 : 15;
  const right = x + half,
    turn = right + out,
    arrows = arrow(x, input - half * 0.6 - 3, x, hidden + half + 3, 2.6) +
      arrow(x, hidden - half - 3, x, output + half * 0.6 + 3, 2.6) +
      arrow(x, output - half * 0.6 - 3, x, loss + half * 0.4 + 3, 2.6);
  const down = hidden + half * 0.5, up = hidden - half * 0.5, r = half * 0.5;
  const back = `M${right + 2},${up}H${turn - r}A${r},${r} 0 0 1 ${turn - r},${down}H${right + 14}`;
  const head = arrow(right + 16, down, right + 3, down, 2.6);
  const state = result.forward.h[t], max = activationLimit(result), high = box / state.length;
  const cells = state.map((value, unit) =>
    svg("rect", {
      ...{ x: x - half, y: hidden - half + high * unit, width: box, height: high },
      fill: value === null ? "none" : shade(value / max, colors),
    })
  );
  return svg(
    "g",
    {},
    svg("path", { d: arrows + head, fill: colors.forward }),
    svg("path", { d: back, fill: "none", stroke: colors.forward, "stroke-width": 2.6 }),
    svg("path", { d: rect(right + out * 0.36, down - 5, 10, 10), fill: colors.ink }),
    ...cells,
    svg("path", {
      d: roundBox(x, hidden, box + 4, box + 4, 7),
      fill: "none",
      stroke: colors.ink,
      "stroke-width": 1.6,
    }),
    svg("path", {
      d: roundBox(x, output, box, box * 0.6, 7) + roundBox(x, input, box, box * 0.6, 7),
      ...{ fill: colors.node, stroke: colors.edge, "stroke-width": 1.6 },
    }),
    svg("circle", { cx: x, cy: loss, r: half * 0.4, fill: colors.loss }),
    letter(visible(result.tokens[t]), x, input, phone ? 17 : 22, colors.ink),
    guess(result, t, x, output, phone ? 17 : 22, colors),
    ...(phone ? [] : [
      letter(`x${subscript(t)}`, x - half - 26, input, 20, colors.ink, SYMBOLS),
      letter(`h${subscript(t)}`, x - half - 26, hidden, 20, colors.ink, SYMBOLS),
      letter(`ŷ${subscript(t)}`, x - half - 26, output, 20, colors.ink, SYMBOLS),
      letter(`L${subscript(t)}`, x - half - 26, loss, 20, colors.ink, SYMBOLS),
      letter(words("folded.delay"), right + out / 2 + 14, down + 30, small, colors.muted, "inherit"),
      letter("=", (turn + chip + from) / 2 + 8, hidden, 40, colors.muted, "inherit"),
    ]),
  );
}

/** The weight's name on its arrow: a button. @param {Wire} name @param {Places} at @param {View} view */
function chip(name, { loop, rows, buses }, { colors, words, wire, phone }) {
  const lit = wire === name, x = name === "Wh" ? loop.x + loop.box / 2 + loop.out : loop.x;
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
    letter(GLYPHS[name], x, y, phone ? 13 : 17, lit ? colors["on-select"] : colors.forward, SYMBOLS),
  );
}

/**
 * The most probable symbol, in the color of the target or of a wrong guess.
 * @param {Result} result @param {number} t @param {number} x @param {number} y @param {number} size @param {Record<string, string>} colors
 */
function guess(result, t, x, y, size, colors) {
  const scores = row(result, result.forward.o, t) ?? [],
    known = /** @type {number[]} */ (scores.filter(Number.isFinite));
  const symbol = result.vocabulary[scores.indexOf(Math.max(...known))] ?? "";
  return letter(
    symbol && visible(symbol),
    x,
    y,
    size,
    symbol === result.targets[t] ? colors.forward : colors.loss,
  );
}

/** @param {string} text @param {number} x @param {number} y @param {number} size @param {string} fill @param {string} [family] */
function letter(text, x, y, size, fill, family = LETTERS) {
  return svg("text", {
    ...{
      x,
      y,
      fill,
      "font-size": size,
      "font-family": family,
      "text-anchor": "middle",
      "dominant-baseline": "central",
    },
    ...(family === SYMBOLS ? { "font-style": "italic" } : {}),
  }, text);
}
