// The lecturer's votes: on the question of a lesson, in place of its choices, or on one of the lecturer's own, in a card.
//
// Asked, closed, asked once more, and answered by the page itself. The question ends when the lecturer leaves it; one that
// no address holds, when the lecturer says so.

import { byId, element, replaceKeepingFocus, symbols } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { barsOf, roundsOf, rowsOf } from "./bars.js";
import { isLoose, looseName, readOwn, ROUNDS } from "./own-question.js";

/** @typedef {import("../live.js").Page} Page */
/** @typedef {{phase: Api.Room["phase"], vote: Required<Api.Question> | null}} Asked */

/** @type {{page: Page, changed: () => void}} */
let its;
/** @type {{vote: Required<Api.Question>, phase: Api.Room["phase"], hasAnswer: boolean} | null} hasAnswer: the page covers it */
let present = null;
/** @type {Api.Room | null} */
let value = null;
let n = 0;
let names = 0; // of own questions so far

/** @param {{page: Page, changed: () => void}} how changed: what everybody is asked has changed */
export function listen(how) {
  its = how;
}

/** Go on with what the room holds; of another page's question nothing is left. @param {Api.Room | null} room @param {boolean} isHere */
export function adopt(room, isHere) {
  const { vote, phase = "show" } = room ?? {};
  present = vote && isHere && phase !== "show"
    ? { vote: questionOf(vote), phase, hasAnswer: hasAnswer(vote) }
    : null;
  if (!room) draw(null, 0);
}

/** Whether the page covers what answers it: of a question of one's own, if the lecturer has it so. @param {Pick<Api.Question, "question" | "text">} vote */
const hasAnswer = ({ question, text }) => !text || (!isLoose(question) && its.page.isAnswered?.() === false);

/** @param {Api.Question} vote @returns {Required<Api.Question>} */
const questionOf = ({ question, round = 1, choices, several = false, text = null }) => ({
  ...{ question, round, choices, several, text },
});

/** What everybody is asked. @returns {Asked} */
export function asked() {
  if (!present) return { phase: "show", vote: null };
  const isAnswered = present.hasAnswer && its.page.isAnswered?.();
  return { vote: present.vote, phase: isAnswered ? "reveal" : present.phase };
}

/** The page has moved: a question that it no longer shows has ended. */
export function moved() {
  if (!present || isLoose(present.vote.question)) return;
  if (its.page.question?.()?.question === present.vote.question) return;
  present = null;
  drawCard();
}

/** Ask the class the question of the page. */
export function askThis() {
  const found = its.page.question?.();
  if (!found?.choices.length) return; // it is being computed
  const { question, choices, several, text = null } = found;
  const vote = { question, round: 1, choices, several, text };
  present = { vote, phase: "vote", hasAnswer: hasAnswer(vote) };
  if (its.page.isAnswered?.()) its.page.answer?.(false);
  its.changed();
}

/** @param {Partial<{round: number, phase: Api.Room["phase"]}>} over */
function become({ round, phase }) {
  if (!present) return;
  const { vote } = present;
  present = { ...present, vote: { ...vote, round: round ?? vote.round }, phase: phase ?? present.phase };
  its.changed();
}

function reveal() {
  become({ phase: "reveal" });
  its.page.answer?.(true);
}

function finish() {
  present = null;
  its.changed();
}

/** Ask a question of one's own, about whatever is on the screen; into the address of a page that may hold it. */
export function askOwn() {
  if (its.page.compose) return its.page.compose({ bad: words("poll.bad"), asked: askThis });
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("live-own") ?? ownDialog());
  /** @type {HTMLFormElement} */ (dialog.querySelector("form")).reset();
  /** @type {Element} */ (dialog.querySelector(".problem")).textContent = "";
  return dialog.showModal();
}

function ownDialog() {
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {string} */ most) =>
    element("input", {
      "type": "text",
      name,
      "maxlength": most,
      "aria-label": label,
      "placeholder": label,
      "autocomplete": "off",
    });
  const close = element("button", { type: "button", value: "cancel" }, words("poll.cancel"));
  const form = element(
    "form",
    { method: "dialog" },
    element("label", {}, words("poll.own"), field("text", words("poll.own"), "300")),
    element(
      "fieldset",
      {},
      element("legend", {}, words("poll.choices")),
      ...[1, 2, 3, 4, 5].map((i) => field(`choice-${i}`, words("poll.choice", { n: i }), "100")),
    ),
    element("p", { class: "problem", role: "alert" }),
    element(
      "p",
      { class: "row" },
      close,
      element("button", { type: "submit", class: "strong" }, words("poll.ask")),
    ),
  );
  const dialog = element("dialog", {
    "id": "live-own",
    "class": "live-own",
    "aria-labelledby": "live-own-title",
  });
  dialog.append(element("h2", { id: "live-own-title" }, words("live.ask")), form);
  document.body.append(dialog);
  close.addEventListener("click", () => /** @type {HTMLDialogElement} */ (dialog).close());
  form.addEventListener("submit", (event) => {
    const found = readOwn(new FormData(/** @type {HTMLFormElement} */ (form)));
    if (!found) {
      event.preventDefault();
      /** @type {Element} */ (form.querySelector(".problem")).textContent = words("poll.bad");
      return;
    }
    names += 1;
    const vote = { question: looseName(names), round: 1, several: false, ...found };
    present = { vote, phase: "vote", hasAnswer: false };
    its.changed();
  });
  return dialog;
}

