// Presenter view of the training lab and of two links side by side: the picture alone and large, its title, address and code.

import { byId, element } from "../../lib/dom.js";
import { readHash, writeHash } from "../hash.js";
import * as keys from "../keyboard.js";
import * as talk from "../talk.js";
import { isOn } from "./arrange.js";
import { blank, listen as unblanking } from "./blank.js";
import { showAddress } from "./corner.js";
import { neighbour, placeOf } from "./stops.js";

const STILL = 600; // ms without a change, after which the new address is shown

/**
 * @typedef {object} Page what the page does for this view
 * @property {(seen: Partial<Seen>) => void} look
 * @property {(link: {search: string, hash: string}) => void} visit
 * @property {(by: number) => boolean} [step] to the next beat of what is on the screen, if there is one
 * @property {string} path of the page, without query and fragment
 * @property {() => {query: string, seen: Seen}} read what the address says
 * @property {string} base such as https://bptt.example
 */

/** @type {Page} */
let page;
let last = -1; // the example visited last
let address = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let still;

/** The examples of this page. */
const links = () => /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-preset]")]);

/** The canonical query and fragment, without view and theme. */
function here() {
  const { query: search, seen } = page.read();
  return { search, hash: writeHash({ ...seen, view: null, theme: null }) };
}

/** @param {Page} its */
export function listen(its) {
  page = its;
  keys.listen({ f: () => (isOn() ? leave() : enter()) });
  keys.listen(
    { Escape: leave, PageUp: () => click(-1), PageDown: () => click(1), b: blank, ".": blank },
    isOn,
  );
  for (const button of document.querySelectorAll("[data-present]")) {
    button.addEventListener("click", () => {
      button.closest("dialog")?.close();
      enter();
    });
  }
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => talk.turn(-1) || click(-1));
  byId("present-next").addEventListener("click", () => talk.turn(1) || click(1));
  unblanking();
  document.addEventListener("fullscreenchange", () => {
    if (isOn() && !document.fullscreenElement) leave();
  });
}

function enter() {
  page.look({ view: "present" });
  if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {}); // the view works without full screen
}

function leave() {
  page.look({ view: null });
  if (document.fullscreenElement) document.exitFullscreen();
}

/** A clicker: the next beat, then the next example. @param {number} by */
function click(by) {
  if (page.step?.(by)) return;
  const list = links(), place = placeOf(list, here(), last);
  if (!list.length) return;
  last = neighbour(list.length, place < 0 ? last : place, by);
  const theme = document.documentElement.dataset.theme ?? null;
  const hash = writeHash({ ...readHash(list[last].hash), view: "present", theme });
  page.visit({ search: list[last].search, hash });
}

/** @param {string} title @param {string} detail */
export function show(title, detail) {
  if (!isOn()) return;
  const { search, hash } = here(),
    { path } = page,
    list = links(),
    place = placeOf(list, { search, hash }, last);
  if (place >= 0) last = place;
  const preset = list[place]?.search === search ? list[place].querySelector("b")?.textContent : null;
  byId("present-title").replaceChildren(
    element("b", {}, preset || title),
    ...(detail && !preset ? [element("span", {}, ` · ${detail}`)] : []),
  );
  byId("present-place").textContent = list.length ? `${place < 0 ? "–" : place + 1} / ${list.length}` : "";
  clearTimeout(still);
  const shown = path + search + hash, wait = address ? STILL : 0;
  if (shown === address) return;
  still = setTimeout(() => {
    address = shown;
    showAddress(page.base, shown);
  }, wait);
}
