// The page that the lecture shows, in a frame: driven to an address in place, or loaded behind the present one.
//
// Labs go to another query by the message that a lesson sends them too (page/parent-frame.js), lessons by their fragment.
// Another page is loaded in a second frame, and takes the place of the first when it is there: the last picture stays.

import { element } from "../lib/dom.js";
import * as address from "../page/address.js";
import { goesInPlace, written } from "../page/live/room-address.js";

/** @typedef {Required<Api.Address>} Address */

const AGAIN = 3000; // ms after which a page that could not be loaded is asked for again

/**
 * @param {[HTMLIFrameElement, HTMLIFrameElement]} frames the second one is out of sight
 * @param {string} files where the style sheets are
 * @param {{shown: () => void, failed: () => void}} heard shown: a page has taken its place, or was loaded by its reader
 */
export function framesOf(frames, files, { shown, failed }) {
  let [present, coming] = frames;
  /** @type {Address | null} */
  let wanted = null;
  /** @type {string | null} what is being loaded */
  let loading = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let mode = "following";

  /** @param {Address} target */
  function go(target) {
    wanted = target;
    if (loading === null) move();
  }

  function move() {
    if (!wanted) return;
    const { path, query, fragment } = wanted, place = address.placeIn(present);
    const isHere = place?.pathname === path && root(present)?.dataset.live !== undefined;
    if (isHere && goesInPlace(path)) {
      const message = { bptt: "visit", visit: 0, search: query, hash: fragment };
      present.contentWindow?.postMessage(message, address.here().origin);
    } else if (isHere && place.search === query) {
      address.replaceIn(present, path + query + (fragment || "#")); // without the sign it would be loaded anew
    } else load();
  }

  function load() {
    if (!wanted) return;
    clearTimeout(again);
    loading = written(wanted);
    address.replaceIn(coming, loading);
  }

  /** @param {HTMLIFrameElement} frame */
  async function loaded(frame) {
    const place = address.placeIn(frame), isComing = frame === coming;
    if (place?.pathname === "blank" || (isComing && loading === null)) return;
    if (!place) {
      failed();
      again = setTimeout(load, AGAIN);
      return;
    }
    await style(frame);
    if (isComing && frame === coming) swap();
    else shown();
  }

  function swap() {
    const there = loading;
    loading = null;
    [present, coming] = [coming, present];
    present.hidden = false;
    coming.hidden = true;
    address.replaceIn(coming, "about:blank");
    shown();
    if (wanted && written(wanted) !== there) move();
  }

  /** What following hides is hidden by a sheet of its own, in the lab of a lesson too. @param {HTMLIFrameElement} frame */
  function style(frame) {
    const html = root(frame);
    if (!html || html.dataset.live !== undefined) return undefined;
    html.dataset.live = mode;
    const lab = labIn(frame);
    if (lab) {
      lab.addEventListener("load", () => style(lab));
      style(lab);
    }
    const sheet = element("link", { rel: "stylesheet", href: `${files}/css/followed.css` });
    return new Promise((done) => {
      for (const event of ["load", "error"]) sheet.addEventListener(event, done);
      frame.contentDocument?.head.append(sheet);
    });
  }

  for (const frame of frames) frame.addEventListener("load", () => loaded(frame));
  return {
    go,
    /** @param {"following" | "asked" | "own"} now asked: the question stands elsewhere */
    setMode: (now) => {
      mode = now;
      for (const frame of [present, labIn(present)]) {
        const html = frame && root(frame);
        if (html?.dataset.live !== undefined) html.dataset.live = now;
      }
    },
    page: () => present.contentDocument,
    place: () => address.placeIn(present),
  };
}

/** @param {HTMLIFrameElement} frame */
const root = (frame) => frame.contentDocument?.documentElement;

/** The lab of a lesson. @param {HTMLIFrameElement} frame @returns {HTMLIFrameElement | null | undefined} */
const labIn = (frame) => frame.contentDocument?.querySelector("iframe#frame");
