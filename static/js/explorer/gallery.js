// Pictures and sentences of the examples in their dialog, each from its own answer, once it is opened; and a text of one's own.

import { fetchResult } from "../server/api.js";
import { byId } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { exampleLine } from "./example-line.js";
import { thumbnail } from "./start-page/thumbnail.js";

/** @param {(link: {search: string, hash: string}) => void} visit */
export function listen(visit) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("presets-dialog"));
  new MutationObserver(() => dialog.open && draw(dialog)).observe(dialog, {
    ...{ attributes: true, attributeFilter: ["open"], childList: true, subtree: true },
  });
  if (dialog.open) draw(dialog); // a link has asked for it (look=presets)
  byId("own-text").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = /** @type {HTMLInputElement} */ (byId("own-text-field")).value;
    if (!text) return;
    dialog.close();
    visit({ search: `?${new URLSearchParams({ v: "1", text })}`, hash: "" });
  });
}

let isDrawing = false;

/** One after the other, so that the picture of the page never waits for many. @param {HTMLElement} dialog */
async function draw(dialog) {
  if (isDrawing) return;
  isDrawing = true;
  for (let next = waiting(dialog); next; next = waiting(dialog)) {
    const { link, place } = next, outcome = await fetchResult(link.search);
    if (!("result" in outcome)) {
      place.classList.replace("waits", "fails");
      continue;
    }
    place.replaceWith(thumbnail(outcome.result));
    const line = link.querySelector("[data-line]");
    if (line) line.textContent = exampleLine(outcome.result, words);
  }
  isDrawing = false;
}

/** The next link that has no picture yet. @param {HTMLElement} dialog */
function waiting(dialog) {
  const place = dialog.querySelector("svg.waits"), link = place?.closest("a");
  return place && link ? { place, link } : null;
}
