// Request order: few requests at once while a slider is dragged, and never an older answer after a newer one.

const AT_ONCE = 2;

/** @template T @typedef {import("./api.js").Answer<T>} Answer */

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

/**
 * The same questions, at most two at once. An answer is outdated if a newer question was answered first, and null
 * if too many questions are under way to ask this one now.
 * @template T
 * @param {(question: string) => Promise<Answer<T>>} ask
 * @returns {(question: string) => Promise<Answer<T> | {outdated: true} | null>}
 */
export function inTurn(ask) {
  const next = inOrder();
  /** @type {Set<string>} */
  const underWay = new Set();
  return async (question) => {
    if (underWay.size >= AT_ONCE || underWay.has(question)) return null;
    const isNewest = next();
    underWay.add(question);
    const answer = await ask(question);
    underWay.delete(question);
    if (!("result" in answer)) return answer;
    return isNewest() ? answer : { outdated: true };
  };
}
