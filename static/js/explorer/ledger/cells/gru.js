// GRU formulas of the ledger: gate z lets the new state in, gate r resets the old one before W_h (gates z, r,
// n).
//
// Its gate is called r, so the gradient from the future is called δ here.

import { equation } from "../../../lib/arithmetic.js";
import { fixed, round, signed, subscript } from "../../../lib/format.js";
import { bracketed, letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { weight } from "../../notation.js";
import { matrix, preactivationsOf, rowAt, stateBefore } from "../context.js";
import { back, minus, pluggedIn, sigmoid, sigmoidSlope, tanhSlope, times } from "../numbers.js";
import { between, column } from "../pieces.js";
import { slopeOf } from "./lstm.js";

/** @typedef {import("../context.js").Context} Context */

export const gates = ["z", "r", "n"];
export const future = "δ";

/** The gates of a step, and the state before it. @param {Context} context */
export function gatesOf({ result, t }) {
  const named = result.forward.gates ?? {},
    of = (/** @type {string} */ name) => rowAt(result, named[name], t);
  return { z: of("z"), r: of("r"), n: of("n"), before: stateBefore(result, t) };
}

/** 1 − z, also where z is nearly 1. @param {Context} context */
export const keepOf = (context) =>
  preactivationsOf(context, leftFactor(context, 0).values, 0).map((a) => sigmoid(-a));

/** W_h multiplies the state, for n the reset one. @param {Context} context @param {number} block */
export function leftFactor(context, block) {
  const { t } = context, { r, before } = gatesOf(context), name = stepped("h", t - 1);
  if (gates[block] !== "n") return { name, transposed: stepped("h", t - 1, "⊤"), values: before };
  const reset = bracketed(stepped("r", t), sign("⊙"), name);
  return { name: reset, transposed: scripted(reset, "", ["mtext", "⊤"]), values: times(r, before) };
}

export const preactivation = () => null;

/** h_t = (1 − z) ⊙ h_{t-1} + z ⊙ n. @param {Context} context @returns {LedgerCard} */
export function activated(context) {
  const { result, t, unit, words } = context, { z, n, before } = gatesOf(context), at = subscript(t);
  const h = stateBefore(result, t + 1), state = /** @type {const} */ ({ scale: "activation", power: null });
  return {
    formula: row(
      stepped("h", t),
      sign("="),
      bracketed(number(1), sign("−"), stepped("z", t)),
      sign("⊙"),
      stepped("h", t - 1),
      sign("+"),
      stepped("z", t),
      sign("⊙"),
      stepped("n", t),
    ),
    caption: words("ledger.lets_in"),
    pieces: [
      column(`z${at}`, z, { scale: "slope", power: null }),
      column(`h${subscript(t - 1)}`, before, state),
      column(`n${at}`, n, state),
      between("→"),
      column(`h${at}`, h, { ...state, strong: true }),
    ],
    plug: () => {
      const kept = round(keepOf(context)[unit], 2), taken = round(z[unit], 2);
      return equation(`${kept} × ${signed(before[unit])} + ${taken} × ${signed(n[unit])}`, signed(h[unit]));
    },
  };
}

/** da_n W_hᵀ of the block of n: what comes to r ⊙ h. @param {Context} context */
function toReset({ result, t, H, pass }) {
  const Wn = matrix(result.weights.Wh).map((row) => row.slice(2 * H));
  return back((pass?.of("da", t) ?? []).slice(2 * H), Wn);
}

/** da of the three gates; the formula is that of the gate looked at. @param {Context} context @param {number} block @returns {LedgerCard} */
export function throughActivation(context, block) {
  const { t, H, pass, unit, words, view } = context, { z, n, before } = gatesOf(context);
  const da = pass?.of("da", t) ?? [], dh = pass?.of("dh", t) ?? [], gate = gates[block];
  const a = preactivationsOf(context, leftFactor(context, block).values, block);
  const slope = a.map(gate === "n" ? tanhSlope : sigmoidSlope);
  const newLessOld = bracketed(stepped("n", t), sign("−"), stepped("h", t - 1));
  const reset = row(
    scripted(letter("da"), row(number(t), sign(","), letter("n"))),
    weight("Wh", view.notation, { gate: "n", transposed: true }),
  );
  /** @type {Record<string, [Formula, number[], Formula, number[]]>} what comes in, and what it meets */
  const factors = {
    z: [stepped("dh", t), dh, newLessOld, minus(n, before)],
    r: [reset, da.length ? toReset(context) : [], stepped("h", t - 1), before],
    n: [stepped("dh", t), dh, stepped("z", t), z],
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
      letter(gate === "n" ? "tanh′" : "σ′"),
    ),
    caption: words("ledger.through_gates", { gate, slope: slopeOf(gate, t, gate === "n") }),
    pieces: gates.map((name, i) =>
      column(`da${subscript(t)} ${name}`, da.slice(i * H, (i + 1) * H), { strong: i === block })
    ),
    plug: (say) =>
      pluggedIn(
        [say(from[unit]), fixed(by[unit]), round(slope[unit], 2)],
        "×",
        say(da[block * H + unit]),
      ),
  };
}

/** δ_{t-1} = (1 − z) ⊙ dh_t + ρ_t. @param {Context} context @returns {Formula} */
export const nextGradient = ({ t }) =>
  row(
    bracketed(number(1), sign("−"), stepped("z", t)),
    sign("⊙"),
    stepped("dh", t),
    sign("+"),
    stepped("ρ", t),
  );

/** What goes straight past the gates, and ρ_t, what goes through them. @param {Context} context */
function partsOf(context) {
  const { result, H, t, pass } = context, da = pass?.of("da", t) ?? [], { r } = gatesOf(context);
  const Wh = matrix(result.weights.Wh),
    gated = back(da.slice(0, 2 * H), Wh.map((row) => row.slice(0, 2 * H)));
  return {
    direct: times(pass?.of("dh", t) ?? [], keepOf(context)),
    through: times(r, toReset(context)).map((value, i) => value + gated[i]),
  };
}

/** @param {Context} context */
export const nextVectors = (context) => {
  const { direct, through } = partsOf(context);
  return [{
    name: `(1−z)dh + ρ${subscript(context.t)}`,
    values: direct.map((value, i) => value + through[i]),
  }];
};

/** What makes it up. @param {Context} context @param {number} scale @returns {LedgerPiece[]} */
export function nextPieces(context, scale) {
  const { direct, through } = partsOf(context);
  return [
    between(scale === 1 ? "=" : `= ${scale.toFixed(2)} ×`),
    column("(1−z)dh", direct),
    between("+"),
    column(`ρ${subscript(context.t)}`, through),
  ];
}

/** @param {Context} context */
export const nextNote = ({ t, words }) =>
  words("ledger.gru_hands", { rho: `ρ${subscript(t)}`, r: `r${subscript(t)}` });
