// Lag panel: the gradient norm of one loss against the lag, for several k or several cells; a figure for reports.

import { decade, sci, subscript } from "../../lib/format.js";
import { element, rich } from "../../lib/dom.js";
import { hasLog, logsOf, powerOfTen } from "../../lib/log-scale.js";
import { svg } from "../../lib/svg.js";
import { ramp } from "../../plot/colormap.js";
import { SYMBOLS, textWidth } from "../../plot/figure.js";
import { comparedIn, hasK, lossOf, MOST, offeredKs, requests } from "./lags/compared.js";
import { curvesOf } from "./lags/curves.js";

export const name = "lags";
export const closed = true;
export const whole = true;
export const follows = /** @type {(keyof View)[]} */ (["answers", "s", "lag", "below"]);
export const asks = requests;

const HEIGHT = { least: 180, most: 300 }, BESIDE_PICTURE = 0.7; // px, and share of the picture's height
const LOW = 140, WORDS = 82; // px of the figure at least where it fits the window, and of what is above it
const TOP = 44, BOTTOM = 44, RIGHT = 24; // px
const LEFT = { wide: 104, phone: 56 };
const DEEPEST = 12, FLATTEST = 1; // decades that are shown
const THIN = 2, STEP = 4; // px of the longest k's line, and by how much each shorter one is wider
const MARK = 5, ROOM_FOR_MARKS = 14; // px: half a marker, and between two of them
const TYPE = 13, LABEL = 14;

/** @typedef {import("./lags/curves.js").Curve} Curve */
/** @typedef {{color: string, width: number, mark: string}} Style */

/** What the curves say, and what is compared. @param {Result} result @param {View} view */
export function caption(result, view) {
  return [...rich(facts(result, view).join(" ")), " ", ...choices(result, view)];
}

/**
 * How far the exact norm falls or grows, and how many lags each k keeps, or what each cell keeps.
 * @param {Result} result @param {View} view
 */
export function facts(result, view) {
  const { words } = view, { s, kind, exact, curves } = curvesOf(result, view), L = `L${subscript(s)}`;
  if (!curves.length) return [];
  if (kind === "cells") {
    const lag = Math.min(...curves.map(({ last }) => last));
    const sizes = curves.map(({ name, sizes }) => `${name} ${sci(sizes[lag] ?? 0)}`).join(", ");
    return [words("lags.cells", { loss: L, lag, sizes })];
  }
  const sizes = exact?.sizes ?? [], last = exact?.last ?? 0;
  const kept = curves.map(({ name, last }) => words("lags.keeps", { name, n: last + 1 })).join(", ");
  return [
    words(last ? "lags.exact" : "lags.exact_once", {
      ...{ loss: L, first: sci(sizes[0] ?? 0), last: sci(sizes[last] ?? 0), lag: last },
    }),
    words("lags.kept", { kept }),
  ];
}

/** What is left of the norm at the last lag; of several cells the largest. @param {Result} result @param {View} view */
export function finding(result, view) {
  const { s, exact, curves } = curvesOf(result, view), last = Math.min(...curves.map(({ last }) => last));
  const [most] = curves.toSorted((a, b) => Number(b.sizes[last]) - Number(a.sizes[last]));
  if (!most || last < 0) return { finding: "", note: "" };
  const values = { loss: `L${subscript(s)}`, lag: exact?.last ?? last };
  return exact
    ? {
      finding: [exact.sizes[0], exact.sizes[exact.last]].map((size) => sci(Number(size))).join(" → "),
      note: view.words("findings.lags", values),
    }
    : {
      finding: most.name,
      note: view.words("findings.lag_cells", { ...values, size: sci(Number(most.sizes[last])) }),
    };
}

/** Buttons for what is compared: the address holds it. @param {Result} result @param {View} view */
function choices(result, view) {
  const { words } = view, { kind, ks } = comparedIn(result, view), withK = hasK(result);
  const button = (
    /** @type {string} */ id,
    /** @type {string} */ word,
    /** @type {boolean} */ isOn,
    /** @type {string} */ lag,
  ) =>
    element("button", { type: "button", id, "aria-pressed": String(isOn), "data-look": `lag=${lag}` }, word);
  /** @param {number} k */
  const toggled = (k) =>
    (ks.includes(k) ? ks.filter((other) => other !== k) : [...ks, k].slice(-MOST)).toSorted((a, b) => a - b);
  return [
    element(
      "span",
      { class: "choices", role: "group", "aria-label": words("lags.compare") },
      ...(withK ? [button("lag-k", words("lags.by_k"), kind === "k", "")] : []),
      button("lag-cells", words("lags.by_cell"), kind === "cells", withK ? "cells" : ""),
    ),
    ...(kind === "k"
      ? [
        " ",
        element(
          "span",
          { class: "choices", role: "group", "aria-label": words("lags.by_k") },
          "k",
          ...offeredKs(result, ks).map((k) =>
            button(`lag-${k}`, String(k), ks.includes(k), toggled(k).join())
          ),
        ),
      ]
      : []),
  ];
}

