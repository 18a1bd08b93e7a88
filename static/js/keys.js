// What keys do, except while something is being typed.

/**
 * @param {Record<string, (event: KeyboardEvent) => void>} actions by KeyboardEvent.key
 */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target), action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || target.closest("input, select, textarea")) return;
    if (event.key === " " && target.closest("button, a, summary, [role=button]")) return;
    event.preventDefault();
    action(event);
  });
}