/** Show what the room holds now. @param {Api.Room | null} room @param {number} people */
export function draw(room, people) {
  value = room;
  n = people;
  drawCard();
  its.page.drawn?.();
}

function drawCard() {
  const old = document.getElementById("live-vote"), text = present?.vote.text;
  if (!present || !text) {
    if (!old) return;
    old.remove();
    dispatchEvent(new Event("resize")); // the page's own box of the question is there again
    return;
  }
  const card = old ??
    element("section", { "id": "live-vote", "class": "live-vote", "aria-labelledby": "live-vote-title" });
  const labels = (/** @type {string} */ one) => symbols(one);
  replaceKeepingFocus(card, [element("h2", { id: "live-vote-title" }, ...symbols(text)), vote(labels, [])]);
  card.toggleAttribute("data-asked", !isLoose(present.vote.question));
  if (old) return;
  document.body.append(card);
  dispatchEvent(new Event("resize"));
}

/** The vote on a question of the page, in place of its choices; null where there is none. @param {string} question */
export function nodesFor(question) {
  const found = its.page.question?.();
  if (!present || present.vote.text || present.vote.question !== question || !found) return null;
  return [vote(found.labels, found.right)];
}

/** @param {(value: string) => (Node | string)[]} labels @param {string[]} right */
function vote(labels, right) {
  const { phase, vote: { choices, round } } =
    /** @type {{phase: Api.Room["phase"], vote: Required<Api.Question>}} */ (asked());
  const known = value?.vote && value.vote.question === present?.vote.question && value.vote.round === round
    ? value.vote
    : null;
  if (phase === "vote") {
    return element(
      "div",
      { class: "vote" },
      element("ul", { class: "vote-choices" }, ...choices.map((one) => element("li", {}, ...labels(one)))),
      element("p", { "class": "vote-count", "aria-live": "off" }, ...countOf(known?.count ?? 0)),
      element("p", { class: "vote-later" }, words("poll.later")),
      controls(["close"]),
    );
  }
  const shown = {
    choices,
    count: known?.count ?? 0,
    tally: known?.tally ?? null,
    first: known?.first ?? null,
  };
  return element(
    "div",
    { class: "vote" },
    ...roundsOf(shown),
    element(
      "ol",
      { class: "tallies" },
      ...rowsOf(shown).map((row) =>
        barsOf(row, { label: labels(row.value), isRight: phase === "reveal" && right.includes(row.value) })
      ),
    ),
    controls([
      ...(phase === "closed" && present?.hasAnswer ? /** @type {const} */ (["reveal"]) : []),
      ...(phase === "closed" && round < ROUNDS ? /** @type {const} */ (["again"]) : []),
      ...(phase === "reveal" || present?.vote.text ? /** @type {const} */ (["done"]) : []),
    ]),
  );
}

/** The number large, and what it is of. @param {number} count */
function countOf(count) {
  const of = Math.max(n, count),
    said = words("poll.count", { n: "\0", of }),
    [before, after] = said.split("\0");
  return [element("span", {}, before), element("b", {}, String(count)), element("span", {}, after)];
}

/** @param {("close" | "again" | "reveal" | "done")[]} kinds */
function controls(kinds) {
  const acts = {
    close: () => become({ phase: "closed" }),
    again: () => become({ phase: "vote", round: ROUNDS }),
    reveal,
    done: finish,
  };
  return element(
    "p",
    { class: "vote-controls" },
    ...kinds.map((kind, i) => {
      const button = element("button", {
        type: "button",
        id: `vote-${kind}`,
        ...(i ? {} : { class: "strong" }),
      }, words(`poll.${kind}`));
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        acts[kind]();
        const next =
          /** @type {HTMLElement} */ (document.querySelector(".vote-controls button") ?? byId("live"));
        next.focus();
      });
      return button;
    }),
  );
}
