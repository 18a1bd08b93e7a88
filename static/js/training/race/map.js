// Panel of the lag heatmap: precomputed for two learning rates, or measured live, cell by cell.

import { byId, element, rich, widthOf } from "../../lib/dom.js";
import { grouped, inPercent } from "../../lib/format.js";
import { react } from "../../plot/plot.js";
import { nearChance } from "./facts.js";
import { accuracyText, cellAt, draw, isUnsure, placeOf } from "./lag-heatmap.js";
import { inUnits } from "../../lib/unit.js";

const SECONDS = 14, STEPS = 8000, GATED = 3; // the small map takes, so many steps a lane, a gated cell times
const SURE = 0.95, WIDEST = 520;

/** @typedef {"A" | "B" | "live"} Which */

/** @type {LabPage} */
let page;
/** @type {Which} */
let which = "A";
let drawn = "", requestedQuery = "";
/** @type {LabState | null} */
let state = null;

/** @param {LabPage} given */
export function start(given) {
  page = given;
  byId("map-measure").addEventListener("click", () => {
    if (state?.mapRunning) {
      requestedQuery = "";
      return page.cancelMap();
    }
    which = "live";
    requestedQuery = state?.query ?? "";
    page.askFor({ map: true });
    if (state) show(state);
  });
  byId("map-cells").addEventListener("keydown", moveFocus);
}

/** The precomputed maps that the page contains. @returns {Partial<Record<Which, LagMap>>} */
const packaged = () => page.data.stairs ?? {};

/** The precomputed maps with the parameters of their links. @returns {import("./finding.js").Measured[]} */
export function measured() {
  return /** @type {("A" | "B")[]} */ (["A", "B"]).flatMap((name) => {
    const map = packaged()[name], params = paramsOf(name);
    return map && params ? [{ map, params }] : [];
  });
}

/** @param {LabState} given */
export function show(given) {
  state = given;
  const { params, view, map, mapRunning, query } = given, { words } = view;
  byId("race-map").hidden = params.task !== "recall";
  if (params.task !== "recall") return;
  if (which !== "live") which = given.seen.map === "B" ? "B" : "A";
  if (which === "live" && !map && !mapRunning && requestedQuery !== query && packaged().A) which = "A";
  if (!packaged()[/** @type {"A"} */ (which)] && which !== "live") which = "live";
  showSwitch(given);
  const measure = byId("map-measure");
  measure.title = mapRunning ? words("training.map.stop") : "";
  measure.textContent = mapRunning
    ? words("training.map.measuring", { done: Math.round(100 * mapRunning.done) })
    : words("training.map.measure", { n: secondsOf(params) });
  for (const side of ["A", "B"]) {
    const link = document.getElementById(`map-open-${side}`);
    if (link) link.hidden = which !== side;
  }
  const current = which === "live" ? map : packaged()[which] ?? null;
  showMap(current, given);
}

/** The estimated measuring time in seconds. @param {LabState["params"]} params */
export function secondsOf({ match, budget, cell }) {
  const share = match === "steps" ? Number(budget) / STEPS : 1;
  return Math.max(1, Math.round(SECONDS * share * (cell === "rnn" ? 1 : GATED)));
}

/** @param {LabState} state */
function showSwitch({ map, mapRunning, view: { words } }) {
  const names = /** @type {Which[]} */ (["A", "B"]).filter((name) => packaged()[name]);
  const all = [...names, ...(map || mapRunning ? ["live"] : [])];
  const box = byId("map-which");
  box.hidden = all.length < 2;
  const key = `${all}`;
  if (box.dataset.of !== key) {
    box.dataset.of = key;
    box.replaceChildren(...all.map((name) => {
      const text = name === "live"
        ? words("training.map.live")
        : words("training.map.measured", { lr: paramsOf(name)?.get("lr") ?? name });
      const button = element("button", { type: "button", id: `map-${name}` }, text);
      button.addEventListener("click", () => {
        which = /** @type {Which} */ (name);
        page.look({ map: name === "B" ? "B" : null });
      });
      return button;
    }));
  }
  for (const name of all) byId(`map-${name}`).setAttribute("aria-pressed", String(name === which));
}

/** The parameters of a precomputed map, read from its link. @param {string} name */
function paramsOf(name) {
  const link = /** @type {HTMLAnchorElement | null} */ (document.getElementById(`map-open-${name}`));
  return link && new URL(link.href).searchParams;
}

