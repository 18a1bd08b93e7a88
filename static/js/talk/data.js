// The course and the words of talks, for the pages that come without them.

import { addWords } from "../lib/words.js";
import { fetchAnswer } from "../server/api.js";

/** @typedef {{course: import("./opened.js").Listed[], words: Record<string, unknown>, sheet: string}} Data sheet: the style sheet of the bar */

/** @type {Promise<Data | null> | null} */
let loading = null;

/** What talks need; null without a network. @param {string} language @returns {Promise<Data | null>} */
export function load(language) {
  return loading ??= fetchAnswer(`/${language}/talk.json`).then((answer) => {
    if (!("result" in answer)) {
      loading = null; // asked again at the next use
      return null;
    }
    const data = /** @type {Data} */ (answer.result);
    addWords(data.words);
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: data.sheet });
    document.head.append(link);
    return data;
  });
}
