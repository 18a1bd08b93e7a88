// Panel list below the graph: a title, caption and picture for each panel; the hash says which are open. On the page of its
// own the explorer has a tray (tray.js) from which they open; in a frame they stand below each other as sections.

import { byId, element } from "../lib/dom.js";
import { linkTo } from "../page/lesson-links.js";
import { dialOf } from "./dial.js";
import { opened, openInTray, sectionOf, toggledSections, written } from "./open-panels.js";
import { PANELS } from "./panels.js";
import { hasWords, words } from "../lib/words.js";

/** @typedef {import("./open-panels.js").Named} Named */

/** @type {Map<string, boolean>} whether each panel was open when it was last toggled, as far as reported */
const lastOpen = new Map();

/** The open panels, in the order in which they were opened; of a page with a tray. @type {string[]} */
let order = [];

/** Those that stay when another one is opened. @type {Set<string>} */
const kept = new Set();

/** @type {(seen: Partial<Seen>) => void} */
let look = () => {};

/** @type {Named} */
let currentSeen = { open: null, panel: null, look: null };
/** @type {Record<string, unknown>} */
let currentParams = {};

/** Whether panels open from a tray. */
const hasTray = () => document.getElementById("tray") !== null;

/**
 * Put every panel's section on the page.
 * @param {(seen: Partial<Seen>) => void} changed called with what the address is to say of open panels
 * @param {() => void} appeared called when panels scroll into view
 */
export function build(changed, appeared) {
  look = changed;
  byId("panels").replaceChildren(...PANELS.map(section));
  for (const { name, closed = false } of PANELS) {
    const isFirstOpen = !hasTray() && !closed;
    place(name).open = isFirstOpen;
    lastOpen.set(name, isFirstOpen);
    place(name).addEventListener("toggle", () => noteToggled(name));
  }
  watch(appeared);
}

/** The reader has opened or closed a panel at its heading, or the page did as the address says. @param {string} name */
function noteToggled(name) {
  const { open } = place(name), isByReader = open !== lastOpen.get(name);
  lastOpen.set(name, open);
  if (!hasTray()) {
    const toggled = toggledSections(PANELS, currentParams, (one) => place(one).open);
    return look({ panel: toggled.join(",") || null, open: null });
  }
  if (isByReader) setOpen(open ? [...order, name] : order.filter((other) => other !== name));
}

/** @param {string[]} names */
function setOpen(names) {
  order.filter((name) => !names.includes(name)).forEach((name) => setPlace(name, false));
  order = names; // already now: the next one may be opened before the address is read
  look(written(names, currentSeen, currentParams, PANELS));
}

/**
 * Open a panel from the tray, or close it. What is kept stays open.
 * @param {string} name @param {{added?: boolean}} [how] added: the others stay open too, and are kept from now on
 */
export function toggle(name, { added = false } = {}) {
  if (order.includes(name)) {
    close(name);
    return;
  }
  if (added) order.forEach((other) => kept.add(other));
  setOpen(opened(order, name, { kept, added }));
}

/** Close a panel, by default the one that was opened last; returns its name. @param {string} [name] */
export function close(name = openNow().at(-1)) {
  if (!name) return null;
  kept.delete(name);
  setOpen(order.filter((other) => other !== name));
  return name;
}

/** Close every panel. */
export function closeAll() {
  kept.clear();
  setOpen([]);
}

/** Keep a panel open when another one is opened, or no longer. @param {string} name */
export function keep(name) {
  if (!kept.delete(name)) kept.add(name);
}

/** Whether a panel stays open when another one is opened. @param {string} name */
export const isKept = (name) => kept.has(name);

/** The panels on the screen, in the order in which they were opened. */
export const openNow = () => order.filter((name) => isOpen(name) && !place(name).hidden);

/** The panels that can be opened: neither hidden from a class nor without anything to show. */
export const offered = () =>
  PANELS.filter(({ name }) => !place(name).hidden && !place(name).closest(".is-hidden"));

/** Put away what has nothing to show for a result. @param {Result} result */
export function hideInapplicable(result) {
  for (const { name, applies } of PANELS) place(name).hidden = applies?.(result) === false;
  noteRoom();
}

