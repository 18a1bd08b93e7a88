// What keys do, except while something is being typed.

const JAMO = /^(\p{Script=Hangul}|Process)$/u; // what a letter's key says while Korean is being written

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by KeyboardEvent.key, letters by the small one
 * @param {() => boolean} [when] they are heard; else the keys are the browser's
 */
export function listen(actions, when = () => true) {
  const framed = document.body.classList.contains("embedded");
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target), action = actions[named(event)];
    if (!action || !when() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented) return; // somebody before us had a use for it
    if (framed && !document.hasFocus()) return; // the keys of the page around it are not ours
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
