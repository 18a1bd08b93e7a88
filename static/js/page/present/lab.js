// Presenter view of the training lab, of the graph lab and of two links side by side, as the explorer has it.

import { readHash, writeHash } from "../hash.js";
import * as keys from "../keyboard.js";
import { isOn } from "./arrange.js";
import * as view from "./present.js";

/**
 * @typedef {object} Lab what a lab does for this view
 * @property {(seen: Partial<Seen>) => void} look
 * @property {(link: {search: string, hash: string}) => void} visit
 * @property {(by: number) => boolean} step to the next beat of what is on the screen, if there is one
 * @property {string} path of the page, without query and fragment
 * @property {() => {query: string, seen: Seen}} read what the address says
 * @property {string} base such as https://bptt.example
 */

/** @param {Lab} lab */
export function listen({ look, visit, step, path, read, base }) {
  const here = () => {
    const { query: search, seen } = read();
    return { path, search, hash: writeHash({ ...seen, view: null, theme: null }) };
  };
  const visitInView = (/** @type {string} */ search, /** @type {string} */ hash) => {
    const { view, theme } = read().seen;
    visit({ search, hash: writeHash({ ...readHash(hash), view, theme }) });
  };
  view.listen({ look, visit: visitInView, step, here, base });
  keys.listen({ Escape: view.leave }, isOn);
}

export const { show } = view;
