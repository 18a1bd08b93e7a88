// What a class does not need to see: the names in hide= of the address, with commas between.
//
// hide=k,player hides the slider of k and the player. A name is that of a parameter (text, steps,
// truncation, k, unit, cell, hidden, … as in the query), or of one of the parts below. What is hidden
// keeps the value it has in the link, by whatever way something else is changed. show=k,player says the
// same the other way round: of all these names only those stay (show=none: not one), and of the panels those
// that are named, looked at (look=) or opened by the address.

import { readHash, writeHash } from "./hash.js";
import { words } from "../lib/words.js";

/** @type {Record<string, string>} the parts of a page beside its parameters, and where they are */
export const PARTS = {
  player: "#player",
  proof: "#proof",
  legend: "#legend",
  switches: "#switches, #over",
  badges: ".badges",
  ledger: "#ledger",
  panels: "#panels",
  more: "#more, #rest",
  presets: "[data-presets]",
  compare: "#compare",
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

/** Where a name stands in the page. @param {string} name */
const whereIs = (name) =>
  Object.hasOwn(PARTS, name) ? PARTS[name] : `#control-${name}, label:has([data-param="${name}"])`;

/**
 * Every name that this page can hide, with its title.
 * @param {Control[]} controls
 */
export function hideable(controls) {
  const names = [...controls.filter(({ group }) => group).map(({ name }) => name), ...Object.keys(PARTS)];
  return [...new Set(names)].filter((name) => document.querySelector(whereIs(name))).map((name) => ({
    name,
    title: Object.hasOwn(PARTS, name) ? words(`hiding.${name}`) : words(`params.${name}.title`),
  }));
}

/** @param {Partial<Pick<Seen, "hide" | "show" | "look">>} seen */
export function hidden({ hide, show, look }) {
  const named = hide?.split(",") ?? [];
  if (!show) return named;
  const shown = [...show.split(","), look];
  return [...named, ...everyName().filter((name) => !shown.includes(name))];
}

/** What can be named on this page. */
function everyName() {
  const controls = [...document.querySelectorAll(".control")].map(({ id }) => id.replace("control-", ""));
  return [...new Set([...controls, ...Object.keys(PARTS)])];
}

/**
 * Hide what the address names, and nothing else.
 * @param {Seen} seen
 */
export function arrange(seen) {
  const few = seen.show !== null, names = hidden(seen);
  const whole = names.filter((name) => !few || (name !== "more" && name !== "panels")); // of these a part may stay
  const wanted = new Set(whole.flatMap((name) => [...document.querySelectorAll(whereIs(name))]));
  if (few && names.includes("panels")) { for (const panel of panelsBut(seen)) wanted.add(panel); }
  for (const old of document.querySelectorAll(".is-hidden")) {
    if (!wanted.has(old)) old.classList.remove("is-hidden");
  }
  for (const part of wanted) part.classList.add("is-hidden");
  arrangeBar(few && names.includes("more"));
}

/** Without More what usually stands behind it stands in the bar, if it is wanted at all. @param {boolean} few */
function arrangeBar(few) {
  document.body.classList.toggle("compact", few);
  const bar = document.getElementById("controls");
  if (!bar) return;
  const left = bar.querySelectorAll(".control:not(.is-hidden)").length;
  bar.classList.toggle("no-controls", few && !left);
  bar.classList.toggle("one-control", few && left === 1);
  const [more, rest] = ["more", "rest"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  rest.hidden = !few && more.getAttribute("aria-expanded") !== "true";
}

/** Every panel that the address does not ask for. @param {Seen} seen */
function panelsBut({ show, look, panel }) {
  const asked = [...show?.split(",") ?? [], look], opened = panel?.split(",") ?? [];
  return [...document.querySelectorAll(".panels > .panel")].filter((place) => {
    const name = place.id.replace("panel-", "");
    return !asked.includes(name) && !(place.hasAttribute("data-closed") && opened.includes(name));
  });
}

/**
 * Query and hash of an address: hide= lives in the hash, and a link may bring it in its query.
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
 * A query as it would be asked, but with the present values of what is hidden.
 * @param {URLSearchParams} asked
 * @param {string} search the present query
 * @param {Seen} seen
 */
export function keeping(asked, search, seen) {
  const present = new URLSearchParams(search), kept = new URLSearchParams(asked);
  for (const name of hidden(seen)) {
    const values = present.getAll(name);
    kept.delete(name);
    for (const value of values) kept.append(name, value);
  }
  return kept;
}
