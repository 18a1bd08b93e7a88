// Legend of the unrolled graph: forward arrows, gradients by width, losses and their reach, cuts, and the color scale of
// activations.

import { textWidth } from "../plot/figure.js";
import { compact, formatNumber, sci } from "../lib/format.js";
import { arrow, disc, hatch, rect } from "../plot/paths.js";
import { gradientRange, position, roundValues, widthOf } from "../plot/scale.js";
import { edgeState, hasShares, reweighting } from "./unrolled/backward.js";
import { penOf } from "./unrolled/pen.js";
import { hasBrackets, hasTails } from "./unrolled/tails.js";
import { activationLimit } from "./unrolled/traces.js";
import { sized } from "../lib/svg.js";

export const MIDDLE = 15, BASE = 20, TYPE = 13;
const WIDEST = 15, HEIGHT = 30;

/**
 * @param {Result} result
 * @param {View} view
 * @returns {SVGElement[]}
 */
export function legend(result, view) {
  const { words } = view, edges = new Set(result.tokens.slice(1).map((_, i) => edgeState(result, i + 1)));
  const g = penOf(result, view), isReachShown = hasTails(result, view, g);
  const factor = reweighting(result), isCut = edges.has("cut"), isPartly = edges.has("partly");
  return [
    forwardEntry(view),
    gradientEntry(result, view),
    ...(isCut || isPartly ? [lostEntry(view)] : []), // early: the last ones go where there is no room
    lossEntry(view, g.level === "compact"),
    activationEntry(result, view),
    ...(g.level === "compact" && result.vocabulary.length ? [guessEntry(view)] : []),
    ...(g.gates ? [gateEntry(view)] : []),
    ...(isReachShown
      ? [reachEntry(view, words(hasBrackets(result, g) ? "legend.pass" : "legend.reach"))]
      : []),
    ...(factor && hasShares(g) ? [factorEntry(view, `×${factor}`)] : []),
    ...(isPartly && hasShares(g) ? [shareEntry(view)] : []),
    ...(view.over && result.params.truncation !== "full" ? [outlineEntry(view, words("legend.exact"))] : []),
  ];
}

/** @param {View} view */
export function forwardEntry({ words, colors }) {
  const word = words("legend.forward");
  return svg(40 + wide(word), word, [
    node("path", { d: arrow(0, MIDDLE, 30, MIDDLE, 3.4), fill: colors.forward }),
    caption(38, BASE, word, colors.muted),
  ]);
}

/** @param {View} view @param {boolean} [isBar] */
export function lossEntry({ words, colors }, isBar = false) {
  const word = words("legend.loss");
  return svg(22 + wide(word), word, [
    node("path", { d: isBar ? rect(6, MIDDLE - 8, 8, 16) : disc(8, MIDDLE, 14), fill: colors.loss }),
    caption(22, BASE, word, colors.muted),
  ]);
}

/** Letters of guesses, wrong and right. @param {View} view */
function guessEntry({ words, colors }) {
  const [wrong, right] = [words("legend.wrong"), words("legend.right")], next = 14 + wide(wrong) + 12;
  return svg(next + 14 + wide(right), `${wrong}, ${right}`, [
    caption(0, BASE, "a", colors.loss, "start", TYPE, "700"),
    caption(14, BASE, wrong, colors.muted),
    caption(next, BASE, "a", colors.forward, "start", TYPE, "700"),
    node("path", { d: rect(next - 1, BASE + 2, 9, 2), fill: colors.forward }),
    caption(next + 14, BASE, right, colors.muted),
  ]);
}

/** @param {View} view @param {string} word */
function reachEntry({ colors }, word) {
  return svg(48 + wide(word), word, [
    node("path", {
      d: `M2,${MIDDLE - 1}L36,${MIDDLE - 3}L36,${MIDDLE + 3}L2,${MIDDLE + 1}Z`,
      fill: colors.backward,
    }),
    node("path", { d: rect(0, MIDDLE - 5, 2, 10), fill: colors.ink }),
    node("path", { d: disc(36, MIDDLE, 7), fill: colors.loss }),
    caption(46, BASE, word, colors.muted),
  ]);
}

/** @param {View} view */
function lostEntry({ words, colors }) {
  const word = words("legend.thrown"), lost = arrow(32, MIDDLE, 0, MIDDLE, 7);
  return svg(40 + wide(word), word, [
    node("path", { d: hatch(13, 32, MIDDLE, 7), fill: "none", stroke: colors.ghost, "stroke-width": "0.8" }),
    node("path", {
      d: lost,
      fill: "none",
      stroke: colors.ghost,
      "stroke-width": "1.2",
      "stroke-dasharray": "2 2",
    }),
    caption(40, BASE, word, colors.muted),
  ]);
}

