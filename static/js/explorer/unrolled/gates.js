// Gates of an LSTM or a GRU in the unrolled graph: how open each unit of a gate is, as calm gray bars under the states.

import { SYMBOLS, text } from "../../plot/figure.js";
import { rect } from "../../plot/paths.js";
import { row } from "../../plot/windowed.js";

const APART = 4; // px between two gates
const LEAST = 2, SPACE = 1; // px of a bar and beside it, where there is room
const WIDEST = 14; // px of a bar
const BESIDE = 10; // px that the gates of narrow columns are apart at least
const ALONE = 0.6; // px of a bar where there is no room

/** @typedef {{gate: string, left: number, top: number, width: number, height: number}} Place of one gate at one step */

/**
 * Where the gates of a step are; none where they are not drawn.
 * @param {number} t @param {Geometry} g @param {number} H units @returns {Place[]}
 */
export function gatePlaces(t, { gates, cx, c, cell, output }, H) {
  if (!gates) return [];
  const { names, top, height, beside } = gates,
    n = names.length,
    all = n * H * (LEAST + SPACE) + (n - 1) * APART;
  const room = beside
    ? Math.min(output.width, Math.max(cell + 8, all))
    : Math.min(c - BESIDE, Math.max(cell + 6, H * (LEAST + SPACE)));
  const width = beside ? (room - (n - 1) * APART) / n : room, left = cx(t) - room / 2;
  const high = beside ? height : (height - (n - 1) * APART) / n;
  return names.map((gate, i) => ({
    gate,
    left: beside ? left + i * (width + APART) : left,
    top: beside ? top : top + i * (high + APART),
    width,
    height: high,
  }));
}

/**
 * The gates of these steps: what is behind their bars, and the bars.
 * @param {Result} result @param {Geometry} g @param {(t: number) => boolean} isOpen whether a step has come so far
 */
export function gateMarks(result, g, isOpen) {
  const paths = { backs: "", bars: "" }, H = result.forward.h[0].length;
  for (const t of g.gates ? g.steps.filter((t) => g.has("h", t)) : []) {
    for (const { gate, left, top, width, height } of gatePlaces(t, g, H)) {
      paths.backs += rect(left, top, width, height);
      if (g.veiled("h", t) || !isOpen(t)) continue;
      const pitch = width / H,
        bar = Math.max(ALONE, Math.min(WIDEST, pitch - Math.min(SPACE + 1, 0.3 * pitch)));
      row(result, result.forward.gates?.[gate], t)?.forEach((value, unit) => {
        const high = height * (value ?? 0);
        if (high > 0) {
          paths.bars += rect(left + pitch * (unit + 0.5) - bar / 2, top + height - high, bar, high);
        }
      });
    }
  }
  return paths;
}

/** The names of the gates under them, where they stand beside each other. @param {Result} result @param {View["colors"]} colors @param {Geometry} g */
export function gateNames(result, colors, g) {
  if (!g.gates?.beside) return [];
  const H = result.forward.h[0].length;
  const places = g.steps.filter((t) => g.has("h", t)).flatMap((t) => gatePlaces(t, g, H));
  return [text(
    places.map(({ left, width }) => left + width / 2),
    places.map(({ top, height }) => top + height + (g.isLarge ? 11 : 9)),
    places.map(({ gate }) => gate),
    { size: g.isLarge ? 20 : 15, color: colors.muted, family: SYMBOLS, weight: 400, style: "italic" },
  )];
}

/**
 * How far open a gate is on average over all steps that the result holds, or at one of them.
 * @param {Result} result @param {string} gate @param {number} [t]
 */
export function meanOf(result, gate, t) {
  const rows = result.forward.gates?.[gate] ?? [],
    shown = t === undefined ? rows : [row(result, rows, t) ?? []];
  const values = shown.flat().filter((value) => value !== null);
  return values.length ? values.reduce((sum, value) => sum + Number(value), 0) / values.length : null;
}
