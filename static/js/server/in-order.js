// The questions of a page whose reader is quicker than the server: few at once, and never an older answer after a newer.

import { fetchResult } from "./api.js";

const AT_ONCE = 2;

let turn = 0, answeredTurn = 0;
/** @type {Set<string>} */
const underWay = new Set();

/**
 * The answer to a question; outdated if a newer question was answered first, null if it was not asked now.
 * @param {string} question
 * @returns {Promise<import("./api.js").Outcome | {outdated: true} | null>}
 */
export async function answerInTurn(question) {
  if (underWay.size >= AT_ONCE || underWay.has(question)) return null;
  const mine = ++turn;
  underWay.add(question);
  const outcome = await fetchResult(question);
  underWay.delete(question);
  if (!("result" in outcome)) return outcome;
  if (mine <= answeredTurn) return { outdated: true };
  answeredTurn = mine;
  return outcome;
}
