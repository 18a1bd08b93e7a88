// How open every unit is to its gradient: f'(a_t), dark where it is shut. Of gated cells, the slope of each gate.

import { rich } from "../dom.js";
import { stripsFigure, stripsGutter, stripsKey, stripsShapes } from "../strips.js";

export const name = "saturation";
export const closed = true;
export const follows = /** @type {(keyof View)[]} */ (["columns"]);

const SHUT = 0.1; // of the steepest slope
const STEEPEST = { sigmoid: 0.25, tanh: 1 };

/**
 * One strip for f, or one for each gate.
 * @param {Pick<Result, "forward" | "params">} result
 * @returns {import("../strips.js").Strip[]}
 */
export function strips({ forward, params }) {
  const look = { low: 0, scale: "slope", last: 1 };
  if (forward.slope) {
    const high = params.activation === "sigmoid" ? STEEPEST.sigmoid : STEEPEST.tanh;
    return [{ ...look, word: "f′(aₜ)", high, values: forward.slope }];
  }
  return Object.entries(forward.gates ?? {}).filter(([gate]) => gate !== "c").map(([gate, values]) => {
    const kind = gate === "g" || gate === "n" ? "tanh" : "sigmoid";
    return {
      ...look,
      word: `${gate}′`,
      high: STEEPEST[kind],
      values: values.map((units) => units.map(slopes[kind])),
    };
  });
}

const slopes = {
  tanh: (/** @type {Num} */ value) => value === null ? null : 1 - value * value,
  sigmoid: (/** @type {Num} */ value) => value === null ? null : value * (1 - value),
};

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  const shares = strips(result).flatMap(({ values, high }) =>
    values.flat().map((slope) => (slope ?? high) / high)
  );
  const shut = shares.filter((share) => share < SHUT).length;
  const key = result.forward.slope ? `saturation.${result.params.activation}` : "saturation.gates";
  return rich(
    `${words("saturation.caption", { share: Math.round(100 * shut / shares.length) })} ${words(key)}`,
  );
}

/** @param {Result} result @param {View} view */
export const draw = (result, view) => stripsFigure(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const dataKey = (result, view) => stripsKey(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const shapes = (result, view) => stripsShapes(strips(result), result, view);
/** @param {Result} result @param {View} view */
export const gutter = (result, view) => stripsGutter(strips(result), result, view);
