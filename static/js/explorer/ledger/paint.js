// Color scales of the ledger's cells, with a readable text color on each shade.

const SHADES = 64;

/** @typedef {{fill: string, ink: string}} Shade */
/** @typedef {(scale: LedgerScale, value: number, max: number) => Shade} Painter */

/** @type {Record<LedgerScale, {stops: string[], place: (value: number) => number}>} */
const SCALES = {
  gradient: { stops: stops("gradient", 5), place: rooted },
  weights: { stops: stops("activation", 5), place: rooted },
  activation: { stops: stops("activation", 5), place: (value) => 0.5 + value / 2 },
  before: { stops: stops("activation", 5), place: rooted },
  thrown: { stops: ["ghost", "background", "ghost"], place: rooted },
  slope: { stops: stops("slope", 2), place: (value) => value },
};

/** The signed square root, so that small values stay visible. @param {number} value −1 … 1 */
function rooted(value) {
  return 0.5 + Math.sign(value) * Math.sqrt(Math.abs(value)) / 2;
}

/** @param {string} name @param {number} count */
function stops(name, count) {
  return Array.from({ length: count }, (_, i) => `${name}${i}`);
}

/** @param {Record<string, string>} colors @returns {Painter} */
export function painter(colors) {
  /** @type {Partial<Record<LedgerScale, Shade[]>>} */
  const palettes = {};
  return (scale, value, max) => {
    const { stops, place } = SCALES[scale];
    const palette = palettes[scale] ??= shades(stops.map((stop) => channels(colors[stop])));
    const at = place(Math.max(-1, Math.min(1, value / (max || 1))));
    return palette[Math.round((SHADES - 1) * Math.min(1, Math.max(0, at)))] ?? palette[SHADES >> 1];
  };
}

/** @param {number[][]} colors @returns {Shade[]} */
function shades(colors) {
  return Array.from({ length: SHADES }, (_, n) => {
    const at = n / (SHADES - 1) * (colors.length - 1), i = Math.min(colors.length - 2, Math.floor(at));
    const mixed = colors[i].map((from, c) => Math.round(from + (colors[i + 1][c] - from) * (at - i)));
    return { fill: `rgb(${mixed})`, ink: inkOn(mixed) };
  });
}

/** Black or white, whichever reads better (WCAG: always at least 4.5 : 1). @param {number[]} color */
function inkOn(color) {
  const [r, g, b] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#fff" : "#000";
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
