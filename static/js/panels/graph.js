// The unrolled network: forward arrows blue, gradients orange, and the cuts that no gradient crosses.
//
// What depends on the forward pass is drawn as traces, what depends on gradients and on the truncation
// as shapes, so that moving a slider sends shapes alone.

import { bands, figure, label, LETTERS, path, SYMBOLS, text } from "../figure.js";
import { sci, signed, visible } from "../format.js";
import { geometry } from "../geometry.js";
import { arrow, cross, rect, roundBox } from "../marks.js";
import { bucketOf, BUCKETS, gradientRange, length, opacityOf, position, widthOf } from "../scale.js";

export const name = "graph";

const MOST_CODE_POINTS = 12; // of one grapheme; families of emoji have up to eleven
const ROOM_FOR_CUT = 50; // px between a cut and its cells for what is thrown away there
const ROOM_FOR_NUMBER = 15; // px of height a cell needs
const ROOM_FOR_LETTER = 9, ROOM_FOR_WIDE_LETTER = 13; // px of width a softmax bar needs

/** @param {Result} result @param {View} view */
export function draw(result, view) {
  const g = geometry(result.tokens.length, view);
  return figure(traces(result, view), shapes(result, view), { width: g.W, height: g.H }, view);
}

/**
 * What the traces are drawn from: while it stays the same, only shapes need to be sent.
 * @param {Result} result @param {View} view
 */
