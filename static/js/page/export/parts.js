// Parts of a page that can be exported: those of a list that are on the screen, or that the page can put there.

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {string[]} shows selectors of the elements that are drawn
 * @property {string} [caption] selector of the sentence below the drawing
 * @property {string} [legend] selector of its entries
 * @property {Partial<Seen>} [seen] what the address is to say while it is exported, if it is not on the screen
 * @property {() => boolean} [isDrawn] whether what is on the screen is there to the end
 */

/** @param {Part} part */
export const isOnScreen = ({ shows, isDrawn }) => elementsOf(shows).length > 0 && (isDrawn?.() ?? true);

/** Those that can be exported now. @param {Part[]} parts */
export const offered = (parts) => parts.filter((part) => part.seen || isOnScreen(part));

/** @param {string[]} selectors @returns {Element[]} */
export const elementsOf = (selectors) =>
  selectors.flatMap((selector) => [...document.querySelectorAll(selector)]).filter(isThere);

/** Whether an element has a place on the page and something in it. @param {Element} element */
function isThere(element) {
  const { width, height } = element.getBoundingClientRect();
  return element.checkVisibility() && width > 0 && height > 0 && element.childNodes.length > 0;
}

/** The words of an element, without those of its buttons and of what only the eye sees. @param {string} [selector] */
export function wordsOf(selector) {
  const element = selector && document.querySelector(selector);
  if (!element) return "";
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const part of copy.querySelectorAll("button, .choices, .explained, [aria-hidden=true]")) part.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}
