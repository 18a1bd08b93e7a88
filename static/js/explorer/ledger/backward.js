// Ledger cards of a backward step: gradients are added, pass through f, give the weights' terms, and pass
// back.

import { sci, subscript, visible } from "../../lib/format.js";
import { bracketed, letter, number, row, sign, stepped } from "../../lib/mathml.js";
import { plainName, weight } from "../notation.js";
import { inputNames, inputOf, matrix, shownRows, stateBefore } from "./context.js";
import { added, back, normOf, numbers, outer, pluggedIn, times } from "./numbers.js";
import { between, column } from "./pieces.js";
import { hasLoss } from "../losses.js";

const MOST_INPUTS = 8; // inputs whose gradient is shown whole

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./context.js").Reset} Reset */
/**
 * What a cell knows of its own lines (cells/*.js).
 * @typedef {object} Cell
 * @property {string[]} gates the blocks of the weights' columns
 * @property {(context: Context, block: number) => {name: Formula, transposed: Formula, values: number[]}} leftFactor
 * @property {(context: Context, block: number) => Reset | null} [reset] what multiplies the gate's product with W_h
 * @property {(context: Context) => number[] | null} preactivation
 * @property {(context: Context) => LedgerCard} activated
 * @property {string} future the letter of the gradient that comes from there
 * @property {(context: Context, block: number) => LedgerCard} throughActivation
 * @property {(context: Context) => LedgerPiece[]} [meetingPieces] what meets besides the two gradients
 * @property {(context: Context) => string} [meetingNote] said of it
 * @property {(context: Context) => Formula} nextGradient the product that is passed back
 * @property {(context: Context) => {name: string, values: number[]}[]} nextVectors its numbers, a vector of the state each
 * @property {(context: Context, scale: number) => LedgerPiece[]} nextPieces what is handed on besides r, or what makes it up
 * @property {(context: Context, scale: number) => string} nextNote said of it
 */

/** @param {Context} context @param {Cell} cell @returns {LedgerCard[]} */
export function backward(context, cell) {
  return [
    meeting(context, cell),
    cell.throughActivation(context, gateOf(context, cell)),
    shares(context, cell),
    passedBack(context, cell),
  ];
}

/** Why there is no gradient from the future; null if there is one. @param {Context} context @returns {"last" | "pass" | "cut" | null} */
export function futureOf({ result, t, T, pass }) {
  if (t === T - 1) return "last";
  if (pass?.separate) return t === pass.stop - 1 ? "pass" : null;
  return result.blocks.some(({ start }) => start === t + 1) ? "cut" : null;
}

/** dh_t = e_t W_yᵀ + r_t. @param {Context} context @param {Cell} cell @returns {LedgerCard} */
function meeting(context, cell) {
  const { t, pass, unit, words, view } = context,
    of = (/** @type {string} */ name) => pass?.of(name, t) ?? [];
  const output = of("dh_output"), future = of("dh_future"), dh = of("dh"), without = futureOf(context);
  const own = ownLoss(context);
  return {
    formula: row(
      stepped("dh", t),
      sign("="),
      stepped("e", t),
      weight("Wy", view.notation, { transposed: true }),
      sign("+"),
      stepped(cell.future, t),
    ),
    caption:
      (own ? words(`ledger.own_${own}`, { e: `e${subscript(t)}` }) : meetingCaption(context, cell, without)) +
      (cell.meetingNote ? ` ${cell.meetingNote(context)}` : ""),
    pieces: [
      column(words(own ? `ledger.head_${own}` : "ledger.from_output"), output, { hatched: Boolean(own) }),
      between("+"),
      column(words(without ? `ledger.future_${without}` : "ledger.from_future"), future, {
        hatched: Boolean(without),
      }),
      between("="),
      column(`dh${subscript(t)}`, dh, { strong: true }),
      ...(dh.length ? cell.meetingPieces?.(context) ?? [] : []),
    ],
    plug: (say) =>
      pluggedIn([own ? "0" : say(output[unit]), without ? "0" : say(future[unit])], "+", say(dh[unit])),
  };
}

