// Playback of the unrolled graph at a moment of the player: computed marks are drawn, the current ones lit,
// later ones hidden. All of it is shapes, so that a moment costs only a relayout.

import { label, LETTERS, path } from "../../plot/figure.js";
import { compact, sci } from "../../lib/format.js";
import { arrow, disc, rect, roundBox } from "../../plot/paths.js";
import { backwardState, forwardState, schedule } from "../timeline.js";
import { ramp } from "../../plot/colormap.js";
import { bucketOf, BUCKETS, gradientRange, opacityOf, position, widthOf } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { edgeState, hasScissors, MIDDLE, numberAt, questionMark, unknownAt } from "./backward.js";
import { addCut, addEnd, cutPlace, cutShapes, noCuts } from "./cuts.js";
import { ghostShapes } from "./ghost.js";
import { inputWidth } from "./fit.js";
import { forwardMarks, forwardWidth } from "./forward.js";
import { usePlayback } from "./moment.js";
import { backwardPlaces, forwardPlaces, FUTURE } from "./places.js";
import {
  activationLimit,
  cellNumber,
  discSizes,
  inkOnActivation,
  lossNumber,
  lossPlace,
  vectorAt,
} from "./traces.js";
import { passOf, sizeOf } from "./walks.js";

usePlayback(playbackShapes);

const BESIDE_ARROW = 12; // px from an arrow to its number
const SPLIT = 0.52; // of a hidden box: the rest shows its gradient
const SHADES = 8; // of the gradient's color on either side of nothing
const GHOST = 0.16, DIM = 0.38, PALE = 0.3, THIN = 0.74, LIT = 0.42;

/** @typedef {import("./places.js").Place} Place */
/** @typedef {import("./places.js").Chain} Chain */

/**
 * @param {Result} result
 * @param {View} view
 * @param {Geometry} g
 * @param {Moment} at
 * @returns {{behind: object[], above: object[]}} shapes behind and above the boxes
 */
export function playbackShapes(result, view, g, at) {
  const ahead = forwardPlayback(result, view, g, at);
  if (at.phase === "forward") return ahead;
  const back = backwardPlayback(result, view, g, at);
  return { behind: [...ahead.behind, ...back.behind], above: [...ahead.above, ...back.above] };
}

/** @param {Result} result @param {View} view @param {Geometry} g @param {Moment} at */
function forwardPlayback(result, view, g, at) {
  const { colors } = view, { rows, box, cell, output } = g, wide = g.level === "wide";
  const paths = { ghost: "", arrows: "", thin: "", lit: "", empty: "", unread: "", noLoss: "" };
  const frame = wide ? 8 : g.level === "middle" ? 6 : 3;
  for (const t of g.steps) {
    const x = g.cx(t), { input, past, output: up, loss } = forwardPlaces(t, g);
    /** @type {[number, Place, import("./selectors.js").MarkKind][]} */
    const arrows = [[1, input, "up-x"], [3, up, "up-y"], [4, loss, "up-L"]];
    for (const place of past) arrows.push([1, place, "fwd"]);
    for (const [line, place, kind] of arrows) {
      if (!g.has(kind, t)) continue;
      const state = forwardState(at, t, line), drawn = arrow(...place, forwardWidth(kind, g));
      if (state === "not yet") paths.ghost += drawn;
      else if (kind === "fwd") paths.arrows += drawn;
      else paths.thin += drawn;
      if (state === "now") paths.lit += pill(place, g);
    }
    const [read, state, predicted] = [1, 2, 3].map((line) => forwardState(at, t, line));
    if (read === "not yet" && g.has("x", t)) {
      paths.unread += roundBox(x, rows.input, inputWidth(result.tokens[t], g) - 3, box - 3, 6);
    }
    const [width, height, radius] = [output.width, output.height, 7];
    if (g.has("h", t)) {
      if (state === "not yet") {
        for (const { hidden, top, bottom } of g.chains) {
          const tall = bottom - top + frame;
          paths.empty += roundBox(x, hidden, cell + frame, tall, g.level === "compact" ? 3 : 7);
        }
      } else if (state === "now") paths.lit += litState(t, g);
    }
    if (g.has("y", t)) {
      if (predicted === "not yet") paths.empty += roundBox(x, rows.output, width, height, radius);
      else if (predicted === "now") {
        paths.lit += roundBox(x, rows.output, width + 10, height + 10, radius + 2);
      }
    }
    if (g.has("L", t) && g.level !== "compact" && forwardState(at, t, 4) === "not yet") {
      paths.noLoss += disc(lossPlace(t, g), rows.loss, 14);
    }
  }
  const losses = lossPlayback(result, view, g, at), back = at.phase === "backward";
  const numbers = back && schedule(result).separate ? [] : stateLabels(result, view, g, at);
  return {
    behind: [
      path(paths.ghost, { fill: colors.muted, opacity: GHOST }),
      path(paths.lit + losses.lit, { fill: colors.select, opacity: LIT }),
      path(paths.thin, { fill: colors.forward, opacity: back ? DIM : THIN }),
      path(paths.arrows, { fill: colors.forward, opacity: back ? DIM : 1 }),
      path(paths.noLoss, { stroke: colors.line, width: 1.2 }),
    ],
    above: [
      ...losses.shapes,
      path(paths.empty, {
        fill: colors.node,
        stroke: colors.line,
        width: 1.2,
        dash: "3px,4px",
        layer: "above",
      }),
      path(paths.unread, { fill: colors.node, opacity: 0.6, layer: "above" }),
      ...numbers,
    ],
  };
}

