// The part of a page that a link looks at is brought into sight once after it was followed: the reader may scroll away.

const PLACES = { lanes: "lanes-panel", map: "race-map", missed: "missed-card" };

let expected = true;

/** A link was followed. */
export function arm() {
  expected = true;
}

/**
 * Scroll to the part once everything that the link shows is drawn.
 * @param {string | null} part a panel's name or an element's
 */
export function scrollOnce(part) {
  if (!expected) return;
  const place = part && placeOf(part);
  if (place && !place.checkVisibility()) return; // it appears with a later answer
  expected = false;
  if (place) scrollBy(0, distance(place));
  else if (part === null && document.body.classList.contains("embedded-in-lesson")) scrollTo(0, 0);
}

/** How far to scroll. Not `scrollIntoView`, which would also scroll the page around a frame. @param {Element} place */
function distance(place) {
  const { top, bottom, height } = place.getBoundingClientRect();
  const first = covered("controls"), end = innerHeight - covered("film-player") - dock();
  if (top < first || height > end - first) return top - first;
  return Math.max(0, bottom - end);
}

/** Height covered by a sticky part at the edge of the window, such as the bar of controls. @param {string} id */
function covered(id) {
  const part = document.getElementById(id);
  return part && getComputedStyle(part).position === "sticky" ? part.offsetHeight : 0;
}

/** Height of the controls where they stand at the bottom of the window. */
function dock() {
  const bar = document.getElementById("controls");
  return bar && getComputedStyle(bar).position === "fixed" ? bar.offsetHeight : 0;
}

/** @param {string} part */
function placeOf(part) {
  const named = PLACES[/** @type {keyof typeof PLACES} */ (part)] ?? `panel-${part}`;
  return document.getElementById(named) ?? document.getElementById(part);
}