/** Why there is no gradient from the step's own output; null if there is one. @param {Context} context @returns {"no_loss" | "older" | null} */
export function ownLoss({ result, t, pass }) {
  if (!hasLoss(result, t)) return "no_loss";
  return pass && t < pass.newest_from ? "older" : null;
}

/** @param {Context} context @param {Cell} cell @param {ReturnType<typeof futureOf>} without */
function meetingCaption({ result, t, words }, { future }, without) {
  if (without !== "cut") return words(without ? `ledger.meet_${without}` : "ledger.meet");
  const thrown = result.full.dh_future[t - (result.window?.start ?? 0)];
  return words("ledger.thrown_here", {
    r: `${future}${subscript(t)}`,
    size: sci(thrown ? normOf(numbers(thrown)) : null),
  });
}

/** dW_h += h_{t-1}ᵀ da_t, and so for W_x and b; beside it the sum so far. @param {Context} context @param {Cell} cell @returns {LedgerCard} */
function shares(context, cell) {
  const { result, t, T, H, words, view, pass } = context, { notation } = view;
  const block = gateOf(context, cell), gate = cell.gates[block];
  const da = (pass?.of("da", t) ?? []).slice(block * H, (block + 1) * H);
  const left = cell.leftFactor(context, block), x = inputOf(result, t), rowsShown = shownRows(context);
  const names = inputNames(result, t, visible), sum = da.length ? sumSoFar(context, cell, block) : null;
  const named = (/** @type {string} */ name) => weight(name, notation);
  const reset = cell.reset?.(context, block) ?? null, dm = reset ? times(da, reset.values) : da;
  const share = da.length
    ? {
      Wh: outer(left.values, dm),
      bh: [dm],
      Wx: rowsShown.map((i) => da.map((value) => x[i] * value)),
      b: [da],
    }
    : null;
  /** @param {{Wh: number[][], bh: number[][], Wx: number[][], b: number[][]}} of @returns {LedgerGroup[]} */
  const groups = (of) => [
    {
      name: named("Wh"),
      spoken: plainName("Wh", notation),
      shape: "H,H",
      rows: of.Wh,
      before: left.values.map((value) => ({ text: "", activation: value })),
    },
    ...(reset
      ? [{
        name: named("bh"),
        spoken: plainName("bh", notation),
        shape: "H",
        rows: of.bh,
        before: [{ text: "1" }],
      }]
      : []),
    {
      name: named("Wx"),
      spoken: plainName("Wx", notation),
      shape: "D,H",
      rows: of.Wx,
      before: rowsShown.map((i) => ({ text: names[i] })),
    },
    { name: named("b"), spoken: plainName("b", notation), shape: "H", rows: of.b, before: [{ text: "1" }] },
  ];
  const product = reset ? [bracketed(reset.name, sign("⊙"), stepped("da", t))] : [stepped("da", t)];
  return {
    formula: row(
      weight("Wh", notation, { d: true, gate }),
      sign("+="),
      left.transposed,
      ...product,
    ),
    also: [
      ...(reset ? [row(weight("bh", notation, { d: true }), sign("+="), ...product)] : []),
      row(weight("Wx", notation, { d: true, gate }), sign("+="), stepped("x", t, "⊤"), stepped("da", t)),
      row(weight("b", notation, { d: true, gate }), sign("+="), stepped("da", t)),
    ],
    caption: !t && !stateBefore(result, 0).some(Boolean)
      ? `${words("ledger.first_step", { h: "h₋₁", W: `d${plainName("Wh", notation)}` })}${
        lengths(context, sum)
      }`
      : words(rowsShown.length < x.length ? "ledger.share" : "ledger.share_few", {
        T,
        W: plainName("Wx", notation),
      }),
    gates: cell.gates,
    pieces: share && sum
      ? [
        {
          kind: "stack",
          top: { name: letter("da"), spoken: "da", values: da },
          groups: groups(share),
          scale: "weights",
          power: "matrices",
          decimals: 1,
        },
        between("→"),
        {
          kind: "stack",
          head: sum.head,
          groups: groups(sum),
          wide: "sum",
          scale: "weights",
          power: "matrices",
          decimals: 1,
          bare: true,
        },
      ]
      : [],
  };
}

