// Glossary cards: a definition appears under the term that is hovered, focused or tapped.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";

const MARGIN = 8; // px

/** @typedef {Record<string, {term: string, other: string, meaning: string}>} Glossary */

/** @param {Glossary} glossary */
export function listen(glossary) {
  const card = byId("term-card");
  /** @type {HTMLAnchorElement | null} */
  let open = null;

  /** @param {HTMLAnchorElement} link */
  function show(link) {
    if (open !== link) hide();
    const { term, other, meaning } = glossary[link.dataset.term ?? ""];
    card.replaceChildren(
      element("p", {}, element("b", {}, term), " ", element("span", { class: "other" }, other)),
      element("p", {}, meaning),
      element("a", { href: link.href }, words("lessons.glossary")),
    );
    card.hidden = false;
    link.setAttribute("aria-describedby", card.id);
    open = link;
    const { left, bottom, top } = link.getClientRects()[0], height = card.offsetHeight;
    const below = bottom + MARGIN + height < innerHeight, width = card.offsetWidth;
    card.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
    card.style.top = `${below ? bottom + 4 : Math.max(MARGIN, top - height - 4)}px`;
  }

  function hide() {
    open?.removeAttribute("aria-describedby");
    open = null;
    card.hidden = true;
  }

  /** @param {Event} event @returns {HTMLAnchorElement | null} */
  const termOf = ({ target }) => target instanceof Element ? target.closest("a.term") : null;
  document.addEventListener("pointerover", (event) => {
    const link = termOf(event);
    if (link) show(link);
    else if (open && !card.contains(/** @type {Node} */ (event.target)) && document.activeElement !== open) {
      hide();
    }
  });
  document.addEventListener("focusin", (event) => {
    const link = termOf(event);
    if (link) show(link);
    else if (!card.contains(/** @type {Node} */ (event.target))) hide();
  });
  document.addEventListener("click", (event) => {
    const link = termOf(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      hide();
    }
  }, true);
  addEventListener("scroll", hide, true);
}
