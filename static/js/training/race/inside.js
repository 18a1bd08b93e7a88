// Look inside: the explorer with the weights that this lab's own run has after some updates.

import { byId, element, rich } from "../../dom.js";

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
    if (asked(state?.seen.update) !== null) page.look({ update: Number(slider.value) });
  });
  byId("inside-look").addEventListener("click", () => {
    page.look({ update: asked(state?.seen.update) === null ? Number(slider.value) : null });
  });
}

/** @param {string | number | null | undefined} written */
const asked = (written) => /^[0-9]{1,6}$/.test(String(written ?? "")) ? Number(written) : null;

/** The contestant that is the lab's own run, if it races. @param {Pick<Race, "contestants">} race @param {LabState["params"]} params */
export function own({ contestants }, { cell, state, k }) {
  return contestants.find((one) =>
    one.scheme === "blocks" && one.cell === cell && one.state === state && one.k === Number(k)
  );
}

/** How many updates the lab's own run makes. @param {LabState} state */
export function most({ race, params, film }) {
  const found = race && own(race, params);
  if (found) return found.updates;
  if (params.match === "updates") return Number(params.budget);
  return film ? film.schedule.passes * film.schedule.blocks.length : 0;
}

/** The explorer's address with these weights, without its page. @param {string} query of the training page @param {number} u */
export function link(query, u) {
  return `?v=1&trained=${encodeURIComponent(query.replace(/^\?/, ""))}&at_update=${u}`;
}

/** @param {LabState} given */
export function show(given) {
  state = given;
  const { params, seen } = given, last = most(given);
  byId("inside-card").hidden = params.task !== "text" || !last;
  const update = params.task === "text" && last ? asked(seen.update) : null;
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
  if (!state) return;
  const { query, params, view: { words } } = state, { language } = page.data;
  byId("inside-number").textContent = u.toLocaleString();
  /** @type {HTMLAnchorElement} */ (byId("inside-open")).href = `/${language}/${link(query, u)}`;
  byId("inside-caption").replaceChildren(
    ...rich(words("training.inside.caption", { u, most: most(state).toLocaleString(), k: params.k })),
  );
}

/** The frame is there only while it is asked for. @param {number | null} u */
function frame(u) {
  if (!state) return;
  const { query, seen, view: { words } } = state, { language } = page.data;
  const theme = seen.theme ? `#theme=${seen.theme}` : "";
  const src = u === null ? "" : `/embed/${language}/${link(query, u)}${theme}`;
  if (src === framed) return;
  framed = src;
  const place = byId("inside-place");
  if (!src || u === null) return place.replaceChildren();
  place.replaceChildren(
    element("iframe", { src, title: words("training.inside.frame", { u }), loading: "lazy" }),
  );
}
