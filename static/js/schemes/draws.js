// Many draws of the randomized truncation: how far each is off, and how far their mean.

import { element, rich } from "../dom.js";
import { percent } from "../format.js";
import { svg } from "../svg.js";

const HEIGHT = 74, LEFT = 8, RIGHT = 12, DOT = 2.6, ROW = 26, TOP = 14;

/** @param {Result} result @param {View} view */
export function spread({ draws, params, schemes }, view) {
  const { words, width, gutter, phone } = view;
  if (!draws) return element("div");
  const room = Math.min(phone ? width + gutter - 24 : 760, width + gutter - 40);
  const kinds = /** @type {const} */ (["unbiased", "biased"]);
  const most = Math.max(0.01, ...kinds.flatMap((kind) => draws[kind].relative_error.map(Number))) * 1.02;
  const means = Object.fromEntries(kinds.map((kind) => [kind, percent(draws[kind].mean.relative_error)]));
  const text = words(better(draws) ? "schemes.draws_unbiased" : "schemes.draws_close", {
    n: draws.n,
    seed: params.cut_seed,
    own: percent(schemes.randomized.relative_error),
    ...means,
  });
  return element(
    "figure",
    { class: "draws" },
    element("figcaption", {}, ...rich(text)),
    ...kinds.map((kind) =>
      element(
        "div",
        { class: "kind" },
        element("span", {}, words(`schemes.${kind}`)),
        dots(draws[kind], most, room - 170, view, kind),
      )
    ),
  );
}

/** Whether the mean of the weighted draws is nearer to the exact gradient. @param {NonNullable<Result["draws"]>} draws */
function better({ unbiased, biased }) {
  return Number(unbiased.mean.relative_error) < Number(biased.mean.relative_error);
}

/**
 * A dot for every draw by its relative error, stacked; a line for the error of the mean.
 * @param {NonNullable<Result["draws"]>["unbiased"]} draws @param {number} most @param {number} room @param {View} view @param {string} kind
 */
function dots({ relative_error: errors, mean }, most, room, { colors, words }, kind) {
  const long = room - LEFT - RIGHT, x = (/** @type {number} */ error) => LEFT + long * error / most;
  /** @type {Map<number, number>} */
  const stacked = new Map(),
    floor = TOP + ROW + 16,
    drawing = svg("svg", { width: room, height: HEIGHT, role: "img" });
  drawing.setAttribute(
    "aria-label",
    `${words(`schemes.${kind}`)}: ${words("schemes.mean_error")} ${percent(mean.relative_error)}`,
  );
  let d = "";
  for (const error of errors) {
    if (error === null) continue;
    const slot = Math.round(x(error) / (2 * DOT)), up = stacked.get(slot) ?? 0;
    stacked.set(slot, up + 1);
    const cx = 2 * DOT * slot, cy = floor - DOT - Math.min(up, 16) * 2.6;
    d += `M${cx - DOT},${cy}a${DOT},${DOT} 0 1 0 ${2 * DOT},0a${DOT},${DOT} 0 1 0 ${-2 * DOT},0`;
  }
  drawing.append(
    svg("line", { x1: LEFT, x2: room - RIGHT, y1: floor, y2: floor, stroke: colors.line }),
    svg("path", { d: d || "M0,0", fill: colors.backward, opacity: 0.55 }),
  );
  for (const share of [0, 0.5, 1]) {
    const anchor = share === 1 ? "end" : share ? "middle" : "start";
    const label = svg("text", {
      x: LEFT + share * long,
      y: HEIGHT - 3,
      "text-anchor": anchor,
      fill: colors.muted,
      "font-size": 13,
    });
    label.append(percent(share * most));
    drawing.append(label);
  }
  if (mean.relative_error !== null) {
    const at = x(Math.min(most, mean.relative_error));
    const label = svg("text", { x: at + 6, y: TOP, fill: colors.ink, "font-size": 14, "font-weight": 700 });
    if (at > room / 2) label.setAttribute("text-anchor", "end"), label.setAttribute("x", String(at - 6));
    label.append(`${words("schemes.mean")} ${percent(mean.relative_error)}`);
    drawing.append(
      svg("line", { x1: at, x2: at, y1: 2, y2: floor, stroke: colors.ink, "stroke-width": 2.4 }),
      label,
    );
  }
  return drawing;
}
