// LSTM formulas of the ledger: hidden state h, cell state c and four gates (f, g, i, o).

import { signed, subscript } from "../../../lib/format.js";
import { letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { weight } from "../../notation.js";
import { rowAt, stateBefore } from "../context.js";
import { minus, pluggedIn, times } from "../numbers.js";
import { between, column } from "../pieces.js";

/** @typedef {import("../context.js").Context} Context */

export const gates = ["f", "g", "i", "o"];
export const future = "r";

/** The gates and the cell of a step, by name. @param {Context} context */
function gatesOf({ result, t, H }) {
  const named = result.forward.gates ?? {},
    of = (/** @type {string} */ name) => rowAt(result, named[name], t);
  const first = result.blocks[0]?.c_in?.map((value) => value ?? NaN) ?? Array(H).fill(0);
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
    plug: () => `${o[unit].toFixed(2)} × tanh(${signed(c[unit])}) = ${signed(h[unit])}`,
  };
}

/** What meets in c_t: what comes from c_{t+1}, and what comes through h_t. @param {Context} context @returns {LedgerPiece[]} */
export function meetingPieces(context) {
  const { t, pass } = context, { o, c } = gatesOf(context), dc = pass?.of("dc", t) ?? [];
  const through = times(pass?.of("dh", t) ?? [], times(o, c.map((value) => 1 - Math.tanh(value) ** 2)));
  return [
    column(`s${subscript(t)}`, minus(dc, through)),
    between("→"),
    column(`dc${subscript(t)}`, dc, { strong: true }),
  ];
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
    { f, g, i, o, c, before } = gatesOf(context),
    at = subscript(t);
  const da = pass?.of("da", t) ?? [], dc = pass?.of("dc", t) ?? [], dh = pass?.of("dh", t) ?? [];
  const gate = gates[block],
    value = { f, g, i, o }[gate] ?? [],
    slope = gate === "g" ? g.map((v) => 1 - v * v) : value.map((v) => v * (1 - v));
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
        [say(from[unit]), by[unit].toFixed(2).replace("-", "−"), slope[unit].toFixed(2)],
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

/** What the cell hands on besides: s_{t-1} = dc_t ⊙ f_t. @param {Context} context @param {boolean} kept @param {number} scale @returns {LedgerPiece[]} */
export function nextPieces(context, kept, scale) {
  const { t, H, pass } = context,
    s = times(pass?.of("dc", t) ?? [], gatesOf(context).f).map((value) => scale * value);
  return [column(`s${subscript(t - 1)}`, kept ? s : Array(H).fill(0), { strong: true, hatched: !kept })];
}

/** @param {Context} context @param {number} scale */
export const nextNote = ({ t, words }, scale) =>
  words("ledger.cell_hands", {
    s: `s${subscript(t - 1)}`,
    product: `${scale === 1 ? "" : `${scale.toFixed(2)} × `}dc${subscript(t)} ⊙ f${subscript(t)}`,
  });
