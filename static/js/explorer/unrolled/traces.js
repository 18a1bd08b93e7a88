// Plotly traces of the unrolled graph, which depend on the forward pass only: states, letters, losses,
// numbers, hover points.

import { SYMBOLS, text } from "../../plot/figure.js";
import { compact, sci, short, signed } from "../../lib/format.js";
import { dimTraces, drawWithHighlight } from "./highlight.js";
import { channels, inkOn } from "../../plot/colormap.js";
import { row } from "../../plot/windowed.js";
import { cardTexts } from "./cards.js";
import { fit, inputRoom } from "./fit.js";
import { gateNames, gatePlaces } from "./gates.js";
import { penOf } from "./pen.js";
import { edge } from "./places.js";

const ROOM_FOR_NUMBER = 15; // px of height a cell needs
const SMALL = 0.72, LOWER = 0.28; // size of an index, and how far below its letter, in em of that
const REACH = 24; // px between points that feel the pointer

/** @typedef {import("./places.js").Chain} Chain */

/** @param {Result} result @param {View} view @param {Geometry} [g] @returns {object[]} */
export function traces(result, view, g = penOf(result, view)) {
  const shapes = drawWithHighlight(g, view, (g) => drawn(result, view, g), dimTraces);
  return [...shapes.filter(({ x }) => x.length), hitPoints(result, g)]; // of what is lit or veiled nothing may be left
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
  if (g.level !== "compact" && !isPlayback(view)) {
    shapes.push(lossDiscs(result, view, g), ...lossNumbers(result, view, g));
  }
  shapes.push(...cardTexts(result, view, g));
  if (g.level === "wide") shapes.push(...stateNumbers(result, view, g));
  if (g.level !== "compact" && !isPlayback(view) && !g.gates) {
    shapes.push(weightNames(result.tokens.length, view.colors, g));
  }
  shapes.push(...gateNames(result, colors, g));
  return shapes;
}

/** The moment that is drawn: of the start page's story, or of the player. @param {View} view */
export const momentOf = ({ story, at }) => (story ? story.at : at);

/** Whether moving parts are drawn as shapes (playback.js) and not here. @param {View} view */
export function isPlayback(view) {
  const at = momentOf(view);
  return at !== null && at.phase !== "update";
}

/** The states of one vector at a step. @param {Result} result @param {Chain} chain @param {number} t @returns {Row | null} */
export const vectorAt = (result, { vector }, t) =>
  vector === "h" ? result.forward.h[t] : row(result, result.forward.gates?.c, t);

/** The states, one column of cells a step; between the two vectors of an LSTM is an empty row. @param {Result} result @param {View} view @param {Geometry} g */
function cells(result, { colors }, g) {
  const { forward, params } = result, H = forward.h[0].length, n = g.steps.length;
  const max = activationLimit({ forward, params });
  const x = g.steps.flatMap((t) => [g.cx(t) - g.cell / 2, g.cx(t) + g.cell / 2]);
  const y = g.chains.flatMap(({ top, bottom }) =>
    Array.from({ length: H + 1 }, (_, unit) => top + (bottom - top) * unit / H)
  );
  // Of the limit, whose double may be no number.
  const share = (
    /** @type {Num | undefined} */ value,
  ) => (value === null || value === undefined ? null : value / max);
  const z = g.chains.flatMap((chain, i) => {
    const states = g.steps.map((t) => (isSeen("h", t, g) ? vectorAt(result, chain, t) : null));
    const rows = Array.from(
      { length: H },
      (_, unit) =>
        states.flatMap((state, t) => (t < n - 1 ? [share(state?.[unit]), null] : [share(state?.[unit])])),
    );
    return i ? [Array(x.length - 1).fill(null), ...rows] : rows;
  });
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
  if (params.cell !== "rnn" || params.activation === "tanh" || params.activation === "sigmoid") return 1;
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
  const size = Math.min(26, g.cell), unknown = steps.map(() => "?");
  return g.chains.map(({ hidden }) =>
    text(steps.map(g.cx), steps.map(() => hidden), unknown, { size, color: colors.ink })
  );
}

