// Parts of a page that can be exported: those of a list that are on the screen now.

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {string[]} shows selectors of the elements that are drawn
 * @property {string} [caption] selector of the sentence below the drawing
 * @property {string} [legend] selector of its entries
 */

/** Those of which something is on the screen. @param {Part[]} parts */
export const onScreen = (parts) => parts.filter(({ shows }) => elementsOf(shows).length > 0);

/** @param {string[]} selectors @returns {Element[]} */
export const elementsOf = (selectors) =>
  selectors.flatMap((selector) => [...document.querySelectorAll(selector)]).filter(isOnScreen);

/** Whether an element has a place on the page and something in it. @param {Element} element */
function isOnScreen(element) {
  const { width, height } = element.getBoundingClientRect();
  return element.checkVisibility() && width > 0 && height > 0 && element.childNodes.length > 0;
}

/** The words of an element, without those of its buttons. @param {string} [selector] */
export function wordsOf(selector) {
  const element = selector && document.querySelector(selector);
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const part of copy.querySelectorAll("button, .choices, .explained")) part.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}
