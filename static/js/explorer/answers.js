// The explorer's answers: asked in order, with the window of a long sequence that will be looked at.

import { wholeLength } from "../page/query.js";
import { later, reached } from "../page/retry.js";
import { windowFrom } from "../plot/windowed.js";
import { answerInTurn } from "../server/in-order.js";
import { readMoment } from "./timeline.js";

/** @typedef {import("../server/api.js").Problem} Problem */
/**
 * @typedef {object} Page what an answer leads to
 * @property {() => {query: string}} read
 * @property {() => void} soon
 * @property {() => void} update
 * @property {(query: string, result: Result) => Promise<void>} show
 * @property {(problems: Problem[]) => void} refuse
 */

/**
 * @param {Page} page
 * @param {string} query
 * @param {number} from where the window begins that the answer holds of a long sequence; no part of the address
 */
export async function ask({ read, soon, update, show, refuse }, query, from) {
  const outcome = await answerInTurn(from ? `${query}&from=${from}` : query),
    isCurrent = read().query === query;
  if (!outcome) return; // the answer that comes next asks again
  if ("failure" in outcome) return isCurrent ? later(outcome, update) : soon();
  reached();
  if ("result" in outcome) await show(query, outcome.result);
  else if ("problems" in outcome && isCurrent) refuse(outcome.problems);
  if (!isCurrent || "outdated" in outcome) soon();
}

/**
 * Which window of a long sequence will be looked at: the one in sight, or the one around the step of the link.
 * @param {import("../page/query.js").Params} params
 * @param {Seen} seen
 * @param {{result: Result, view: View} | null} picture on the screen
 */
export function likelyWindow(params, { at, t: looked }, picture) {
  const t = readMoment(at)?.t ?? looked, T = Number(params.steps ?? wholeLength(params));
  const same = picture?.result.tokens.length === T && picture.view.columns;
  return windowFrom(same || { start: t ?? 0, stop: (t ?? 0) + 1 }, T);
}
