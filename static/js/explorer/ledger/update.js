// Ledger cards of the update: one gradient descent step with the sum of all terms.

import { parenthesized } from "../../lib/arithmetic.js";
import { formatNumber } from "../../lib/format.js";
import { letter, row, sign } from "../../lib/mathml.js";
import { plainName, weight } from "../notation.js";
import { gateOf } from "./backward.js";
import { matrix } from "./context.js";
import { normOf } from "./numbers.js";
import { between } from "./pieces.js";

const USUAL_RATE = 0.1;

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./backward.js").Cell} Cell */

/** @param {Context} context @param {Cell} cell @returns {LedgerCard[]} */
export function update({ result, T, H, words, view }, cell) {
  const { notation } = view, rate = Number(result.params.lr ?? USUAL_RATE), block = gateOf({ view }, cell);
  const gate = cell.gates[block],
    part = (/** @type {number[]} */ row) => row.slice(block * H, (block + 1) * H);
  const W = matrix(result.weights.Wh).map(part), dW = matrix(result.truncated.gradients.Wh).map(part);
  const held = result.params.recurrence === "zero";
  const next = W.map((row, i) => row.map((value, j) => value - rate * dW[i][j]));
  const name = weight("Wh", notation, { gate }), slope = weight("Wh", notation, { gate, d: true });
  /** @param {string} head @param {number[][]} rows @param {Partial<LedgerStack>} how @returns {LedgerStack} */
  const block3 = (head, rows, how) => ({
    kind: "stack",
    head,
    groups: [{ name, spoken: head, shape: "H,H", rows }],
    scale: "before",
    power: null,
    decimals: 2,
    bare: true,
    wide: "weights",
    ...how,
  });
  const text = plainName("Wh", notation);
  return [
    held
      ? {
        formula: row(name, sign("="), letter("0")),
        caption: words("ledger.held", { W: text }),
        gates: cell.gates,
        pieces: [block3(words("ledger.now", { W: text }), W, {})],
      }
      : {
        formula: row(name, sign("←"), name, sign("−"), letter("η"), slope),
        caption: words("ledger.once", { T, rate: formatNumber(rate) }),
        gates: cell.gates,
        pieces: [
          block3(words("ledger.now", { W: text }), W, {}),
          between(`− ${parenthesized(formatNumber(rate))} ×`),
          block3(`d${text}`, dW, { scale: "weights", power: "matrices" }),
          between("="),
          block3(words("ledger.next", { W: text }), next, {}),
        ],
      },
    {
      formula: row(sign("‖"), letter("dW"), sign("‖")),
      caption: "",
      pieces: [{
        kind: "bars",
        rows: Object.keys(result.weights).map((weight) => ({
          name: weight,
          exact: normOf(matrix(result.full.gradients[weight]).flat()),
          truncated: normOf(matrix(result.truncated.gradients[weight]).flat()),
        })),
      }],
    },
  ];
}
