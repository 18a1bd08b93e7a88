// Line styles of the contestants: a color and a dash pattern for each, all different.

/** @typedef {{color: string, dash: number[], width: number}} LineStyle dash: lengths of line and gap, in px */

const COLORS = ["raceGrey", "raceViolet", "raceOrange", "raceBlue", "raceGreen"];
const DASHES = [[2, 2.5], [7, 3, 2, 3], [7, 4], [], [13, 4]];

/**
 * The same cell, scheme and length share a color; the dash then separates a carried state from a reset one.
 * @param {Pick<Contestant, "cell" | "scheme" | "k" | "k1">[]} contestants
 * @param {Record<string, string>} colors
 * @returns {LineStyle[]}
 */
export function lineStyles(contestants, colors) {
  /** @type {string[]} */
  const kinds = [];
  /** @type {Record<number, number>} */
  const used = {};
  return contestants.map(({ cell, scheme, k, k1 }) => {
    const kind = [cell, scheme, k, k1].join();
    if (!kinds.includes(kind)) kinds.push(kind);
    const place = kinds.indexOf(kind) % COLORS.length, again = used[place] ?? 0;
    used[place] = again + 1;
    const dash = DASHES[(place + 3 * again) % DASHES.length];
    return { color: colors[COLORS[place]], dash, width: again ? 1.8 : 2.6 };
  });
}

/** The dash pattern for Plotly. @param {LineStyle} stroke */
export function plotlyDash({ dash }) {
  return dash.length ? dash.map((length) => `${length}px`).join() : "solid";
}

/** The style of a trace: a line, or a dot while there is only one point. @param {number[]} x @param {LineStyle} stroke */
export function traceStyle(x, stroke) {
  const { color, width } = stroke;
  return x.length > 1
    ? { mode: "lines", line: { color, width, dash: plotlyDash(stroke) } }
    : { mode: "markers", marker: { color, size: 7 } };
}
