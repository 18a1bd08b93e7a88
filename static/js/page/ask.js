// Asking the server for what the address says, and handling its answer: picture, refusal, retry or the next question.

import { inTurn } from "../server/in-order.js";
import { isBusy, markReached, retryLater } from "./retry.js";

/** @typedef {import("../server/api.js").Problem} Problem */
/**
 * @template T
 * @typedef {object} Page
 * @property {() => {query: string}} read what the address says
 * @property {() => void} soon
 * @property {() => void} update
 * @property {(query: string, result: T) => unknown} show
 * @property {(problems: Problem[]) => void} refuse
 */

/**
 * Questions of one page, asked in turn.
 * @template T
 * @param {(question: string) => Promise<import("../server/api.js").Answer<T>>} fetchAnswer
 * @returns {(page: Page<T>, query: string, question?: string) => Promise<void>} question: the query, and what else
 *   is asked that is no part of the address
 */
export function asker(fetchAnswer) {
  const ask = inTurn(fetchAnswer);
  let last = "";
  return async ({ read, soon, update, show, refuse }, query, question = query) => {
    if (question === last && isBusy()) return;
    last = question;
    const answer = await ask(question), isCurrent = read().query === query;
    if (!answer) return; // the next answer asks again
    if ("failure" in answer) return isCurrent ? retryLater(answer, update) : soon();
    markReached();
    if ("result" in answer) await show(query, answer.result);
    else if ("problems" in answer && isCurrent) refuse(answer.problems);
    if (!isCurrent || "outdated" in answer) soon();
  };
}
