// QR code of the link on paper. A browser that prints waits for nothing, so the code is fetched a moment before: when a key that
// may print goes down (Ctrl or ⌘), when the mouse leaves the page for the browser's menu, and when a dialog offers to print.

import { element } from "../../lib/dom.js";
import { LONGEST } from "../../page/share/link.js";

/** @typedef {{link: string, path: string}} Address of what is on the screen: whole, and from this site on */

/** @type {{path: string, image: HTMLElement} | null} the code that was asked for last */
let asked = null;

/** @param {() => Address | null} address */
export function listen(address) {
  const ask = () => {
    const now = address();
    if (now) codeOf(now);
  };
  addEventListener("keydown", ({ key }) => (key === "Control" || key === "Meta") && ask());
  document.documentElement.addEventListener("mouseleave", ask);
}

/**
 * The code as an image, which is fetched if it has not been yet; null where the link is too long for a phone to read.
 * @param {Address} address @returns {HTMLElement | null}
 */
export function codeOf({ link, path }) {
  if (link.length > LONGEST) return null;
  if (asked?.path !== path) {
    const src = `/api/qr.svg?path=${encodeURIComponent(path)}`;
    asked = { path, image: element("img", { class: "qr", alt: "", src }) };
  }
  return asked.image;
}
