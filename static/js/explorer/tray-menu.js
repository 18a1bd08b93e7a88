// Menu at the end of the tray, with the panels that have no card, and the export of any panel.

import { element } from "../lib/dom.js";
import { svg } from "../lib/svg.js";

const EDGE = 8, GAP = 4; // px from the window's edge, and between the button and its menu
const SQUARES = [0, 1, 2, 3, 4, 5];

/**
 * A button with its menu.
 * @param {{title: string, note: string, items: {name: string, title: string}[], exported: {name: string, title: string}}} content exported: what is chosen for export at first
 */
export function menuButton({ title, note, items, exported }) {
  const button = element(
    "button",
    { type: "button", id: "tray-more", class: "opens", "aria-haspopup": "menu", popovertarget: "tray-menu" },
    figure(),
    element("span", { class: "name" }, title),
    " ",
    element("small", {}, note),
  );
  const menu = element(
    "div",
    { id: "tray-menu", class: "tray-menu", role: "menu", popover: "auto" },
    ...items.map(({ name, title }) =>
      element("button", { type: "button", class: "quiet", role: "menuitem", "data-panel": name }, title)
    ),
    element(
      "button",
      {
        ...{ type: "button", class: "quiet", role: "menuitem" },
        ...{ "data-take": exported.name, "aria-haspopup": "dialog" },
      },
      exported.title,
    ),
  );
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    put(menu, button.getBoundingClientRect());
    /** @type {HTMLElement | null} */ (menu.querySelector("button"))?.focus();
  });
  menu.addEventListener("keydown", (event) => obeyKeys(event, menu, button));
  return element("div", { class: "tray-card" }, button, menu);
}

function figure() {
  return svg(
    "svg",
    { viewBox: "0 0 62 62", width: 62, height: 62, "aria-hidden": "true" },
    ...SQUARES.map((i) =>
      svg("rect", { x: 2 + 20 * (i % 3), y: 12 + 20 * Math.floor(i / 3), width: 16, height: 16, rx: 4 })
    ),
  );
}

/** Where there is more room: below the button or above it. @param {HTMLElement} menu @param {DOMRect} button */
function put(menu, { left, top, bottom }) {
  const { offsetWidth, offsetHeight } = menu, isBelow = innerHeight - bottom > offsetHeight + GAP;
  menu.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - offsetWidth - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, isBelow ? bottom + GAP : top - offsetHeight - GAP)}px`;
}

/** @param {KeyboardEvent} event @param {HTMLElement} menu @param {HTMLElement} button */
function obeyKeys(event, menu, button) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("button")]);
  const here = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = {
    ArrowDown: (here + 1) % items.length,
    ArrowUp: (here + items.length - 1) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (next !== undefined) items[next].focus();
  else if (event.key === "Escape") {
    menu.hidePopover();
    button.focus();
  } else if (!event.key.startsWith("Arrow")) return;
  event.preventDefault();
}

/** Close the menu; returns whether it was open. */
export function closeMenu() {
  const menu = document.getElementById("tray-menu"), isOpen = menu?.matches(":popover-open") ?? false;
  if (isOpen) menu?.hidePopover();
  return isOpen;
}
