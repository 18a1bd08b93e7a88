// Requests of the explorer: one run from /api/bptt, with the window of a long sequence that will be viewed.

import { asker } from "../page/ask.js";
import { wholeLength } from "../page/query.js";
import { windowFrom } from "../plot/windowed.js";
import { fetchResult } from "../server/api.js";
import { readMoment } from "./timeline.js";

const askInTurn = asker(fetchResult);

/**
 * @param {import("../page/ask.js").Page<Result>} page
 * @param {string} query
 * @param {number} from start of the window of a long sequence; not part of the address
 */
export const ask = (page, query, from) => askInTurn(page, query, from ? `${query}&from=${from}` : query);

/**
 * The window of a long sequence to request: the one in sight, or the one around the step of the link.
 * @param {import("../page/query.js").Params} params
 * @param {Seen} seen
 * @param {{result: Result, view: View} | null} picture on the screen
 */
export function likelyWindow(params, { at, t: looked, from }, picture) {
  const t = from ?? readMoment(at)?.t ?? looked, T = Number(params.steps ?? wholeLength(params));
  const same = picture?.result.tokens.length === T && picture.view.columns;
  return windowFrom(same || { start: t ?? 0, stop: (t ?? 0) + 1 }, T);
}
