// Messages between a lesson and the lab in its iframe (the lesson's side; the lab's is page/parent-frame.js).

import * as address from "../page/address.js";
import { byId } from "../lib/dom.js";
import { framePath } from "./links.js";

/** @typedef {import("./links.js").Place} Place */

const frame = /** @type {() => HTMLIFrameElement} */ (() => byId("frame"));

/** @type {Place | null} where it was sent last */
let wanted = null;
/** the question it was sent with, which the reader may change */
let asked = "";
/** whether the lab has spoken since its page was asked for, and whether it is to be sent on when it does */
let isThere = false, isLate = false;

/**
 * @param {{here: (place: Place, changed: boolean) => void, key: (key: string) => void}} heard changed: by the reader
 */
export function listen(heard) {
  addEventListener("message", ({ source, origin, data }) => {
    if (origin !== address.here().origin || source !== frame().contentWindow || !wanted) return;
    if (data?.bptt === "key") heard.key(String(data.key));
    if (data?.bptt !== "here") return;
    isThere = true;
    if (isLate) return send();
    frame().toggleAttribute("data-stands", true);
    heard.here({ page: wanted.page, search: data.search, hash: data.hash }, !isSame(data.search, asked));
  });
}

/** @param {string} language @param {Place} place @param {string} [search] the query as the reader has not changed it */
export function go(language, place, search = place.search) {
  const isSamePage = wanted?.page === place.page;
  wanted = place;
  asked = search;
  frame().toggleAttribute("data-stands", false);
  if (!isSamePage) {
    isThere = isLate = false;
    address.replaceIn(frame(), framePath(language, place));
  } else if (isThere) send();
  else isLate = true; // its page is under way with another place
}

function send() {
  isLate = false;
  const { search = "", hash = "" } = wanted ?? {};
  frame().contentWindow?.postMessage({ bptt: "visit", search, hash }, address.here().origin);
}

/** Whether two queries ask the same. @param {string} one @param {string} other */
function isSame(one, other) {
  const written = (/** @type {string} */ search) =>
    [...new URLSearchParams(search)].map(String).sort().join("&");
  return written(one) === written(other);
}
