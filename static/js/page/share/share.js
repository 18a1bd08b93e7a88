// Sharing: the link to what is on the screen, its QR code, and the dialog, which is loaded when it is first opened.

import { byId } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { isLoopback, pathOf } from "./link.js";
import * as qr from "./qr.js";

/** @typedef {import("./link.js").Shown & {state: string, place?: string}} Shared state: the run in a few words; place: where in it, where that is no time step */
/** @typedef {{base: string, language: string, controls: Control[], shared: () => Shared}} Page */

/** @param {Page} page base: public address of this site, such as https://bptt.example */
export function listen(page) {
  byId("share").addEventListener("click", async () => {
    const now = page.shared(), dialog = await import("./dialog.js").catch(() => null);
    if (dialog) dialog.open(page, now);
    else openQr(page); // without a network the code has the address at least
  });
  qr.listen();
}

/** Show the QR code of what is on the screen, including the step. @param {Page} page */
export function openQr(page) {
  const now = page.shared();
  showQr(page, now, { language: page.language, step: true, ...partsOf(now.seen) });
}

/** The link to what is on the screen, its path, and what it shows in words. @param {Page} page */
export function told(page) {
  const now = page.shared();
  const path = pathOf(now, { language: page.language, step: true, ...partsOf(now.seen) });
  return { link: page.base + path, path, what: stateOf(now, true) };
}

/**
 * Copy a text to the clipboard; false if the browser refuses.
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

/**
 * Copy a picture to the clipboard, an SVG as its source; false if the browser refuses.
 * @param {Blob} picture
 */
export async function copyImage(picture) {
  if (picture.type.startsWith("image/svg")) return await copyText(await picture.text());
  try {
    await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} title @param {string} url */
export async function send(title, url) {
  try {
    await navigator.share({ title, url });
  } catch { // the user canceled
  }
}

/** What the address hides, or alone shows. @param {Seen} seen */
export const partsOf = ({ hide, show }) => ({ hide: hide?.split(",") ?? [], show: show?.split(",") ?? null });

/** @param {Shared} now @param {boolean} step */
export function stateOf(now, step) {
  const place = step && placeOf(now);
  return place ? `${now.state}, ${place}` : now.state;
}

/** The position in the computation, in words; none where no step is selected. @param {Shared} now */
export function placeOf({ seen, place }) {
  const t = seen.t ?? null; // not every lab has steps to select
  return place || (t === null ? "" : words("sharing.at_step", { t }));
}

/** @param {Page} page @param {Shared} now @param {import("./link.js").Wishes} wishes */
export function showQr({ base }, now, wishes) {
  const remark = isLoopback(base) ? words("sharing.loopback") : "";
  qr.show(base, pathOf(now, wishes), stateOf(now, wishes.step), remark);
}

/** The title of a frame in another page. @param {string} state */
export const titleOf = (state) => `${state} · ${words("site.name")}`;

/** Copy what stands in a field, and say so. @param {string} from a field @param {string} status */
export async function copy(from, status) {
  const field = /** @type {HTMLInputElement} */ (byId(from));
  const copied = await copyText(field.value);
  if (!copied) field.focus();
  byId(status).textContent = copied ? `✓ ${words("share.copied")}` : words("sharing.select");
}