/** Invisible points that react to the pointer: nodes, gates, and edges along their length. @param {Result} result @param {Geometry} g */
function hitPoints(result, g) {
  const H = result.forward.h[0].length;
  /** @type {[Target["kind"], number, number, number, string?][]} */
  const points = g.steps.flatMap((t) => {
    const x = g.cx(t), side = g.output.width / 2 - REACH / 2;
    /** @type {[Target["kind"], number, number, number, string?][]} */
    const hits = [["x", t, x, g.rows.input], ["L", t, lossPlace(t, g), g.rows.loss]];
    for (const at of along(x - side, x + side)) hits.push(["y", t, at, g.rows.output]);
    for (const { gate, left, top, width, height } of gatePlaces(t, g, H)) {
      hits.push(["gates", t, left + width / 2, top + height / 2, gate]);
    }
    if (!t) return hits;
    for (const { vector, forward, backward } of g.chains) {
      const { from, to } = edge(t, g), of = vector === "h" ? undefined : vector;
      for (const at of along(from + REACH / 2, to - REACH / 2)) {
        hits.push(["forward", t, at, forward, of], ["backward", t, at, backward, of]);
      }
    }
    return hits;
  });
  return {
    type: "scatter",
    mode: "none",
    x: points.map(([, , x]) => x),
    y: points.map(([, , , y]) => y),
    customdata: points.map(([kind, t, , , of]) => (of ? [kind, t, of] : [kind, t])),
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

/** The diameters of the losses: the areas are to each other as the losses. @param {Result} result @param {Geometry} g */
export function discSizes({ forward }, { disc: [least, most], veiled }) {
  return lossShares(forward).map((part, t) => Math.max(least, most * (veiled("L", t) ? 0.7 : part)));
}

/** Where a loss's disc is: where its number stands beside it, the two are centered together. @param {number} t @param {Geometry} g */
export const lossPlace = (t, g) => g.cx(t) - g.lossAt.disc;

/** @param {Result["forward"]} forward */
function lossShares({ loss }) {
  const max = Math.max(...loss.map((size) => size ?? 0)) || 1;
  return loss.map((size) => Math.sqrt((size ?? 0) / max));
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function lossDiscs(result, { colors }, g) {
  const { loss } = result.forward, sizes = discSizes(result, g);
  const steps = g.steps.filter((t) => g.has("L", t));
  const color = (/** @type {number} */ t) =>
    loss[t] === null && !g.veiled("L", t) ? colors.ghost : colors.loss;
  return {
    type: "scatter",
    mode: "markers",
    x: steps.map((t) => lossPlace(t, g)),
    y: steps.map(() => g.rows.loss),
    hoverinfo: "skip",
    cliponaxis: false,
    marker: {
      color: steps.map(color),
      opacity: 1,
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

/**
 * Where the number of a loss stands: beside its disc, above it in narrow columns, nowhere in the narrowest.
 * @param {Result} result @param {number} t @param {Geometry} g
 * @returns {{x: number, y: number, words: string, size: number, side: "middle right" | "middle center"} | null}
 */
export function lossNumber({ forward }, t, g) {
  const loss = forward.loss[t], words = g.veiled("L", t) ? "?" : loss === null ? "" : lossText(loss);
  if (!words || g.level === "compact") return null;
  const size = g.type.loss, { number } = g.lossAt;
  if (number === null) {
    return g.short ? null : { x: g.cx(t), y: g.rows.loss - 6.5 - size, words, size, side: "middle center" };
  }
  return { x: lossPlace(t, g) + number, y: g.rows.loss, words, size, side: "middle right" };
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function lossNumbers(result, { colors }, g) {
  const all = g.steps.filter((t) => g.has("L", t)).flatMap((t) => lossNumber(result, t, g) ?? []);
  if (!all.length) return [];
  const [{ size, side }] = all;
  return [
    text(all.map(({ x }) => x), all.map(({ y }) => y), all.map(({ words }) => words), {
      size,
      color: colors.loss,
      weight: 700,
    }, side),
  ];
}

/** The activations in their cells. @param {Result} result @param {View} view @param {Geometry} g */
function stateNumbers(result, view, g) {
  const { forward } = result, { colors, font } = view, H = forward.h[0].length;
  const high = (g.rows.bottom - g.rows.top) / H, max = activationLimit(result);
  if (high < ROOM_FOR_NUMBER || high < g.type.value || isPlayback(view)) return [];
  const seen = g.steps.filter((t) => isSeen("h", t, g));
  const values = g.chains.flatMap((chain) =>
    seen.flatMap((t) =>
      (vectorAt(result, chain, t) ?? []).map((value, unit) => ({
        t,
        y: chain.top + high * (unit + 0.5),
        value,
      }))
    )
  ).filter(({ value }) => value !== null);
  return [text(
    values.map(({ t }) => g.cx(t)),
    values.map(({ y }) => y),
    values.map(({ value }) => cellNumber(value ?? 0)),
    {
      size: g.type.value,
      color: values.map(({ value }) => inkOnActivation((value ?? 0) / max, colors)),
      family: font,
      weight: 500,
    },
  )];
}

/** The names of the weights beside the first arrow of each. @param {number} T @param {View["colors"]} colors @param {Geometry} g */
function weightNames(T, colors, g) {
  const { rows, output, aside, box } = g,
    size = g.type.weight,
    small = SMALL * size / 2,
    beside = g.cx(0) - aside.x - 7;
  const above = (rows.top + rows.output + output.height / 2) / 2, below = rows.input - box / 2 - 11;
  /** @type {[string, number, number, boolean][]} */
  const names = [
    ["x", beside - small, below, g.has("up-x", 0)],
    ["y", beside - small, above, g.has("up-y", 0)],
    ...(T > 1
      ? [
        /** @type {[string, number, number, boolean]} */ ([
          ...["h", besideCut(edge(1, g)) + small / 2, rows.hidden - aside.y - 14, g.has("fwd", 1)],
        ]),
      ]
      : []),
  ];
  const drawn = names.filter(([name, , , has]) => has && (g.hasCards && !g.short || name === "h"));
  // W ends where its index begins: no font has all the indices as letters.
  return text(
    drawn.flatMap(([, x]) => [x, x]),
    drawn.flatMap(([, , y]) => [y, y + LOWER * size]),
    drawn.flatMap(([name]) => ["W", name]),
    {
      size: drawn.flatMap(() => [size, SMALL * size]),
      color: colors.forward,
      family: SYMBOLS,
      style: "italic",
      weight: 400,
    },
    drawn.flatMap(() => ["middle left", "middle right"]),
  );
}

/** A position on an edge that is clear of the line in the middle. @param {{from: number, to: number}} edge */
function besideCut({ from, to }) {
  return from + Math.min(40, (to - from) / 3);
}

/** @param {number} value */
export function cellNumber(value) {
  return Math.abs(value) < 100 ? signed(value) : (value > 0 ? "+" : "") + compact(sci(value));
}

/**
 * Black or white, whichever reads better on an activation's color.
 * @param {number} value −1 … 1 @param {Record<string, string>} colors
 */
export function inkOnActivation(value, colors) {
  const at = 2 * (Math.min(1, Math.max(-1, value)) + 1), i = Math.min(3, Math.floor(at));
  const [from, to] = [i, i + 1].map((n) => channels(colors[`activation${n}`]));
  return inkOn(from.map((channel, n) => channel + (to[n] - channel) * (at - i)));
}