/** @param {LagMap | null} map @param {LabState} state */
function showMap(map, { params, view, race }) {
  const { words } = view, lag = Number(params.lag), room = widthOf(byId("race-map"), view.width);
  const chance = map?.chance ?? race?.chance ?? 1 / Number(params.cues);
  const width = Math.min(WIDEST, room), key = JSON.stringify([map, width, view.colors, which, lag]);
  if (key === drawn) return;
  drawn = key;
  byId("map-figure").hidden = byId("map-cells").hidden = !map;
  if (!map) return byId("map-caption").replaceChildren(words("training.map.none"));
  const cell = which === "live" ? String(params.cell) : paramsOf(which)?.get("cell") ?? "rnn";
  byId("map-caption").replaceChildren(...rich(caption(map, chance, words, cell)));
  react(byId("map-figure"), draw(map, { ...view, width }, chance));
  showCells(map, width, lag, words);
}

/**
 * The counts below the staircase, once all cells are measured.
 * @param {LagMap} map @param {number} chance @param {Words} words @param {string} cell
 */
export function caption(map, chance, words, cell) {
  const near = nearChance(chance), known = map.cells.filter(({ mean }) => mean !== null);
  const all = known.length === map.lags.length * map.ks.length;
  const below = known.filter(({ lag, k }) => k <= lag);
  const count = {
    below: below.length,
    failed: below.filter(({ mean }) => Number(mean) < near).length,
    learned: below.filter(({ mean }) => Number(mean) >= SURE).length,
    near: Math.round(100 * near),
  };
  const facts = { ...map, cell: cell.toUpperCase(), budget: grouped(map.budget) };
  return [
    ...(all ? [words("training.map.caption_stairs", count)] : []),
    ...(known.some(isUnsure) ? [words("training.map.caption_sensitive")] : []),
    words("training.map.no_block"),
    words("training.map.caption_facts", facts),
  ].join(" ");
}

/** Buttons over the cells, so that keyboard and screen reader can use the map. @param {LagMap} map @param {number} width @param {number} lag @param {Words} words */
function showCells(map, width, lag, words) {
  const place = placeOf(map, width), box = byId("map-cells"), { lags, ks } = map;
  Object.assign(box.style, {
    left: inUnits(place.left),
    top: inUnits(place.top),
    width: inUnits(place.width),
    height: inUnits(place.height),
    gridTemplateColumns: `repeat(${lags.length}, 1fr)`,
    gridTemplateRows: `repeat(${ks.length}, 1fr)`,
  });
  const used =
    /** @type {HTMLElement | null} */ (box.contains(document.activeElement) ? document.activeElement : null);
  const buttons = ks.toReversed().flatMap((k) => lags.map((at) => cellButton(map, at, k, at === lag, words)));
  const first = buttons.find(({ dataset }) => dataset.cell === used?.dataset.cell) ?? buttons[0];
  first.tabIndex = 0;
  box.replaceChildren(...buttons);
  if (used) first.focus({ preventScroll: true });
}

/** @param {LagMap} map @param {number} lag @param {number} k @param {boolean} current @param {Words} words */
function cellButton(map, lag, k, current, words) {
  const cell = cellAt(map, lag, k), share = cell ? accuracyText(cell) : "";
  const label = share
    ? words("training.map.cell", {
      ...{ lag, k, share },
      low: inPercent(cell?.min),
      high: inPercent(cell?.max),
    })
    : words("training.map.cell_empty", { lag, k });
  const attributes = {
    type: "button",
    "data-cell": `${lag}.${k}`,
    "aria-label": label,
    title: label,
    tabindex: "-1",
  };
  const button = element("button", { ...attributes, ...(current ? { "aria-current": "true" } : {}) });
  button.addEventListener("click", () => page.change({ lag: String(lag) }, true));
  return button;
}

/** Arrow keys move the focus from cell to cell. @param {KeyboardEvent} event */
function moveFocus(event) {
  const box = byId("map-cells"), cells = /** @type {HTMLElement[]} */ ([...box.children]);
  const columns = getComputedStyle(box).gridTemplateColumns.split(" ").length;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  const from = cells.indexOf(/** @type {HTMLElement} */ (document.activeElement)),
    to = cells[from + (by ?? 0)];
  if (!by || from < 0 || !to) return;
  event.preventDefault();
  event.stopPropagation();
  cells[from].tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
