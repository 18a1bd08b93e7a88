// RNN formulas of the ledger: a = h W_h + x W_x + b, h = f(a).

import { equation } from "../../../lib/arithmetic.js";
import { round, signed, subscript } from "../../../lib/format.js";
import { bracketed, letter, number, row, sign, stepped } from "../../../lib/mathml.js";
import { plainName, weight } from "../../notation.js";
import { matrix, rowAt, stateBefore } from "../context.js";
import { back, pluggedIn } from "../numbers.js";
import { between, column } from "../pieces.js";

/** The blocks of the weights' columns; here there is one, without a name. */
export const gates = [""];

/** What the gradient from the future is called. */
export const future = "r";

/** @typedef {import("../context.js").Context} Context */

/** What W_h multiplies in a block of its columns. @param {Context} context @param {number} _block */
export const leftFactor = ({ result, t }, _block) => ({
  name: stepped("h", t - 1),
  transposed: stepped("h", t - 1, "⊤"),
  values: stateBefore(result, t),
});

/** a_t of a block; null where the answer does not hold it. @param {Context} context @returns {number[] | null} */
export const preactivation = ({ result, t }) => rowAt(result, result.forward.a, t);

/** a_t → h_t. @param {Context} context @returns {LedgerCard} */
export function activated({ result, t, unit, words }) {
  const a = rowAt(result, result.forward.a, t),
    h = stateBefore(result, t + 1),
    f = String(result.params.activation);
  return {
    formula: row(stepped("h", t), sign("="), letter("f"), bracketed(stepped("a", t))),
    caption: words(`ledger.squeezes_${f}`),
    pieces: [
      column(`a${subscript(t)}`, a, { scale: "before", power: null }),
      between("→"),
      column(`h${subscript(t)}`, h, { scale: "activation", power: null, strong: true }),
    ],
    plug: () => equation(`${f}(${signed(a[unit])})`, signed(h[unit])),
  };
}

/** f′(a_t) by h_t alone, as the backward pass computes it. @param {string} f @param {number} t @returns {Formula} */
function slopeOf(f, t) {
  const h = stepped("h", t);
  if (f === "tanh") return row(number(1), sign("−"), stepped("h", t, "2"));
  if (f === "sigmoid") return row(h, bracketed(row(number(1), sign("−"), h)));
  return f === "relu" ? row(h, sign(">"), number(0)) : number(1);
}

/** The slope's column by its short formula, where there is one. @param {string} f @param {number} t */
const slopeName = (f, t) => f === "tanh" ? `1−h${subscript(t)}²` : `f′(a${subscript(t)})`;

/** da_t = dh_t ⊙ f′(a_t). @param {Context} context @returns {LedgerCard} */
export function throughActivation({ result, t, pass, unit, words, view }) {
  const dh = pass?.of("dh", t) ?? [],
    da = pass?.of("da", t) ?? [],
    slope = rowAt(result, result.forward.slope, t);
  return {
    formula: row(
      stepped("da", t),
      sign("="),
      stepped("dh", t),
      sign("⊙"),
      letter("f′"),
      bracketed(stepped("a", t)),
    ),
    also: [
      row(
        letter("f′"),
        bracketed(stepped("a", t)),
        sign("="),
        slopeOf(String(result.params.activation), t),
      ),
    ],
    caption: words(`ledger.through_${result.params.activation}`),
    pieces: [
      ...(view.phone ? [column(`dh${subscript(t)}`, dh)] : []),
      between("⊙"),
      column(slopeName(String(result.params.activation), t), slope, { scale: "slope", power: null }),
      between("="),
      column(`da${subscript(t)}`, da, { strong: true }),
    ],
    plug: (say) => pluggedIn([say(dh[unit]), round(slope[unit], 2)], "×", say(da[unit])),
  };
}

/** What r_{t-1} is: da_t W_hᵀ. @param {Context} context @returns {Formula} */
export const nextGradient = ({ t, view }) =>
  row(stepped("da", t), weight("Wh", view.notation, { transposed: true }));

/** @param {Context} context */
export const nextVectors = ({ result, t, pass, view }) => [{
  name: `da${subscript(t)}${plainName("Wh", view.notation)}ᵀ`,
  values: back(pass?.of("da", t) ?? [], matrix(result.weights.Wh)),
}];

export const nextPieces = () => [];

/** @param {Context} context */
export const nextNote = ({ t, words }) => words("ledger.dx_ends", { dx: `dx${subscript(t)}` });