/** Where a panel is open the picture is lower. */
function noteRoom() {
  document.body.classList.toggle("with-panel", hasTray() && openNow().length > 0);
}

/** @param {Panel} panel */
function section({ name, closed, half, draw, below, slider, dial }) {
  const title = element("h2", {}, words(`panels.${name}`));
  if (hasWords(`panels.${name}_note`)) title.append(" ", element("small", {}, words(`panels.${name}_note`)));
  const picture = element("div", { id: name });
  const content = draw
    ? element(
      "div",
      { class: "axis" },
      element("div", { id: `${name}-gutter`, class: "gutter ticks", "aria-hidden": "true" }),
      element(
        "div",
        { class: "scroll follows", role: "group", "aria-label": words(`panels.${name}`) },
        element("div", { class: "stage" }, picture),
      ),
    )
    : picture;
  const captioned = element(
    "div",
    { class: "captioned" },
    element("p", { id: `${name}-finding`, class: "finding" }),
    element("p", { id: `${name}-caption`, class: "caption" }),
    " ",
    ...linkTo(name),
  );
  return element(
    "details",
    {
      id: `panel-${name}`,
      class: half ? "panel half" : "panel",
      ...(closed ? { "data-closed": "" } : {}),
    },
    element("summary", {}, title),
    ...(dial
      ? [element("div", { class: "with-dial" }, captioned, dialOf(name, dial, (seen) => look(seen)))]
      : [captioned]),
    ...(slider ? [scrub(name, slider)] : []),
    content,
    ...(below ? [element("div", { id: `${name}-below` })] : []),
  );
}

/** A slider outside the redrawn part of the panel, so that it stays while the reader drags it. @param {string} name @param {string} parameter */
function scrub(name, parameter) {
  const id = `${name}-${parameter}`;
  return element(
    "div",
    { class: "scrub" },
    element("label", { for: id }, words(`panels.${name}_slider`)),
    element("input", { type: "range", id, "data-param": parameter }),
  );
}

/** @param {string} name */
function place(name) {
  return /** @type {HTMLDetailsElement} */ (byId(`panel-${name}`));
}

/** @type {Set<Element>} */
const inSight = new Set();

/** Whether the panel is in the viewport. @param {string} name */
export function isInSight(name) {
  return inSight.has(place(name));
}

/** @param {() => void} appeared called when panels scroll into view */
function watch(appeared) {
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inSight.add(target);
      else inSight.delete(target);
    }
    if (entries.some(({ isIntersecting }) => isIntersecting)) appeared();
  });
  for (const { name } of PANELS) observer.observe(place(name));
}

/** Whether the panel is open and not hidden. @param {string} name */
export function isOpen(name) {
  return place(name).open && !place(name).closest(".is-hidden");
}

/**
 * Open and close panels as the address says.
 * @param {Named} seen which panels are open, and which one look= names
 * @param {Record<string, unknown>} params
 */
export function arrange(seen, params) {
  [currentSeen, currentParams] = [seen, params];
  const stays = PANELS.filter(({ name, opens }) => opens && place(name).open).map(({ name }) => name); // when the reader removes the parameter that opened it
  if (hasTray()) arrangeTray(seen, params, seen.open ? [] : stays);
  for (const panel of PANELS) {
    const { name } = panel, { shut, open: opens } = sectionOf(panel, seen, params);
    setPlace(name, hasTray() ? order.includes(name) : !shut && (opens || stays.includes(name)));
  }
  noteRoom();
}

/** @param {Named} seen @param {Record<string, unknown>} params @param {string[]} stays */
function arrangeTray(seen, params, stays) {
  const names = openInTray(seen, params, PANELS), isNew = names.some((name) => !order.includes(name));
  const shut = seen.panel?.split(",") ?? [];
  const left = stays.filter((name) => !names.includes(name) && !shut.includes(`-${name}`));
  if (isNew && names.length > order.length) names.slice(0, -1).forEach((name) => kept.add(name));
  order = [...left, ...names];
  for (const name of kept) if (!order.includes(name)) kept.delete(name);
}

/** @param {string} name @param {boolean} open */
function setPlace(name, open) {
  if (place(name).open !== lastOpen.get(name)) return; // toggled by the reader; its event is about to come
  if (place(name).open !== open) place(name).open = open;
  lastOpen.set(name, open);
}
