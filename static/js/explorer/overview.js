// Overview strip of a long sequence: losses, states, gradients and cuts, with a slider for the visible range.
// The range is the handle of a native slider, so pointer, keyboard and screen readers can all move it.

import { inSight, WHOLE_UP_TO } from "../plot/columns.js";
import { byId, element } from "../lib/dom.js";
import { geometry } from "../plot/geometry.js";
import { rect } from "../plot/paths.js";
import { position } from "../plot/scale.js";
import { svg } from "../lib/svg.js";
import { mixed } from "./unrolled/activation.js";
import { marksIn } from "./unrolled/selectors.js";
import { activationLimit } from "./unrolled/traces.js";
import { words } from "../lib/words.js";

export const HEIGHT = 58; // px
const ROWS = { losses: [1, 13], states: [16, 36], gradients: [39, 57] };
const HANDLE_AT_LEAST = 28; // px
const ROOM_FOR_CUT = 3; // px between cuts
const SHADES = 64; // of the color scale

/** @param {{tokens: unknown[]}} result */
export function isShown({ tokens }) {
  return tokens.length > WHOLE_UP_TO;
}

/**
 * The strip as paths, in a box of this width.
 * @param {Result} result @param {number} width
 */
export function lines({ tokens, forward, full, truncated, blocks }, width) {
  const T = tokens.length, c = width / T, range = decadesOf(full.dh_norm);
  const max = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1;
  /** @param {[number, number]} row @param {number[]} parts 0 … 1 @returns {string} bars from the row's foot */
  const bars = ([top, foot], parts) =>
    parts.map((part, t) => (part > 0 ? rect(c * t, foot - part * (foot - top), c, part * (foot - top)) : ""))
      .join("");
  /** @param {Row} sizes */
  const places = (sizes) => sizes.map((size) => (size ? 0.1 + 0.9 * position(size, range) : 0));
  const [losses, gradients] = /** @type {[number, number][]} */ ([ROWS.losses, ROWS.gradients]);
  const cuts = blocks.length * ROOM_FOR_CUT < width ? blocks.slice(1) : [];
  return {
    losses: bars(losses, forward.loss.map((loss) => (loss ?? 0) / max)),
    exact: bars(gradients, places(full.dh_norm)),
    truncated: bars(gradients, places(truncated.dh_norm)),
    cuts: cuts.map(({ start }) => `M${(c * start).toFixed(1)},0V${HEIGHT}`).join(""),
  };
}

/** The decades that the exact gradients span, at least one and at most eight. @param {Row} sizes */
function decadesOf(sizes) {
  const logs = sizes.flatMap((size) => (size ? [Math.log10(size)] : []));
  const high = Math.max(...logs, -300), min = Math.min(...logs, high);
  return { low: Math.max(high - 8, Math.min(high - 1, min)), high };
}

/**
 * The states as pixels, one column a step and one row a unit: red, green, blue, opacity.
 * @param {Result} result @param {Record<string, string>} colors
 */
export function pixels({ forward, params }, colors) {
  const h = forward.h, T = h.length, H = h[0].length, max = activationLimit({ forward, params });
  const shades = Array.from({ length: SHADES }, (_, i) => [...mixed(2 * i / (SHADES - 1) - 1, colors), 255]);
  const data = new Uint8ClampedArray(4 * T * H);
  h.forEach((row, t) =>
    row.forEach((value, unit) => {
      if (value === null) return;
      const at = Math.round((SHADES - 1) * (Math.min(1, Math.max(-1, value / max)) + 1) / 2);
      data.set(shades[at], 4 * (unit * T + t));
    })
  );
  return { data, width: T, height: H };
}

/**
 * Draw the strip, or hide it where everything is in sight at once or nearly so.
 * @param {Result} result @param {View} view
 */
export function show(result, view) {
  const isVisible = isShown(result), T = result.tokens.length, { colors } = view;
  byId("overview").hidden = !isVisible;
  byId("overview-lines").replaceChildren();
  if (!isVisible || marksIn(view.veil).length) return; // it shows every number there is
  const { data, width, height } = pixels(result, colors);
  const canvas = /** @type {HTMLCanvasElement} */ (byId("overview-states"));
  canvas.width = width;
  canvas.height = height;
  canvas.style.top = `${ROWS.states[0]}px`;
  canvas.style.height = `${ROWS.states[1] - ROWS.states[0]}px`;
  canvas.classList.toggle("crisp", T < view.width);
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  const { losses, exact, truncated, cuts } = lines(result, view.width);
  byId("overview-lines").replaceChildren(svg(
    "svg",
    { width: view.width, height: HEIGHT },
    svg("path", { d: losses, fill: colors.loss, "fill-opacity": 0.7 }),
    svg("path", { d: exact, fill: colors.ghost, "fill-opacity": 0.6 }),
    svg("path", { d: truncated, fill: colors.backward }),
    svg("path", { d: cuts, stroke: colors.ghost, "stroke-width": 1, "stroke-dasharray": "3 3" }),
  ));
  byId("overview-word").replaceChildren(element("div", {}, words("overview.all", { T })));
}

/**
 * Put the handle where the picture is scrolled to, and the mark at the step that is looked at.
 * @param {Result} result @param {View} view
 */
export function follow(result, view) {
  if (!isShown(result)) return;
  const T = result.tokens.length, handle = /** @type {HTMLInputElement} */ (byId("overview-handle"));
  const left = byId("scroll").scrollLeft, { c, cx } = geometry(T, { ...view, columns: undefined });
  const { start, stop } = inSight(T, { c, cx }, { left, width: view.width });
  const visibleSteps = Math.min(T, view.width / c);
  handle.max = String(T - visibleSteps);
  handle.value = String(Math.round(left / c));
  handle.style.setProperty("--handle", `${Math.max(HANDLE_AT_LEAST, view.width * visibleSteps / T)}px`);
  handle.setAttribute("aria-valuetext", words("overview.sight", { start, last: stop - 1, end: T - 1 }));
  byId("overview-step").hidden = !view.isSelected;
  byId("overview-step").style.transform = `translateX(${view.width * (view.t + 0.5) / T}px)`;
}

/** @param {() => {result: Result, view: View} | null} picture */
export function listen(picture) {
  const handle = /** @type {HTMLInputElement} */ (byId("overview-handle"));
  handle.addEventListener("input", () => {
    const current = picture();
    if (!current) return;
    const { c } = geometry(current.result.tokens.length, { ...current.view, columns: undefined });
    byId("scroll").scrollLeft = Number(handle.value) > Number(handle.max) - 1
      ? 1e9
      : Number(handle.value) * c;
  });
}