/** @param {Result} result @param {View} view @returns {Node} */
export function render(result, view) {
  const { s, exact, curves } = curvesOf(result, view), { colors, words, phone } = view;
  const width = Math.max(280, view.width + view.gutter - (phone ? 8 : 16));
  const height = heightIn(view);
  const frame = {
    left: phone ? LEFT.phone : LEFT.wide,
    right: width - RIGHT,
    top: TOP,
    floor: height - BOTTOM,
  };
  const { low, high } = decades(exact, curves),
    most = Math.max(1, ...[exact, ...curves].map((it) => (it?.sizes.length ?? 1) - 1));
  const x = (/** @type {number} */ lag) =>
    frame.left + MARK + (frame.right - frame.left - 2 * MARK) * lag / most;
  const y = (/** @type {number} */ size) =>
    frame.top + (frame.floor - frame.top) * (high - Math.max(low, Math.log10(size))) / (high - low || 1);
  const styles = stylesOf(curves.length, colors), at = { x, y, low, floor: frame.floor };
  const drawn = svg(
    "svg",
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": facts(result, view).join(" "),
    },
    ...axes({ low, high }, most, frame, at, lossOf(result, view), view),
    ...curves.flatMap((curve, i) => lineOf(curve, styles[i], at)),
    ...(exact ? exactLine(exact, at, colors) : []),
    ...curves.flatMap((curve, i) => marksOf(curve, styles[i], at, Boolean(exact), colors)),
    ...legendOf(curves, styles, exact, frame.left, words, colors),
  );
  drawn.dataset.loss = String(s);
  return drawn;
}

/** What the window has left below the words, or a share of the picture. @param {Pick<View, "below" | "height">} view */
export function heightIn({ below, height }) {
  const usual = Math.min(HEIGHT.most, Math.max(HEIGHT.least, BESIDE_PICTURE * height));
  return Math.round(below ? Math.min(usual, Math.max(LOW, below - WORDS)) : usual);
}

/** A decade more than the sizes that are shown need, at most so many. @param {Curve | null} exact @param {Curve[]} curves */
function decades(exact, curves) {
  const logs = logsOf([exact, ...curves].flatMap((it) => it?.sizes ?? []));
  if (!logs.length) return { low: -1, high: 0 };
  const high = Math.ceil(Math.max(...logs)), low = Math.floor(Math.min(...logs));
  return { low: Math.max(high - DEEPEST, Math.min(low, high - FLATTEST)), high };
}

/** The shortest k has the widest line, so that all are seen where they run on each other. @param {number} n @param {Record<string, string>} colors @returns {Style[]} */
function stylesOf(n, colors) {
  const marks = ["circle", "triangle", "square", "diamond", "cross"];
  return Array.from({ length: n }, (_, i) => {
    const place = n > 1 ? i / (n - 1) : 1;
    return {
      color: ramp(colors, "place", place),
      width: THIN + STEP * (n - 1 - i) + 2,
      mark: marks[Math.round(4 * place)],
    };
  });
}

/** @typedef {{x: (lag: number) => number, y: (size: number) => number, low: number, floor: number}} At */

/** @param {Row} sizes @param {number} last @param {At} at */
const pathOf = (sizes, last, { x, y, low }) => {
  let goesOn = false;
  return sizes.slice(0, last + 1).map((size, lag) => {
    const isOn = hasLog(size) && Math.log10(size) >= low;
    const step = isOn ? `${goesOn ? "L" : "M"}${x(lag).toFixed(1)},${y(size).toFixed(1)}` : "";
    goesOn = isOn;
    return step;
  }).join("");
};

/** @param {Curve} curve @param {Style} style @param {At} at */
function lineOf({ sizes, last }, { color, width }, at) {
  const d = pathOf(sizes, last, at);
  return d
    ? [
      svg("path", {
        d,
        fill: "none",
        stroke: color,
        "stroke-width": width,
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
      }),
    ]
    : [];
}

/** @param {Curve} curve @param {At} at @param {Record<string, string>} colors */
function exactLine({ sizes, last }, at, colors) {
  const d = pathOf(sizes, last, at);
  return d ? [svg("path", { d, fill: "none", stroke: colors.ink, "stroke-width": 1.5 })] : [];
}

