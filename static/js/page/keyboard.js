// Keyboard shortcuts; none acts while the reader types.

const JAMO = /^(\p{Script=Hangul}|Process)$/u; // event.key of a letter key in Korean input mode

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by KeyboardEvent.key, letters in lower case
 * @param {() => boolean} [when] they act; else the keys keep their browser default
 */
export function listen(actions, when = () => true) {
  const framed = document.body.classList.contains("embedded");
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target), action = actions[named(event)];
    if (!action || !when() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented) return; // another listener has handled it
    if (framed && !document.hasFocus()) return; // keys pressed in the page around the frame are not for it
    if (document.querySelector("dialog[open]") || target.closest("input, select, textarea")) return;
    if (event.key === " " && target.closest("button, a, summary, [role=button]")) return;
    event.preventDefault();
    action(event);
  });
}

/** @param {Pick<KeyboardEvent, "key" | "code">} event */
export function named({ key, code }) {
  if (JAMO.test(key) && code.startsWith("Key")) return code.slice("Key".length).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}
