// The lab in its frame: taken to a place, and heard where it stands (the lab's side is static/js/frame.js).

import * as address from "../address.js";
import { byId } from "../dom.js";
import { framePath } from "./links.js";

/** @typedef {import("./links.js").Place} Place */

const frame = /** @type {() => HTMLIFrameElement} */ (() => byId("frame"));

/** @type {Place | null} where it was sent last */
let wanted = null;
/** which lab is in it, once it has spoken */
let page = "", isThere = false;
/** the query with which it arrived where it was sent; null until then @type {string | null} */
let arrived = null;

/**
 * @param {{here: (place: Place, changed: boolean) => void, key: (key: string) => void}} heard changed: by the reader
 */
export function listen(heard) {
  addEventListener("message", ({ source, origin, data }) => {
    if (origin !== address.here().origin || source !== frame().contentWindow || !wanted) return;
    if (data?.bptt === "key") heard.key(String(data.key));
    if (data?.bptt !== "here") return;
    const { search, hash } = data, first = !isThere;
    isThere = true;
    if (first && (search !== sent.search || hash !== sent.hash)) return send(wanted); // it was sent on while it came
    arrived ??= search;
    heard.here({ page, search, hash }, search !== arrived);
  });
}

let sent = { search: "", hash: "" };

/** @param {string} language @param {Place} place @param {boolean} [staying] with the question that is there */
export function go(language, place, staying = false) {
  const same = wanted && page === place.page;
  wanted = place;
  if (!staying) arrived = null;
  if (same && isThere) return send(place);
  if (same) return; // it comes, and is sent on then
  page = place.page;
  isThere = false;
  sent = place;
  address.replaceIn(frame(), framePath(language, place));
}

/** @param {Place} place */
function send(place) {
  sent = place;
  const { search, hash } = place;
  frame().contentWindow?.postMessage({ bptt: "visit", search, hash }, address.here().origin);
}