/** The computed losses and their numbers. @param {Result} result @param {View} view @param {Geometry} g @param {Moment} at */
function lossPlayback(result, { colors }, g, at) {
  const { forward } = result,
    steps = g.steps.filter((t) => g.has("L", t) && hasHappened(forwardState(at, t, 4)));
  const now = steps.filter((t) => forwardState(at, t, 4) === "now"), { rows } = g;
  if (g.level === "compact") {
    const { losses, noLosses } = forwardMarks(result, { ...g, steps });
    const lit = now.map((t) => roundBox(g.cx(t), rows.loss - 0.05 * g.H, 16, 0.1 * g.H + 8, 5)).join("");
    return { lit, shapes: [path(losses, { fill: colors.loss }), path(noLosses, { fill: colors.ghost })] };
  }
  const sizes = discSizes(result, g);
  let discs = "", none = "";
  for (const t of steps) {
    const drawn = disc(lossPlace(t, g), rows.loss, sizes[t]);
    if (forward.loss[t] === null) none += drawn;
    else discs += drawn;
  }
  const numbers = steps.flatMap((t) => lossNumber(result, t, g) ?? []).map(({ x, y, words, size, side }) => {
    const left = side === "middle right" ? x + 0.3 * size * words.length : x;
    return label(left, y, words, { size, color: colors.loss, family: LETTERS, weight: 700 });
  });
  return {
    lit: now.map((t) => disc(lossPlace(t, g), rows.loss, sizes[t] + 11)).join(""),
    shapes: [path(discs, { fill: colors.loss }), path(none, { fill: colors.ghost }), ...numbers],
  };
}

