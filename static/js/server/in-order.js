// Request order: few requests at once while a slider is dragged, and never an older answer after a newer one.

import { fetchResult } from "./api.js";

const AT_ONCE = 2;

/**
 * Numbers requests: each call marks one as sent, and what it returns marks it as answered.
 * @returns {() => () => boolean} whether the answer may be shown: false once a newer one was
 */
export function inOrder() {
  let sent = 0, answered = 0;
  return () => {
    const mine = ++sent;
    return () => {
      if (mine < answered) return false;
      answered = mine;
      return true;
    };
  };
}

const next = inOrder();
/** @type {Set<string>} */
const underWay = new Set();

/**
 * The answer to a question of the explorer; outdated if a newer question was answered first, null if too many are
 * under way to ask now.
 * @param {string} question
 * @returns {Promise<import("./api.js").Outcome | {outdated: true} | null>}
 */
export async function answerInTurn(question) {
  if (underWay.size >= AT_ONCE || underWay.has(question)) return null;
  const isNewest = next();
  underWay.add(question);
  const outcome = await fetchResult(question);
  underWay.delete(question);
  if (!("result" in outcome)) return outcome;
  return isNewest() ? outcome : { outdated: true };
}
