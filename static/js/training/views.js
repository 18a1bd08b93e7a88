// The views of the training lab: tabs with a finding each, of which the address says the open one.

import { byId } from "../lib/dom.js";
import { namesPart } from "../page/name-list.js";
import { hidden } from "../page/visibility.js";
import { PANELS } from "./panels.js";

/** @typedef {{finding: string, fact: string, isChecked?: boolean}} Tab what a tab says, and what stands beside the tabs while it is open */

/** The view that a part belongs to, by the names of look=. @type {Record<string, string>} */
const VIEW_OF_PART = {
  film: "film",
  weights: "film",
  lanes: "lanes",
  missed: "lanes",
  race: "race",
  map: "race",
};
/** The view that a key of the fragment is about: links from before the tabs name no view. @type {[keyof Seen, string][]} */
const VIEW_OF_KEY = [
  ["at", "film"],
  ["it", "lanes"],
  .../** @type {[keyof Seen, string][]} */ (["update", "of", "map", "shown", "axis"].map((
    key,
  ) => [key, "race"])),
];

/** The views that a task has and a link shows. @param {string} task @param {Seen} seen */
export function viewsOf(task, seen) {
  const without = hidden(seen);
  return PANELS.filter(({ name, tasks }) => tasks.includes(task) && !without.includes(name)).map(({ name }) =>
    name
  );
}

/** The view that stays where show= names none: the open one. @param {string} task @param {Partial<Seen>} seen @returns {string[]} */
export function pictureOf(task, seen) {
  const views = PANELS.filter(({ tasks }) => tasks.includes(task)).map(({ name }) => name);
  const named = [...seen.show?.split(",") ?? [], VIEW_OF_PART[seen.look ?? ""]];
  return views.some((view) => named.includes(view)) ? [] : openViews(views, seen, false);
}

/**
 * The views that are open: the one that the address names or is about, else the first. A frame that names none shows all,
 * below each other.
 * @param {string[]} views those there are @param {Partial<Seen>} seen @param {boolean} isFramed @returns {string[]}
 */
export function openViews(views, seen, isFramed) {
  if (isFramed && !seen.open) return views;
  const ofPanel = namesPart(seen.panel, "gradients") ? "race" : "film";
  const wanted = [
    seen.open,
    VIEW_OF_PART[seen.look ?? ""],
    ...VIEW_OF_KEY.flatMap(([key, view]) => seen[key] === null || seen[key] === undefined ? [] : [view]),
    ...(seen.panel ? [ofPanel] : []),
    ...views,
  ];
  return wanted.filter((view) => view && views.includes(view)).slice(0, 1).map(String);
}

/** @param {(changed: Partial<Seen>) => void} look */
export function listen(look) {
  for (const tab of tabs()) {
    tab.addEventListener("click", () => look({ open: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => step(event, tab));
  }
}

const tabs = () => /** @type {HTMLElement[]} */ ([...byId("views").querySelectorAll("[role=tab]")]);

/** Arrow keys lead from tab to tab. @param {KeyboardEvent} event @param {HTMLElement} tab */
function step(event, tab) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key], all = tabs().filter(({ hidden }) => !hidden);
  const next = all[all.indexOf(tab) + (by ?? NaN)];
  if (!by) return;
  event.stopPropagation();
  next?.focus();
  next?.click();
}

/** @param {LabState} state */
export function show(state) {
  const { open, views } = state, says = new Map(PANELS.map(({ name, tab }) => [name, tab(state)]));
  for (const tab of tabs()) {
    const view = String(tab.dataset.view), isOpen = open.includes(view);
    tab.hidden = !views.includes(view);
    tab.setAttribute("aria-selected", String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    byId(`finding-${view}`).textContent = says.get(view)?.finding ?? "";
  }
  const { fact = "", isChecked = false } = says.get(open[0]) ?? {};
  byId("views-fact").textContent = fact;
  byId("views-fact").classList.toggle("checked", isChecked);
}
