// Overview strip of a long sequence: losses, gradients with and without cuts, and the cuts, with a slider for the visible
// range. The range is the handle of a native slider, so pointer, keyboard and screen readers can all move it.

import { inSight } from "../plot/columns.js";
import { byId, element } from "../lib/dom.js";
import { logsOf } from "../lib/log-scale.js";
import { geometry } from "../plot/geometry.js";
import { rect } from "../plot/paths.js";
import { position } from "../plot/scale.js";
import { svg } from "../lib/svg.js";
import { marksIn } from "./unrolled/selectors.js";
import { words } from "../lib/words.js";
import { HEIGHT, isShown } from "./overview-room.js";
import { inUnits, unit } from "../lib/unit.js";

const ROWS = /** @type {const} */ ({ losses: [8, 36], gradients: [42, 67] });
const FOOT = 70; // px: where cuts and handle end, above the numbers of steps
const NUMBERS = 86; // px to their baseline
const HANDLE_AT_LEAST = 28; // px
const ROOM_FOR_CUT = 3, ROOM_FOR_LINE = 20; // px between cuts, and between those that are lines over all of the strip
const NOTCH = 5; // px of a cut that is not
const ROOM_FOR_BAR = 3; // px of a column whose bars stand apart
const EVERY = [10, 20, 40, 100, 200], MOST_NUMBERS = 5, ROOM_FOR_NUMBER = 44; // steps between numbers, how many, and px of one

/**
 * The strip as paths, in a box of this width.
 * @param {Result} result @param {number} width
 */
export function lines({ tokens, forward, full, truncated, blocks }, width) {
  const T = tokens.length, c = width / T, range = decadesOf(full.dh_norm), gap = c > ROOM_FOR_BAR ? 1 : 0;
  const max = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1,
    starts = new Set(blocks.map(({ start }) => start));
  const [head, foot] = ROWS.losses, [top, bottom] = ROWS.gradients;
  const bars = forward.loss.map((loss, t) => {
    const high = (foot - head) * ((loss ?? 0) / max);
    return high > 0 ? rect(c * t + gap / 2, foot - high, c - gap, high) : "";
  });
  /** @param {Row} sizes @param {boolean} isCut a gradient that does not cross the cuts */
  const curve = (sizes, isCut) =>
    sizes.map((size, t) => {
      if (!size) return "";
      const y = bottom - (bottom - top) * position(size, range),
        goesOn = sizes[t - 1] && !(isCut && starts.has(t));
      return `${goesOn ? "L" : "M"}${(c * (t + 0.5)).toFixed(1)},${y.toFixed(1)}${goesOn ? "" : "h0.01"}`;
    }).join("");
  const cuts = blocks.length * ROOM_FOR_CUT < width ? blocks.slice(1) : [];
  const from = blocks.length * ROOM_FOR_LINE < width ? 0 : FOOT - NOTCH;
  return {
    losses: bars.join(""),
    exact: curve(full.dh_norm, false),
    truncated: curve(truncated.dh_norm, true),
    cuts: cuts.map(({ start }) => `M${(c * start).toFixed(1)},${from}V${FOOT}`).join(""),
  };
}

/**
 * The steps whose numbers stand under the strip: round ones, and the last.
 * @param {number} T @param {number} width px
 */
export function numbered(T, width) {
  const most = Math.min(MOST_NUMBERS, Math.floor(width / ROOM_FOR_NUMBER));
  const every = EVERY.find((steps) => T <= most * steps) ?? T, room = ROOM_FOR_NUMBER * T / width;
  const round = Array.from({ length: Math.ceil(T / every) }, (_, i) => i * every);
  return [...round.filter((t) => t === 0 || T - 1 - t >= room), T - 1];
}

/** The decades that the exact gradients span, at least one and at most eight. @param {Row} sizes */
function decadesOf(sizes) {
  const logs = logsOf(sizes);
  const high = Math.max(...logs, -300), min = Math.min(...logs, high);
  return { low: Math.max(high - 8, Math.min(high - 1, min)), high };
}

/**
 * Draw the strip, where not everything is in sight at once or nearly so.
 * @param {Result} result @param {View} view
 */
export function show(result, view) {
  const T = result.tokens.length, { colors, width } = view;
  byId("overview-lines").replaceChildren();
  byId("overview-words").replaceChildren();
  if (!isShown(result) || marksIn(view.veil).length) return; // it shows every number there is
  const { losses, exact, truncated, cuts } = lines(result, width);
  const line = { fill: "none", "stroke-linejoin": "round" };
  const numbers = numbered(T, width).map((t) =>
    svg("text", {
      ...{ x: width * (t + 0.5) / T, y: NUMBERS, fill: colors.muted, "font-size": 13 },
      "text-anchor": t === 0 ? "start" : t === T - 1 ? "end" : "middle",
    }, String(t))
  );
  byId("overview-lines").replaceChildren(svg(
    "svg",
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    svg("path", { d: losses, fill: colors.loss }),
    svg("path", { d: truncated, ...line, stroke: colors.backward, "stroke-width": 2.6 }),
    svg("path", { d: exact, ...line, stroke: colors.ink, "stroke-width": 1 }),
    svg("path", { d: cuts, stroke: colors.ink, "stroke-width": 1.3, "stroke-dasharray": "4 4" }),
    ...numbers,
  ));
  const word = (/** @type {string} */ name, /** @type {readonly [number, number]} */ [top, foot]) => {
    const written = element("div", { class: name }, words(`legend.${name}`));
    written.style.top = inUnits((top + foot) / 2);
    return written;
  };
  byId("overview-words").replaceChildren(word("loss", ROWS.losses), word("gradient", ROWS.gradients));
}

/**
 * Put the handle where the picture is scrolled to, and the mark at the step that is looked at.
 * @param {Result} result @param {View} view
 */
export function follow(result, view) {
  if (!isShown(result)) return;
  const T = result.tokens.length, handle = /** @type {HTMLInputElement} */ (byId("overview-handle"));
  const left = byId("scroll").scrollLeft / unit(), { c, cx } = geometry(T, { ...view, columns: undefined });
  const { start, stop } = inSight(T, { c, cx }, { left, width: view.width });
  const visibleSteps = Math.min(T, view.width / c);
  handle.hidden = false;
  handle.max = String(T - visibleSteps);
  handle.value = String(Math.round(left / c));
  handle.style.setProperty("--handle", inUnits(Math.max(HANDLE_AT_LEAST, view.width * visibleSteps / T)));
  handle.setAttribute("aria-valuetext", words("overview.sight", { start, last: stop - 1, end: T - 1 }));
  const step = byId("overview-step"), at = `translateX(${inUnits(view.width * (view.t + 0.5) / T)})`;
  step.hidden = !view.isSelected;
  if (step.style.transform !== at) step.style.transform = at;
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
      : Number(handle.value) * c * unit();
  });
}
