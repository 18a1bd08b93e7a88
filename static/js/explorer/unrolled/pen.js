// Where everything of the unrolled graph stands, and which of its marks are lit or veiled.

import { geometry } from "../../plot/geometry.js";
import { litBy, veiledBy } from "./selectors.js";

/** @param {Result} result @param {View} view @returns {Geometry} */
export function penOf({ params, tokens, blocks, vocabulary }, view) {
  return {
    ...geometry(tokens.length, {
      ...{ ...view, isCut: blocks.length > 1, outputs: vocabulary.length || 2 },
      cell: String(params.cell),
    }),
    lit: litBy(view.only, blocks),
    veiled: veiledBy(view.veil, blocks),
  };
}
