// Hidden parts of a page: hide= in the fragment lists what students do not see, show= what alone remains.
//
// hide=k,player hides the slider of k and the player. A name is that of a parameter (text, steps, truncation, k, …, as
// in the query) or of one of the parts below. A hidden parameter keeps the value it has in the link, whatever else is
// changed. show=k,player is the inverse: of all names only these stay (show=none: none), and of the panels those that
// are named, scrolled to (look=) or opened by the address.

import { byId } from "../lib/dom.js";
import { readHash, writeHash } from "./hash.js";
import { showSettings } from "./settings-drawer.js";

/** @type {Record<string, string>} selectors of the parts of a page that are not parameters */
export const PARTS = {
  player: "#player, #dock-play",
  proof: "#proof",
  legend: "#legend",
  switches: "#switches, #over, #fold-switch",
  badges: ".badges",
  ledger: "#ledger",
  panels: "#panels, #tray",
  more: "#more, #rest",
  presets: "[data-presets]",
  compare: "[data-compare]",
  reset: "#defaults, #control-reset",
  take: "[data-take]",
  keys: "#keys",
  language: "#language",
  theme: "#theme",
  share: "#share",
  run: "#run",
  film: "#film",
  lanes: "#lanes-panel, #control-lanes",
  race: "#race",
  descent: "#descent",
  table: "#table",
};

/** What has no name of its own and show= leaves out. */
const UNNAMED = "header :is([data-present], [data-add], [data-live], #live)";

/** The part that is the picture of a page which has several, such as the open view of the training lab. @type {(seen: Partial<Seen>) => string[]} */
let pictures = () => [];

/** Say which named parts are the picture, which stays even if show= names none. @param {typeof pictures} of */
export function keepPictures(of) {
  pictures = of;
}

/** The selector of a name. @param {string} name */
export const selectorOf = (name) =>
  Object.hasOwn(PARTS, name) ? PARTS[name] : `#control-${name}, label:has([data-param="${name}"])`;

/** The names that are not seen. @param {Partial<Seen>} seen */
export function hidden(seen) {
  const { hide, show, look } = seen, named = hide?.split(",") ?? [];
  if (!show) return named;
  const shown = [...show.split(","), look, ...pictures(seen)];
  return [...named, ...everyName().filter((name) => !shown.includes(name))];
}

/** All names on this page. */
function everyName() {
  const controls = [...document.querySelectorAll(".control")].map(({ id }) => id.replace("control-", ""));
  return [...new Set([...controls, ...Object.keys(PARTS)])];
}

/**
 * Hide exactly what the address names.
 * @param {Seen} seen
 */
export function apply(seen) {
  const few = seen.show !== null, names = hidden(seen);
  const whole = names.filter((name) => !few || (name !== "more" && name !== "panels")); // of these a part may stay
  const wanted = new Set(whole.flatMap((name) => [...document.querySelectorAll(selectorOf(name))]));
  if (few) {
    for (const part of document.querySelectorAll(UNNAMED)) wanted.add(part);
    if (names.includes("more")) wanted.add(byId("more"));
  }
  if (few && names.includes("panels")) { for (const panel of panelsBut(seen)) wanted.add(panel); }
  for (const old of document.querySelectorAll(".is-hidden")) {
    if (!wanted.has(old)) old.classList.remove("is-hidden");
  }
  for (const part of wanted) part.classList.add("is-hidden");
  arrangeBar(few && names.includes("more"));
}

/** If "More" is hidden, its controls move into the bar, unless they are hidden too. @param {boolean} few */
function arrangeBar(few) {
  document.body.classList.toggle("compact", few);
  const bar = document.getElementById("controls");
  if (!bar) return;
  const left = bar.querySelectorAll(".control:not(.is-hidden)").length;
  bar.classList.toggle("no-controls", few && !left);
  bar.classList.toggle("one-control", few && left === 1);
  const inSettings = byId("rest").querySelector(":is(.control, .switches):not(.is-hidden)");
  showSettings(few ? inSettings !== null : byId("more").getAttribute("aria-expanded") === "true");
}

/** The panels that the address does not name. @param {Seen} seen */
function panelsBut({ show, look, panel, open }) {
  const asked = [...show?.split(",") ?? [], look, ...open?.split(",") ?? []],
    opened = panel?.split(",") ?? [];
  return [...document.querySelectorAll(".panels > .panel")].filter((place) => {
    const name = place.id.replace("panel-", "");
    return !asked.includes(name) && !(place.hasAttribute("data-closed") && opened.includes(name));
  });
}

/**
 * Move hide= from the query, where a link may have it, to the fragment.
 * @param {URL} url
 * @returns {[string, string]}
 */
export function fromQueryToHash({ search, hash }) {
  const query = new URLSearchParams(search), names = query.getAll("hide").at(-1);
  if (names === undefined) return [search, hash];
  query.delete("hide");
  const seen = readHash(hash);
  return [`?${query}`, writeHash({ ...seen, hide: seen.hide ?? names })];
}

/**
 * A query in which hidden parameters keep their present values.
 * @param {URLSearchParams} asked
 * @param {string} search the present query
 * @param {Seen} seen
 */
export function keepHidden(asked, search, seen) {
  const present = new URLSearchParams(search), kept = new URLSearchParams(asked);
  for (const name of hidden(seen)) {
    const values = present.getAll(name);
    kept.delete(name);
    for (const value of values) kept.append(name, value);
  }
  return kept;
}
