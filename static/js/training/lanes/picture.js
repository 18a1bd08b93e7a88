// The series cut into lanes, as a tree: what a moment changes has a class by which it is found and moved.

import { LETTERS } from "../../figure.js";
import { node } from "../tree.js";

const TINTS = [0.22, 0.46, 0.7, 0.34];
const NUMBER = 13, WORD = 14, HEAD = 15; // px of type

/** @typedef {import("./geometry.js").Lab} Lab */
/** @typedef {import("./geometry.js").Places} Places */
/** @typedef {{carried: boolean, resets: boolean}} Keeps whether the state enters the next block, and is forgotten at each epoch's start */

/**
 * @param {Lab} lab @param {Places} places @param {Keeps} keeps
 * @param {Pick<LabView, "colors" | "words">} view
 * @returns {Tree}
 */
export function picture(lab, places, keeps, view) {
  const { width, height } = places, { words } = view;
  const label = words("training.lanes.label", { L: lab.L, lanes: lab.lanes, k: lab.k });
  return node(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    node("defs", {}, hatching(view), head(view)),
    ribbon(lab, places, view),
    ...places.starts.map((_, lane) => row(lane, lab, places, keeps, view)),
    ...(places.few ? [] : foot(lab, places, keeps, view)),
  );
}

/** @param {Pick<LabView, "colors">} view */
function hatching({ colors }) {
  return node(
    "pattern",
    {
      id: "lanes-hatch",
      width: 6,
      height: 6,
      patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    },
    node("rect", { width: 2, height: 6, fill: colors.cut }),
  );
}

/** @param {Pick<LabView, "colors">} view */
function head({ colors }) {
  return node(
    "marker",
    {
      id: "lanes-head",
      markerWidth: 9,
      markerHeight: 10,
      refX: 8,
      refY: 5,
      orient: "auto",
      markerUnits: "userSpaceOnUse",
    },
    node("path", { d: "M0,0L9,5L0,10Z", fill: colors.forward }),
  );
}

/** The whole series: lanes side by side, starts above, cursors on it. @param {Lab} lab @param {Places} places @param {Pick<LabView, "colors" | "words">} view */
function ribbon(
  { L, lanes },
  { ribbon: { top, height }, onRibbon, left, starts, length, left_out, phone },
  { colors, words },
) {
  const middle = top + height / 2 + 5, end = lanes * length;
  return node(
    "g",
    {},
    text(
      left - 12,
      middle,
      words(`training.lanes.${phone ? "series_short" : "series"}`),
      colors.muted,
      "end",
      WORD,
    ),
    ...starts.map((start, lane) =>
      node("rect", {
        ...{
          x: onRibbon(start),
          y: top,
          width: onRibbon(start + length) - onRibbon(start) - 1,
          height,
          rx: 3,
        },
        ...{ fill: colors.forward, "fill-opacity": TINTS[lane % 4] },
      })
    ),
    ...(left_out
      ? [
        node("rect", {
          ...{ x: onRibbon(end), y: top, width: Math.max(3, onRibbon(L) - onRibbon(end)), height },
          ...{ fill: "url(#lanes-hatch)", stroke: colors.cut, "stroke-width": 0.5 },
        }),
        text(
          onRibbon(L),
          top + height + 15,
          words("training.lanes.left_out", { n: left_out }),
          colors.muted,
          "end",
          NUMBER,
        ),
      ]
      : []),
    ...marks(starts, L, onRibbon, phone).map(({ x, at, anchor }) =>
      text(x, top - 7, String(at), colors.ink, anchor, NUMBER, 650, LETTERS)
    ),
    ...starts.map((_, lane) =>
      node("rect", {
        ...{ class: "lane-cursor", "data-lane": lane, y: top - 4, height: height + 8, width: 0, rx: 3 },
        ...{ fill: "none", stroke: colors.lit, "stroke-width": 3 },
      })
    ),
  );
}

/** The starts that have room to be written, and the end. @param {number[]} starts @param {number} L @param {(at: number) => number} onRibbon @param {boolean} phone */
function marks(starts, L, onRibbon, phone) {
  const gap = phone ? 40 : 48, end = onRibbon(L), last = end - gap;
  /** @type {{x: number, at: number, anchor: string}[]} */
  const kept = [];
  for (const at of starts) {
    const x = onRibbon(at);
    if (x < last && (!kept.length || x - kept[kept.length - 1].x >= gap)) {
      kept.push({ x, at, anchor: "start" });
    }
  }
  return [...kept, { x: end, at: L - 1, anchor: "end" }];
}