/**
 * That the norm of the sum is smaller than the sum of the norms, once all terms are in.
 * @param {Context} context @param {{Wh: number[][], parts?: number} | null} sum
 */
function lengths({ words }, sum) {
  if (!sum?.parts) return "";
  return `. ${words("ledger.lengths", { sum: sci(normOf(sum.Wh.flat())), parts: sci(sum.parts) })}`;
}

/** Which block of columns is looked at. @param {Pick<Context, "view">} context @param {Pick<Cell, "gates">} cell */
export function gateOf({ view }, { gates }) {
  return Math.max(0, gates.indexOf(view.gate ?? ""));
}

/**
 * The weights' gradients after this step: of the current pass if there are several;
 * the sum of all where a long sequence's answer does not hold every step.
 * @param {Context} context @param {Cell} cell @param {number} block
 */
export function sumSoFar(context, cell, block) {
  const { result, t, T, H, pass, words } = context, rowsShown = shownRows(context);
  const stop = pass?.stop ?? T, start = pass?.start ?? 0;
  const held = !result.window || pass?.separate || result.window.stop >= stop;
  if (!pass || !held) {
    const { Wx, Wh, b, bh } = result.truncated.gradients, all = matrix(Wx);
    const part = (/** @type {number[][]} */ rows) => rows.map((row) => row.slice(block * H, (block + 1) * H));
    const rows = { Wh: part(matrix(Wh)), Wx: part(rowsShown.map((i) => all[i])), b: part(matrix(b)) };
    return { ...rows, bh: bh ? matrix(bh) : [], head: words("ledger.sum_of_all", { T }) };
  }
  let Wh = zeros(H, H), Wx = zeros(rowsShown.length, H), b = zeros(1, H), bh = zeros(1, H), parts = 0;
  for (let q = stop - 1; q >= t; q -= 1) {
    const da = pass.of("da", q).slice(block * H, (block + 1) * H), x = inputOf(result, q);
    const here = { ...context, t: q }, left = cell.leftFactor(here, block).values;
    const reset = cell.reset?.(here, block) ?? null, dm = reset ? times(da, reset.values) : da;
    Wh = added(Wh, outer(left, dm));
    bh = added(bh, [dm]);
    parts += normOf(left) * normOf(dm); // the length of an outer product
    Wx = Wx.map((row, i) => row.map((value, j) => value + x[rowsShown[i]] * da[j]));
    b = added(b, [da]);
  }
  const head = words(pass.separate ? "ledger.sum_of_pass" : "ledger.sum_so_far", {
    n: stop - t,
    T: stop - start,
  });
  return { Wh, bh, Wx, b, head, parts };
}

/** @param {number} rows @param {number} columns */
const zeros = (rows, columns) => Array.from({ length: rows }, () => Array(columns).fill(0));

