// What a page asks the server, and what the answer leads to: a picture, a refusal, another try, or the next question.

import { inTurn } from "../server/in-order.js";
import { later, reached } from "./retry.js";

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
  return async ({ read, soon, update, show, refuse }, query, question = query) => {
    const answer = await ask(question), isCurrent = read().query === query;
    if (!answer) return; // the answer that comes next asks again
    if ("failure" in answer) return isCurrent ? later(answer, update) : soon();
    reached();
    if ("result" in answer) await show(query, answer.result);
    else if ("problems" in answer && isCurrent) refuse(answer.problems);
    if (!isCurrent || "outdated" in answer) soon();
  };
}
