// DOM helpers: find and create elements, format text, keep the focus when contents are replaced.

import { unit } from "./unit.js";

const UNSEEN = 1000; // ms: a page in the background is painted later

/**
 * The element with this id; it must be there.
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return /** @type {E} */ (found);
}

/**
 * A new element.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * Text with **strong** words and h_t as symbols with subscripts, as nodes. A name such as reset_after is no symbol.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function rich(text) {
  return text.split(/(\*\*.+?\*\*)/).flatMap((part) =>
    part.startsWith("**") ? [element("strong", {}, ...symbols(part.slice(2, -2)))] : symbols(part)
  );
}

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function symbols(text) {
  return text.split(/(\b[A-Za-z]{1,2}_[A-Za-z0-9]+)/).map((part) => {
    const [, letter, index] = part.match(/^([A-Za-z]+)_([A-Za-z0-9]+)$/) ?? [];
    return letter ? element("span", { class: "math" }, letter, element("sub", {}, index)) : part;
  });
}

/**
 * Parts of a sentence as nodes.
 * @param {Part[]} sentence
 */
export function parts(sentence) {
  return sentence.map(({ text, strong, tone }) =>
    strong || tone ? element(strong ? "strong" : "span", tone ? { class: tone } : {}, text) : text
  );
}

/** The browser has painted what is on the page, or the page is not in sight. */
export const painted = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNSEEN);
  });

/**
 * Replaces the contents of a box; the focus moves to the new element with the same id, or else at the same place.
 * @param {HTMLElement} box
 * @param {Node[]} contents
 */
export function replaceKeepingFocus(box, contents) {
  const able = () => /** @type {HTMLElement[]} */ ([...box.querySelectorAll("button, input, [tabindex]")]);
  const used = /** @type {HTMLElement} */ (document.activeElement), place = able().indexOf(used);
  const half = used instanceof HTMLInputElement && used.value !== used.defaultValue ? used.value : null;
  box.replaceChildren(...contents);
  if (place < 0) return;
  const next = able().find(({ id }) => id && id === used.id) ?? able()[place];
  next?.focus({ preventScroll: true });
  if (half !== null && next instanceof HTMLInputElement) next.value = half; // text that is being typed
}

/** Links to the same state on another page: its language, or its frame left behind. @param {string} search @param {string} hash */
export function updateHereLinks(search, hash) {
  for (
    const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-here]"))
  ) {
    link.href = link.pathname + search + hash;
  }
}

/** How high some parts of the page are together, in px of the window. @param {string} selector */
export const heightOf = (selector) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))]
    .reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);

export const LEAST_WIDTH = 200; // px of a design

/**
 * The width that a drawing has inside an element, in the unit of designs, never less than one can draw in: an element that is hidden or still
 * being laid out has none.
 * @param {Element} element
 * @param {number} [otherwise] where it has no width
 */
export const widthOf = (element, otherwise = 0) =>
  Math.max(LEAST_WIDTH, Math.floor(element.clientWidth / unit()) || otherwise);
