// A question of the lecturer's own: a text and two to five different choices, as typed, or as an address holds them.

export const ROUNDS = 2; // a vote, a discussion, another vote
const MOST_CHOICES = 5, BAR = "|";
const LONGEST = { text: 300, choice: 100 }; // characters that a room takes
const LOOSE = "own-"; // begins the name of a question that no address holds

/**
 * The question of a form; null where a text or two different choices are missing.
 * @param {Pick<FormData, "get">} form
 * @returns {{text: string, choices: string[]} | null}
 */
export function readOwn(form) {
  const typed = (/** @type {string} */ name) => String(form.get(name) ?? "").trim().replace(/\s+/g, " ");
  const text = typed("text"), filled = [1, 2, 3, 4, 5].map((i) => typed(`choice-${i}`)).filter(Boolean);
  const choices = [...new Set(filled)];
  return text && choices.length >= 2 && choices.length === filled.length ? { text, choices } : null;
}

/** The choices as the address has them. @param {string | null | undefined} written @returns {string[]} */
export function choicesOf(written) {
  const found = (written ?? "").split(BAR).map((text) => text.trim()).filter(Boolean);
  return [...new Set(found)].slice(0, MOST_CHOICES);
}

/** @param {string} lines @returns {string | null} */
export function writeChoices(lines) {
  const texts = lines.split("\n").map((text) => text.replaceAll(BAR, "/"));
  return choicesOf(texts.join(BAR)).join(BAR) || null;
}

/** The name of a question that no address holds. @param {number} n how many there were before */
export const looseName = (n) => `${LOOSE}${Date.now().toString(36)}-${n}`;
/** @param {string} name */
export const isLoose = (name) => name.startsWith(LOOSE);

/**
 * The question that an address holds (ask=, choices=) as a class is asked it; null without two choices. The same words
 * have the same name, so that a page knows its own question again.
 * @param {Pick<Seen, "ask" | "choices">} seen
 * @returns {import("../live.js").Askable | null}
 */
export function askedOf({ ask, choices }) {
  const text = ask?.trim().slice(0, LONGEST.text);
  const found = [...new Set(choicesOf(choices).map((one) => one.slice(0, LONGEST.choice)))];
  if (!text || found.length < 2) return null;
  const question = `ask-${digest([text, ...found].join("\n"))}`;
  return { question, text, choices: found, several: false, labels: (value) => [value], right: [] };
}

/** A short name of a text (FNV-1a). @param {string} text */
function digest(text) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(36);
}
