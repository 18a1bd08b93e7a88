// Requests of the graph lab.

import { asker } from "../page/ask.js";
import { fetchAnswer, remembered } from "../server/api.js";

/** The answer to a canonical query, from memory where it was asked before. */
export const answerTo = remembered((
  /** @type {string} */ query,
) => /** @type {Promise<import("../server/api.js").Answer<Graph>>} */ (fetchAnswer(`/api/graph${query}`)));

export const ask = asker(answerTo);
