// Presenter view: the picture alone, full screen, with its address and QR code.

import { byId, element } from "../../lib/dom.js";
import * as keys from "../keyboard.js";
import { words } from "../../lib/words.js";
import { code } from "../share/qr.js";
import { blank, listen as unblanking } from "./blank.js";
import * as bookmarks from "./bookmarks.js";
import { called, facts, typed } from "./facts.js";
import { enlarged } from "./size.js";
import { neighbour, placeOf } from "./stops.js";

const STILL = 600; // ms without a change, after which the new address is shown
const CONFIRMED = 2500; // ms for which a confirmation is shown
const SCANNED = 200; // characters of an address that a phone reads from a small code

/** @typedef {import("./stops.js").Stop} Stop */
/**
 * @typedef {object} Page what the page does for this view
 * @property {(seen: Partial<Seen>) => void} look
 * @property {(search: string, hash: string) => void} visit
 * @property {() => {path: string, search: string, hash: string}} here the canonical address without view and theme
 * @property {string} base such as https://bptt.example
 */

/** @type {Page} */
let page;
let on = false;
let last = -1; // the stop visited last
let address = "", title = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let still;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** @returns {Stop[]} */
function presets() {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("[data-preset]")]);
  return links.map((link) => ({
    search: link.search,
    hash: link.hash,
    title: link.querySelector("b")?.textContent ?? "",
  }));
}

/** @returns {Stop[]} the bookmarks, if there are any */
const stops = () => (bookmarks.bookmarks().length ? bookmarks.bookmarks() : presets());

/** @param {Page} its */
export function listen(its) {
  page = its;
  const inView = () => on;
  keys.listen({ f: () => (on ? leave() : enter()), m: keep });
  keys.listen({ PageUp: () => go(-1), PageDown: () => go(1), b: blank, ".": blank }, inView);
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-present]");
    if (!(button instanceof HTMLElement)) return;
    button.closest("dialog")?.close();
    enter();
  });
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => go(-1));
  byId("present-next").addEventListener("click", () => go(1));
  unblanking();
  document.addEventListener("fullscreenchange", () => {
    if (on && !document.fullscreenElement) leave();
  });
  listenToBookmarks();
}

/** Set the enlargement before the picture is drawn. @param {Seen} seen @param {number} T */
export function arrange({ view }, T) {
  on = view === "present";
  document.body.classList.toggle("presenting", on);
  byId("present-head").hidden = byId("present-foot").hidden = !on;
  if (!on) return;
  const { unit, graph } = enlarged({ width: innerWidth, height: innerHeight }, T);
  document.body.style.setProperty("--u", `${unit}px`);
  document.body.style.setProperty("--enlarged", String(graph));
}

/** Show title, numbers and address beside the picture. @param {Result} result @param {View} view */
export function show(result, { t, query: search }) {
  const { path, hash } = page.here(), place = placeOf(stops(), { search, hash }, last);
  if (place >= 0) last = place;
  const heading = presets().find((preset) => preset.search === search)?.title ??
    called(result.params, words);
  const numbers = facts(result, words), letters = numbers.filter(([name]) => isLetter(name));
  title = [heading, ...letters.map((pair) => pair.join(" = ")), `t = ${t}`].join(" · ");
  if (!on) return;
  byId("present-title").textContent = heading;
  byId("present-facts").replaceChildren(
    ...numbers.map(([name, value]) =>
      element(
        "div",
        {},
        element("dt", isLetter(name) ? { class: "math" } : {}, name),
        element("dd", {}, value),
      )
    ),
  );
  byId("present-place").textContent = `${place < 0 ? "–" : place + 1} / ${stops().length}`;
  clearTimeout(still);
  const shown = path + search + hash;
  if (shown !== address) still = setTimeout(showAddress, address ? STILL : 0, shown);
}

const isLetter = (/** @type {string} */ name) => /^[a-z][₁₂]?$/i.test(name);

/** @param {string} path of this site, with query and hash */
async function showAddress(path) {
  address = path;
  const link = page.base + path;
  byId("present-address").textContent = typed(link);
  const drawing = link.length > SCANNED ? null : await code(path);
  if (path !== address) return;
  const place = byId("present-qr");
  place.hidden = !drawing;
  if (drawing) place.replaceChildren(drawing);
}

function enter() {
  page.look({ view: "present" });
  if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {}); // the view works without full screen
}

/** Leave the presenter view. @returns {boolean} whether it was open */
export function leave() {
  if (!on) return false;
  page.look({ view: null });
  if (document.fullscreenElement) document.exitFullscreen();
  return true;
}

/** @param {number} by */
function go(by) {
  const list = stops(), place = placeOf(list, page.here(), last);
  last = neighbour(list.length, place < 0 ? last : place, by);
  page.visit(list[last].search, list[last].hash);
}

/** Bookmark the current state. */
function keep() {
  const { search, hash } = page.here(), n = bookmarks.add({ search, hash, title }) + 1;
  last = n - 1;
  byId("said").textContent = words("present.kept", { n });
  clearTimeout(saying);
  saying = setTimeout(() => byId("said").textContent = "", CONFIRMED);
  page.look({}); // updates the place in the list
}

function listenToBookmarks() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("presets-dialog"));
  document.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("[data-presets]")) showBookmarks(dialog);
  });
  byId("bookmarks-clear").addEventListener("click", () => {
    bookmarks.clear();
    showBookmarks(dialog);
  });
}

/** @param {HTMLDialogElement} dialog */
function showBookmarks(dialog) {
  byId("bookmarks").hidden = !bookmarks.bookmarks().length;
  byId("bookmarks-list").replaceChildren(
    ...bookmarks.bookmarks().map(({ search, hash, title }, i) => {
      const link = element("a", { href: search + hash }, title);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens a new tab
        event.preventDefault();
        dialog.close();
        last = i;
        page.visit(search, hash);
      });
      const button = element(
        "button",
        { "type": "button", "aria-label": words("present.forget", { title }) },
        "✕",
      );
      button.addEventListener("click", () => {
        bookmarks.remove(i);
        showBookmarks(dialog);
        byId(bookmarks.bookmarks().length ? "bookmarks-clear" : "presets-close").focus();
      });
      return element("li", {}, link, button);
    }),
  );
}
