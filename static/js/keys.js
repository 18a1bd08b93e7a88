// What keys do, except while something is being typed.

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by the key's name, letters in lower case
 * @param {() => boolean} [when] they are heard; else the keys are the browser's
 */
export function listen(actions, when = () => true) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target), action = actions[nameOf(event)];
    if (!action || !when() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || target.closest("input, select, textarea")) return;
    if (event.key === " " && target.closest("button, a, summary, [role=button]")) return;
    event.preventDefault();
    action(event);
  });
}

/**
 * A key's name. Where the keyboard writes Korean or another script, a letter's key is known by its place.
 * @param {Pick<KeyboardEvent, "key" | "code">} event
 */
export function nameOf({ key, code }) {
  const isLetter = /^\p{L}$/u.test(key) || key === "Process";
  if (!isLetter) return key;
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
}
