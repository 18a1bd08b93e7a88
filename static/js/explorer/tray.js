// Tray below the player: a card for each panel with its finding. A click opens the panel under the picture, and the cards
// become tabs; what has no card is in a menu at the end.

import { byId, element, replaceKeepingFocus } from "../lib/dom.js";
import { svg } from "../lib/svg.js";
import { hasWords, words } from "../lib/words.js";
import { closeMenu, menuButton } from "./tray-menu.js";
import * as list from "./panel-list.js";
import { isVeiled } from "./panel-veil.js";

const LEAST_IN_SIGHT = 180; // px of a panel that was just opened
const PIN = "M7 3h6v1.6l-1 .8v4l2.4 2.4v1.4H10.7V18h-1.4v-4.8H5.6v-1.4L8 9.4v-4l-1-.8z";

/** @type {Map<string, Card>} the cards of the current result */
let cards = new Map();
/** What is on the page, as text: while it is the same, nothing is replaced. */
let shown = "";
let drawings = 0;
/** @type {string | null} the panel that the reader has just opened */
let justOpened = null;

/** Whether there is one on this page. */
const place = () => document.getElementById("tray");

/**
 * Show the cards or tabs.
 * @param {Result} result @param {View} view @param {boolean} isStale whether the answer or what is covered has changed
 */
export function show(result, view, isStale) {
  const tray = place();
  if (!tray) return;
  const offered = list.offered(), open = list.openNow();
  if (isStale || !drawings) {
    drawings += 1;
    const told = offered.filter(({ name, card }) => card && !isVeiled(name, view));
    cards = new Map(told.map((panel) => [panel.name, /** @type {Card} */ (panel.card?.(result, view))]));
  }
  const state = JSON.stringify([drawings, offered.map(({ name }) => name), open, open.map(list.isKept)]);
  if (state === shown) return;
  shown = state;
  tray.hidden = !offered.length;
  const [own, others] = [true, false].map((is) =>
    offered.filter(({ name, card }) => Boolean(card || open.includes(name)) === is).map(({ name }) => name)
  );
  replaceKeepingFocus(tray, [
    element("div", { class: "tray-cards" }, ...own.map(cardOf), ...(others.length ? [more(others)] : [])),
    ...(open.length ? [closing()] : []),
  ]);
}

/** @param {string} name */
const titleOf = (name) => words(hasWords(`tray.names.${name}`) ? `tray.names.${name}` : `panels.${name}`);

/** @param {string} name */
function cardOf(name) {
  const isOpen = list.openNow().includes(name), card = cards.get(name);
  const button = element(
    "button",
    {
      ...{ type: "button", id: `card-${name}`, class: "opens" },
      ...{ "aria-expanded": String(isOpen), "aria-controls": `panel-${name}`, "data-panel": name },
    },
    ...(card ? [card.figure.cloneNode(true)] : []),
    element("span", { class: "name" }, titleOf(name)),
    " ",
    element("b", {}, card?.finding ?? ""),
    " ",
    element("small", {}, card?.note ?? words("veil.covered")),
  );
  return element(
    "div",
    { class: isOpen ? "tray-card open" : "tray-card" },
    button,
    ...(isOpen ? [pin(name)] : []),
  );
}

/** @param {string} name */
function pin(name) {
  const label = words("tray.keep", { name: titleOf(name) });
  return element(
    "button",
    {
      ...{ type: "button", id: `keep-${name}`, class: "quiet pin", "data-keep": name },
      ...{ "aria-pressed": String(list.isKept(name)), "aria-label": label, title: label },
    },
    svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, svg("path", { d: PIN })),
  );
}

/** @param {string[]} names */
function more(names) {
  return menuButton({
    title: words("tray.more", { n: names.length }),
    note: names.map(titleOf).join(" · "),
    items: names.map((name) => ({ name, title: titleOf(name) })),
    exported: { name: list.openNow().at(-1) ?? names[0], title: words("tray.export") },
  });
}

function closing() {
  const label = words("tray.close");
  return element("button", {
    type: "button",
    id: "tray-close",
    class: "quiet",
    "aria-label": label,
    title: label,
  }, "✕");
}

/** Everything that the reader does in the tray. @param {() => void} changed called when it is to be shown anew */
export function listen(changed) {
  const tray = place();
  if (!tray) return;
  tray.addEventListener("click", (event) => {
    const { target, shiftKey } = event, button = /** @type {Element} */ (target).closest("button");
    if (!button) return;
    const { panel, keep } = button.dataset;
    if (panel) {
      justOpened = panel;
      list.toggle(panel, { added: shiftKey });
      if (closeMenu()) focusLater(panel);
    } else if (keep) {
      list.keep(keep);
      changed();
    } else if (button.id === "tray-close") closeAll();
  });
  tray.addEventListener("keydown", obeyKeys);
}

/** Arrow keys go from card to card, Escape closes. @param {KeyboardEvent} event */
function obeyKeys(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
  if (event.defaultPrevented) return;
  if (event.key === "Escape" && list.openNow().length) closeLast();
  else if (step !== undefined) focusOn(step);
  else return;
  event.preventDefault();
}

/** @param {number} step from the card with the focus */
function focusOn(step) {
  const all = /** @type {HTMLElement[]} */ ([...byId("tray").querySelectorAll(".opens")]);
  const here = all.findIndex((card) => card.parentElement?.contains(document.activeElement));
  all[Math.max(0, Math.min(all.length - 1, here + step))]?.focus();
}

/** Close the panel that was opened last; the focus goes to its card. Returns whether there was one. */
export function closeLast() {
  const name = list.close();
  if (name) focusLater(name);
  return name !== null;
}

function closeAll() {
  const last = list.openNow().at(-1);
  list.closeAll();
  focusLater(last);
}

/** Once the cards are there again; what has none is in the menu. @param {string | undefined} name */
function focusLater(name) {
  const focus = () =>
    (document.getElementById(`card-${name}`) ?? document.getElementById("tray-more"))?.focus({
      preventScroll: true,
    });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

/** Scroll down to a panel that the reader has just opened, if too little of it is in sight once it is drawn. */
export function bringIntoSight() {
  const name = justOpened, tray = place();
  if (!tray || !name || !list.openNow().includes(name)) return;
  justOpened = null;
  const { top, bottom, height } = byId(`panel-${name}`).getBoundingClientRect(), player = byId("player");
  const end = innerHeight - (parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0);
  if (end - top >= Math.min(height, LEAST_IN_SIGHT)) return;
  const covered = player.offsetHeight + (parseFloat(getComputedStyle(player).top) || 0);
  scrollBy(0, Math.min(bottom - end, Math.max(0, tray.getBoundingClientRect().top - covered)));
}
