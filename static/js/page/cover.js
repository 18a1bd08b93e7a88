// What a question has not yet given away: a part of the page is covered with one "?", cannot be used, and says so.

import { element } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** In the place of what is not yet to be known. @returns {HTMLElement} */
export function secret() {
  return element(
    "div",
    { class: "cover-mark" },
    element("b", { "aria-hidden": "true" }, "?"),
    element("span", { class: "hidden-words" }, words("lessons.veiled")),
  );
}

/**
 * Cover a part, or uncover it. What is in it stays, unseen, unspoken and out of reach.
 * @param {HTMLElement} place @param {boolean} on
 */
export function cover(place, on) {
  const there = place.querySelector(":scope > .cover-mark");
  place.classList.toggle("covered", on);
  for (const child of place.children) if (child instanceof HTMLElement && child !== there) child.inert = on;
  if (on && !there) place.append(secret());
  if (!on) there?.remove();
}
