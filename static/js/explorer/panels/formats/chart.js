// Errors by k: windows and blocks as curves, the rounding errors of the formats as level lines, all on logarithmic axes.

import { decade } from "../../../lib/format.js";
import { svg } from "../../../lib/svg.js";
import { textWidth } from "../../../plot/figure.js";

/** @typedef {import("./answers.js").Formats} Formats */

export const HEIGHT = 176, TOP = 12, BOTTOM = 30, LEFT = 44, RIGHT = 84; // px
export const TYPE = 13, NAME = 14, RING = 8; // px of letters, and the radius of a ring
const MARK = 4.5, APART = 16; // px: half a mark, and between two names
const BELOW = 1.5; // decades below the finest format
const DASHES = /** @type {Record<string, string>} */ ({ float32: "", bfloat16: "9 5", float16: "2 4" });
const TICKS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];

/** @typedef {{x: (k: number) => number, y: (error: number) => number, right: number, floor: number, low: number, high: number}} Axes */

/** @param {Formats} formats @param {number} width px @param {View} view */
export function chart(formats, width, view) {
  const { words, colors } = view, { k: ks, window, blocks } = formats, at = axesOf(formats, width);
  const color = colors.backward;
  return svg(
    "svg",
    {
      ...{ width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" },
      "aria-label": words("formats.chart"),
    },
    ...grid(ks, at, view),
    ...levels(formats, at, view),
    ...curve(ks.slice(0, -1), blocks, at, { stroke: color, "stroke-width": 2, "stroke-dasharray": "2 3" }),
    ...curve(ks, window, at, { stroke: color, "stroke-width": 3 }),
    ...marks(ks, window, at, color),
    ...crossings(formats, at, view),
    ...names(formats, at, view),
  );
}

/** Only finite sizes above 0 have a place. @param {Num[]} errors */
export const logs = (errors) =>
  errors.flatMap((error) => error ? [Math.log10(error)] : []).filter(Number.isFinite);

/** @param {Formats} formats @param {number} width @returns {Axes} */
function axesOf({ k: ks, window, blocks, formats }, width) {
  const rounding = logs(formats.map(({ error }) => error)),
    all = [...rounding, ...logs([...window, ...blocks])];
  const high = Math.ceil(Math.max(0, ...all)),
    finest = Math.min(high - 1, ...(rounding.length ? rounding : all));
  const low = Math.floor(finest - BELOW),
    most = ks[ks.length - 1],
    right = width - RIGHT,
    floor = HEIGHT - BOTTOM;
  return {
    ...{ right, floor, low, high },
    x: (k) => LEFT + (right - LEFT) * (most > 1 ? Math.log(k) / Math.log(most) : 0),
    y: (error) => TOP + (floor - TOP) * (high - Math.max(low, Math.log10(error))) / (high - low),
  };
}

/** @param {number[]} ks @param {Axes} at @param {View} view */
function grid(ks, { x, y, right, floor, low, high }, { colors }) {
  const small = { fill: colors.muted, "font-size": TYPE }, most = ks[ks.length - 1];
  const apart = Math.max(2, 2 * Math.ceil((high - low) / 12));
  const exponents = Array.from({ length: high - low + 1 }, (_, i) => high - i).filter((e) =>
    (high - e) % apart === 0
  );
  const ticks = TICKS.filter((k) => k <= most && (k === most || x(most) - x(k) > 24));
  return [
    ...exponents.flatMap((e) => [
      svg("path", { d: `M${LEFT},${y(10 ** e).toFixed(1)}H${right}`, stroke: colors.line }),
      svg("text", { ...small, x: LEFT - 6, y: y(10 ** e) + 4.5, "text-anchor": "end" }, decade(e)),
    ]),
    svg("path", { d: `M${LEFT},${floor}H${right}`, stroke: colors.edge }),
    ...[...new Set([...ticks, most])].map((k) =>
      svg("text", { ...small, x: x(k), y: floor + 18, "text-anchor": "middle" }, String(k))
    ),
    svg("text", { ...small, x: right + 12, y: floor + 18, fill: colors.ink }, "k"),
  ];
}

/** The rounding error of every format, with its name at the right. @param {Formats} formats @param {Axes} at @param {View} view */
function levels({ formats }, { y, right }, { colors }) {
  const shown = formats.flatMap(({ name, error }) => error ? [{ name, y: y(error), label: y(error) }] : [])
    .toSorted((a, b) => a.y - b.y);
  shown.forEach((one, i) => {
    if (i) one.label = Math.max(one.label, shown[i - 1].label + APART);
  });
  return shown.flatMap(({ name, y, label }) => [
    svg("path", {
      ...{ d: `M${LEFT},${y.toFixed(1)}H${right}`, stroke: colors.ink, "stroke-width": 2, fill: "none" },
      ...(DASHES[name] ? { "stroke-dasharray": DASHES[name] } : {}),
    }),
    svg(
      "text",
      { x: right + 8, y: label + 4.5, fill: colors.ink, "font-size": NAME, "font-weight": 600 },
      name,
    ),
  ]);
}

/** @param {number[]} ks @param {Row} errors @param {Axes} at @param {Record<string, string | number>} look */
export function curve(ks, errors, at, look) {
  const d = pathOf(ks, errors, at);
  return d ? [svg("path", { ...look, d, fill: "none", "stroke-linejoin": "round" })] : [];
}

/** A curve leaves the chart at its foot. @param {number[]} ks @param {Row} errors @param {Axes} at */
export function pathOf(ks, errors, { x, y, low }) {
  let isOn = false;
  return ks.map((k, i) => {
    const error = errors[i], wasOn = isOn;
    isOn = Boolean(error) && Number.isFinite(error) && Math.log10(Number(error)) >= low;
    if (error === null || !(wasOn || isOn)) return "";
    return `${wasOn ? "L" : "M"}${x(k).toFixed(1)},${y(error).toFixed(1)}`;
  }).join("");
}

/** @param {number[]} ks @param {Row} errors @param {Axes} at @param {string} fill */
function marks(ks, errors, { x, y, low }, fill) {
  const seen = [...TICKS, ...TICKS.map((k) => 1.5 * k)];
  return ks.flatMap((k, i) => {
    const error = errors[i];
    if (!seen.includes(k) || !error || Math.log10(error) < low) return [];
    const [left, top] = [x(k) - MARK, y(error) - MARK];
    return [svg("rect", { x: left.toFixed(1), y: top.toFixed(1), width: 2 * MARK, height: 2 * MARK, fill })];
  });
}

/** How a name is written that may stand on a line. @param {Record<string, string>} colors @param {string} fill */
export const over = ({ background }, fill) => ({
  ...{ fill, "font-size": NAME, "font-weight": 600 },
  ...{ "paint-order": "stroke", stroke: background, "stroke-width": 4 },
});

/** A ring where a window becomes as exact as a format. @param {Formats} formats @param {Axes} at @param {View} view */
function crossings({ formats, k: ks }, { x, y }, { colors }) {
  /** @type {{k: number, y: number}[]} */
  const named = [];
  return formats.flatMap(({ window: k, error }) => {
    if (!(k && error && k < ks[ks.length - 1])) return [];
    const isNamed = named.some((other) => other.k === k && Math.abs(other.y - y(error)) < APART);
    if (!isNamed) named.push({ k, y: y(error) });
    return [
      svg("circle", {
        ...{ cx: x(k).toFixed(1), cy: y(error).toFixed(1), r: RING },
        ...{ fill: "none", stroke: colors.ink, "stroke-width": 2 },
      }),
      ...(isNamed ? [] : [
        svg(
          "text",
          { x: x(k) + 12, y: y(error) - 10, ...over(colors, colors.ink) },
          `k = ${k}`,
        ),
      ]),
    ];
  });
}

/** The curves' names, where the window has fallen away from the blocks. @param {Formats} formats @param {Axes} at @param {View} view */
function names({ k: ks, window, blocks }, { x, y, right }, { colors, words }) {
  const look = over(colors, colors.backward);
  const ofBlocks = words("formats.curve_blocks"), last = blocks[Math.max(0, ks.length - 2)];
  const i = ks.findIndex((_, i) => y(Number(window[i]) || 1) > HEIGHT / 2),
    word = words("formats.curve_window");
  return [
    ...(last
      ? [
        svg(
          "text",
          { ...look, x: right - 4, y: Math.max(TOP + 10, y(last) - 22), "text-anchor": "end" },
          ofBlocks,
        ),
      ]
      : []),
    ...(i > 0 && window[i]
      ? [
        svg(
          "text",
          { ...look, x: Math.max(LEFT, x(ks[i]) - 30 - textWidth(word, NAME)), y: y(Number(window[i])) + 6 },
          word,
        ),
      ]
      : []),
  ];
}
