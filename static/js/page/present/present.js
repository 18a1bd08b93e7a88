// Presenter view: the picture alone, full screen, with its title, address and QR code; its keys and buttons, and a clicker.

import { byId, element } from "../../lib/dom.js";
import * as keys from "../keyboard.js";
import { roomPath } from "../live.js";
import * as talk from "../talk.js";
import { isOn } from "./arrange.js";
import { blank, listen as unblanking } from "./blank.js";
import { showAddress } from "./corner.js";
import { neighbour, placeOf } from "./stops.js";

const STILL = 600; // ms without a change, after which the new address is shown

/** @typedef {import("./stops.js").Stop} Stop */
/**
 * @typedef {object} Page what the page does for this view
 * @property {(seen: Partial<Seen>) => void} look
 * @property {(search: string, hash: string) => void} visit a link to this page, in this view
 * @property {(by: number) => boolean} step to the next beat of what is on the screen, if there is one
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

/**
 * Show title, place and address beside the picture: those of an example where it is one.
 * @param {{title: string, detail: string, ofExample?: string}} what ofExample: what follows the title of an example
 */
export function show({ title, detail, ofExample = "" }) {
  const { path, search, hash } = page.here(), list = stops(), place = placeOf(list, { search, hash }, last);
  if (place >= 0) last = place;
  if (!isOn()) return;
  const example = list[place]?.title, more = example ? ofExample : detail;
  byId("present-title").replaceChildren(
    element("b", {}, example || title),
    ...(more ? [element("span", {}, ` · ${more}`)] : []),
  );
  byId("present-place").textContent = list.length ? `${place < 0 ? "–" : place + 1} / ${list.length}` : "";
  clearTimeout(still);
  const shown = roomPath() ?? path + search + hash;
  if (shown !== address) still = setTimeout(settled, address ? STILL : 0, shown);
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

/** A clicker: the next beat of what is on the screen, and then the next stop. @param {number} by */
function click(by) {
  if (!page.step(by)) go(by);
}

/** @param {number} by */
function go(by) {
  const list = stops(), place = placeOf(list, page.here(), last);
  if (!list.length) return;
  last = neighbour(list.length, place < 0 ? last : place, by);
  page.visit(list[last].search, list[last].hash);
}
