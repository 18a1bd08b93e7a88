// Slopes of the gates of a run. They are computed from pre-activations: a gate that the response rounds to 1 has lost
// its own slope.

import { held } from "../plot/windowed.js";
import * as gru from "./ledger/cells/gru.js";
import * as gruResetAfter from "./ledger/cells/gru-reset-after.js";
import * as lstm from "./ledger/cells/lstm.js";
import { preactivationsOf } from "./ledger/context.js";
import { sigmoidSlope, tanhSlope } from "./ledger/numbers.js";

/** @typedef {Pick<import("./ledger/backward.js").Cell, "gates" | "leftFactor" | "reset">} Gated */

/** @param {Result} result @returns {Gated} */
const cellOf = ({ params: { cell, reset_gate } }) =>
  cell === "lstm" ? lstm : reset_gate === "after" ? gruResetAfter : gru;

const WRITES = ["g", "n"]; // by tanh; the other gates open and shut by σ

/** @type {WeakMap<object, Record<string, Table>>} a picture, its key and its caption ask for the same ones */
const computed = new WeakMap();

/**
 * By gate, of the steps that the response holds.
 * @param {Result} result @returns {Record<string, Table>}
 */
export function gateSlopes(result) {
  const known = computed.get(result.forward);
  if (known) return known;
  const { start, stop } = held(result), cell = cellOf(result), { gates, leftFactor } = cell;
  const H = result.forward.h[0].length, steps = Array.from({ length: stop - start }, (_, i) => start + i);
  const slopes = Object.fromEntries(gates.map((gate, block) => {
    const slope = WRITES.includes(gate) ? tanhSlope : sigmoidSlope;
    const at = (/** @type {number} */ t) => {
      const context = /** @type {import("./ledger/context.js").Context} */ ({ result, t, H });
      return preactivationsOf(context, leftFactor(context, block).values, block, cell.reset?.(context, block))
        .map((a) => Number.isNaN(a) ? null : slope(a));
    };
    return [gate, steps.map(at)];
  }));
  computed.set(result.forward, slopes);
  return slopes;
}
