// Start page: the explorer for a newcomer, with one question, its story in three beats, a link to the course and some
// examples. It stays while the text or k is changed, and closes when all controls are opened or an example is followed.

import { byId } from "../../lib/dom.js";
import { progress } from "../../page/progress.js";
import { words } from "../../lib/words.js";
import { frameOf, storyOf as storyOfRun } from "./story.js";
import { unit } from "../../lib/unit.js";

const MARK = "start"; // class of the root: the style sheet lays the page out by it, before any script
const AROUND = 14; // px between the rows

let isStarted = false, isLeft = false;
let isShown = false;
/** @type {Result | null} */
let shown = null;
let redraw = () => {};

/** What tells the story, once it is loaded: until then the picture shows nothing that is still to be told. @type {typeof import("./telling.js") | null} */
let telling = null;

/** From now on the story is told. @param {typeof import("./telling.js")} parts */
export function useTelling(parts) {
  telling = parts;
  if (!document.getElementById("front")) return;
  telling.opening.useOpening(redraw);
  telling.opening.listen();
  redraw();
}

/** Whether the start page is on the screen. */
export const isOpen = () => document.documentElement.classList.contains(MARK);

/** The height of what stands around the picture, in px of the design. */
export function height() {
  const [head, actions, bar, ...rest] = [
    ".front-head",
    ".front-actions",
    "#controls",
    ".story",
    ".front-presets",
  ]
    .map((name) => /** @type {HTMLElement} */ (document.querySelector(name)).offsetHeight);
  return (head + Math.max(actions, bar) + rest.reduce((sum, one) => sum + one, 0)) / unit() + AROUND;
}

/**
 * Whether the address is the site's own, without a question: moving the playhead asks for nothing yet.
 * @param {string} search @param {Pick<Seen, "at" | "view" | "show">} seen
 */
export function isStartPage(search, { at, view, show }) {
  isStarted ||= search === "";
  return isStarted && !isLeft && !at && !view && !show;
}

/** Open or close it, before the picture is given its room. @param {boolean} open */
export function arrange(open) {
  if (!document.getElementById("front") || open === isOpen()) return;
  document.documentElement.classList.toggle(MARK, open);
  if (!open) telling?.opening.stop();
}

/** The story at its present frame, on the start page. @param {Result} result @returns {View["story"]} */
export function storyOf(result) {
  if (!isOpen()) return null;
  if (telling && isShown) return telling.opening.currentFrame(result);
  const story = storyOfRun(result);
  return story && { ...story, ...frameOf(story, result.tokens.length, 1), at: null }; // nothing draws moments yet
}

/** The captions of the story, once its picture is drawn; the first one plays it. @param {Result} result @param {View} view */
export function show(result, view) {
  if (!isOpen()) return;
  shown = result;
  byId("beats").hidden = !view.story;
  byId("front-again").hidden = !view.story;
  if (!view.story || !telling) return;
  telling.beats.show(result, view.story);
  if (isShown) return;
  isShown = true;
  telling.opening.playOnce(result);
}

/** The pictures of the examples, once there is time for them. */
export function draw() {
  if (isOpen()) telling?.examples.draw(byId("front"));
}

/** Play the story from its beginning. */
export const playAgain = () => shown && telling?.opening.play(shown);

/** @param {(link: URL) => void} visit @param {() => void} update brings the page to what it should show */
export function listen(visit, update) {
  const place = document.getElementById("front");
  redraw = update;
  if (!place) return;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (place.querySelectorAll("[data-front]"))) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      isLeft = true;
      visit(new URL(link.href));
      scrollTo(0, 0);
      byId("scroll").focus({ preventScroll: true }); // the link is gone
    });
  }
  byId("front-open").addEventListener("click", () => {
    isLeft = true;
    update();
    scrollTo(0, 0);
    byId("text").focus({ preventScroll: true });
  });
  byId("front-again").addEventListener("click", playAgain);
  addEventListener("popstate", () => {
    isStarted = false;
    isLeft = false;
  }, { capture: true });
  const { last } = progress(), course = /** @type {HTMLAnchorElement} */ (byId("front-course"));
  if (!last) return;
  course.textContent = words("opening.continue", { moment: last });
  course.href = `/${document.documentElement.lang}/${last}`;
}
