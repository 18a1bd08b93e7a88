// Plotly traces of the unrolled graph, which depend on the forward pass only: states, letters, losses,
// numbers, hover points.

import { SYMBOLS, text, textWidth } from "../../plot/figure.js";
import { compact, sci, short, signed, wholePercent } from "../../lib/format.js";
import { geometry } from "../../plot/geometry.js";
import { dimTraces, drawWithHighlight } from "./highlight.js";
import { channels, inkOn } from "../../plot/colormap.js";
import {
  outputNames,
  predictedOutput,
  predictedSymbol,
  readableNumber,
  targetOutput,
} from "../predictions.js";
import { row } from "../../plot/windowed.js";
import { graphemes } from "../../lib/symbols.js";
import { fit, inputRoom } from "./fit.js";
import { barPlaces, edge } from "./places.js";

const ROOM_FOR_NUMBER = 15; // px of height a cell needs
const ROOM_FOR_LETTER = 9, ROOM_FOR_WIDE_LETTER = 13; // px of width a softmax bar needs
const NAME_SIZE = 13; // px of the symbols under the bars
const REACH = 24; // px between points that feel the pointer

/** @param {Result} result @param {View} view @param {Geometry} [g] @returns {object[]} */
export function traces(result, view, g = geometry(result.tokens.length, view)) {
  const shapes = drawWithHighlight(g, view, (g) => drawn(result, view, g), dimTraces);
  return [...shapes.filter(({ x }) => x.length), hitPoints(g)]; // of what is lit or veiled nothing may be left
}

/** @param {Result} result @param {View} view @param {Geometry} g @returns {object[]} */
function drawn(result, view, g) {
  const { colors } = view, steps = g.steps.filter((t) => g.has("x", t));
  const letters = steps.map((t) => (g.veiled("x", t) ? "?" : result.tokens[t]));
  const inputs = letters.map((letter) => fit(letter, inputRoom(letter, g), g.font));
  /** @type {object[]} */
  const shapes = [
    cells(result, view, g),
    fitted(steps.map(g.cx), steps.map(() => g.rows.input), inputs, colors.ink),
    ...coveredStates(view, g),
  ];
  if (g.level !== "compact" && !isPlayback(view)) shapes.push(lossDiscs(result, view, g));
  if (g.level === "wide") shapes.push(...wideNumbers(result, view, g));
  else shapes.push(...predictions(result, view, g));
  return shapes;
}

/** Whether moving parts are drawn as shapes (playback.js) and not here. @param {View} view */
export function isPlayback({ at }) {
  return at !== null && at.phase !== "update";
}

/** The hidden states, one column of cells a step. @param {Result} result @param {View} view @param {Geometry} g */
function cells({ forward, params }, { colors }, g) {
  const nothing = (/** @type {Row} */ row) => row.map(() => null);
  const h = g.steps.map((t) => (isSeen("h", t, g) ? forward.h[t] : nothing(forward.h[t])));
  const H = h[0].length, n = h.length, max = activationLimit({ forward, params });
  const x = g.steps.flatMap((t) => [g.cx(t) - g.cell / 2, g.cx(t) + g.cell / 2]);
  const y = Array.from({ length: H + 1 }, (_, unit) => g.rows.top + (g.rows.bottom - g.rows.top) * unit / H);
  // Of the limit, whose double may be no number.
  const share = (/** @type {number | null} */ value) => (value === null ? null : value / max);
  const z = Array.from(
    { length: H },
    (_, unit) => h.flatMap((row, t) => (t < n - 1 ? [share(row[unit]), null] : [share(row[unit])])),
  );
  return {
    type: "heatmap",
    meta: g.steps[0],
    x,
    y,
    z,
    zmin: -1,
    zmax: 1,
    showscale: false,
    xgap: 0.01,
    ygap: H > 24 ? 0.3 : g.level === "wide" && !g.short ? 2 : 1,
    hoverongaps: false,
    hoverinfo: "none",
    colorscale: [0, 1, 2, 3, 4].map((i) => [i / 4, colors[`activation${i}`]]),
  };
}

/**
 * The activation at the ends of the color scale: 1 if f is bounded, else the largest of the run.
 * @param {Pick<Result, "forward" | "params">} result
 */
export function activationLimit({ forward, params }) {
  if (params.activation === "tanh" || params.activation === "sigmoid") return 1;
  let max = 0;
  for (const row of forward.h) for (const value of row) max = Math.max(max, Math.abs(value ?? 0));
  return max || 1;
}

/** Whether the numbers of a mark are drawn. @param {import("./selectors.js").MarkKind} kind @param {number} t @param {Geometry} g */
const isSeen = (kind, t, g) => g.has(kind, t) && !g.veiled(kind, t);

/** Question marks in place of covered states. @param {View} view @param {Geometry} g */
function coveredStates({ colors }, g) {
  const steps = g.steps.filter((t) => g.has("h", t) && g.veiled("h", t));
  if (!steps.length) return [];
  const size = Math.min(26, g.cell), none = steps.map(() => g.rows.hidden);
  return [text(steps.map(g.cx), none, steps.map(() => "?"), { size, color: colors.ink })];
}

