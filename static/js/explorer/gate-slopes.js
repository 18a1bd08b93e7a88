// Slopes of the gates of a run. They are computed from pre-activations: a gate that the response rounds to 1 has lost
// its own slope.

import { held } from "../plot/windowed.js";
import * as gru from "./ledger/cells/gru.js";
import * as lstm from "./ledger/cells/lstm.js";
import { preactivationsOf } from "./ledger/context.js";
import { sigmoidSlope, tanhSlope } from "./ledger/numbers.js";

/** @type {Record<string, typeof gru | typeof lstm>} */
const CELLS = { gru, lstm };
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
  const { gates, leftFactor } = CELLS[String(result.params.cell)], { start, stop } = held(result);
  const H = result.forward.h[0].length, steps = Array.from({ length: stop - start }, (_, i) => start + i);
  const slopes = Object.fromEntries(gates.map((gate, block) => {
    const slope = WRITES.includes(gate) ? tanhSlope : sigmoidSlope;
    const at = (/** @type {number} */ t) => {
      const context = /** @type {import("./ledger/context.js").Context} */ ({ result, t, H });
      return preactivationsOf(context, leftFactor(context, block).values, block)
        .map((a) => Number.isNaN(a) ? null : slope(a));
    };
    return [gate, steps.map(at)];
  }));
  computed.set(result.forward, slopes);
  return slopes;
}
