// What the formulas of both forms of the GRU share: gate z lets the new state in, gate r resets the old one (gates z, r, n).
//
// A gate is called r, so the gradient from the future is called δ here.

import { equation } from "../../../lib/arithmetic.js";
import { fixed, round, signed, subscript } from "../../../lib/format.js";
import { bracketed, letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { preactivationsOf, rowAt, stateBefore } from "../context.js";
import { minus, pluggedIn, sigmoid, sigmoidSlope, tanhSlope, times } from "../numbers.js";
import { between, column } from "../pieces.js";
import { slopeOf } from "./lstm.js";

/** @typedef {import("../context.js").Context} Context */
/** @typedef {[incoming: Formula, from: number[], factor: Formula, by: number[]]} Product what comes to a gate, and what it meets */

export const gates = ["z", "r", "n"];
export const future = "δ";

/** The gates of a step, and the state before it. @param {Context} context */
export function gatesOf({ result, t }) {
  const named = result.forward.gates ?? {},
    of = (/** @type {string} */ name) => rowAt(result, named[name], t);
  return { z: of("z"), r: of("r"), n: of("n"), before: stateBefore(result, t) };
}

/** 1 − z, also where z is nearly 1. @param {Context} context */
const keepOf = (context) => preactivationsOf(context, gatesOf(context).before, 0).map((a) => sigmoid(-a));

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

/**
 * da of the three gates; the formula is that of the gate looked at.
 * @param {Context} context @param {number} block @param {number[]} a the pre-activations of this gate
 * @param {() => Product} ofReset what comes to gate r @returns {LedgerCard}
 */
export function gateCard(context, block, a, ofReset) {
  const { t, H, pass, unit, words } = context, { z, n, before } = gatesOf(context);
  const da = pass?.of("da", t) ?? [], dh = pass?.of("dh", t) ?? [], gate = gates[block];
  const slope = a.map(gate === "n" ? tanhSlope : sigmoidSlope);
  const newLessOld = bracketed(stepped("n", t), sign("−"), stepped("h", t - 1));
  /** @type {Record<string, () => Product>} */
  const factors = {
    z: () => [stepped("dh", t), dh, newLessOld, minus(n, before)],
    r: ofReset,
    n: () => [stepped("dh", t), dh, stepped("z", t), z],
  };
  const [incoming, from, factor, by] = factors[gate]();
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

/**
 * What a step passes to the step before: what goes straight past the gates, and ρ_t, what goes through them.
 * @param {(context: Context) => number[]} through
 */
export function passedBack(through) {
  const partsOf = (/** @type {Context} */ context) => ({
    direct: times(context.pass?.of("dh", context.t) ?? [], keepOf(context)),
    through: through(context),
  });
  return {
    nextVectors: (/** @type {Context} */ context) => {
      const { direct, through } = partsOf(context);
      return [{
        name: `(1−z)dh + ρ${subscript(context.t)}`,
        values: direct.map((value, i) => value + through[i]),
      }];
    },
    /** What makes it up. @param {Context} context @param {number} scale @returns {LedgerPiece[]} */
    nextPieces: (context, scale) => {
      const { direct, through } = partsOf(context);
      return [
        between(scale === 1 ? "=" : `= ${scale.toFixed(2)} ×`),
        column("(1−z)dh", direct),
        between("+"),
        column(`ρ${subscript(context.t)}`, through),
      ];
    },
  };
}