export function dataKey({ params, forward }, { words: _, t: __, ...size }) {
  const { truncation: _a, k: _b, k1: _c, cut: _d, cut_seed: _e, ...rest } = params;
  return JSON.stringify([rest, forward.total_loss, size]);
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function traces(result, view) {
  const g = geometry(result.tokens.length, view), { colors } = view;
  const x = result.tokens.map((_, t) => g.cx(t)), at = (/** @type {number} */ y) => x.map(() => y);
  /** @type {object[]} */
  const made = [
    cells(result, view, g),
    text(x, at(g.rows.input), result.tokens.map((token) => drawable(token)), {
      size: g.font,
      color: colors.ink,
    }),
    hitPoints(result, g),
  ];
  if (g.level !== "compact") made.push(lossDiscs(result, view, g));
  if (g.level === "wide") made.push(...wideNumbers(result, view, g));
  else made.push(...predictions(result, view, g));
  return made;
}

/** A grapheme with a pile of combining marks, cut to a drawable height. @param {string} symbol */
function drawable(symbol) {
  return [...visible(symbol)].slice(0, MOST_CODE_POINTS).join("");
}

/** The hidden states, one column of cells a step. @param {Result} result @param {View} view @param {Geometry} g */
function cells({ forward, params }, { colors }, g) {
  const h = forward.h, H = h[0].length, T = h.length;
  const x = h.flatMap((_, t) => [g.cx(t) - g.cell / 2, g.cx(t) + g.cell / 2]);
  const y = Array.from({ length: H + 1 }, (_, unit) => g.rows.top + (g.rows.bottom - g.rows.top) * unit / H);
  const z = Array.from(
    { length: H },
    (_, unit) => h.flatMap((row, t) => (t < T - 1 ? [row[unit], null] : [row[unit]])),
  );
  const most = activationLimit({ forward, params });
  return {
    type: "heatmap",
    x,
    y,
    z,
    zmin: -most,
    zmax: most,
    showscale: false,
    xgap: 0.01,
    ygap: H > 24 ? 0.3 : g.level === "wide" ? 2 : 1,
    hoverongaps: false,
    hoverinfo: "none",
    colorscale: [0, 1, 2, 3, 4].map((i) => [i / 4, colors[`activation${i}`]]),
  };
}

/**
 * The activation at the ends of the colour scale: 1 where f is bounded, else the largest of the run.
 * @param {Pick<Result, "forward" | "params">} result
 */
export function activationLimit({ forward, params }) {
  if (params.activation === "tanh" || params.activation === "sigmoid") return 1;
  let most = 0;
  for (const row of forward.h) for (const value of row) most = Math.max(most, Math.abs(value ?? 0));
  return most || 1;
}

/** Nodes and edges under the pointer; they draw nothing. @param {Result} result @param {Geometry} g */
function hitPoints({ tokens }, g) {
  /** @type {[Target["kind"], number, number, number][]} */
  const points = tokens.flatMap((_, t) => {
    const x = g.cx(t), edge = x - g.c / 2, inLanes = g.level === "compact";
    /** @type {[Target["kind"], number, number, number][]} */
    const found = [["x", t, x, g.rows.input], ["y", t, x, g.rows.output], ["L", t, x, g.rows.loss]];
    if (t) {
      found.push(["forward", t, edge, inLanes ? g.lanes.forward : g.rows.hidden - g.aside.y]);
      found.push(["backward", t, edge, inLanes ? g.lanes.backward : g.rows.hidden + g.aside.y]);
    }
    return found;
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

/**
 * What a point of the figure stands for.
 * @param {Point} point
 * @returns {Target | null}
 */
export function hit({ data, pointNumber, customdata }) {
  if (data.type === "heatmap" && Array.isArray(pointNumber)) {
    return { kind: "h", unit: pointNumber[0], t: pointNumber[1] / 2 };
  }
  return customdata ? { kind: customdata[0], t: customdata[1] } : null;
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function lossDiscs({ forward }, { colors }, g) {
  const most = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1,
    [least, more] = g.level === "wide" ? [13, 22] : [8, 10];
  const share = forward.loss.map((loss) => Math.sqrt((loss ?? 0) / most));
  return {
    type: "scatter",
    mode: "markers",
    x: forward.loss.map((_, t) => g.cx(t)),
    y: forward.loss.map(() => g.rows.loss),
    hoverinfo: "skip",
    cliponaxis: false,
    marker: {
      color: forward.loss.map((loss) => (loss === null ? colors.thrown : colors.backward)),
      opacity: share.map((part, t) => (forward.loss[t] === null ? 0.7 : 0.4 + 0.6 * part * part)),
      size: share.map((part) => least + more * part),
      line: { width: 0 },
    },
  };
}

/** The likeliest symbol: blue where it is the wanted one. @param {Result} result @param {View} view @param {Geometry} g */
function predictions({ forward, vocabulary, targets }, { colors }, g) {
  const guessed = forward.o.map((scores) => {
    const best = scores.indexOf(
      scores.reduce((a, b) => ((b ?? -Infinity) > (a ?? -Infinity) ? b : a), scores[0]),
    );
    return scores[best] === null ? "" : vocabulary[best];
  });
  const x = guessed.map((_, t) => g.cx(t)), y = guessed.map(() => g.rows.output);
  const color = guessed.map((symbol, t) => (symbol === targets[t] ? colors.forward : colors.muted));
  return [text(x, y, guessed.map((symbol) => drawable(symbol)), { size: g.font, color })];
}

/** @param {Result} result @param {View} view @param {Geometry} g */
function wideNumbers(result, view, g) {
  const { forward, vocabulary, targets } = result, { colors, font } = view, T = targets.length;
  const steps = targets.map((_, t) => t), { output, rows } = g;
  const wanted = targets.map((target) => vocabulary.indexOf(target));
  const made = [
    text(
      steps.map((t) => g.cx(t) + output.width / 2 + 4),
      steps.map(() => rows.output - 4),
      steps.map((t) => chance(result, t, wanted[t])),
      { size: 15, color: colors.forward },
      "middle right",
    ),
    text(
      steps.map((t) => g.cx(t) + 24),
      steps.map(() => rows.loss),
      forward.loss.map((loss) => (loss === null ? "" : loss.toFixed(2))),
      { size: 16, color: colors.ink },
      "middle right",
    ),
    text(
      [g.cx(0) - g.aside.x - 7, g.cx(0) - g.aside.x - 7, ...(T > 1 ? [(g.cx(0) + g.cx(1)) / 2] : [])],
      [
        (rows.input + rows.bottom) / 2 - 6,
        (rows.top + rows.output + output.height / 2) / 2,
        rows.hidden - g.aside.y - 15,
      ],
      ["Wₓ", "Wᵧ", ...(T > 1 ? ["Wₕ"] : [])],
      { size: 17, color: colors.forward, family: SYMBOLS, style: "italic" },
      ["middle left", "middle left", "middle center"],
    ),
  ];
  const place = barPlaces(result, g);
  const letters = vocabulary.map(visible), narrow = letters.every((letter) => /^[\x20-\xff␣]$/.test(letter));
  const roomy = place.width >= (narrow ? ROOM_FOR_LETTER : ROOM_FOR_WIDE_LETTER);
  const named = steps.flatMap((t) => letters.map((letter, i) => ({ t, i, letter })))
    .filter(({ t, i }) => roomy || i === wanted[t]);
  made.push(text(
    named.map(({ t, i }) => place.x(t, i) + place.width / 2),
    named.map(() => rows.output + output.height / 2 - 10),
    named.map(({ letter }) => letter),
    { size: 13, color: named.map(({ t, i }) => (i === wanted[t] ? colors.forward : colors.muted)) },
  ));
  const H = forward.h[0].length, high = (rows.bottom - rows.top) / H;
  if (high >= ROOM_FOR_NUMBER) {
    const most = activationLimit(result);
    const values = forward.h.flatMap((row, t) => row.map((value, unit) => ({ t, unit, value })))
      .filter(({ value }) => value !== null);
    made.push(text(
      values.map(({ t }) => g.cx(t)),
      values.map(({ unit }) => rows.top + high * (unit + 0.5)),
      values.map(({ value }) => cellNumber(value ?? 0)),
      {
        size: 13,
        color: values.map(({ value }) => inkOn((value ?? 0) / most, colors)),
        family: font,
        weight: 500,
      },
    ));
  }
  return made;
}

/** @param {number} value */
function cellNumber(value) {
  return Math.abs(value) < 100 ? signed(value) : sci(value);
}

/** What a step's output says of the wanted symbol. @param {Result} result @param {number} t @param {number} wanted */
function chance({ forward }, t, wanted) {
  const p = forward.p?.[t][wanted], o = forward.o[t][wanted];
  if (forward.p) return p === null || p === undefined ? "" : `${Math.round(100 * p)}%`;
  return o === null ? "" : `${o < 0 ? "−" : ""}${Math.abs(o).toFixed(1)}`;
}

/**
 * Black or white, whichever reads better on an activation's colour.
 * @param {number} value −1 … 1 @param {Record<string, string>} colors
 */
function inkOn(value, colors) {
  const at = 2 * (Math.min(1, Math.max(-1, value)) + 1), i = Math.min(3, Math.floor(at));
  const [from, to] = [i, i + 1].map((n) => channels(colors[`activation${n}`]));
  const [r, gr, b] = from.map((channel, n) => {
    const part = (channel + (to[n] - channel) * (at - i)) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * r + 0.7152 * gr + 0.0722 * b;
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#ffffff" : "#0b0e12";
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

/** Where the bars of the outputs stand in their box. @param {Result} result @param {Geometry} g */
function barPlaces({ vocabulary }, g) {
  const slot = (g.output.width - 16) / vocabulary.length;
  return {
    width: slot,
    x: (/** @type {number} */ t, /** @type {number} */ i) => g.cx(t) - g.output.width / 2 + 8 + slot * i,
  };
}

/** @param {Result} result @param {View} view @returns {object[]} */
export function shapes(result, view) {
  const g = geometry(result.tokens.length, view), { colors } = view;
  const back = backwardMarks(result, view, g), still = forwardMarks(result, g);
  const thin = g.level === "wide" ? 1.6 : 1;
  return [
    ...bands(result.blocks, { x: g.cx, c: g.c, top: 2, bottom: g.H - 2 }, view, blockName(view, g)),
    path(still.arrows, { fill: colors.forward }),
    path(back.outlines, { fill: colors.background, stroke: colors.backward, width: 1, opacity: 0.55 }),
    ...back.buckets.map((marks, i) => path(marks, { fill: colors.backward, opacity: opacityOf(i) })),
    path(back.stubs, { fill: colors.backward }),
    path(still.boxes, { fill: colors.node, stroke: colors.line, width: thin }),
    path(still.frames, { fill: colors.panel, stroke: colors.line, width: thin }),
    path(still.bars, { fill: colors.cut, opacity: 0.55 }),
    path(still.wantedBars, { fill: colors.forward }),
    path(still.losses, { fill: colors.backward }),
    path(still.noLosses, { fill: colors.thrown }),
    ...back.labels,
  ];
}

/** @param {View} view @param {Geometry} g */
function blockName({ words }, g) {
  return (/** @type {{start: number, stop: number}} */ { start, stop }, /** @type {number} */ i) => {
    const room = (stop - start) * g.c, steps = stop - start > 1 ? `${start}–${stop - 1}` : `${start}`;
    if (room > 150) return words("graph.block_steps", { n: i + 1, steps });
    if (room > 74) return words("graph.block", { n: i + 1 });
    return room > 24 ? String(i + 1) : "";
  };
}

/** Everything that the forward pass draws. @param {Result} result @param {Geometry} g */
function forwardMarks(result, g) {
  const { forward, vocabulary, targets } = result, { rows, box, output, gap, aside } = g;
  const [above, below] = aroundCells(g), inLanes = g.level === "compact", wide = g.level === "wide";
  const most = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1;
  const made = { arrows: "", boxes: "", frames: "", bars: "", wantedBars: "", losses: "", noLosses: "" };
  const place = barPlaces(result, g), floor = rows.output + output.height / 2 - 21, tall = output.height - 32;
  targets.forEach((target, t) => {
    const x = g.cx(t), up = x - aside.x, w = g.arrow.forward;
    made.arrows += arrow(up, rows.input - box / 2 - gap, up, below, w) +
      arrow(up, above, up, rows.output + output.height / 2 + gap, w) +
      arrow(up, rows.output - output.height / 2 - gap, up, rows.loss + g.loss + 1, w);
    if (t) {
      const { from, to, forward: y } = edge(t, g);
      made.arrows += arrow(from, y, to, y, w);
    }
    made.boxes += roundBox(x, rows.input, box, box, wide ? 10 : 5) +
      roundBox(x, rows.output, output.width, output.height, wide ? 12 : 5);
    const frame = wide ? 8 : 3;
    made.frames += roundBox(x, rows.hidden, g.cell + frame, rows.bottom - rows.top + frame, wide ? 9 : 3);
    const loss = forward.loss[t];
    if (inLanes) {
      const height = 3 + 0.085 * g.H * (loss ?? 0) / most;
      const bar = rect(x - 4, rows.loss - height, 8, height);
      if (loss === null) made.noLosses += bar;
      else made.losses += bar;
    }
    if (!wide) return;
    const values = (forward.p ?? forward.o)[t].map((value) => Math.min(1, Math.max(0, value ?? 0)));
    values.forEach((value, i) => {
      const margin = place.width > 5 ? 2 : 0;
      const bar = rect(
        place.x(t, i) + margin,
        floor - tall * value,
        Math.max(0.5, place.width - 2 * margin),
        tall * value + 1,
      );
      if (vocabulary[i] === target) made.wantedBars += bar;
      else made.bars += bar;
    });
  });
  return made;
}

/** Where arrows above and below the cells end. @param {Geometry} g */
function aroundCells({ level, lanes, rows, gap }) {
  return level === "compact" ? [lanes.forward - 5, lanes.backward + 9] : [rows.top - gap, rows.bottom + gap];
}

/** The edge between t-1 and t. @param {number} t @param {Geometry} g */
function edge(t, g) {
  if (g.level === "compact") {
    return {
      from: g.cx(t - 1) + 1.5,
      to: g.cx(t) - 1.5,
      forward: g.lanes.forward,
      backward: g.lanes.backward,
    };
  }
  const side = g.cell / 2 + g.gap + (g.level === "wide" ? 0 : 1);
  const { hidden } = g.rows;
  return {
    from: g.cx(t - 1) + side,
    to: g.cx(t) - side,
    forward: hidden - g.aside.y,
    backward: hidden + g.aside.y,
  };
}

/**
 * What the table says of the edge t → t-1: of the losses that reach t, do all cross it, some, or none?
 * @param {Result} result
 * @param {number} t
 * @returns {"whole" | "partly" | "cut"}
 */
export function edgeState({ kept }, t) {
  let arriving = 0, crossing = 0;
  for (let s = t; s < kept.length; s += 1) {
    if (kept[s][t]) arriving += 1;
    if (kept[s][t - 1]) crossing += 1;
  }
  return crossing === 0 ? "cut" : crossing === arriving ? "whole" : "partly";
}

/** Everything that gradients draw. @param {Result} result @param {View} view @param {Geometry} g */
function backwardMarks(result, { colors }, g) {
  const { full, truncated } = result, range = gradientRange(result), { rows, output, aside, gap } = g;
  const [above, below] = aroundCells(g), wide = g.level === "wide";
  const made = {
    buckets: Array(BUCKETS).fill(""),
    outlines: "",
    stubs: "",
    labels: /** @type {object[]} */ ([]),
  };
  /** @param {Num} size @param {[number, number, number, number]} place @param {number} [scale] */
  const gradient = (size, place, scale = 1) => {
    if (!size) return;
    const at = position(size, range);
    made.buckets[bucketOf(at)] += arrow(...place, Math.max(1, scale * widthOf(at, g.arrow.widest)));
  };
  result.tokens.forEach((_, t) => {
    const down = g.cx(t) + aside.x, own = length(truncated.dh_output[t]), { vertical } = g.arrow;
    gradient(own, [down, rows.loss + g.loss + 1, down, rows.output - output.height / 2 - gap], vertical);
    gradient(own, [down, rows.output + output.height / 2 + gap, down, above], vertical);
    gradient(length(truncated.da[t]), [down, below, down, rows.input - g.box / 2 - gap], vertical);
    if (!t) return;
    const { from, to, backward: y } = edge(t, g), middle = g.cx(t) - g.c / 2;
    const size = length(truncated.dh_future[t - 1]), exact = length(full.dh_future[t - 1]);
    const state = edgeState(result, t);
    if (state === "cut") {
      if (exact === 0) return;
      const reach = wide ? 8 : 5.5, start = middle + reach + 2;
      made.stubs += cross(middle, y, reach, 1.8) + rect(start, y - 0.8, Math.max(0, to - start), 1.6);
      if (to - middle > ROOM_FOR_CUT) {
        made.labels.push(gradientLabel((middle + to) / 2, y + 21, sci(exact), colors.muted));
      }
      return;
    }
    if (state === "partly" && exact) {
      made.outlines += arrow(to, y, from, y, widthOf(position(exact, range), g.arrow.widest) + 2);
    }
    gradient(size, [to, y, from, y]);
    if (wide && size) made.labels.push(gradientLabel((from + to) / 2, y + 21, sci(size), colors.backward));
  });
  return made;
}

/** @param {number} x @param {number} y @param {string} words @param {string} color */
function gradientLabel(x, y, words, color) {
  return label(x, y, words, { size: 15, color, family: LETTERS, weight: 600 });
}

/**
 * The names of the rows beside the graph, with their heights.
 * @param {Result} result
 * @param {View} view
 */
export function gutter(result, view) {
  const g = geometry(result.tokens.length, view), { rows, lanes } = g, { words } = view;
  const named = [
    {
      symbol: "L",
      subscript: "t",
      word: words("graph.loss"),
      y: rows.loss - (g.level === "compact" ? 10 : 0),
    },
    { symbol: "ŷ", subscript: "t", word: words("graph.prediction"), y: rows.output },
    { symbol: "h", subscript: "t", word: words("graph.hidden"), y: rows.hidden },
    { symbol: "x", subscript: "t", word: words("graph.input"), y: rows.input },
  ].map((row) => ({ ...row, lane: "" }));
  if (g.level !== "compact") return named;
  return [
    ...named,
    { symbol: "", subscript: "", word: "Wₕ →", y: lanes.forward, lane: "forward" },
    { symbol: "", subscript: "", word: "← ∂L/∂h", y: lanes.backward, lane: "backward" },
  ];
}
