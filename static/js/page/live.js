// Live lecture: the button in the header. Everything else is loaded when it is used, or when this tab steers already.

import { onChange } from "./address.js";
import { inLesson } from "./parent-frame.js";

/** @typedef {{question: string, text?: string | null, choices: string[], several: boolean, labels: (value: string) => (Node | string)[], right: string[]}} Askable the question of a page; text: the words of one that its address holds; choices: none while they are computed; right: the answers, once they are shown */
/** @typedef {{bad: string, asked: () => void}} ToClass bad: what is said without two choices; asked: the question is in the address */
/** @typedef {{isOn: () => boolean, link: () => Promise<Api.Address | null>}} Left the talk of this tab, as its audience gets it */
/**
 * @typedef {object} Page what a page does for a lecture
 * @property {string} language
 * @property {string} base such as https://bptt.example
 * @property {() => Askable | null} [question] the question that stands on the page
 * @property {() => Seen} [seen] what the address holds, of a page whose address may hold a question
 * @property {(seen: Partial<Seen>) => void} [look]
 * @property {(toClass: ToClass) => void} [compose] opens the dialog of such a question
 * @property {() => boolean} [isAnswered] whether its answer is shown
 * @property {(isAnswered: boolean) => void} [answer] shows the answer, or covers it again
 * @property {() => void} [drawn] the vote has changed
 */

const STEERED = "bptt-steer"; // as in live/kept.js

/** @type {import("./live/lecture.js") | null} */
let lecture = null;

/** @type {Left | null} */
let left = null;

/** What a lecture may leave to its audience. @param {Left} its */
export function leaves(its) {
  left = its;
}

/** The talk of this tab, if it is in one. */
export const talk = () => (left?.isOn() ? left : null);

/** @param {Page} page */
export function listen(page) {
  const button = document.getElementById("live");
  if (!button || inLesson || document.body.classList.contains("embedded")) return;
  for (const one of [button, ...document.querySelectorAll("[data-live]")]) {
    one.addEventListener("click", () => start(page, true));
  }
  onChange(() => queueMicrotask(() => lecture?.moved())); // when the page has taken the address in
  if (isSteering()) start(page, false);
}

/** Whether this tab has a room. */
export function isSteering() {
  try {
    return sessionStorage.getItem(STEERED) !== null;
  } catch {
    return false;
  }
}

/** @param {Page} page @param {boolean} byHand */
async function start(page, byHand) {
  if (lecture) return lecture.clicked();
  const loaded = await import("./live/lecture.js").catch(() => null);
  if (!loaded) return setTimeout(() => start(page, byHand), 3000);
  const first = lecture === null;
  lecture = loaded;
  return first ? loaded.start(page, byHand) : undefined;
}

/** The vote on the page's question as nodes, in place of its choices; null where there is none. @param {string} question */
export const voteOn = (question) => lecture?.voteOn(question) ?? null;

/** The path that leads an audience into the room of this page; null without one. */
export const roomPath = () => lecture?.roomPath() ?? null;
