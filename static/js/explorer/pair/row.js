// Row under the credit matrix: the chosen loss and step, controls to choose others, and the Jacobian product
// between them.

import { pairOf, pairPath } from "../credit/selection.js";
import { creditTable } from "../credit/table.js";
import { element, parts } from "../../lib/dom.js";
import { sci, subscript } from "../../lib/format.js";
import { PARAMETERS } from "../hash.js";
import { productCurve } from "./curve.js";
import { productFacts, termFacts } from "./facts.js";
import { smallMatrix } from "./matrix.js";
import { lastLoss } from "../losses.js";

const ALL_SHOWN = 12; // factors: above that the middle ones are left out
const NAME = { Wh: "Wₕ", Wx: "Wₓ", b: "b", Wy: "Wᵧ", x: "xₜ" };

/**
 * @param {Result} result
 * @param {View} view
 */
export function row(result, view) {
  const { pair, words } = view, last = result.tokens.length - 1;
  if (!pair) {
    const s = lastLoss(result);
    const pick = button(words("pair.choose", { cell: cellName({ s, t: 0 }) }), `s=${s}&t=0`);
    return element("div", { class: "pair" }, element("p", { class: "hint" }, words("pair.hint"), " ", pick));
  }
  const { pool, has } = creditTable(result), answer = pairOf(view), path = pairPath(view);
  const node = element("div", { class: "pair" }, chooser(pair, last, view));
  if (!has(Math.floor(pair.s / pool))) {
    node.append(sentence([{ text: words("pair.no_loss", { s: pair.s }) }]));
  } else if (answer) {
    node.append(sentence(termFacts(result, answer, view)), productPart({}, ...product(result, answer, view)));
  } else {
    node.classList.add("is-loading"); // keeps its height, so that nothing below jumps
    const none = path && view.answers[path] === null;
    node.append(sentence([{ text: words(none ? "pair.none" : "pair.coming") }]), productPart({ hidden: "" }));
  }
  return node;
}

/** @param {{s: number, t: number}} pair */
function cellName({ s, t }) {
  return `L${subscript(s)} → h${subscript(t)}`;
}

/** @param {Part[]} content */
function sentence(content) {
  return element("p", { class: "caption" }, ...parts(content));
}

/** A link can scroll to it (look=product). @param {Record<string, string>} look @param {...Node} children */
const productPart = (look, ...children) => element("div", { id: "product", ...look }, ...children);

/** @param {string} word @param {string} look @param {Record<string, string>} [more] */
function button(word, look, more = {}) {
  return element("button", { type: "button", "data-look": look, ...more }, word);
}

/**
 * Controls: loss, step, parameter, and clear.
 * @param {{s: number, t: number}} pair @param {number} last @param {View} view
 */
function chooser({ s, t }, last, { words, of }) {
  /** @param {string} sign @param {string} key @param {number} toS @param {number} toT @param {boolean} possible */
  const step = (sign, key, toS, toT, possible) =>
    button(sign, `s=${toS}&t=${Math.min(toS, toT)}`, {
      id: key.replace(".", "-"),
      "aria-label": words(key),
      title: words(key),
      ...(possible ? {} : { disabled: "" }),
    });
  return element(
    "div",
    { class: "chooser" },
    element("strong", { class: "cell" }, cellName({ s, t })),
    element(
      "span",
      { class: "steps", role: "group", "aria-label": words("pair.loss") },
      step("−", "pair.earlier_loss", s - 1, t, s > 0),
      element("span", {}, words("pair.loss")),
      step("+", "pair.later_loss", s + 1, t, s < last),
    ),
    element(
      "span",
      { class: "steps", role: "group", "aria-label": words("pair.step") },
      step("−", "pair.earlier_step", s, t - 1, t > 0),
      element("span", {}, words("pair.step")),
      step("+", "pair.later_step", s, t + 1, t < s),
    ),
    element(
      "span",
      { class: "choices", role: "group", "aria-label": words("pair.parameter") },
      element("span", {}, words("pair.parameter")),
      ...PARAMETERS.map((name) =>
        button(NAME[name], `of=${name === PARAMETERS[0] ? "" : name}`, {
          id: `pair-of-${name}`,
          "aria-pressed": String(of === name),
        })
      ),
    ),
    button(words("pair.clear"), "s=&of=", { class: "quiet clear" }),
  );
}

/** @param {Result} result @param {Pair} pair @param {View} view @returns {Node[]} */
function product(result, pair, view) {
  const line = sentence(productFacts(result, pair, view)), { words, phone, width, gutter } = view;
  const withMatrix = pair.factors.filter(({ matrix }) => matrix);
  if (!withMatrix.length) return [line];
  const size = pair.product.matrix.length, room = withMatrix.length > 7 ? 58 : 84;
  const cell = Math.max(1, Math.min(size <= 2 ? 44 : 16, Math.floor(room / size)));
  const entries = [...withMatrix.map(({ matrix }) => matrix), pair.product.matrix].flat(2);
  const largest = entries.reduce(
    (/** @type {number} */ far, value) => Math.max(far, Math.abs(value ?? 0)),
    1,
  );
  /** @param {Table} matrix @param {string} name @param {Num} sigma @param {string} [kind] */
  const matrixOf = (matrix, name, sigma, kind = "") =>
    element(
      "figure",
      { class: `factor ${kind}` },
      element("b", {}, name),
      smallMatrix(matrix, {
        cell,
        max: largest,
        name: words("pair.factor_help", { name, sigma: sci(sigma) }),
        colors: view.colors,
      }),
      element("figcaption", {}, `σ ${sci(sigma)}`),
    );
  const nodes = pair.factors.flatMap(({ step, matrix, sigma_max: sigma }, i) => {
    if (!matrix) {
      return pair.factors[i - 1]?.matrix
        ? [element("span", {}, "·"), element("span", { class: "omitted" }, "⋯")]
        : [];
    }
    return [...(i ? [element("span", {}, "·")] : []), matrixOf(matrix, `J${subscript(step)}`, sigma)];
  });
  const curve = Math.min(
    phone ? width + gutter - 24 : withMatrix.length > 7 ? 260 : 330,
    40 + 60 * Math.max(2, pair.norms.length),
  );
  return [
    line,
    element(
      "div",
      { class: "jacobians" },
      fraction(pair, result.credit_c ? "(h,c)" : "h"),
      element("span", {}, "="),
      ...nodes,
      element("span", {}, "="),
      matrixOf(pair.product.matrix, words("pair.product_name"), pair.product.sigma_max, "product"),
      element(
        "figure",
        { class: "curve" },
        element("figcaption", {}, words(pair.factors.length > ALL_SHOWN ? "pair.curve_all" : "pair.curve")),
        productCurve(pair, curve, view),
      ),
    ),
  ];
}

/** ∂h_s / ∂h_t @param {{s: number, t: number}} pair @param {string} carried what is carried from step to step */
function fraction({ s, t }, carried) {
  /** @param {string} tag @param {...(Node | string)} children */
  const math = (tag, ...children) => {
    const node = document.createElementNS("http://www.w3.org/1998/Math/MathML", tag);
    node.append(...children);
    return node;
  };
  const partial = (/** @type {number} */ step) =>
    math("mrow", math("mo", "∂"), math("msub", math("mi", carried), math("mn", String(step))));
  return math("math", math("mfrac", partial(s), partial(t)));
}
