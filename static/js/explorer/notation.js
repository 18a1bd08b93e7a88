// Notations of the weights: each textbook's letters for the same matrices (Wx Wh Wy, U W V, …).

import { element } from "../lib/dom.js";
import { letter, scripted } from "../lib/mathml.js";
import { NOTATIONS } from "../page/hash.js";

/** @typedef {[letter: string, below?: string, above?: string]} Symbol a letter with its subscript and superscript */

/** @type {Record<string, Record<string, Symbol>>} */
const SYMBOLS = {
  wx: { Wx: ["W", "x"], Wh: ["W", "h"], b: ["b"], bh: ["b", "h"], Wy: ["W", "y"], by: ["b", "y"] },
  uvw: { Wx: ["U"], Wh: ["W"], b: ["b"], bh: ["b", "W"], Wy: ["V"], by: ["c"] },
  book: {
    Wx: ["W", "X", "(1)"],
    Wh: ["W", "H", "(1)"],
    b: ["b", "", "(1)"],
    bh: ["b", "H", "(1)"],
    Wy: ["W", "", "(2)"],
    by: ["b", "", "(2)"],
  },
  wo: { Wx: ["W", "x"], Wh: ["W", "h"], b: ["b", "h"], bh: ["b", "hh"], Wy: ["W", "o"], by: ["b", "o"] },
  pair: { Wx: ["W", "xh"], Wh: ["W", "hh"], b: ["b", "h"], bh: ["b", "hh"], Wy: ["W", "hy"], by: ["b", "y"] },
};
const RAISED = /** @type {Record<string, string>} */ ({ "(1)": "⁽¹⁾", "(2)": "⁽²⁾" });

/**
 * A weight in a formula; `d` gives its gradient, `transposed` adds ⊤.
 * @param {string} name @param {string} notation
 * @param {{d?: boolean, transposed?: boolean, gate?: string}} [how]
 * @returns {Formula}
 */
export function weight(name, notation, { d = false, transposed = false, gate = "" } = {}) {
  const [base, below = "", above = ""] = SYMBOLS[notation][name];
  const lower = below + (below && gate ? "," : "") + gate, upper = above + (transposed ? "⊤" : "");
  return scripted(letter(d ? `d${base}` : base), lower && letter(lower), upper && ["mtext", upper]);
}

/**
 * A weight's name in a line of text.
 * @param {string} name @param {string} notation
 * @returns {HTMLElement}
 */
export function nameOf(name, notation) {
  const [base, below = "", above = ""] = SYMBOLS[notation][name];
  return element(
    "span",
    { class: "math" },
    base,
    ...(below ? [element("sub", {}, below)] : []),
    ...(above ? [element("sup", {}, above)] : []),
  );
}

/** A weight's name as plain text. @param {string} name @param {string} notation */
export function plainName(name, notation) {
  const [base, below = "", above = ""] = SYMBOLS[notation][name];
  return base + (below && `_${below}`) + (RAISED[above] ?? "");
}

/** Every weight's name, for sentences. @param {string} notation */
export function plainNames(notation) {
  return Object.fromEntries(
    Object.keys(SYMBOLS[notation]).map((name) => [name, plainName(name, notation)]),
  );
}

/**
 * The switch between the notations; each is shown by its three matrices.
 * @param {Pick<View, "notation" | "words">} view
 */
export function notationSwitch({ notation, words }) {
  const buttons = NOTATIONS.map((choice, i) =>
    element("button", {
      type: "button",
      "aria-pressed": String(choice === notation),
      "data-look": `notation=${i ? choice : ""}`,
      title: ["Wx", "Wh", "Wy"].map((name) => plainName(name, choice)).join(", "),
      "aria-label": ["Wx", "Wh", "Wy"].map((name) => plainName(name, choice)).join(", "),
    }, nameOf("Wy", choice))
  );
  return element(
    "div",
    { class: "segments", role: "group", "aria-label": words("notation.label") },
    ...buttons,
  );
}
