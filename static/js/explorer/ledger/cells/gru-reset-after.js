// Formulas of the ledger for a GRU that resets after the product with W_h, as PyTorch and Keras 3 do: gate n reads
// r ⊙ (h W_h + b_h). All else is as in gru.js.

import { bracketed, letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { fixed, round, subscript } from "../../../lib/format.js";
import { weight } from "../../notation.js";
import { matrix, preactivationsOf, rowAt, stateBefore } from "../context.js";
import { back, minus, numbers, pluggedIn, sigmoidSlope, tanhSlope, times } from "../numbers.js";
import { between, column } from "../pieces.js";
import { activated, future, gates, gatesOf, keepOf, nextGradient, preactivation } from "./gru.js";
import { slopeOf } from "./lstm.js";

export { activated, future, gates, nextGradient, preactivation };

/** @typedef {import("../context.js").Context} Context */

/** W_h multiplies the state for every gate. @param {Context} context */
export const leftFactor = ({ result, t }) => ({
  name: stepped("h", t - 1),
  transposed: stepped("h", t - 1, "⊤"),
  values: stateBefore(result, t),
});

/** Of the gate n, r multiplies h W_h + b_h. @param {Context} context @param {number} block @returns {import("../context.js").Reset | null} */
export function reset({ result, t }, block) {
  if (gates[block] !== "n") return null;
  const bias = numbers(/** @type {Row} */ (result.weights.bh)), r = rowAt(result, result.forward.gates?.r, t);
  return { name: stepped("r", t), values: r.length ? r : bias.map(() => NaN), bias };
}

/** h_{t-1} W_h + b_h of the block of n, before r. @param {Context} context */
function product({ result, t, H }) {
  const before = stateBefore(result, t), Wn = matrix(result.weights.Wh).map((row) => row.slice(2 * H));
  return numbers(/** @type {Row} */ (result.weights.bh)).map((bias, j) =>
    Wn.reduce((sum, row, i) => sum + row[j] * (before[i] ?? NaN), bias)
  );
}

/** da of the three gates; the formula is that of the gate looked at. @param {Context} context @param {number} block @returns {LedgerCard} */
export function throughActivation(context, block) {
  const { t, H, pass, unit, words, view } = context, { z, n, before } = gatesOf(context);
  const da = pass?.of("da", t) ?? [], dh = pass?.of("dh", t) ?? [], gate = gates[block];
  const a = preactivationsOf(context, before, block, reset(context, block));
  const slope = a.map(gate === "n" ? tanhSlope : sigmoidSlope);
  const ofN = scripted(letter("da"), row(number(t), sign(","), letter("n")));
  const newLessOld = bracketed(stepped("n", t), sign("−"), stepped("h", t - 1));
  const inside = bracketed(
    stepped("h", t - 1),
    weight("Wh", view.notation, { gate: "n" }),
    sign("+"),
    weight("bh", view.notation),
  );
  /** @type {Record<string, [Formula, number[], Formula, number[]]>} what comes in, and what it meets */
  const factors = {
    z: [stepped("dh", t), dh, newLessOld, minus(n, before)],
    r: [ofN, da.slice(2 * H), inside, product(context)],
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

/** What goes straight past the gates, and ρ_t, what goes through them. @param {Context} context */
function partsOf(context) {
  const { result, H, t, pass } = context, da = pass?.of("da", t) ?? [], { r } = gatesOf(context);
  const dm = [...da.slice(0, 2 * H), ...times(da.slice(2 * H), r)];
  return {
    direct: times(pass?.of("dh", t) ?? [], keepOf(context)),
    through: back(dm, matrix(result.weights.Wh)),
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
export const nextNote = ({ t, words }) => words("ledger.gru_after_hands", { rho: `ρ${subscript(t)}` });