/** A marker at every lag, or where there is no room at the last; below it the line falls to zero where it is cut. @param {Curve} curve @param {Style} style @param {At} at @param {boolean} isCut @param {Record<string, string>} colors */
function marksOf({ sizes, last }, style, at, isCut, colors) {
  const { x, y, low, floor } = at, size = sizes[last];
  if (last < 0 || !hasLog(size) || Math.log10(size) < low) return [];
  const every = isCut ? [last] : x(1) - x(0) < ROOM_FOR_MARKS ? [last] : sizes.map((_, lag) => lag);
  const fall = isCut && last < sizes.length - 1
    ? [
      svg("path", {
        d: `M${x(last).toFixed(1)},${y(size).toFixed(1)}V${floor}`,
        stroke: style.color,
        "stroke-width": 1.5,
        "stroke-dasharray": "4 3",
        fill: "none",
      }),
    ]
    : [];
  const marks = every.flatMap((lag) => {
    const here = sizes[lag];
    return hasLog(here) && Math.log10(here) >= low
      ? [
        svg("path", {
          d: marker(style.mark, x(lag), y(here)),
          fill: style.color,
          stroke: colors.background,
          "stroke-width": 1,
        }),
      ]
      : [];
  });
  return [...fall, ...marks];
}

/** @param {string} kind @param {number} x @param {number} y */
function marker(kind, x, y, r = MARK) {
  const [a, b] = [x.toFixed(1), y.toFixed(1)];
  return {
    circle: `M${(x - r).toFixed(1)},${b}a${r},${r} 0 1 1 ${2 * r},0a${r},${r} 0 1 1 ${-2 * r},0Z`,
    triangle: `M${a},${(y - r).toFixed(1)}l${r},${2 * r}h${-2 * r}Z`,
    square: `M${(x - r).toFixed(1)},${(y - r).toFixed(1)}h${2 * r}v${2 * r}h${-2 * r}Z`,
    diamond: `M${a},${(y - 1.2 * r).toFixed(1)}l${1.2 * r},${1.2 * r}l${-1.2 * r},${1.2 * r}l${-1.2 * r},${
      -1.2 * r
    }Z`,
    cross: `M${(x - r).toFixed(1)},${(y - 2).toFixed(1)}h3v-3h4v3h3v4h-3v3h-4v-3h-3Z`,
  }[kind] ?? "";
}

/** @param {{low: number, high: number}} range @param {number} most @param {{left: number, right: number, top: number, floor: number}} frame @param {At} at @param {number} s @param {View} view */
function axes({ low, high }, most, { left, right, floor }, { x, y }, s, { colors, words }) {
  const apart = Math.max(1, Math.ceil((high - low) / 6)), every = Math.max(1, Math.ceil(most / 12));
  const exponents = Array.from({ length: high - low + 1 }, (_, i) => high - i).filter((e) =>
    (high - e) % apart === 0
  );
  const small = { fill: colors.muted, "font-size": TYPE };
  const lags = Array.from({ length: Math.floor(most / every) + 1 }, (_, i) => i * every);
  const symbol = { "font-family": SYMBOLS, "font-style": "italic" };
  return [
    ...exponents.flatMap((e) => [
      svg("path", { d: `M${left},${y(powerOfTen(e)).toFixed(1)}H${right}`, stroke: colors.line }),
      svg("text", { ...small, x: left - 8, y: y(powerOfTen(e)) + 4.5, "text-anchor": "end" }, decade(e)),
    ]),
    svg("path", { d: `M${left},${floor}H${right}`, stroke: colors.edge }),
    ...lags.map((lag) =>
      svg("text", { ...small, x: x(lag), y: floor + 17, "text-anchor": "middle" }, String(lag))
    ),
    svg(
      "text",
      { ...small, x: right, y: floor + 36, "text-anchor": "end" },
      words("lags.axis", { loss: `L${subscript(s)}` }),
    ),
    svg(
      "text",
      { ...small, ...symbol, x: left - 8, y: TOP - 20, "text-anchor": "end", fill: colors.ink },
      `‖∂L${subscript(s)}/∂hₜ‖`,
    ),
  ];
}

/** @param {Curve[]} curves @param {Style[]} styles @param {Curve | null} exact @param {number} left @param {Words} words @param {Record<string, string>} colors */
function legendOf(curves, styles, exact, left, words, colors) {
  let x = left + 12;
  const entry = (/** @type {string} */ word, /** @type {SVGElement[]} */ ...sample) => {
    const place = x;
    x += 38 + textWidth(word, LABEL) + 20;
    return [
      svg("g", { transform: `translate(${place} ${TOP - 24})` }, ...sample),
      svg(
        "text",
        { x: place + 38, y: TOP - 19, fill: colors.ink, "font-size": LABEL, "font-weight": 600 },
        word,
      ),
    ];
  };
  return [
    ...(exact
      ? entry(
        words("lags.exact_name"),
        svg("path", { d: "M0,0H30", stroke: colors.ink, "stroke-width": 1.5 }),
      )
      : []),
    ...curves.flatMap(({ name }, i) =>
      entry(
        name,
        svg("path", { d: "M0,0H30", stroke: styles[i].color, "stroke-width": Math.min(8, styles[i].width) }),
        svg("path", { d: marker(styles[i].mark, 30, 0), fill: styles[i].color }),
      )
    ),
  ];
}
