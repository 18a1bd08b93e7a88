// LSTM formulas of the ledger: hidden state h, cell state c and four gates (f, g, i, o).

import { equation } from "../../../lib/arithmetic.js";
import { fixed, round, signed, subscript } from "../../../lib/format.js";
import { letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { plainName, weight } from "../../notation.js";
import { edgeScale, futureOf } from "../backward.js";
import { matrix, preactivationsOf, rowAt, stateBefore } from "../context.js";
import { back, minus, pluggedIn, sigmoidSlope, tanhSlope, times } from "../numbers.js";
import { between, column } from "../pieces.js";

/** @typedef {import("../context.js").Context} Context */

export const gates = ["f", "g", "i", "o"];
export const future = "r";

/** The gates and the cell of a step, by name. @param {Context} context */
function gatesOf({ result, t, H }) {
  const named = result.forward.gates ?? {},
    of = (/** @type {string} */ name) => rowAt(result, named[name], t);
  const first = result.forward.c0?.map((value) => value ?? NaN) ?? Array(H).fill(0);
  const before = t ? rowAt(result, named.c, t - 1) : first;
  return {
    f: of("f"),
    g: of("g"),
    i: of("i"),
    o: of("o"),
    c: of("c"),
    before: before.length ? before : Array(H).fill(NaN),
  };
}

/** @param {Context} context @param {number} _block */
export const leftFactor = ({ result, t }, _block) => ({
  name: stepped("h", t - 1),
  transposed: stepped("h", t - 1, "⊤"),
  values: stateBefore(result, t),
});

export const preactivation = () => null;

/** c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh c_t. @param {Context} context @returns {LedgerCard} */
export function activated(context) {
  const { result, t, unit, words } = context, { f, g, i, o, c, before } = gatesOf(context), at = subscript(t);
  const h = stateBefore(result, t + 1), open = /** @type {const} */ ({ scale: "slope", power: null });
  const state = /** @type {const} */ ({ scale: "before", power: null });
  return {
    formula: row(
      stepped("c", t),
      sign("="),
      stepped("f", t),
      sign("⊙"),
      stepped("c", t - 1),
      sign("+"),
      stepped("i", t),
      sign("⊙"),
      stepped("g", t),
      sign(","),
      stepped("h", t),
      sign("="),
      stepped("o", t),
      sign("⊙"),
      letter("tanh"),
      stepped("c", t),
    ),
    caption: words("ledger.remembers", { c: `c${at}` }),
    pieces: [
      column(`f${at}`, f, open),
      column(`⊙ c${subscript(t - 1)}`, before, state),
      between("+"),
      column(`i${at}`, i, open),
      column(`⊙ g${at}`, g, { scale: "activation", power: null }),
      between("="),
      column(`c${at}`, c, { ...state, strong: true }),
      column(`o${at}`, o, open),
      between("→"),
      column(`h${at}`, h, { scale: "activation", power: null, strong: true }),
    ],
    plug: () => equation(`${round(o[unit], 2)} × tanh(${signed(c[unit])})`, signed(h[unit])),
  };
}

/** What meets in c_t: what comes from c_{t+1}, and what comes through h_t. @param {Context} context @returns {LedgerPiece[]} */
export function meetingPieces(context) {
  const { t, pass } = context, dc = pass?.of("dc", t) ?? [];
  return [
    column(`s${subscript(t)}`, fromNextCell(context)),
    between("→"),
    column(`dc${subscript(t)}`, dc, { strong: true }),
  ];
}

/** s_t, which step t+1 handed on; by subtraction where the answer does not hold that step. @param {Context} context @returns {number[]} */
function fromNextCell(context) {
  const { result, t, H, pass } = context, next = pass?.of("dc", t + 1) ?? [];
  if (futureOf(context)) return Array(H).fill(0);
  if (next.length) {
    const scale = edgeScale(result);
    return times(next, gatesOf({ ...context, t: t + 1 }).f).map((value) => scale * value);
  }
  const { o, c } = gatesOf(context), slope = c.map(tanhSlope);
  return minus(pass?.of("dc", t) ?? [], times(pass?.of("dh", t) ?? [], times(o, slope)));
}

/** @param {Context} context */
export const meetingNote = ({ t, words }) =>
  words("ledger.cell_meets", {
    dc: `dc${subscript(t)}`,
    s: `s${subscript(t)}`,
    h: `dh${subscript(t)} ⊙ o${subscript(t)} ⊙ (1 − tanh² c${subscript(t)})`,
  });

/** da of the four gates; the formula is that of the gate looked at. @param {Context} context @param {number} block @returns {LedgerCard} */
export function throughActivation(context, block) {
  const { t, H, pass, unit, words } = context,
    { g, i, c, before } = gatesOf(context),
    at = subscript(t);
  const da = pass?.of("da", t) ?? [], dc = pass?.of("dc", t) ?? [], dh = pass?.of("dh", t) ?? [];
  const gate = gates[block],
    a = preactivationsOf(context, leftFactor(context, block).values, block),
    slope = a.map(gate === "g" ? tanhSlope : sigmoidSlope);
  /** @type {Record<string, [Formula, number[], Formula, number[]]>} what comes in, and what it meets */
  const factors = {
    f: [stepped("dc", t), dc, stepped("c", t - 1), before],
    g: [stepped("dc", t), dc, stepped("i", t), i],
    i: [stepped("dc", t), dc, stepped("g", t), g],
    o: [stepped("dh", t), dh, row(letter("tanh"), stepped("c", t)), c.map(Math.tanh)],
  };
  const [incoming, from, factor, by] = factors[gate];
  return {
    formula: row(
      scripted(letter("da"), row(number(t), sign(","), letter(gate))),
      sign("="),
      incoming,
      sign("⊙"),
      factor,
      sign("⊙"),
      letter(gate === "g" ? "tanh′" : "σ′"),
    ),
    caption: words("ledger.through_gates", { gate, slope: slopeOf(gate, t, gate === "g") }),
    pieces: gates.map((name, n) =>
      column(`da${at} ${name}`, da.slice(n * H, (n + 1) * H), { strong: n === block })
    ),
    plug: (say) =>
      pluggedIn(
        [say(from[unit]), fixed(by[unit]), round(slope[unit], 2)],
        "×",
        say(da[block * H + unit]),
      ),
  };
}

/** What the slope of a gate is, by its own value. @param {string} name @param {number} t @param {boolean} tanh */
export function slopeOf(name, t, tanh) {
  const value = `${name}${subscript(t)}`;
  return tanh ? `tanh′ = 1 − ${value}²` : `σ′ = ${value} (1 − ${value})`;
}

/** @param {Context} context @returns {Formula} */
export const nextGradient = ({ t, view }) =>
  row(stepped("da", t), weight("Wh", view.notation, { transposed: true }));

/** What h and what c passes back: da_t W_hᵀ and dc_t ⊙ f_t. @param {Context} context */
export const nextVectors = (context) => {
  const { result, t, pass, view } = context, at = subscript(t);
  return [
    {
      name: `da${at}${plainName("Wh", view.notation)}ᵀ`,
      values: back(pass?.of("da", t) ?? [], matrix(result.weights.Wh)),
    },
    { name: `dc${at}⊙f${at}`, values: times(pass?.of("dc", t) ?? [], gatesOf(context).f) },
  ];
};

/** What the cell hands on besides: s_{t-1} = dc_t ⊙ f_t. @param {Context} context @param {number} scale @returns {LedgerPiece[]} */
export function nextPieces(context, scale) {
  const [, { values }] = nextVectors(context);
  return [column(`s${subscript(context.t - 1)}`, values.map((value) => scale * value), { strong: true })];
}

/** @param {Context} context @param {number} scale */
export const nextNote = ({ t, words }, scale) =>
  words("ledger.cell_hands", {
    s: `s${subscript(t - 1)}`,
    product: `${scale === 1 ? "" : `${scale.toFixed(2)} × `}dc${subscript(t)} ⊙ f${subscript(t)}`,
  });