/** @param {Result} result @param {View} view @param {Geometry} g @param {Moment} at */
function backwardPlayback(result, view, g, at) {
  const { colors, range = gradientRange(result) } = view, { vertical, widest } = g.arrow;
  const pass = passOf(result, view, at), cuts = noCuts();
  const paths = { buckets: Array(BUCKETS).fill(""), thin: "", pale: "", lit: "" };
  /** @type {object[]} */
  const labels = [];
  /** @param {number} t @param {number} line */
  const stateOf = (t, line) => (pass.start <= t && t < pass.stop ? backwardState(at, t, line) : "not yet");
  const width = (/** @type {number} */ size) => widthOf(position(size, range), widest);
  /**
   * Draw a gradient once it is computed, else what earlier backward passes have brought here.
   * @param {import("./selectors.js").MarkKind} kind @param {number} of the step of the mark @param {boolean} come @param {boolean} lit @param {Place} place @param {import("./walks.js").Name} name
   * @param {number} t
   */
  const gradient = (kind, of, come, lit, place, name, t) => {
    const isThin = kind !== "back", isVeiled = g.veiled(kind, of);
    if (!g.has(kind, of) || isVeiled && !come) return 0;
    /** @param {number} at a position */
    const draw = (at) => {
      if (isThin) paths.thin += arrow(...place, vertical);
      else paths.buckets[bucketOf(at)] += arrow(...place, widthOf(at, widest));
      if (lit) paths.lit += pill(place, g);
    };
    if (isVeiled) {
      draw(MIDDLE);
      return 0;
    }
    if (come) {
      const size = sizeOf(pass.gradient(name, t));
      if (!size) return 0;
      draw(position(size, range));
      return size;
    }
    const before = pass.before(name, t), size = sizeOf(before);
    if (before === undefined) paths.pale += arrow(...place, 1);
    else if (size) paths.pale += arrow(...place, isThin ? vertical : width(size));
    return 0;
  };
  /** Draw what a step hands to the one before along one vector. @param {number} t @param {Chain} chain @param {Place} place @param {boolean} come @param {boolean} lit */
  const handOn = (t, chain, place, come, lit) => {
    const name = FUTURE[chain.vector], [to, y, from] = place;
    if (g.veiled("back", t)) {
      gradient("back", t, come, lit, place, name, t - 1);
      if (g.level !== "compact" && come) labels.push(unknownAt(t, g, chain, colors.backward));
      return;
    }
    if (pass.separate ? t === pass.start : edgeState(result, t) === "cut") {
      const lost = pass.separate ? 1 : sizeOf(row(result, result.full[name], t - 1));
      if (come && lost) {
        if (pass.separate) addEnd(cuts, t, chain, g);
        else {
          addCut(cuts, t, chain, lost, g, range, hasScissors(result, g));
          labels.push(...numberAt(t, lost, g, chain, colors.muted, [from, cutPlace(t, g)], true));
        }
        if (lit) paths.lit += view.present ? pill(place, g) : roundBox(cutPlace(t, g), y, 38, 38, 19);
      } else gradient("back", t, false, false, place, name, t - 1);
      return;
    }
    const size = gradient("back", t, come, lit, place, name, t - 1);
    if (size) labels.push(...numberAt(t, size, g, chain, colors.backward, [from, to]));
  };
  for (const t of g.steps) {
    const { loss, output, share, past } = backwardPlaces(t, g);
    const [met, through, shared, handed] = [1, 2, 3, 4].map((line) => stateOf(t, line));
    gradient("err", t, hasHappened(met), met === "now", loss, "dh_output", t);
    const own = gradient("out", t, hasHappened(met), met === "now", output, "dh_output", t);
    if (own && met === "now" && view.present) labels.push(...ownNumber(own, output, colors.backward, g));
    if (shared === "now") gradient("share", t, true, true, share, "da", t);
    if (through === "now" && g.has("h", t)) paths.lit += litState(t, g);
    if (!g.has("back", t)) continue;
    const come = hasHappened(handed),
      lit = handed === "now" || (t > pass.start && stateOf(t - 1, 1) === "now");
    for (const { chain, place } of past) handOn(t, chain, place, come, lit);
  }
  const exact = pass.separate // one walk is a part of both
    ? { behind: [], above: [] }
    : ghostShapes(result, view, g, (t, line) => hasHappened(stateOf(t, line)));
  const scissors = cutShapes(cuts, colors);
  return {
    behind: [
      path(paths.lit, { fill: colors.select, opacity: LIT }),
      ...exact.behind,
      path(paths.thin, { fill: colors.backward, opacity: THIN }),
      path(paths.pale, { fill: colors.backward, opacity: PALE }),
      ...paths.buckets.map((marks, i) => path(marks, { fill: colors.backward, opacity: opacityOf(i) })),
      ...exact.above,
      ...scissors.behind,
    ],
    above: [...gradientCells(result, view, g, pass, stateOf), ...scissors.above, ...labels],
  };
}

/** The gradient of each vector, to its state. */
const TOTAL = /** @type {const} */ ({ h: "dh", c: "dc" });

/** What a step's own loss brings, beside its arrow, where the presenter view has room for it. @param {number} size @param {Place} place @param {string} color @param {Geometry} g */
function ownNumber(size, [x, top, , bottom], color, g) {
  const words = compact(sci(size)), wide = 0.6 * g.type.norm * words.length;
  if (g.level === "compact" || Math.abs(bottom - top) < g.type.norm) return [];
  const font = { size: g.type.norm, color, family: LETTERS, weight: 700 };
  return [label(x + BESIDE_ARROW + wide / 2, (top + bottom) / 2, words, font)];
}

/** The activations of the states that are computed and that no gradient has reached. @param {Result} result @param {View} view @param {Geometry} g @param {Moment} at */
function stateLabels(result, { colors, present }, g, at) {
  const high = (g.rows.bottom - g.rows.top) / result.forward.h[0].length;
  if (!present || g.level !== "wide" || high < g.type.value) return [];
  const max = activationLimit(result);
  const steps = g.steps.filter((t) =>
    g.has("h", t) && !g.veiled("h", t) && hasHappened(forwardState(at, t, 2)) &&
    !hasHappened(backwardState(at, t, 1))
  );
  return g.chains.flatMap((chain) =>
    steps.flatMap((t) =>
      (vectorAt(result, chain, t) ?? []).flatMap((value, unit) =>
        value === null ? [] : [
          label(g.cx(t), chain.top + high * (unit + 0.5), cellNumber(value), {
            size: g.type.value,
            color: inkOnActivation(value / max, colors),
            family: LETTERS,
            weight: 500,
          }),
        ]
      )
    )
  );
}

