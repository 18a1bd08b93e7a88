// The question of the lesson that is shown, in the words of its page: the server knows only the names of choices.

const NOT_WORDS = ".tick, .hidden-words, sub.reference";

/**
 * @typedef {object} Words
 * @property {Node[]} text
 * @property {Map<string, Node[]>} labels by the names of the choices
 * @property {string[]} right the computed answer, once the page shows it
 * @property {Node[] | null} answer
 */

/** @param {Element} from @returns {Node[]} what it says, without what can be used */
function copyOf(from) {
  const copy = /** @type {Element} */ (document.importNode(from, true));
  for (const part of copy.querySelectorAll(NOT_WORDS)) part.remove();
  for (const part of copy.querySelectorAll("a, button, [tabindex]")) {
    const plain = document.createElement("span");
    plain.append(...part.childNodes);
    part.replaceWith(plain);
  }
  for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
  if (copy.firstChild?.nodeType === Node.TEXT_NODE && !copy.firstChild.nodeValue?.trim()) {
    copy.firstChild.remove();
  }
  return [...copy.childNodes];
}

/**
 * The words of a question; null if the page does not show it (yet).
 * @param {Document | null} page
 * @param {string} number such as 8.2
 * @returns {Words | null}
 */
export function wordsOf(page, number) {
  const moment = page?.querySelector("section.moment:not([hidden])"),
    box = moment?.querySelector(".question");
  const text = box?.querySelector("b"), answer = box?.querySelector(".answer:not([hidden])");
  if (!box || !text || moment?.querySelector(".number")?.textContent !== number) return null;
  const choices = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".choice")]);
  return {
    text: copyOf(text),
    labels: new Map(choices.map((choice) => [choice.dataset.value ?? "", copyOf(choice)])),
    right: choices.flatMap((choice) =>
      choice.classList.contains("right") ? [choice.dataset.value ?? ""] : []
    ),
    answer: answer ? copyOf(answer) : null,
  };
}

/** Call when the question of a lesson's page has changed; other pages have none. @param {Document | null} page @param {() => void} changed */
export function onQuestion(page, changed) {
  const reading = page?.querySelector(".lesson .moments");
  if (!reading) return;
  new MutationObserver(changed).observe(reading, {
    ...{ subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "class"] },
  });
}
