// Which panels are covered until a question is answered (veil=).

import { namesPart } from "../page/name-list.js";
import { rowsIn } from "./unrolled/selectors.js";

/** Sums of the credit matrix would reveal a covered row, so that a single covered row covers the whole panel. @param {string} name @param {Pick<View, "veil">} view */
export function isVeiled(name, { veil }) {
  return namesPart(veil, name) || name === "credit" && rowsIn(veil) !== null;
}
