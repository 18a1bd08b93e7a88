// Truncation schemes panel: all schemes with the same settings, what each keeps and how far its gradient
// turns.

import { plainNames } from "../notation.js";
import { element, rich } from "../../lib/dom.js";
import { percent, round } from "../../lib/format.js";
import { arrow } from "../../plot/paths.js";
import { closestSchemes } from "../closest-scheme.js";
import { spread } from "./schemes/draws.js";
import { settings } from "./schemes/settings.js";
import { svg } from "../../lib/svg.js";

export const name = "schemes";
export const whole = true;

/** @type {(keyof View)[]} */
export const follows = ["notation"];

const TRIANGLE = 86, ARROW = 70, LONGEST = 1.15;

/** @param {Result} result @param {View} view */
export function caption({ schemes, params }, { words, notation }) {
  const told = [words("schemes.caption", plainNames(notation)), closestText(schemes, params, words)];
  return rich(told.filter(Boolean).join(" "));
}

/**
 * Which scheme that cuts comes closest to the exact gradient, or which ones do; empty if none can be compared.
 * @param {Result["schemes"]} schemes
 * @param {Result["params"]} params
 * @param {Words} words
 */
export function closestText(schemes, params, words) {
  const { names: closest, error: least } = closestSchemes(schemes);
  if (!closest.length) return "";
  const scheme = closest.map((name) => words(`schemes.names.${name}`)).join(", ");
  if (least === 0) return words("schemes.exact", { scheme });
  const isChosen = closest.includes(String(params.truncation)), error = percent(least);
  if (closest.length > 1) return words(isChosen ? "schemes.ties_here" : "schemes.ties", { scheme, error });
  const steps = schemes[closest[0]].backward_steps;
  return words(isChosen ? "schemes.closest_here" : "schemes.closest", { scheme, error, steps });
}

/** @param {Result} result @param {View} view @returns {HTMLElement} */
export function render(result, view) {
  const names = ["full", ...Object.keys(result.schemes).filter((name) => name !== "full")];
  const cards = names.map((name) => card(name, result, view));
  return element(
    "div",
    {},
    element("div", { class: "schemes" }, ...cards),
    ...(result.draws ? [spread(result, view)] : []),
  );
}

/** @param {string} name @param {Result} result @param {View} view */
function card(name, { schemes, params, tokens }, view) {
  const { words } = view, scheme = schemes[name], chosen = name === params.truncation;
  const facts = [
    ["cells_kept", String(scheme.cells_kept)],
    ["cosine", round(scheme.cosine, 3, scheme.relative_error === 0)],
    ["relative_error", percent(scheme.relative_error)],
    ["cached_steps", String(scheme.cached_steps)],
    ["backward_steps", String(scheme.backward_steps)],
  ];
  return element(
    "button",
    {
      type: "button",
      id: `scheme-${name}`,
      class: chosen ? "scheme chosen" : "scheme",
      "aria-pressed": String(chosen),
      "data-change": `truncation=${name}`,
    },
    element("b", {}, words(`schemes.names.${name}`), " ", element("small", {}, settings(name, params))),
    element(
      "span",
      { class: "glyphs", "aria-hidden": "true" },
      triangle(scheme.reach, tokens.length, view),
      angle(scheme, view),
    ),
    element(
      "span",
      { class: "facts" },
      ...facts.flatMap((
        [key, value],
      ) => [element("span", {}, words(`schemes.${key}`)), element("b", {}, value)]),
    ),
  );
}

/**
 * The table of kept pairs in small: a row of cells for each loss, those that it reaches colored.
 * @param {(number | null)[]} reach @param {number} T @param {View} view
 */
function triangle(reach, T, { colors }) {
  const cell = TRIANGLE / T, gap = cell > 3 ? 0.5 : 0;
  let kept = "", thrown = "";
  reach.forEach((from, s) => {
    if (from === null) return;
    const y = (s * cell).toFixed(2), height = (cell - gap).toFixed(2);
    /** @param {number} start @param {number} stop */
    const run = (start, stop) =>
      `M${(start * cell).toFixed(2)},${y}h${((stop - start) * cell - gap).toFixed(2)}v${height}H${
        (start * cell).toFixed(2)
      }Z`;
    kept += run(from, s + 1);
    if (from) thrown += run(0, from);
  });
  return svg(
    "svg",
    { class: "triangle" },
    svg("path", { d: thrown || "M0,0", fill: colors.ghost, opacity: 0.5 }),
    svg("path", { d: kept || "M0,0", fill: colors.backward }),
  );
}

/**
 * The exact gradient as an arrow of length 1, the truncated one at its angle and with its length.
 * @param {Result["schemes"][string]} scheme @param {View} view
 */
function angle({ cosine, norm_ratio: ratio }, { colors }) {
  const drawing = svg("svg", { class: "angle" });
  const left = 6, y = TRIANGLE - 12;
  drawing.append(svg("path", { d: arrow(left, y, left + ARROW, y, 3), fill: colors.ink, opacity: 0.55 }));
  if (cosine === null || ratio === null) return drawing;
  const turned = Math.acos(Math.min(1, Math.max(-1, cosine))), long = Math.min(LONGEST, ratio) * ARROW;
  const tip = { x: left + long * Math.cos(turned), y: y - long * Math.sin(turned) }, r = 0.45 * ARROW;
  drawing.append(svg("path", { d: arrow(left, y, tip.x, tip.y, 4.5), fill: colors.backward }));
  if (turned < 0.02) return drawing;
  const degrees = svg("text", {
    ...(turned < 1 ? { x: 4 } : { x: 96, "text-anchor": "end" }), // beside the arrow, not under it
    ...{ y: 17, class: "degrees", fill: colors.ink },
  });
  degrees.append(`${Math.round(turned * 180 / Math.PI)}°`);
  const arc = `M${left + r},${y}A${r},${r} 0 0 0 ${left + r * Math.cos(turned)},${y - r * Math.sin(turned)}`;
  drawing.append(svg("path", { d: arc, fill: "none", stroke: colors.ink, "stroke-width": 1.3 }), degrees);
  return drawing;
}
