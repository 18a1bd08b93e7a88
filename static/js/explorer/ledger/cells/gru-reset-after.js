// Formulas of the ledger for a GRU that resets after the product with W_h, as PyTorch and Keras 3 do: gate n reads
// r ⊙ (h W_h + b_h).

import { bracketed, letter, number, row, scripted, sign, stepped } from "../../../lib/mathml.js";
import { subscript } from "../../../lib/format.js";
import { weight } from "../../notation.js";
import { matrix, preactivationsOf, rowAt, stateBefore } from "../context.js";
import { back, numbers, times } from "../numbers.js";
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

/** @param {Context} context @param {number} block */
export function throughActivation(context, block) {
  const { t, H, pass, view } = context;
  const a = preactivationsOf(context, gatesOf(context).before, block, reset(context, block));
  return gateCard(context, block, a, () => {
    const inside = bracketed(
      stepped("h", t - 1),
      weight("Wh", view.notation, { gate: "n" }),
      sign("+"),
      weight("bh", view.notation),
    );
    const ofN = scripted(letter("da"), row(number(t), sign(","), letter("n")));
    return [ofN, (pass?.of("da", t) ?? []).slice(2 * H), inside, product(context)];
  });
}

export const { nextVectors, nextPieces } = passedBack((context) => {
  const { result, H, t, pass } = context, da = pass?.of("da", t) ?? [], { r } = gatesOf(context);
  return back([...da.slice(0, 2 * H), ...times(da.slice(2 * H), r)], matrix(result.weights.Wh));
});

/** @param {Context} context */
export const nextNote = ({ t, words }) => words("ledger.gru_after_hands", { rho: `ρ${subscript(t)}` });