/** r_{t-1} = da_t W_hᵀ, and what arrives at the input. @param {Context} context @param {Cell} cell @returns {LedgerCard} */
function passedBack(context, cell) {
  const { result, t, words, pass } = context, state = continuation(context);
  if (state !== "handed") return dropped(context, cell, state);
  const scale = edgeScale(result), hasRow = Boolean(pass?.of("da", t).length);
  return {
    formula: row(
      stepped(cell.future, t - 1),
      sign("="),
      ...(scale === 1 ? [] : [number(scale.toFixed(2)), sign("×")]),
      scale === 1 ? cell.nextGradient(context) : bracketed(cell.nextGradient(context)),
    ),
    also: inputFormula(context, cell),
    caption: `${words("ledger.on_handed", { h: `h${subscript(t - 1)}` })} ${cell.nextNote(context, scale)}`,
    pieces: hasRow
      ? [
        column(`${cell.future}${subscript(t - 1)}`, pass?.of("dh_future", t - 1) ?? [], { strong: true }),
        ...cell.nextPieces(context, scale),
        ...inputPieces(context, cell),
      ]
      : [],
  };
}

/**
 * The same product where nothing takes it up: at a cut, or before the first step, where it is ∂L/∂h₋₁.
 * @param {Context} context @param {Cell} cell @param {"cut" | "end"} state
 * @returns {LedgerCard}
 */
function dropped(context, cell, state) {
  const { t, words, pass } = context, { updates, initial_state } = context.result.params;
  const learns = state === "end" && Number(updates) > 0 && initial_state === "learned";
  const initial = `∂L/∂h${subscript(t - 1)}`, hasRow = Boolean(pass?.of("da", t).length);
  const vectors = hasRow ? cell.nextVectors(context) : [];
  const size = sci(vectors.length ? normOf(vectors.flatMap(({ values }) => values)) : null);
  return {
    formula: cell.nextGradient(context),
    also: inputFormula(context, cell),
    caption: words(`ledger.on_${learns ? "end_learned" : state}`, {
      size,
      gradient: initial,
      h: `h${subscript(t - 1)}`,
    }) +
      (cell.gates.length === 1 ? ` ${cell.nextNote(context, 1)}` : ""),
    pieces: hasRow
      ? [
        ...vectors.map(({ name, values }, i) =>
          column(state === "end" ? `∂L/∂${"hc"[i]}${subscript(t - 1)}` : name, values, {
            scale: "thrown",
            strong: true,
          })
        ),
        ...inputPieces(context, cell),
      ]
      : [],
    plug: () => words("ledger.passed_on"),
  };
}

/** dx_t = da_t W_xᵀ, where its column is shown. @param {Context} context @param {Cell} cell @returns {Formula[]} */
function inputFormula({ t, view }, cell) {
  const product = row(stepped("da", t), weight("Wx", view.notation, { transposed: true }));
  return cell.gates.length === 1 ? [row(stepped("dx", t), sign("="), product)] : [];
}

/** What arrives at the input, for the cell of which there is room. @param {Context} context @param {Cell} cell */
function inputPieces(context, cell) {
  return cell.gates.length === 1 ? [atInput(context, context.pass?.of("da", context.t) ?? [])] : [];
}

/** dx_t = da_t W_xᵀ ends at the input. @param {Context} context @param {number[]} da */
function atInput({ result, t }, da) {
  const { weights, vocabulary } = result, dx = back(da, matrix(weights.Wx));
  const rowsShown = dx.length <= MOST_INPUTS ? dx.map((_, i) => i) : [inputOf(result, t).findIndex(Boolean)];
  const labels = vocabulary.length ? rowsShown.map((i) => visible(vocabulary[i])) : undefined;
  return column(`dx${subscript(t)}`, rowsShown.map((i) => dx[i]), { shape: "N,D", labels });
}

/** Whether the step passes its gradient back. @param {Context} context @returns {"end" | "cut" | "handed"} */
export function continuation({ result, t, pass }) {
  if (t === 0) return "end";
  if (pass?.separate) return t === pass.start ? "cut" : "handed";
  return result.blocks.some(({ start }) => start === t) ? "cut" : "handed";
}

/** In a sample, an edge that is not cut is weighted by 1/(1−c). @param {Result} result */
export function edgeScale({ params }) {
  return params.truncation === "randomized" ? 1 / (1 - Number(params.cut)) : 1;
}
