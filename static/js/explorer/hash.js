// The explorer's keys of the hash: time step, loss, player position, what is highlighted and how it is drawn.

import { LOOKS, one, whole } from "../page/hash.js";
import { readMoment } from "./timeline.js";

/** The parameters whose terms can be shown; the first is the default. */
export const PARAMETERS = /** @type {const} */ (["Wh", "Wx", "b", "Wy"]);
const GATES = ["f", "g", "i", "o", "z", "r", "n"];

/** @type {Record<string, import("../page/hash.js").Reader>} in the order in which they are written */
export const HASH = {
  ...{ t: whole, s: whole, of: one(PARAMETERS) },
  at: (written) => readMoment(written) && written,
  ...{ lit: whole, over: one(["1"]), notation: LOOKS.notation, fold: one(["1"]) },
  ...{ wire: one(["Wx", "Wh", "Wy"]), shapes: one(["1"]), gate: one(GATES), side: one(["a"]), ...LOOKS },
};
