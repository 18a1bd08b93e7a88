// QR codes of this site's pages: drawn by the server, shown small or full screen for a hall full of phones.

import { fetchText } from "../../server/api.js";
import { byId, element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { LONGEST, readable } from "./link.js";

/** Trusted Types: no other text of this site becomes markup; a browser that knows them refuses it. */
const drawings = typeof trustedTypes === "undefined"
  ? null
  : trustedTypes.createPolicy("qr-code", { createHTML: (source) => source });

const SHORT = 44, MIDDLING = 110; // characters up to which an address is set in large and medium type

/** Esc, Q or a click anywhere closes the dialog. */
export function listen() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("qr-dialog"));
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (!dialog.open) return; // its button keeps the focus until the next frame
    if (event.key.toLowerCase() !== "q" && event.code !== "KeyQ") return;
    event.stopPropagation(); // or it would open the dialog again
    dialog.close();
  });
}

/**
 * @param {string} base such as https://bptt.example
 * @param {string} path of a page of this site, with query and hash
 * @param {string} state what the link shows, in words
 * @param {string} remark a remark, or an empty string
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
  for (const part of dialog.querySelectorAll("*")) part.scrollTop = 0; // the focus may have scrolled far down
  dialog.querySelector("button")?.focus(); // it comes before the text, which may scroll
  const drawing = link.length > LONGEST ? null : await code(path);
  if (dialog.dataset.link !== link) return;
  byId("qr-code").replaceChildren(
    labeled(drawing, link) ??
      element(
        "p",
        {},
        words(link.length > LONGEST ? "sharing.too_long" : "sharing.no_qr", { n: link.length }),
      ),
  );
}

/** @param {SVGElement | null} drawing @param {string} link */
function labeled(drawing, link) {
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", words("sharing.qr_label", { link }));
  return drawing;
}

/**
 * The QR code of a page of this site as a drawing; null where the server has none.
 * @param {string} path with query and hash
 * @returns {Promise<SVGElement | null>}
 */
export async function code(path) {
  const source = await fetchText(`/api/qr.svg?path=${encodeURIComponent(path)}`);
  const trusted = source && (drawings?.createHTML(source) ?? source);
  const root = trusted && new DOMParser().parseFromString(trusted, "image/svg+xml").documentElement;
  return root && root.localName === "svg" ? /** @type {any} */ (document.importNode(root, true)) : null;
}
