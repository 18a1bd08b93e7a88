// Panel list below the graph: a title, caption and picture for each panel; the hash says which are open.

import { byId, element } from "../lib/dom.js";
import { linkTo } from "../page/lesson-links.js";
import { PANELS } from "./panels.js";
import { hasWords, words } from "../lib/words.js";

const SHUT = "-";

/** @type {Map<string, boolean>} whether each panel was open when it was last toggled, as far as reported */
const lastOpen = new Map();

/**
 * Put every panel's section on the page.
 * @param {(toggled: string[]) => void} changed called with the panels that differ from their default
 * @param {() => void} appeared called when panels scroll into view
 */
export function build(changed, appeared) {
  byId("panels").replaceChildren(...PANELS.map(section));
  for (const { name, closed = false } of PANELS) {
    lastOpen.set(name, !closed);
    place(name).addEventListener("toggle", () => {
      lastOpen.set(name, place(name).open);
      changed(toggled());
    });
  }
  watch(appeared);
}

/** @param {Panel} panel */
function section({ name, closed, half, draw, below, slider }) {
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
  return element(
    "details",
    {
      id: `panel-${name}`,
      class: half ? "panel half" : "panel",
      ...(closed ? { "data-closed": "" } : { open: "" }),
    },
    element("summary", {}, title),
    element(
      "div",
      { class: "captioned" },
      element("p", { id: `${name}-caption`, class: "caption" }),
      " ",
      ...linkTo(name),
    ),
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

/** @type {Record<string, unknown>} */
let currentParams = {};

/**
 * Open and close panels as the address says.
 * @param {Pick<Seen, "panel" | "look">} seen which panels differ from their default, and which one look= names
 * @param {Record<string, unknown>} params
 */
export function arrange({ panel, look }, params) {
  currentParams = params;
  const toggled = panel?.split(",") ?? [];
  for (const { name, closed = false, opens } of PANELS) {
    const shut = toggled.includes(`${SHUT}${name}`), { open } = place(name);
    const opensByAddress = closed === toggled.includes(name) || opens?.(params) || name === look;
    const shouldOpen = !shut && Boolean(opensByAddress || (opens && open)); // a panel stays open when the reader removes the parameter that opened it
    if (open !== lastOpen.get(name)) continue; // toggled by the reader; its event is about to come
    if (open !== shouldOpen) place(name).open = shouldOpen;
    lastOpen.set(name, shouldOpen);
  }
}

/** The panels that differ from their default; a minus sign marks one that is closed although the parameters open it. */
function toggled() {
  return PANELS.flatMap(({ name, closed = false, opens }) => {
    const { open } = place(name);
    if (opens?.(currentParams)) return open ? [] : [`${SHUT}${name}`];
    return open === closed ? [name] : [];
  });
}
