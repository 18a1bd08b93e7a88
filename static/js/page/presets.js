// Presets dialog: a gallery of example links that open without leaving the page.

import { byId } from "../lib/dom.js";

/**
 * @param {() => string} query the canonical query of what is shown
 * @param {(link: URL) => void} visit
 * @param {boolean} isAsked whether the link asks for the examples (look=presets)
 */
export function listen(query, visit, isAsked) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("presets-dialog"));
  const links = /** @type {HTMLAnchorElement[]} */ ([...dialog.querySelectorAll("a[data-preset]")]);
  document.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("[data-presets]")) show();
  });

  function show() {
    const here = query();
    for (const link of links) {
      if (new URL(link.href).search === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    dialog.showModal();
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens a new tab
      event.preventDefault();
      dialog.close();
      visit(new URL(link.href));
    });
  }
  if (isAsked) show();
}
