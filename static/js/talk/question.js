// A question of one's own about a state: its text and choices above the picture, and a button that uncovers what is covered.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { choicesOf } from "../page/live/own-question.js";
import { load } from "./data.js";

/** @typedef {{language: string, look: (seen: Partial<Seen>) => void, embedded: boolean}} Page */

/** @type {HTMLElement | null} */
let box = null;
let shown = "";

/** @param {Seen} seen @param {Page} page */
export async function show({ ask, choices, veil }, page) {
  const state = JSON.stringify([ask, choices, Boolean(veil)]);
  if (state === shown) return;
  shown = state;
  if (!ask) {
    box?.remove();
    box = null;
  } else if (await load(page.language) && state === shown) {
    const chosen = box?.dataset.ask === ask ? box.querySelector("[aria-pressed=true]")?.textContent : null;
    const made = build(ask, choicesOf(choices), Boolean(veil), page, chosen ?? "");
    if (box) box.replaceWith(made);
    else byId("main").before(made);
    box = made;
  }
  dispatchEvent(new Event("resize")); // the picture has another room
}

/** @param {string} ask @param {string[]} choices @param {boolean} isCovered @param {Page} page @param {string} chosen */
function build(ask, choices, isCovered, page, chosen) {
  const buttons = choices.map((text) => {
    const made = element("button", { "type": "button", "aria-pressed": String(text === chosen) }, text);
    made.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === made));
    });
    return made;
  });
  const reveal = element("button", { type: "button", class: "strong" }, words("talk.reveal"));
  reveal.addEventListener("click", () => page.look({ veil: null }));
  const edit = element("button", {
    "type": "button",
    "class": "quiet wide",
    "data-ask": "",
    "aria-label": words("talk.ask_edit"),
  }, "✎");
  return element(
    "section",
    { "class": "asked", "aria-label": words("talk.question"), "data-ask": ask },
    element("p", {}, element("b", {}, ask)),
    ...(buttons.length
      ? [element("div", { "class": "asked-choices", "role": "group", "aria-label": ask }, ...buttons)]
      : []),
    ...(isCovered ? [reveal] : []),
    ...(page.embedded ? [] : [edit]),
  );
}
