// The link as a QR code that fills the window, for a hall full of phones.

import { fetchText } from "../../server/api.js";
import { byId, element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { LONGEST, readable } from "./link.js";

const SHORT = 44, MIDDLING = 110; // characters of an address that are set large, and not so large

/** Leave it with Esc, the key that led here, or a click anywhere. */
export function listen() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("qr-dialog"));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "q" && event.code !== "KeyQ") return;
    event.stopPropagation(); // or it would lead here again
    dialog.close();
  });
}

/**
 * @param {string} base such as https://bptt.example
 * @param {string} path of a page of this site, with query and hash
 * @param {string} state what the link shows, in words
 * @param {string} remark what else there is to say, or nothing
 */
export async function show(base, path, state, remark) {
  const link = base + path, [host, rest] = readable(link), length = host.length + rest.length;
  const dialog = /** @type {HTMLDialogElement} */ (byId("qr-dialog"));
  dialog.dataset.length = length <= SHORT ? "short" : length <= MIDDLING ? "middling" : "long";
  dialog.dataset.link = link;
  byId("qr-address").replaceChildren(
    element("span", {}, host),
    ...(rest.match(/[^?&#]*[?&#]?/g) ?? []).flatMap((part) => [element("wbr"), part]),
  );
  byId("qr-state").textContent = state;
  byId("qr-remark").textContent = remark;
  byId("qr-code").replaceChildren(element("p", {}, words("sharing.drawing")));
  if (!dialog.open) dialog.showModal();
  for (const part of dialog.querySelectorAll("*")) part.scrollTop = 0; // where the focus went may be far down
  dialog.querySelector("button")?.focus(); // before the text, where that scrolls
  const source = link.length > LONGEST
    ? null
    : await fetchText(`/api/qr.svg?path=${encodeURIComponent(path)}`);
  if (dialog.dataset.link !== link) return;
  byId("qr-code").replaceChildren(
    drawing(source, link) ??
      element(
        "p",
        {},
        words(link.length > LONGEST ? "sharing.too_long" : "sharing.no_qr", { n: link.length }),
      ),
  );
}

/** @param {string | null} source @param {string} link */
function drawing(source, link) {
  const root = source && new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  if (!root || root.localName !== "svg") return null;
  root.setAttribute("role", "img");
  root.setAttribute("aria-label", words("sharing.qr_label", { link }));
  return document.importNode(root, true);
}
