// Formulas of the ledger for a GRU that resets the state before W_h.

import { bracketed, letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { subscript } from "../../../lib/format.js";
import { weight } from "../../notation.js";
import { matrix, preactivationsOf } from "../context.js";
import { back, times } from "../numbers.js";
import {
  activated,
  future,
  gateCard,
  gates,
  gatesOf,
  nextGradient,
  passedBack,
  preactivation,
} from "./gated-unit.js";

export { activated, future, gates, nextGradient, preactivation };

/** @typedef {import("../context.js").Context} Context */

/** W_h multiplies the state, for n the reset one. @param {Context} context @param {number} block */
export function leftFactor(context, block) {
  const { t } = context, { r, before } = gatesOf(context), name = stepped("h", t - 1);
  if (gates[block] !== "n") return { name, transposed: stepped("h", t - 1, "⊤"), values: before };
  const reset = bracketed(stepped("r", t), sign("⊙"), name);
  return { name: reset, transposed: scripted(reset, "", ["mtext", "⊤"]), values: times(r, before) };
}

/** da_n W_hᵀ of the block of n: what comes to r ⊙ h. @param {Context} context */
function toReset({ result, t, H, pass }) {
  const Wn = matrix(result.weights.Wh).map((row) => row.slice(2 * H));
  return back((pass?.of("da", t) ?? []).slice(2 * H), Wn);
}

/** @param {Context} context @param {number} block */
export function throughActivation(context, block) {
  const { t, pass, view } = context, { before } = gatesOf(context);
  const a = preactivationsOf(context, leftFactor(context, block).values, block);
  return gateCard(context, block, a, () => {
    const reset = row(
      scripted(letter("da"), row(number(t), sign(","), letter("n"))),
      weight("Wh", view.notation, { gate: "n", transposed: true }),
    );
    return [reset, (pass?.of("da", t) ?? []).length ? toReset(context) : [], stepped("h", t - 1), before];
  });
}

export const { nextVectors, nextPieces } = passedBack((context) => {
  const { result, H, t, pass } = context, da = pass?.of("da", t) ?? [], { r } = gatesOf(context);
  const gated = back(da.slice(0, 2 * H), matrix(result.weights.Wh).map((row) => row.slice(0, 2 * H)));
  return times(r, toReset(context)).map((value, i) => value + gated[i]);
});

/** @param {Context} context */
export const nextNote = ({ t, words }) =>
  words("ledger.gru_hands", { rho: `ρ${subscript(t)}`, r: `r${subscript(t)}` });
