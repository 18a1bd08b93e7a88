// Quiz question of a lesson: choices computed from the lab's results, and the answer.

import { element, replaceKeepingFocus, symbols } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { fill } from "./live.js";

/** @typedef {{ruled: Ruled | null, own: Ruled | null, answered: boolean, chosen: string[], sight: "unknown" | "below" | "seen"}} Asked sight: whether it has been in sight; ruled: of the lab as it stands; own: of the moment's own state */

/** A choice in words, with mathematics between asterisks as in the texts. @param {LessonMoment} moment @param {string} value */
export function said({ choices }, value) {
  return (choices[value] ?? value).split(/(\*[^*]+\*)/).flatMap((part) =>
    part.startsWith("*") ? [element("i", { class: "math" }, ...symbols(part.slice(1, -1)))] : symbols(part)
  );
}

/**
 * Draw a question in its present state.
 * @param {Element} box
 * @param {LessonMoment} moment
 * @param {Asked} asked
 * @param {{choose: (value: string) => void}} heard
 * @param {Node[] | null} [vote] of a class, in place of the choices
 */
export function draw(box, moment, { ruled, own, answered, chosen }, { choose }, vote = null) {
  const choices = /** @type {HTMLElement} */ (box.querySelector(".choices"));
  const check = /** @type {HTMLButtonElement} */ (box.querySelector(".check"));
  const answer = /** @type {HTMLElement} */ (box.querySelector(".answer"));
  const focused = [...choices.children].indexOf(/** @type {Element} */ (document.activeElement));
  choices.ariaBusy = String(!ruled);
  if (vote) replaceKeepingFocus(choices, vote);
  else {choices.replaceChildren(
      ...(ruled?.choices ?? []).map((value) => {
        const right = answered && ruled?.right?.includes(value);
        const guessed = answered && !right && chosen.includes(value);
        const button = element(
          "button",
          {
            "type": "button",
            "class": `choice${right ? " right" : ""}${guessed ? " own-answer" : ""}`,
            "data-value": value,
            "aria-pressed": String(chosen.includes(value)),
            ...(answered ? { disabled: "" } : {}),
          },
          ...(right
            ? [element("span", { class: "tick", "aria-label": words("lessons.right") }, "✓"), " "]
            : []),
          ...said(moment, value),
          ...(guessed ? [element("span", { class: "hidden-words" }, ` (${words("lessons.own")})`)] : []),
        );
        button.addEventListener("click", () => choose(value));
        return button;
      }),
    );}
  box.classList.toggle("is-voted", vote !== null);
  if (!vote && focused >= 0) /** @type {HTMLElement | undefined} */ (choices.children[focused])?.focus();
  check.hidden = !moment.several || answered || vote !== null;
  check.disabled = !chosen.length;
  /** @type {HTMLElement} */ (box.querySelector(".check-row")).hidden = answered || vote !== null;
  box.classList.toggle("answered", answered);
  const changed = answered && own && ruled && ruled !== own;
  if (answered && ruled) fill(answer, (own ?? ruled).values); // the answer explains the original state
  answer.hidden = !answered || !ruled;
  const note = /** @type {HTMLElement} */ (box.querySelector(".changed"));
  note.textContent = changed ? words(`lessons.${ruled.right?.length ? "changed" : "changed_none"}`) : "";
  const working = /** @type {HTMLElement} */ (box.querySelector(".live-note"));
  working.textContent = words(`lessons.${ruled ? "computed" : "computing"}`);
}
