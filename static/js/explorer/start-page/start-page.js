// Start page: the explorer for a newcomer, with one question, a link to the course and some examples. It
// closes with the first change, and no link with parameters shows it.

import { fetchResult } from "../../server/api.js";
import { byId } from "../../lib/dom.js";
import { progress } from "../../page/progress.js";
import { words } from "../../lib/words.js";
import { thumbnail } from "./thumbnail.js";

let drawn = false;

/**
 * Whether the address is the site's own, without a question: moving the playhead asks for nothing yet.
 * @param {string} search @param {Pick<Seen, "at" | "view" | "show">} seen
 */
export function isStartPage(search, { at, view, show }) {
  return search === "" && !at && !view && !show;
}

/** Open or fold it, before the picture is given its room. @param {boolean} open */
export function arrange(open) {
  const place = document.getElementById("front");
  if (!place) return; // in a frame
  place.hidden = !open;
  document.body.classList.toggle("at-front", open);
}

/** The pictures of the runs, once there is time for them; they are drawn from the answers themselves. */
export function draw() {
  const place = document.getElementById("front");
  if (!place || place.hidden || drawn) return;
  drawn = true;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (place.querySelectorAll("[data-front]"))) {
    fetchResult(link.search).then((outcome) => {
      if ("result" in outcome) link.querySelector("svg")?.replaceWith(thumbnail(outcome.result));
      else drawn = false; // asked again with the next picture
    });
  }
}

/** @param {(link: URL) => void} visit */
export function listen(visit) {
  const place = document.getElementById("front");
  if (!place) return;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (place.querySelectorAll("[data-front]"))) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      visit(new URL(link.href));
      scrollTo(0, 0);
      byId("scroll").focus({ preventScroll: true }); // the link is gone
    });
  }
  const { last } = progress(), course = /** @type {HTMLAnchorElement} */ (byId("front-course"));
  if (!last) return;
  course.textContent = words("home.continue", { moment: last });
  course.href = `/${document.documentElement.lang}/${last}`;
}
