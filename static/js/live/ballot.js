// The question as a sheet over the picture: large buttons, one's own answer marked, and bars once they are shown.

import { byId, element, replaceKeepingFocus, symbols } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { barsOf, roundsOf, rowsOf } from "../page/live/bars.js";

/** @typedef {import("./lesson-question.js").Words} Words */
/** @typedef {import("./voting.js").Answer} Answer */
/** @typedef {{asked: Api.Asked, phase: Api.Room["phase"], told: Words | null, answer: Answer}} Shown told: of a question of the course */
/** @typedef {{choose: (value: string) => void, submit: () => void}} Heard */

let isFolded = false, drawn = "";

/** @param {Shown | null} shown @param {Heard} heard */
export function draw(shown, heard) {
  const box = byId("ballot");
  box.hidden = !shown;
  if (!shown) {
    isFolded = false;
    return;
  }
  const { asked, phase } = shown, key = `${asked.question}/${asked.round}/${phase}`;
  if (key !== drawn) isFolded = false; // what is new is seen
  drawn = key;
  box.classList.toggle("is-folded", isFolded);
  replaceKeepingFocus(box, [head(shown, heard), ...(isFolded ? [] : body(shown, heard))]);
}

/** @param {Shown} shown @param {Heard} heard */
function head(shown, heard) {
  const { asked: { text }, told } = shown;
  const label = words(`phone.${isFolded ? "unfold" : "fold"}`);
  const fold = element(
    "button",
    { "type": "button", "class": "quiet fold", "aria-expanded": String(!isFolded), "aria-label": label },
    element("span", { "class": "fold-mark", "aria-hidden": "true" }),
  );
  fold.addEventListener("click", () => {
    isFolded = !isFolded;
    draw(shown, heard);
  });
  const said = text ? symbols(text) : told?.text.map((node) => node.cloneNode(true)) ??
    [words("phone.question")];
  return element("div", { class: "ballot-head" }, element("h2", { id: "asked" }, ...said), fold);
}

/** @param {Shown} shown @param {Heard} heard @returns {Node[]} */
function body(shown, heard) {
  const { asked, phase, told, answer } = shown, isOwn = Boolean(asked.text);
  if (phase === "reveal" || (phase === "closed" && isOwn)) {
    return [
      ...roundsOf(asked),
      element("ol", { class: "tallies" }, ...rowsOf(asked).map((row) => bar(row, shown))),
      ...(told?.answer ? [element("p", { class: "told" }, ...copies(told.answer))] : []),
    ];
  }
  return [
    element(
      "div",
      { class: "ballot-choices" },
      ...asked.choices.map((value, i) => choice(value, i, shown, heard)),
    ),
    ...(asked.several && phase === "vote" ? [sendButton(answer, heard)] : []),
    element("p", { class: "fate", role: "status" }, fateOf(phase, answer)),
  ];
}

/** @param {import("../page/live/bars.js").Row} row @param {Shown} shown */
function bar(row, { asked, told, answer }) {
  const isMine = answer.chosen.includes(row.value);
  const note = isMine ? element("span", { class: "mine" }, words("phone.mine")) : null;
  const isRight = !asked.text && Boolean(told?.right.includes(row.value));
  return barsOf(row, { label: labelOf(row.value, { asked, told }), isRight, note });
}

/** @param {string} value @param {number} i @param {Shown} shown @param {Heard} heard */
function choice(value, i, { asked, phase, told, answer }, heard) {
  const isMine = answer.chosen.includes(value);
  const button = element(
    "button",
    {
      "type": "button",
      "class": "ballot-choice",
      "data-value": value,
      "aria-pressed": String(isMine),
      ...(phase === "vote" ? {} : { disabled: "" }),
    },
    element("span", { "class": "ordinal", "aria-hidden": "true" }, String(i + 1)),
    element("span", { class: "choice-name" }, ...labelOf(value, { asked, told })),
    ...(isMine ? [element("span", { class: "mine" }, words("phone.mine"))] : []),
  );
  button.addEventListener("click", () => heard.choose(value));
  return button;
}

/** @param {Answer} answer @param {Heard} heard */
function sendButton({ chosen, fate }, heard) {
  const isIdle = !chosen.length || fate === "sent";
  const button = element(
    "button",
    { type: "button", class: "strong send", ...(isIdle ? { disabled: "" } : {}) },
    words("phone.send"),
  );
  button.addEventListener("click", heard.submit);
  return button;
}

/** @param {Api.Room["phase"]} phase @param {Answer} answer */
function fateOf(phase, { fate, message }) {
  if (fate === "late") return words("phone.late");
  if (phase !== "vote") return words("phone.closed");
  if (fate === "refused") return words("phone.refused", { message });
  return fate === "sent" ? `✓ ${words("phone.sent")}` : fate === "unsent" ? words("phone.unsent") : "";
}

/** @param {string} value @param {Pick<Shown, "asked" | "told">} shown */
function labelOf(value, { asked, told }) {
  const label = asked.text ? null : told?.labels.get(value);
  return label ? copies(label) : symbols(value);
}

/** @param {Node[]} nodes */
const copies = (nodes) => nodes.map((node) => node.cloneNode(true));
