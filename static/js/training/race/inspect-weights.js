// Inspect weights: opens the explorer with the weights of this lab's own run after a chosen update.

import { byId, element, rich } from "../../lib/dom.js";
import { grouped } from "../../lib/format.js";

const MOST = 32_000; // steps times hidden units that the explorer takes
const LONGEST = 1000; // steps of the explorer

/** @type {LabPage} */
let page;
/** @type {LabState | null} */
let state = null;
let framed = "";

/** @param {LabPage} given */
export function start(given) {
  page = given;
  const slider = /** @type {HTMLInputElement} */ (byId("inside-update"));
  slider.addEventListener("input", () => aim(Number(slider.value)));
  slider.addEventListener("change", () => {
    if (readUpdate(state?.seen.update) !== null) page.look({ update: Number(slider.value) });
  });
  byId("inside-look").addEventListener("click", () => {
    page.look({ update: readUpdate(state?.seen.update) === null ? Number(slider.value) : null });
  });
}

/** @param {string | number | null | undefined} written */
const readUpdate = (written) => /^[0-9]{1,6}$/.test(String(written ?? "")) ? Number(written) : null;

/** The contestant that is the lab's own run, if it takes part. @param {Pick<Race, "contestants">} race @param {LabState["params"]} params */
export function ownContestant({ contestants }, { cell, state, k, reset_gate, init, shuffle }) {
  return contestants.find((one) =>
    one.scheme === "blocks" && one.cell === cell && one.state === state && one.k === Number(k) &&
    (one.reset_gate ?? reset_gate) === reset_gate && (one.init ?? init) === init &&
    Boolean(one.shuffled) === (shuffle === "1")
  );
}

/** How many updates the lab's own run makes. @param {LabState} state */
export function lastUpdate({ race, params, film }) {
  const contestant = race && ownContestant(race, params);
  if (contestant) return contestant.updates;
  if (params.match === "updates") return Number(params.budget);
  return film ? film.schedule.passes * film.schedule.blocks.length : 0;
}

/**
 * The explorer's address with these weights, without its page: the same text, cell and blocks, and the run.
 * @param {{query: string, params: LabState["params"], text: string, L: number}} run @param {number} u
 */
export function link({ query, params: { k, cell, activation, hidden, recurrence, reset_gate }, text, L }, u) {
  const steps = Math.min(L, Math.floor(MOST / Number(hidden)));
  const parameters = new URLSearchParams({ v: "1", text, ...(steps < L ? { steps: String(steps) } : {}) });
  for (const [name, value] of Object.entries({ k, cell, activation, hidden })) {
    parameters.set(name, String(value));
  }
  if (cell === "gru" && reset_gate === "after") parameters.set("reset_gate", "after");
  if (recurrence === "zero") parameters.set("recurrence", "zero");
  parameters.set("trained", query.replace(/^\?/, ""));
  parameters.set("at_update", String(u));
  return `?${parameters}`;
}

/** The explorer's run, once the text is known. @param {LabState} state */
function runOf({ query, filmQuery, film, params }) {
  if (!film || filmQuery !== query) return null;
  const { tokens, targets } = film, L = tokens.length;
  return { query, params, text: tokens.join("") + targets[L - 1], L };
}

/** @param {LabState} given */
export function show(given) {
  state = given;
  const { params, seen } = given, last = lastUpdate(given), run = runOf(given);
  const can = params.task === "text" && last > 0 && run !== null && run.L <= LONGEST;
  byId("inside-card").hidden = !can;
  if (!can) return frame(null);
  const update = readUpdate(seen.update);
  if (update !== null && update > last && given.race && ownContestant(given.race, params)) {
    page.look({ update: last });
  }
  const slider = /** @type {HTMLInputElement} */ (byId("inside-update"));
  slider.max = String(last);
  if (update !== null) slider.value = String(Math.min(last, update));
  aim(Number(slider.value));
  const look = byId("inside-look"), { words } = given.view;
  look.textContent = words(`training.inside.${update === null ? "look" : "close"}`);
  look.setAttribute("aria-expanded", String(update !== null));
  frame(update === null ? null : Math.min(last, update));
}

/** What would be looked at. @param {number} u */
function aim(u) {
  const run = state && runOf(state);
  if (!state || !run) return;
  const { params, view: { words } } = state, { language } = page.data;
  byId("inside-number").textContent = grouped(u);
  /** @type {HTMLAnchorElement} */ (byId("inside-open")).href = `/${language}/${link(run, u)}`;
  byId("inside-caption").replaceChildren(
    ...rich(words("training.inside.caption", { u, most: grouped(lastUpdate(state)), k: params.k })),
  );
}

/** The iframe exists only while the hash asks for it. @param {number | null} u */
function frame(u) {
  const run = state && runOf(state);
  if (!state || (u !== null && !run)) return;
  const { seen, view: { words } } = state, { language } = page.data;
  const theme = seen.theme ? `#theme=${seen.theme}` : "";
  const src = u === null || !run ? "" : `/embed/${language}/${link(run, u)}${theme}`;
  if (src === framed) return;
  framed = src;
  const place = byId("inside-place");
  if (!src || u === null) return place.replaceChildren();
  place.replaceChildren(
    element("iframe", { src, title: words("training.inside.frame", { u }), loading: "lazy" }),
  );
}
