// Buttons below the graph: fold the network into a loop, and light every use of a weight.

import { element, rich } from "../lib/dom.js";
import { svg } from "../lib/svg.js";

export const WIRES = /** @type {const} */ (["Wx", "Wh", "Wy"]);
export const NAMES = { Wx: "W_x", Wh: "W_h", Wy: "W_y" };
export const GLYPHS = { Wx: "Wₓ", Wh: "Wₕ", Wy: "Wᵧ" };

/**
 * The toggle between loop and unrolled graph, and the three weights, beside the legend.
 * @param {View} view
 * @returns {Node[]}
 */
export function switches({ words, fold, wire }) {
  return [
    element(
      "button",
      {
        ...{
          type: "button",
          id: "fold",
          "aria-pressed": String(fold),
          "data-look": fold ? "fold=" : "fold=1",
        },
        title: words(fold ? "switches.unfold" : "switches.fold"),
      },
      svg(
        "svg",
        { viewBox: "0 0 20 20", "aria-hidden": "true" },
        svg("path", {
          ...{
            d: "M4 10a6 6 0 1 1 2 4.5M3 16l3-1.6 1.6 3",
            fill: "none",
            stroke: "currentColor",
            "stroke-width": 2,
          },
        }),
      ),
      " ",
      element("span", {}, words(fold ? "switches.unfold" : "switches.fold")),
    ),
    ...WIRES.map((name) =>
      element("button", {
        ...{ type: "button", class: "wire-chip", "aria-pressed": String(wire === name) },
        "aria-label": words("switches.light", { name: NAMES[name] }),
        title: words("switches.light", { name: GLYPHS[name] }),
        "data-look": wire === name ? "wire=" : `wire=${name}`,
      }, ...rich(NAMES[name]))
    ),
  ];
}