/** Invisible points that react to the pointer: nodes, and edges along their length. @param {Geometry} g */
function hitPoints(g) {
  /** @type {[Target["kind"], number, number, number][]} */
  const points = g.steps.flatMap((t) => {
    const x = g.cx(t), side = g.output.width / 2 - REACH / 2;
    /** @type {[Target["kind"], number, number, number][]} */
    const hits = [["x", t, x, g.rows.input], ["L", t, x, g.rows.loss]];
    for (const at of along(x - side, x + side)) hits.push(["y", t, at, g.rows.output]);
    if (!t) return hits;
    const { from, to, forward, backward } = edge(t, g);
    for (const at of along(from + REACH / 2, to - REACH / 2)) {
      hits.push(["forward", t, at, forward], ["backward", t, at, backward]);
    }
    return hits;
  });
  return {
    type: "scatter",
    mode: "none",
    x: points.map(([, , x]) => x),
    y: points.map(([, , , y]) => y),
    customdata: points.map(([kind, t]) => [kind, t]),
    hoverinfo: "none",
  };
}

/** Points from one end to the other; only the midpoint if the distance is short. @param {number} from @param {number} to */
function along(from, to) {
  const gaps = Math.max(0, Math.ceil((to - from) / REACH));
  if (!gaps) return [(from + to) / 2];
  return Array.from({ length: gaps + 1 }, (_, i) => from + (to - from) * i / gaps);
}

/** Two significant digits where two decimals would keep only one; the losses of a trained network differ there. @param {number} loss */
export const lossText = (loss) => (loss < 0.095 && loss >= 0.00095 ? compact(sci(loss)) : short(loss));

/** The diameters of the losses. @param {Result} result @param {Geometry} g */
export function discSizes({ forward }, { disc: [min, more], veiled }) {
  return lossShares(forward).map((part, t) => min + more * (veiled("L", t) ? 0.5 : part));
}

