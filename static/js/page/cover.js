// Covered parts: a part of the page is hidden behind "?" and cannot be used until a question is answered (veil=).

import { element } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** The placeholder over a covered part. @returns {HTMLElement} */
export function placeholder() {
  return element(
    "div",
    { class: "cover-mark" },
    element("b", { "aria-hidden": "true" }, "?"),
    element("span", { class: "hidden-words" }, words("veil.covered")),
  );
}

/**
 * Cover a part, or uncover it. Its contents stay, but cannot be seen, read aloud or used.
 * @param {HTMLElement} place @param {boolean} on
 */
export function setCovered(place, on) {
  const there = place.querySelector(":scope > .cover-mark");
  place.classList.toggle("covered", on);
  for (const child of place.children) if (child instanceof HTMLElement && child !== there) child.inert = on;
  if (on && !there) place.append(placeholder());
  if (!on) there?.remove();
}
