// A link to what is on the screen: copied where the browser can, marked for copying where it cannot.

import { byId } from "./dom.js";
import { words } from "./words.js";

/** @param {() => {link: string, what: string}} state */
export function listen(state) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("share-dialog"));
  const field = /** @type {HTMLInputElement} */ (byId("share-link"));
  byId("share").addEventListener("click", () => {
    const { link, what } = state();
    field.value = link;
    byId("share-what").textContent = words("share.what", { what });
    byId("copied").textContent = "";
    dialog.showModal();
    copy(field);
  });
  byId("copy").addEventListener("click", () => copy(field));
  field.addEventListener("focus", () => field.select());
}

/**
 * Whether a text could be put on the clipboard.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {HTMLInputElement} field */
async function copy(field) {
  field.focus();
  field.select();
  byId("copied").textContent = await copyText(field.value)
    ? `✓ ${words("share.copied")}`
    : words("share.select");
}