/** @param {Result["forward"]} forward */
function lossShares({ loss }) {
  const max = Math.max(...loss.map((size) => size ?? 0)) || 1;
  return loss.map((size) => Math.sqrt((size ?? 0) / max));
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function lossDiscs(result, { colors }, g) {
  const { loss } = result.forward, sizes = discSizes(result, g), shares = lossShares(result.forward);
  const steps = g.steps.filter((t) => g.has("L", t));
  const color = (/** @type {number} */ t) =>
    loss[t] === null && !g.veiled("L", t) ? colors.ghost : colors.loss;
  const shade = (/** @type {number} */ t) =>
    g.veiled("L", t) ? 0.6 : loss[t] === null ? 0.7 : 0.4 + 0.6 * shares[t] ** 2;
  return {
    type: "scatter",
    mode: "markers",
    x: steps.map(g.cx),
    y: steps.map(() => g.rows.loss),
    hoverinfo: "skip",
    cliponaxis: false,
    marker: {
      color: steps.map(color),
      opacity: steps.map(shade),
      size: steps.map((t) => sizes[t]),
      line: { width: 0 },
    },
  };
}

/** @param {number[]} x @param {number[]} y @param {{text: string, size: number}[]} symbols @param {string | string[]} color */
function fitted(x, y, symbols, color) {
  const sizes = symbols.map(({ size }) => size), same = sizes.every((size) => size === sizes[0]);
  return text(x, y, symbols.map(({ text }) => text), { size: same ? sizes[0] : sizes, color });
}

/** The most probable symbol, in the color of the target or of a wrong guess. @param {Result} result @param {View} view @param {Geometry} g */
function predictions(result, { colors }, g) {
  const { targets } = result, steps = g.steps.filter((t) => g.has("y", t));
  const guessed = steps.map((t) => (g.veiled("y", t) ? "?" : predictedSymbol(result, t)));
  const x = steps.map(g.cx), y = guessed.map(() => g.rows.output);
  const color = guessed.map((symbol, i) => (symbol === targets[steps[i]] ? colors.forward : colors.loss));
  const room = g.level === "compact" ? g.c - 2 : g.c - 8;
  return [fitted(x, y, guessed.map((symbol) => fit(symbol, room, g.font)), color)];
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function wideNumbers(result, view, g) {
  const { forward, targets } = result, { colors, font } = view, T = targets.length;
  const { output, rows } = g,
    [outputs, losses] = [/** @type {const} */ ("y"), /** @type {const} */ ("L")]
      .map((kind) => g.steps.filter((t) => g.has(kind, t)));
  const targetOutputs = targets.map((_, t) => targetOutput(result, t));
  const items = isPlayback(view) ? [] : [
    text(
      outputs.map((t) => g.cx(t) + output.width / 2 + 4),
      outputs.map(() => rows.output - 4),
      outputs.map((t) => (g.veiled("y", t) ? "?" : targetProbability(result, t, targetOutputs[t]))),
      { size: 14, color: colors.forward },
      "middle right",
    ),
    text(
      losses.map((t) => g.cx(t) + (g.short ? 14 : 24)),
      losses.map(() => rows.loss),
      losses.map((t) => {
        const loss = forward.loss[t];
        return g.veiled("L", t) ? "?" : loss === null ? "" : lossText(loss);
      }),
      { size: 16, color: colors.loss },
      "middle right",
    ),
    weightNames(T, colors, g),
  ];
  const place = barPlaces(result, g);
  const letters = outputNames(result), narrow = letters.every((letter) => /^[\x20-\xff␣]$/.test(letter));
  const roomy = place.width >= (narrow ? ROOM_FOR_LETTER : ROOM_FOR_WIDE_LETTER) &&
    letters.every((letter) => graphemes(letter).length < 2 || textWidth(letter, NAME_SIZE) <= place.width);
  const named = outputs.filter((t) => !g.veiled("y", t)).flatMap((t) =>
    letters.map((letter, i) => ({ t, i, letter }))
  )
    .filter(({ t, i }) => roomy || i === predictedOutput(result, t))
    .map(({ t, i, letter }) => ({ t, i, ...fit(letter, output.width - 8, NAME_SIZE) }));
  items.push(fitted(
    named.map(({ t, i, text, size }) => inside(place.x(t, i) + place.width / 2, textWidth(text, size), g, t)),
    named.map(() => rows.output + output.height / 2 - output.foot / 2 + 1),
    named,
    named.map(({ t, i }) =>
      i === targetOutputs[t] ? colors.forward : i === predictedOutput(result, t) ? colors.loss : colors.muted
    ),
  ));
  const H = forward.h[0].length, high = (rows.bottom - rows.top) / H;
  if (high >= ROOM_FOR_NUMBER && !isPlayback(view)) {
    const max = activationLimit(result);
    const values = g.steps.filter((t) => isSeen("h", t, g)).flatMap((t) =>
      forward.h[t].map((value, unit) => ({ t, unit, value }))
    )
      .filter(({ value }) => value !== null);
    items.push(text(
      values.map(({ t }) => g.cx(t)),
      values.map(({ unit }) => rows.top + high * (unit + 0.5)),
      values.map(({ value }) => cellNumber(value ?? 0)),
      {
        size: 13,
        color: values.map(({ value }) => inkOnActivation((value ?? 0) / max, colors)),
        family: font,
        weight: 500,
      },
    ));
  }
  return items;
}

/** The names of the weights beside the first arrow of each. @param {number} T @param {View["colors"]} colors @param {Geometry} g */
function weightNames(T, colors, g) {
  const { rows, output, aside } = g, beside = g.cx(0) - aside.x - 7;
  const above = (rows.top + rows.output + output.height / 2) / 2, below = (rows.input + rows.bottom) / 2 - 6;
  /** @type {[string, number, number, string, boolean][]} */
  const names = [
    ["Wₓ", beside, below, "middle left", g.has("up-x", 0)],
    ["Wᵧ", beside, above, "middle left", g.has("up-y", 0)],
    ...(T > 1
      ? [
        /** @type {[string, number, number, string, boolean]} */ ([
          ...["Wₕ", besideCut(edge(1, g)), rows.hidden - aside.y - 15, "middle center", g.has("fwd", 1)],
        ]),
      ]
      : []),
  ];
  const drawn = names.filter((name) => name[4]);
  return text(
    drawn.map(([, x]) => x),
    drawn.map(([, , y]) => y),
    drawn.map(([name]) => name),
    { size: 17, color: colors.forward, family: SYMBOLS, style: "italic" },
    drawn.map(([, , , place]) => place),
  );
}

/** The center of a word at x, kept inside the output box. @param {number} x @param {number} width @param {Geometry} g @param {number} t */
function inside(x, width, { output, cx }, t) {
  const max = Math.max(0, (output.width - 8 - width) / 2);
  return cx(t) + Math.min(max, Math.max(-max, x - cx(t)));
}

/** A position on an edge that is clear of the line in the middle. @param {{from: number, to: number}} edge */
function besideCut({ from, to }) {
  return from + Math.min(40, (to - from) / 3);
}

/** @param {number} value */
function cellNumber(value) {
  return Math.abs(value) < 100 ? signed(value) : (value > 0 ? "+" : "") + compact(sci(value));
}

/** The probability or the output of the target at a step. @param {Result} result @param {number} t @param {number} target */
export function targetProbability(result, t, target) {
  const { forward } = result;
  const p = row(result, forward.p, t)?.[target], o = row(result, forward.o, t)?.[target];
  if (forward.p) return p === null || p === undefined ? "" : wholePercent(p);
  return o === null || o === undefined ? "" : readableNumber(o);
}

/**
 * Black or white, whichever reads better on an activation's color.
 * @param {number} value −1 … 1 @param {Record<string, string>} colors
 */
function inkOnActivation(value, colors) {
  const at = 2 * (Math.min(1, Math.max(-1, value)) + 1), i = Math.min(3, Math.floor(at));
  const [from, to] = [i, i + 1].map((n) => channels(colors[`activation${n}`]));
  return inkOn(from.map((channel, n) => channel + (to[n] - channel) * (at - i)));
}
