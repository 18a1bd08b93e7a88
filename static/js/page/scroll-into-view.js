// The part of a page that a link looks at is brought into sight once after it was followed: the reader may scroll away.

const PLACES = { lanes: "lanes-panel", map: "race-map", missed: "missed-card" };

let expected = true;

/** A link was followed. */
export function expect() {
  expected = true;
}

/**
 * Everything a followed link shows is drawn.
 * @param {string | null} part a panel's name or an element's
 */
export function bring(part) {
  if (!expected) return;
  const place = part && placeOf(part);
  if (place && !place.checkVisibility()) return; // it comes with a later answer
  expected = false;
  if (place) scrollBy(0, distance(place));
  else if (part === null && document.body.classList.contains("embedded-in-lesson")) scrollTo(0, 0);
}

/** How far a part is from being in sight; of a page in a frame `scrollIntoView` would scroll the page around it too. @param {Element} place */
function distance(place) {
  const { top, bottom, height } = place.getBoundingClientRect();
  const first = covered("controls"), end = innerHeight - covered("film-player");
  if (top < first || height > end - first) return top - first;
  return Math.max(0, bottom - end);
}

/** How much of the window is covered by what stays in sight at its edge, such as the bar of controls. @param {string} id */
function covered(id) {
  const part = document.getElementById(id);
  return part && getComputedStyle(part).position === "sticky" ? part.offsetHeight : 0;
}

/** @param {string} part */
function placeOf(part) {
  const named = PLACES[/** @type {keyof typeof PLACES} */ (part)] ?? `panel-${part}`;
  return document.getElementById(named) ?? document.getElementById(part);
}