/** @param {number} lane @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Pick<LabView, "colors" | "words">} view */
function row(lane, lab, places, keeps, view) {
  const { left, inner, cell, few, row, phone } = places, { colors, words } = view, y = row(lane);
  const named = few || lane === 0 || lane === lab.lanes - 1, other = lane > 0;
  const tone = other ? "lanes-other" : "lanes-first";
  return node(
    "g",
    { class: "lane-row", "data-lane": lane },
    ...(named
      ? [
        text(
          left - 18,
          y + (few ? cell / 2 - 2 : cell - 1),
          words("training.lanes.lane", { n: lane + 1 }),
          colors.ink,
          "end",
          few ? HEAD : NUMBER,
          650,
        ),
      ]
      : []),
    ...(few
      ? [
        node("text", {
          class: "lane-range",
          x: left - 18,
          y: y + cell / 2 + 16,
          fill: colors.muted,
          "text-anchor": "end",
          "font-size": phone ? 12 : NUMBER,
          "font-family": LETTERS,
        }),
      ]
      : []),
    ...(few
      ? [
        node("rect", {
          class: `lane-zero ${tone}`,
          x: left - 12,
          y: y + 1,
          width: 8,
          height: cell - 2,
          fill: "none",
          "stroke-width": 2,
        }),
      ]
      : []),
    node("rect", { x: left, y, width: inner, height: cell, rx: 2, fill: colors.zebra }),
    node("rect", {
      class: "lane-read",
      x: left,
      y,
      width: 0,
      height: cell,
      rx: 2,
      fill: colors.forward,
      "fill-opacity": TINTS[lane % 4],
    }),
    node("rect", { class: "lane-now", x: left, y, width: 0, height: cell, rx: 2, fill: colors.lit }),
    gaps(lab, places, y, colors),
    ...(few && keeps.carried
      ? [
        node("line", {
          class: "lane-carried",
          x1: left + 2,
          x2: left + 2,
          y1: y + cell / 2,
          y2: y + cell / 2,
          stroke: colors.forward,
          "stroke-width": 2,
          "marker-end": "url(#lanes-head)",
        }),
      ]
      : []),
    ...(few
      ? [
        node("line", {
          class: "lane-tick",
          x1: left,
          x2: left,
          y1: y - 6,
          y2: y,
          stroke: colors.lit,
          "stroke-width": 2,
        }),
        text(left, y - 10, "", colors.ink, "middle", WORD, 650, LETTERS, "lane-words"),
        ...back(lane, lab, places, keeps, view),
      ]
      : []),
  );
}

/** Between the blocks, as one line of the page's colour. @param {Lab} lab @param {Places} places @param {number} y @param {Record<string, string>} colors */
function gaps({ k }, { apart, iterations, onRow, cell }, y, colors) {
  const lines = apart
    ? Array.from({ length: iterations - 1 }, (_, j) => `M${onRow((j + 1) * k).toFixed(1)},${y}v${cell}`).join(
      "",
    )
    : "";
  return node("path", { d: lines || "M0,0", stroke: colors.background, "stroke-width": 1.6 });
}

/** The way from the end of the epoch back to the start, and what is said of the state. @param {number} lane @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Pick<LabView, "colors" | "words">} view */
function back(lane, { reading, lanes }, { left, inner, cell, row, phone }, keeps, { colors, words }) {
  const y = row(lane) + cell + 13, right = left + inner, rewinds = reading === "formula";
  const line = rewinds
    ? [
      node("path", {
        d: `M${right},${y - 10}v6q0,4 -4,4H${left}`,
        fill: "none",
        stroke: colors.cut,
        "stroke-width": 1.5,
        "stroke-dasharray": "5 4",
      }),
    ]
    : [];
  const end = words(
    `training.lanes.${rewinds ? keeps.resets || !keeps.carried ? "back_zero" : "back_carried" : "runs_on"}`,
  );
  const said = !phone || lane === lanes - 1;
  return [
    ...line,
    ...(phone ? [] : [
      text(
        left,
        y + 4,
        "",
        lane ? colors.ink : colors.muted,
        "start",
        NUMBER,
        400,
        undefined,
        `lane-start ${lane ? "other" : ""}`,
      ),
    ]),
    ...(said
      ? [
        text(
          right - (phone ? 0 : 16),
          y + (phone ? 16 : 4),
          end,
          colors.muted,
          "end",
          NUMBER,
          400,
          undefined,
          "lane-back",
        ),
      ]
      : []),
  ];
}

/** Under many lanes, said once. @param {Lab} lab @param {Places} places @param {Keeps} keeps @param {Pick<LabView, "colors" | "words">} view */
function foot({ reading }, { left, height }, keeps, { colors, words }) {
  const end = reading === "book" ? "runs_on" : keeps.resets || !keeps.carried ? "back_zero" : "back_carried";
  return [text(left, height - 8, words(`training.lanes.${end}`), colors.muted, "start", NUMBER)];
}

/**
 * @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} anchor @param {number} size
 * @param {number} [weight] @param {string} [family] @param {string} [name] by which it is found
 */
function text(x, y, words, fill, anchor, size, weight, family, name) {
  const attributes = { x, y, fill, "text-anchor": anchor, "font-size": size, "font-weight": weight };
  return node("text", { ...attributes, "font-family": family, class: name }, words);
}
