// Keyboard shortcuts; none acts while the reader types.

const TYPING = "input, select, textarea";
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
    if (document.querySelector("dialog[open]") || target.closest(TYPING)) return;
    if (event.isComposing || (event.key.length === 1 && wasTakenAway())) return;
    if (event.key === " " && target.closest("button, a, summary, [role=button]")) return;
    event.preventDefault();
    action(event);
  });
}

/** @type {Element | null} the field that had the focus last, until the reader does something else */
let field = null;
if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    field = target instanceof Element ? target.closest(TYPING) : null;
  });
  document.addEventListener("pointerdown", () => {
    field = null;
  });
}

/** Whether the field that was typed into has left the page or is hidden: what is typed next was meant for it. */
const wasTakenAway = () => field !== null && !field.checkVisibility();

/** @param {Pick<KeyboardEvent, "key" | "code">} event */
export function named({ key, code }) {
  if (JAMO.test(key) && code.startsWith("Key")) return code.slice("Key".length).toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Open the list of keys, which is read from its title on: the first button is far below it. */
export function openList() {
  const list = document.getElementById("keys-dialog");
  if (!(list instanceof HTMLDialogElement)) return;
  list.showModal();
  list.scrollTop = 0;
  list.querySelector("h2")?.focus();
}
