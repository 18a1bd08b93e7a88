// Hash keys of the explorer: time step, loss, player position, what is highlighted and how it is drawn.

import { COMMON_KEYS, integer, matching, oneOf } from "../page/hash.js";
import { readMoment } from "./timeline.js";

/** The parameters whose terms can be shown; the first is the default. */
export const PARAMETERS = /** @type {const} */ (["Wh", "Wx", "b", "Wy", "x"]);
const GATES = ["f", "g", "i", "o", "z", "r", "n"];

/** @type {Record<string, import("../page/hash.js").Reader>} in the order in which they are written */
export const HASH = {
  ...{ t: integer, s: integer, from: integer, of: oneOf(PARAMETERS) },
  at: (written) => readMoment(written) && written,
  ...{ lit: integer, over: oneOf(["1"]), notation: COMMON_KEYS.notation, fold: oneOf(["1"]) },
  ...{
    wire: oneOf(["Wx", "Wh", "Wy"]),
    shapes: oneOf(["1"]),
    gate: oneOf(GATES),
    side: oneOf(["a"]),
    lag: matching(/^(cells|[1-9]\d{0,3}(,[1-9]\d{0,3}){0,4})$/),
    scale: matching(/^([1-9]|1\d|2[0-4])$/),
    format: oneOf(["float32", "bfloat16", "float16"]),
    open: matching(/^[a-z]+(,[a-z]+)*$/),
    ...COMMON_KEYS,
  },
};