/**
 * The right part of every hidden box: ∂L/∂h where it is computed, and ∂L/∂c in those of c, by sign and square root of its
 * size, on the scale of the exact run, so that vanishing is visible.
 * @param {Result} result @param {View} view @param {Geometry} g
 * @param {ReturnType<typeof passOf>} pass @param {(t: number, line: number) => string} stateOf
 */
function gradientCells(result, { colors, over, present }, g, pass, stateOf) {
  const H = result.forward.h[0].length, gap = H > 24 ? 0 : 1, inset = g.cell > 20 ? 2 : 1;
  const max = Math.max(largest(result.full.dh), largest(result.full.dc ?? [])) || 1;
  const [come, before] = [0, 1].map(() => /** @type {string[]} */ (Array(2 * SHADES + 1).fill("")));
  let covers = "";
  /** @type {object[]} */
  const questionMarks = [];
  /** @param {string[]} shades @param {Chain} chain @param {Row | null | undefined} gradient @param {number} left @param {number} right */
  const column = (shades, { top, bottom }, gradient, left, right) =>
    gradient?.forEach((value, unit) => {
      if (value === null) return;
      const at = Math.sign(value) * Math.min(1, Math.sqrt(Math.abs(value) / max));
      const high = (bottom - top) / H, y = top + high * unit + gap / 2;
      shades[Math.round(SHADES * (at + 1))] += rect(left + inset, y, right - left - inset, high - gap);
    });
  const both = over && !pass.separate && result.params.truncation !== "full";
  for (const t of g.steps.filter((t) => g.has("h", t))) {
    const left = g.cx(t) + (SPLIT - 0.5) * g.cell, right = g.cx(t) + g.cell / 2;
    const end = both ? (left + right) / 2 : right; // the exact one stands to the right of the truncated one
    for (const chain of g.chains) {
      const { top, bottom, hidden, vector } = chain, name = TOTAL[vector];
      const isBlank = !hasHappened(stateOf(t, 1)) && !pass.before(name, t);
      if (!present || !isBlank) covers += rect(left, top - 0.5, right - left + 1, bottom - top + 1); // on the wall a state is whole until then
      if (g.veiled("share", t)) {
        if (hasHappened(stateOf(t, 1))) {
          questionMarks.push(questionMark((left + right) / 2, hidden, colors.backward));
        }
        continue;
      }
      if (!hasHappened(stateOf(t, 1))) column(before, chain, pass.before(name, t), left, right);
      else column(come, chain, pass.gradient(name, t), left, end);
      if (both && hasHappened(stateOf(t, 1))) {
        column(come, chain, row(result, result.full[name], t), end, right);
      }
    }
  }
  const shades = come.map((_, i) => ramp(colors, "gradient", i / (2 * SHADES)));
  return [
    path(covers, { fill: colors.node, layer: "above" }),
    ...shades.flatMap((fill, i) => (come[i] ? [path(come[i], { fill, layer: "above" })] : [])),
    ...shades.flatMap((
      fill,
      i,
    ) => (before[i] ? [path(before[i], { fill, opacity: 0.45, layer: "above" })] : [])),
    ...questionMarks,
  ];
}

/** The largest absolute value. @param {Table} rows */
function largest(rows) {
  let max = 0;
  for (const row of rows) for (const value of row) max = Math.max(max, Math.abs(value ?? 0));
  return max;
}

/** @param {string} state */
const hasHappened = (state) => state !== "not yet";

/** The highlight of an arrow. @param {Place} place @param {Geometry} g */
function pill([x0, y0, x1, y1], g) {
  const flat = Math.abs(x1 - x0) > Math.abs(y1 - y0), thick = g.pill[flat ? "flat" : "upright"];
  const [width, height] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  return flat
    ? roundBox((x0 + x1) / 2, y0, width + 4, thick, 12)
    : roundBox(x0, (y0 + y1) / 2, thick, height + 4, 11);
}

/** The highlight of a state. @param {number} t @param {Geometry} g */
function litState(t, { cx, chains, cell, level }) {
  const more = level === "wide" ? 20 : 11, round = level === "wide" ? 13 : 6;
  return chains.map(({ hidden, top, bottom }) =>
    roundBox(cx(t), hidden, cell + more, bottom - top + more, round)
  ).join("");
}