/** @param {View} view */
function shareEntry({ words, colors }) {
  const word = words("legend.share"), example = "3/13";
  return svg(wide(example) + 10 + wide(word), word, [
    caption(0, BASE, example, colors.ink, "start", TYPE, "600"),
    caption(wide(example) + 6, BASE, word, colors.muted),
  ]);
}

/** @param {View} view @param {string} factor */
function factorEntry({ words, colors }, factor) {
  const word = words("legend.factor");
  return svg(wide(factor) + 8 + wide(word), word, [
    caption(0, BASE, factor, colors.backward, "start", TYPE, "700"),
    caption(wide(factor) + 8, BASE, word, colors.muted),
  ]);
}

/** @param {View} view @param {string} word */
function outlineEntry({ colors }, word) {
  return svg(44 + wide(word), word, [
    node("path", { d: arrow(36, MIDDLE, 0, MIDDLE, 4), fill: colors.backward }),
    node("path", {
      d: arrow(36, MIDDLE, 0, MIDDLE, 8),
      fill: "none",
      stroke: colors.ink,
      "stroke-opacity": "0.7",
    }),
    caption(42, BASE, word, colors.muted),
  ]);
}

/** @param {Result} result @param {View} view */
function gradientEntry(result, { words, colors, range: shared }) {
  const range = shared ?? gradientRange(result), word = words("legend.gradient");
  let left = 8 + wide(word);
  const shown = roundValues(range).map((value) => {
    const says = value < 10 ? compact(sci(value)) : formatNumber(value), x = left;
    left += 38 + wide(says) + 12;
    return [
      node("path", {
        d: arrow(x + 32, MIDDLE, x, MIDDLE, widthOf(position(value, range), WIDEST)),
        fill: colors.backward,
      }),
      caption(x + 38, BASE, says, colors.muted),
    ];
  });
  return svg(left - 8, words("legend.gradient_help"), [
    caption(0, BASE, word, colors.muted),
    ...shown.flat(),
  ]);
}

/** @param {View} view */
function gateEntry({ words, colors }) {
  const word = words("legend.gate");
  return svg(24 + wide(word), word, [
    node("path", { d: rect(0, MIDDLE - 8, 18, 16), fill: colors.panel }),
    node("path", {
      d: [6, 12, 8].map((high, i) => rect(2 + 5 * i, MIDDLE + 8 - high, 4, high)).join(""),
      fill: colors.muted,
    }),
    caption(24, BASE, word, colors.muted),
  ]);
}

/** @param {Result} result @param {View} view */
function activationEntry(result, { words, colors }) {
  const max = activationLimit(result), end = max === 1 ? "1" : sci(max);
  const isBeyond = result.forward.gates?.c?.some((row) => row.some((value) => Math.abs(value ?? 0) > max));
  const [least, most] = isBeyond ? ["≤ ", "≥ "] : ["", ""]; // c has no bound
  const [low, high] = [`${least}−${end}`, `${most}+${end}`], left = wide(low) + 6, bar = 74;
  return svg(left + bar + 6 + wide(high), words("legend.activation_help", { most: end }), [
    node("defs", {}, [
      node(
        "linearGradient",
        { id: "activations" },
        [0, 1, 2, 3, 4].map((i) =>
          node("stop", { offset: String(i / 4), "stop-color": colors[`activation${i}`] })
        ),
      ),
    ]),
    caption(0, BASE, low, colors.muted),
    node("rect", {
      x: String(left),
      y: String(MIDDLE - 6),
      width: String(bar),
      height: "12",
      rx: "2",
      fill: "url(#activations)",
    }),
    caption(left + bar + 6, BASE, high, colors.muted),
  ]);
}

/** @param {string} word */
export const wide = (word) => textWidth(word, TYPE);

/** @param {number} width @param {string} title @param {SVGElement[]} children */
export function svg(width, title, children) {
  const size = { width: String(width), height: String(HEIGHT), viewBox: `0 0 ${width} ${HEIGHT}` };
  return sized(node("svg", { ...size, role: "img", "aria-label": title }, children));
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} [anchor] @param {number} [size] @param {string} [weight] */
export function caption(x, y, words, fill, anchor = "start", size = TYPE, weight = "400") {
  const root = node("text", {
    x: String(x),
    y: String(y),
    fill,
    "text-anchor": anchor,
    "font-size": String(size),
    "font-weight": weight,
  });
  root.textContent = words;
  return root;
}

/** @param {string} tag @param {Record<string, string>} attributes @param {SVGElement[]} [children] */
export function node(tag, attributes, children = []) {
  const root = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  root.append(...children);
  return root;
}
