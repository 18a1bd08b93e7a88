// Legend of the unrolled graph: forward arrows, gradients by width, cuts, and the activation color scale.

import { textWidth } from "../plot/figure.js";
import { decade, sci } from "../lib/format.js";
import { arrow, cross, rect } from "../plot/paths.js";
import { bucketOf, decades, gradientRange, opacityOf, position, widthOf } from "../plot/scale.js";
import { edgeState } from "./unrolled/backward.js";
import { activationLimit } from "./unrolled/traces.js";

const WIDEST = 11, HEIGHT = 34, MIDDLE = 13, TYPE = 13.5;

/**
 * @param {Result} result
 * @param {View} view
 * @returns {SVGElement[]}
 */
export function legend(result, view) {
  const edges = new Set(result.tokens.slice(1).map((_, i) => edgeState(result, i + 1)));
  return [
    forwardEntry(view),
    gradientEntry(result, view),
    ...(edges.has("cut") ? [cutEntry(view)] : []),
    ...(edges.has("partly") ? [outlineEntry(view, view.words("legend.partly"))] : []),
    ...(view.over && result.params.truncation !== "full"
      ? [outlineEntry(view, view.words("legend.exact"))]
      : []),
    activationEntry(result, view),
  ];
}

/** @param {View} view */
function forwardEntry({ words, colors }) {
  const word = words("legend.forward");
  return svg(44 + wide(word), word, [
    node("path", { d: arrow(0, MIDDLE, 34, MIDDLE, 2.6), fill: colors.forward }),
    caption(42, 18, word, colors.muted),
  ]);
}

/** @param {View} view */
function cutEntry({ words, colors }) {
  const word = words("legend.cut"), stub = cross(8, MIDDLE, 6.5, 1.8) + rect(17, MIDDLE - 0.8, 13, 1.6);
  return svg(36 + wide(word), word, [
    node("path", { d: stub, fill: colors.backward }),
    caption(35, 18, word, colors.muted),
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
    caption(42, 18, word, colors.muted),
  ]);
}

/** @param {Result} result @param {View} view */
function gradientEntry(result, { words, colors, range: shared }) {
  const range = shared ?? gradientRange(result), exponents = decades(range), word = words("legend.gradient");
  const left = 8 + wide(word);
  return svg(left + 44 * exponents.length - 8, words("legend.gradient_help"), [
    caption(0, 18, word, colors.muted),
    ...exponents.flatMap((exponent, i) => {
      const at = position(10 ** exponent, range), x = left + 44 * i;
      return [
        node("path", {
          d: arrow(x + 34, MIDDLE, x, MIDDLE, widthOf(at, WIDEST)),
          fill: colors.backward,
          "fill-opacity": String(opacityOf(bucketOf(at))),
        }),
        caption(x + 17, 33, decade(exponent), colors.muted, "middle", 12),
      ];
    }),
  ]);
}

/** @param {Result} result @param {View} view */
function activationEntry(result, { words, colors }) {
  const word = words("legend.activation"), max = activationLimit(result), left = 8 + wide(word);
  const end = max === 1 ? "1" : sci(max), bar = Math.max(84, 18 * (end.length + 1));
  return svg(left + bar + 14, words("legend.activation_help", { most: end }), [
    node("defs", {}, [
      node(
        "linearGradient",
        { id: "activations" },
        [0, 1, 2, 3, 4].map((i) =>
          node("stop", { offset: String(i / 4), "stop-color": colors[`activation${i}`] })
        ),
      ),
    ]),
    caption(0, 18, word, colors.muted),
    node("rect", {
      x: String(left),
      y: "6",
      width: String(bar),
      height: "13",
      rx: "3",
      fill: "url(#activations)",
      stroke: colors.line,
    }),
    caption(left, 33, `−${end}`, colors.muted, "start", 12),
    caption(left + bar / 2, 33, "0", colors.muted, "middle", 12),
    caption(left + bar, 33, `+${end}`, colors.muted, "end", 12),
  ]);
}

/** @param {string} word */
const wide = (word) => textWidth(word, TYPE);

/** @param {number} width @param {string} title @param {SVGElement[]} children */
function svg(width, title, children) {
  const size = { width: String(width), height: String(HEIGHT), viewBox: `0 0 ${width} ${HEIGHT}` };
  return node("svg", { ...size, role: "img", "aria-label": title }, children);
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} [anchor] @param {number} [size] */
function caption(x, y, words, fill, anchor = "start", size = TYPE) {
  const root = node("text", {
    x: String(x),
    y: String(y),
    fill,
    "text-anchor": anchor,
    "font-size": String(size),
  });
  root.textContent = words;
  return root;
}

/** @param {string} tag @param {Record<string, string>} attributes @param {SVGElement[]} [children] */
function node(tag, attributes, children = []) {
  const root = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  root.append(...children);
  return root;
}
