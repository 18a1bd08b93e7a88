// Pictures of the start page's examples, each from its own answer, and what becomes of the gradient of a last loss.

import { sci } from "../../lib/format.js";
import { words } from "../../lib/words.js";
import { fetchResult } from "../../server/api.js";
import { storyOf } from "./story.js";
import { thumbnail } from "./thumbnail.js";

let drawn = false;

/** @param {HTMLElement} place of the links */
export function draw(place) {
  if (drawn) return;
  drawn = true;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (place.querySelectorAll("[data-front]"))) {
    fetchResult(link.search).then((outcome) => {
      if ("result" in outcome) describe(link, outcome.result);
      else drawn = false; // asked again with the next picture
    });
  }
}

/** The picture of a run, and where only its last loss counts and nothing is cut, what becomes of it. @param {HTMLElement} link @param {Result} result */
function describe(link, result) {
  link.querySelector("svg")?.replaceWith(thumbnail(result));
  const story = storyOf(result), line = link.querySelector("[data-line]");
  const first = story?.sizes[0], last = story?.sizes[story.sizes.length - 1];
  if (!line || !story || result.params.loss_at !== "last" || story.reach || !first || !last) return;
  const key = last < first ? "story.line_shrinks" : "story.line_grows";
  line.textContent = words(key, { from: sci(first), to: sci(last) });
}
