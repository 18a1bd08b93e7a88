// Presenter view: the picture alone, full screen, with its address and QR code.

import { byId, element } from "../../lib/dom.js";
import * as keys from "../keyboard.js";
import { roomPath } from "../live.js";
import { inUnits, unit } from "../../lib/unit.js";
import { words } from "../../lib/words.js";
import * as talk from "../talk.js";
import { isOn } from "./arrange.js";
import { blank, listen as unblanking } from "./blank.js";
import { showAddress } from "./corner.js";
import { called, scheme } from "./facts.js";
import { neighbour, placeOf } from "./stops.js";

const STILL = 600; // ms without a change, after which the new address is shown
const LEAST = 13; // px of the design: letters of a caption

/** @typedef {import("./stops.js").Stop} Stop */
/**
 * @typedef {object} Page what the page does for this view
 * @property {(seen: Partial<Seen>) => void} look
 * @property {(search: string, hash: string) => void} visit
 * @property {(by: number) => boolean} step to the next moment of the player, if it plays and there is one
 * @property {() => {path: string, search: string, hash: string}} here the canonical address without view and theme
 * @property {string} base such as https://bptt.example
 */

/** @type {Page} */
let page;
let last = -1; // the stop visited last
let address = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let still;

/** @returns {Stop[]} the examples */
function stops() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-preset]")]);
  return links.map((link) => ({
    search: link.search,
    hash: link.hash,
    title: link.querySelector("b")?.textContent ?? "",
  }));
}

/** @param {Page} its */
export function listen(its) {
  page = its;
  keys.listen({ f: () => (isOn() ? leave() : enter()) });
  keys.listen({ PageUp: () => click(-1), PageDown: () => click(1), b: blank, ".": blank }, isOn);
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-present]");
    if (!(button instanceof HTMLElement)) return;
    button.closest("dialog")?.close();
    enter();
  });
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => talk.turn(-1) || go(-1));
  byId("present-next").addEventListener("click", () => talk.turn(1) || go(1));
  unblanking();
  document.addEventListener("fullscreenchange", () => {
    if (isOn() && !document.fullscreenElement) leave();
  });
}

/** Show title and address beside the picture. @param {Result} result @param {View} view */
export function show({ params }, { query: search }) {
  const { path, hash } = page.here(), place = placeOf(stops(), { search, hash }, last);
  if (place >= 0) last = place;
  if (!isOn()) return;
  const heading = stops().find((preset) => preset.search === search)?.title ?? called(params, words);
  const cut = scheme(params, words);
  byId("present-title").replaceChildren(element("b", {}, heading), element("span", {}, ` · ${cut}`));
  byId("present-place").textContent = `${place < 0 ? "–" : place + 1} / ${stops().length}`;
  clearTimeout(still);
  const shown = roomPath() ?? path + search + hash;
  if (shown !== address) still = setTimeout(settled, address ? STILL : 0, shown);
}

/** Make the letters of a long caption smaller, until all of it is in sight. @param {HTMLElement} caption */
export function fit(caption) {
  caption.style.removeProperty("--caption");
  if (!isOn()) return;
  let size = parseFloat(getComputedStyle(caption).fontSize) / unit();
  while (size > LEAST && caption.scrollHeight > caption.clientHeight + 1) {
    size -= 1;
    caption.style.setProperty("--caption", inUnits(size));
  }
}

/** @param {string} path of this site, with query and hash */
function settled(path) {
  address = path;
  showAddress(page.base, path);
}

function enter() {
  page.look({ view: "present" });
  if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {}); // the view works without full screen
}

/** Leave the presenter view. @returns {boolean} whether it was open */
export function leave() {
  if (!isOn()) return false;
  page.look({ view: null });
  if (document.fullscreenElement) document.exitFullscreen();
  return true;
}

/** A clicker: the next moment while one is played, at the last one the next stop. @param {number} by */
function click(by) {
  if (!page.step(by)) go(by);
}

/** @param {number} by */
function go(by) {
  const list = stops(), place = placeOf(list, page.here(), last);
  last = neighbour(list.length, place < 0 ? last : place, by);
  page.visit(list[last].search, list[last].hash);
}
