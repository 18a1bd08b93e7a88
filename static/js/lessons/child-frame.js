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
/** the path of the lab's page */
let path = "";
/** the number of the last request to the lab's present page */
let visit = 0;

/**
 * @param {{here: (place: Place, changed: boolean) => void, key: (key: string) => void}} heard changed: by the reader
 */
export function listen(heard) {
  addEventListener("message", ({ source, origin, data }) => {
    if (origin !== address.here().origin || source !== frame().contentWindow || !wanted) return;
    if (data?.bptt === "key") heard.key(String(data.key));
    if (data?.bptt !== "here") return;
    if (address.pathIn(frame()) !== path) return; // of the page before, which is about to go
    isThere = true;
    if (isLate) return send();
    if (Number(data.visit ?? 0) !== visit) return; // of a place before
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
    visit = 0;
    path = framePath(language, { ...place, search: "", hash: "" });
    address.replaceIn(frame(), framePath(language, place));
  } else if (isThere) send();
  else isLate = true; // its page is under way with another place
}

function send() {
  isLate = false;
  const { search = "", hash = "" } = wanted ?? {};
  visit += 1;
  frame().contentWindow?.postMessage({ bptt: "visit", visit, search, hash }, address.here().origin);
}

/** Whether two queries ask the same. @param {string} one @param {string} other */
function isSame(one, other) {
  const written = (/** @type {string} */ search) =>
    [...new URLSearchParams(search)].map(String).sort().join("&");
  return written(one) === written(other);
}
