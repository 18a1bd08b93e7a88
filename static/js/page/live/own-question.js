// A question of the lecturer's own, as typed: a text and two to five different choices.

export const ROUNDS = 2; // a vote, a discussion, another vote

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
